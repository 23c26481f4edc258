"""Time credits: an hour for an hour, within debit limits, targets and the broker's time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.draws import Stream, compiled_words, pair_word
from copro_sim.engines.agents import Society
from copro_sim.processes import time_credits
from copro_sim.processes.time_credits import (
    affordable,
    in_minutes,
    matches,
    towards_need,
    volunteers,
    wanted_minutes,
)
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


def test_what_a_member_wants():
    assert wanted_minutes(900, 1, 0.9, 520, 0.4, 60) == 520
    assert wanted_minutes(90, 1, 0.9, 520, 0.4, 60) == 90
    assert wanted_minutes(900, 0, 0.3, 520, 0.4, 60) == 60
    assert wanted_minutes(0, 0, 0.5, 520, 0.4, 60) == 0


@given(wanted=st.integers(0, 9_999), balance=st.integers(-9_999, 9_999), limit=st.integers(0, 9_999))
def test_nobody_spends_below_the_debit_limit(wanted, balance, limit):
    spent = affordable(wanted, balance, limit)
    assert 0 <= spent <= wanted
    assert spent == 0 or balance - spent >= -limit


def test_members_volunteer_below_their_target_with_time_to_spare():
    assert volunteers(30, 599, 600, 30)
    assert not volunteers(29, 0, 600, 30)
    assert not volunteers(100, 600, 600, 30)


def test_the_broker_limits_matches_and_needs_come_out_of_exchanges():
    assert matches(0.18, 1_000, 40) == 4
    assert matches(0.0, 1_000, 40) == 0
    assert towards_need(60, 45, 1) == 45
    assert towards_need(60, 45, 0) == 0
    assert in_minutes(1.5) == 90


@pytest.mark.parametrize("broker_minutes", [0.0, 0.5, 5.0])
def test_exchanges_in_a_month_stay_within_the_brokers_time(broker_minutes):
    p = default_parameters()
    society = Society(random_world(3, (120,)), p, tables_for(p), seed=5)
    society.live_month(some_policy(broker_minutes=broker_minutes))
    served = sum(citizen.credit_received > 0 for citizen in society.communities[0].citizens)
    assert served <= matches(broker_minutes, 120, p.time_credits.minutes_per_match)
    assert (served > 0) == (broker_minutes > 0)


def test_volunteers_are_chosen_by_the_askers_third_word(monkeypatch):
    """Not by the second, which orders the askers: who is early in the queue would get the same kind of volunteer."""
    p = default_parameters()
    society = Society(random_world(3, (60,)), p, tables_for(p), seed=5)
    chosen_by = set()
    monkeypatch.setattr(time_credits, "pair_word", lambda word, other: chosen_by.add(word) or pair_word(word, other))
    third = {compiled_words(5, Stream.TIME_CREDITS, citizen.id, 0, 0)[2] for citizen in society.citizens}
    society.live_month(some_policy())
    assert chosen_by
    assert chosen_by <= third
