"""Figures of levels show the numbers of the comparison."""

import numpy as np
import pytest

from copro_sim.report.levels import wellbeing, who_meets_need
from tests.comparison.fakes import fake_comparison


@pytest.fixture
def comparison():
    return fake_comparison({"old": np.zeros(10), "new": np.full(10, -0.05)})


def test_areas_add_up_to_what_is_shown(comparison):
    table = who_meets_need(comparison).table
    expected = comparison.by_year("unmet_hours").mean(axis=1).ravel()
    np.testing.assert_allclose(table["Nobody: unmet (hours a week)"], expected)
    both = comparison.by_year("friend_hours") + comparison.by_year("neighbour_hours")
    np.testing.assert_allclose(table["Friends, neighbours (hours a week)"], both.mean(axis=1).ravel())


def test_an_axis_of_wellbeing_does_not_magnify_next_to_nothing():
    comparison = fake_comparison({"old": np.zeros(10), "new": np.full(10, -0.0001)})
    low, high = wellbeing(comparison).figure.axes[0].get_ylim()
    assert high - low >= 0.4 - 1e-9
