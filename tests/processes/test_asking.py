"""Asking: reluctance holds back, urgency overcomes, the label pushes, giving pulls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.processes.asking import asks, labelled, next_reluctance, own_level, push_on_reluctance

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


@given(reluctance=unit, own=unit, push=st.floats(-2, 2), drift=unit)
def test_reluctance_stays_in_range_and_moves_towards_its_target(reluctance, own, push, drift):
    after = next_reluctance(reluctance, own, push, drift)
    target = min(1.0, max(0.0, own + push))
    assert min(reluctance, target) - 1e-12 <= after <= max(reluctance, target) + 1e-12


@given(belonging=unit, more=unit, lowers=unit)
def test_giving_and_belonging_never_raise_reluctance(belonging, more, lowers):
    low, high = sorted((belonging, more))
    assert push_on_reluctance(0.1, 1, high, lowers, lowers) <= push_on_reluctance(0.1, 0, low, lowers, lowers)


def test_without_strength_nothing_pushes():
    assert push_on_reluctance(0.0, 1, 1.0, 0.0, 0.0) == 0.0
