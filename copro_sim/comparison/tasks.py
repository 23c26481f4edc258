"""The runs of a comparison, each a task of its own: what a task is, how it is lived, and what executes many of them."""

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, NamedTuple, Self

import numpy as np

from copro_sim.comparison.comparison import distinct
from copro_sim.comparison.essence import essence
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.core.draws import Stream, compiled_words
from copro_sim.results.plan import Plan, plan_of
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.stances import USUAL

Array = np.ndarray[Any, Any]
_RUN_SEED = 2
"""What a draw of the stream of futures is for: a run's seed (`scenario/futures.py` has 0 and 1)."""


class Task(NamedTuple):
    """One run: which scenario, and which future, both from 0."""

    scenario: int
    future: int


Outcome = dict[str, Array] | BaseException
"""What comes of a task: the essence of its run, or what went wrong."""

Progress = Callable[[int, int], None]

def seed_of_future(seed: int, future: int) -> int:
    """Return the seed with which every scenario lives through one future, 0 to 2**63 - 1."""
    high, low, _, _ = compiled_words(seed, int(Stream.FUTURES), future, 0, _RUN_SEED)
    return int((high << 31) | (low >> 1))


@dataclass(frozen=True)
class Tasks:
    """All runs of a comparison.

    Parameters
    ----------
    scenarios
        As given, before anything is varied from future to future.
    futures
        How many; future f is draw f // 2 of what nobody knows, and a seed of its own.
    seed
        Key of all chance.
    engine
        What lives a run.
    stance
        How strengths without evidence are drawn (`scenario/stances.py`).
    population
        Somebody's own (`interchange.population`) with whom every run begins; the model's unless given.
    """

    scenarios: tuple[Scenario, ...]
    futures: int
    seed: int
    engine: str
    stance: str = USUAL
    population: Any = None

    @classmethod
    def of(cls, plan: Plan, population: Any = None) -> Self:
        """Return the runs of a plan that a study holds, lived by a population if the plan is of one."""
        scenarios = tuple(Scenario.of(raw) for raw in plan["scenarios"])
        return cls(scenarios, plan["futures"], plan["seed"], plan["engine"], plan["stance"], population)

    @property
    def plan(self) -> Plan:
        """What a study holds to know these runs again."""
        own = {} if self.population is None else {"population": self.population.content_hash}
        return plan_of(
            self.scenarios, futures=self.futures, seed=self.seed, engine=self.engine, stance=self.stance, **own
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, all different."""
        return distinct([scenario.name or "scenario" for scenario in self.scenarios])

    def in_order(self, at_a_time: int) -> list[Task]:
        """Return every task: so many futures side by side, scenario after scenario, so that `SettledOnce` is of use."""
        groups = [range(first, min(self.futures, first + at_a_time)) for first in range(0, self.futures, at_a_time)]
        return [Task(k, future) for group in groups for k in range(len(self.scenarios)) for future in group]

    @property
    def draws(self) -> int:
        """Number of draws of what nobody knows."""
        return -(-self.futures // SEEDS_PER_DRAW)

    def draw(self, task: Task) -> int:
        """Return the number of the draw of what nobody knows."""
        return task.future // SEEDS_PER_DRAW

    def seed_of(self, task: Task) -> int:
        """Return the seed of the run."""
        return seed_of_future(self.seed, task.future)

    def scenario_of(self, task: Task) -> Scenario:
        """Return the scenario of the run: as given, but for what nobody knows."""
        from copro_sim.scenario.futures import vary

        given = self.scenarios[task.scenario]
        return vary(given, seed=self.seed, draw=self.draw(task), draws=self.draws, stance=self.stance)

    def live(
        self, task: Task, progress: Progress | None = None, settled: "SettledOnce | None" = None, threads: int = 1
    ) -> dict[str, Array]:
        """Run one task and return its essence; `progress` is called after each year."""
        from copro_sim.engines.simulate import run

        scenario, seed = self.scenario_of(task), self.seed_of(task)
        shared = None if settled is None else settled.of(scenario, task, seed)
        how: dict[str, Any] = {"engine": self.engine, "workers": threads, "progress": progress, "settled": shared}
        return essence(run(scenario, seed=seed, population=self.population, **how))

    def in_python(self, task: Task) -> str:
        """Return the call that runs one task again."""
        own = "" if self.population is None else ", population=load_population(FOLDER)"
        return (
            f"run(vary(load_scenario({self.scenarios[task.scenario].name!r}), seed={self.seed}, draw={self.draw(task)}, "
            f"draws={self.draws}, stance={self.stance!r}), seed={self.seed_of(task)}, engine={self.engine!r}{own})"
        )


def in_threads[T: tuple[Any, ...]](
    tasks: Sequence[T], live: Callable[[T, Progress], dict[str, Array]], at_a_time: int
) -> Generator[tuple[T, Outcome], None, None]:
    """Execute tasks in threads of this process; yield each with its outcome as it ends, in any order.

    `live` executes one task, and calls back after each year that it has lived.

    What is still running when the iterator is closed stops after the year that it is in.
    """
    stop = Event()

    def until_stopped(done: int, total: int) -> None:
        if stop.is_set():
            raise InterruptedError("the comparison has stopped")

    pool = ThreadPoolExecutor(at_a_time)
    try:
        running = {pool.submit(live, task, until_stopped): task for task in tasks}
        for ended in as_completed(running):
            yield running[ended], ended.exception() or ended.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def said(error: BaseException | None) -> str:
    """Return what went wrong, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


class SettledOnce:
    """What scenarios of a future settled to, so that the next that settles alike need not settle again."""

    def __init__(self, tasks: Tasks, wanted: Iterable[Task]) -> None:
        """Begin with nothing settled; each of the tasks that are `wanted` takes what it settles to once."""
        self._tasks = tasks
        self._futures: dict[int, _Future] = {}
        for task in wanted:
            self._futures.setdefault(task.future, _Future()).tasks.append(task)

    def of(self, scenario: Scenario, task: Task, seed: int) -> Any:
        """Return what a task's scenario settles to; whoever comes meanwhile waits. It is kept until the last has taken it."""
        from copro_sim.engines.simulate import settle, settles_alike

        mine, alike = self._futures[task.future], settles_alike(scenario)
        with mine.lock:
            if mine.tasks:
                mine.wanted = [settles_alike(self._tasks.scenario_of(other)) for other in mine.tasks]
                mine.tasks.clear()
            mine.wanted.remove(alike)
            settled = next((settled for of, settled in mine.settled if of == alike), None)
            if settled is None:
                settled = settle(scenario, seed=seed, population=self._tasks.population)
                mine.settled.append((alike, settled))
            mine.settled = [one for one in mine.settled if one[0] in mine.wanted]
        return settled


class _Future:
    """Of one future: the tasks, then what each of them that has not come yet settles from; and what some settled to."""

    def __init__(self) -> None:
        self.lock, self.tasks = Lock(), list[Task]()
        self.wanted, self.settled = list[Any](), list[tuple[Any, Any]]()
