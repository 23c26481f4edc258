"""Who holds the people of a run and lives their years: here, one process; in `sharded.py`, the workers of a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import kernels
from copro_sim.engines.compiling import compile_own, compiled_meanwhile
from copro_sim.engines.kernels import Counts
from copro_sim.population.build import build_state
from copro_sim.population.enrolment import enrol
from copro_sim.processes.month import MONTH, Parameters, Tables
from copro_sim.processes.own import Month
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.scenario.arguments import no_choice, refuse
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.state.columns import Communities
from copro_sim.state.context import Policy
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
ENGINES = ("kernels", "agents", "dask")
_FIFTHS, _SETTINGS, _SEXES, _MILLION = 5, 4, 2, 1_000_000


class Terms(NamedTuple):
    """What a year is lived by, besides its policy: the same in every year of a run."""

    seed: int
    weights: Array
    """Real people for each simulated citizen, float64 [authority]."""
    parameters: Parameters
    tables: Tables


class Lived(NamedTuple):
    """What a year came to: exact whole numbers, which may be added up over any parts of a nation."""

    month: Array
    """[12 months, authority, tally], int64, simulated people."""
    group: Array
    """[sex, age band, fifth, setting, tally], int64, weighted, in millionths of a person."""


class People(Protocol):
    """What holds the people of a run: each method takes and returns a state in a form of its own."""

    def build(self, arguments: dict[str, Any]) -> tuple[Any, Array]:
        """Return the world that `population.build.build_state` makes of these arguments, and its weights."""

    def take(self, state: State) -> Any:
        """Return `state` in this form."""

    def enrol(self, state: Any, arguments: dict[str, Any]) -> Any:
        """Return the state after members of time-credit groups have enrolled (`population.enrolment.enrol`)."""

    def live(
        self, state: Any, policy: Policy, terms: Terms, *, settling: bool = False, in_place: bool = False
    ) -> tuple[Any, Lived]:
        """Return the state a year later, and what the year came to; in place, the given state may be lost."""

    def whole(self, state: Any) -> State:
        """Return all people in one `State`."""


class InProcess:
    """The people of a run as one `State` in this process.

    Parameters
    ----------
    engine
        "kernels" or "agents": what lives a year. The run-in is lived by the kernels.
    threads
        Threads over which communities are spread; nothing depends on it.
    month
        What happens in a month; in the run-in always the usual.

    Raises
    ------
    ValueError
        If the kernels are to live a process of one's own that they cannot (`compile_own`).
    """

    def __init__(self, engine: str = "kernels", threads: int = 1, month: Month = MONTH) -> None:
        """Hold nobody yet."""
        check_engine(engine)
        if engine == "kernels":
            compile_own(month)
        self._engine, self._threads, self._month = engine, threads, month

    def build(self, arguments: dict[str, Any]) -> tuple[State, Array]:
        """Build the world in this process."""
        with compiled_meanwhile():
            return build_state(**arguments, threads=self._threads)

    def take(self, state: State) -> State:
        """Return `state`."""
        with compiled_meanwhile():
            return state

    def enrol(self, state: State, arguments: dict[str, Any]) -> State:
        """Enrol members in `state` itself, and return it."""
        enrol(state, **arguments)
        return state

    def live(
        self, state: State, policy: Policy, terms: Terms, *, settling: bool = False, in_place: bool = False
    ) -> tuple[State, Lived]:
        """Live a year, spread over threads."""
        if settling or self._engine == "kernels":
            state, counts = kernels.live_year(
                state, policy, terms.parameters, terms.tables, seed=terms.seed, threads=self._threads, settling=settling,
                in_place=in_place, month=MONTH if settling else self._month,
            )  # fmt: skip
        else:
            from copro_sim.engines import agents  # Mesa is heavy: imported where it is asked for

            state, counts = agents.live_year(
                state, policy, terms.parameters, terms.tables, seed=terms.seed, month=self._month
            )
        return state, added_up(counts, state.communities, terms.weights)

    def whole(self, state: State) -> State:
        """Return `state`."""
        return state


def check_engine(engine: str) -> None:
    """Raise ScenarioError if there is no such engine."""
    refuse(no_choice("engine", engine, ENGINES))


@contextmanager
def people_of(engine: str, workers: int | None, cluster: Any, month: Month = MONTH) -> Iterator[People]:
    """Give what holds the people of a run by this engine; `cluster` is for Dask's (see `cluster.connected`).

    Raises
    ------
    ValueError
        If the engine is unknown, or the month is not the usual and the engine is Dask's.
    ScenarioError
        If a cluster is given to another engine than Dask's, or the cluster cannot be used.
    """
    if engine != "dask":
        if cluster is not None:
            message = f"engine {engine!r} lives a run in this process: leave out the cluster, or choose the engine 'dask'"
            raise ScenarioError([Problem(key="cluster", value=cluster, message=message)])
        yield InProcess(engine, workers or 1, month)
        return
    if month != MONTH:
        raise ValueError("processes of one's own are lived in this process: choose the engine 'kernels' or 'agents'")
    from copro_sim.engines.cluster import connected
    from copro_sim.engines.sharded import OnCluster

    with connected(cluster, workers=workers) as client:
        yield OnCluster(client)


def added_up(counts: Counts, communities: Communities, weights: Array) -> Lived:
    """Return what was counted in each community by authority and month, and by group over the year."""
    month = np.zeros((len(weights), MONTHS_PER_YEAR, TALLIES), np.int64)
    np.add.at(month, communities.authority, counts.month)
    millionths = np.rint(weights * _MILLION).astype(np.int64)[communities.authority]
    group = np.zeros((_FIFTHS, _SETTINGS, _SEXES, len(AGE_BANDS), TALLIES), np.int64)
    np.add.at(group, (communities.deprivation, communities.setting), counts.year * millionths[:, None, None, None])
    return Lived(np.ascontiguousarray(month.transpose(1, 0, 2)), np.ascontiguousarray(group.transpose(2, 3, 0, 1, 4)))
