"""Hospital: an acute episode can mean a stay, and discharge waits for support; the NHS pays, and that is counted apart.

Equation
    stays = episodes * stay_share; days until fit to leave = stays * stay_days
    delay of those who need support = least_delay_days + delay_by_waiting * waiting / (waiting + clients)
                                      + delay_by_undelivered * undelivered / (undelivered + delivered)
    delayed days = stays * needs_support * delay; cost = days * pounds_per_day, growing from 2013-14
Chance   none: expected values
Source   Delayed transfers of care: Welsh Government, some 450 people on a day of 2013 and of 2016. Sizes: assumption
Limits   Nobody's need is met by the hospital, no beds run out, a stay changes nobody; the NHS's money is never netted
         against councils'. Continuing health care and community nursing are left out.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR, PENCE
from copro_sim.scenario.government import HospitalParams

Array = np.ndarray[Any, Any]


class Surroundings(NamedTuple):
    """What hospitals see in a month, real people and their minutes: each [councils]."""

    episodes: Array
    """People who began an acute episode in the month."""
    waiting: Array
    """People who wait for an assessment."""
    clients: Array
    """People whom the council supports."""
    undelivered: Array
    """Minutes arranged that did not arrive."""
    delivered: Array
    """Minutes that arrived from the council."""


class MonthOfHospital(NamedTuple):
    """What hospitals did in a month: each [councils]."""

    stays: Array
    delayed: Array
    """People whose discharge waits for support."""
    delay: Array
    """How long they wait, days each."""
    days: Array
    """Days in hospital, delayed ones included."""
    delayed_days: Array
    nhs_cost: Array
    """Of all days: whole pence, int64."""
    delay_cost: Array
    """Of delayed days, a part of it: whole pence, int64."""


def live_month(p: HospitalParams, month: int, seen: Surroundings) -> MonthOfHospital:
    """Return what hospitals do in `month` (0 is April 2013) by the settings in force then."""
    stays = p.stay_share * np.asarray(seen.episodes)
    delayed = p.needs_support * stays
    delay = discharge_delay(p, seen)
    delayed_days = delayed * delay
    each = day_cost(p, month)
    delay_cost = _pence(delayed_days * each)
    return MonthOfHospital(
        stays=stays, delayed=delayed, delay=delay, days=stays * p.stay_days + delayed_days, delayed_days=delayed_days,
        nhs_cost=_pence(stays * p.stay_days * each) + delay_cost, delay_cost=delay_cost,
    )  # fmt: skip


def discharge_delay(p: HospitalParams, seen: Surroundings) -> Array:
    """Return how many days people fit to leave wait for support: [councils]."""
    waiting = _share(seen.waiting, seen.clients)
    undelivered = _share(seen.undelivered, seen.delivered)
    return p.least_delay_days + p.delay_by_waiting * waiting + p.delay_by_undelivered * undelivered


def day_cost(p: HospitalParams, month: int) -> float:
    """Return what a day in hospital costs in `month`, pounds of 2013-14."""
    return float(p.pounds_per_day * (1.0 + p.price_growth_percent_per_year / 100.0) ** (month // MONTHS_PER_YEAR))


def _share(some: Array, others: Array) -> Array:
    """Return some / (some + others), 0 where there are none at all."""
    whole = np.asarray(some, np.float64) + others
    return np.divide(some, whole, out=np.zeros_like(whole), where=whole > 0.0)


def _pence(pounds: Array) -> Array:
    """Return whole pence, the nearest."""
    return np.rint(pounds * PENCE).astype(np.int64)
