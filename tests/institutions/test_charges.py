"""Charges: caps and limits of each year, worked examples, money conserved to the penny, nothing charged at zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.charges import (
    ABOVE,
    BELOW,
    capital_limit,
    home_charges,
    mean_charge,
    residential_money,
    still_above,
    weekly_cap,
)
from copro_sim.scenario import evidence
from copro_sim.scenario.government import ChargeParams

own = defaults(ChargeParams)
plain = own._replace(packages_differ=0.0, free_percent=0.0, pounds_per_hour=10.0)
tables = st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[st.integers(0, 10**7)] * 2), min_size=n, max_size=n))


def one_year(hours_a_week, clients=(100.0, 100.0)):
    """Return minutes and client-months of a year in one council: [1, 2] each."""
    months = np.array([clients]) * 12.0
    return months * hours_a_week * 260, months


def test_the_law_by_year():
    caps = [evidence.weekly_cap(year) for year in (2010, 2011, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2023, 2040)]
    assert caps == [50, 50, 50, 55, 60, 60, 70, 80, 90, 100, 100, 100]
    limits = [evidence.capital_limit(year) for year in (2013, 2016, 2017, 2018, 2019, 2040)]
    assert limits == [24_000, 24_000, 30_000, 40_000, 50_000, 50_000]


def test_the_cap_in_pounds_of_2013():
    """50 in 2013; in 2020, 100 / 1.1694 = 85.51; from 2023 on a frozen cap loses what is said each year."""
    assert weekly_cap(own, 2013) == 50.0
    assert weekly_cap(own, 2020) == pytest.approx(85.514, abs=1e-3)
    assert capital_limit(own, 2019) == pytest.approx(50_000 / 1.1074)
    assert weekly_cap(own, 2033) == pytest.approx(weekly_cap(own, 2023) * 0.98**10)
    uprated = own._replace(real_change_percent_per_year=0.0)
    assert weekly_cap(uprated, 2043) == weekly_cap(uprated, 2023)


def test_a_year_of_charges_worked_by_hand():
    """Three hours a week at 10 pounds: 30 a week, 52 weeks, 100 people: 156,000 pounds; ten hours: the cap of 50."""
    minutes, clients = one_year(3.0)
    assert home_charges(plain, 2013, minutes, clients).paid.tolist() == [[15_600_000, 15_600_000]]
    minutes, clients = one_year(10.0)
    assert home_charges(plain, 2013, minutes, clients).paid.tolist() == [[26_000_000, 26_000_000]]
    assert home_charges(plain, 2013, minutes, clients).received.tolist() == [52_000_000]


def test_the_cap_holds_whatever_ones_capital_and_low_income_frees_below_only():
    minutes, clients = one_year(10.0)
    paid = home_charges(plain._replace(free_percent=40.0), 2013, minutes, clients).paid[0]
    assert paid.tolist() == [15_600_000, 26_000_000]


def test_nobody_is_charged_more_than_the_hour_costs():
    """Three hours a week, 10 pounds charged but 8 paid: 24 a week, 52 weeks, 100 people: 124,800 pounds."""
    minutes, clients = one_year(3.0)
    assert home_charges(plain, 2013, minutes, clients, 8.0).paid.tolist() == [[12_480_000, 12_480_000]]
    assert home_charges(plain, 2013, minutes, clients, 12.0).paid.tolist() == [[15_600_000, 15_600_000]]


@pytest.mark.parametrize(("free", "million"), [(own.free_percent, 47), (55.0, 66)])
def test_what_the_record_says_that_wales_would_pay(free, million):
    """59,300 clients of 8 hours a week in 2013-14, a fifth of them above the limit."""
    clients = np.array([[0.8, 0.2]]) * 59_300 * 12
    found = home_charges(own._replace(free_percent=free), 2013, clients * 8 * 260, clients)
    assert found.received[0] / 1e8 == pytest.approx(million, abs=0.5)


def test_unlike_packages_pay_less_where_the_cap_bites():
    """At a mean of 5 hours, 50 pounds: 50 all alike, 50 * (1 - 1/e) = 31.61 exponentially spread."""
    hours = np.array([5.0])
    assert mean_charge(plain, hours, 50.0)[0] == 50.0
    assert mean_charge(plain._replace(packages_differ=1.0), hours, 50.0)[0] == pytest.approx(31.606, abs=1e-3)
    assert mean_charge(plain._replace(packages_differ=0.5), hours, 50.0)[0] == pytest.approx((50 + 31.606) / 2, abs=1e-3)


def test_the_spread_is_that_of_exponential_packages():
    """The closed form against a sum over ten thousand packages at equal steps of the distribution."""
    packages = -5.0 * np.log1p(-(np.arange(10_000) + 0.5) / 10_000)
    each = np.minimum(10.0 * packages, 50.0).mean()
    assert mean_charge(plain._replace(packages_differ=1.0), np.array([5.0]), 50.0)[0] == pytest.approx(each, rel=1e-3)


@pytest.mark.parametrize("nothing", [{"cap_percent": 0.0}, {"pounds_per_hour": 0.0}])
def test_support_may_be_free(nothing):
    minutes, clients = one_year(8.0)
    found = home_charges(own._replace(**nothing), 2019, minutes, clients)
    assert not found.paid.any()
    assert not found.received.any()


def test_without_hours_or_clients_nobody_pays():
    assert not home_charges(own, 2013, np.zeros((3, 2)), np.zeros((3, 2))).paid.any()
    assert not home_charges(own, 2013, np.zeros((3, 2)), np.full((3, 2), 12.0)).paid.any()


@given(rows=tables, year=st.integers(2013, 2043), differ=st.floats(0, 1), free=st.floats(0, 100), pence=st.integers(0, 1500))
def test_every_penny_paid_is_received_and_no_more_than_cap_and_price(rows, year, differ, free, pence):
    rate = pence / 100
    p = own._replace(packages_differ=differ, free_percent=free, pounds_per_hour=rate)
    minutes = np.array(rows, float)
    clients = minutes[::-1] / 1_000.0
    found = home_charges(p, year, minutes, clients)
    assert found.paid.dtype == found.received.dtype == np.int64
    assert found.paid.sum(axis=1).tolist() == found.received.tolist()
    assert (found.paid >= 0).all()
    assert (found.paid <= weekly_cap(p, year) * clients * 52 / 12 * 100 * (1 + 1e-9) + 0.5).all()
    assert (found.paid <= minutes / 60 * rate * 100 * (1 + 1e-9) + 0.5).all()


def test_a_higher_cap_never_lowers_charges():
    minutes, clients = one_year(12.0)
    by_cap = [home_charges(own._replace(cap_percent=c), 2013, minutes, clients).received[0] for c in (50, 100, 150, 1000)]
    assert by_cap == sorted(by_cap)
    assert by_cap[0] < by_cap[-1]


def test_a_higher_limit_leaves_fewer_above_it():
    """1,500 of 4,000 gained by 2019; at exponent zero nobody does; inflation alone brings nobody above it again."""
    assert still_above(own, 2013) == 1.0
    assert still_above(own, 2016) == 1.0
    assert still_above(own, 2019) == pytest.approx(2_500 / 4_000, abs=0.01)
    assert still_above(own._replace(capital_tail=0.0), 2019) == 1.0


def test_who_pays_for_care_homes_worked_by_hand():
    """Ten below pay 130 of 520 a week, ten above all of it: 67,600 and 270,400 pounds; the council pays 202,800."""
    found = residential_money(own, np.full((1, 2), 120.0))
    assert found.paid.tolist() == [[6_760_000, 27_040_000]]
    assert found.council.tolist() == [20_280_000]
    assert found.cost.tolist() == [54_080_000]


@given(rows=tables, fee=st.floats(0, 5_000), pension=st.floats(0, 5_000))
def test_the_cost_of_homes_is_paid_in_full_and_nobody_pays_more(rows, fee, pension):
    p = own._replace(home_pounds_per_week=fee, resident_pounds_per_week=pension)
    found = residential_money(p, np.array(rows))
    assert (found.cost == found.paid.sum(axis=1) + found.council).all()
    assert (found.council >= 0).all()
    assert (found.paid[:, [BELOW, ABOVE]] >= 0).all()
