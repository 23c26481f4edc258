"""Councils: the package share that money covers, and a line that moves by a band a year at most."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.council import Rationing, affordable_share, comes_to, planned, ration, ration_by_test
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
    hour = 100 * 0.95
    assert ration(own, 3, minutes, 1.0, 0.95, int(2_000 * hour * 0.8)).line == 3
    assert ration(own, 3, minutes, 1.0, 0.95, int(2_000 * hour * 0.15)).line == 4
    assert ration(own, 3, minutes, 1.0, 0.95, int(3_000 * hour * 0.96)).line == 2
    assert ration(own, 4, minutes, 1.0, 0.95, 0) == (4, 0.0, 0.0)
    assert ration(own, 1, minutes, 1.0, 0.95, 10**12) == (1, 1.0, 0.0)


@given(minutes=demand, line=st.integers(1, 4), price=st.floats(5, 50), money=st.integers(0, 10**12), more=st.integers(0, 10**12))
def test_more_money_never_means_less_for_the_same_line(minutes, line, price, money, more):
    assert affordable_share(minutes, line, price, 0.9, money) <= affordable_share(minutes, line, price, 0.9, money + more)
    decision = ration(own, line, minutes, price, 0.9, money)
    assert abs(decision.line - line) <= 1
    assert 1 <= decision.line <= 4
    assert 0.0 <= decision.share <= 1.0


def test_under_the_national_test_too_little_money_turns_people_away_and_ample_money_lets_them_in():
    minutes = np.array([60_000, 60_000, 60_000, 60_000])
    all_of_it = int(4_000 * 100 * 0.95)
    now = Rationing(3, 0.5, 0.2)
    assert ration_by_test(own, now, minutes, 1.0, 0.95, all_of_it // 2) == (3, pytest.approx(0.5), 0.2)
    assert ration_by_test(own, now, minutes, 1.0, 0.95, all_of_it // 10).turned_away == pytest.approx(0.3)
    assert ration_by_test(own, now, minutes, 1.0, 0.95, all_of_it * 2).turned_away == pytest.approx(0.1)
    assert ration_by_test(own, Rationing(3, 0.5, 0.0), minutes, 1.0, 0.95, all_of_it * 2).turned_away == 0.0
    assert ration_by_test(own, Rationing(3, 0.5, 0.85), minutes, 1.0, 0.95, 0).turned_away == 0.9
    never = own._replace(first_contact_step=0.0)
    assert ration_by_test(never, now, minutes, 1.0, 0.95, 0).turned_away == 0.2


def test_a_council_plans_with_what_demand_came_to():
    """Half as much delivered as planned, a third of it believed: demand counts a sixth less. Nothing planned teaches nothing, and
    what comes again and again is believed in the end."""
    p = own._replace(outturn_weight=1 / 3)
    now, minutes = np.ones(4), np.array([60.0, 60.0, 60.0, 0.0])
    found = comes_to(p, now, minutes, np.array([30.0, 60.0, 120.0, 50.0]))
    assert found.tolist() == pytest.approx([1 - 1 / 6, 1.0, 1 + 1 / 3, 1.0])
    for _ in range(100):
        now = comes_to(p, now, minutes, np.array([0.0, 45.0, 1e9, 0.0]))
    assert now.tolist() == pytest.approx([0.05, 0.75, 4.0, 1.0])


def test_planned_is_the_share_of_demand_at_and_above_the_line_for_which_staff_are_found():
    assert planned(np.array([100.0, 200.0, 300.0, 400.0]), 3, 0.5, 0.8) == pytest.approx(700 * 0.4)
