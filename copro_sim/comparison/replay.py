"""One run of a study again, alone: does the same come of it?"""

from pathlib import Path
from typing import NamedTuple

from copro_sim.comparison.tasks import Array, Task, Tasks, said
from copro_sim.results.canonical import content_hash
from copro_sim.results.plan import differences, plan_of
from copro_sim.results.rows import Run
from copro_sim.results.store import Study, StudyError
from copro_sim.scenario.problems import did_you_mean


class Replay(NamedTuple):
    """What came of a run that was run again.

    Parameters
    ----------
    name, future
        Which run.
    kept
        What the study keeps of it; None if it has not run yet.
    arrays, error
        What came of it this time, or what went wrong.
    changed
        What differs between the study's plan and what this process would plan, such as versions.
    """

    name: str
    future: int
    kept: Run | None
    arrays: dict[str, Array] | None
    error: Exception | None
    changed: list[str]

    @property
    def well(self) -> bool:
        """Whether the run ended, and as the study says if it has kept its end."""
        return self.arrays is not None and not self._differing

    @property
    def _differing(self) -> list[str]:
        """Names of the arrays that are not as they were kept."""
        if self.arrays is None or self.kept is None or self.kept.arrays is None:
            return []
        before, now = self.kept.arrays, self.arrays
        hashes = [{name: content_hash(name, {name: run[name]}) for name in run} for run in (before, now)]
        return [name for name in before | now if hashes[0].get(name) != hashes[1].get(name)]

    def __str__(self) -> str:
        """Return the answer in a sentence or two."""
        which = f"{self.name}, future {self.future}"
        if self.arrays is None:
            answer = f"fails with {said(self.error)}"
        elif self.kept is None:
            answer = "is not in the study yet; it runs to its end"
        elif self.kept.arrays is None:
            answer = f"failed before ({self.kept.error}) and runs to its end now; compare it again with --resume"
        elif self._differing:
            answer = f"differs from what the study keeps, in {', '.join(self._differing)}"
        else:
            answer = "the same comes of it as the study keeps"
        return f"{which}: {answer}." + (f" Otherwise than then: {'; '.join(self.changed)}." if self.changed else "")


def replay(study: str | Path, scenario: str, future: int) -> Replay:
    """Run one run of a study again and return what came of it beside what the study keeps.

    Parameters
    ----------
    study
        The file, or the folder that it is in.
    scenario
        Its name in the comparison.
    future
        Its number, from 0.

    Raises
    ------
    StudyError
        If the study cannot be read, or has no such run.
    """
    with Study.open(study) as store:
        if "stance" not in store.plan:
            raise StudyError(f"{store.path}: is a sweep or a calibration; only runs of comparisons can be replayed one by one")
        tasks = Tasks.of(store.plan)
        task = Task(_number(tasks, scenario, store.path), future)
        if not 0 <= future < tasks.futures:
            raise StudyError(f"{store.path}: has no future {future}; futures are from 0 to {tasks.futures - 1}")
        kept = store.run(*task)
        here = plan_of(tasks.scenarios, futures=tasks.futures, seed=tasks.seed, engine=tasks.engine, stance=tasks.stance)
        changed = differences(store.plan, here)
    arrays = error = None
    try:
        arrays = tasks.live(task)
    except Exception as wrong:
        error = wrong
    return Replay(scenario, future, kept, arrays, error, changed)


def _number(tasks: Tasks, name: str, path: Path) -> int:
    if name not in tasks.names:
        raise StudyError(
            f"{path}: has no scenario {name!r}; it has {', '.join(tasks.names)}.{did_you_mean(name, tasks.names)}"
        )
    return tasks.names.index(name)
