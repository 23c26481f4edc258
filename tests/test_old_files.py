"""Files of every version so far open, or are refused with a way forward; so are those of versions that are yet to come."""

import json
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from copro_sim.comparison.comparison import Comparison
from copro_sim.engines.snapshots import read_snapshot
from copro_sim.results import export
from copro_sim.results.canonical import content_hash
from copro_sim.results.store import STUDY, Study, StudyError
from copro_sim.results.verify import verify
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.problems import ScenarioError
from copro_sim.study.design import load_sweep
from tests.damage.written import PARTS, SCENARIOS, SEED
from tests.fixtures.make import HERE, every_setting

VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "scenario.toml").exists())
FORWARD = r"use (the one|that version|a version)|[Rr]un (it|what it is of)|compare again"
"""What a refusal must tell one to do."""


@pytest.fixture(scope="module", params=VERSIONS)
def old(request, tmp_path_factory):
    """Return the files that a version wrote."""
    folder = tmp_path_factory.mktemp("old")
    for part in PARTS:
        with tarfile.open(HERE / request.param / f"{part}.tar.xz") as packed:
            packed.extractall(folder, filter="data")
    for name in ("scenario.toml", "study.toml"):
        shutil.copy(HERE / request.param / name, folder)
    return folder


def test_there_are_files_of_a_version():
    assert VERSIONS
    assert all(path.stat().st_size < 200_000 for path in HERE.rglob("*.*"))


def test_scenarios_and_studies_load(old):
    """Before a release: if a setting was renamed, make the files again (tests/fixtures/make.py). After one: read the old name."""
    scenario = load_scenario(old / "scenario.toml")
    assert (scenario.name, scenario.events[0].set) == ("every", (("funding.basis", "restored"),))
    assert load_sweep(old / "study.toml").factors == {"funding.clawback": (0.0, 0.5)}


def test_every_setting_of_today_stands_in_the_newest_file(tmp_path):
    assert (HERE / VERSIONS[-1] / "scenario.toml").read_text(encoding="utf-8") == every_setting(), "see tests/fixtures/make.py"


def test_all_verify(old):
    assert verify(old).damage == []
    assert len(verify(old).well) == 7


@pytest.mark.parametrize("part", ["comparison", "sweep", "calibration"])
def test_studies_open(old, part):
    with Study.open(old / part) as study:
        runs = list(study.runs())
    assert len(runs) == study.size > 0
    assert all(run.arrays for run in runs)


def test_comparisons_load_or_say_what_does(old):
    try:
        assert Comparison.load(old / "comparison" / "data").names == ("some", "other")
    except ValueError as error:
        pytest.xfail(str(error)) if "did not keep" in str(error) else pytest.fail(str(error))


def test_data_load(old):
    assert dict(export.load_dataset(old / "results" / "months.nc").sizes) == {"month": 12, "authority": 2}
    assert "point" in export.load_dataset(old / "sweep" / "sweep.nc").sizes


def test_snapshots_go_on_or_say_what_differs(old):
    try:
        found = read_snapshot(old / "snapshots", SCENARIOS[0], seed=SEED)
        assert found is not None
        assert found.state.month == 12
    except ScenarioError as error:
        said = str(error)
        assert "is of another run: " in said
        assert "Run what it is of, or give an empty folder" in said


@pytest.mark.parametrize("form", [0, 2, 99, -1, None, "1", 1.5, True])
def test_provenance_of_another_form_is_refused_with_a_way_forward(old, tmp_path, form):
    shutil.copytree(old / "results", tmp_path / "results")
    path = tmp_path / "results" / export.PROVENANCE
    about = json.loads(path.read_text(encoding="utf-8")) | {"form": form}
    del about["sha256"]
    path.write_text(json.dumps(about | {"sha256": content_hash(about, {})}), encoding="utf-8")
    with pytest.raises(ValueError, match=FORWARD):
        export.load_dataset(tmp_path / "results" / "months.nc")
    assert any("form" in line for line in verify(tmp_path).damage)


@pytest.mark.parametrize("form", [0, 2, 99])
def test_studies_of_another_form_are_refused_with_a_way_forward(old, tmp_path, form):
    path = Path(shutil.copy(old / "comparison" / STUDY, tmp_path))
    study = sqlite3.connect(path)
    study.execute(f"PRAGMA user_version = {form}")
    study.close()
    with pytest.raises(StudyError, match=FORWARD):
        Study.open(path)


@pytest.mark.parametrize("form", ["0", "2", "99", '"1"', "true", "1.0", "[]"])
@pytest.mark.parametrize(("name", "load"), [("scenario.toml", load_scenario), ("study.toml", load_sweep)])
def test_scenarios_and_studies_of_another_form_are_refused_with_a_way_forward(old, tmp_path, name, load, form):
    path = tmp_path / name
    path.write_text((old / name).read_text(encoding="utf-8").replace("form = 1", f"form = {form}"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf"{name}:1: form = .*{FORWARD}"):
        load(path)


def test_a_comparison_that_kept_other_indicators_is_refused_with_a_way_forward(old, tmp_path):
    data = export.load_dataset(old / "comparison" / "data" / "comparison.nc").drop_vars("unmet_share")
    about = export.load_provenance(old / "comparison" / "data")
    export.save(tmp_path, {"comparison.nc": lambda path: export.write_dataset(data, path)}, about)
    with pytest.raises(ValueError, match=FORWARD):
        Comparison.load(tmp_path)


def test_a_comparison_that_named_groups_otherwise_is_refused_with_a_way_forward(old, tmp_path):
    data = export.load_dataset(old / "comparison" / "data" / "comparison.nc")
    names = [str(name).replace("second least deprived", "fourth") for name in data["group"].values]
    about = export.load_provenance(old / "comparison" / "data")
    export.save(tmp_path, {"comparison.nc": lambda path: export.write_dataset(data.assign_coords(group=names), path)}, about)
    with pytest.raises(ValueError, match=rf"did not keep second least deprived fifth.*{FORWARD}"):
        Comparison.load(tmp_path)
