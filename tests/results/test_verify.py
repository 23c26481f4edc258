"""Verifying a folder: every damage is a line, and what is well is said too."""

import json

import pytest

from copro_sim.results.store import STUDY, Study
from copro_sim.results.verify import verify
from tests.results.fakes import fake_results
from tests.results.test_store import FAILED, PLAN, a_run


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a study and, below it, saved results."""
    with Study.begin(tmp_path / STUDY, PLAN) as study:
        study.keep(a_run())
        study.keep(FAILED)
    fake_results().save(tmp_path / "data")
    return tmp_path


def test_what_is_well_is_said(folder):
    assert verify(folder) == (
        [f"{folder / STUDY}: 2 of 4 runs, 1 of them failed", f"{folder / 'data' / 'provenance.json'}: 3 files"], []
    )  # fmt: skip


def test_every_damage_is_a_line(folder):
    content = bytearray((folder / STUDY).read_bytes())
    content[20] ^= 1
    (folder / STUDY).write_bytes(content)
    (folder / "data" / "months.csv").write_bytes(b"month")
    (folder / "data" / "groups.nc").unlink()
    well, damage = verify(folder)
    assert well == []
    assert [line.split(": ")[0] for line in damage] == [
        str(folder / STUDY), str(folder / "data" / "groups.nc"), str(folder / "data" / "months.csv"),
    ]  # fmt: skip
    assert all("\n" not in line for line in damage)


def test_provenance_that_was_changed_is_damage(folder):
    path = folder / "data" / "provenance.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    for changed in (whole | {"seed": 99}, whole | {"files": []}, {"files": {}}, [], 7):
        path.write_text(json.dumps(changed), encoding="utf-8")
        (line,) = verify(folder).damage
        assert line.startswith(f"{path}: ")


def test_a_study_that_is_being_written_is_said_to_be(folder):
    with Study.begin(folder / STUDY, PLAN, resume=True):
        assert verify(folder).damage == [f"{folder / STUDY}: is being written by another process; wait until it has ended"]


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_nothing_to_check_is_said(tmp_path, name):
    (line,) = verify(tmp_path / name).damage
    assert line == f"{tmp_path / name}: there is nothing to check, neither study.sqlite nor provenance.json"
