"""Care service: who comes forward, who is served first, what the two ways of working do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.processes.care_service import (
    assessment_time,
    case_minutes,
    comes_forward,
    eligible,
    in_crisis,
    mode_of,
    next_waiting,
    order_of_cases,
    package_minutes,
    review_due,
    sent_elsewhere,
    shortened,
    takes_up,
    way_of_working,
    worth_arranging,
)
from copro_sim.state.codes import Mode

OLD, CO_PRODUCED, TOKEN = 1, 2, 3


def test_asking_with_enough_unmet_comes_forward_and_crisis_is_seen_unasked():
    assert comes_forward(1, 260, 1.0)
    assert not comes_forward(1, 259, 1.0)
    assert not comes_forward(0, 9_999, 1.0)
    assert not comes_forward(1, 0, 0.0)
    assert in_crisis(True, 501, 1_000, 0.5)
    assert not in_crisis(True, 500, 1_000, 0.5)
    assert not in_crisis(False, 1_000, 1_000, 0.5)


def test_the_way_of_working_by_draws():
    assert way_of_working(0.59, 0.5, 0.6, 0.2) == CO_PRODUCED
    assert way_of_working(0.59, 0.1, 0.6, 0.2) == TOKEN
    assert way_of_working(0.60, 0.5, 0.6, 0.2) == OLD
    assert way_of_working(0.0, 0.0, 0.0, 0.0) == OLD


def test_a_co_produced_case_takes_its_extra_time():
    assert case_minutes(OLD, 6.0, 0.3) == 360
    assert case_minutes(CO_PRODUCED, 6.0, 0.5) == 540
    assert case_minutes(TOKEN, 6.0, 0.5) == 360


def test_a_package_worked_by_hand():
    """10 hours unmet and 5 delivered a week, 60 percent covered: 9 hours; natural support first takes a tenth of it."""
    assert package_minutes(2_600, 1_300, 0.6, OLD, 0.1) == 2_340
    assert package_minutes(2_600, 1_300, 0.6, CO_PRODUCED, 0.1) == 2_106
    assert package_minutes(2_600, 1_300, 0.6, TOKEN, 0.1) == 2_106
    assert package_minutes(2_600, 1_300, 0.6, CO_PRODUCED, 0.0) == 2_340


@given(unmet=st.integers(0, 20_000), delivered=st.integers(0, 20_000), share=st.floats(0, 1), first=st.floats(0, 1))
def test_a_package_never_exceeds_what_it_is_for_nor_the_old_ways(unmet, delivered, share, first):
    old = package_minutes(unmet, delivered, share, OLD, first)
    assert 0 <= package_minutes(unmet, delivered, share, CO_PRODUCED, first) <= old <= unmet + delivered


def test_higher_need_goes_first_then_longer_waiting():
    queue = [(4, 0), (3, 12), (3, 2), (1, 250)]
    assert sorted(queue, key=lambda case: order_of_cases(*case)) == queue
    assert order_of_cases(0, 0) < 32_768


@given(who=st.integers(0, 2**62), months=st.integers(1, 120), start=st.integers(0, 300))
def test_everybody_is_reviewed_once_in_a_cycle(who, months, start):
    assert sum(review_due(who, month, months) for month in range(start, start + months)) == 1


def test_small_change():
    assert worth_arranging(100, 30, 0.5)
    assert not worth_arranging(100, 29, 0.5)
    assert not worth_arranging(0, 0, 0.0)
    assert next_waiting(250) == 250
    assert assessment_time(1_000, 0.5, 400, 468) == 668
    assert takes_up(CO_PRODUCED, 0, 0.3, 0.4) == 1
    assert takes_up(TOKEN, 0, 0.3, 0.4) == 0
    assert takes_up(OLD, 1, 0.9, 0.4) == 1


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_an_invitation_of_no_strength_invites_nobody(strength):
    assert takes_up(CO_PRODUCED, 0, 0.0, strength) == int(strength)


def test_a_package_is_whole_minutes_never_more_than_the_share():
    assert package_minutes(100, 50, 0.33, 1, 0.1) == 49  # 49.5
    assert package_minutes(100, 50, 0.33, 2, 0.1) == 44  # 44.55, a tenth left to natural support


def test_under_the_line_the_band_decides_under_the_national_test_what_nobody_else_meets():
    assert eligible(3, 3, False, 0, 1_560.0, False)
    assert not eligible(2, 3, False, 9_000, 1_560.0, True)
    assert eligible(1, 3, True, 1_560, 1_560.0, False)
    assert not eligible(4, 3, True, 1_559, 1_560.0, False)
    assert eligible(4, 3, True, 0, 1_560.0, True)
    assert not eligible(0, 1, True, 9_000, 1_560.0, False)


@given(level=st.integers(0, 4), left=st.integers(0, 9_000), helped=st.integers(0, 9_000), test=st.floats(0, 9_000))
def test_after_2016_more_help_from_others_never_entitles_to_more(level, left, helped, test):
    assert eligible(level, 1, True, left + helped, test, False) >= eligible(level, 1, True, left, test, False)
    assert eligible(level, 2, False, left + helped, test, False) == eligible(level, 2, False, left, test, False)


def test_first_contact_turns_newcomers_away_and_nobody_in_crisis():
    assert sent_elsewhere(0, False, 0.29, 0.3)
    assert not sent_elsewhere(0, False, 0.3, 0.3)
    assert not sent_elsewhere(1, False, 0.0, 1.0)
    assert not sent_elsewhere(0, True, 0.0, 1.0)


def test_how_a_new_package_is_given():
    shares = (0.4, 0.5, 0.3)
    assert mode_of(Mode.NONE, 4, True, (0.0, 0.0, 0.29), shares, 4) == Mode.RESIDENTIAL
    assert mode_of(Mode.NONE, 4, False, (0.0, 0.0, 0.29), shares, 4) == Mode.RESIDENTIAL
    assert mode_of(Mode.NONE, 4, False, (0.9, 0.0, 0.3), shares, 4) == Mode.ARRANGED
    assert mode_of(Mode.NONE, 3, False, (0.9, 0.0, 0.0), shares, 2) == Mode.ARRANGED
    assert mode_of(Mode.NONE, 3, True, (0.39, 0.5, 0.0), shares, 4) == Mode.DIRECT_PAYMENT
    assert mode_of(Mode.NONE, 3, True, (0.39, 0.49, 0.0), shares, 4) == Mode.CITIZEN_DIRECTED
    assert mode_of(Mode.NONE, 4, True, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0), 4) == Mode.ARRANGED


def test_a_package_that_is_reviewed_keeps_its_mode_or_becomes_a_place_in_a_care_home():
    shares = (1.0, 1.0, 0.3)
    for mode in (Mode.ARRANGED, Mode.DIRECT_PAYMENT, Mode.RESIDENTIAL):
        assert mode_of(mode, 3, True, (0.0, 0.0, 0.29), shares, 3) == Mode.RESIDENTIAL
        for level, alone, draw in ((2, True, 0.0), (3, False, 0.0), (4, True, 0.3)):
            assert mode_of(mode, level, alone, (0.0, 0.0, draw), shares, 3) == mode


def test_reablement_shortens_an_episode_and_may_do_nothing():
    assert [shortened(4, 0.1, 0.2, 2), shortened(1, 0.1, 0.2, 2), shortened(4, 0.2, 0.2, 2)] == [2, 0, 4]
    assert shortened(4, 0.0, 1.0, 0) == shortened(4, 0.0, 0.0, 9) == 4
