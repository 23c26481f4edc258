"""Charges: what people pay the council for support, at home up to the week's cap, in care homes by their capital.

Equation
    at home   a client with hours h a week pays min(rate * h, cap) a week, whatever his or her capital, the rate never above
              the price of an hour; of those below the capital limit, a share pays nothing. Over clients whose packages
              average h, with d = `packages_differ`,
              (1 - d) * min(rate * h, cap) + d * rate * h * (1 - exp(-cap / (rate * h))): packages all alike, or
              exponentially spread
    in homes  residents above the capital limit pay all, others what their pensions allow; the council pays the rest
    limit     of those with more capital than the limit of 2013, (limit of 2013 / limit) ** `capital_tail` still have more
Money    every penny that somebody pays is received by the council or by the home; pounds of 2013-14, whole pence
Source   Cap and limit by year: `scenario/data/charges.csv`, brought to pounds of 2013-14 by the deflator
Limits   No means test of incomes but one share; no charge deters anybody; capital is not spent down.
"""

from math import inf
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, PENCE, START_YEAR
from copro_sim.institutions.funding import LAST_ACTUAL_YEAR
from copro_sim.scenario import evidence
from copro_sim.scenario.government import ChargeParams

Array = np.ndarray[Any, Any]
BELOW, ABOVE = 0, 1
"""The two groups by means: capital below or above the limit."""

_WEEKS_PER_MONTH = 52 / MONTHS_PER_YEAR


class HomeCharges(NamedTuple):
    """A year's charges for support at home, from both sides: pence."""

    paid: Array
    """By clients with capital below and above the limit: int64 [councils, 2]."""
    received: Array
    """By councils: int64 [councils]; the same pennies."""


class ResidentialMoney(NamedTuple):
    """Who pays a year's care homes: pence, int64; cost = paid.sum() + council, exactly."""

    cost: Array
    """Of all places: [councils]."""
    paid: Array
    """By residents with capital below and above the limit: [councils, 2]."""
    council: Array
    """By councils, net: [councils]."""


def weekly_cap(p: ChargeParams, year: int) -> float:
    """Return the most that anybody pays for support at home in the year from April `year`, pounds of 2013-14 a week."""
    return p.cap_percent / 100.0 * _real(p, evidence.weekly_cap(year), year)


def capital_limit(p: ChargeParams, year: int) -> float:
    """Return the capital above which residents pay all in the year from April `year`, pounds of 2013-14."""
    return _real(p, evidence.capital_limit(year), year)


def still_above(p: ChargeParams, year: int) -> float:
    """Return the share, 0 to 1, of people with more capital than the limit of 2013 who have more than that of `year`."""
    higher = capital_limit(p, year) / capital_limit(p, START_YEAR)
    return float(min(1.0, higher**-p.capital_tail))


def home_charges(p: ChargeParams, year: int, minutes: Array, clients: Array, hour_price: float = inf) -> HomeCharges:
    """Return what clients pay and councils receive for support at home in the year from April `year`.

    Parameters
    ----------
    p
        Settings in force.
    year
        Calendar year of April: 2013 is 2013-14.
    minutes
        Delivered to clients with capital below and above the limit in the year, real people's: [councils, 2].
    clients
        Client-months: the sum of twelve monthly counts of them, real people, [councils, 2].
    hour_price
        What an hour costs the council, pounds of 2013-14: nobody is charged more, however cheap hours become.
    """
    p = p._replace(pounds_per_hour=min(p.pounds_per_hour, hour_price))
    hours = np.divide(
        minutes, MINUTES_PER_MONTH_OF_WEEKLY_HOUR * clients, out=np.zeros(np.shape(minutes)), where=np.asarray(clients) > 0
    )  # fmt: skip
    weekly = mean_charge(p, hours, weekly_cap(p, year))
    weekly[:, BELOW] *= 1.0 - p.free_percent / 100.0
    paid = _pence(weekly * clients * _WEEKS_PER_MONTH)
    return HomeCharges(paid, paid.sum(axis=1))


def mean_charge(p: ChargeParams, hours: Array, cap: float) -> Array:
    """Return the mean charge, pounds a week, of clients whose packages average `hours` a week, where all pay.

    It is never above `cap` (pounds a week), nor above the hours' full price.
    """
    full = p.pounds_per_hour * hours
    alike = np.minimum(full, cap)
    beyond = np.divide(cap, full, out=np.zeros_like(full), where=full > 0)
    return (1.0 - p.packages_differ) * alike + p.packages_differ * full * -np.expm1(-beyond)


def residential_money(p: ChargeParams, residents: Array) -> ResidentialMoney:
    """Return who pays how much for care homes, for resident-months below and above the capital limit: [councils, 2].

    The residents' side depends on the year only by who is above the limit: see `still_above`.
    """
    weeks = np.asarray(residents) * _WEEKS_PER_MONTH
    each = _pence(weeks * p.home_pounds_per_week)
    own = _pence(weeks[:, BELOW] * p.resident_pounds_per_week)
    paid = np.stack([np.minimum(own, each[:, BELOW]), each[:, ABOVE]], axis=1)
    return ResidentialMoney(each.sum(axis=1), paid, each.sum(axis=1) - paid.sum(axis=1))


def _real(p: ChargeParams, cash: float, year: int) -> float:
    """Return cash pounds of `year` in pounds of 2013-14; after the last year with a deflator by the settings' change."""
    change = (1.0 + p.real_change_percent_per_year / 100.0) ** max(0, year - LAST_ACTUAL_YEAR)
    return float(cash / evidence.deflator(year) * change)


def _pence(pounds: Array) -> Array:
    """Return whole pence, the nearest."""
    return np.rint(pounds * PENCE).astype(np.int64)
