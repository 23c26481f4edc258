"""What the benchmarks share: the run they measure, the quickest of several times, and one way to show and keep figures."""

import argparse
import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numba
import numpy
from rich.console import Console
from rich.table import Table

import copro_sim
from copro_sim.engines import simulate

RESULTS = Path(__file__).parent / "results"
SEED = 1


def begin(citizens: int, threads: int = 2) -> simulate.Start:
    """Return where the run that all benchmarks measure begins: `co-production` with `citizens` people in all councils."""
    scenario = copro_sim.load_scenario("co-production").replace({"population.citizens": citizens})
    return simulate.start(scenario, seed=SEED, threads=threads)


def quickest(work: Callable[[], Any], repeats: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds that `work` takes by `clock`, the least of `repeats`."""
    taken = []
    for _ in range(repeats):
        before = clock()
        work()
        taken.append(clock() - before)
    return min(taken)


def machine() -> dict[str, str]:
    """Return what figures depend on besides the code: compare ratios of one run, never figures of two machines."""
    return {
        "processor": _processor(),
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "copro_sim": copro_sim.__version__,
    }


def _processor() -> str:
    """Return the processor's own name where Linux tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def options(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every benchmark takes: --json, where to write the figures."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table: the first column is text, the others are numbers."""
    table = Table(title=title)
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left", no_wrap=at == 0)
    for row in rows:
        table.add_row(*(_text(value) for value in row))
    Console().print(table)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.4f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def keep(path: Path | None, figures: Mapping[str, Any]) -> None:
    """Write the figures and the machine they come from as JSON, where asked."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"machine": machine(), **figures}, indent=2) + "\n")
