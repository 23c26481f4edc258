"""Comparing: futures are shared, workers do not matter, and what fails is named. The runs here are made up."""

import gc
import threading
import time
import weakref

import pytest

from copro_sim.comparison.compare import RunsFailed, compare
from copro_sim.comparison.tasks import SettledOnce, Tasks, seed_of_future
from copro_sim.engines import simulate
from copro_sim.results.store import Study, StudyError
from copro_sim.scenario.stances import USUAL
from tests.results.fakes import a_scenario, fake_results


@pytest.fixture
def runs(monkeypatch):
    """Replace the engine by one that returns what depends on the seed only, and notes what it was asked."""
    asked, lock = [], threading.Lock()

    def run(scenario, *, seed, engine, workers, progress, settled, population=None):
        assert settled == ("settled", simulate.settles_alike(scenario), seed)
        with lock:
            asked.append((scenario, seed, engine))
        if scenario.title == "Fails":
            raise ArithmeticError("no such luck")
        return fake_results(seed % 1000, scenario=scenario)

    def settle(scenario, *, seed, population=None):
        return "settled", simulate.settles_alike(scenario), seed

    monkeypatch.setattr(simulate, "run", run)
    monkeypatch.setattr(simulate, "settle", settle)
    return asked


def two():
    return [a_scenario(), a_scenario(title="Richer", **{"funding.reserved_pounds_per_head": 3.0})]


def test_scenarios_share_the_seed_and_the_unknowns_of_each_future(runs):
    compare(two(), futures=4, seed=5, workers=1)
    by_seed = {}
    for scenario, seed, _ in runs:
        by_seed.setdefault(seed, []).append(scenario)
    assert set(by_seed) == {seed_of_future(5, future) for future in range(4)}
    for pair in by_seed.values():
        assert len({scenario.health for scenario in pair}) == 1
        assert len({scenario.title for scenario in pair}) == 2
    assert len({scenario.health for scenario, _, _ in runs}) == 2


def test_workers_do_not_matter(runs):
    one, three = (compare(two(), futures=3, seed=7, workers=workers) for workers in (1, 3))
    assert one.data.identical(three.data)
    assert one.futures == 3
    assert one.names == ("some", "some (2)")
    assert one.data["run_seed"].values.tolist() == [seed_of_future(7, future) for future in range(3)]


def test_the_same_scenario_twice_differs_in_nothing(runs):
    comparison = compare([a_scenario(), a_scenario()], futures=2, workers=1)
    assert set(comparison.table()["verdict"]) == {"no difference in any of 2 futures"}


def test_progress_counts_every_run(runs):
    seen = []
    compare(two(), futures=2, workers=2, progress=lambda done, total: seen.append((done, total)))
    assert sorted(seen) == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_years_are_passed_on(runs):
    compare([a_scenario(**{"run.years": 5})], futures=1, years=1, workers=1)
    assert runs[0][0].run.years == 1


def test_failed_runs_stop_no_other_and_are_named_with_what_replays_them(runs):
    with pytest.raises(RunsFailed) as refused:
        compare([a_scenario(title="Fails"), a_scenario()], futures=2, workers=1)
    lines = str(refused.value).splitlines()
    for future in range(2):
        assert lines[future] == (
            f"some, future {future} of 2: ArithmeticError: no such luck. Run it again with run(vary(load_scenario('some'), "
            f"seed=1, draw=0, draws=1, stance='evidence-only'), seed={seed_of_future(1, future)}, engine='kernels')"
        )
    assert lines[2:] == ["2 of 4 runs failed."]
    assert len(runs) == 4


def test_to_resume_nothing_is_refused(runs):
    with pytest.raises(ValueError, match="resume=True needs study=FILE"):
        compare(two(), futures=2, resume=True)
    assert not runs


def test_an_unknown_engine_is_refused_before_anything_runs(runs):
    with pytest.raises(ValueError, match='engine = "abacus"   must be kernels or agents'):
        compare(two(), futures=2, engine="abacus")
    assert not runs


