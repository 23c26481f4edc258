"""The hospital: acute episodes mean stays, and discharge waits for support at home; the NHS's money is counted apart.

Equation
    stays in a month = people in an acute episode * stays_per_episode_month
    days of a stay = usual_days + wait_days * how far councils are behind: share of those who come forward who wait, plus share
        of arranged hours that do not come
    cost = stays * days * pounds_per_day
Source   A day in hospital costs the NHS about 400 pounds, from memory; lengths and delays are assumptions
Limits   A stay changes nothing for the patient but what the episode itself does; nobody stays for want of a bed.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import PENCE
from copro_sim.scenario.government import HospitalParams

Array = np.ndarray[Any, Any]


def behind(waiting: Array, clients: Array, undelivered: Array, delivered: Array) -> Array:
    """Return how far councils are behind, 0 to 2, from people and minutes of a month or a year."""
    queue = waiting / np.maximum(1e-9, waiting + clients)
    return np.asarray(queue + undelivered / np.maximum(1e-9, undelivered + delivered))


def days_of_stay(p: HospitalParams, late: Array) -> Array:
    """Return the mean length of a stay, in days, where councils are so far behind."""
    return np.asarray(p.usual_days + p.wait_days * late)


def nhs_cost(p: HospitalParams, acute: Array, late: Array) -> Array:
    """Return what stays cost the NHS, whole pence, from people in acute episodes summed over months; never netted."""
    return np.asarray((acute * p.stays_per_episode_month * days_of_stay(p, late) * p.pounds_per_day * PENCE).astype(np.int64))
