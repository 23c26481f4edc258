"""Charges: what people pay their council for support at home, at most the weekly cap of the year, whatever they own.

Equation
    weekly charge of who pays = min(cap of the year / deflator, pounds_per_hour * delivered hours a week of a usual client)
    a council's income = clients * (1 - pays_nothing) * weekly charge, every week of the month
Source   Care and Support (Charging) (Wales) Regulations and those before them: caps of 50 (2011), 55 (2014), 60 (2015), 70
         (2017), 80 (2018), 90 (2019) and 100 pounds (from 2020); limits of capital for care homes of 24,000, 30,000 (2017),
         40,000 (2018) and 50,000 pounds (2019)
Limits   Every paying client of a council pays as a usual one; what residents of care homes pay is not modelled.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, PENCE
from copro_sim.scenario import evidence
from copro_sim.scenario.government import ChargeParams

Array = np.ndarray[Any, Any]
WEEKLY_CAPS = ((2011, 50.0), (2014, 55.0), (2015, 60.0), (2017, 70.0), (2018, 80.0), (2019, 90.0), (2020, 100.0))
"""From April of a year, the most that anybody pays for support at home, pounds a week of that year."""

CAPITAL_LIMITS = ((2011, 24_000.0), (2017, 30_000.0), (2018, 40_000.0), (2019, 50_000.0))
"""From April of a year, capital above which people pay for their place in a care home, pounds of that year."""

_WEEKS_PER_YEAR = 52


def in_force(steps: tuple[tuple[int, float], ...], year: int) -> float:
    """Return the value in force in the financial year from April `year`: the last that began by then, else the first."""
    begun = [value for first, value in steps if first <= year]
    return begun[-1] if begun else steps[0][1]


def weekly_cap(p: ChargeParams, year: int) -> float:
    """Return the cap of a week's charge in pounds of 2013-14, 0 where nobody is charged."""
    return p.caps_ratio * in_force(WEEKLY_CAPS, year) / evidence.deflator(year)


def home_charges(p: ChargeParams, year: int, minutes: Array, clients: Array) -> Array:
    """Return a year's income from charges, whole pence of 2013-14, int64 [councils].

    Parameters
    ----------
    p
        Settings in force.
    year
        The April with which the financial year begins.
    minutes
        Minutes that councils delivered at home in the twelve months, real ones, [councils].
    clients
        People supported at home, summed over the twelve months, real ones, [councils].
    """
    hours = minutes / np.maximum(1e-9, clients) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    weekly = np.minimum(weekly_cap(p, year), p.pounds_per_hour * hours)
    payers = clients / MONTHS_PER_YEAR * (1.0 - p.pays_nothing)
    return np.asarray((payers * weekly * _WEEKS_PER_YEAR * PENCE).astype(np.int64))
