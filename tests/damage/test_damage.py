"""Whatever is cut, flipped, overwritten, swapped or lost of what was written: `verify` says so, and nothing reads it."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli
from copro_sim.comparison.comparison import Comparison
from copro_sim.engines.snapshots import read_snapshot
from copro_sim.results import export
from copro_sim.results.canonical import content_hash
from copro_sim.results.store import STUDY, Study, StudyError
from copro_sim.results.verify import verify
from copro_sim.scenario.problems import ScenarioError
from copro_sim.study.sweep import sweep
from tests.damage.cases import EVERY, FILES, STUDIES
from tests.damage.written import PARTS, SCENARIOS, SEED, SWEEP, nothing_lives, write

REFUSED = (ValueError, StudyError, ScenarioError)
FOR_READERS_ONLY = (".png", ".svg", ".html")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a folder with everything, undamaged."""
    return write(tmp_path_factory.mktemp("whole"))


def runs(path):
    """Return the plan and the content of every run of a study."""
    with Study.open(path) as study:
        return study.plan, [(*run._replace(arrays=None), content_hash("", run.arrays or {})) for run in study.runs()]


def snapshot(folder):
    """Return a snapshot, which there must be."""
    found = read_snapshot(folder / "snapshots", SCENARIOS[0], seed=SEED)
    if found is None:
        raise ValueError("there is no snapshot")
    return found


def read(folder, file):
    """Read a file of `folder` in the way in which it is read when it is used."""
    path = folder / file
    if file in STUDIES:
        return runs(path)
    if file.startswith("snapshots"):
        return snapshot(folder)
    if file.startswith("comparison") and path.suffix != ".csv":
        return Comparison.load(path.parent)
    if path.name == export.PROVENANCE:
        return [export.check(other) for other in path.parent.iterdir() if other != path and other.name != STUDY]
    return export.load_dataset(path) if path.suffix == ".nc" else export.check(path)


def test_the_files_are_all_that_is_written_and_read_back(whole):
    found = {path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()}
    assert {name for name in found if not name.endswith(FOR_READERS_ONLY)} == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_what_is_not_damaged_is_read_and_verified(whole, file):
    read(whole, file)
    assert verify(whole).damage == []


@pytest.mark.parametrize("damage", EVERY, ids=str)
def test_no_damage_is_silent(whole, tmp_path, damage):
    part = damage.file.split("/")[0]
    for name in PARTS if damage.kind == "swapped" else [part]:
        shutil.copytree(whole / name, tmp_path / name, copy_function=os.link)
    damage.do(tmp_path)
    said = verify(tmp_path / part).damage
    assert all("\n" not in line for line in said)
    if damage.file in STUDIES and damage.kind == "flipped" and not said:
        assert runs(tmp_path / damage.file) == runs(whole / damage.file)  # the bit held nothing
        return
    if damage.file in STUDIES and damage.kind == "swapped":
        assert not said  # another study that is whole: whoever goes on with it is refused by its plan
        with nothing_lives(), pytest.raises(StudyError, match="has another plan"):
            sweep(SWEEP | {"seed": 9}, study=tmp_path / damage.file, resume=True)
        return
    with pytest.raises(REFUSED) as refused:
        read(tmp_path, damage.file)
    assert "\n" not in str(refused.value).removesuffix("\n1 problem; nothing was run.")
    if damage.file not in STUDIES or damage.kind != "lost":  # what is not there at all is missed by those who need it
        assert any(Path(damage.file).name in line or "provenance.json" in line for line in said), said


def test_the_command_says_it_and_ends_with_2(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "all")
    for damage in EVERY[::17]:
        damage.do(tmp_path / "all")
    result = CliRunner().invoke(cli, ["verify", str(tmp_path / "all")])
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) >= len(PARTS)
