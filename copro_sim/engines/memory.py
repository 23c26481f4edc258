"""Memory: what a run takes at the most, what there is, and a refusal of what cannot fit before anything is built.

The citizens are nearly all that a run takes; what else grows with communities,
councils and years is counted too. What code, Python's objects and the allocator take was measured.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import numba
import psutil

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines.block import PARTS
from copro_sim.engines.kernels import ROOM
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.institutions import RECORDED
from copro_sim.results.tallies import FIFTHS, SETTINGS, SEXES
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario
from copro_sim.state.columns import bytes_per_citizen
from copro_sim.state.context import Policy

_NUMBER = 8
_STATES = {"kernels": 1, "agents": 2, "dask": 3.3}
"""Held at a time: kernels live in place; agents are made of one state and make the next; a cluster's workers hold two states
while a year is lived, and one beside the two of the process that asks for all of it at the end: measured."""

_TOUCHED = 0.6
"""Share of the free places that are really taken of memory, which is handed out by pages: measured."""

_AGENT = 4_000
"""Bytes of one Mesa agent with its bonds: measured."""

_CODE, _COMPILING = 36_000_000, 480_000_000
"""Bytes of the compiled code, and of what compiling it takes and keeps until the process ends: measured."""

_WORKER = 105_000_000
"""Bytes of a worker of a Dask cluster of one's own, before it does anything: measured."""

_MOST = 50_000_000
_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUP = Path("/proc/self/cgroup")
_FILES = ("memory.max", "memory.current", "inactive_file")
_FILES_OF_VERSION_1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
"""Of a control group: its limit, its use, and what of that the system would give back."""


def at_a_time(workers: int | None, runs: int) -> int:
    """Return how many of several runs go side by side: as many as there are workers, or processors if that is not said."""
    return 1 if runs == 1 else min(runs, workers or os.cpu_count() or 1)


def needed(scenario: Scenario, *, engine: str = "kernels", workers: int | None = None, runs: int = 1) -> int:
    """Return the bytes that runs of a scenario take at the most, beyond what the process has already.

    Parameters
    ----------
    scenario
        Of whose size and length they are.
    engine
        What lives them; "dask" means a cluster of one's own on this machine.
    workers, runs
        How many go side by side (see `at_a_time`), and how many there are in all. Of several little is kept; a single one
        is also saved.
    """
    return _needed(scenario.population.citizens, scenario, engine, workers, runs)


def available() -> int:
    """Return the bytes that can still be had: of the machine's memory, or of what this process is limited to."""
    return max(0, min([int(psutil.virtual_memory().available), *_left_in_cgroups()]))


def compiled() -> bool:
    """Return whether the code that lives a year lies compiled on this machine, or must be compiled first."""
    kept = Path(numba.config.CACHE_DIR).rglob("*.nbi")
    return {path.name.split(".")[1].rpartition("-")[0] for path in kept}.issuperset(PARTS)


def compiled_first() -> list[str]:
    """Return what is worth saying before anything runs if code must be compiled first: a line, or none."""
    return [] if compiled() else ["code is compiled first, once, which takes about a minute"]


def in_use() -> int:
    """Return the bytes of memory that this process has."""
    return int(psutil.Process().memory_info().rss)


def refuse_what_cannot_fit(
    scenario: Scenario, *, engine: str = "kernels", workers: int | None = None, runs: int = 1, limit: int | None = None
) -> None:
    """Refuse runs that take more memory than there is.

    Parameters
    ----------
    scenario, engine, workers, runs
        As for `needed`.
    limit
        Bytes that they may take; what is available unless given.

    Raises
    ------
    ScenarioError
        If they take more: says how much, what there is, and the largest population that fits.
    """
    most, citizens = available() if limit is None else limit, scenario.population.citizens
    takes = needed(scenario, engine=engine, workers=workers, runs=runs)
    if takes <= most:
        return
    together = at_a_time(workers, runs)
    largest = bisect_right(range(_MOST), most, key=lambda size: _needed(size, scenario, engine, workers, runs)) - 1
    fits = f"at most {largest:,} citizens fit" if largest > 0 else "not even the program fits"
    whose = f" for {together} runs at a time" if together > 1 else ""
    message = f"needs {gigabytes(takes)} of memory{whose}, and {gigabytes(most)} can be had: {fits}"
    raise ScenarioError([Problem(key="population.citizens", value=citizens, message=message)])


def gigabytes(size: int) -> str:
    """Return a number of bytes as people write it."""
    return f"{size / 1e9:.1f} GB"


def _needed(citizens: int, scenario: Scenario, engine: str, workers: int | None, runs: int) -> int:
    together = at_a_time(workers, runs)
    years, councils = scenario.run.years, len(scenario.council_names())
    communities = citizens / scenario.population.community_size + councils
    state = (1 + _TOUCHED * ROOM) * citizens * bytes_per_citizen()
    groups = SEXES * len(AGE_BANDS)
    counts = communities * (MONTHS_PER_YEAR + 2 * groups) * TALLIES * _NUMBER
    by_month = MONTHS_PER_YEAR * councils * (2 * TALLIES + len(Policy._fields) + 2 * len(RECORDED))
    records = years * (by_month + 2 * groups * FIFTHS * SETTINGS * TALLIES) * _NUMBER
    code = _CODE if compiled() else _COMPILING
    if engine == "dask":
        code += (workers or os.cpu_count() or 1) * (_WORKER + code)
    living = _STATES[engine] * state + counts + records + (_AGENT * citizens if engine == "agents" else 0)
    if runs == 1:
        return int(code + living)
    kept = 2 * runs * years * MONTHS_PER_YEAR * len(INDICATORS) * _NUMBER
    return int(code + together * (living + state) + kept)


def _left_in_cgroups() -> Iterator[int]:
    """Yield what is left of the limit of every control group (Linux, containers) that this process is in."""
    try:
        lines = _OWN_CGROUP.read_text().splitlines()
    except OSError:
        return
    for _, controllers, path in (line.split(":", 2) for line in lines):
        if controllers in ("", "memory"):
            group = _CGROUPS / controllers / path.lstrip("/")
            for place in (group, *group.parents):
                yield from _left(place, *(_FILES_OF_VERSION_1 if controllers else _FILES))


def _left(group: Path, limit: str, used: str, spare: str) -> list[int]:
    """Return the bytes left in one control group; none if it is not there or has no limit ("max")."""
    try:
        of_use = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
        return [int((group / limit).read_text()) - int((group / used).read_text()) + int(of_use[spare])]
    except (OSError, ValueError, KeyError):
        return []
