"""Joining and leaving: by the group itself, by friends, by builders; who is idle long enough may leave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.processes import joining
from copro_sim.processes.joining import (
    by_builder,
    feels_invited,
    friend_or_kin,
    habit_of,
    happens,
    held_out,
    joining_chance,
    leaving_chance,
    may_be_invited,
    next_idle,
    opening_minutes,
)
from copro_sim.state.codes import BondKind, Habit
from copro_sim.state.context import Clock, Here, has_turn, orders_for, turn_of
from laws import default_parameters, some_policy
from worlds import random_world

SHARES = st.floats(0, 1)


def lived(world, seed=5, months=12, **changes):
    """Return the first community's arrays and the row of communities after months of joining alone."""
    p = default_parameters(joining=changes).joining
    state = world.copy()
    for month in range(months):
        here = Here(state.communities, 0, Clock(seed, month, 0), orders_for(some_policy(panel_membership=0.0), month, 0))
        joining.columns(state.community(0), here, p)
    return state.community(0), state.communities


def test_everybody_thinks_of_it_once_a_year():
    assert sum(has_turn(turn_of(123_456_789), month) for month in range(-3, 9)) == 1


def test_friends_and_kin_pull_and_no_more_than_four_of_them():
    assert joining_chance(0, 1.0, 1.0, 0.006, 0.012, 0.0) == 0.006
    assert joining_chance(2, 1.0, 1.0, 0.006, 0.012, 0.0) == pytest.approx(0.03)
    assert joining_chance(9, 1.0, 1.0, 0.006, 0.012, 0.0) == joining_chance(4, 1.0, 1.0, 0.006, 0.012, 0.0)
    assert joining_chance(4, 0.0, 1.0, 1.0, 1.0, 1.0) == 0.0
    assert [friend_or_kin(int(kind)) for kind in BondKind] == [False, True, True, False]


@given(friends=st.integers(0, 15), held=SHARES, unasked=SHARES, pull=SHARES, brought=SHARES)
def test_one_more_friend_never_keeps_anybody_out(friends, held, unasked, pull, brought):
    more, fewer = (joining_chance(n, 1.0, held, unasked, pull, brought) for n in (friends + 1, friends))
    assert more >= fewer >= 0.0


def test_who_is_harder_to_reach():
    assert held_out(74, 0, 0.6, 0.7) == 1.0
    assert held_out(75, 0, 0.6, 0.7) == 0.6
    assert held_out(75, 2, 0.6, 0.5) == 0.3
    assert held_out(90, 4, 1.0, 1.0) == 1.0, "no cream-skimming"


def test_builders_bring_people_with_needs():
    assert by_builder(0, 0.02, 0.5) == 0.0
    assert by_builder(2, 0.02, 0.5) == pytest.approx(0.12)
    assert by_builder(2, 0.5, 0.5) == 0.5


def test_idle_months_count_until_something_is_exchanged():
    assert next_idle(4, 0, 0) == 5
    assert next_idle(4, 60, 0) == next_idle(4, 0, 60) == 0
    assert next_idle(250, 0, 0) == 250


def test_members_leave_after_their_patience_and_less_where_they_belong():
    assert leaving_chance(12, 12, 0.0, 0.1, 0.8, 0.0) == 0.0
    assert leaving_chance(13, 12, 0.0, 0.1, 0.8, 0.0) == 0.1
    assert leaving_chance(13, 12, 1.0, 0.1, 0.8, 0.0) == pytest.approx(0.02)
    assert leaving_chance(0, 12, 1.0, 0.1, 0.8, -0.03) == pytest.approx(0.03)  # a panel that was not heeded
    assert happens(0.01, 0.02)
    assert not happens(0.0, 0.0)


def test_who_is_invited():
    assert may_be_invited(2, 0, 1)
    assert not may_be_invited(0, 0, 1)
    assert not may_be_invited(2, 1, 1)
    assert not may_be_invited(2, 0, 0)
    assert feels_invited(1, 0.99, 0.0) == 1
    assert (feels_invited(0, 0.7, 0.8), feels_invited(0, 0.8, 0.8)) == (1, 0)


def test_habits_are_drawn_by_their_percentages():
    habits = [habit_of((k + 0.5) / 1000, 10.0, 20.0) for k in range(1000)]
    assert [habits.count(int(habit)) for habit in Habit] == [700, 100, 200]


@given(hours=st.floats(0, 100))
def test_opening_credits_are_whole_hours_and_right_on_average(hours):
    issued = [opening_minutes((k + 0.5) / 1000, hours) for k in range(1000)]
    assert all(minutes % 60 == 0 for minutes in issued)
    assert np.mean(issued) / 60 == pytest.approx(hours, abs=0.001)


def test_at_usual_strengths_some_join_some_leave_and_credits_add_up():
    world = random_world(3, (400,))
    c, communities = lived(world, unasked=0.1, patience_months=1)
    joined, left = (c.member > world.citizens.member), (c.member < world.citizens.member)
    assert joined.sum() > 3 < left.sum()
    assert int(c.balance.sum()) + int(communities.issuer[0]) == 0
    assert (c.balance[c.member == 0] == 0).all()
    assert (world.citizens.birth_month[joined] <= -17 * 12).all(), "adults join"


def test_without_reach_nobody_joins_and_without_leaving_nobody_leaves():
    world = random_world(3, (400,))
    closed, _ = lived(world, reach=0.0, patience_months=0)
    assert not (closed.member > world.citizens.member).any()
    kept, _ = lived(world, leaving=0.0, patience_months=0)
    assert not (kept.member < world.citizens.member).any()


def test_friends_in_the_group_invite_people_with_needs():
    world = random_world(3, (400,))
    before = int(world.citizens.invited.sum())
    nobody, _ = lived(world, friend_invites=0.0, group_invites=0.0)
    some, _ = lived(world, friend_invites=1.0, group_invites=0.0)
    assert int(nobody.invited.sum()) == before < int(some.invited.sum())


def test_where_no_group_runs_nothing_happens():
    world = random_world(3, (100,))
    world.communities.group[:] = 0
    c, _ = lived(world, unasked=1.0)
    for name, column in world.citizens._asdict().items():
        assert (getattr(c, name) == column).all(), name
