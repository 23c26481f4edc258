"""Providers: whether there are people to do the hours that councils arrange, and what that does to the price.

Equation
    filled posts, as a share, move each month by hiring * wage ratio**response * (1 - filled) - leaving * filled, where small and
        user-led providers lose fewer by `small_keeps`
    delivered = min(1, filled * (1 + overtime) * (1 - travel))
    travel = rural_travel where the council's people live in the country, less `small_travels_less` of it by small providers
    small providers' share of hours grows by `small_growth` of what is left to `small_most` a year where they are promoted
    price of an hour = the year's price * (1 + wages_in_price * (wage ratio - 1))
Source   9 percent of posts vacant (Social Care Wales 2022); a turnover of about 30 percent a year is usual in UK home care
Limits   Expected values: no provider fails on a given day. Micro-, user-led and co-operative providers are one kind.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.scenario.government import ProviderParams

Array = np.ndarray[Any, Any]


class MonthOfProviders(NamedTuple):
    """How providers stand at the end of a month, [councils]."""

    filled_posts: Array
    """Share of posts that are filled, 0 to 1."""
    small_share: Array
    """Share of hours with micro-, user-led and co-operative providers, 0 to 1."""
    delivered_share: Array
    """Share of arranged hours for which there is somebody, 0 to 1."""


def price_ratio(p: ProviderParams) -> float:
    """Return what an hour costs over the year's usual price: wages that attract people are paid for."""
    return 1.0 + p.wages_in_price * (p.wage_ratio - 1.0)


class Providers:
    """Providers of support at home of a run, month by month.

    Parameters
    ----------
    p
        Settings in force in April 2013.
    rural
        Share of each council's people who live in the country, 0 to 1, [councils].
    """

    def __init__(self, p: ProviderParams, rural: Array) -> None:
        """Begin with as many posts filled as in the long run, and no small providers beyond `small_first`."""
        self._rural = np.asarray(rural, float)
        self.small = np.full(self._rural.size, p.small_first)
        hiring, leaving = self._flows(p)
        self.filled = hiring / np.maximum(1e-9, hiring + leaving)

    def _flows(self, p: ProviderParams) -> tuple[float, Array]:
        """Return monthly hiring, of empty posts, and leaving, of filled ones."""
        leaving = p.leaving * (1.0 - p.small_keeps * self.small)
        return min(1.0, p.hiring * p.wage_ratio**p.hiring_response), np.asarray(leaving)

    def live_month(self, p: ProviderParams) -> MonthOfProviders:
        """Live a month by the settings in force, and return how providers stand."""
        hiring, leaving = self._flows(p)
        self.filled = self.filled + hiring * (1.0 - self.filled) - leaving * self.filled
        self.small = self.small + p.small_promoted * p.small_growth / MONTHS_PER_YEAR * np.maximum(0.0, p.small_most - self.small)
        travel = p.rural_travel * self._rural * (1.0 - p.small_travels_less * self.small)
        delivered = np.minimum(1.0, self.filled * (1.0 + p.overtime) * (1.0 - travel))
        return MonthOfProviders(self.filled.copy(), self.small.copy(), delivered)
