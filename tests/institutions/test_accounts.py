"""Accounts: a month in pence, what is left, and what a year of care has cost and who paid for it, worked by hand."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.institutions.accounts import (
    ACCOUNTS,
    INCOME,
    enter,
    freed,
    home_charges,
    in_hospital,
    left,
    month_in_pence,
    respite,
)
from copro_sim.institutions.counted import Real
from copro_sim.processes.tally import TALLIES, Tally

WEEKS = 52
FLAT = {
    "charges.pounds_per_hour": 10.0, "charges.cap_percent": 0.0, "charges.free_percent": 50.0, "charges.packages_differ": 0.0,
    "charges.home_pounds_per_week": 500.0, "charges.resident_pounds_per_week": 150.0, "council.respite_pounds_per_month": 25.5,
    "hospital.stay_share": 0.5, "hospital.stay_days": 8.0, "hospital.needs_support": 0.5, "hospital.least_delay_days": 1.0,
    "hospital.delay_by_waiting": 6.0, "hospital.delay_by_undelivered": 20.0, "hospital.pounds_per_day": 100.0,
    "hospital.price_growth_percent_per_year": 10.0, "health.episode_most_months": 3,
}  # fmt: skip


def scenario(**changes):
    return cs.load_scenario("steady-state").replace(FLAT | changes)


def real(**year):
    """Return two councils' year, the second's of twice as much."""
    counts = np.zeros((TALLIES, 2))
    for name, counted in year.items():
        counts[Tally[name]] = [counted, 2 * counted]
    return Real(counts)


def test_a_month_is_a_twelfth_of_a_year_in_whole_pence():
    """3.30 pounds a year for each of 1,000 are 275 pounds a month; 10 for one are 83.33."""
    pence = month_in_pence(3.30, np.array([1_000.0, 1.0]))
    assert pence.tolist() == [27_500, 27]
    assert month_in_pence(10.0, np.array([1.0])).tolist() == [83]
    assert pence.dtype == np.int64


def test_what_is_left_is_all_that_came_in_but_for_what_was_spent_or_taken():
    """Powers of two: every sum says what is in it. What is paid back, carried over or counted apart plays no part."""
    entry = {name: 2**k for k, name in enumerate(ACCOUNTS)}
    assert left(entry) == (1 + 2 + 4) - (8 + 16 + 32 + 64 + 128 + 256)
    assert left(entry | dict.fromkeys(INCOME, 1_000)) == 3_000 - 504


def test_breaks_for_carers_cost_by_the_month():
    assert respite(real(RESPITE=3.0), scenario().settings_at(0)).tolist() == [7_650, 15_300]


def test_a_tenth_left_to_natural_support_frees_a_ninth_of_what_is_packaged():
    """540 hours packaged, nine tenths of 600: at 16 pounds 60 hours are 960; all or nothing left to others frees nothing."""
    packaged = real(COPRODUCED_PACKAGE=540.0 * 60)
    assert freed(packaged, 0.1, 16.0).tolist() == pytest.approx([96_000, 192_000])
    assert freed(packaged, 0.0, 16.0).tolist() == [0.0, 0.0]
    assert freed(packaged, 1.0, 16.0).tolist() == [0.0, 0.0]


AT_HOME = {
    "PERSONAL_COUNCIL": 8_000.0, "PRACTICAL_COUNCIL": 5_000.0, "RESIDENT_MINUTES": 600.0,
    "COUNCIL_CLIENTS": 70.0, "RESIDENTS": 10.0, "HOME_CLIENTS_ABOVE": 20.0, "HOME_MINUTES_ABOVE": 5_200.0, "RESIDENTS_ABOVE": 4.0,
}  # fmt: skip


def test_clients_at_home_pay_for_their_hours_and_those_in_homes_are_not_among_them():
    """Above the limit 20 client-months of an hour a week at 10 pounds, 52/12 weeks each; half of the 40 below pay the same
    for 7,200 minutes, and no more than the hour costs."""
    now = scenario(**{"charges.cap_percent": 300.0}).settings_at(0)
    above, below = 5_200 / 60 * 1_000, 7_200 / 60 * 1_000 / 2
    paid = home_charges(real(**AT_HOME), 0, now, 16.0).paid
    assert paid.tolist() == [[round(below), round(above)], [round(2 * below), round(2 * above)]]
    assert home_charges(real(**AT_HOME), 0, now, 5.0).received == pytest.approx((below + above) / 2 * np.array([1, 2]), abs=1)


def test_nobody_at_home_pays_for_more_than_the_years_cap():
    """A year is its own: the cap of 2013 was 50 pounds a week, that of 2020 100 in that year's money."""
    many = {**AT_HOME, "PERSONAL_COUNCIL": 10.0**6, "HOME_MINUTES_ABOVE": 5 * 10.0**5}
    now = scenario(**{"charges.cap_percent": 100.0}).settings_at(0)
    first, later = (home_charges(real(**many), year, now, 16.0).paid[0] for year in (0, 7))
    assert first.tolist() == [round(40 / 2 * 50 * WEEKS / 12 * 100), round(20 * 50 * WEEKS / 12 * 100)]
    assert (later > 1.5 * first).all()


