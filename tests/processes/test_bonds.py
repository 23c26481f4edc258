"""Bonds: what rests where, what ends, who looks for company and whom they meet."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.core.units import STRENGTH_ONE
from copro_sim.engines.agents import Society
from copro_sim.population import build_state, luck, network
from copro_sim.processes import asking, bonds, health, outlook
from copro_sim.processes.bonds import (
    age_group,
    april_before,
    company_wanted,
    crowded,
    drawn_in,
    first_strength,
    hardly_bound,
    kind_met,
    lets_go,
    moves_on,
    neglected,
    resting_strength,
    seeks,
    shift_of,
    tended,
    turn_comes,
)
from copro_sim.state.bonds import bond_kind, bond_strength, unbind
from copro_sim.state.codes import BondKind, Mode, Practice
from copro_sim.state.columns import MOST_BONDS
from copro_sim.state.context import Clock, Here, orders_for
from laws import any_parameters, default_parameters, some_policy, tables_for
from worlds import random_world

NOTHING_ENDS = {"lapse_percent": 0.0, "letting_go_percent": 0.0}
NOTHING_BEGINS = {"seeking": 0.0}
UNIT = st.floats(0, 1)
FRIEND, NEIGHBOUR = BondKind.FRIEND, BondKind.NEIGHBOUR


def test_the_year_begins_in_april_and_everybody_has_one_turn_in_it():
    assert [april_before(month) for month in (0, 11, 12, -1)] == [0, 0, 12, -12]
    for group in range(26):
        assert sum(turn_comes(group, 2**62 + 5, month) for month in range(24, 36)) == 1
    assert turn_comes(3, 6, 27)
    assert turn_comes(3, 12 + 6, 27)


def test_people_of_about_the_same_age_meet():
    assert [shift_of(draw, 5.0) for draw in (0.0, 0.999)] == [0, 59]
    assert shift_of(0.999, 0.0) == 0
    assert age_group(0, -20 * 12, 0) == 6
    assert age_group(0, -20 * 12, 59) == 8
    assert age_group(0, 7, 0) == 0  # born since April
    assert age_group(0, -80 * 12, 0) == age_group(0, -99 * 12, 54) == 25


def test_where_a_bond_rests():
    middle = [resting_strength(kind, 0.5, 0.5) / STRENGTH_ONE for kind in BondKind]
    assert middle == pytest.approx([0.825, 0.6, 0.425, 0.25], abs=1e-4)
    assert resting_strength(FRIEND, 0.0, 0.0) == int(0.25 * STRENGTH_ONE)
    assert (bonds.WEAKEST, bonds.STRONGEST) == (network._WEAKEST, network._STRONGEST)
    assert (luck.WARMTH, luck.PAIR) == (4 * bonds._WARMTH_BLOCK + 2, 4 * bonds._WARMTH_BLOCK + 3)


def test_service_crowds_out_and_strain_neglects():
    assert crowded(Mode.NONE, Practice.OLD, 0.2, 0.5) == 0.0
    assert crowded(Mode.ARRANGED, Practice.OLD, 0.2, 0.5) == crowded(Mode.ARRANGED, Practice.TOKEN, 0.2, 0.5) == 0.2
    assert crowded(Mode.ARRANGED, Practice.CO_PRODUCED, 0.2, 0.5) == 0.1
    assert crowded(Mode.ARRANGED, Practice.CO_PRODUCED, 0.2, 0.0) == 0.2
    assert neglected(1_000, 0.0, 0.0, 0.3) == neglected(1_000, 0.0, 1.0, 0.0) == 1_000
    assert neglected(1_000, 0.2, 0.0, 0.3) == 800
    assert neglected(1_000, 0.2, 0.5, 0.3) == 680


@given(strength=st.integers(0, STRENGTH_ONE), resting=st.integers(0, STRENGTH_ONE), tending=UNIT)
def test_a_year_moves_a_strength_towards_where_it_rests_and_never_past_it(strength, resting, tending):
    after = tended(strength, resting, tending)
    assert min(strength, resting) <= after <= max(strength, resting)
    assert tended(strength, resting, 0.0) == strength
    assert tended(strength, resting, 1.0) == resting
    assert 0 <= first_strength(resting, tending) <= resting


def test_ties_end():
    assert moves_on(0.0799, 8.0)
    assert not moves_on(0.08, 8.0)
    assert not moves_on(0.0, 0.0)
    assert hardly_bound(1_638, 0.1)
    assert not hardly_bound(1_639, 0.1)
    assert lets_go(0.49, 50.0)
    assert not lets_go(0.5, 50.0)


def test_how_much_company_is_wanted():
    assert company_wanted(0, 240, 14.0, 20.0, 0.5) == 14.0
    assert company_wanted(100, 240, 14.0, 20.0, 0.5) == 7.0
    assert company_wanted(100, 120, 14.0, 20.0, 0.5) == 3.5
    assert company_wanted(200, 240, 14.0, 20.0, 0.5) == 0.0
    assert company_wanted(0, 59, 14.0, 20.0, 0.5) == 0.0
    assert company_wanted(0, 240, 14.0, 100.0, 0.5) == 0.0


@given(draw=st.floats(0, 1, exclude_max=True), company=st.integers(0, 15), wanted=st.floats(0, 15), seeking=st.floats(0, 10))
def test_who_lacks_more_or_is_introduced_looks_for_company_no_less(draw, company, wanted, seeking):
    now = seeks(draw, company, wanted, seeking, 0.0)
    assert not (now and company >= wanted)
    assert seeks(draw, company, wanted, seeking, 0.5) >= now
    assert seeks(draw, company, wanted + 1, seeking, 0.0) >= now
    assert not seeks(draw, company, wanted, 0.0, 5.0)


def test_looking_for_company_by_hand():
    assert seeks(0.59, 4, 5.0, 3.0, 0.0)
    assert not seeks(0.61, 4, 5.0, 3.0, 0.0)
    assert seeks(0.61, 4, 5.0, 3.0, 0.5)


def test_who_is_drawn_in():
    assert drawn_in(Practice.CO_PRODUCED, 0, 0, 0.5, 0.25) == 0.5
    assert drawn_in(Practice.CO_PRODUCED, 1, 2, 0.5, 0.25) == 0.75
    assert drawn_in(Practice.OLD, 1, 2, 0.5, 0.25) == 0.25
    assert drawn_in(Practice.OLD, 1, 0, 0.5, 0.25) == drawn_in(Practice.TOKEN, 0, 3, 0.5, 0.25) == 0.0


def test_adults_may_become_neighbours_and_children_friends():
    assert kind_met(192, 500, 0.1, 78.0) == NEIGHBOUR
    assert kind_met(192, 500, 0.8, 78.0) == FRIEND
    assert kind_met(191, 500, 0.1, 78.0) == kind_met(500, 191, 0.1, 78.0) == FRIEND


def lived(world, p, months=12, seed=3):
    """Return the world after months of bonds alone, by columns; agents and permuted storage must come to the same."""
    ends = []
    for start in (world, world.permuted(np.random.default_rng(seed))):
        new, policy = start.copy(), some_policy()
        society = Society(start, p, tables_for(p), seed=seed)
        for month in range(months):
            for number in range(len(new.communities.id)):
                clock, orders = Clock(seed, month, 0), orders_for(policy, month % 12, 0)
                bonds.columns(new.community(number), Here(new.communities, number, clock, orders), p.bonds)
            society.live_month(policy, [bonds])
            assert society.to_state().content_hash() == new.later(month + 1).content_hash(), month
        ends.append(new)
    assert ends[0].content_hash() == ends[1].content_hash()
    return ends[0]


@settings(max_examples=10)
@given(p=any_parameters(), seed=st.integers(0, 2**40))
def test_columns_agents_and_any_storage_tend_the_same_bonds(p, seed):
    lived(random_world(seed % 1_000, (45, 13, 1)), p, seed=seed)


def bonds_of(state):
    """Return {(id, other's id): (kind, strength)}."""
    content = state.content()
    return {
        (who, other): (kind, strength)
        for who, *row in zip(*(content[k].tolist() for k in ("id", "bond_other", "bond_kind", "bond_strength")), strict=True)
        for other, kind, strength in zip(*row, strict=True)
        if other >= 0
    }


def test_with_all_strengths_zero_nothing_happens():
    world = random_world(7, (60,))
    p = default_parameters(bonds={"tending": 0.0, **NOTHING_ENDS, **NOTHING_BEGINS})
    assert lived(world, p).content_hash() == world.content_hash()


def test_only_bonds_change_and_they_stay_in_pairs_within_the_most():
    world = random_world(7, (120,))
    after = lived(world, default_parameters(), months=24)
    held = bonds_of(after)
    assert all(held[other, who][0] == kind for (who, other), (kind, _) in held.items())
    assert after.citizens.bonds.max() <= MOST_BONDS
    before = bonds_of(world)
    for kept in (BondKind.HOUSEHOLD, BondKind.KIN):
        assert {pair for pair, (kind, _) in held.items() if kind == kept} == {
            pair for pair, (kind, _) in before.items() if kind == kept
        }
    ended, begun = before.keys() - held.keys(), held.keys() - before.keys()
    assert ended
    assert begun
    for name, column in after.content().items():
        assert name.startswith("bond") or (column == world.content()[name]).all(), name


def test_every_tie_between_two_comes_to_its_end_once_a_year_with_the_chance_given():
    world = random_world(9, (400,))
    p = default_parameters(bonds={**NOTHING_BEGINS, "lapse_percent": 20.0, "letting_go_percent": 0.0})
    loose = {pair for pair, (kind, _) in bonds_of(world).items() if kind >= FRIEND}
    ended = loose - bonds_of(lived(world, p)).keys()
    assert len(ended) / len(loose) == pytest.approx(0.2, abs=0.04)
    p = default_parameters(bonds={**NOTHING_BEGINS, "lapse_percent": 100.0})
    assert not {pair for pair, (kind, _) in bonds_of(lived(world, p)).items() if kind >= FRIEND}


def test_nobody_who_wants_no_company_looks_for_it():
    p = default_parameters(bonds={"want_none_percent": 100.0, **NOTHING_ENDS})
    world = random_world(7, (60,))
    assert bonds_of(lived(world, p)).keys() == bonds_of(world).keys()


def built(citizens=1_500):
    hazards = health.tables(defaults(health.Params))
    return build_state(
        citizens=citizens, community_size=400, seed=3, month=0, health_tables=hazards, councils=("Swansea",),
        asking_params=defaults(asking.Params), outlook_params=defaults(outlook.Params),
    )[0]  # fmt: skip


def test_founders_begin_where_their_bonds_rest():
    """Tending alone leaves a built population as it is: nothing drifts because the model begins to run."""
    world = built()
    p = default_parameters(bonds={**NOTHING_ENDS, **NOTHING_BEGINS, "tending": 1.0, "crowding_out": 0.0})
    new = world.copy()
    for number in range(len(new.communities.id)):
        for month in range(12):
            here = Here(new.communities, number, Clock(3, month, 0), orders_for(some_policy(), 0, 0))
            bonds.columns(new.community(number), here, p.bonds)
    assert new.content_hash() == world.content_hash()


def looser(state, number=0):
    """Return friends and neighbours held, and the mean strength felt for them, by place in a community."""
    c = state.community(number)
    packed = c.bond.astype(int)
    held = (np.arange(MOST_BONDS) < c.bonds[:, None]) & (bond_kind(packed) >= FRIEND)
    return held.sum(axis=1), np.where(held, bond_strength(packed), 0).sum(axis=1) / np.maximum(1, held.sum(axis=1))


def after_years(world, years, seed=3, **changes):
    p, new = default_parameters(bonds=changes).bonds, world.copy()
    for month in range(12 * years):
        for number in range(len(new.communities.id)):
            here = Here(new.communities, number, Clock(seed, month, month // 12), orders_for(some_policy(), 0, 0))
            bonds.columns(new.community(number), here, p)
    return new


def test_company_stays_what_it_was_while_ties_come_and_go():
    """Here nobody dies or moves away, to which about half of the ties that end are owed: twice as many lapse instead."""
    world = built()
    after = after_years(world, 6, lapse_percent=10.0)
    for measure in range(2):
        start, end = (np.mean(np.concatenate([looser(s, k)[measure] for k in range(4)])) for s in (world, after))
        assert end == pytest.approx(start, rel=0.1)
    before, now = ({pair for pair, (kind, _) in bonds_of(s).items() if kind >= FRIEND} for s in (world, after))
    assert 0.5 < len(before & now) / len(before) < 0.75


def test_who_has_lost_all_friends_finds_company_again_within_five_years():
    world = built()
    c = world.community(0)
    alone = np.flatnonzero((world.month - c.birth_month) // 12 == 20)[::2]
    alone = np.append(alone, np.flatnonzero((world.month - c.birth_month) // 12 == 22)[::2])
    usual = looser(world)[0][alone].mean()
    for i in alone:
        for bond in c.bond[i, : c.bonds[i]].astype(int).tolist():
            if bond_kind(bond) >= FRIEND:
                unbind(c, int(i), bond & 0xFFFF)
    assert looser(world)[0][alone].max() == 0
    assert looser(after_years(world, 5))[0][alone].mean() > 0.6 * usual


def strained(world, strain):
    new = world.copy()
    new.citizens.strain[:] = strain
    return new


def test_strain_and_crowding_out_weaken_ties():
    world = built(500)
    calm = {**NOTHING_ENDS, **NOTHING_BEGINS}
    rested = looser(after_years(strained(world, 0.0), 1, **calm))[1].mean()
    assert looser(after_years(strained(world, 1.0), 1, **calm))[1].mean() < rested
    assert looser(after_years(strained(world, 1.0), 1, **calm, strain_neglects=0.0))[1].mean() == rested
    served = world.copy()
    served.citizens.mode[:], served.citizens.practice[:] = Mode.ARRANGED, Practice.OLD
    assert looser(after_years(served, 1, **calm))[1].mean() < rested
    assert looser(after_years(served, 1, **calm, crowding_out=0.0))[1].mean() == rested
    served.citizens.practice[:] = Practice.CO_PRODUCED
    assert looser(after_years(served, 1, **calm, crowding_spared=1.0))[1].mean() == rested
    assert looser(after_years(served, 1, **calm, crowding_spared=0.0))[1].mean() < rested


@pytest.mark.parametrize("strength", ["introductions", "shared_activity"])
def test_introductions_and_groups_bring_company_and_at_zero_bring_none(strength):
    world = built(500)
    world.citizens.bonds[:] = 0
    world.citizens.bond[:] = 0
    drawn = world.copy()
    drawn.citizens.practice[:], drawn.citizens.member[:], drawn.citizens.need_level[:] = Practice.CO_PRODUCED, 1, 1
    few = {"introductions": 0.0, "shared_activity": 0.0, "seeking": 0.3}
    without = after_years(world, 1, **few).citizens.bonds.sum()
    assert after_years(drawn, 1, **few).citizens.bonds.sum() == without
    assert after_years(drawn, 1, **(few | {strength: 1.0})).citizens.bonds.sum() > 1.3 * without
