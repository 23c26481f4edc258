"""The main job: several scenarios, each lived through the same futures; every finished run kept in a study, if there is one."""

import os
import shlex
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from copro_sim.comparison.comparison import Comparison, assemble
from copro_sim.comparison.tasks import Outcome, Progress, SettledOnce, Task, Tasks, in_threads, said
from copro_sim.core.units import START_YEAR
from copro_sim.engines.memory import refuse_what_cannot_fit
from copro_sim.engines.populate import lived_by
from copro_sim.interchange.population import Population
from copro_sim.results.results import AGE_NAMES, SEX_NAMES, months
from copro_sim.results.rows import Run
from copro_sim.results.store import Study
from copro_sim.scenario.arguments import no_choice, numbers_wrong, others_wrong, refuse
from copro_sim.scenario.futures import unlike
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.stances import STANCES, USUAL

__all__ = ["Comparison", "RunsFailed", "compare"]

Array = np.ndarray[Any, Any]
Execute = Callable[[set[Task]], Generator[tuple[Task, Outcome], None, None]]

ENGINES = ("kernels", "agents")
"""What lives a run of a comparison. Dask's engine spreads a single run; over a cluster, comparisons spread whole runs."""

class RunsFailed(RuntimeError):
    """Runs that failed while all others went on: one line for each, with what runs it again, and a last line that counts."""


def compare(
    scenarios: Iterable[str | Path | Scenario],
    *,
    futures: int = 20,
    seed: int = 1,
    years: int | None = None,
    engine: str = "kernels",
    stance: str = USUAL,
    workers: int | None = None,
    cluster: Any = None,
    progress: Progress | None = None,
    study: str | Path | None = None,
    resume: bool = False,
    memory: int | None = None,
    population: Population | None = None,
) -> Comparison:
    """Run every scenario through the same futures and return the comparison.

    Future f is draw f // 2 of what nobody knows, and a seed of its own; all scenarios share both, so that they differ
    by policy and not by luck.

    Parameters
    ----------
    scenarios
        Shipped names, paths or scenarios; the first is the reference for the others.
    futures
        How many, 1 to 10,000; below ten nothing is called clear.
    seed
        Key of all chance, 0 to 2**63 - 1.
    years
        Years to live, 1 to 100; the scenarios' own number if not given.
    engine
        "kernels" or "agents".
    stance
        How strengths for which there is no evidence are drawn: "sceptic", "evidence-only" or "advocate" (see
        `scenario/stances.py`). A headline needs all three.
    workers
        Runs at a time; as many as there are processors if not given. A cluster has its own.
    cluster
        Address of a Dask scheduler, or a `distributed.Client`: runs go to its workers instead of threads of this process.
    progress
        Called with (runs ended, runs in all) after each run.
    study
        File in which every run is kept as it ends (see `results/store.py`); a finished one that is there is replaced.
    resume
        Go on with the study that is there: only runs that are missing or failed are run.
    memory
        Bytes that the runs may take; what this machine has left unless given.
    population
        Of one's own (`cs.load_population`), with whom every run begins: its citizens and councils take the place of the
        scenarios'.

    Raises
    ------
    ValueError
        If the scenarios differ in place, size or years.
    ScenarioError
        If an argument is not what it must be or a scenario cannot be loaded, with everything that is wrong; if as
        many runs at a time cannot fit into memory, or the cluster cannot be used.
    StudyError
        If the study is damaged, of another plan, in use, or unfinished and not to be resumed.
    StudyNotWritten
        If there is no room or no right to write the study; it keeps what had finished.
    RunsFailed
        When all have ended, if any failed: names each with what runs it again.
    """
    problems = [
        *numbers_wrong(seed=seed, futures=futures, years=years, workers=workers, memory=memory),
        *no_choice("engine", engine, ENGINES),
        *no_choice("stance", stance, STANCES),
        *others_wrong(resume=resume, progress=progress, study=study),
    ]
    if resume and study is None:
        problems.append(Problem(key="resume", message="resume=True needs study=FILE, the study to go on with"))
    chosen, more = chosen_of(scenarios, None if problems else years)
    refuse([*problems, *more])
    chosen = tuple(lived_by(scenario, population) for scenario in chosen)
    seed, futures = int(seed), int(futures)
    refuse(unlike(chosen))
    if cluster is None:
        refuse_what_cannot_fit(chosen[0], engine=engine, workers=workers, runs=len(chosen) * futures, limit=memory)
    tasks = Tasks(chosen, futures, seed, engine, stance, population)
    with (
        _executor(tasks, cluster, workers) as execute,
        nullcontext() if study is None else Study.begin(study, tasks.plan, resume=resume) as store,
    ):
        found = _run_all(tasks, store, progress, execute)
    total = chosen[0].run.years
    coords = {
        "month": months(total),
        "authority": list(chosen[0].council_names()),
        "year": np.arange(START_YEAR, START_YEAR + total),
        "sex": list(SEX_NAMES),
        "age_band": list(AGE_NAMES),
        "run_seed": [tasks.seed_of(Task(0, future)) for future in range(futures)],
    }
    return assemble(
        chosen,
        tasks.names,
        [[found[Task(k, future)] for future in range(futures)] for k in range(len(chosen))],
        seed=seed,
        engine=engine,
        stance=stance,
        coords=coords,
        population=None if population is None else population.content_hash,
    )