@pytest.mark.parametrize(
    ("scenarios", "futures", "message"),
    [
        ([], 1, "at least one scenario"),
        ([a_scenario()], 0, "must be a whole number from 1 to 10,000"),
        ([a_scenario(), a_scenario(**{"run.years": 2})], 1, r"run\.years +differs"),
        ([a_scenario(), a_scenario(**{"population.citizens": 900})], 1, r"population\.citizens +differs"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_anything_runs(runs, scenarios, futures, message):
    with pytest.raises(ValueError, match=message):
        compare(scenarios, futures=futures)
    assert not runs


def test_scenarios_that_settle_alike_settle_once_for_each_future(runs, monkeypatch):
    settled, settle = [], simulate.settle

    def counted(scenario, *, seed, population=None):
        settled.append(seed)
        time.sleep(0.2)  # long enough for who goes side by side to ask for the same
        return settle(scenario, seed=seed)

    monkeypatch.setattr(simulate, "settle", counted)
    other_money = a_scenario(**{"funding.reserved_pounds_per_head": 3.0})
    compare([a_scenario(), a_scenario(title="Other words"), other_money, a_scenario()], futures=5, workers=3)
    assert sorted(settled) == sorted(2 * list(set(settled)))
    assert len(set(settled)) == 5


def test_what_scenarios_settled_to_is_kept_until_the_last_has_taken_it(monkeypatch):
    class Big:
        """What memory would run out of."""

    monkeypatch.setattr(simulate, "settle", lambda *given, **how: Big())
    scenarios = a_scenario(), a_scenario(**{"funding.reserved_pounds_per_head": 3.0}), a_scenario()
    tasks = Tasks(scenarios, 1, 1, "kernels", USUAL)
    once, held = SettledOnce(tasks, tasks.in_order(1)), []
    for task in tasks.in_order(1):
        held.append(weakref.ref(once.of(tasks.scenario_of(task), task, tasks.seed_of(task))))
        gc.collect()
        assert [big() is not None for big in held] == [[True], [True, False], [False, False, False]][task.scenario]


def fails_until(mended, monkeypatch):
    """Make every run of the scenario called Fragile fail unless `mended` holds something."""
    run = simulate.run

    def fragile(scenario, **how):
        if scenario.title == "Fragile" and not mended:
            raise MemoryError("too much")
        return run(scenario, **how)

    monkeypatch.setattr(simulate, "run", fragile)


def test_a_study_goes_on_with_missing_and_failed_runs_only_and_comes_to_the_same(runs, tmp_path, monkeypatch):
    mended, given = [], [a_scenario(), a_scenario(title="Fragile")]
    whole = compare(given, futures=3, workers=1).content_hash()
    fails_until(mended, monkeypatch)
    study = tmp_path / "a study" / "study.sqlite"
    with pytest.raises(RunsFailed) as refused:
        compare(given, futures=3, workers=1, study=study)
    lines = str(refused.value).splitlines()
    assert lines[0] == (
        f"some (2), future 0 of 3: MemoryError: too much. Run it again with copro-sim replay '{study}' 'some (2)' 0"
    )
    assert lines[3:] == [f"3 of 6 runs failed; {study} keeps the other 3."]
    with Study.open(study) as kept:
        row = kept.run(1, 2)
    assert (row.arrays, row.error) == (None, "MemoryError: too much")
    assert (row.seed, row.draw) == (seed_of_future(1, 2), 1)
    assert row.replay == f"copro-sim replay '{study}' 'some (2)' 2"
    with pytest.raises(StudyError, match=r"unfinished study \(3 of 6 runs\)"):
        compare(given, futures=3, workers=1, study=study)
    mended.append("memory")
    runs.clear()
    seen = []
    again = compare(
        given, futures=3, workers=1, study=study, resume=True, progress=lambda done, total: seen.append((done, total))
    )
    assert [scenario.title for scenario, _, _ in runs] == ["Fragile"] * 3
    assert seen == [(3, 6), (4, 6), (5, 6), (6, 6)]
    assert again.content_hash() == whole


def test_a_finished_study_is_read_when_resumed_and_run_again_when_not(runs, tmp_path):
    first = compare(two(), futures=2, workers=1, study=tmp_path / "study.sqlite")
    runs.clear()
    assert compare(two(), futures=2, workers=1, study=tmp_path / "study.sqlite", resume=True).data.identical(first.data)
    assert not runs
    assert compare(two(), futures=2, workers=1, study=tmp_path / "study.sqlite").data.identical(first.data)
    assert len(runs) == 4
    with pytest.raises(StudyError, match=r"another plan: seed is 1 in the study and 2 here\."):
        compare(two(), futures=2, seed=2, workers=1, study=tmp_path / "study.sqlite", resume=True)


def test_when_interrupted_nothing_that_has_finished_is_lost(runs, tmp_path):
    def interrupt(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(two(), futures=4, workers=2, study=tmp_path / "study.sqlite", progress=interrupt)
    with Study.open(tmp_path) as study:
        assert len(list(study.runs())) == 3
    again = compare(two(), futures=4, workers=2, study=tmp_path / "study.sqlite", resume=True)
    assert again.content_hash() == compare(two(), futures=4, workers=2).content_hash()
