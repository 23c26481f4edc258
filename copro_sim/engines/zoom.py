"""Zoom: one community of a run, lifted out in some April and lived on by Mesa agents, to the same future.

Communities do not touch within a year, and what governments decided is part of the results: one community can be relived
alone, from the start of the run, under the policies that all were under.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import START_YEAR
from copro_sim.engines import kernels
from copro_sim.engines.apart import alone
from copro_sim.engines.model import CareModel
from copro_sim.engines.simulate import Start, start
from copro_sim.results.results import Results
from copro_sim.scenario.arguments import is_whole, refuse
from copro_sim.scenario.problems import Problem
from copro_sim.state.context import Policy


class Relived(CareModel):
    """A model whose government decides what it decided in a run (`Results.decided`)."""

    def __init__(self, results: Results, begin: Start) -> None:
        """Turn the citizens of `begin` into agents."""
        super().__init__(results.scenario, seed=results.seed, begin=begin, population=results.population)
        self._decided = results.decided

    def decide(self, year: int) -> Policy:
        """Return the policy of the run's year `year`.

        Raises
        ------
        ValueError
            If the run had ended by then.
        """
        if year >= len(self._decided):
            raise ValueError(f"the run ended in March {START_YEAR + year}: run more years to see what comes then")
        return self._decided[year]


def zoom(results: Results, *, community: int, year: int, workers: int | None = None) -> CareModel:
    """Return one community of a run as Mesa agents, as it was in an April; each `step` lives what the run lived.

    The population is built and settled once more, since results hold only the last state.

    Parameters
    ----------
    results
        Of `run`, by either engine.
    community
        Its number, from 0, or its id (`results.citizens()["community"]`).
    year
        Calendar year, 2013 to the one in which the run ended; in that last one nothing is left to step through.
    workers
        Threads for building the population (1 if not given).

    Raises
    ------
    ScenarioError
        If community or year is no whole number.
    ValueError
        If there is no such community or year in the results, or they are of processes of one's own.

    Examples
    --------
    >>> results = run(load_scenario("one-village"), seed=1, years=2)
    >>> model = zoom(results, community=0, year=2014)
    >>> model.step()
    """
    if results.own_processes:
        raise ValueError(f"a run with processes of one's own ({', '.join(results.own_processes)}) cannot be relived")
    refuse(_no_numbers(community, year))
    number, years = _number(results, community), _years(results, year)
    begin = start(results.scenario, seed=results.seed, threads=workers or 1, population=results.population)
    state, settled = alone(begin.state, number), begin.settled
    for policy in results.decided[:years]:
        state, _ = kernels.live_year(state, policy, settled.parameters, settled.tables, seed=results.seed)
    return Relived(results, begin._replace(state=state))


def _no_numbers(community: Any, year: Any) -> list[Problem]:
    """Return a problem for each of the two that is no whole number."""
    ids = 'must be a number from 0, or an id; results.citizens()["community"] has the ids, beside each citizen\'s council'
    found = [] if is_whole(community) else [Problem(key="community", value=community, message=ids)]
    return found + ([] if is_whole(year) else [Problem(key="year", value=year, message="must be a whole number, such as 2015")])


def _number(results: Results, community: int) -> int:
    ids = results.state.communities.id
    if 0 <= community < len(ids):
        return int(community)
    found = np.flatnonzero(ids == community)
    if not found.size:
        raise ValueError(
            f"community {community} is not there: give a number from 0 to {len(ids) - 1}, "
            'or one of the ids in results.citizens()["community"]'
        )
    return int(found[0])


def _years(results: Results, year: int) -> int:
    last = START_YEAR + results.years
    if not START_YEAR <= year <= last:
        raise ValueError(f"year {year} is not there: the run was lived from April {START_YEAR} to March {last}")
    return year - START_YEAR
