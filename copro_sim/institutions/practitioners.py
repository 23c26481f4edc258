"""Practitioners: each takes up the co-produced way from others, and gives it up where too few, or nothing, sustain it.

Equation
    around      share who practise among those one is in touch with, oneself apart: (1 - link) * own council's
                + link * other councils'
    take-up     rate = training + peers * around + leadership * led + duty * led, a year
    giving up   rate = isolated * max(0, 1 - around / enough_around) + overloaded * overload + unled * (1 - led)
                + without_hope * (1 - hope), a year
    posts       turn over to successors of the old way; grants of the third sector end, and posts are empty until refilled
    month       grants first, then giving up and leaving, then take-up, each by what the one before has left. Who takes up
                wins others within the month (see `chance`): the expected path without loss is Bass diffusion, and a band
                in a large council grows if and only if it takes up at a higher rate than it loses, whatever the step
Chance   stream PRACTITIONERS, by (council, post, hire): grant ends or returns, gives up or leaves, takes up; at first, block 1
Source   Bass (1969) diffusion; the contact process of epidemics, with a threshold below which who practises is isolated.
         Apart from Bass's averages nobody has measured any of this: strengths are assumptions.
Limits   Practitioners of a council are all in touch alike; who gave up is as ready to begin again as who never did; who
         follows somebody of the old way is of the old way too, so that only the leaving of those who practise is drawn.
"""

from math import ceil
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, drawn
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.scenario.government import PractitionerParams

Array = np.ndarray[Any, Any]
_STREAM = int(Stream.PRACTITIONERS)
_MONTHLY, _AT_FIRST = 0, 1
"""Blocks of chance."""

_GRANT, _LOSES, _TAKES_UP = range(3)
"""Words of the monthly block."""

_LEFT = 4
"""Place of leaving among the causes of loss."""

_WAYS_IN, _WAYS_OUT = 4, 5
"""Causes of taking up and of losing."""

_COUNCIL, _THIRD_SECTOR = 0, 1
"""Hosts; 2 is user-led."""

_COUNCIL_BITS, _POST_BITS, _HIRE = 40, 20, 1
"""Where council and post stand in the number that keys a practitioner's luck; who is hired next adds 1 to it."""

_UNIT = 2.0**-32
_THOUSAND = 1_000
_MIDDLE = 0.5
"""Where in a post's share of a council's posts it is asked who hosts it."""

_TINY = 1e-300
"""Keeps 0 / 0 from being asked for."""


class Surroundings(NamedTuple):
    """What practitioners work amid in a month."""

    leadership: Array
    """Of each council, 0 to 1, [councils]."""
    overload: Array
    """How far beyond what can be done well, 0 to 1, [councils]."""
    hope: Array
    """0 to 1, [councils]."""
    grant_ends: Array
    """Chance this month that a post hosted by the third sector ends, 0 to 1, [councils]."""
    duty_on_practice: float
    """What the duties of the Act do: duty * commitment, 0 to 1."""
    link: float
    """Share of contacts that are with other councils' practitioners, 0 to 1: through the alliance."""
    training: float
    """Rate a year of training that the alliance carries to every council."""
    hope_for_isolated: float
    """How much of what hope lacks the alliance gives to who is wholly isolated, 0 to 1."""


class MonthOfPractice(NamedTuple):
    """Practitioners at the end of a month and why there are more or fewer who practise: int64 [councils] each.

    This month's adopters are last month's, plus all `by_*`, less all `gave_up_*` and `left`; this month's practitioners are
    last month's, less `posts_ended`, plus `posts_refilled`.
    """

    practitioners: Array
    adopters: Array
    """Those who practise the co-produced way."""
    by_training: Array
    by_peers: Array
    by_leadership: Array
    by_duty: Array
    gave_up_isolated: Array
    gave_up_overloaded: Array
    gave_up_unled: Array
    gave_up_without_hope: Array
    left: Array
    """Adopters who left their posts, or whose posts ended."""
    posts_ended: Array
    posts_refilled: Array

    @property
    def share(self) -> Array:
        """Share of practitioners who practise the co-produced way, 0 to 1, [councils]."""
        share: Array = self.adopters / np.maximum(1, self.practitioners)
        return share


def coproduced_share(p: PractitionerParams, promoted: float, now: MonthOfPractice) -> Array:
    """Return the share of assessments done the co-produced way, [councils]: as promoted, or as it emerges."""
    return now.share if p.adoption == "emerges" else np.full(now.adopters.size, promoted)


