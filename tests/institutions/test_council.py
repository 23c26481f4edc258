"""Councils: the package share that money covers, and a line that moves by a band a year at most."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.council import affordable_share, ration
from copro_sim.scenario.government import CouncilParams

own = defaults(CouncilParams)
demand = st.lists(st.integers(0, 10**9), min_size=4, max_size=4).map(np.array)


def test_a_share_worked_by_hand():
    """1,000 hours at line 3 at 16 pounds, 95 percent delivered: 15,200 pounds for all of it; 7,600 cover half."""
    minutes = np.array([10**9, 10**9, 36_000, 24_000])
    assert affordable_share(minutes, 3, 16.0, 0.95, 760_000) == pytest.approx(0.5)
    assert affordable_share(minutes, 4, 16.0, 0.95, 760_000) == 1.0
    assert affordable_share(minutes * 0, 3, 16.0, 0.95, 0) == 1.0
    assert affordable_share(minutes, 3, 16.0, 0.95, -5) == 0.0


def test_too_little_money_raises_the_line_and_ample_money_lowers_it():
    minutes = np.array([60_000, 60_000, 60_000, 60_000])  # 1,000 hours a band
    hour = 100 * own.delivered_percent / 100
    assert ration(own, 3, minutes, 1.0, int(2_000 * hour * 0.8)).line == 3
    assert ration(own, 3, minutes, 1.0, int(2_000 * hour * 0.15)).line == 4
    assert ration(own, 3, minutes, 1.0, int(3_000 * hour * 0.96)).line == 2
    assert ration(own, 4, minutes, 1.0, 0) == (4, 0.0)
    assert ration(own, 1, minutes, 1.0, 10**12) == (1, 1.0)


@given(minutes=demand, line=st.integers(1, 4), price=st.floats(5, 50), money=st.integers(0, 10**12), more=st.integers(0, 10**12))
def test_more_money_never_means_less_for_the_same_line(minutes, line, price, money, more):
    assert affordable_share(minutes, line, price, 0.9, money) <= affordable_share(minutes, line, price, 0.9, money + more)
    decision = ration(own, line, minutes, price, money)
    assert abs(decision.line - line) <= 1
    assert 1 <= decision.line <= 4
    assert 0.0 <= decision.share <= 1.0
