"""What sets the floor of the kernels engine on this machine, and the share of it that the engine reaches.

    uv run python benchmarks/limits.py [--citizens 100000] [--json limits.json]

The machine: memory bandwidth with one and two threads, Philox blocks one and four at a time, adding a tally, following a
bond. The work: what one citizen-month asks for, counted by walking a month in plain Python over columns that count
what is read of them. Their product, one thing after the other and nothing else done, is the floor.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import numba
import numpy as np
from common import FEWEST, SEED, at_least, begin, keep, nanoseconds, options, quickest, show

from copro_sim.core import draws
from copro_sim.core.compiled import whole
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import kernels, simulate
from copro_sim.processes.month import MONTH, Loan, walk_of
from copro_sim.processes.tally import AGE_BANDS, EVERYBODYS, TALLIES
from copro_sim.state import bonds
from copro_sim.state.columns import Citizens, bytes_per_citizen
from copro_sim.state.context import Clock, Here, orders_for

compiled = numba.njit(nogil=True, error_model="numpy")
COMMUNITY = 2_000
"""Citizens of a usual community: what is measured in cache is measured at this size."""

REPEATS = 7
_FOLLOWED = 10
_ROUNDS = 10
_CELLS = 2 * len(AGE_BANDS)


@compiled
def add_up(numbers):
    """Read an array (int64) from end to end."""
    total = 0
    for i in range(numbers.size):
        total += numbers[i]
    return total


@compiled
def copy(numbers, into):
    """Copy an array."""
    for i in range(numbers.size):
        into[i] = numbers[i]


@compiled
def one_by_one(whos, month):
    """Draw a block for each citizen, one at a time."""
    total = 0
    for i in range(whos.size):
        a, b, c, d = draws.words(SEED, 1, whole(whos[i]), month, 0)
        total += a ^ b ^ c ^ d
    return total


@compiled
def all_at_once(whos, month):
    """Draw a block for each citizen, as processes do for draws that everybody needs."""
    return draws.words_of_all(SEED, 1, whos, month, 0)[0, 0]


@compiled
def tally_up(cells, cell, which):
    """Add to the tallies `which` in each citizen's own cell."""
    for i in range(cell.size):
        for k in range(which.size):
            cells[cell[i], which[k]] += 1


@compiled
def follow(bond, column):
    """Read a column of everybody at the other end of a bond."""
    total = 0.0
    for i in range(bond.shape[0]):
        for at in range(bond.shape[1]):
            total += column[bonds.bond_place(whole(bond[i, at]))]
    return total


def each(work: Callable[[], Any], count: int, times: int = 200) -> float:
    """Return nanoseconds for each of `count` things that `work` does, once warm, by processor time."""

    def many() -> None:
        for _ in range(times):
            work()

    work()
    return 1e9 * quickest(many, REPEATS).cpu / times / count