def chosen_of(given: Any, years: int | None) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """Return the scenarios that are given, and what is wrong with any of them."""
    if isinstance(given, str | Path | Scenario | Mapping) or not isinstance(given, Iterable):
        return (), [Problem(key="scenarios", value=given, message="must be a list of scenarios, names or paths")]
    chosen: list[Scenario] = []
    problems: list[Problem] = []
    for one in given:
        try:
            scenario = scenario_of(one)
            chosen.append(scenario if years is None else scenario.replace({"run.years": years}))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if not (chosen or problems):
        problems.append(Problem(key="scenarios", message="must name at least one scenario to compare"))
    return tuple(chosen), problems


@contextmanager
def _executor(tasks: Tasks, cluster: Any, workers: int | None) -> Iterator[Execute]:
    """Give what executes tasks and yields each as it ends: threads of this process, or the workers of a cluster."""
    if cluster is None:
        # Few and large runs share the processors: those that are left over by runs side by side go to each as threads.
        at_a_time = workers or os.cpu_count() or 1
        side_by_side = min(at_a_time, tasks.futures * len(tasks.scenarios))

        def execute(missing: set[Task]) -> Generator[tuple[Task, Outcome], None, None]:
            wanted = [task for task in tasks.in_order(side_by_side) if task in missing]
            live = partial(tasks.live, settled=SettledOnce(tasks, wanted), threads=max(1, at_a_time // side_by_side))
            return in_threads(wanted, live, side_by_side)

        yield execute
        return
    from copro_sim.engines.cluster import connected, on_workers

    with connected(cluster, workers=workers) as client:
        yield lambda missing: on_workers(sorted(missing), tasks.live, client)


def _run_all(
    tasks: Tasks, store: Study | None, progress: Progress | None, execute: Execute
) -> dict[Task, dict[str, Array]]:
    """Return what is kept of every run, the missing ones run now; a failed run does not stop the others."""
    found = {} if store is None else _finished(store)
    missing = set(tasks.in_order(1)) - set(found)
    size = len(found) + len(missing)
    failed: dict[Task, BaseException] = {}
    if found and progress is not None:
        progress(len(found), size)
    with closing(execute(missing)) as ended:
        for task, outcome in ended:
            if isinstance(outcome, BaseException):
                failed[task] = outcome
            else:
                found[task] = outcome
            if store is not None:
                store.keep(_kept(tasks, task, outcome, store))
            if progress is not None:
                progress(len(found) + len(failed), size)
    if failed:
        raise _runs_failed(tasks, failed, size, store) from failed[min(failed)]
    return found


def _finished(store: Study) -> dict[Task, dict[str, Array]]:
    return {Task(run.scenario, run.future): run.arrays for run in store.runs() if run.arrays is not None}


def _kept(tasks: Tasks, task: Task, outcome: Outcome, store: Study) -> Run:
    """Return what the study keeps of a run that has ended."""
    run = Run(*task, tasks.seed_of(task), tasks.draw(task), arrays=None)
    if isinstance(outcome, BaseException):
        return run._replace(error=said(outcome), replay=_again(tasks, task, store))
    return run._replace(arrays=outcome)


def _again(tasks: Tasks, task: Task, store: Study | None) -> str:
    """Return what runs a task again: a command if there is a study, else a call."""
    if store is None:
        return tasks.in_python(task)
    own = [] if tasks.population is None else ["--population", "FOLDER"]
    return shlex.join(["copro-sim", "replay", str(store.path), tasks.names[task.scenario], str(task.future), *own])


def _runs_failed(tasks: Tasks, failed: dict[Task, BaseException], size: int, store: Study | None) -> RunsFailed:
    lines = [
        f"{tasks.names[task.scenario]}, future {task.future} of {tasks.futures}: {said(failed[task])}. "
        f"Run it again with {_again(tasks, task, store)}"
        for task in sorted(failed)
    ]
    kept = "" if store is None else f"; {store.path} keeps the other {size - len(failed)}"
    return RunsFailed("\n".join([*lines, f"{len(failed)} of {size} runs failed{kept}."]))
