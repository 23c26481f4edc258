"""Providers: care workers who come and leave, vacancies and travel: hours bought are not hours delivered.

Equation
    posts       hours bought / hours a post gives, of two kinds: ordinary providers and those that are promoted (micro-,
                user-led, co-operative), whose share of hours moves towards what is promoted
    workers     leave with `turnover` / wage_ratio ** wages_hold; some are lost when a provider fails; who has no post goes
                over to vacancies of the other kind or leaves; of vacant posts, `hiring` * wage_ratio ** wages_hold are filled
                a month. Without failures vacancies settle at l (1 - h) / (h + l (1 - h)) for monthly leaving l and hiring h
    delivered   (1 - vacant * (1 - cover)) * (1 - travel that nobody pays), the mean over both kinds' hours
    price       1 + wage_part * (wage_ratio - 1), more for travel that is paid for, times the promoted kind's ratio for its
                hours: what multiplies the price of an hour
Chance   stream PROVIDERS, by council: a provider fails
Source   Vacancies: Social Care Wales 2022; turnover: National Assembly for Wales Finance Committee 2018. Rest: assumption
Limits   Posts follow hours at once; no training, sickness or collective agreements; workers are alike and move within their
         council only.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, drawn, uniform
from copro_sim.core.units import MONTHS_PER_YEAR, PENCE
from copro_sim.institutions.leadership import leaves_in_month
from copro_sim.scenario.government import ProviderParams

Array = np.ndarray[Any, Any]
ORDINARY, PROMOTED = 0, 1
"""The two kinds of provider: the rows of arrays [2, councils]."""

_STREAM = int(Stream.PROVIDERS)
_MONTHLY = 0
"""Block of chance."""

_WEEKS_PER_MONTH = 52 / MONTHS_PER_YEAR


class MonthOfProviders(NamedTuple):
    """What providers deliver in a month and why; each [councils] unless it says [2, councils]: ordinary and promoted."""

    delivered_share: Array
    """Share of arranged hours that arrive, 0 to 1; with the next two it makes 1."""
    lost_to_vacancies: Array
    lost_to_travel: Array
    price_ratio: Array
    """What multiplies the price of an hour."""
    promoted_share: Array
    """Share of hours bought from promoted providers, 0 to 1."""
    promotion_cost: Array
    """Of coordinators: whole pence, int64."""
    posts: Array
    """[2, councils], real ones."""
    workers: Array
    """At the end of the month, [2, councils]: those before, less who left, was lost or released, and more who were hired."""
    left: Array
    """[2, councils]; so are the next three."""
    lost: Array
    released: Array
    """No post any more: negative in the kind that others came over to."""
    hired: Array


class Providers:
    """The providers of the councils of a run, month by month."""

    def __init__(self, seed: int, councils: Array, rural: Array, workers: Array) -> None:
        """See `begin`."""
        self._seed, self._councils, self._rural = seed, councils, rural
        self.workers = workers
        """Care workers by kind of provider: real ones, [2, councils]."""
        self.promoted_share = np.zeros(councils.size)
        """Share of hours bought from promoted providers, 0 to 1, [councils]."""

    @classmethod
    def begin(cls, p: ProviderParams, councils: Array, rural: Array, hours: Array, seed: int) -> "Providers":
        """Return the providers of April 2013, before its first month: ordinary ones, with as many vacancies as usual.

        Parameters
        ----------
        p
            Settings in force in April 2013.
        councils
            Each council's number, int64 [councils]: its place among the 22, so that its luck is the same in a run of few.
        rural
            Share of the council's people who live in rural places, 0 to 1, [councils].
        hours
            Hours of support bought in a month, real ones, [councils].
        seed
            Key of all chance, 0 to 2**63 - 1.
        """
        workers = np.zeros((2, councils.size))
        workers[ORDINARY] = _posts(p, hours, p.rural_travel * rural) * (1.0 - usual_vacancies(p))
        return cls(seed, councils, rural, workers)

    def live_month(self, p: ProviderParams, month: int, hours: Array) -> MonthOfProviders:
        """Live `month` (0 is April 2013), in which `hours` are bought (real ones, [councils]); months come in order, once."""
        self.promoted_share = self.promoted_share + p.promotion_pace * (p.promoted_percent / 100.0 - self.promoted_share)
        shares = np.stack([1.0 - self.promoted_share, self.promoted_share])
        travel = p.rural_travel * _kinds(1.0, 1.0 - p.promoted_near) * self._rural
        posts = _posts(p, shares * hours, travel)
        left, lost, released, hired = self._staff(p, month, posts)
        vacant = np.divide(posts - self.workers, posts, out=np.zeros_like(posts), where=posts > 0.0)
        missing = vacant * (1.0 - p.cover * _kinds(1.0, 1.0 - p.promoted_uncovered))
        to_vacancies = (shares * missing).sum(axis=0)
        to_travel = (shares * (1.0 - missing) * (1.0 - p.travel_paid) * travel).sum(axis=0)
        prices = _kinds(1.0, p.promoted_price_ratio) / (1.0 - p.travel_paid * travel)
        return MonthOfProviders(
            delivered_share=1.0 - to_vacancies - to_travel, lost_to_vacancies=to_vacancies, lost_to_travel=to_travel,
            price_ratio=(1.0 + p.wage_part * (p.wage_ratio - 1.0)) * (shares * prices).sum(axis=0),
            promoted_share=self.promoted_share, promotion_cost=_promotion_cost(p, shares[PROMOTED] * hours), posts=posts,
            workers=self.workers, left=left, lost=lost, released=released, hired=hired,
        )  # fmt: skip

    def _staff(self, p: ProviderParams, month: int, posts: Array) -> tuple[Array, Array, Array, Array]:
        """Let workers come and go; return who left, was lost or released, and was hired, [2, councils] each."""
        leaving, hiring = monthly_rates(p)
        left = self.workers * leaving * _kinds(1.0, 1.0 - p.promoted_stay)
        fails = uniform(drawn(self._seed, _STREAM, self._councils, month, _MONTHLY)[0]) < leaves_in_month(p.failure)
        lost = (self.workers - left) * (fails * p.failure_loses)
        stay = self.workers - left - lost
        surplus, room = np.maximum(0.0, stay - posts), np.maximum(0.0, posts - stay)
        released = surplus - np.minimum(surplus[::-1], room)
        stay = stay - released
        hired = hiring * np.maximum(0.0, posts - stay)
        self.workers = stay + hired
        return left, lost, released, hired


def monthly_rates(p: ProviderParams) -> tuple[float, float]:
    """Return the chances that a worker leaves an ordinary provider, and that a vacant post is filled, within a month."""
    held = p.wage_ratio**p.wages_hold
    return leaves_in_month(min(1.0, p.turnover / held)), min(1.0, p.hiring * held)


def usual_vacancies(p: ProviderParams) -> float:
    """Return the share of posts vacant where the same hours are bought month after month and no provider fails."""
    leaving, hiring = monthly_rates(p)
    open_after = leaving * (1.0 - hiring)
    return open_after / (hiring + open_after) if hiring + open_after > 0.0 else 0.0


def _posts(p: ProviderParams, hours: Array, travel: Array) -> Array:
    """Return the posts that so many hours a month need, where rural travel takes the share `travel` of staffed time."""
    return hours / (p.hours_per_post * _WEEKS_PER_MONTH * (1.0 - p.travel_paid * travel))


def _kinds(ordinary: float, promoted: float) -> Array:
    """Return a number for each kind of provider: [2, 1]."""
    return np.array([[ordinary], [promoted]])


def _promotion_cost(p: ProviderParams, hours: Array) -> Array:
    """Return what coordinators for so many hours a month of promoted providers cost in the month, whole pence."""
    coordinators = hours / _WEEKS_PER_MONTH / p.hours_per_coordinator
    return np.rint(coordinators * p.coordinator_pounds_per_year / MONTHS_PER_YEAR * PENCE).astype(np.int64)