def bandwidth(threads: int, megabytes: int) -> tuple[float, float]:
    """Return gigabytes a second that `threads` read, and that they copy (read and written bytes both counted)."""
    source = np.ones(megabytes * 1_000_000 // 8, np.int64)
    target = np.zeros_like(source)
    parts = list(zip(np.array_split(source, threads), np.array_split(target, threads), strict=True))
    with ThreadPoolExecutor(threads) as pool:

        def read() -> None:
            list(pool.map(lambda part: add_up(part[0]), parts))

        def copied() -> None:
            list(pool.map(lambda part: copy(*part), parts))

        read()
        copied()
        return source.nbytes / quickest(read, REPEATS).wall / 1e9, 2 * source.nbytes / quickest(copied, REPEATS).wall / 1e9


class Bandwidth(NamedTuple):
    """What memory gives, gigabytes a second."""

    read: float
    copied: float
    read_by_two: float
    copied_by_two: float
    read_in_cache: float
    """A community's own rows, read again and again."""


class Costs(NamedTuple):
    """What each thing takes, nanoseconds of one thread."""

    block: float
    """A Philox block."""
    block_of_many: float
    """A Philox block where a community's blocks are drawn at once."""
    addition: float
    """An addition to a tally."""
    bond: float
    """A bond followed to whom it binds."""


def bandwidths(megabytes: int) -> Bandwidth:
    """Return what memory gives to one thread and to two."""
    cached = np.ones(COMMUNITY * bytes_per_citizen() // 8, np.int64)
    return Bandwidth(*bandwidth(1, megabytes), *bandwidth(2, megabytes), 1 / each(lambda: add_up(cached), cached.nbytes))


def costs() -> Costs:
    """Return what each thing takes on this machine."""
    made = np.random.default_rng(SEED)
    whos = made.integers(0, 2**63, COMMUNITY)
    bond = made.integers(0, COMMUNITY, (COMMUNITY, _FOLLOWED)).astype(np.uint32)
    column, cells = made.random(COMMUNITY), np.zeros((_CELLS, TALLIES), np.int64)
    cell, which = made.integers(0, _CELLS, COMMUNITY), made.permutation(TALLIES)[:_FOLLOWED]
    return Costs(
        block=each(lambda: one_by_one(whos, 0), COMMUNITY),
        block_of_many=each(lambda: all_at_once(whos, 0), COMMUNITY),
        addition=each(lambda: tally_up(cells, cell, which), COMMUNITY * which.size),
        bond=each(lambda: follow(bond, column), bond.size),
    )


class Watched(np.ndarray):
    """A column that counts the bytes that are read and written, and what is written to it."""

    def __array_finalize__(self, parent: Any) -> None:
        """Let what is made of a column count with it."""
        self.name, self.seen = getattr(parent, "name", ""), getattr(parent, "seen", Counter[str]())

    def __getitem__(self, key: Any) -> Any:
        """Read, and count."""
        found = self.view(np.ndarray)[key]
        self.seen["bytes"] += found.nbytes
        return found

    def __setitem__(self, key: Any, value: Any) -> None:
        """Write, and count."""
        inside = self.view(np.ndarray)
        inside[key] = value
        self.seen["bytes"] += inside[key].nbytes
        self.seen[f"{self.name} written"] += 1


def watched(array: Any, name: str, seen: Counter[str]) -> Watched:
    """Return the array, counting into `seen`."""
    found: Watched = array.view(Watched)
    found.name, found.seen = name, seen
    return found


@contextmanager
def calls_counted(functions: dict[str, Callable[..., Any]], seen: Counter[str]) -> Iterator[None]:
    """Count calls of these functions, wherever the package holds them, while walks run in plain Python."""

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            seen[name] += 1
            return function(*arguments)

        return called

    with ExitStack() as patches:
        for name, function in functions.items():
            wrapper = counted(name, function)
            for module in [module for key, module in sys.modules.items() if key.startswith("copro_sim.")]:
                if vars(module).get(function.__name__) is function:
                    patches.enter_context(patch.object(module, function.__name__, wrapper))
        yield


class Work(NamedTuple):
    """What one citizen asks for in a month."""

    touched: float
    """Bytes of columns read or written; what is read twice counts twice."""
    blocks: float
    """Philox blocks drawn one at a time."""
    blocks_of_many: float
    """Philox blocks of whole communities, free places included."""
    additions: float
    """Additions to tallies."""
    bonds: float
    """Bonds of which the other end is looked up."""


def work_of_a_month(start: simulate.Start) -> Work:
    """Return what each citizen asks for in the first month, counted in a community of each council."""
    state, seen, people = start.state.roomy(0.1), Counter[str](), 0
    policy = start.government.april(0, start.settled.tallies)
    cells = watched(np.zeros((2, len(AGE_BANDS), TALLIES), np.int64), "cells", seen)
    counted: dict[str, Callable[..., Any]] = {"rounds": draws.philox_round, "blocks": draws.philox, "bonds": bonds.bond_place}
    with calls_counted(counted, seen), np.errstate(over="ignore"):
        for number in range(len(state.communities.id)):
            c = Citizens(*(watched(column, name, seen) for name, column in state.places(number)._asdict().items()))
            people += int(state.communities.size[number])
            orders = orders_for(policy, 0, int(state.communities.authority[number]))
            here = Here(state.communities, number, Clock(SEED, state.month, 0), orders)
            for process in MONTH:
                walk_of(process)(Loan(c, here, start.settled.parameters, start.settled.tables, cells))
    of_many = seen["rounds"] / _ROUNDS - seen["blocks"]
    additions = seen["cells written"] + people * EVERYBODYS  # which come to the cells by way of sums
    found = (seen["bytes"], seen["blocks"], of_many, additions, seen["bonds"])
    return Work(*(count / people for count in found))


class Part(NamedTuple):
    """One thing that takes time in a citizen-month."""

    what: str
    asked: float
    """How much of it a citizen-month asks for."""
    cost: float
    """What one of it takes here, nanoseconds."""

    @property
    def nanoseconds(self) -> float:
        """Return what a citizen-month spends on it at least."""
        return self.asked * self.cost


def floor(work: Work, bandwidth: Bandwidth, cost: Costs) -> list[Part]:
    """Return what a citizen-month takes at least, part by part."""
    return [
        Part("bytes from and to memory, each April", 2 * bytes_per_citizen() / MONTHS_PER_YEAR, 1 / bandwidth.copied),
        Part("bytes of columns, in cache", work.touched, 1 / bandwidth.read_in_cache),
        Part("Philox blocks, one at a time", work.blocks, cost.block),
        Part("Philox blocks, a community's at once", work.blocks_of_many, cost.block_of_many),
        Part("additions to tallies", work.additions, cost.addition),
        Part("bonds followed", work.bonds, cost.bond),
    ]


def engine(start: simulate.Start, repeats: int) -> float:
    """Return the nanoseconds of processor time that the engine takes for a citizen-month, one thread, in the first year."""
    policy, settled = start.government.april(0, start.settled.tallies), start.settled

    def live() -> None:
        kernels.live_year(start.state, policy, settled.parameters, settled.tables, seed=SEED)

    live()
    return nanoseconds(quickest(live, repeats).cpu, start.state)


def main() -> None:
    """Measure, print both tables, and write JSON where asked."""
    parser = options(__doc__)
    parser.add_argument("--citizens", type=at_least(FEWEST), default=100_000)
    parser.add_argument("--megabytes", type=at_least(1), default=400, help="size of the arrays with which memory is measured")
    chosen = parser.parse_args()
    start = begin(chosen.citizens)
    work, bandwidth, cost = work_of_a_month(begin(FEWEST)), bandwidths(chosen.megabytes), costs()
    parts, reached = floor(work, bandwidth, cost), engine(start, REPEATS)
    least = sum(part.nanoseconds for part in parts)
    show(
        "this machine: memory and cache",
        ["gigabytes a second", "one thread", "two threads"],
        [
            ["memory read", bandwidth.read, bandwidth.read_by_two],
            ["memory copied, both ways counted", bandwidth.copied, bandwidth.copied_by_two],
            ["a community's rows read in cache", bandwidth.read_in_cache, ""],
        ],
    )
    rows: list[list[Any]] = [
        [part.what, part.asked, part.cost, 1e3 / part.cost, part.nanoseconds] for part in parts
    ]
    rows.append(["floor: all these, one by one", "", "", "", least])
    rows.append(["kernels engine, one thread", "", "", "", reached])
    show(
        f"copro_sim: the floor of a citizen-month, {chosen.citizens:,} citizens",
        ["what a citizen-month asks for", "of it", "ns each", "M a second", "ns"],
        rows,
    )
    print(f"The engine reaches {100 * least / reached:.0f}% of the speed that the floor would allow.")
    keep(
        chosen.json,
        {
            "citizens": chosen.citizens,
            "gigabytes a second": bandwidth._asdict(),
            "nanoseconds each": cost._asdict(),
            "asked for by a citizen-month": work._asdict(),
            "floor, ns a citizen-month": least,
            "engine, ns a citizen-month": reached,
            "share of the floor reached": least / reached,
        },
    )


if __name__ == "__main__":
    main()
