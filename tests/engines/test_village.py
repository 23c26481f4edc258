"""The village of the dashboard: the same model with a few levers, and an exact memory of who helped whom."""

import numpy as np
import pytest

from copro_sim.engines.model import CareModel
from copro_sim.engines.village import LEVERS, Village
from copro_sim.processes.tally import Tally
from copro_sim.state.codes import BondKind, Source


@pytest.fixture(scope="module")
def village():
    lived = Village()
    while lived.running:
        lived.step()
    return lived


def test_it_lives_all_its_years_and_keeps_each_month(village):
    assert len(village.months) == 12 * village.care_scenario.run.years
    assert village.months[-1][Tally.CITIZENS] == len(village.citizens)


def test_who_was_helped_and_who_gave_are_those_whom_the_model_counts():
    village = Village()
    for _ in range(18):
        village.step()
        bonds = [int(kind) for kind in BondKind]
        received = {one for one in village.citizens if any(by_source[kind] for by_source in one.received for kind in bonds)}
        here = set(village.citizens)
        assert {receiver for _, receiver in village.helped} & here == received
        assert {giver for giver, _ in village.helped} & here == {one for one in village.citizens if one.given}


def test_to_watch_changes_nothing():
    watched = Village()
    plain = CareModel(watched.care_scenario, seed=1)
    for _ in range(3):
        plain.step()
        assert np.array_equal(watched.months[-1], plain.cells.sum(axis=(0, 1, 2)))
        watched.step()


def test_a_cut_buys_fewer_hours_for_the_same_people(village):
    poorer = Village(cut=LEVERS["cut"].high)
    assert [one.id for one in Village().citizens] == [one.id for one in poorer.citizens]
    while poorer.running:
        poorer.step()
    council = [Tally.PERSONAL_COUNCIL, Tally.PRACTICAL_COUNCIL]
    hours, fewer = (np.array(one.months)[12:, council].sum() for one in (village, poorer))
    assert fewer < hours


@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_can_be_pulled_to_its_ends(name):
    for value in (LEVERS[name].low, LEVERS[name].high):
        assert Village(**{name: value}).levers[name] == value


def test_without_a_broker_nobody_shares_time_credits():
    assert Village(broker=0).helped_beyond_bonds()[Source.CREDIT] == []
    assert not any(one.member for one in Village(broker=0).citizens)
