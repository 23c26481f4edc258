"""The Dask engine: the kernels engine with communities spread over the workers of a cluster.

A shard is a stretch of whole communities. Its people stay on a worker; a simulated year is one task for each shard, a pure
function of the people and the policy, so that a scheduler that loses a worker lives again, elsewhere, what was on it. Each
year the policy goes out and what was counted comes back; people travel only when the whole state is asked for.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from copro_sim.engines import cluster
from copro_sim.engines.people import InProcess, Lived, Terms
from copro_sim.population.places import place
from copro_sim.state.columns import Citizens, Communities
from copro_sim.state.context import Policy
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
Held = tuple[Citizens, Communities, int]
"""What a worker holds of a `State`: its fields as a tuple, for Dask can tell a tuple's size, and so what moving it would cost."""

Shards = tuple[Any, ...]
"""One future of what is `Held` for each shard, in the order of communities."""

_SHARDS_PER_THREAD = 2
"""More shards than threads, so that what a lost worker held is lived again by several."""


class OnCluster:
    """The people of a run on the workers of a cluster: the interface of `people.InProcess`.

    Parameters
    ----------
    client
        A `distributed.Client` (see `cluster.connected`).
    """

    def __init__(self, client: Any) -> None:
        """Hold nobody yet."""
        self._client = client
        self._homes: list[str] = []
        self._terms: tuple[Terms | None, Any] = (None, None)

    def build(self, arguments: dict[str, Any]) -> tuple[Shards, Array]:
        """Build each shard on a worker."""
        names = ("citizens", "community_size", "councils", "seed", "slack")
        communities, _, weights = place(**{name: arguments[name] for name in names})
        given = self._submit(_same, arguments)
        return self._spread(len(communities.id), lambda edges: (_built, given, edges)), weights

    def take(self, state: State) -> Shards:
        """Return shards of `state`."""
        return self._spread(len(state.communities.id), lambda edges: (_same, _held(part(state, *edges))))

    def enrol(self, shards: Shards, arguments: dict[str, Any]) -> Shards:
        """Let members of time-credit groups enrol."""
        return tuple(self._submit(_enrolled, shard, arguments) for shard in shards)

    def live(
        self, shards: Shards, policy: Policy, terms: Terms, *, settling: bool = False, in_place: bool = False
    ) -> tuple[Shards, Lived]:
        """Return the shards a year later, and what the year came to.

        Never in place, so that a year can be relived: in place means only that the workers may forget the given shards.
        """
        if self._terms[0] is not terms:
            self._terms = terms, self._submit(_same, terms)
        decided, given = self._submit(_same, policy), self._terms[1]
        years = [
            self._submit(_lived, shard, decided, given, settling, near=home)
            for shard, home in zip(shards, self._homes, strict=True)
        ]
        later = tuple(self._submit(_people, year) for year in years)
        if in_place:
            for shard in shards:
                shard.release()
        parts = cluster.results(self._client, [self._submit(_counted, year) for year in years])
        return later, Lived(sum(part.month for part in parts), sum(part.group for part in parts))

    def whole(self, shards: Shards) -> State:
        """Return all people in one `State`."""
        return joined([State(*held) for held in cluster.results(self._client, list(shards))])

    def _submit(self, function: Any, *arguments: Any, near: str | None = None) -> Any:
        return cluster.submit(self._client, function, *arguments, near=near)

    def _spread(self, communities: int, task: Any) -> Shards:
        """Return shards made by a task for the first community of each and the one after its last, as many on each thread.

        Each has a home, where its years are lived while that worker lives: Dask itself would put shards where their arguments
        happen to be, and three of four on one worker.
        """
        threads = cluster.threads(self._client)
        shards = min(communities, _SHARDS_PER_THREAD * len(threads))
        edges = np.linspace(0, communities, shards + 1).astype(int).tolist()
        self._homes = [threads[shard * len(threads) // shards] for shard in range(shards)]
        return tuple(
            self._submit(*task(edge), near=home) for edge, home in zip(pairwise(edges), self._homes, strict=True)
        )


def part(state: State, first: int, after: int) -> State:
    """Return communities `first` to `after` - 1 of a state, with no free places; wherever they are stored, it shares no array."""
    rows = Communities(*(column[first:after] for column in state.communities))
    return State(state.citizens, rows, state.month).roomy(0.0)


def joined(parts: list[State]) -> State:
    """Return states of one month as one, communities in the order of the parts."""
    rows = Communities(*(np.concatenate(columns) for columns in zip(*(one.communities for one in parts), strict=True)))
    places = np.array([len(one.citizens.id) for one in parts])
    rows.start[:] += np.repeat(np.cumsum(places) - places, [len(one.communities.id) for one in parts])
    citizens = Citizens(*(np.concatenate(columns) for columns in zip(*(one.citizens for one in parts), strict=True)))
    return State(citizens, rows, parts[0].month)


def _held(state: State) -> Held:
    return state.citizens, state.communities, state.month


def _same(value: Any) -> Any:
    return value


def _people(year: tuple[Held, Lived]) -> Held:
    return year[0]


def _counted(year: tuple[Held, Lived]) -> Lived:
    return year[1]


def _built(arguments: dict[str, Any], edges: tuple[int, int]) -> Held:
    state, _ = InProcess().build({**arguments, "within": edges})
    return _held(state)


def _enrolled(held: Held, arguments: dict[str, Any]) -> Held:
    return _held(InProcess().enrol(State(*held).copy(), arguments))


def _lived(held: Held, policy: Policy, terms: Terms, settling: bool) -> tuple[Held, Lived]:
    state, lived = InProcess().live(State(*held), policy, terms, settling=settling)
    return _held(state), lived
