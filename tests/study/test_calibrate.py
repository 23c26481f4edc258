"""Calibration on a past whose answer is known: draws move to where it fits, to the bit, whatever stops it."""

import numpy as np
import pytest

from copro_sim.comparison.compare import RunsFailed
from copro_sim.results.store import StudyError
from copro_sim.scenario.futures import fitted_settings, varied_settings
from copro_sim.study import calibrate as module
from copro_sim.study.calibrate import FITTED, calibrate
from copro_sim.study.fit import Calibration
from copro_sim.study.targets import targets

PLAN = Calibration(draws=40, seeds=2, rounds=6, citizens=9_000)
RANGES = np.array([varied_settings()[key][1].likely for key in FITTED])
TRUTH = 0.3 + 0.4 * np.random.default_rng(1).random(len(FITTED))
SLOPES = np.random.default_rng(2).normal(0, 6, (len(targets()), len(FITTED)))


def known(scenario, *, seed):
    """Return what each target would be were the past a line: hit by all at `TRUTH`; other settings and luck move it a little."""
    x = (np.array([scenario.get(key) for key in FITTED]) - RANGES[:, 0]) / (RANGES[:, 1] - RANGES[:, 0])
    luck = 0.1 * np.random.default_rng(seed % 2**32).normal(size=len(targets()))
    nuisance = 0.5 * (scenario.strain.pace - 0.1) / 0.1
    miss = SLOPES @ (x - TRUTH) / len(FITTED) ** 0.5 + luck + nuisance
    return np.array([target.value + target.tolerance * far for target, far in zip(targets(), miss, strict=True)])


@pytest.fixture
def past(monkeypatch):
    monkeypatch.setattr(module, "measured", known)


@pytest.fixture
def fit(past, tmp_path):
    return calibrate(PLAN, workers=2, study=tmp_path / "study.sqlite")


def test_draws_move_to_where_they_fit(fit):
    before, after = fit.hits(fit.first).mean(), fit.hits(fit.last).mean()
    assert before < 0.5
    assert after > 0.8
    assert len(fit.kept) > PLAN.draws / 2


def test_draws_stay_within_likely_ranges_and_differ(fit):
    assert list(fit.settings[0]) == list(fitted_settings())
    for key, (kind, record) in fitted_settings().items():
        values = [settings[key] for settings in fit.settings]
        low, high = record.likely
        assert all(type(value) is kind and low * (1 - 1e-5) <= value <= high * (1 + 1e-5) for value in values), key
        if kind is float:
            assert len(set(values)) > 1, key


def test_the_same_comes_of_it_whatever_the_workers(fit, past, tmp_path):
    again = calibrate(PLAN, workers=1, study=tmp_path / "other.sqlite")
    assert again.settings == fit.settings
    assert np.array_equal(again.last, fit.last)


def test_a_calibration_that_was_stopped_goes_on_to_the_same(fit, monkeypatch, tmp_path):
    lived = []

    def counted(scenario, *, seed):
        lived.append(seed)
        return known(scenario, seed=seed)

    def stop(done, total):
        if done == 200:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "measured", counted)
    study = tmp_path / "stopped.sqlite"
    with pytest.raises(KeyboardInterrupt):
        calibrate(PLAN, workers=1, study=study, progress=stop)
    with pytest.raises(StudyError, match="holds an unfinished study"):
        calibrate(PLAN, workers=1, study=study)
    resumed = calibrate(PLAN, workers=1, study=study, resume=True)
    assert resumed.settings == fit.settings
    assert np.array_equal(resumed.last, fit.last)
    assert len(lived) < 1.1 * PLAN.draws * PLAN.seeds * (PLAN.rounds + 1)
    with pytest.raises(StudyError, match="has another plan"):
        calibrate(PLAN._replace(citizens=10_000), workers=1, study=study, resume=True)


def test_runs_that_fail_are_named_and_run_again(past, monkeypatch, tmp_path):
    def fails(scenario, *, seed):
        raise ArithmeticError("no such past")

    monkeypatch.setattr(module, "measured", fails)
    small = PLAN._replace(draws=2, seeds=1)
    with pytest.raises(RunsFailed, match=r"round 0, draw 0, seed 0: ArithmeticError: no such past\n.*\n2 of 2 runs"):
        calibrate(small, workers=1, study=tmp_path / "study.sqlite")
    monkeypatch.setattr(module, "measured", known)
    assert len(calibrate(small, workers=1, study=tmp_path / "study.sqlite", resume=True).settings) == 2


def test_progress_counts_all_runs(past, tmp_path):
    said = []
    small = PLAN._replace(draws=3, seeds=2, rounds=1)
    calibrate(small, workers=1, study=tmp_path / "study.sqlite", progress=lambda done, total: said.append((done, total)))
    assert said == [(done, 12) for done in range(1, 13)]


def test_what_is_not_defined_in_a_run_moves_nothing_and_stops_nothing(monkeypatch, tmp_path):
    """Of direct payments' share there is none where a council has no clients."""

    def without(scenario, *, seed):
        found = known(scenario, seed=seed)
        found[[target.name for target in targets()].index("direct_payments")] = np.nan
        return found

    monkeypatch.setattr(module, "measured", without)
    fit = calibrate(PLAN._replace(draws=20, rounds=3), workers=2, study=tmp_path / "study.sqlite")
    assert fit.hits(fit.last).mean() > fit.hits(fit.first).mean()
    assert all(np.isfinite(settings[key]) for settings in fit.settings for key in FITTED)
