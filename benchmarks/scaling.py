"""Time per citizen-month from 20 thousand citizens to all of Wales, early and late in a run, and the most memory it holds.

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
from statistics import median
from typing import Any

from common import FEWEST, RESULTS, SEED, at_least, begin, draw, keep, nanoseconds, options, quickest, scenario, show
from matplotlib.figure import Figure

from copro_sim.engines import agents, kernels, simulate
from copro_sim.engines.memory import in_use, needed
from copro_sim.report.style import LINES

SIZES = (20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 3_000_000)
THREADS = (1, 2)
FLAT = 1.25
DEAREST = "dearest point over cheapest, one thread, processor time"
KEYS = ("engine", "citizens", "year", "threads", "wall", "cpu")
_ENGINES = {"kernels": kernels.live_year, "agents": agents.live_year}
_KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""The unit in which the system tells peak memory."""

ANY_RUN = {"population.citizens": 450, "population.councils": ["Ceredigion"]}
"""One community of one council: what it holds is the interpreter, libraries and compiled code, and next to no citizens."""


def peak_memory() -> int:
    """Return the most memory, in bytes, that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE


def times(engine: str, citizens: int, years: list[int], repeats: int) -> list[dict[str, Any]]:
    """Return what a citizen-month takes in each of `years` with each number of threads, nanoseconds."""
    start = begin(citizens)
    settled, state = start.settled, start.state
    found: list[dict[str, Any]] = []
    for number, year in enumerate(simulate.years(start, seed=SEED, threads=max(THREADS), count=max(years)), start=1):
        for threads in (THREADS if engine == "kernels" else THREADS[:1]) if number in years else ():

            def live(threads: int = threads, state: Any = state, policy: Any = year.policy) -> None:
                _ENGINES[engine](state, policy, settled.parameters, settled.tables, seed=SEED, threads=threads)

            wall, cpu = (nanoseconds(seconds, state) for seconds in quickest(live, repeats))
            found.append({"engine": engine, "citizens": citizens, "year": number, "threads": threads, "wall": wall, "cpu": cpu})
        state = year.state
    return found


def memory(engine: str, citizens: int, years: int) -> dict[str, int]:
    """Return the most memory that a run of so many years holds on two threads, in bytes: in all, and a citizen without what any
    run holds; and what was said before it ran.

    All must have been compiled before: compiling holds more than many citizens do.
    """
    simulate.run(scenario(FEWEST).replace(ANY_RUN), seed=SEED, years=1, engine=engine)
    before = peak_memory()
    asked = scenario(citizens).replace({"run.years": years})
    said = in_use() + needed(asked, engine=engine, workers=max(THREADS))
    simulate.run(asked, seed=SEED, engine=engine, workers=max(THREADS))
    return {"peak": peak_memory(), "more a citizen": round((peak_memory() - before) / citizens), "said": said}


def in_child(what: str, engine: str, citizens: int, years: list[int], repeats: int) -> Any:
    """Return `times` or `memory`, from a fresh process."""
    command = [sys.executable, __file__, "--child", what, engine, str(citizens)]
    command += ["--repeats", str(repeats), "--years", *map(str, years)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{citizens:,} citizens in the {engine} engine failed (exit status {done.returncode}); its own words are above")
    return json.loads(done.stdout)


def child(what: str, engine: str, citizens: int, years: list[int], repeats: int) -> None:
    """Measure one thing in this process and print it as JSON."""
    print(json.dumps(memory(engine, citizens, max(years)) if what == "memory" else times(engine, citizens, years, repeats)))


def ratios(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return what two threads gain, and how far from flat the cost is.

    The gain sets wall time of two threads against processor time of one, which is its wall time on a quiet machine: other
    work can only make it less.
    """
    one, two = ([row for row in rows if row["threads"] == threads] for threads in THREADS)
    alone = [row["cpu"] for row in one]
    gains = [a["cpu"] / b["wall"] for a, b in zip(one, two, strict=True)]
    return {
        "two threads over one, best point": max(gains),
        "two threads over one, median point": median(gains),
        DEAREST: max(alone) / min(alone),
    }


def paint(figure: Figure, rows: list[dict[str, Any]]) -> None:
    """Paint time and memory against citizens, for the kernels engine."""
    cost, held = figure.subplots(1, 2)
    kinds = sorted({(row["threads"], row["year"]) for row in rows})
    for (threads, year), (colour, line, marker) in zip(kinds, LINES, strict=False):
        chosen = [row for row in rows if (row["threads"], row["year"]) == (threads, year)]
        label = f"year {year}, {threads} thread{'s' if threads > 1 else ''}"
        sizes, spent = [row["citizens"] for row in chosen], [row["cpu"] for row in chosen]
        cost.plot(sizes, spent, color=colour, ls=line, marker=marker, label=label)
    for (key, label), (colour, line, marker) in zip((("peak", "measured"), ("said", "said before")), LINES, strict=False):
        peaks = sorted({(row["citizens"], row[key] / 1e6) for row in rows})
        held.plot(*zip(*peaks, strict=True), color=colour, ls=line, marker=marker, label=label)
    held.legend(frameon=False)
    cost.set(title="Processor time, nanoseconds a citizen-month", xlabel="citizens", xscale="log", ylim=(0, None))
    held.set(title="Peak memory of the process, MB", xlabel="citizens", xscale="log", ylim=(0, None))
    for axis in (cost.xaxis, held.xaxis, held.yaxis):
        axis.set_major_formatter("{x:,.0f}")
    cost.legend(frameon=False)


def main() -> None:
    """Measure every size in a child, print the table and the ratios, draw, and write JSON."""
    parser = options(__doc__)
    parser.add_argument("--largest", type=at_least(min(SIZES)), default=max(SIZES), help="citizens at most")
    parser.add_argument("--years", type=at_least(1), nargs="+", default=[1, 30], help="years that are timed, 1 the first")
    parser.add_argument("--repeats", type=at_least(1), default=3, help="times that each year is lived; the quickest counts")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the figure and its data")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(chosen.child[0], chosen.child[1], int(chosen.child[2]), chosen.years, chosen.repeats)
        return
    sizes = [size for size in SIZES if size <= chosen.largest]
    rows = []
    for engine, size in [("agents", FEWEST), *(("kernels", size) for size in sizes)]:
        asked = (engine, size, chosen.years if engine == "kernels" else [1], chosen.repeats if engine == "kernels" else 1)
        timed = in_child("times", *asked)
        held = in_child("memory", *asked)
        rows += [{**time, **held} for time in timed]
    show(
        "copro_sim: time per citizen-month and memory by size",
        ["engine", "citizens", "year", "threads", "ns, wall", "ns, CPU", "MB", "B each", "MB, said"],
        [[*(row[key] for key in KEYS), row["peak"] / 1e6, row["more a citizen"], row["said"] / 1e6] for row in rows],
    )
    kernel = [row for row in rows if row["engine"] == "kernels"]
    found = ratios(kernel)
    print("\n".join(f"{name}: {ratio:.2f}" for name, ratio in found.items()))
    print(f"The cost is {'' if found[DEAREST] <= FLAT else 'not '}flat within {100 * FLAT - 100:.0f}%.")
    keep(chosen.json or chosen.out / "scaling.json", {"points": rows, **found})
    draw("scaling", (9.6, 4.0), lambda figure: paint(figure, kernel), chosen.out)


if __name__ == "__main__":
    main()
