"""The kernels engine: one community's whole year while it sits in cache, communities spread over threads.

`live_year` is a pure function of its input, and lives the twelve months on a copy, or in place if it is told to.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines.block import COUNTED, live_block, walks_of
from copro_sim.processes.month import MONTH, SETTLING
from copro_sim.processes.own import Month, name_of
from copro_sim.state.arrange import rows_of
from copro_sim.state.columns import CITIZEN_COLUMNS, Citizens, empty
from copro_sim.state.context import Policy
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_BLOCKS_PER_THREAD = 8
"""More blocks than threads, so that a thread that finishes early takes another."""

ROOM = 0.2
"""Free places in each community, as a share of its citizens: a year's arrivals and some years' growth."""

_MORE_ROOM = 0.05


class Counts(NamedTuple):
    """What one year's tallies came to, in simulated people and exact whole numbers."""

    month: Array
    """[community, month, tally]"""
    year: Array
    """[community, sex, age band, tally], summed over the twelve months"""


def live_year(
    state: State, policy: Policy, parameters: Any, tables: Any, *, seed: int, threads: int = 1, settling: bool = False,
    room: float = ROOM, in_place: bool = False, month: Month = MONTH,
) -> tuple[State, Counts]:
    """Return the state a year later and what was counted.

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
        the year is lived again there, and only there, with twice as many.
    in_place
        True to live in the arrays of `state` itself, which is then lost: half the memory.
    month
        What happens in a month, in order. A process of one's own is compiled when it is first lived.
    """
    new = state if in_place else state.roomy(room)
    counts, numbers = no_counts(new), largest_first(new)
    while numbers.size:
        before = [column[numbers] for column in new.communities]
        live_communities(new, numbers, parameters, tables, policy, seed, settling, counts, threads, month)
        numbers_left = new.communities.overflow[numbers] == 1
        again = numbers[numbers_left]
        if again.size:
            for column, old in zip(new.communities, before, strict=True):
                column[again] = old[numbers_left]
            counts.month[again], counts.year[again] = 0, 0
            room = more_room(room)
            new = new.grown(again, room)
        numbers = again
    return new.later(MONTHS_PER_YEAR), counts


def no_counts(state: State) -> Counts:
    """Return counts of a year in which nothing has been lived yet."""
    many = len(state.communities.id)
    return Counts(*(np.zeros((many, *shape), np.int64) for shape in COUNTED))


def largest_first(state: State) -> Array:
    """Return the numbers of all communities in the order in which they are dealt out."""
    return np.argsort(-state.communities.size, kind="stable")


def more_room(room: float) -> float:
    """Return the share of free places with which a year is lived again in which somebody found none."""
    return 2 * room + _MORE_ROOM


def live_communities(
    state: State, numbers: Array, parameters: Any, tables: Any, policy: Policy, seed: int, settling: bool, counts: Counts,
    threads: int, month: Month = MONTH, months: tuple[int, int] = (0, MONTHS_PER_YEAR),
) -> None:
    """Live a year in the communities of these numbers: dealt out, the largest first, to blocks that threads take in turn."""
    rows = rows_of(state.citizens)
    awake = Month(process for process in month if name_of(process) not in SETTLING) if settling else month
    walks = walks_of(awake, parameters, tables)

    def live(block: Array) -> None:
        spare = Citizens(*empty(CITIZEN_COLUMNS, int(state.communities.size[block].max())))
        live_block(
            walks, state.citizens, rows, rows_of(spare), state.communities, block, parameters, tables, policy, seed, state.month,
            months, *counts,
        )  # fmt: skip

    blocks = min(len(numbers), threads * _BLOCKS_PER_THREAD if threads > 1 else 1)
    dealt = [np.ascontiguousarray(numbers[first::blocks]) for first in range(blocks)]
    if blocks == 1:
        live(numbers)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(live, dealt))
