"""Citizen-months a second of both engines on the same scenario, one and two threads, and bytes a citizen.

    uv run python benchmarks/speed.py [--citizens 200000] [--years 3] [--json speed.json]

Every figure is the best of three repetitions within one run on one machine: compare ratios, not machines.
"""

import time
from collections.abc import Callable
from typing import Any

from common import FEWEST, SEED, at_least, begin, keep, options, show

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import agents, kernels, simulate
from copro_sim.state.columns import bytes_per_citizen

REPEATS = 3


def speed(start: simulate.Start, live: Callable[..., Any], years: int, threads: int) -> float:
    """Return citizen-months a second over `years` from one start, the best of REPEATS."""
    fastest = 0.0
    policy = start.government.april(0, start.settled.tallies)
    for _ in range(REPEATS):
        state, months, seconds = start.state, 0, 0.0
        for _ in range(years):
            months += MONTHS_PER_YEAR * int(state.communities.size.sum())
            before = time.perf_counter()
            state, _ = live(state, policy, start.settled.parameters, start.settled.tables, seed=SEED, threads=threads)
            seconds += time.perf_counter() - before
        fastest = max(fastest, months / seconds)
    return fastest


def measure(citizens: int, years: int) -> dict[str, Any]:
    """Return every figure of the benchmark."""
    before = time.perf_counter()
    warm = begin(FEWEST)
    compiled = time.perf_counter() - before
    before = time.perf_counter()
    start = begin(citizens)
    built = time.perf_counter() - before
    one, two = (speed(start, kernels.live_year, years, threads) for threads in (1, 2))
    return {
        "citizens": citizens,
        "seconds to import the year's code or compile it": compiled,
        "seconds to build the population and its run-in": built,
        "agents, citizen-months a second": speed(warm, agents.live_year, 1, 1),
        "kernels, one thread": one,
        "kernels, two threads": two,
        "two threads over one": two / one,
        "bytes a citizen": bytes_per_citizen(),
    }


def main() -> None:
    """Measure, print a table, and write JSON where asked."""
    parser = options(__doc__)
    parser.add_argument("--citizens", type=at_least(FEWEST), default=200_000)
    parser.add_argument("--years", type=at_least(1), default=3)
    chosen = parser.parse_args()
    figures = measure(chosen.citizens, chosen.years)
    show("copro_sim: speed", ["figure", "value"], list(figures.items()))
    keep(chosen.json, figures)


if __name__ == "__main__":
    main()
