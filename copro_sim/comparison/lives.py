"""The same people in one future of several scenarios: what governments decided there, and how each fared in every year."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from copro_sim.comparison.comparison import Array
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.engines.month_by_month import live_months
from copro_sim.engines.people import InProcess, Terms, added_up
from copro_sim.engines.people import Lived as OfYear
from copro_sim.engines.simulate import Progress, Settled, settle, settles_alike, start, years
from copro_sim.scenario.schema import Scenario
from copro_sim.state.codes import Life
from copro_sim.state.context import Policy
from copro_sim.state.world import State

MEASURES = ("need_hours", "unmet_hours", "wellbeing", "in_need")
"""What is known of everybody who lives through a year: means over its months, of `in_need` (1 or 0) too."""


class Lived(NamedTuple):
    """One run, as far as it takes to follow somebody through it.

    Parameters
    ----------
    scenario, seed
        What was lived, by which chance.
    begin
        The world in April 2013.
    settled
        What every year is lived by, besides its policy.
    decided
        What councils decided, one for each year.
    here
        Who of those of April 2013 is here until the year's end, bool [years, people]; in the order of `people`.
    by_year
        `MEASURES` of those who are, means over the year's months, float64 [years, people]; NaN for all others.
    """

    scenario: Scenario
    seed: int
    begin: State
    settled: Settled
    decided: tuple[Policy, ...]
    here: Array
    by_year: dict[str, Array]

    @property
    def names(self) -> tuple[str, ...]:
        """English names of the councils."""
        return self.settled.authorities


def live_all(
    scenarios: tuple[Scenario, ...], *, seed: int, threads: int = 1, progress: Progress | None = None
) -> list[Lived]:
    """Live each scenario once, all by the same chance; `progress` is told of every year."""
    lived: list[Lived] = []
    total = sum(scenario.run.years for scenario in scenarios)
    alike, settled, done = None, None, 0
    for scenario in scenarios:
        if settled is None or alike != settles_alike(scenario):
            alike, settled = settles_alike(scenario), settle(scenario, seed=seed, threads=threads)
        begin = start(scenario, seed=seed, threads=threads, settled=settled)
        april, people = begin.state, people_of(begin.state)
        watched = _Watched(threads, partial(_seen, people=people))
        decided = []
        for year in years(begin, seed=seed, count=scenario.run.years, people=watched):
            decided.append(year.policy)
            done += 1
            if progress is not None:
                progress(done, total)
        means = np.stack(watched.means)
        lived.append(
            Lived(scenario, seed, april, settled._replace(state=None), tuple(decided), ~np.isnan(means[:, 0]),
                  {name: means[:, k] for k, name in enumerate(MEASURES)})
        )  # fmt: skip
    return lived


class _Watched(InProcess):
    """People whose years are lived month by month, and looked at after each: `means` has each year's mean of what was seen."""

    def __init__(self, threads: int, see: Callable[[State], Array]) -> None:
        super().__init__(threads=threads)
        self._see, self.means = see, list[Array]()

    def live(
        self, state: State, policy: Policy, terms: Terms, *, settling: bool = False, in_place: bool = False
    ) -> tuple[State, OfYear]:
        assert not settling
        by = (terms.parameters, terms.tables)
        state, counts, seen = live_months(state, policy, *by, seed=terms.seed, see=self._see, threads=self._threads)
        self.means.append(np.mean(seen, axis=0))
        return state, added_up(counts, state.communities, terms.weights)


def people_of(state: State) -> Array:
    """Return the ids of all who live, int64 [people], in ascending order."""
    return np.sort(state.citizens.id[state.citizens.life == Life.ALIVE])


def _seen(state: State, people: Array) -> Array:
    """Return `MEASURES` of these people in the month just lived, float64 [measure, people]; NaN for who is not here."""
    c, found = state.citizens, np.full((len(MEASURES), len(people)), np.nan)
    alive = np.flatnonzero(c.life == Life.ALIVE)
    ids = c.id[alive]
    at = np.minimum(np.searchsorted(people, ids), len(people) - 1)
    known = people[at] == ids
    place, at = alive[known], at[known]
    found[0, at] = c.need[place].sum(axis=1) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    found[1, at] = c.unmet[place].sum(axis=1) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    found[2, at] = c.wellbeing[place]
    found[3, at] = found[0, at] > 0.0
    return found
