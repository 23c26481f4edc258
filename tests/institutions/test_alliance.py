"""The alliance: what it carries before and after recognition, ties that are tended or fade, hope that returns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.core.units import month_number
from copro_sim.institutions.alliance import HOPE_CAUSES, TIES_CAUSES, Alliance, Surroundings
from copro_sim.scenario.government import AllianceParams

own = defaults(AllianceParams)
still = own._replace(ties_fade=0.0, recognition_ties=0.0, hope_returns=0.0, success_hope=0.0)
nothing = Surroundings(0.0, 0.0, 0.0)
unit = st.floats(0, 1)


def lived(p, months=120, met=nothing):
    alliance = Alliance.begin(p)
    return [alliance.live_month(p, month, met) for month in range(months)]


def test_what_it_carries_worked_by_hand():
    """Ties of .5: a tenth of .2 of contacts unrecognised; .15, training of .01 and half of half of hope recognised."""
    p = still._replace(
        first_ties=0.5, unrecognised_link=0.2, recognised_link=0.3, training=0.02, hope_for_isolated=0.5, recognised_year=2014
    )  # fmt: skip
    before, after = lived(p, 13)[11:]
    assert (before.recognised, before.link, before.training, before.hope_for_isolated) == (0, 0.1, 0.0, 0.0)
    assert (after.recognised, after.link, after.training, after.hope_for_isolated) == (1, 0.15, 0.01, 0.25)


def test_recognition_is_dated_and_may_end():
    months = lived(own._replace(recognised_year=2015, until_year=2017), 60)
    recognised = [month for month, now in enumerate(months) if now.recognised]
    assert recognised == list(range(month_number("2015-04"), month_number("2017-04")))
    assert not any(now.recognised for now in lived(own, 360))


def test_an_event_may_recognise_it():
    alliance = Alliance.begin(own)
    assert not alliance.live_month(own, 0, nothing).recognised
    assert alliance.live_month(own._replace(recognised_year=2013), 1, nothing).recognised


def test_ties_worked_by_hand():
    """.2 gains a tenth of .8, then a quarter of .72, then loses a tenth of .46."""
    p = still._replace(first_ties=0.2, recognised_year=2013, recognition_ties=0.25, ties_fade=0.1)
    now = lived(p, 1, Surroundings(0.1, 0.0, 0.0))[0]
    assert now.ties == pytest.approx(0.414)
    assert dict(zip(TIES_CAUSES, now.ties_by_cause, strict=True)) == pytest.approx(
        {"together": 0.08, "recognition": 0.18, "fading": -0.046}
    )


def test_hope_worked_by_hand():
    """.5 loses a tenth, gains half of .55, and goes back a fifth of .225."""
    p = still._replace(first_hope=0.5, success_hope=0.5, hope_returns=0.2)
    now = lived(p, 1, Surroundings(0.0, -0.1, 1.0))[0]
    assert now.hope == pytest.approx(0.68)
    assert dict(zip(HOPE_CAUSES, now.hope_by_cause, strict=True)) == pytest.approx(
        {"disappointment": -0.05, "success": 0.275, "return": -0.045}
    )


def test_at_strength_zero_nothing_moves_and_nothing_is_carried():
    p = still._replace(unrecognised_link=0.0, recognised_link=0.0, training=0.0, hope_for_isolated=0.0, recognised_year=2013)
    for now in lived(p, 24, Surroundings(0.0, 0.0, 1.0)):
        assert (now.ties, now.hope) == (p.first_ties, p.first_hope)
        assert (now.link, now.training, now.hope_for_isolated) == (0.0, 0.0, 0.0)


def test_untended_ties_fade_away_and_disappointed_hope_comes_back():
    assert lived(own, 360)[-1].ties < 0.02
    assert lived(own._replace(recognised_year=2013), 360)[-1].ties > 0.7
    alliance = Alliance.begin(own)
    low = alliance.live_month(own, 0, Surroundings(0.0, -0.9, 0.0)).hope
    later = [alliance.live_month(own, month, nothing).hope for month in range(1, 240)]
    assert low < 0.1
    assert later[-1] == pytest.approx(own.first_hope, abs=0.01)
    assert (np.diff(later) > 0).all()


@given(ties=unit, hope=unit, fade=unit, tends=unit, returns=unit, success=unit, gain=st.floats(0, 3), loss=st.floats(-3, 0),
       visible=unit)  # fmt: skip
def test_everything_stays_in_range_and_causes_add_up(ties, hope, fade, tends, returns, success, gain, loss, visible):
    p = own._replace(
        first_ties=ties, first_hope=hope, ties_fade=fade, recognition_ties=tends, hope_returns=returns, success_hope=success,
        recognised_year=2013,
    )  # fmt: skip
    before = ties, hope
    for now in lived(p, 3, Surroundings(gain, loss, visible)):
        assert all(0 <= value <= 1 for value in (now.ties, now.hope, now.link, now.hope_for_isolated))
        assert now.ties - before[0] == pytest.approx(sum(now.ties_by_cause))
        assert now.hope - before[1] == pytest.approx(sum(now.hope_by_cause))
        before = now.ties, now.hope
