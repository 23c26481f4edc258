"""The third sector: grants that end, and with them the posts of practitioners that it hosts.

Equation
    each council's third sector lives on one round of grants of `grant_years`; the rounds of councils end in different months
    when one ends it is renewed with chance `renewed`; if not, posts end through the year that follows, and after
        `gap_years` there is a new round
Chance   stream THIRD_SECTOR, by council: word 0 (renewed); block 1 at first: word 0 (when the first round ends)
Source   Three years is a usual length of a grant in Wales, from memory; the rest is assumed
Limits   Groups' own grants are in processes/time_credits.py; what volunteers of the third sector do is not counted as hours.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, drawn
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.scenario.government import ThirdSectorParams

Array = np.ndarray[Any, Any]
_STREAM = int(Stream.THIRD_SECTOR)
_MONTHLY, _AT_FIRST = 0, 1
_UNIT = 2.0**-32


class MonthOfThirdSector(NamedTuple):
    """How the third sector stands at the end of a month, [councils]."""

    granted: Array
    """1 where a round of grants runs, else 0."""
    grant_ends: Array
    """Chance this month that a post which a grant paid for ends, 0 to 1."""


class ThirdSector:
    """Grants of the third sector in the councils of a run, month by month.

    Parameters
    ----------
    p
        Settings in force in April 2013.
    councils
        Each council's number among the 22, int64 [councils].
    seed
        Key of all chance, 0 to 2**63 - 1.
    """

    def __init__(self, p: ThirdSectorParams, councils: Array, seed: int) -> None:
        """Begin with a round of grants in every council, each with its own months left."""
        self._councils, self._seed = councils, seed
        luck = drawn(seed, _STREAM, councils, -1, _AT_FIRST)[0] * _UNIT
        self.left = 1 + (luck * p.grant_years * MONTHS_PER_YEAR).astype(np.int64)
        self.granted = np.ones(councils.size, np.int64)

    def live_month(self, p: ThirdSectorParams, month: int) -> MonthOfThirdSector:
        """Live `month` (0 is April 2013) by the settings in force, and return what became of grants."""
        luck = drawn(self._seed, _STREAM, self._councils, month, _MONTHLY)[0] * _UNIT
        self.left = self.left - 1
        over = self.left <= 0
        renewed = over & ((self.granted == 0) | (luck < p.renewed))
        lost = over & ~renewed
        self.granted = np.where(over, renewed.astype(np.int64), self.granted)
        self.left = np.where(renewed, p.grant_years * MONTHS_PER_YEAR, np.where(lost, p.gap_years * MONTHS_PER_YEAR, self.left))
        ends = np.where(self.granted == 1, 0.0, 1.0 - 0.5 ** (1.0 / max(1.0, p.posts_halve_months)))
        return MonthOfThirdSector(self.granted.copy(), ends)
