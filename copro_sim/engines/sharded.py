"""The Dask engine: the kernels engine with communities spread over the workers of a cluster.

A shard is a stretch of whole communities. Its people stay on a worker; a simulated year is one task for each shard, a pure
function of the people and the policy, so that a scheduler that loses a worker lives again, elsewhere, what was on it. Each
year the policy goes out and what was counted comes back; people travel only when the whole state is asked for.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from copro_sim.engines.people import InProcess, Lived, Terms
from copro_sim.population.places import place
from copro_sim.results.provenance import versions
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.state.columns import Citizens, Communities
from copro_sim.state.context import Policy
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
Task = TypeVar("Task")
Shards = tuple[Any, ...]
"""One future of a `State` for each shard, in the order of communities."""

_SHARDS_PER_THREAD = 2
"""More shards than threads, so that what a lost worker held is lived again by several."""


@contextmanager
def connected(cluster: Any = None, *, workers: int | None = None) -> Iterator[Any]:
    """Give a client of a cluster whose workers run the same sources as this process.

    Parameters
    ----------
    cluster
        Address of a scheduler, or a `distributed.Client`; a cluster of processes on this machine, for as long as it is
        needed, unless given.
    workers
        Processes of that cluster; as many as there are processors if not given.

    Raises
    ------
    ScenarioError
        If Dask is not installed, nothing answers at the address, or workers run other versions.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise _refused(cluster, "needs Dask, which is not installed: install copro_sim with its extra, copro-sim[dask]") from None
    if isinstance(cluster, Client):
        yield _checked(cluster)
    elif cluster is not None:
        try:
            client = Client(cluster, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise _refused(cluster, f"no scheduler answers there ({error})") from None
        with client:
            yield _checked(client)
    else:
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR") as own,
            Client(own) as client,
        ):
            yield _checked(client)


_PATIENCE = "30s"


def _checked(client: Any) -> Any:
    """Return the client, after comparing what its workers run with what this process runs."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise _refused(client.scheduler.address, f"has had no worker for {_PATIENCE}") from None
    here = versions()
    for worker, there in client.run(versions).items():
        for name in here:
            if there[name] != here[name]:
                message = f"worker {worker} has {name} {there[name]}, this process {here[name]}: run the same everywhere"
                raise _refused(client.scheduler.address, message)
    return client


def _refused(cluster: Any, message: str) -> ScenarioError:
    return ScenarioError([Problem(key="cluster", value=cluster, message=message)])


def on_workers(
    tasks: Sequence[Task], live: Callable[[Task], Any], client: Any
) -> Generator[tuple[Task, Any], None, None]:
    """Execute whole tasks on a cluster; yield each with what `live` returns, or the error, as it ends, in any order.

    A task whose worker is lost goes to another; one that loses as many workers as the cluster allows ends with that error.
    What has not ended when the iterator is closed is cancelled.
    """
    from distributed import as_completed

    running = {client.submit(live, task, pure=False): task for task in tasks}
    try:
        for ended in as_completed(list(running)):
            yield running[ended], ended.result() if ended.status == "finished" else ended.exception()
    finally:
        client.cancel(list(running))


class OnCluster:
    """The people of a run on the workers of a cluster: the interface of `people.InProcess`.

    Parameters
    ----------
    client
        A `distributed.Client`.
    """

    def __init__(self, client: Any) -> None:
        """Hold nobody yet."""
        self._client = client
        self._submit = partial(client.submit, pure=False)
        self._terms: dict[int, Any] = {}

    def build(self, arguments: dict[str, Any]) -> tuple[Shards, Array]:
        """Build each shard on a worker."""
        names = ("citizens", "community_size", "councils", "seed", "slack")
        communities, _, weights = place(**{name: arguments[name] for name in names})
        given = self._submit(_same, arguments)
        edges = self._edges(len(communities.id))
        return tuple(self._submit(_build, given, edge, after) for edge, after in pairwise(edges)), weights

    def take(self, state: State) -> Shards:
        """Return shards of `state`."""
        edges = self._edges(len(state.communities.id))
        return tuple(self._submit(_same, part(state, edge, after)) for edge, after in pairwise(edges))

    def enrol(self, shards: Shards, arguments: dict[str, Any]) -> Shards:
        """Let members of time-credit groups enrol."""
        return tuple(self._submit(_enrolled, shard, arguments) for shard in shards)

    def live(
        self, shards: Shards, policy: Policy, terms: Terms, *, settling: bool = False, in_place: bool = False
    ) -> tuple[Shards, Lived]:
        """Return the shards a year later, and what the year came to; never in place, so that a year can be relived."""
        if id(terms) not in self._terms:
            self._terms = {id(terms): (terms, self._submit(_same, terms))}
        decided, (_, given) = self._submit(_same, policy), self._terms[id(terms)]
        years = [self._submit(_lived, shard, decided, given, settling) for shard in shards]
        parts = self._client.gather([self._submit(_second, year) for year in years])
        later = tuple(self._submit(_first, year) for year in years)
        return later, Lived(sum(part.month for part in parts), sum(part.group for part in parts))

    def whole(self, shards: Shards) -> State:
        """Return all people in one `State`."""
        return joined(self._client.gather(list(shards)))

    def _edges(self, communities: int) -> list[int]:
        threads = sum(self._client.nthreads().values())
        return np.linspace(0, communities, min(communities, _SHARDS_PER_THREAD * threads) + 1).astype(int).tolist()


def part(state: State, first: int, after: int) -> State:
    """Return communities `first` to `after` - 1 of a state; it shares the citizens' arrays."""
    rows = Communities(*(column[first:after].copy() for column in state.communities))
    begin, end = int(rows.start[0]), int(rows.start[-1] + rows.capacity[-1])
    rows.start[:] -= begin
    return State(Citizens(*(column[begin:end] for column in state.citizens)), rows, state.month)


def joined(parts: list[State]) -> State:
    """Return states of one month as one, communities in the order of the parts."""
    rows = Communities(*(np.concatenate(columns) for columns in zip(*(one.communities for one in parts), strict=True)))
    places = np.array([len(one.citizens.id) for one in parts])
    rows.start[:] += np.repeat(np.cumsum(places) - places, [len(one.communities.id) for one in parts])
    citizens = Citizens(*(np.concatenate(columns) for columns in zip(*(one.citizens for one in parts), strict=True)))
    return State(citizens, rows, parts[0].month)


def _same(value: Any) -> Any:
    return value


def _first(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _second(pair: tuple[Any, Any]) -> Any:
    return pair[1]


def _build(arguments: dict[str, Any], first: int, after: int) -> State:
    state, _ = InProcess().build({**arguments, "within": (first, after)})
    return state


def _enrolled(state: State, arguments: dict[str, Any]) -> State:
    return InProcess().enrol(state.copy(), arguments)


def _lived(state: State, policy: Policy, terms: Terms, settling: bool) -> tuple[State, Lived]:
    return InProcess().live(state, policy, terms, settling=settling)
