"""Tasks: every run once, futures shared, and an executor that yields each as it ends and stops when told."""

import threading
from contextlib import closing

import pytest

from copro_sim.comparison.tasks import Task, Tasks, in_threads, seed_of_future
from copro_sim.results.plan import plan_of
from tests.results.fakes import a_scenario

TASKS = Tasks((a_scenario(), a_scenario(title="Other")), futures=5, seed=3, engine="kernels")


def test_every_run_is_there_once_with_futures_side_by_side():
    assert TASKS.in_order(2) == [
        (0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (0, 3), (1, 2), (1, 3), (0, 4), (1, 4),
    ]  # fmt: skip
    assert sorted(TASKS.in_order(64)) == sorted(TASKS.in_order(1))


def test_two_futures_share_a_draw_and_none_a_seed():
    assert [TASKS.draw(Task(1, future)) for future in range(5)] == [0, 0, 1, 1, 2]
    assert TASKS.draws == 3
    assert TASKS.seed_of(Task(0, 4)) == TASKS.seed_of(Task(1, 4)) == seed_of_future(3, 4)


def test_they_can_be_made_again_from_a_plan():
    assert Tasks.of(plan_of(TASKS.scenarios, futures=5, seed=3, engine="kernels", stance="evidence-only")) == TASKS
    assert TASKS.names == ("some", "some (2)")


def test_seeds_of_futures_differ_and_fit():
    seeds = [seed_of_future(1, future) for future in range(1000)]
    assert len(set(seeds)) == 1000
    assert all(0 <= seed < 2**63 for seed in seeds)


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_threads_yield_every_task_with_what_came_of_it(at_a_time):
    def live(task, progress):
        if task.future == 2:
            raise ArithmeticError("no such luck")
        return {"future": task.future}

    found = dict(in_threads(TASKS.in_order(2), live, at_a_time))
    assert len(found) == 10
    for task, outcome in found.items():
        if task.future == 2:
            assert isinstance(outcome, ArithmeticError)
        else:
            assert outcome == {"future": task.future}


def test_when_closed_what_runs_stops_at_its_next_year_and_nothing_else_begins():
    begun, stopped, closing_now = [], [], threading.Event()

    def live(task, progress):
        begun.append(task)
        if task.future == 1:
            closing_now.wait(60)
            try:
                while True:
                    progress(1, 2)
            except InterruptedError:
                stopped.append(task)
                raise
        return {}

    with closing(in_threads([Task(0, future) for future in range(5)], live, 1)) as ended:
        assert next(ended) == (Task(0, 0), {})
        closing_now.set()
    assert set(begun) <= {Task(0, 0), Task(0, 1)}
    assert stopped == begun[1:]
