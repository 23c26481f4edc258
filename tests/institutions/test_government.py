"""Government: what is told to councils follows the calendar, and the accounts add up to what the money bought."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.institutions.coproduction import practice_share
from copro_sim.institutions.funding import brought_forward, carried_over, hour_price
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


def test_councils_plan_with_the_pace_of_the_years_last_months():
    """Demand that doubled in January is planned with as if it had been so all year; what came before plays no part."""
    grown, all_year = (made("steady-state") for _ in range(2))
    late, same = tallies(demand=10**6), tallies(demand=2 * 10**6)
    late[-3:, :, Tally.DEMAND_LOW : Tally.DEMAND_CRITICAL + 1] *= 2
    assert (grown.april(0, late).package_share == all_year.april(0, same).package_share).all()
    assert (grown.april(1, late).package_share < all_year.april(1, tallies(demand=10**6)).package_share).all()


def test_packages_of_the_run_in_are_what_budget_and_charges_pay_for():
    """As many hours as the budget pays for, were nobody charged: with charges packages cover more."""
    free, charged = (made("steady-state", **{"charges.pounds_per_hour": pounds}) for pounds in (0.0, 12.0))
    counted = tallies(minutes=40_000, demand=400_000)
    for name, amount in CLIENTS.items():
        counted[:, :, Tally[name]] = amount
    more, less = charged.run_in(counted).package_share, free.run_in(counted).package_share
    assert (more > less).all()
    assert (less > 0.0).all()
    assert (free.run_in(counted[:0]).package_share == charged.run_in(counted[:0]).package_share).all()


def test_no_more_than_a_part_of_the_budget_is_carried_over_and_debts_are_owed_in_full():
    """5 percent of a budget of 1,000 pounds is 50."""
    p = cs.load_scenario("steady-state").settings_at(0).funding
    assert p.carry_over_percent == 5.0
    assert carried_over(p, 3_000, 100_000) == 3_000
    assert carried_over(p, 7_000, 100_000) == 5_000
    assert carried_over(p, -200_000, 100_000) == -200_000
    assert [brought_forward(p, carried) for carried in (500, 0, -300_000)] == [500, 0, -100_000]
    government = made("steady-state")
    for year in range(2):
        government.april(year, tallies())
        government.close(tallies())
    kept = {name: np.array(rows) for name, rows in government.accounts.items()}
    assert (kept["carried_out"] == (kept["budget"] * 0.05).astype(int)).all()
    assert (kept["handed_back"] > 0.8 * kept["budget"]).all()


def lived(government, years=3, **tally):
    for year in range(years):
        counted = tallies(minutes=40_000, demand=60_000)
        for name, amount in tally.items():
            counted[:, :, Tally[name]] = amount
        government.april(year, counted)
        government.close(counted)
    return {name: np.array(rows) for name, rows in government.accounts.items()}


CLIENTS = {
    "COUNCIL_CLIENTS": 60, "RESIDENTS": 5, "RESIDENT_MINUTES": 9_000, "HOME_CLIENTS_ABOVE": 10, "HOME_MINUTES_ABOVE": 5_000,
    "RESPITE": 4, "ACUTE": 30, "WAITING": 12, "UNDELIVERED": 900, "COPRODUCED_PACKAGE": 20_000, "PEOPLE_WITH_NEED": 400,
}  # fmt: skip


def test_money_is_conserved_to_the_penny_for_each_council_and_year():
    kept = lived(made(**{"funding.clawback": 0.5, "funding.reserved_pounds_per_head": 10.0}), **CLIENTS)
    income = kept["budget"] + kept["charges"] + kept["carried_in"]
    ways = ("clawed_back", "reserved", "coproduction_spent", "grants_spent", "care_spent", "respite_spent", "handed_back")
    spent = sum(kept[name] for name in ways)
    assert (income == spent + kept["carried_out"]).all()
    assert (kept["carried_in"][1:] == kept["carried_out"][:-1]).all()
    assert (kept["charges"] == kept["charges_paid_below"] + kept["charges_paid_above"]).all()
    for name in ("charges", "grants_spent", "respite_spent", "care_homes_spent", "nhs_spent", "coproduction_spent"):
        assert (kept[name] > 0).all(), name
    assert (kept["clawed_back"][0] == 0).all()
    assert (kept["clawed_back"][1:] > 0).all()


def test_clawback_takes_the_year_after_what_was_freed():
    """20,000 minutes a month of packages that are nine tenths of what they would have been: 37.04 hours a month are freed."""
    kept = lived(made("co-production", **{"funding.clawback": 1.0, "care_service.natural_first": 0.1}), **CLIENTS)
    none = lived(made("co-production", **{"funding.clawback": 0.0, "care_service.natural_first": 0.1}), **CLIENTS)
    price = hour_price(cs.load_scenario("co-production").settings_at(0).funding, 2013) * 100
    assert kept["clawed_back"][1] == pytest.approx(20_000 * 12 / 9 / 60 * WEIGHTS * price, rel=1e-3)
    assert (none["clawed_back"] == 0).all()
    later = made("co-production", **{"funding.clawback": 1.0, "care_service.natural_first": 0.0})
    assert (lived(later, **CLIENTS)["clawed_back"] == 0).all()


def test_the_run_in_is_policy_free_and_settles_what_the_money_pays_for():
    """Home care by the first line, with care homes and direct payments as usual, and nothing else; first for all alike."""
    government = made(**{"council.residential_percent": 8.0, "council.direct_payment_percent": 6.0, "council.first_line": 2})
    none = np.zeros((0, len(COUNCILS), TALLIES), np.int64)
    for told, share in ((government.run_in(none), 0.4), (government.run_in(tallies(demand=1)), 1.0)):
        assert (told.eligibility_line == 2).all()
        assert told.package_share == pytest.approx(np.full((12, 2), share))
        assert told.residential_share == pytest.approx(np.full((12, 2), 0.08))
        assert told.direct_payment_share == pytest.approx(np.full((12, 2), 0.06))
        assert ((told.delivered_share > 0.5) & (told.delivered_share < 1.0)).all()
        assert not told.coproduced_share.any()
        assert not told.invitation_chance.any()


def test_institutions_are_told_the_share_of_posts_whose_grants_ended(monkeypatch):
    seen = []
    government = made(**{"third_sector.renewal": 0.0})
    live_year = government._change.live_year
    monkeypatch.setattr(government._change, "live_year", lambda *args: seen.append(args[-1]) or live_year(*args))
    for year in range(6):
        government.april(year, tallies())
        government.close(tallies())
    ends = np.array(seen)
    assert ends.shape == (6, 12, len(COUNCILS))
    assert 0.0 < ends.max() <= 1.0


def test_fear_keeps_direct_payments_back_and_seminars_cost_time():
    usual, bold = (made(**{"council.fear_deters": deters, "senedd.seminars_per_year": n}) for deters, n in ((4.0, 2), (0.0, 0)))
    told, free = usual.april(0, tallies()), bold.april(0, tallies())
    assert (told.direct_payment_share < free.direct_payment_share).all()
    assert (told.assessment_minutes.sum(axis=0) < free.assessment_minutes.sum(axis=0)).all()


def test_the_national_test_begins_in_april_2016():
    government = made()
    for year in range(5):
        policy = government.april(year, tallies(demand=10**6))
        assert (policy.national_test == float(year >= 3)).all()
        government.close(tallies(demand=10**6))
