"""Capacity: hours by status, left at each need; the invitation."""

from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import capacity
from copro_sim.processes.capacity import at_work, becomes_invited, free_minutes, share_left
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

HOURS = (60.0, 30.0, 22.0, 6.0)


def test_hours_by_age_and_work():
    ages = (5, 13, 40, 70, 85)
    assert [free_minutes(age, False, *HOURS) for age in ages] == [0, 6 * 260, 60 * 260, 60 * 260, 30 * 260]
    assert free_minutes(40, True, *HOURS) == 22 * 260


def test_the_lowest_ranks_work_up_to_the_employment_rate():
    assert [at_work(30, rank, 70.0) for rank in (0, 174, 175, 249)] == [True, True, False, False]
    assert not at_work(15, 0, 100.0)
    assert not at_work(66, 0, 100.0)
    assert sum(at_work(30, rank, 70.0) for rank in range(250)) == 175


@given(a=st.floats(0, 1), b=st.floats(0, 1), c=st.floats(0, 1))
def test_without_need_all_is_left_and_with_critical_need_nothing(a, b, c):
    assert share_left(0, a, b, c) == 1.0
    assert [share_left(level, a, b, c) for level in (1, 2, 3)] == [a, b, c]
    assert share_left(4, a, b, c) == 0.0


def test_the_invitation_needs_a_builder_and_a_yes_and_lasts():
    assert becomes_invited(0, 2, 0.01, 0.2, chance=0.02, accepted=0.5) == 1
    assert becomes_invited(0, 2, 0.03, 0.2, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(0, 2, 0.01, 0.6, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(0, 0, 0.01, 0.2, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(1, 2, 0.99, 0.99, chance=0.0, accepted=0.0) == 1
    assert becomes_invited(0, 4, 0.0, 0.0, chance=1.0, accepted=0.0) == 0


def test_the_walk_gives_everybody_their_hours_less_their_need():
    p = default_parameters()
    society = Society(random_world(3, (60,)), p, tables_for(p), seed=5)
    society.live_month(some_policy(), [capacity])
    for citizen in society.citizens:
        free = free_minutes(citizen.age, at_work(citizen.age, citizen.work_rank, 70.0), *HOURS)
        assert citizen.capacity == citizen.spare == int(free * (1.0, 0.6, 0.35, 0.12, 0.0)[citizen.need_level])
