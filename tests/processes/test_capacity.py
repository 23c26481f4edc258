"""Capacity: hours by status, childcare, what each need leaves; the invitation; leaving work; burnout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.engines.simulate import start
from copro_sim.processes import capacity
from copro_sim.processes.capacity import (
    at_work,
    becomes_invited,
    childcare_minutes,
    free_minutes,
    left_to_give,
    may_change_work,
    next_left_work,
    share_left,
)
from copro_sim.scenario.load import load_scenario
from copro_sim.state.context import Clock
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

HOURS = (60.0, 30.0, 22.0, 6.0)


def test_hours_by_age_and_work():
    ages = (5, 13, 40, 70, 85)
    assert [free_minutes(age, False, *HOURS) for age in ages] == [0, 6 * 260, 60 * 260, 60 * 260, 30 * 260]
    assert free_minutes(40, True, *HOURS) == 22 * 260
    assert [free_minutes(age, False, *HOURS) // 260 for age in (11, 12, 15, 16, 79, 80)] == [0, 6, 6, 60, 60, 30]


def test_the_lowest_ranks_work_up_to_the_employment_rate():
    assert [at_work(30, rank, 70.0) for rank in (0, 174, 175, 249)] == [True, True, False, False]
    assert not at_work(15, 0, 100.0)
    assert not at_work(66, 0, 100.0)
    assert sum(at_work(30, rank, 70.0) for rank in range(250)) == 175


@given(a=st.floats(0, 1), b=st.floats(0, 1), c=st.floats(0, 1), d=st.floats(0, 1))
def test_without_need_all_is_left_and_with_need_the_share_of_its_band(a, b, c, d):
    assert share_left(0, a, b, c, d) == 1.0
    assert [share_left(level, a, b, c, d) for level in (1, 2, 3, 4)] == [a, b, c, d]


def test_the_invitation_needs_a_builder_and_a_yes_and_lasts():
    assert becomes_invited(0, 2, 0.01, 0.2, chance=0.02, accepted=0.5) == 1
    assert becomes_invited(0, 2, 0.03, 0.2, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(0, 2, 0.01, 0.6, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(0, 0, 0.01, 0.2, chance=0.02, accepted=0.5) == 0
    assert becomes_invited(1, 2, 0.99, 0.99, chance=0.0, accepted=0.0) == 1
    assert becomes_invited(0, 4, 0.0, 0.0, chance=1.0, accepted=0.0) == 0


def test_childcare_worked_by_hand():
    """Eight hours for each of two children, women to men as 3 : 1: 24 hours a week of hers, 8 of his."""
    assert childcare_minutes(30, 1, 2, 8.0, 3.0) == 24 * 260
    assert childcare_minutes(30, 0, 2, 8.0, 3.0) == 8 * 260
    assert childcare_minutes(30, 0, 1, 8.0, 1.0) == childcare_minutes(30, 1, 1, 8.0, 1.0) == 8 * 260
    assert childcare_minutes(30, 1, 9, 8.0, 1.0) == childcare_minutes(30, 1, 3, 8.0, 1.0)
    assert [childcare_minutes(age, 1, 2, 8.0, 3.0) for age in (15, 66)] == [0, 0]


@given(sex=st.integers(0, 1), children=st.integers(0, 15), women=st.floats(0.1, 10))
def test_childcare_may_be_nothing(sex, children, women):
    assert childcare_minutes(30, sex, children, 0.0, women) == 0
    assert childcare_minutes(30, sex, 0, 40.0, women) == 0


def test_what_is_left_to_give_is_never_below_nothing_and_nothing_while_burnt_out():
    assert left_to_give(0, 1_000, 400, 0.5) == 300
    assert left_to_give(0, 1_000, 4_000, 0.5) == 0
    assert left_to_give(1, 1_000, 0, 1.0) == 0


def test_work_is_left_after_much_giving_and_taken_up_again_after_little():
    limit = 10 * 260
    assert may_change_work(True, 0, limit + 1, 10.0)
    assert not may_change_work(True, 0, limit, 10.0)
    assert may_change_work(True, 1, limit // 2 - 1, 10.0)
    assert not may_change_work(True, 1, limit // 2, 10.0)
    assert not may_change_work(False, 0, 9 * limit, 10.0)
    assert next_left_work(True, 0, True, 0.009, 0.0, 0.01, 0.03) == 1
    assert next_left_work(True, 0, True, 0.011, 0.0, 0.01, 0.03) == 0
    assert next_left_work(True, 1, True, 0.0, 0.029, 0.01, 0.03) == 0
    assert next_left_work(True, 1, True, 0.0, 0.031, 0.01, 0.03) == 1
    assert next_left_work(True, 1, False, 0.0, 0.0, 0.01, 0.03) == 1
    assert next_left_work(False, 1, False, 0.0, 0.0, 1.0, 0.0) == 0
    assert next_left_work(True, 0, True, 0.0, 0.0, 0.0, 0.0) == 0


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_a_month_of_capacity(chance):
    p = default_parameters(capacity={"leave_work": chance, "return_to_work": chance})
    community = Society(random_world(5, (80,)), p, tables_for(p), seed=5).communities[0]
    community.clock = Clock(5, 3, 0)
    community.orders = some_policy_orders()
    for k, citizen in enumerate(community.citizens):
        citizen.given, citizen.left_work, citizen.burnout = (k % 3) * 2_000, k % 2, 2 if k % 5 == 0 else 0
        citizen.left_work = int(citizen.left_work and at_work(citizen.age, citizen.work_rank, 70.0))
    before = [(citizen.given, citizen.left_work) for citizen in community.citizens]
    capacity.agents(community, p.capacity)
    for (given_before, left), citizen in zip(before, community.citizens, strict=True):
        assert citizen.given == 0
        if citizen.burnout:
            assert citizen.capacity == citizen.spare == 0
        if chance == 0.0 or not at_work(citizen.age, citizen.work_rank, 70.0):
            assert citizen.left_work == left
        elif left:
            assert citizen.left_work == (given_before >= 1_300)
        else:
            assert citizen.left_work == (given_before > 2_600)
    assert any(citizen.left_work for citizen in community.citizens)


def some_policy_orders():
    from copro_sim.state.context import orders_for

    return orders_for(some_policy(), 0, 0)


def test_the_walk_gives_everybody_their_hours_less_their_need():
    p = default_parameters()
    society = Society(random_world(3, (60,)), p, tables_for(p), seed=5)
    society.live_month(some_policy(), [capacity])
    q = p.capacity
    hours = (q.retired_hours_per_week, q.old_hours_per_week, q.employed_hours_per_week, q.young_hours_per_week)
    for citizen in society.citizens:
        free = free_minutes(citizen.age, at_work(citizen.age, citizen.work_rank, 70.0), *hours)
        assert citizen.capacity == citizen.spare == int(free * (1.0, 0.6, 0.35, 0.12, 0.0)[citizen.need_level])


def test_nobody_gives_before_being_born():
    """In the run-in the youngest are not born yet."""
    citizens = start(load_scenario("co-production").replace({"population.citizens": 4_000}), seed=1).state.citizens
    young = (citizens.id != 0) & (citizens.birth_month > -capacity._GIVES_FROM * 12)
    assert young.sum() > 300
    assert citizens.capacity[young].max() == 0
