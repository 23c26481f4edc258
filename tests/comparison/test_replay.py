"""Replaying one run of a study: the same comes of it, or it is said what does not."""

import pytest

from copro_sim import __version__
from copro_sim.comparison.compare import RunsFailed, compare
from copro_sim.comparison.replay import replay
from copro_sim.engines import simulate
from copro_sim.results import plan, store
from copro_sim.results.rows import Run
from copro_sim.results.store import Study, StudyError
from tests.results.fakes import a_scenario, fake_results


@pytest.fixture
def luck(monkeypatch):
    """Replace the engine by one that depends on the seed and on `luck`, of which there must be some."""
    luck = [0]

    def run(scenario, *, seed, engine, workers, progress, settled, population=None):
        if scenario.title == "Fails" and luck[0] == 0:
            raise ArithmeticError("no such\nluck")
        return fake_results(seed % 1000 + luck[0], scenario=scenario)

    monkeypatch.setattr(simulate, "run", run)
    monkeypatch.setattr(simulate, "settle", lambda scenario, *, seed, population=None: None)
    return luck


@pytest.fixture
def study(luck, tmp_path):
    """Return a study of which the second scenario failed."""
    with pytest.raises(RunsFailed):
        compare([a_scenario(), a_scenario(title="Fails")], futures=2, workers=1, study=tmp_path / "study.sqlite")
    return tmp_path / "study.sqlite"


def test_the_same_comes_of_a_run(study):
    for where in (study, study.parent):
        replayed = replay(where, "some", 1)
        assert replayed.well
        assert str(replayed) == "some, future 1: the same comes of it as the study keeps."


def test_what_differs_is_named(study, luck, monkeypatch):
    luck[0] = 1
    monkeypatch.setattr(plan, "versions", dict)
    replayed = replay(study, "some", 1)
    assert not replayed.well
    assert str(replayed).startswith("some, future 1: differs from what the study keeps, in month, place, given_by_sex_age")
    assert f'. Otherwise than then: versions.copro_sim is "{__version__}" in the study and absent here;' in str(replayed)


def test_a_run_that_failed_shows_what_goes_wrong_or_that_nothing_does_now(study, luck):
    replayed = replay(study, "some (2)", 0)
    assert not replayed.well
    assert isinstance(replayed.error, ArithmeticError)
    assert str(replayed) == "some (2), future 0: fails with ArithmeticError: no such luck."
    luck[0] = 1
    replayed = replay(study, "some (2)", 0)
    assert replayed.well
    assert str(replayed) == (
        "some (2), future 0: failed before (ArithmeticError: no such luck) and runs to its end now; "
        "compare it again with --resume."
    )


def test_a_run_that_is_missing_is_run(luck, tmp_path):
    planned = plan.plan_of((a_scenario(),), futures=1, seed=1, engine="kernels", stance="sceptic")
    with Study.begin(tmp_path / store.STUDY, planned):
        pass
    replayed = replay(tmp_path, "some", 0)
    assert replayed.well
    assert str(replayed) == "some, future 0: is not in the study yet; it runs to its end."


def test_what_the_study_has_not_is_refused(study):
    with pytest.raises(StudyError, match=r"has no scenario 'som'; it has some, some \(2\)\. Did you mean some\?"):
        replay(study, "som", 0)
    with pytest.raises(StudyError, match="has no future 2; futures are from 0 to 1"):
        replay(study, "some", 2)
    with pytest.raises(StudyError, match="there is no study"):
        replay(study.parent / "elsewhere", "some", 0)


def test_to_replay_changes_nothing(study):
    before = study.read_bytes()
    replay(study, "some (2)", 1)
    assert study.read_bytes() == before
    with Study.open(study) as kept:
        assert isinstance(kept.run(1, 1), Run)
