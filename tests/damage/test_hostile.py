"""Files that somebody made to do harm: no code runs, nothing is written outside the folder given, and no machine hangs."""

import ast
import io
import json
import os
import pickle
import shutil
import sqlite3
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

import copro_sim
from copro_sim.comparison.comparison import Comparison
from copro_sim.engines import snapshots
from copro_sim.report.page import report
from copro_sim.results import export
from copro_sim.results.canonical import canonical_text, content_hash
from copro_sim.results.rows import Run
from copro_sim.results.store import STUDY, Study, StudyError
from copro_sim.results.verify import verify
from tests.comparison.fakes import fake_comparison
from tests.damage.written import write
from tests.results.test_store import PLAN, a_run

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}\x1b[31m\u202e'
NAMES = (
    "../outside.csv", "/etc/passwd", "../../x", "a/../../x", "figures/x", "..", ".", "", "provenance.json", "a/b", "\0", "~/x/y",
)  # fmt: skip


class Bomb:
    """Says so when somebody unpickles it."""

    def __reduce__(self):
        """Run code."""
        return os.mkdir, ("exploded",)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in an empty folder; nothing may explode there."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert not Path("exploded").exists()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write(tmp_path_factory.mktemp("written"))


def _npz():
    """Return an npz that holds a pickle."""
    packed = io.BytesIO()
    np.savez(packed, month=np.array([Bomb()], dtype=object))
    return packed.getvalue()


def _zip_bomb():
    """Return an npz of a few kilobytes that unpacks to a hundred megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("month.npy", "w") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": (13_000_000,)})
        for _ in range(100):
            file.write(bytes(2**20))
    return packed.getvalue()


BYTES = {
    "pickle": lambda: pickle.dumps(Bomb()), "npz-with-a-pickle": _npz, "zip-bomb": _zip_bomb,
    "npy-with-a-pickle": lambda: _npz()[40:], "script": lambda: b"<script>alert(1)</script>",
}  # fmt: skip


@pytest.mark.parametrize("what", BYTES)
def test_what_runs_code_when_it_is_unpacked_is_never_unpacked(written, here, what):
    content = BYTES[what]()
    assert len(content) < 300_000
    shutil.copytree(written, here / "all")
    for name, reader in (
        ("comparison/data/comparison.nc", lambda path: Comparison.load(path.parent)),
        ("comparison/study.sqlite", Study.open),
        ("results/provenance.json", lambda path: export.load_provenance(path.parent)),
        ("snapshots/april-2014/snapshot.nc", export.load_dataset),
    ):
        path = here / "all" / name
        path.write_bytes(content)
        with pytest.raises(ValueError, match=path.name):
            reader(path)
    assert len(verify(here / "all").damage) == 4


def test_nothing_in_the_program_unpickles_or_evaluates_what_it_reads():
    forbidden = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "yaml", "joblib"}
    calls = {"eval", "compile", "__import__", "load_module", "read_pickle"}
    root = Path(copro_sim.__file__).parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {alias.name.split(".")[0] for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()
            assert not names & forbidden, path
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in calls or (called == "compile" and ast.unparse(node.func) == "re.compile"), (path, called)
                assert called != "exec" or path.name == "month.py", path  # the program's own text, made from MONTH
                assert not any(word.arg == "allow_pickle" for word in node.keywords), path


@pytest.mark.parametrize("name", NAMES)
def test_provenance_that_lists_what_lies_elsewhere_is_refused(written, here, name):
    shutil.copytree(written / "results", here / "results")
    about = export.load_provenance(here / "results")
    about["files"][name] = "0" * 64
    (here / "results" / export.PROVENANCE).write_text(
        json.dumps(about | {"sha256": content_hash(about, {})}), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="damaged or changed"):
        export.load_provenance(here / "results")


@pytest.mark.parametrize("form", ["[" * 100_000, json.dumps({"a": 1}), json.dumps([["month", "O", [1]]]),
    json.dumps([["month", "<f8", [10**12]]]), json.dumps([["month", "<f8", [10**30]]]), json.dumps([["month", "<f8", [-1]]]),
    json.dumps([["month", "f8,O", [1]]]), json.dumps([["month", ["f8"], [1]]]), json.dumps([[1, 2, 3]]), "nan", ""])  # fmt: skip
def test_a_row_whose_arrays_cannot_be_is_refused(here, form):
    row = list(a_run().row("x"))
    row[4] = form
    _refused_row(here, row)


def test_a_few_bytes_that_unpack_to_gigabytes_are_refused_before_they_are_unpacked(here, monkeypatch):
    monkeypatch.setattr("copro_sim.results.rows._LARGEST", 10**6)
    row = list(a_run().row("x"))
    row[5] = zlib.compress(bytes(2_000_000), 9)
    _refused_row(here, row)


def _refused_row(folder, row):
    with Study.begin(folder / STUDY, PLAN):
        pass
    study = sqlite3.connect(folder / STUDY)
    study.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    study.commit()
    study.close()
    with Study.open(folder / STUDY) as opened, pytest.raises(StudyError, match="differs from its checksum"):
        list(opened.runs())
    assert len(verify(folder).damage) == 1


NO_PLANS = ("[" * 100_000, "[]", "7", "{}", '{"scenarios": 3, "futures": 1}', '{"scenarios": [], "futures": "x"}')


@pytest.mark.parametrize("plan", NO_PLANS, ids=range(len(NO_PLANS)))
def test_a_plan_that_is_none_is_refused_though_its_checksum_is_right(here, plan):
    import hashlib

    with Study.begin(here / STUDY, PLAN):
        pass
    study = sqlite3.connect(here / STUDY)
    study.execute("UPDATE plan SET content = ?, sha256 = ?", (plan, hashlib.sha256(plan.encode()).hexdigest()))
    study.commit()
    study.close()
    with pytest.raises(StudyError, match="its plan is none"):
        Study.open(here / STUDY)


def test_a_replay_of_hostile_scenarios_runs_nothing(here):
    from copro_sim.comparison.replay import replay
    from copro_sim.scenario.problems import ScenarioError

    plan = {**PLAN, "stance": "evidence-only", "scenarios": [{"question": HOSTILE, "funding": {"__class__": HOSTILE}}]}
    with Study.begin(here / STUDY, json.loads(canonical_text(plan))) as study:
        study.keep(Run(0, 0, seed=1, draw=0, arrays=None, error=HOSTILE, replay="rm -rf /"))
    with pytest.raises(ScenarioError, match="unknown setting"):
        replay(here / STUDY, "some", 0)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), lambda path: path.symlink_to(path.name)])
@pytest.mark.parametrize("name", ["months.nc", export.PROVENANCE, STUDY])
def test_pipes_devices_and_circles_in_the_place_of_files_are_refused_and_nothing_hangs(written, here, name, make):
    shutil.copytree(written / "results", here / "results")
    path = here / "results" / name
    path.unlink(missing_ok=True)
    make(path)
    assert verify(here / "results").damage
    with pytest.raises((ValueError, OSError)):
        Study.open(path) if name == STUDY else export.load_dataset(here / "results" / "months.nc")
    with pytest.raises((ValueError, OSError)):
        Study.begin(path, PLAN).close() if name == STUDY else export.load_dataset(here / "results" / "months.nc")


def test_links_in_a_folder_are_replaced_and_what_they_lead_to_is_left_alone(written, here):
    outside = here / "outside"
    shutil.copytree(written / "snapshots" / "april-2014", outside)
    before = {path: path.read_bytes() for path in outside.iterdir()}
    (here / "snapshots").mkdir()
    (here / "snapshots" / "april-2014").symlink_to(outside)
    (here / "page.html").symlink_to(outside / "snapshot.nc")
    export.write_text(here / "page.html", "page")
    snapshots._remove(here / "snapshots" / "april-2014")
    assert {path: path.read_bytes() for path in outside.iterdir()} == before
    assert not (here / "snapshots" / "april-2014").exists()
    assert not (here / "page.html").is_symlink()


@pytest.mark.full
def test_names_that_lead_elsewhere_lead_nowhere_and_everything_is_escaped(here):
    effects = {"../../evil": [0.0] * 2, f"/tmp/{HOSTILE}": [0.1] * 2}
    comparison = fake_comparison(effects, years=1)
    page = report(comparison, here / "out")
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img src=x" not in text
    assert "{{ 7" in text or "7 * 7" in text
    for path in (here / "out").rglob("*.svg"):
        assert "<script" not in path.read_text(encoding="utf-8")
    assert [path.name for path in here.iterdir()] == ["out"]
    assert {path.name for path in (here / "out").iterdir()} == {"index.html", "parameters.html", "methods.txt", "figures", "data"}
    assert not (here.parent / "evil").exists()
