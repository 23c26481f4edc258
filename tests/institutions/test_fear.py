"""Feared harm: moved by cases and contact, above or below the harm there is, each cause off at strength zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.fear import in_the_news, next_fear
from copro_sim.scenario.government import FearParams

own = defaults(FearParams)
still = own._replace(first=0.1, news_shock=0.0, fades=0.0)
unit = st.floats(0, 1)
ROUNDING = 1e-12


def after(p, fear, *, newcomers=0.0, news=False, contact=0.0, harm_rate=0.0):
    return next_fear(p, fear, newcomers=newcomers, news=news, contact=contact, harm_rate=harm_rate)[0]


def test_a_case_and_contact_worked_by_hand():
    """From .2 the case goes a tenth of the way to 1: .28; contact half of the way to .02: .15."""
    fear, parts = next_fear(
        still._replace(news_shock=0.1), 0.2, newcomers=0.0, news=True, contact=0.5, harm_rate=0.02
    )  # fmt: skip
    assert fear == pytest.approx(0.15)
    assert parts == pytest.approx([0.0, 0.08, -0.13, 0.0])


def test_where_nothing_moves_it_fear_stays():
    assert after(still, 0.37, news=True, harm_rate=0.9) == 0.37


def test_newcomers_and_time_bring_back_the_fear_of_the_unknown():
    assert after(still, 0.5, newcomers=0.25) == pytest.approx(0.4)
    assert after(still._replace(fades=0.5), 0.5) == pytest.approx(0.3)
    assert after(still._replace(fades=0.5), 0.0) == pytest.approx(0.05)


@pytest.mark.parametrize(("harm_rate", "first"), [(0.001, 0.3), (0.4, 0.05)])
def test_fear_may_exceed_and_may_fall_short_of_the_harm_there_is(harm_rate, first):
    """Without contact fear keeps away from the truth, on either side; with contact it comes to it."""
    apart = met = first
    for _ in range(200):
        apart = after(own._replace(first=first), apart, harm_rate=harm_rate)
        met = after(own._replace(first=first, fades=0.0), met, contact=0.1, harm_rate=harm_rate)
    assert (apart > harm_rate) == (first > harm_rate)
    assert abs(apart - harm_rate) > 0.2
    assert met == pytest.approx(harm_rate, abs=1e-6)


def test_cases_make_news_by_their_number_not_their_share():
    """12 harmed of 12,000, a hundredth of them in the news: one case in 100 months."""
    p = own._replace(news_chance=0.01)
    assert in_the_news(p, 0.001, 12_000, 0.0099)
    assert not in_the_news(p, 0.001, 12_000, 0.0101)
    assert in_the_news(p, 0.001, 24_000, 0.0101)
    assert not in_the_news(own._replace(news_chance=0.0), 1.0, 10**6, 0.0)
    assert not in_the_news(own, 0.0, 10**6, 0.0)


@given(fear=unit, newcomers=unit, news=st.booleans(), contact=unit, harm_rate=unit, first=unit, shock=unit)
def test_fear_stays_a_chance_and_its_parts_add_up(fear, newcomers, news, contact, harm_rate, first, shock):
    p = own._replace(first=first, news_shock=shock)
    now, parts = next_fear(p, fear, newcomers=newcomers, news=news, contact=contact, harm_rate=harm_rate)
    assert 0.0 <= now <= 1.0
    assert fear + sum(parts) == pytest.approx(now)
    calm = after(p._replace(news_shock=0.0), fear, newcomers=newcomers, news=news, contact=contact, harm_rate=harm_rate)
    assert now >= calm - ROUNDING
