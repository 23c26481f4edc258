"""Citizen-months a second of both engines on the same scenario, one and two threads, and bytes a citizen.

    uv run python benchmarks/speed.py [--citizens 200000] [--years 3] [--json speed.json]

Every figure is the best of three repetitions within one run on one machine: compare ratios, not machines.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import copro_sim
from copro_sim.engines import agents, kernels, simulate
from copro_sim.state.columns import bytes_per_citizen

REPEATS = 3
AGENT_CITIZENS = 9_000


def speed(begin: simulate.Start, live: Callable[..., Any], years: int, threads: int) -> float:
    """Return citizen-months a second over `years` from one start, the best of REPEATS."""
    fastest = 0.0
    policy = begin.government.april(0, begin.settled.tallies)
    for _ in range(REPEATS):
        state, months, seconds = begin.state, 0, 0.0
        for _ in range(years):
            months += 12 * int(state.communities.size.sum())
            before = time.perf_counter()
            state, _ = live(state, policy, begin.settled.parameters, begin.settled.tables, seed=1, threads=threads)
            seconds += time.perf_counter() - before
        fastest = max(fastest, months / seconds)
    return fastest


def measure(citizens: int, years: int) -> dict[str, Any]:
    """Return every figure of the benchmark."""
    scenario = copro_sim.load_scenario("co-production").replace({"population.citizens": citizens})
    before = time.perf_counter()
    warm = simulate.start(scenario.replace({"population.citizens": AGENT_CITIZENS}), seed=1)
    settled = warm.settled
    kernels.live_year(warm.state, warm.government.run_in(settled.tallies), settled.parameters, settled.tables, seed=1)
    compiled = time.perf_counter() - before
    before = time.perf_counter()
    begin = simulate.start(scenario, seed=1, threads=2)
    built = time.perf_counter() - before
    one, two = (speed(begin, kernels.live_year, years, threads) for threads in (1, 2))
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, copro_sim {copro_sim.__version__}",
        "citizens": citizens,
        "seconds to import the year's code or compile it": round(compiled, 2),
        "seconds to build the population and its run-in": round(built, 2),
        "agents, citizen-months a second": round(speed(warm, agents.live_year, 1, 1)),
        "kernels, one thread": round(one),
        "kernels, two threads": round(two),
        "two threads over one": round(two / one, 2),
        "bytes a citizen": bytes_per_citizen(),
    }


def main() -> None:
    """Measure, print a table, and write JSON where asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--citizens", type=int, default=200_000)
    arguments.add_argument("--years", type=int, default=3)
    arguments.add_argument("--json", type=Path)
    chosen = arguments.parse_args()
    figures = measure(chosen.citizens, chosen.years)
    table = Table(title="copro_sim: speed")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in figures.items():
        table.add_row(name, f"{value:,}" if isinstance(value, int | float) else str(value))
    Console().print(table)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
