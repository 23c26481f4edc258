"""Funding: what was spent, then the scenario's path; or the level of 2009-10 per head restored."""

import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions.funding import home_support_budget, hour_price, older_people_budget
from copro_sim.scenario import evidence
from copro_sim.scenario.government import FundingParams

own = defaults(FundingParams)
restored = own._replace(basis="restored")


def test_actual_money_until_2023_then_the_scenarios_growth():
    assert older_people_budget(own, 2013) == evidence.real_budget(2013)
    growth = 1 + own.real_growth_percent_per_year / 100
    assert older_people_budget(own, 2026) == pytest.approx(evidence.real_budget(2023) * growth**3)


def test_restored_money_keeps_2009_per_head():
    per_head = {year: older_people_budget(restored, year) / evidence.people_65_plus(year) for year in (2009, 2013, 2016, 2040)}
    assert len({round(value, 6) for value in per_head.values()}) == 1


def test_the_retreat_of_2009_to_2016_is_14_percent_per_head():
    per_head = [older_people_budget(own, year) / evidence.people_65_plus(year) for year in (2009, 2016)]
    assert per_head[1] / per_head[0] == pytest.approx(1 - 0.14, abs=0.015)


def test_a_councils_budget_worked_by_hand():
    adults = evidence.real_budget(2013) * (1 + own.younger_adults_ratio) * own.home_support_share
    assert home_support_budget(own, 2013, 0.1) == int(adults * 0.1 * 100)
    assert home_support_budget(own._replace(home_support_share=0.0), 2013, 0.1) == 0


def test_the_price_of_an_hour_grows_with_wages_after_2023():
    assert hour_price(own, 2023) == evidence.hour_price(2023)
    assert hour_price(own, 2025) == pytest.approx(evidence.hour_price(2023) * 1.01**2)
    assert 12 < hour_price(own, 2013) < 18
