"""Outlook: causes of wellbeing worked by hand, ranges held, strengths that may be zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import outlook
from copro_sim.processes.month import MONTH
from copro_sim.processes.outlook import (
    agency_target,
    belonging_target,
    burdens,
    contributed,
    gains,
    held,
    is_lonely,
    own_content,
    towards,
    troubles,
    trust_target,
)
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

unit = st.floats(0, 1)


def test_causes_of_wellbeing_add_up():
    assert burdens(0.5, 2.0, 0.5, 1.0, 1, 0.8) == pytest.approx(2.3)
    assert gains(1.0, 0.2, 0.7, 1.0, 0.4, 1.0) == pytest.approx(0.2 + 0.2 - 0.1)
    assert gains(1.0, 0.0, 0.5, 1.0, 0.5, 1.0) == 0.0


def test_contentment_spreads_around_its_mean():
    assert sum(own_content(rank, 7.6, 3.0) for rank in range(250)) / 250 == pytest.approx(7.6)


def test_only_giving_through_a_group_or_on_invitation_counts_as_contribution():
    assert contributed(30, 0, 0, 0) == 1.0
    assert contributed(0, 900, 2, 1) == 1.0
    assert contributed(0, 900, 2, 0) == 0.0
    assert contributed(0, 900, 0, 1) == 0.0


def test_voice_by_mode_and_practice():
    assert agency_target(0, 0, 0.6, 0.15, 0.2, 0.1) == 0.6
    assert agency_target(1, 1, 0.6, 0.15, 0.2, 0.1) == pytest.approx(0.45)
    assert agency_target(1, 2, 0.6, 0.15, 0.2, 0.1) == pytest.approx(0.65)
    assert agency_target(4, 1, 0.6, 0.15, 0.2, 0.1) == pytest.approx(0.45)
    assert [agency_target(mode, 1, 0.6, 0.15, 0.2, 0.1) for mode in (2, 3)] == [pytest.approx(0.7)] * 2
    assert [agency_target(mode, 2, 0.6, 0.0, 0.0, 0.0) for mode in range(5)] == [0.6] * 5


def test_trouble_comes_with_managing_alone_and_with_harm():
    assert [troubles(mode, 0, 0.2, 1.5) for mode in range(5)] == [0.0, 0.0, 0.2, 0.0, 0.0]
    assert troubles(3, 5, 0.2, 1.5) == 1.5
    assert troubles(2, 5, 0.0, 0.0) == 0.0


def test_trust_falls_by_refusal_and_by_waiting_a_year():
    assert trust_target(1, 0, 0, 0.4, 0.1) == pytest.approx(0.1)
    assert trust_target(0, 12, 0, 0.4, 0.1) == pytest.approx(0.1)
    assert trust_target(0, 6, 0, 0.4, 0.1) == pytest.approx(0.3)
    assert trust_target(0, 0, 1, 0.4, 0.1) == pytest.approx(0.6)
    assert trust_target(0, 0, 0, 0.4, 0.1) == 0.5


def test_company():
    assert is_lonely(60, 2, 0, 3.0) == 1
    assert is_lonely(60, 2, 2, 3.0) == 0
    assert is_lonely(59, 2, 0, 3.0) == 0  # below school age
    assert held(11.0, 0.0, 10.0) == 10.0


def test_belonging_comes_of_exchange_and_of_company():
    assert belonging_target(True, 0, 0.2, 0.0) == 0.7
    assert belonging_target(False, 0, 0.2, 0.0) == 0.5
    assert belonging_target(False, 15, 0.2, 0.1) - belonging_target(False, 0, 0.2, 0.1) == pytest.approx(0.1)
    assert belonging_target(False, 15, 0.2, 0.1) == belonging_target(False, 10, 0.2, 0.1)


@given(exchanged=st.booleans(), bonds=st.integers(0, 15), member=st.floats(0, 0.5), company=st.floats(0, 0.5))
def test_more_company_never_lowers_belonging_which_stays_in_range(exchanged, bonds, member, company):
    less, more = (belonging_target(exchanged, held, member, company) for held in (bonds, bonds + 1))
    assert 0 <= less <= more <= 1


@given(now=unit, target=unit, pace=unit)
def test_a_step_lies_between_now_and_the_target(now, target, pace):
    assert min(now, target) - 1e-12 <= towards(now, target, pace) <= max(now, target) + 1e-12


@given(unmet=unit, more=unit, over=unit, weight=st.floats(0, 10))
def test_more_unmet_need_never_cheers_anybody_up(unmet, more, over, weight):
    low, high = sorted((unmet, more))
    assert burdens(low, weight, over, 1.0, 0, 1.0) <= burdens(high, weight, over, 1.0, 0, 1.0)


@pytest.mark.parametrize(
    ("weight", "cause"),
    [
        ("giving_weight", lambda who: float(who.credit_given > 0 or (who.given > 0 and who.need_level > 0 and who.invited))),
        ("belonging_weight", lambda who: who.belonging - 0.5),
        ("agency_weight", lambda who: who.agency - 0.5),
        ("unmet_weight", lambda who: -sum(who.unmet) / max(1, sum(who.need))),
        ("strain_weight", lambda who: -who.strain),
        ("lonely_weight", lambda who: -who.lonely),
    ],
)
def test_each_weight_weighs_its_own_cause_in_the_walk(weight, cause):
    """All weights but one at zero, at full pace: wellbeing is one's own level and that one cause."""
    names = ("giving", "belonging", "agency", "unmet", "strain", "lonely")
    only = {f"{name}_weight": 0.0 for name in names} | {weight: 1.5, "pace": 1.0, "own_wellbeing": 5.0, "company_needed": 6.0}
    p = default_parameters(outlook=only, strain={"sustainable_hours_per_week": 1.0, "pace": 1.0})
    society = Society(random_world(3, (60,)), p, tables_for(p), seed=5)
    society.live_month(some_policy(), MONTH[: MONTH.index(outlook) + 1])
    living = [who for community in society.communities for who in community.living()]
    causes = [cause(who) for who in living]
    for who, one in zip(living, causes, strict=True):
        assert who.wellbeing == pytest.approx(own_content(who.contentment, 5.0, 3.0) + 1.5 * one)
    assert any(causes)
