"""The third sector: organisations whose grants end and may be renewed, the hours they give and the posts they host.

Equation
    a grant runs `grant_months`, then is renewed with chance `renewal`; who has none wins one with monthly chance q, yearly
        `again`; in the long run the share with a grant is w / (w + 1 / q), w = grant_months / (1 - renewal)
    hours = organisations with a grant * hours_per_month + those without * hours_per_month * after_grant_share
    posts of practitioners = organisations with a grant * posts: lost in the month in which a grant ends
    grants' money: councils' part and that of others, to the penny
Chance   stream THIRD_SECTOR, by organisation: renewed or won; in April 2013: has a grant, and how far that has run
Source   Assumed; three-year grants are common
Limits   Time-credit groups are not among these (their grants are in processes/time_credits.py). Organisations are alike, are
         never founded or closed, and apply at no cost; their support is practical and company, never personal care.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, drawn, uniform
from copro_sim.core.units import MONTHS_PER_YEAR, PENCE
from copro_sim.institutions.leadership import leaves_in_month
from copro_sim.scenario.government import ThirdSectorParams

Array = np.ndarray[Any, Any]
_STREAM = int(Stream.THIRD_SECTOR)
_MONTHLY, _AT_FIRST = 0, 1
"""Blocks of chance."""

_MOST_OF_COUNCIL = 1_000_000
"""Organisations of one council have names from its number times this on."""

_PER, _HOUR = 100_000, 60


class MonthOfThirdSector(NamedTuple):
    """How the third sector stands in a month, after grants have ended and begun: each [councils]."""

    granted: Array
    """Organisations with a grant: int64; so are the next two."""
    ended: Array
    """Grants that ended this month and were not renewed."""
    won: Array
    """Grants won this month by organisations that had none."""
    hours: Array
    """Befriending and practical support that can be given this month."""
    minutes_each: Array
    """The same for each citizen with need: minutes a month; 0 where nobody has need."""
    posts: Array
    """Posts of practitioners hosted: int64; so are the next two."""
    posts_lost: Array
    posts_won: Array
    council_cost: Array
    """Grants out of the council's money: whole pence, int64; with the next it makes all grants."""
    others_cost: Array


class ThirdSector:
    """The organisations of a run, month by month."""

    def __init__(self, seed: int, names: Array, council: Array, councils: int, grant: Array) -> None:
        """See `begin`."""
        self._seed, self._names, self._council, self._councils = seed, names, council, councils
        self.grant = grant
        """Months left of each organisation's grant, int64 [organisations]; 0: it has none."""

    @classmethod
    def begin(cls, p: ThirdSectorParams, councils: Array, citizens: Array, seed: int) -> "ThirdSector":
        """Return the organisations of April 2013, before its first month.

        Parameters
        ----------
        p
            Settings in force in April 2013; `organisations_per_100000` and `first_granted` act only now.
        councils
            Each council's number, int64 [councils]: its place among the 22, so that its luck is the same in a run of few.
        citizens
            Real people in each council, [councils].
        seed
            Key of all chance, 0 to 2**63 - 1.
        """
        many = np.rint(p.organisations_per_100000 / _PER * np.asarray(citizens)).astype(np.int64)
        council = np.repeat(np.arange(many.size), many)
        place = np.arange(council.size) - np.repeat(np.cumsum(many) - many, many)
        names = np.asarray(councils, np.int64)[council] * _MOST_OF_COUNCIL + place
        has, left = uniform(drawn(seed, _STREAM, names, -1, _AT_FIRST)[:2])
        grant = np.where(has < p.first_granted, 1 + np.floor(left * p.grant_months), 0).astype(np.int64)
        return cls(seed, names, council, many.size, grant)

    def live_month(self, p: ThirdSectorParams, month: int, people_with_need: Array) -> MonthOfThirdSector:
        """Live `month` (0 is April 2013) by the settings in force then, and return how the third sector stands.

        `people_with_need` are real ones, [councils]. Months are lived in order, each once. A grant awarded runs from this
        month on for as long as the settings now say.
        """
        luck = uniform(drawn(self._seed, _STREAM, self._names, month, _MONTHLY)[0])
        had, ends = self.grant > 0, self.grant == 1
        awarded = luck < np.where(ends, p.renewal, np.where(had, 0.0, leaves_in_month(p.again)))
        self.grant = np.where(awarded, p.grant_months, np.maximum(0, self.grant - 1))
        organisations, granted = self._count(np.ones_like(had)), self._count(self.grant > 0)
        ended, won = self._count(ends & ~awarded), self._count(awarded & ~had)
        hours = p.hours_per_month * (granted + p.after_grant_share * (organisations - granted))
        each = np.zeros(self._councils)
        np.divide(hours * _HOUR, people_with_need, out=each, where=np.asarray(people_with_need) > 0)
        money = granted * round(p.grant_pounds_per_year / MONTHS_PER_YEAR * PENCE)
        from_councils = np.floor(money * (p.council_percent / 100.0)).astype(np.int64)
        return MonthOfThirdSector(
            granted=granted, ended=ended, won=won, hours=hours, minutes_each=each, posts=granted * p.posts,
            posts_lost=ended * p.posts, posts_won=won * p.posts, council_cost=from_councils,
            others_cost=money - from_councils,
        )  # fmt: skip

    def _count(self, which: Array) -> Array:
        """Return how many organisations of each council are among `which`: int64 [councils]."""
        return np.bincount(self._council[which], minlength=self._councils)


def lasting_share(p: ThirdSectorParams) -> float:
    """Return the share of organisations that have a grant in the long run: 1 where none ends, 0 where none is won."""
    wins, ends = leaves_in_month(p.again), (1.0 - p.renewal) / p.grant_months
    return wins / (wins + ends) if wins + ends > 0.0 else p.first_granted
