"""Births: as many as the rates say, into the mother's home, by draws that are the mother's and the child's own."""

import numpy as np
import pytest

from copro_sim.core.draws import new_id
from copro_sim.core.params import defaults
from copro_sim.engines.agents import Society
from copro_sim.engines.parity import first_difference
from copro_sim.processes import births
from copro_sim.processes.tally import Tally
from copro_sim.scenario import evidence
from copro_sim.state.codes import Arrival, BondKind, IdKind, NeedKind, Sex
from copro_sim.state.needs import kind_of
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

FERTILE = default_parameters(births={"fertility_ratio": 3.0, "lifelong_percent": 20.0})


def test_rules_worked_by_hand():
    assert births.may_bear(Sex.FEMALE, 15)
    assert births.may_bear(Sex.FEMALE, 45)
    assert not any((births.may_bear(Sex.FEMALE, 14), births.may_bear(Sex.FEMALE, 46), births.may_bear(Sex.MALE, 30)))
    assert births.has_room(12, 7, 8)
    assert not births.has_room(11, 7, 8)
    assert not births.has_room(12, 8, 8)
    assert births.sex_of(0.5, 0.512) == Sex.MALE
    assert births.sex_of(0.512, 0.512) == Sex.FEMALE
    kinds = [kind_of(draw, 1.2, 4.0) for draw in (0.0119, 0.012, 0.0519, 0.052)]
    assert kinds == [NeedKind.LIFELONG, NeedKind.MENTAL_HEALTH, NeedKind.MENTAL_HEALTH, NeedKind.LATER_LIFE]
    assert [births.level_at_birth(NeedKind.LIFELONG, draw) for draw in (0.0, 0.19, 0.21, 0.6, 0.99)] == [1, 1, 2, 3, 4]
    assert births.level_at_birth(NeedKind.LATER_LIFE, 0.99) == 0
    assert births.lifted(1, 2, 3, 1) == (3, 2)
    assert births.lifted(0, 0, 3, 0) == (0, 0)
    assert [births.small(60, month) for month in (0, 1, 60)] == [0, 1, 1]


def test_the_chances_of_a_life_add_up_to_the_children_counted():
    per_woman = evidence.children_per_woman()
    table = births.tables(defaults(births.Params)._replace(fertility_ratio=1.0), per_woman).birth
    assert (table / (1 + births._HELD_BACK * table)).sum(axis=1) == pytest.approx(per_woman)
    assert 1.4 < per_woman[-1] < per_woman[0] < 1.9
    none = births.tables(defaults(births.Params)._replace(fertility_ratio=0.0), per_woman).birth
    assert (none == 0).all()


def lived(months=12, parameters=FERTILE, seed=4):
    society = Society(random_world(seed, (150, 60)), parameters, tables_for(parameters), seed=seed)
    born = 0
    for _ in range(months):
        society.live_month(some_policy())
        born += int(society.cells[..., Tally.BIRTHS].sum())
    return society, born


def test_children_live_with_their_mother_and_everybody_there():
    society, born = lived()
    newborn = [citizen for citizen in society.citizens if citizen.birth_month >= 0]
    assert born >= len(newborn) > 3
    for child in newborn:
        home = [other for other, bond in child.bonds.items() if bond.kind == BondKind.HOUSEHOLD]
        mothers = [
            other for other in home
            if other.id and child.id == new_id(4, IdKind.NEWBORN, other.id, child.birth_month, 0)
        ]  # fmt: skip
        assert child.arrived == Arrival.NOT
        for mother in mothers:
            assert mother.household == child.household
            assert mother.sex == Sex.FEMALE


def test_small_children_at_home_are_counted():
    society, _ = lived(months=13)
    for citizen in society.citizens:
        small = sum(
            other.birth_month > society.month - 1 - 60
            for other, bond in citizen.bonds.items() if bond.kind == BondKind.HOUSEHOLD
        )  # fmt: skip
        assert small <= citizen.children <= small + 2  # who has turned five, or is gone, is noticed within a year


def test_nobody_is_born_where_nobody_can_be():
    barren = default_parameters(births={"fertility_ratio": 0.0})
    _, born = lived(parameters=barren)
    assert born == 0


@pytest.mark.parametrize("seed", range(3))
def test_both_walks_bear_the_same_children(seed):
    found = first_difference(random_world(seed, (60, 30)), [some_policy()] * 2, FERTILE, tables_for(FERTILE), seed)
    assert found == ""


def test_another_woman_s_life_changes_nobody_s_child():
    world = random_world(4, (150, 60))
    other = world.copy()
    other.citizens.birth_month[world.citizens.sex == Sex.MALE] -= 1
    ids = []
    for state in (world, other):
        society = Society(state, FERTILE, tables_for(FERTILE, 0.0), seed=4)
        for _ in range(6):
            society.live_month(some_policy())
        ids.append({citizen.id for citizen in society.citizens if citizen.birth_month >= 0})
    assert ids[0] == ids[1]
    assert len(ids[0]) > 1
    assert np.all(np.array(list(ids[0])) > 0)
