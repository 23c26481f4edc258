"""Migration: who comes and who leaves adds up, newcomers' ids depend on nobody, and none come or leave at zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import migration, moving, tally
from copro_sim.processes.migration import (
    childs_months_old,
    elder,
    has_means,
    kin_left,
    level_of,
    months_old_within,
    parties_now,
    partners_months_old,
    people_in,
    sex_of,
    sharers_months_old,
    tables,
)
from copro_sim.processes.tally import Tally
from copro_sim.state.codes import Arrival, NeedKind
from copro_sim.state.needs import kind_of
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

ALONE, COUPLE, FAMILY, LONE_PARENT = range(4)


def lived(months, seed=4, sizes=(150, 60), world=None, **rates):
    p = default_parameters(migration=rates)
    society = Society(world or random_world(seed, sizes), p, tables_for(p, 0.0), seed=7)
    came, left = 0, 0
    for _ in range(months):
        society.live_month(some_policy(), [moving, migration, tally])
        total = society.cells.sum(axis=(0, 1, 2))
        came, left = came + int(total[Tally.NEWCOMERS]), left + int(total[Tally.LEAVERS])
    return society, came, left


def test_heads_add_up():
    society, came, left = lived(24, arrivals_per_1000=200.0, leaving_ratio=5.0)
    assert came > 10 < left
    assert sum(len(community.citizens) for community in society.communities) == 210 + came - left


def test_at_zero_nobody_comes():
    assert lived(12, arrivals_per_1000=0.0)[1] == 0


def test_at_zero_nobody_leaves_but_children_left_alone():
    still = dict.fromkeys(
        ("leave_home_percent", "partner_percent", "separation_percent", "separation_45_percent", "separation_65_percent"), 0.0
    )
    p = default_parameters(migration={"leaving_ratio": 0.0}, moving=still)
    society = Society(random_world(4, (150,)), p, tables_for(p, 0.0), seed=7)
    society.live_month(some_policy(), [moving, tally])
    before = len(society.communities[0].citizens)
    for _ in range(12):
        society.live_month(some_policy(), [migration])
    came = sum(citizen.arrived == Arrival.CAME for citizen in society.communities[0].citizens)
    assert len(society.communities[0].living()) == before + came


def test_a_household_leaves_together():
    society, _, _ = lived(1)
    community = society.communities[0]
    for _ in range(40):
        homes = {}
        for citizen in community.living():
            homes.setdefault(citizen.household, []).append(citizen)
        p = default_parameters(migration={"leaving_ratio": 10.0})
        society.parameters, society.tables = p, tables_for(p)
        society.tables = society.tables._replace(migration=society.tables.migration._replace(away=np.zeros(106)))
        society.live_month(some_policy(), [migration])
        for home in homes.values():
            assert len({citizen.life for citizen in home}) == 1
        community.remove_the_gone()


def test_newcomers_ids_do_not_depend_on_who_lives_there():
    world = random_world(4, (150, 60))
    other = random_world(5, (150, 60))
    other.communities.id[:] = world.communities.id
    ids = []
    for start in (world, other):
        society, _, _ = lived(12, world=start, leaving_ratio=0.0)
        founders = set(start.citizens.id.tolist())
        ids.append({citizen.id for community in society.communities for citizen in community.citizens} - founders)
    assert ids[0] == ids[1]
    assert ids[0]


def test_as_many_come_as_said():
    p = default_parameters()
    t = tables(p.migration)
    people, months, chance = 0, 4_000, np.random.default_rng(1)
    for month in range(months):
        for _ in range(parties_now(2_000, t.parties, (month * 0.618) % 1.0)):
            who, what, children = chance.random(3)
            band = min(int(np.searchsorted(t.heads, who, side="right")), 7)
            party = min(int(np.searchsorted(t.party[band], what, side="right")), 4)
            people += people_in(party, children)
    assert people / months * 12 / 2 == pytest.approx(p.migration.arrivals_per_1000, rel=0.03)


def test_parties():
    assert parties_now(2_000, 0.001, 0.0) == 2
    assert parties_now(2_500, 0.001, 0.49) == 3
    assert parties_now(2_500, 0.001, 0.51) == 2
    assert [people_in(party, 0.2) for party in range(5)] == [1, 2, 3, 2, 3]
    assert [people_in(party, 0.7) for party in range(5)] == [1, 2, 4, 3, 3]
    assert sex_of(1, 2, 0.0, 0, False) == 1
    assert sex_of(1, 2, 0.0, 0, True) == 0
    assert [sex_of(1, 2, 0.0, 1, own) for own in (False, True)] == [0, 1]
    assert sex_of(1, 1, 0.9, 0, False) == 0


@given(head=st.integers(18 * 12, 55 * 12 - 1), draw=st.floats(0.0, 1.0, exclude_max=True))
def test_ages_of_a_party(head, draw):
    assert 0 <= childs_months_old(head, draw) < 18 * 12
    assert childs_months_old(head, draw) <= head - 18 * 12 or head < 18 * 12
    assert partners_months_old(head, draw) >= 18 * 12
    assert max(18 * 12, head - 12) <= sharers_months_old(head, draw) <= head + 12


def test_a_partner_is_up_to_four_years_older_or_younger_and_a_sharer_one():
    assert [partners_months_old(600, draw) for draw in (0.0, 0.25, 0.5, 0.75)] == [552, 576, 600, 624]
    assert [sharers_months_old(600, draw) for draw in (0.0, 0.25, 0.5, 0.75)] == [588, 594, 600, 606]
    assert partners_months_old(220, 0.0) == sharers_months_old(220, 0.0) == 216


def test_ages_are_spread_over_their_range():
    assert [months_old_within(240, 480, draw) for draw in (0.0, 0.5, 0.75)] == [240, 360, 420]
    assert childs_months_old(40 * 12, 0.5) == 9 * 12
    assert childs_months_old(70 * 12, 0.5) == 18 * 12 - 1  # of whom nobody under 18 was born before 45


def test_what_newcomers_bring():
    assert kind_of(0.0, 1.2, 4.0) == NeedKind.LIFELONG
    assert kind_of(0.05, 1.2, 4.0) == NeedKind.MENTAL_HEALTH
    assert kind_of(0.06, 1.2, 4.0) == NeedKind.LATER_LIFE
    assert level_of(NeedKind.LATER_LIFE, 64 * 12, 0.0) == 0
    assert [level_of(NeedKind.LIFELONG, 64 * 12, draw) for draw in (0.0, 0.21, 0.99)] == [1, 2, 4]
    assert [level_of(NeedKind.MENTAL_HEALTH, 70 * 12, draw) for draw in (0.0, 0.02, 0.09, 0.19, 0.5)] == [4, 3, 2, 1, 0]
    assert has_means(50 * 12, 0.3, 35.0) == 1
    assert has_means(30 * 12, 0.3, 35.0) == 0
    assert kin_left(0.0, 5) == 1
    assert kin_left(0.999, 5) == 5
    assert kin_left(0.5, 0) == 0


def test_the_elder_is_born_first_or_has_the_smaller_id():
    assert elder(5, 9, 6, 1)
    assert not elder(6, 1, 5, 9)
    assert elder(5, 1, 5, 2)
    assert not elder(5, 2, 5, 1)
