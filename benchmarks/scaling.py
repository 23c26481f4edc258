"""Time per citizen-month and peak memory from 20 thousand citizens to all of Wales, early and late in a run.

    uv run python benchmarks/scaling.py [--largest 3000000] [--years 1 30] [--out benchmarks/results]

Every size is measured in a process of its own, so that its peak memory is its own; the agents engine only at its
smallest. Leaves scaling.json, scaling.svg and scaling.png. The cost is flat if the dearest point costs at most a quarter
more processor time than the cheapest.
"""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from common import RESULTS, SEED, begin, draw, keep, nanoseconds, options, quickest, show
from matplotlib.figure import Figure

from copro_sim.engines import agents, kernels, simulate
from copro_sim.report.style import LINES

SIZES = (20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 3_000_000)
SMALLEST = 9_000
"""Citizens in the agents engine, and the fewest of whom every council has a community."""

THREADS = (1, 2)
FLAT = 1.25
_ENGINES = {"kernels": kernels.live_year, "agents": agents.live_year}
_KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""The unit in which the system tells peak memory."""


def peak_memory() -> int:
    """Return the most memory, in bytes, that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE


def point(engine: str, citizens: int, years: list[int], repeats: int) -> dict[str, Any]:
    """Return what one size takes in this process: for each of `years` and number of threads, and memory."""
    begin(SMALLEST)  # whatever is imported or compiled is not what a citizen takes
    before = peak_memory()
    start = begin(citizens)
    settled, state = start.settled, start.state
    found: list[dict[str, Any]] = []
    for number, year in enumerate(simulate.years(start, seed=SEED, threads=max(THREADS), count=max(years)), start=1):
        for threads in (THREADS if engine == "kernels" else THREADS[:1]) if number in years else ():

            def live(threads: int = threads, state: Any = state, policy: Any = year.policy) -> None:
                _ENGINES[engine](state, policy, settled.parameters, settled.tables, seed=SEED, threads=threads)

            took = quickest(live, repeats)
            wall, cpu = (nanoseconds(seconds, state) for seconds in took)
            found.append({"year": number, "threads": threads, "wall": wall, "cpu": cpu})
        state = year.state
    return {
        "engine": engine,
        "citizens": citizens,
        "times, ns a citizen-month": found,
        "peak memory, bytes": peak_memory(),
        "peak memory, bytes a citizen": round((peak_memory() - before) / citizens),
    }


def in_child(engine: str, citizens: int, years: list[int], repeats: int) -> dict[str, Any]:
    """Return `point`, from a fresh process."""
    command = [sys.executable, __file__, "--point", engine, str(citizens), "--repeats", str(repeats), "--years", *map(str, years)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{citizens:,} citizens in the {engine} engine failed (exit status {done.returncode}); its own words are above")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows_of(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one flat row for each time."""
    return [
        {"engine": point["engine"], "citizens": point["citizens"], **time, "bytes": point["peak memory, bytes"]}
        for point in points
        for time in point["times, ns a citizen-month"]
    ]


def paint(figure: Figure, rows: list[dict[str, Any]]) -> None:
    """Paint time and memory against citizens, for the kernels engine."""
    times, memory = figure.subplots(1, 2)
    rows = [row for row in rows if row["engine"] == "kernels"]
    kinds = sorted({(row["threads"], row["year"]) for row in rows})
    for (threads, year), (colour, line, marker) in zip(kinds, LINES, strict=False):
        chosen = [row for row in rows if (row["threads"], row["year"]) == (threads, year)]
        label = f"year {year}, {threads} thread{'s' if threads > 1 else ''}"
        sizes, walls = [row["citizens"] for row in chosen], [row["wall"] for row in chosen]
        times.plot(sizes, walls, color=colour, ls=line, marker=marker, label=label)
    peaks = sorted({(row["citizens"], row["bytes"] / 1e6) for row in rows})
    memory.plot(*zip(*peaks, strict=True), color=LINES[0][0], marker=LINES[0][2])
    times.set(title="Nanoseconds a citizen-month", xlabel="citizens", xscale="log", ylim=(0, None))
    memory.set(title="Peak memory of the process, MB", xlabel="citizens", xscale="log", yscale="log")
    times.legend(frameon=False)


def main() -> None:
    """Measure every size in a child, print the table and the ratios, draw, and write JSON."""
    parser = options(__doc__)
    parser.add_argument("--largest", type=int, default=max(SIZES), help="citizens at most, at least 20000")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 30], help="years of the run that are timed, 1 the first")
    parser.add_argument("--repeats", type=int, default=3, help="times that each year is lived; the quickest counts")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the figure and its data")
    parser.add_argument("--point", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.point:
        print(json.dumps(point(chosen.point[0], int(chosen.point[1]), chosen.years, chosen.repeats)))
        return
    sizes = [size for size in SIZES if size <= chosen.largest]
    if not sizes or min(chosen.years) < 1 or chosen.repeats < 1:
        parser.error(f"--largest must be at least {min(SIZES)}, --years and --repeats at least 1")
    points = [in_child("agents", SMALLEST, [1], 1)]
    points += [in_child("kernels", size, chosen.years, chosen.repeats) for size in sizes]
    rows = rows_of(points)
    show(
        "copro_sim: time per citizen-month and memory by size",
        ["engine", "citizens", "year", "threads", "ns, wall", "ns, processor", "peak MB"],
        [[*(row[key] for key in ("engine", "citizens", "year", "threads", "wall", "cpu")), row["bytes"] / 1e6] for row in rows],
    )
    kernel = [row for row in rows if row["engine"] == "kernels"]
    alone = [row["cpu"] for row in kernel if row["threads"] == 1]
    ratio = max(alone) / min(alone)
    verdict = "flat within a quarter" if ratio <= FLAT else "not flat within a quarter"
    one, two = ([row["wall"] for row in kernel if row["threads"] == threads] for threads in THREADS)
    print(f"Two threads over one, wall time, best point: {max(a / b for a, b in zip(one, two, strict=True)):.2f}.")
    print(f"One thread, processor time: dearest point over cheapest {ratio:.2f}: {verdict}.")
    keep(chosen.json or chosen.out / "scaling.json", {"points": points, "dearest over cheapest": ratio})
    draw("scaling", (9.6, 4.0), lambda figure: paint(figure, rows), chosen.out)


if __name__ == "__main__":
    main()
