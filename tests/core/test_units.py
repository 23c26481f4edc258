"""Units: exact conversions, and months that name themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.units import month_label, month_number, monthly_minutes, weekly_hours


def test_an_hour_a_week_is_260_minutes_a_month():
    assert monthly_minutes(1) == 60 * 52 // 12 == 260
    assert weekly_hours(260) == 1.0


def test_month_0_is_april_2013():
    assert month_label(0) == "2013-04"
    assert month_label(36) == "2016-04"
    assert month_label(-1) == "2013-03"
    assert month_label(9) == "2014-01"


@given(month=st.integers(-200, 1_000))
def test_labels_and_numbers_are_inverse(month):
    assert month_number(month_label(month)) == month


@pytest.mark.parametrize("wrong", ["2016", "2016-13", "2016-00", "16-04", "2016-4", "April 2016", ""])
def test_what_is_not_a_month_is_refused(wrong):
    with pytest.raises(ValueError, match="is not a month"):
        month_number(wrong)
