"""Funding: each council's money for support at home in a financial year, in real terms, and the price of an hour.

All money is in pounds of 2013-14. Until 2023-24 the budget follows what was spent (or the level of 2009-10 per head of
people of 65 and over, where a scenario restores it), afterwards the scenario's path. Only the part of spending that buys
hours of support at home is allotted here; care homes are counted apart (`charges.py`), fieldwork is left out.
"""

from copro_sim.core.units import PENCE
from copro_sim.scenario import evidence
from copro_sim.scenario.government import FundingParams

LAST_ACTUAL_YEAR = 2023
BASE_YEAR = 2009


def older_people_budget(p: FundingParams, year: int) -> float:
    """Return Wales's real spending on people of 65 and over in the financial year from April `year`, pounds of 2013-14."""
    if p.basis == "restored":
        per_head = evidence.real_budget(BASE_YEAR) / evidence.people_65_plus(BASE_YEAR)
        return float(per_head * evidence.people_65_plus(year))
    growth = (1.0 + p.real_growth_percent_per_year / 100.0) ** max(0, year - LAST_ACTUAL_YEAR)
    return float(evidence.real_budget(min(year, LAST_ACTUAL_YEAR)) * growth)


def home_support_budget(p: FundingParams, year: int, share_of_wales: float) -> int:
    """Return a council's money for support at home of adults of all ages, in pence, for its share of Wales's 65+."""
    adults = older_people_budget(p, year) * (1.0 + p.younger_adults_ratio)
    return int(adults * p.home_support_share * share_of_wales * PENCE)


def hour_price(p: FundingParams, year: int) -> float:
    """Return what an hour of support costs, pounds of 2013-14."""
    growth = (1.0 + p.price_growth_percent_per_year / 100.0) ** max(0, year - LAST_ACTUAL_YEAR)
    return float(evidence.hour_price(min(year, LAST_ACTUAL_YEAR)) * growth)


def brought_forward(p: FundingParams, carried: int) -> int:
    """Return how much more or less, in pence, a council plans to spend for what the last year left; a debt is repaid in parts."""
    return carried if carried >= 0 else int(carried / p.repay_years)


def carried_over(p: FundingParams, left: int, budget: int) -> int:
    """Return how much of what a year has left of a budget, in pence, the next one begins with; what is owed, below 0, is all."""
    return min(left, int(budget * p.carry_over_percent / 100.0))
