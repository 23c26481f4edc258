"""Hospital: stays and delays worked by hand, each cause with its sign, the NHS's money whole and apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.institutions.hospital import Surroundings, day_cost, discharge_delay, live_month
from copro_sim.scenario.government import HospitalParams

own = defaults(HospitalParams)
plain = own._replace(
    stay_share=0.5, stay_days=10.0, needs_support=0.2, least_delay_days=1.0, delay_by_waiting=20.0,
    delay_by_undelivered=40.0, pounds_per_day=300.0, price_growth_percent_per_year=0.0,
)  # fmt: skip
counts = st.integers(0, 10**6)
unit = st.floats(0, 1)


def seen(episodes=100.0, waiting=0.0, clients=90.0, undelivered=0.0, delivered=900.0):
    return Surroundings(*(np.array([number, 0.0]) for number in (episodes, waiting, clients, undelivered, delivered)))


def test_a_month_worked_by_hand():
    """100 episodes, 50 stays, 10 delayed by 1 + 20 * .1 + 40 * .1 = 7 days: 570 days at 300 pounds, 70 of them delayed."""
    found = live_month(plain, 0, seen(waiting=10.0, undelivered=100.0))
    assert found.stays.tolist() == [50.0, 0.0]
    assert found.delayed.tolist() == [10.0, 0.0]
    assert found.delay == pytest.approx([7.0, 1.0])
    assert found.days == pytest.approx([570.0, 0.0])
    assert found.delayed_days == pytest.approx([70.0, 0.0])
    assert found.nhs_cost.tolist() == [17_100_000, 0]
    assert found.delay_cost.tolist() == [2_100_000, 0]
    assert found.nhs_cost.dtype == found.delay_cost.dtype == np.int64


def test_delayed_people_are_some_of_the_450_that_wales_counts():
    """As many episodes, waits and lost hours as the model's Wales has: under 450 in beds on a day, over a fifth of them."""
    wales = Surroundings(*(np.array([number]) for number in (16_000.0, 3_000.0, 57_000.0, 5.0, 95.0)))
    beds = live_month(own, 0, wales).delayed_days[0] * 12 / 365
    assert 90 < beds < 450


@pytest.mark.parametrize(
    ("strength", "short"),
    [("delay_by_waiting", seen(waiting=30.0)), ("delay_by_undelivered", seen(undelivered=300.0))],
)
def test_each_cause_of_delay_has_its_sign_and_does_nothing_at_zero(strength, short):
    assert discharge_delay(plain, short)[0] > discharge_delay(plain, seen())[0]
    without = plain._replace(**{strength: 0.0})
    assert discharge_delay(without, short)[0] == discharge_delay(without, seen())[0] == 1.0


@pytest.mark.parametrize("nothing", [{"stay_share": 0.0}, {"pounds_per_day": 0.0}])
def test_without_stays_or_prices_the_nhs_pays_nothing(nothing):
    assert not live_month(plain._replace(**nothing), 0, seen(waiting=10.0)).nhs_cost.any()


def test_without_support_to_wait_for_nobody_is_delayed():
    found = live_month(plain._replace(needs_support=0.0), 0, seen(waiting=10.0))
    assert not found.delayed_days.any()
    assert found.nhs_cost[0] == 15_000_000


def test_a_day_grows_dearer_each_april():
    p = plain._replace(price_growth_percent_per_year=10.0)
    assert [day_cost(p, month) for month in (0, 11, 12, 24)] == pytest.approx([300.0, 300.0, 330.0, 363.0])


@given(episodes=counts, waiting=counts, clients=counts, undelivered=counts, delivered=counts, share=unit, needs=unit,
       month=st.integers(0, 359))  # fmt: skip
def test_everything_is_in_range_and_a_part_is_no_more_than_the_whole(
    episodes, waiting, clients, undelivered, delivered, share, needs, month
):
    p = own._replace(stay_share=share, needs_support=needs)
    found = live_month(p, month, seen(episodes, waiting, clients, undelivered, delivered))
    most = p.least_delay_days + p.delay_by_waiting + p.delay_by_undelivered
    assert (found.delay >= p.least_delay_days).all()
    assert (found.delay <= most).all()
    assert (found.delayed <= found.stays).all()
    assert (found.delayed_days <= found.days).all()
    assert (found.delay_cost >= 0).all()
    assert (found.delay_cost <= found.nhs_cost).all()
