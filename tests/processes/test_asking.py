"""Asking: reluctance holds back, urgency overcomes, the label pushes, giving pulls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import asking
from copro_sim.processes.asking import (
    asks,
    labelled,
    mean_around,
    millionths,
    next_reluctance,
    own_level,
    push_on_reluctance,
)
from copro_sim.state.context import Clock
from laws import default_parameters, tables_for
from worlds import random_world

unit = st.floats(0, 1)


def test_three_quarters_of_unmet_need_is_not_raised_at_reluctance_three_quarters():
    assert asks(0.24, 0.75, 0, 0.6)
    assert not asks(0.26, 0.75, 0, 0.6)
    assert asks(0.69, 0.75, 4, 0.6)  # 1 - .75 * .4 = .7
    assert not asks(0.71, 0.75, 4, 0.6)


def test_the_label_is_carried_after_the_old_way_and_spared_by_the_co_produced():
    assert [labelled(practice, 0.7) for practice in (0, 1, 2, 3)] == [0.0, 1.0, pytest.approx(0.3), 1.0]
    assert labelled(2, 0.0) == 1.0


def test_reserve_spreads_evenly_around_the_mean():
    levels = [own_level(reserve, 0.5, 0.4) for reserve in range(250)]
    assert sum(levels) / 250 == pytest.approx(0.5)
    assert levels[0] == pytest.approx(0.3008)
    assert levels[-1] == pytest.approx(0.6992)
    assert [own_level(0, 0.1, 0.4), own_level(249, 0.9, 0.4)] == [0.0, 1.0]


@given(reluctance=unit, own=unit, around=unit, push=st.floats(-2, 2), norm=unit, drift=unit)
def test_reluctance_stays_in_range_and_moves_towards_its_target(reluctance, own, around, push, norm, drift):
    after = next_reluctance(reluctance, own, around, push, norm, drift)
    target = min(1.0, max(0.0, (1 - norm) * own + norm * around + push))
    assert -1e-12 <= after <= 1 + 1e-12
    assert min(reluctance, target) - 1e-12 <= after <= max(reluctance, target) + 1e-12


@given(belonging=unit, more=unit, lowers=unit)
def test_giving_and_belonging_never_raise_reluctance(belonging, more, lowers):
    low, high = sorted((belonging, more))
    assert push_on_reluctance(0.1, 1, high, lowers, lowers) <= push_on_reluctance(0.1, 0, low, lowers, lowers)


def test_without_strength_nothing_pushes():
    assert push_on_reluctance(0.0, 1, 1.0, 0.0, 0.0) == 0.0


def test_a_norm_of_a_quarter_worked_by_hand():
    """From 0.8 towards .75 * .8 + .25 * .4 = .7, a tenth of the way: 0.79."""
    assert next_reluctance(0.8, 0.8, 0.4, 0.0, 0.25, 0.1) == pytest.approx(0.79)
    assert next_reluctance(0.8, 0.8, 0.4, 0.0, 0.0, 0.1) == pytest.approx(0.8)
    assert next_reluctance(0.8, 0.8, 0.4, 0.0, 1.0, 1.0) == pytest.approx(0.4)


@given(own=unit, around=unit, more=unit, norm=unit)
def test_a_more_reluctant_circle_never_makes_anybody_ask_more(own, around, more, norm):
    low, high = sorted((around, more))
    assert next_reluctance(0.5, own, low, 0.0, norm, 0.1) <= next_reluctance(0.5, own, high, 0.0, norm, 0.1)


def test_the_mean_of_those_around_and_one_s_own_month():
    assert mean_around(millionths(0.25) + millionths(0.75), 2, 0.9) == 0.5
    assert mean_around(0, 0, 0.9) == 0.9


def test_all_look_around_before_anybody_s_reluctance_changes():
    p = default_parameters(asking={"norm": 1.0, "drift": 1.0})
    community = Society(random_world(3, (60,)), p, tables_for(p), seed=3).communities[0]
    community.clock = Clock(3, 5, 0)
    before = {citizen: (citizen.reluctance, citizen.around) for citizen in community.citizens}
    for citizen in community.citizens:
        citizen.unmet = [0, 0]
    asking.agents(community, p.asking)
    seen = 0
    for citizen, (_, around) in before.items():
        if citizen.turn == 5 and citizen.bonds:
            seen += 1
            around = sum(before[other][0] for other in citizen.bonds) / len(citizen.bonds)
        assert citizen.around == pytest.approx(around if citizen.bonds else citizen.around, abs=2e-6)
    assert seen
