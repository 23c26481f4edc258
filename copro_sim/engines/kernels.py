"""The kernels engine: one community's whole year while it sits in cache, communities spread over threads.

`live_year` is a pure function of its input: it lives the twelve months on a copy.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import entry, whole
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.processes import month as processes
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.state.arrange import bring, compact, rows_of
from copro_sim.state.columns import view
from copro_sim.state.context import Clock, Here, Policy, orders_for
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_BANDS = len(AGE_BANDS)
_BLOCKS_PER_THREAD = 4
"""More blocks than threads, so that a thread that finishes early takes another."""

_MORE_ROOM = 0.05


class Counts(NamedTuple):
    """What one year's tallies came to, in simulated people and exact whole numbers."""

    month: Array
    """[community, month, tally]"""
    year: Array
    """[community, sex, age band, tally], summed over the twelve months"""


@entry()
def live_block(
    citizens, rows, before, starts, communities, first, last, p, t, policy, seed, month, settling, by_month, by_year
):
    """Live twelve months in communities `first` to `last` - 1 and store each compactly for the next year.

    Each community is first brought from `before` (all citizens' rows as they were), where it begins at `starts`.
    """
    for number in range(first, last):
        start, size = whole(communities.start[number]), whole(communities.size[number])
        bring(rows, start, before, whole(starts[number]), size)
        c, cells = view(citizens, start, start + whole(communities.capacity[number])), by_year[number]
        for k in range(MONTHS_PER_YEAR):
            clock = Clock(seed, month + k, max(0, month) // MONTHS_PER_YEAR)
            orders = orders_for(policy, k, whole(communities.authority[number]))
            processes.columns(c, Here(communities, number, clock, orders), p, t, cells, settling)
            for sex in range(2):
                for band in range(_BANDS):
                    for tally in range(TALLIES):
                        by_month[number, k, tally] += cells[sex, band, tally]
        for k in range(MONTHS_PER_YEAR - 1, 0, -1):
            for tally in range(TALLIES):
                by_month[number, k, tally] -= by_month[number, k - 1, tally]  # the year's cells only ever add up
        communities.size[number] = compact(c, rows, start)


def live_year(
    state: State, policy: Policy, parameters: Any, tables: Any, *, seed: int, threads: int = 1, settling: bool = False,
    room: float = 0.08,
) -> tuple[State, Counts]:
    """Return the state a year later and what was counted; `state` itself is left as it was.

    Parameters
    ----------
    state
        The world at the start of an April.
    policy
        What government has decided for these twelve months.
    parameters, tables
        `processes.month.Parameters` and `processes.month.Tables`.
    seed
        Key of all chance, 0 to 2**63 - 1.
    threads
        Threads over which communities are spread; the result does not depend on it.
    settling
        True in the run-in: nobody ages, is born, dies, moves or changes need.
    room
        Free places in each community for who is born or comes, as a share of its citizens; where they do not suffice,
        the year is lived again with twice as many.
    """
    new = state.emptied(room)
    communities, rows, before = len(new.communities.id), rows_of(new.citizens), rows_of(state.citizens)
    counts = Counts(
        np.zeros((communities, MONTHS_PER_YEAR, TALLIES), np.int64),
        np.zeros((communities, 2, _BANDS, TALLIES), np.int64),
    )

    def live(first: int, last: int) -> None:
        live_block(
            new.citizens, rows, before, state.communities.start, new.communities, first, last, parameters, tables, policy,
            seed, new.month, settling, *counts,
        )  # fmt: skip

    if threads == 1 or communities == 1:
        live(0, communities)
    else:
        edges = np.linspace(0, communities, min(communities, threads * _BLOCKS_PER_THREAD) + 1).astype(int)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(live, edges[:-1].tolist(), edges[1:].tolist()))
    if new.communities.overflow.any():
        return live_year(
            state, policy, parameters, tables, seed=seed, threads=threads, settling=settling, room=2 * room + _MORE_ROOM
        )
    return new.later(MONTHS_PER_YEAR), counts
