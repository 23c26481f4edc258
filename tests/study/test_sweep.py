"""Sweeps: every run kept, resumed to the same content, and given back with named dimensions."""

import runpy
import signal
import subprocess
import sys

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
    assert repr(swept) == f"<Swept {GROWTH}, {ACCEPTED} in one-village, points 4; .data, .outcome()>"


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


def test_its_methods_name_design_and_factors(swept):
    from copro_sim import methods

    assert f"was lived at 4 points of a design (grid, seed 1) over {GROWTH}, {ACCEPTED}, with 2 runs at each" in methods(swept)


def test_what_cannot_be_asked_is_refused(swept):
    with pytest.raises(ValueError, match="was not kept"):
        swept.outcome("lonely")
    with pytest.raises(ValueError, match="needs two scenarios"):
        swept.outcome("wellbeing", difference=True)
    with pytest.raises(ValueError, match="resume=True needs study"):
        sweep(ASKED, resume=True)


LONG = """
import sys, time
from copro_sim.study.sweep import sweep

def live(points, citizens, rest, study, resume):
    def said(done, total):
        print(done, flush=True)
        if done == rest:
            time.sleep(600)

    factors = {"capacity.invitation_accepted": {"low": 0.0, "high": 0.5}}
    asked = {"scenarios": ["one-village"], "design": "latin-hypercube", "points": points, "years": 1, "citizens": citizens,
             "indicators": ["unmet_share", "wellbeing"], "factors": factors}
    sweep(asked, workers=2, study=study, resume=resume, progress=said)

if __name__ == "__main__":
    points, citizens, rest, study, resume = sys.argv[1:]
    live(int(points), int(citizens), int(rest), study, resume == "True")
"""


@pytest.mark.parametrize(
    ("points", "citizens", "stops"),
    [(24, 60, (3, 9)), pytest.param(1000, 400, (150, 500), marks=pytest.mark.full)], ids=["few", "a thousand"],
)  # fmt: skip
def test_a_sweep_interrupted_and_then_killed_equals_the_undisturbed_one(tmp_path, points, citizens, stops):
    script, study, whole = tmp_path / "long.py", tmp_path / "study.sqlite", tmp_path / "whole.sqlite"
    script.write_text(LONG)
    here = runpy.run_path(str(script))
    kept = [0]
    for enough, resume, how in zip(stops, (False, True), (signal.SIGINT, signal.SIGKILL), strict=True):
        rest = enough if points < 100 else 0  # a small one waits to be stopped: it would have ended
        child = subprocess.Popen(
            [sys.executable, script, *map(str, (points, citizens, rest, study, resume))], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        with child:
            assert any(int(line) >= enough for line in child.stdout), "it ended before it could be stopped"
            child.send_signal(how)
            child.stdout.read()
        kept.append(len(_content(study)))
        assert max(enough, kept[-2] + 1) <= kept[-1] < points
    for file, resume in ((study, True), (whole, False)):
        here["live"](points, citizens, 0, file, resume)
    assert _content(study) == _content(whole)
    assert len(_content(whole)) == points


def _content(study):
    with Study.open(study) as store:
        return {(run.scenario, run.future): run.arrays["means"].tobytes() for run in store.runs()}
