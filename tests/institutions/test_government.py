"""Government: what is told to councils follows the calendar, and the accounts add up to what the money bought."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.institutions.coproduction import practice_share
from copro_sim.institutions.funding import hour_price
from copro_sim.institutions.government import Government
from copro_sim.processes.tally import TALLIES, Tally

COUNCILS, WEIGHTS = ("Cardiff", "Gwynedd"), np.array([100.0, 50.0])


def made(name="co-production", **changes):
    return Government(cs.load_scenario(name).replace(changes), COUNCILS, WEIGHTS, 1)


def tallies(minutes=0, demand=0):
    counted = np.zeros((MONTHS_PER_YEAR, len(COUNCILS), TALLIES), np.int64)
    counted[:, :, Tally.CITIZENS] = 3_000
    counted[:, :, Tally.PERSONAL_COUNCIL] = minutes
    counted[:, :, Tally.DEMAND_LOW : Tally.DEMAND_CRITICAL + 1] = demand
    return counted


def test_practice_follows_the_calendar_over_the_years():
    government = made()
    settings = cs.load_scenario("co-production").settings_at(0).coproduction
    for year in range(7):
        share = government.april(year, tallies()).coproduced_share
        for k in range(MONTHS_PER_YEAR):
            assert share[k] == pytest.approx([practice_share(settings, 12 * year + k)] * 2)
    assert share.min() == pytest.approx(0.6)


def test_care_is_paid_for_at_the_years_own_price():
    """600 simulated minutes a month are 10 hours: for 100 and 50 real people each, 12,000 and 6,000 hours a year."""
    government = made()
    funds = cs.load_scenario("co-production").settings_at(0).funding
    for year in range(12):
        government.april(year, tallies())
        government.close(tallies(minutes=600))
    for year in (0, 11):
        pence = [hours * hour_price(funds, 2013 + year) * 100 for hours in (12_000, 6_000)]
        assert government.accounts["care_spent"][year] == [int(pence[0]), int(pence[1])]
    assert hour_price(funds, 2013) != hour_price(funds, 2024)


def test_what_was_left_or_owed_last_year_counts_this_year():
    """Budgets and demand as before, but twice a year's money overspent: nothing is left for packages."""
    usual, owing = made("steady-state"), made("steady-state")
    for government, minutes in ((usual, 0), (owing, 10**7)):
        government.april(0, tallies(demand=10**6))
        government.close(tallies(minutes=minutes))
    assert owing.accounts["carried_out"][0][0] < -owing.accounts["budget"][0][0]
    assert usual.april(1, tallies(demand=10**6)).package_share[0, 0] > 0.0
    assert owing.april(1, tallies(demand=10**6)).package_share[0, 0] == 0.0
