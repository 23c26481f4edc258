"""The main job: several scenarios, each lived through the same futures, in as many threads as there are processors."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from copro_sim.comparison.comparison import Comparison, assemble, distinct
from copro_sim.comparison.essence import essence
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.core.draws import Stream, compiled_words
from copro_sim.core.units import START_YEAR
from copro_sim.engines.memory import refuse_what_cannot_fit
from copro_sim.results.results import AGE_NAMES, FIFTH_NAMES, SEX_NAMES, months
from copro_sim.scenario.schema import Scenario

__all__ = ["Comparison", "compare", "seed_of_future"]

Array = np.ndarray[Any, Any]
Progress = Callable[[int, int], None]
_RUN_SEED = 2
"""What a draw of the stream of futures is for: a run's seed (`scenario/futures.py` has 0 and 1)."""

_ALIKE = ("run.years", "population.citizens", "population.community_size", "population.councils")
"""What scenarios must share to be compared future by future."""


def seed_of_future(seed: int, future: int) -> int:
    """Return the seed with which every scenario lives through one future, 0 to 2**63 - 1."""
    high, low, _, _ = compiled_words(seed, int(Stream.FUTURES), future, 0, _RUN_SEED)
    return int((high << 31) | (low >> 1))


def compare(
    scenarios: Iterable[str | Path | Scenario],
    *,
    futures: int = 20,
    seed: int = 1,
    years: int | None = None,
    engine: str = "kernels",
    workers: int | None = None,
    progress: Progress | None = None,
    memory: int | None = None,
) -> Comparison:
    """Run every scenario through the same futures and return the comparison.

    Future f is draw f // 2 of what nobody knows, and a seed of its own; all scenarios share both, so that they differ
    by policy and not by luck.

    Parameters
    ----------
    scenarios
        Shipped names, paths or scenarios; the first is the reference for the others.
    futures
        How many, at least 1; below ten nothing is called clear.
    seed
        Key of all chance, 0 to 2**63 - 1.
    years
        Years to live, 1 to 100; the scenarios' own number if not given.
    engine
        "kernels" or "agents".
    workers
        Runs at a time; as many as there are processors if not given.
    progress
        Called with (runs done, runs in all) after each run.
    memory
        Bytes that the runs may take; what this machine has left unless given.

    Raises
    ------
    ValueError
        If there is no scenario or no future, or the scenarios differ in place, size or years.
    ScenarioError
        If a scenario cannot be loaded, or as many runs at a time cannot fit into memory.
    RuntimeError
        If a run fails: names the scenario, future and seed with which it can be run again.
    """
    chosen = tuple(_scenario(given, years) for given in scenarios)
    _check(chosen, futures)
    refuse_what_cannot_fit(chosen[0], engine=engine, workers=workers, runs=len(chosen) * futures, limit=memory)
    kept = _run_all(chosen, futures, seed, engine, workers, progress)
    total = chosen[0].run.years
    coords = {
        "month": months(total),
        "authority": list(chosen[0].council_names()),
        "year": np.arange(START_YEAR, START_YEAR + total),
        "sex": list(SEX_NAMES),
        "age_band": list(AGE_NAMES),
        "fifth": list(FIFTH_NAMES),
        "run_seed": [seed_of_future(seed, future) for future in range(futures)],
    }
    return assemble(
        chosen,
        distinct([scenario.name or "scenario" for scenario in chosen]),
        kept,
        seed=seed,
        engine=engine,
        coords=coords,
    )


def _scenario(given: str | Path | Scenario, years: int | None) -> Scenario:
    from copro_sim.scenario.load import load_scenario

    scenario = given if isinstance(given, Scenario) else load_scenario(given)
    return scenario if years is None else scenario.replace({"run.years": years})


def _check(scenarios: Sequence[Scenario], futures: int) -> None:
    if not scenarios:
        raise ValueError("name at least one scenario to compare")
    if futures < 1:
        raise ValueError(f"futures = {futures} must be at least 1")
    for scenario in scenarios[1:]:
        for key in _ALIKE:
            one, other = scenarios[0].get(key), scenario.get(key)
            if one != other:
                raise ValueError(
                    f"cannot compare {scenarios[0].name} with {scenario.name}: {key} differs ({one} and {other}); "
                    "futures are shared only by the same place, size and years"
                )


def _run_all(
    scenarios: Sequence[Scenario], futures: int, seed: int, engine: str, workers: int | None, progress: Progress | None
) -> list[list[dict[str, Array]]]:
    """Return what is kept of every run, by scenario and future; the first failure stops the others.

    As many futures as there are workers go side by side, scenario after scenario, so that scenarios which settle alike
    can do so once for each future.
    """
    at_a_time = workers or os.cpu_count() or 1
    groups = [range(first, min(futures, first + at_a_time)) for first in range(0, futures, at_a_time)]
    tasks = [(k, future) for group in groups for k in range(len(scenarios)) for future in group]
    pool, settled = ThreadPoolExecutor(at_a_time), _SettledOnce(at_a_time)
    done = 0

    def count(finished: Future[Any]) -> None:
        nonlocal done
        if progress is not None and not finished.cancelled() and finished.exception() is None:
            done += 1
            progress(done, len(tasks))

    try:
        running = {
            (k, future): pool.submit(_run_one, scenarios[k], future, futures, seed, engine, settled) for k, future in tasks
        }
        for task in running.values():
            task.add_done_callback(count)
        wait(running.values(), return_when=FIRST_EXCEPTION)
        for task in running.values():
            if task.done():
                task.result()
    finally:
        pool.shutdown(cancel_futures=True)
    return [[running[k, future].result() for future in range(futures)] for k in range(len(scenarios))]


class _SettledOnce:
    """What the last runs of each future settled from, so that the next scenario of that future need not settle again."""

    def __init__(self, at_a_time: int) -> None:
        self._at_a_time, self._lock = at_a_time, Lock()
        self._last: dict[int, tuple[Any, Any]] = {}

    def of(self, scenario: Scenario, future: int, seed: int) -> Any:
        from copro_sim.engines.simulate import settle, settles_alike

        alike = settles_alike(scenario)
        with self._lock:
            known, settled = self._last.get(future, (None, None))
        if known != alike:
            settled = settle(scenario, seed=seed)
            with self._lock:
                self._last[future] = (alike, settled)
                for other in [other for other in self._last if other < future - self._at_a_time]:
                    del self._last[other]
        return settled


def _run_one(scenario: Scenario, future: int, futures: int, seed: int, engine: str, settled: _SettledOnce) -> dict[str, Array]:
    from copro_sim.engines.simulate import run
    from copro_sim.scenario.futures import vary

    draws = -(-futures // SEEDS_PER_DRAW)
    run_seed = seed_of_future(seed, future)
    try:
        varied = vary(scenario, seed=seed, draw=future // SEEDS_PER_DRAW, draws=draws)
        shared = settled.of(varied, future, run_seed)
        return essence(run(varied, seed=run_seed, engine=engine, workers=1, settled=shared))
    except Exception as error:
        raise RuntimeError(
            f"{scenario.name}, future {future} of {futures}: {error}. Run it again with "
            f"run(vary(load_scenario({scenario.name!r}), seed={seed}, draw={future // SEEDS_PER_DRAW}, draws={draws}), "
            f"seed={run_seed}, engine={engine!r})"
        ) from error
