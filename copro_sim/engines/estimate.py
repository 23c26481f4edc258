"""What a run will take, in time and memory, said before it starts.

Time comes from a probe on this machine: a few communities of the scenario are settled and live for a year. Every citizen's
month costs the same, in any year and in a population of any size, so that all others follow; governments cost by the year.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import memory
from copro_sim.engines.simulate import Start, settle, start
from copro_sim.engines.simulate import years as lived
from copro_sim.scenario.arguments import no_choice, numbers_wrong, refuse
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.schema import Scenario

_A_FEW_SECONDS = 3.0


class _Size(NamedTuple):
    """How much of a run is lived to measure it."""

    communities: int
    """At least; for each thread two."""
    citizens: int
    """At most, so that the probe is short."""
    month: float
    """Seconds that a citizen's month takes, about: enough to know whether a run is worth a probe."""


_SIZES = {"kernels": _Size(8, 60_000, 0.25e-6), "agents": _Size(1, 500, 100e-6)}


class Estimate(NamedTuple):
    """What runs will take."""

    seconds: float
    """On this machine, were it free; without compiling, which is once."""
    memory: int
    """Bytes at the most, with what this process has already."""
    available: int
    """Bytes that this process has or can still have."""

    def __str__(self) -> str:
        """Return it in words."""
        having = f"{memory.gigabytes(self.memory)} of memory, of {memory.gigabytes(self.available)} that can be had"
        return f"this takes about {_duration(self.seconds)} where nothing else runs, and {having}"


class _Costs(NamedTuple):
    """Seconds of one processor."""

    settle: float
    """Building a citizen and letting support settle."""
    month: float
    """A citizen's month."""
    year: float
    """A government's year."""


def estimate(
    scenario: Scenario | str | Path, *, years: int | None = None, engine: str = "kernels", workers: int | None = None,
    runs: int = 1,
) -> Estimate:
    """Return what a run will take on this machine; takes a fraction of a second itself, once code is compiled.

    Parameters
    ----------
    scenario
        What is to be run: a scenario, or the name or path of one.
    years
        Years to live; the scenario's own number if not given.
    engine
        "kernels" or "agents".
    workers
        Threads over which a run's communities are spread (1 if not given), or runs at a time if there are several (as many
        as there are processors if not given).
    runs
        How many; more than one for a comparison: scenarios times futures.

    Raises
    ------
    ScenarioError
        If an argument is not what it must be, with every one that is not.

    Examples
    --------
    >>> print(estimate(load_scenario("co-production"), years=30))
    this takes about 1 second where nothing else runs, and 0.3 GB of memory, of 8.0 GB that can be had
    """
    refuse([*numbers_wrong(years=years, workers=workers, runs=runs), *no_choice("engine", engine, tuple(_SIZES))])
    scenario = scenario_of(scenario) if years is None else scenario_of(scenario).replace({"run.years": years})
    threads = (workers or 1) if runs == 1 else 1
    costs = _probe(scenario, engine, threads)
    citizens, total = scenario.population.citizens, scenario.run.years
    spread = costs.settle * citizens + costs.month * citizens * MONTHS_PER_YEAR * total
    seconds = spread / _side_by_side(threads) + costs.year * total
    takes = memory.needed(scenario, engine=engine, workers=workers, runs=runs)
    had, together = memory.in_use(), _side_by_side(memory.at_a_time(workers, runs))
    return Estimate(seconds * runs / together, had + takes, had + memory.available())


def said_before(
    scenario: Scenario, *, engine: str = "kernels", workers: int | None = None, runs: int = 1
) -> Iterator[str]:
    """Yield what is worth saying before a run starts: that code is compiled first, and what a long run will take.

    Parameters are those of `estimate`.

    Raises
    ------
    ScenarioError
        If it cannot fit into memory.
    """
    memory.refuse_what_cannot_fit(scenario, engine=engine, workers=workers, runs=runs)
    yield from memory.compiled_first()
    months = scenario.population.citizens * scenario.run.years * MONTHS_PER_YEAR * runs
    if months * _SIZES[engine].month > _A_FEW_SECONDS:
        yield str(estimate(scenario, engine=engine, workers=workers, runs=runs))


def _side_by_side(wanted: int) -> int:
    return max(1, min(wanted, os.cpu_count() or 1))


def _probe(scenario: Scenario, engine: str, threads: int) -> _Costs:
    """Return what a few communities of the scenario cost, in time of one processor, whatever else the machine does."""
    start(_few(scenario, _SIZES["agents"], 1), seed=1)  # compiles, or reads what lies compiled: that is not to be counted
    small = _few(scenario, _SIZES[engine], threads)
    citizens = small.population.citizens
    settling, settled = _timed(lambda: settle(small, seed=1, threads=threads))
    governing, _ = _timed(lambda: _govern(start(small, seed=1, settled=settled)))
    begin = start(small, seed=1, settled=settled)
    living, _ = _timed(lambda: list(lived(begin, seed=1, engine=engine, threads=threads)))
    month = max(0.0, living - governing) / citizens / MONTHS_PER_YEAR
    return _Costs(settling / citizens, month, governing)


def _few(scenario: Scenario, probe: _Size, threads: int) -> Scenario:
    """Return the scenario with so few communities as a probe lives, of some councils from all over the list."""
    size = min(scenario.population.community_size, probe.citizens)
    citizens = min(size * max(probe.communities, 2 * threads), probe.citizens, scenario.population.citizens)
    names = scenario.council_names()
    councils = names[:: max(1, len(names) * size // citizens)]
    return scenario.replace(
        {"population.citizens": citizens, "population.community_size": size, "population.councils": list(councils)}
    )


def _govern(begin: Start) -> None:
    """Let government decide and close a year that was like the last of the run-in."""
    begin.government.april(0, begin.settled.tallies)
    begin.government.close(begin.settled.tallies)


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def _duration(seconds: float) -> str:
    """Return a time as people say it: '40 seconds', '3 minutes', '2.5 hours'."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            number = seconds / size
            return f"{number:.1f} {name}s" if number < 10 else f"{number:.0f} {name}s"
    return f"{max(1, round(seconds))} second{'s' if round(seconds) > 1 else ''}"
