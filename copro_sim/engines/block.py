"""Compiled code that lives a year in a block of communities: the year, and each process's walk, by itself and kept."""

from functools import lru_cache
from itertools import chain
from typing import Any

import numba
import numpy as np

from copro_sim.core.compiled import entry, making, pasted, whole
from copro_sim.core.lent import Lent, Walks, call, lent, type_lent
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.processes.month import MONTH, Loan, walk_of
from copro_sim.processes.own import Month, Process, name_of
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.state.arrange import bring, compact, rows_of
from copro_sim.state.columns import CITIZEN_COLUMNS, COMMUNITY_COLUMNS, Citizens, Communities, empty, view, view_communities
from copro_sim.state.context import Clock, Here, empty_policy, orders_for

_NAMED = {name_of(process): process for process in MONTH}
_FIRST = ("live_block", "tally", "sharing", "time_credits", "care_service")
_LAST = ("joining", "bonds", "births", "migration", "moving")
PARTS = (*_FIRST, *(name for name in _NAMED if name not in (*_FIRST, *_LAST)), *_LAST)
"""What is compiled, each by itself, and kept in a file that is named after it. Two processes begin at the ends: what takes long
stands there, and last what shares most with building the population."""

COUNTED = (MONTHS_PER_YEAR, TALLIES), (2, len(AGE_BANDS), TALLIES)
"""What a year counts in each community: by month, and by sex and age band."""

_MONTHS_KEPT = 8
"""Months whose walks stay at hand: more than anybody tries in one session."""


@entry()
def live_block(walks, citizens, rows, spare, communities, numbers, p, t, policy, seed, month, months, by_month, by_year):
    """Live months of a year, from April `month`, in the communities of these numbers, where they are stored.

    `walks` are the processes, in order. `months` are the first, 0 for April, and the one after the last: twelve, unless somebody
    looks in between. March closes ranks.
    Where somebody finds no place (`overflow`), the citizens are as they were: `spare` holds them meanwhile.
    """
    every, p, t = view_communities(communities, 0, communities.id.size), lent(p), lent(t)
    for number in numbers:
        start, size = whole(communities.start[number]), whole(communities.size[number])
        bring(spare, 0, rows, start, size)
        c, cells = view(citizens, start, start + whole(communities.capacity[number])), by_year[number]
        for k in range(months[0], months[1]):
            clock = Clock(seed, month + k, max(0, month) // MONTHS_PER_YEAR)
            orders = orders_for(policy, k, whole(communities.authority[number]))
            loan = lent(Loan(c, Here(every, number, clock, orders), p, t, cells))
            for walk in range(len(walks)):
                call(walks, walk, loan)
            for sex in range(2):
                for band in range(len(AGE_BANDS)):
                    for tally in range(TALLIES):
                        by_month[number, k, tally] += cells[sex, band, tally]
        for k in range(months[1] - 1, months[0], -1):
            for tally in range(TALLIES):
                by_month[number, k, tally] -= by_month[number, k - 1, tally]  # the cells only ever add up
        if whole(communities.overflow[number]) == 1:
            bring(rows, start, spare, 0, size)
        elif months[1] == MONTHS_PER_YEAR:
            communities.size[number] = compact(c, rows, start)


def walks_of(month: Month, parameters: Any, tables: Any) -> Walks | tuple[Any, ...]:
    """Return the walks of a month, compiled for what is like these parameters and tables; Python's own if nothing is compiled.

    Raises
    ------
    ValueError
        If a process has no walk over arrays.
    """
    if numba.config.DISABLE_JIT:
        return tuple(map(walk_of, month))
    return _compiled(month, _kind(parameters, tables))


def compile_part(part: str, parameters: Any, tables: Any) -> None:
    """Compile one of `PARTS` for what is like these parameters and tables, and keep it."""
    kind = _kind(parameters, tables)
    if part in _NAMED:
        Walks([_entry(_NAMED[part])], kind)
        return
    citizens, communities = _nobody()
    rows, counts = rows_of(citizens), (np.zeros((0, *shape), np.int64) for shape in COUNTED)
    live_block(
        Walks([], kind), citizens, rows, rows, communities, np.zeros(0, np.int64), parameters, tables, empty_policy(1), 0, 0,
        (0, MONTHS_PER_YEAR), *counts,
    )  # fmt: skip


@lru_cache(maxsize=_MONTHS_KEPT)
def _compiled(month: Month, kind: Lent) -> Walks:
    return Walks([_entry(process) for process in month], kind)


@lru_cache
def _entry(process: Any) -> Any:
    """Return a process's walk, to be compiled by itself. Somebody's own is not kept, since no folder is named by its source, and
    not written into the walk: of mistakes numba then says in which line they are."""
    if isinstance(process, Process):
        return entry(cache=False)(walk_of(process, making))
    return entry()(walk_of(process, pasted))


def _kind(parameters: Any, tables: Any) -> Lent:
    """Return the type of what is lent to walks: but for parameters and tables, it is the same for everybody."""
    like = tuple(map(_like, chain(*parameters, *tables)))
    return _KINDS.get(like) or _KINDS.setdefault(like, _kind_of(parameters, tables))


_KINDS: dict[tuple[Any, ...], Lent] = {}
"""Kinds that were asked for, as they are each year: to make one takes as long as some eight thousand citizen-months."""


def _like(value: Any) -> Any:
    return (value.dtype, value.ndim, value.flags.c_contiguous) if isinstance(value, np.ndarray) else type(value)


def _kind_of(parameters: Any, tables: Any) -> Lent:
    citizens, communities = _nobody()
    here = Here(view_communities(communities, 0, 0), 0, Clock(0, 0, 0), orders_for(empty_policy(1), 0, 0))
    loan = Loan(view(citizens, 0, 0), here, parameters, tables, np.zeros(COUNTED[1], np.int64))
    return type_lent(loan, before=("p", "t"))


def _nobody() -> tuple[Citizens, Communities]:
    return Citizens(*empty(CITIZEN_COLUMNS, 0)), Communities(*empty(COMMUNITY_COLUMNS, 0))
