"""What the benchmarks share: the run they measure, the quickest of several times, and one way to show and keep figures."""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numba
import numpy
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

import copro_sim
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import simulate
from copro_sim.report.style import SETTINGS
from copro_sim.scenario.schema import Scenario
from copro_sim.state.world import State

RESULTS = Path(__file__).parent / "results"
SEED = 1
FEWEST = 9_000
"""Citizens at least, so that every council has a community."""


def scenario(citizens: int) -> Scenario:
    """Return what all benchmarks run: `co-production` with `citizens` people in all councils."""
    return copro_sim.load_scenario("co-production").replace({"population.citizens": citizens})


def begin(citizens: int, threads: int = 2) -> simulate.Start:
    """Return where that run begins."""
    return simulate.start(scenario(citizens), seed=SEED, threads=threads)


class Seconds(NamedTuple):
    """How long something took."""

    wall: float
    """By the clock on the wall: what other work on the machine delays."""
    cpu: float
    """Processor time of this process, all its threads added up."""


def quickest(work: Callable[[], Any], repeats: int) -> Seconds:
    """Return the least wall time and the least processor time that `work` takes in `repeats` goes."""
    taken = []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    return Seconds(*(min(times) for times in zip(*taken, strict=True)))


def nanoseconds(seconds: float, state: State) -> float:
    """Return nanoseconds a citizen-month where the citizens of `state` lived a year in so many seconds."""
    return 1e9 * seconds / (MONTHS_PER_YEAR * int(state.communities.size.sum()))


def machine() -> dict[str, Any]:
    """Return what figures depend on besides the code: compare ratios of one run, never figures of two machines."""
    return {
        "processor": _processor(),
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "copro_sim": copro_sim.__version__,
        "load, last minute, own work included": round(os.getloadavg()[0], 2),
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


def at_least(low: int) -> Callable[[str], int]:
    """Return a parser's type: a whole number from `low`."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if value < low:
            raise argparse.ArgumentTypeError(f"{text!r} must be a whole number of at least {low:,}")
        return value

    return number


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


def draw(name: str, size: tuple[float, float], paint: Callable[[Figure], None], folder: Path = RESULTS) -> None:
    """Save what `paint` paints as SVG and PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=size, layout="constrained")
        paint(figure)
        for ending in ("svg", "png"):
            figure.savefig(folder / f"{name}.{ending}", metadata={"Date": None} if ending == "svg" else None, dpi=150)