def implementation_gap(promoted: float, now: MonthOfPractice) -> Array:
    """Return the share promoted less the share that practises, [councils]: below 0 where practice runs ahead."""
    return promoted - now.share


def chance(rate: Any, still_to_come: Any = 0.0) -> Any:
    """Return the chance within a month of what happens at `rate` a year, and at a higher one the more it happens.

    1 - exp(-rate / 12) where nothing is contagious; else the solution over a month of dF/dt = (rate + contagion * (F - F0))
    * (1 - F), Bass's equation begun anew at F0: a step in which nobody won others before the next month would run late.

    Parameters
    ----------
    rate
        Rate as the month begins, a year.
    still_to_come
        By how much it would rise if it had happened to all: contagion * (1 - F0), a year.
    """
    full = rate + still_to_come
    grown = rate * np.expm1(full / MONTHS_PER_YEAR)
    return grown / np.maximum(full + grown, _TINY)


class Practitioners:
    """The practitioners of a run, one by one and month by month: real numbers of them, whatever the sample of citizens."""

    def __init__(self, seed: int, whos: Array, council: Array, host: Array, councils: int) -> None:
        """See `begin`."""
        self._seed, self._whos, self._council, self._councils = seed, whos, council, councils
        self._third = host == _THIRD_SECTOR
        self._group = np.where(host == _COUNCIL, council, council + councils)
        self.practises = np.zeros(whos.size, dtype=np.bool_)
        """Whether who holds the post practises the co-produced way, bool [posts]."""
        self._filled = np.ones(whos.size, dtype=bool)
        self._adopters = np.zeros(councils, dtype=np.int64)
        self._practitioners = np.bincount(council, minlength=councils)

    @classmethod
    def begin(cls, p: PractitionerParams, adults: Array, councils: Array, seed: int) -> "Practitioners":
        """Return the practitioners of April 2013, before their first month.

        Parameters
        ----------
        p
            Settings in force in April 2013; numbers and hosts of posts are fixed by them.
        adults
            Real adults of each council's area, [councils].
        councils
            Each council's number, int64 [councils]: its place among the 22, so that its luck is the same in a run of few.
        seed
            Key of all chance, 0 to 2**63 - 1.
        """
        posts = np.rint(np.asarray(adults) * p.per_1000_adults / _THOUSAND).astype(np.int64)
        council = np.repeat(np.arange(posts.size), posts)
        post = np.arange(council.size) - np.repeat(posts.cumsum() - posts, posts)
        place = (post + _MIDDLE) / posts[council]
        own = 1.0 - p.third_sector_share - p.user_led_share
        host = (place >= own).astype(np.int64) + (place >= own + p.third_sector_share)
        whos = (np.asarray(councils, dtype=np.int64)[council] << _COUNCIL_BITS) | (post << _POST_BITS)
        made = cls(seed, whos, council, host, posts.size)
        made.practises[:] = drawn(seed, _STREAM, whos, -1, _AT_FIRST)[0] * _UNIT < p.first_share
        made._adopters = np.bincount(council[made.practises], minlength=posts.size)
        return made

    def as_given(self, share: float) -> MonthOfPractice:
        """Return a month in which as many practise as is given, whoever they are: nothing moves anybody."""
        nobody = np.zeros(self._councils, np.int64)
        adopters = np.rint(self._practitioners * share).astype(np.int64)
        return MonthOfPractice._make([self._practitioners, adopters, *[nobody] * (len(MonthOfPractice._fields) - 2)])

    def live_month(self, p: PractitionerParams, month: int, seen: Surroundings) -> MonthOfPractice:
        """Live `month` (0 is April 2013) by the settings in force then, and return who practises and why.

        Months are lived in order, each once.
        """
        luck = drawn(self._seed, _STREAM, self._whos, month, _MONTHLY)
        reach = np.array([[1.0], [p.led_outside]])
        ended, refilled, with_their_posts = self._grants(p, seen.grant_ends, luck[_GRANT])
        lost = self._lose(p, seen, reach, luck[_LOSES])
        won = self._take_up(p, seen, reach, luck[_TAKES_UP])
        lost[_LEFT] += with_their_posts
        return MonthOfPractice._make([self._practitioners, self._adopters, *won, *lost, ended, refilled])

    def _grants(self, p: PractitionerParams, ends: Array, luck: Array) -> tuple[Array, Array, Array]:
        """Let grants end and return; return posts that ended, those refilled, and adopters who went, [councils] each."""
        returns = chance(p.grants_return)
        posts = _whose(luck, max(returns, ends.max()))
        posts = posts[self._third[posts]]
        filled, luck = self._filled[posts], luck[posts] * _UNIT
        end, back = posts[filled & (luck < ends[self._council[posts]])], posts[~filled & (luck < returns)]
        ended, refilled, went = self._count(end), self._count(back), self._count(end[self.practises[end]])
        self._filled[end], self._filled[back], self.practises[end] = False, True, False
        self._whos[back] += _HIRE
        self._practitioners = self._practitioners - ended + refilled
        self._adopters = self._adopters - went
        return ended, refilled, went

    def _lose(self, p: PractitionerParams, seen: Surroundings, reach: Array, luck: Array) -> Array:
        """Let those who practise give up or leave; return how many isolated, overloaded, unled, without hope, leaving."""
        isolated = np.maximum(0.0, p.enough_around - self._around(seen.link, 1)) / max(p.enough_around, _TINY)
        rates = np.empty((_WAYS_OUT, 2, self._councils))
        rates[0] = p.gives_up_isolated * isolated
        rates[1] = p.gives_up_overloaded * seen.overload
        rates[2] = p.gives_up_unled * (1.0 - seen.leadership) * reach
        rates[3] = p.gives_up_without_hope * (1.0 - seen.hope) * (1.0 - seen.hope_for_isolated * isolated)
        rates[_LEFT] = p.turnover
        cause, posts = self._happen(self.practises, luck, rates, 0.0)
        self.practises[posts] = False
        self._whos[posts[cause == _LEFT]] += _HIRE
        counts = self._count(posts, cause, len(rates))
        self._adopters = self._adopters - np.add.reduce(counts)
        return counts

    def _take_up(self, p: PractitionerParams, seen: Surroundings, reach: Array, luck: Array) -> Array:
        """Let others take up; return how many by training, peers, leadership, duty."""
        around = self._around(seen.link, 0)
        rates = np.empty((_WAYS_IN, 2, self._councils))
        rates[0] = p.training + seen.training
        rates[1] = p.peers * around
        rates[2] = p.leadership * seen.leadership * reach
        rates[3] = p.duty * seen.duty_on_practice * reach
        cause, posts = self._happen(self._filled & ~self.practises, luck, rates, p.peers * (1.0 - around))
        self.practises[posts] = True
        counts = self._count(posts, cause, len(rates))
        self._adopters = self._adopters + np.add.reduce(counts)
        return counts

    def _around(self, link: float, oneself: int) -> Array:
        """Return the share who practise among those one is in touch with, [councils], where `oneself` is 1 if one does."""
        colleagues = self._practitioners - 1
        own = np.maximum(0, self._adopters - oneself) / np.maximum(1, colleagues)
        if self._councils == 1:
            return own
        others = np.maximum(1, np.add.reduce(self._practitioners) - self._practitioners)
        elsewhere = (np.add.reduce(self._adopters) - self._adopters) / others
        around: Array = own + link * (elsewhere - own)
        return around

    def _happen(self, may: Array, luck: Array, rates: Array, still_to_come: Any) -> tuple[Array, Array]:
        """Return by which cause it happens, and at which posts, of those that `may`.

        Causes share the chance of each group ([2, councils]: hosted by the council or not) in proportion to their rates.
        """
        upto = np.add.accumulate(rates)
        chances = chance(upto[-1], still_to_come)
        upto *= chances / np.maximum(upto[-1], _TINY)
        lucky = _whose(luck, chances.max())
        lucky = lucky[may[lucky]]
        bounds = upto.reshape(len(rates), -1)[:, self._group[lucky]]
        cause = np.add.reduce(luck[lucky] * _UNIT >= bounds)
        happens = cause < len(rates)
        return cause[happens], lucky[happens]

    def _count(self, posts: Array, cause: Any = 0, causes: int = 1) -> Array:
        """Return how many of `posts` each council has, int64 [councils]; by cause, [causes, councils], if there are several."""
        counts = np.bincount(cause * self._councils + self._council[posts], minlength=causes * self._councils)
        return counts.reshape(causes, -1) if causes > 1 else counts



def _whose(luck: Array, chance: float) -> Array:
    """Return the places of those whose luck, uint32, is below `chance`: few, so that only they need a closer look."""
    return (luck < ceil(chance / _UNIT)).nonzero()[0]
