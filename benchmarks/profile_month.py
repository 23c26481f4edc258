"""Nanoseconds a citizen-month of each process in the kernels engine, early and late in a run: what to cut next.

    uv run python benchmarks/profile_month.py [--citizens 100000] [--years 2 29] [--json profile.json]

The engine's own compiled processes are called as in `engines/block.py` but with the time taken between them, and every
community lives its year several times: for each community, month and process the quickest counts, so that other work on the
machine does not. What is counted must equal the engine's own counts, and the sum of the
processes comes near to the engine's own time for the year; both are printed.
"""

import ctypes
import time
from typing import Any, NamedTuple

import numba
import numpy as np
from common import FEWEST, SEED, at_least, begin, keep, nanoseconds, options, quickest, show

from copro_sim.core.compiled import walk, whole
from copro_sim.core.lent import call, lent
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import kernels, simulate
from copro_sim.engines.block import walks_of
from copro_sim.processes.month import MONTH, Loan
from copro_sim.state.arrange import bring, compact, rows_of
from copro_sim.state.columns import view, view_communities
from copro_sim.state.context import Clock, Here, orders_for

APRIL = ("bringing rows in April", "compacting rows in April")
"""What a year does with a community besides its months."""

_clock = ctypes.CDLL(None).clock_gettime
_clock.argtypes, _clock.restype = (ctypes.c_int, ctypes.c_void_p), ctypes.c_int
_MONOTONIC = time.CLOCK_MONOTONIC


@walk
def now(buffer):
    """Return nanoseconds on the machine's clock; `buffer` (int64 [2]) is what it writes into."""
    _clock(_MONOTONIC, buffer.ctypes)
    return buffer[0] * 1_000_000_000 + buffer[1]


@numba.njit(nogil=True, error_model="numpy")
def live_timed(walks, citizens, rows, before, starts, communities, p, t, policy, seed, first_month, cells, months, aprils):
    """Live twelve months as `live_block` does, with the time taken: `months` [community, 12, process], `aprils`."""
    buffer, every = np.empty(2, np.int64), view_communities(communities, 0, communities.id.size)
    p, t = lent(p), lent(t)
    for number in range(communities.id.size):
        begun = now(buffer)
        start, size = whole(communities.start[number]), whole(communities.size[number])
        bring(rows, start, before, whole(starts[number]), size)
        aprils[number, 0] = now(buffer) - begun
        c = view(citizens, start, start + whole(communities.capacity[number]))
        for k in range(MONTHS_PER_YEAR):
            clock = Clock(seed, first_month + k, max(0, first_month) // MONTHS_PER_YEAR)
            orders = orders_for(policy, k, whole(communities.authority[number]))
            loan = lent(Loan(c, Here(every, number, clock, orders), p, t, cells[number]))
            for at in range(len(walks)):
                begun = now(buffer)
                call(walks, at, loan)
                months[number, k, at] = now(buffer) - begun
        begun = now(buffer)
        communities.size[number] = compact(c, rows, start)
        aprils[number, 1] = now(buffer) - begun


class Profile(NamedTuple):
    """One year, in nanoseconds a citizen-month."""

    parts: dict[str, float]
    """Of each process, and of what April does."""
    fused: float
    """Of the engine itself, by the machine's clock."""
    fused_cpu: float
    """Of the engine itself, in processor time."""


def profile(state: Any, policy: Any, settled: simulate.Settled, repeats: int, room: float = 0.08) -> Profile:
    """Return the profile of the year that follows `state` under `policy`.

    Raises
    ------
    RuntimeError
        If the timed year does not count what the engine counts.
    """
    communities = len(state.communities.id)
    citizen_months = MONTHS_PER_YEAR * int(state.communities.size.sum())
    everything = (settled.parameters, settled.tables)

    def fused() -> kernels.Counts:
        _, counts = kernels.live_year(state, policy, *everything, seed=SEED, room=room)
        return counts

    counted, walks = fused().year, walks_of(MONTH, *everything)
    took = quickest(fused, repeats)
    least = np.full((communities, MONTHS_PER_YEAR, len(MONTH)), np.iinfo(np.int64).max)
    least_april = np.full((communities, len(APRIL)), np.iinfo(np.int64).max)
    months, aprils = np.empty_like(least), np.empty_like(least_april)
    for _ in range(repeats):
        new, cells = state.emptied(room), np.zeros_like(counted)
        live_timed(
            walks, new.citizens, rows_of(new.citizens), rows_of(state.citizens), state.communities.start, new.communities,
            *everything, policy, SEED, state.month, cells, months, aprils,
        )  # fmt: skip
        if new.communities.overflow.any():  # somebody found no place: the engine has lived this year again with more
            return profile(state, policy, settled, repeats, room=2 * room)
        if not np.array_equal(cells, counted):
            raise RuntimeError("the timed year counts other than the engine does: live_timed() is no longer live_block()")
        np.minimum(least, months, out=least)
        np.minimum(least_april, aprils, out=least_april)
    parts = dict(zip(MONTH.names, least.sum((0, 1)) / citizen_months, strict=True))
    parts |= dict(zip(APRIL, least_april.sum(0) / citizen_months, strict=True))
    engine = (nanoseconds(seconds, state) for seconds in took)
    return Profile({name: float(part) for name, part in parts.items()}, *engine)


def profiles(citizens: int, years: list[int], repeats: int) -> dict[int, Profile]:
    """Return the profile of each of `years`, counted from 1, of one run."""
    start = begin(citizens)
    found: dict[int, Profile] = {}
    before = start.state
    for number, year in enumerate(simulate.years(start, seed=SEED, threads=2, count=max(years)), start=1):
        if number in years:
            found[number] = profile(before, year.policy, start.settled, repeats)
        before = year.state
    return found


def main() -> None:
    """Profile, print the table, and write JSON where asked."""
    parser = options(__doc__)
    parser.add_argument("--citizens", type=at_least(FEWEST), default=100_000)
    parser.add_argument("--years", type=at_least(1), nargs="+", default=[2, 29], help="years of the run, 1 the first")
    parser.add_argument("--repeats", type=at_least(1), default=5, help="times that each year is lived; the quickest counts")
    chosen = parser.parse_args()
    found = profiles(chosen.citizens, chosen.years, chosen.repeats)
    heads = ["nanoseconds a citizen-month", *(f"year {year}" for year in found), "share, %"]
    last = list(found.values())[-1]
    total = sum(last.parts.values())
    rows: list[list[Any]] = [
        [name, *(one.parts[name] for one in found.values()), 100 * last.parts[name] / total]
        for name in sorted(last.parts, key=lambda name: -last.parts[name])
    ]
    rows.append(["sum of these", *(sum(one.parts.values()) for one in found.values()), 100.0])
    rows.append(["the engine's year", *(one.fused for one in found.values()), 100 * last.fused / total])
    rows.append(["the same, processor time", *(one.fused_cpu for one in found.values()), 100 * last.fused_cpu / total])
    show(f"copro_sim: the month by process, {chosen.citizens:,} citizens, one thread", heads, rows)
    keep(chosen.json, {"citizens": chosen.citizens, "years": {year: one._asdict() for year, one in found.items()}})


if __name__ == "__main__":
    main()
