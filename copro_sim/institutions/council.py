"""Councils: each April, who is eligible and how much of need a package covers, from last year's demand and this year's money.

Demand is what people in touch with the council (clients, waiting or refused) had met by nobody else last year, by need
level, at the pace of the year's last months: the full-year effect of all that the year has changed. Not all of it comes to
packages: some are turned away or wait, some packages would be too small, others run on from before. A council knows that from
its own years: it plans with what was delivered for each minute that its share of demand would have been (`comes_to`).
At a given line, covering all of that would cost demand * price; the package share is the part that the money covers.
Where that falls below `tightens_below` the line is raised by a band; where even a line one band lower could be covered to
`widens_above`, it is lowered. A council moves its line by one band a year at most.

Since April 2016 there is a national test instead of a line (see processes/care_service.py), and councils that are short of
money turn more people away at first contact, by a step a year, beside shrinking packages; waiting follows from the time
that practitioners have.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MINUTES_PER_HOUR, PENCE
from copro_sim.scenario.government import CouncilParams

Array = np.ndarray[Any, Any]
LOWEST_LINE, _HIGHEST_LINE = 1, 4
_MOST_TURNED_AWAY = 0.9
_COMES_TO = (0.05, 4.0)
"""Least and most by which demand is multiplied: beyond, a council would plan with nothing, or with what it never saw."""


class Rationing(NamedTuple):
    """A council's decision for a year."""

    line: int
    """Lowest eligible need level, 1 to 4; under the national test as it was in March 2016, without effect."""
    share: float
    """Share of what is not met otherwise that a package covers, 0 to 1."""
    turned_away: float = 0.0
    """Share of those who come forward who are turned away at first contact, 0 to 1."""


def affordable_share(demand: Array, line: int, price: float, delivered: float, money: int) -> float:
    """Return the share, 0 to 1, of demand at and above `line` that `money` (pence) covers.

    `demand` holds real minutes of last year by need level 1 to 4; `price` is in pounds an hour; `delivered` is the share
    of arranged hours for which staff are found, since only delivered hours are paid for.
    """
    cost = float(demand[line - 1 :].sum()) / MINUTES_PER_HOUR * price * PENCE * delivered
    if cost <= 0.0:
        return 1.0
    return min(1.0, max(0.0, money / cost))


def planned(demand: Array, line: int, share: float, delivered: float) -> float:
    """Return the minutes that packages of `share` come to at and above `line`, of which staff are found for `delivered`."""
    return float(demand[line - 1 :].sum()) * share * delivered


def comes_to(p: CouncilParams, now: Array, planned: Array, delivered: Array) -> Array:
    """Return what demand is multiplied by, [council], after a year in which `delivered` minutes came of those `planned`.

    `planned` is the year's own share of the year's own demand, `now` what demand was multiplied by until then.
    """
    came = np.where(planned > 0.0, delivered / np.maximum(planned, 1.0), now)
    return np.clip(now + p.outturn_weight * (came - now), *_COMES_TO)


def ration_by_test(
    p: CouncilParams, now: Rationing, demand: Array, price: float, delivered: float, money: int
) -> Rationing:
    """Return this April's decision of a council under the national test, which has decided `now` until now."""
    share = affordable_share(demand, LOWEST_LINE, price, delivered, money)
    step = p.first_contact_step * ((share < p.tightens_below) - (share >= p.widens_above))
    return Rationing(now.line, share, min(_MOST_TURNED_AWAY, max(0.0, now.turned_away + step)))


def ration(p: CouncilParams, line: int, demand: Array, price: float, delivered: float, money: int) -> Rationing:
    """Return this April's decision of a council whose line was `line` until now."""
    share = affordable_share(demand, line, price, delivered, money)
    if share < p.tightens_below and line < _HIGHEST_LINE:
        return Rationing(line + 1, affordable_share(demand, line + 1, price, delivered, money))
    if line > LOWEST_LINE:
        wider = affordable_share(demand, line - 1, price, delivered, money)
        if wider >= p.widens_above:
            return Rationing(line - 1, wider)
    return Rationing(line, share)
