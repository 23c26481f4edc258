"""Sweeps: every run kept, resumed to the same content, and given back with named dimensions."""

import signal
import subprocess
import sys
import time

import pytest
import xarray

from copro_sim.comparison.compare import RunsFailed
from copro_sim.results.store import Study, StudyError
from copro_sim.study import sweep as module
from copro_sim.study.sweep import sweep

GROWTH, ACCEPTED = "funding.real_growth_percent_per_year", "capacity.invitation_accepted"
ASKED = {
    "scenarios": ["one-village"], "design": "grid", "years": 1, "citizens": 400, "seeds": 2,
    "factors": {GROWTH: [-2.0, 2.0], ACCEPTED: [0.0, 0.4]}, "indicators": ["unmet_share", "wellbeing", "invited"],
}  # fmt: skip


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return sweep(ASKED, workers=2, study=tmp_path_factory.mktemp("sweep") / "study.sqlite")


def test_what_comes_out_has_named_dimensions_and_factors(swept):
    assert dict(swept.data.sizes) == {"point": 4, "scenario": 1, "run": 2}
    assert swept.data[GROWTH].values.tolist() == [-2.0, -2.0, 2.0, 2.0]
    grid = swept.grid()
    assert set(grid["unmet_share"].dims) == {"scenario", "run", GROWTH, ACCEPTED}
    at = {GROWTH: 2.0, ACCEPTED: 0.4}
    assert (grid["unmet_share"].sel(at).values == swept.data["unmet_share"].isel(point=3).values).all()
    assert list(swept.frame().columns)[:3] == ["point", "scenario", "run"]


def test_a_point_is_what_a_run_of_its_scenario_gives(swept):
    from copro_sim import run

    scenario, seed = swept.sweep.at()[3][0], module.seed_of_future(1, 1)
    expected = float(run(scenario, seed=seed).national()["wellbeing"].mean())
    assert float(swept.data["wellbeing"].values[3, 0, 1]) == expected


def test_threads_do_not_matter_and_a_stopped_sweep_goes_on_to_the_same_content(swept, tmp_path, monkeypatch):
    study, lived = tmp_path / "study.sqlite", module._Runs.live
    broken = lambda runs, point, progress=None: 1 / 0 if point.point in (1, 2) else lived(runs, point, progress)  # noqa: E731
    monkeypatch.setattr(module._Runs, "live", broken)
    with pytest.raises(RunsFailed, match="4 of 8 runs failed") as failed:
        sweep(ASKED, workers=1, study=study)
    assert "point 1, one-village, run 0: ZeroDivisionError" in str(failed.value)
    monkeypatch.setattr(module._Runs, "live", lived)
    counted = []
    again = sweep(ASKED, workers=1, study=study, resume=True, progress=lambda done, total: counted.append(done))
    assert len(counted) == 4
    xarray.testing.assert_identical(again.data, swept.data)
    with pytest.raises(StudyError):
        sweep(ASKED | {"years": 2}, study=study, resume=True)


def test_it_is_saved_whole(swept, tmp_path):
    from copro_sim.results.export import load_dataset

    folder = swept.save(tmp_path / "out")
    xarray.testing.assert_identical(load_dataset(folder / "sweep.nc"), swept.data)
    assert (folder / "sweep.csv").read_text().startswith("point,scenario,run")


def test_what_cannot_be_asked_is_refused(swept):
    with pytest.raises(ValueError, match="was not kept"):
        swept.outcome("lonely")
    with pytest.raises(ValueError, match="needs two scenarios"):
        swept.outcome("wellbeing", difference=True)
    with pytest.raises(ValueError, match="resume=True needs study"):
        sweep(ASKED, resume=True)


LONG = """
import sys
from copro_sim.study.sweep import sweep
asked = {"scenarios": ["one-village"], "design": "latin-hypercube", "points": 1000, "years": 1, "citizens": 50,
         "indicators": ["unmet_share", "wellbeing"],
         "factors": {"capacity.invitation_accepted": {"low": 0.0, "high": 0.5}}}
if __name__ == "__main__":
    sweep(asked, workers=2, study=sys.argv[1], resume=len(sys.argv) > 2)
"""


@pytest.mark.full
def test_a_sweep_of_a_thousand_runs_interrupted_twice_equals_the_undisturbed_one(tmp_path):
    script, study, whole = tmp_path / "long.py", tmp_path / "study.sqlite", tmp_path / "whole.sqlite"
    script.write_text(LONG)
    kept = []
    for enough, resume in ((150, []), (500, ["resume"])):
        child = subprocess.Popen(
            [sys.executable, script, study, *resume], stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        while child.poll() is None and _kept(study) < enough:
            time.sleep(0.2)
        assert child.poll() is None, "it ended before it could be interrupted"
        child.send_signal(signal.SIGINT)
        child.wait(60)
        kept.append(_kept(study))
        assert enough <= kept[-1] < 1000
    assert kept[1] > kept[0]
    subprocess.run([sys.executable, script, study, "resume"], check=True)
    subprocess.run([sys.executable, script, whole], check=True)
    assert _content(study) == _content(whole)
    assert len(_content(whole)) == 1000


def _kept(study):
    import sqlite3

    if not study.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as read:
            return read.execute("SELECT count(*) FROM runs WHERE error IS NULL").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def _content(study):
    with Study.open(study) as store:
        return {(run.scenario, run.future): run.arrays["means"].tobytes() for run in store.runs()}