IN_HOSPITAL = {"ACUTE": 48.0, "WAITING": 30.0, "COUNCIL_CLIENTS": 70.0, "UNDELIVERED": 3_100.0}


def test_months_in_an_episode_of_one_to_three_months_are_two_to_each_stay():
    """48 months are 24 episodes, 12 stays of 8 days; 6 wait 1 + 6 * 30% + 20 * 20% = 6.8 days: 40.8. A year on, a day costs a
    tenth more."""
    found = in_hospital(real(**AT_HOME | IN_HOSPITAL), 1, scenario().settings_at(0), scenario())
    assert found.stays.tolist() == [12.0, 24.0]
    assert found.delayed_days == pytest.approx([40.8, 81.6])
    assert found.nhs_cost.tolist() == [round((96 + 40.8) * 110 * 100), 2 * round((96 + 40.8) * 110 * 100)]


def test_a_year_is_entered_to_the_penny():
    """12,400 minutes at home at 16 pounds an hour; ten months in a care home, four of them of people who pay all."""
    chosen = scenario(**{"charges.cap_percent": 300.0})
    now, year = chosen.settings_at(0), real(**AT_HOME | IN_HOSPITAL, RESPITE=3.0)
    entries = [{"budget": 5}, {"budget": 7}]
    enter(entries, year, 0, now, 16.0, chosen)
    first, second = entries
    week = WEEKS / 12 * 100
    assert [entry["budget"] for entry in entries] == [5, 7]
    assert first["care_spent"] == int(12_400 / 60 * 1_600)
    assert second["care_spent"] == int(24_800 / 60 * 1_600)
    assert (first["charges_paid_below"], first["charges_paid_above"]) == (60_000, 86_667)
    assert first["charges"] == 60_000 + 86_667
    assert first["respite_spent"] == 7_650
    assert first["care_homes_paid"] == round(6 * 150 * week) + round(4 * 500 * week)
    assert first["care_homes_spent"] == round(6 * 500 * week) - round(6 * 150 * week)
    assert (first["nhs_spent"], first["nhs_delay_spent"]) == (1_368_000, 408_000)
    assert set(first) <= set(ACCOUNTS)


def test_as_the_limit_rises_fewer_residents_pay_all():
    """The capital limit of 2019 was more than twice that of 2013."""
    chosen = scenario(**{"charges.capital_tail": 1.0})
    paid = []
    for year in (0, 6):
        entries = [{}, {}]
        enter(entries, real(**AT_HOME), year, chosen.settings_at(0), 16.0, chosen)
        paid.append(entries[0]["care_homes_paid"])
    week = WEEKS / 12 * 100
    assert paid[0] == round(6 * 150 * week) + round(4 * 500 * week)
    assert round(8.5 * 150 * week) + round(1.5 * 500 * week) < paid[1] < round(7.5 * 150 * week) + round(2.5 * 500 * week)
