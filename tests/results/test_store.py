"""The study: what is kept comes back, one writer at a time, and a damaged file is refused, never read."""

import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from copro_sim.results.plan import plan_of
from copro_sim.results.rows import Run
from copro_sim.results.store import APPLICATION_ID, STUDY, Study, StudyError, StudyNotWritten
from tests.results.fakes import a_scenario

PLAN = plan_of((a_scenario(), a_scenario(title="Other")), futures=2, seed=5, engine="kernels")
FAILED = Run(1, 1, seed=11, draw=0, arrays=None, error="ArithmeticError: no such luck", replay="copro-sim replay a b 1")


def a_run(scenario=0, future=0):
    chance = np.random.default_rng([scenario, future])
    return Run(scenario, future, seed=2**62 + future, draw=0, arrays={"month": chance.random((24, 70)), "none": np.zeros((0, 2))})


def same(one, other):
    if one._replace(arrays=None) != other._replace(arrays=None) or (one.arrays is None) != (other.arrays is None):
        return False
    pairs = zip((one.arrays or {}).items(), (other.arrays or {}).items(), strict=True)
    return all(name == name2 and array.dtype == two.dtype and np.array_equal(array, two) for (name, array), (name2, two) in pairs)


@pytest.fixture
def file(tmp_path):
    """Return a study of three finished runs and a failed one."""
    with Study.begin(tmp_path / STUDY, PLAN) as study:
        for run in (a_run(0, 0), a_run(1, 0), a_run(0, 1), FAILED):
            study.keep(run)
    return tmp_path / STUDY


def content(path):
    with Study.open(path) as study:
        return study.plan, list(study.runs())


def test_what_is_kept_comes_back_in_order(file):
    plan, runs = content(file)
    assert plan == PLAN
    expected = [a_run(0, 0), a_run(0, 1), a_run(1, 0), FAILED]
    assert all(same(run, other) for run, other in zip(runs, expected, strict=True))
    with Study.open(file.parent) as study:
        assert study.size == 4
        assert same(study.run(0, 1), a_run(0, 1))
        assert study.run(7, 0) is None


def test_only_the_file_is_left(file):
    assert [path.name for path in file.parent.iterdir()] == [STUDY]


def test_a_run_that_failed_is_replaced_and_counted_once(file):
    with Study.begin(file, PLAN, resume=True) as study:
        study.keep(a_run(1, 1))
    runs = content(file)[1]
    assert len(runs) == 4
    assert same(runs[-1], a_run(1, 1))


def test_an_unfinished_study_is_refused_unless_resumed_and_a_finished_one_replaced(file):
    before = file.read_bytes()
    with pytest.raises(StudyError, match=r"unfinished study \(3 of 4 runs\)\. Go on with it by --resume"):
        Study.begin(file, PLAN)
    assert file.read_bytes() == before
    with Study.begin(file, PLAN, resume=True) as study:
        study.keep(a_run(1, 1))
    with Study.begin(file, PLAN | {"seed": 6}):
        pass
    assert content(file) == (PLAN | {"seed": 6}, [])
    with Study.begin(file, PLAN):  # a study without a run holds nothing that could be lost
        pass
    assert content(file) == (PLAN, [])


def test_to_resume_what_is_not_there_begins(tmp_path):
    with Study.begin(tmp_path / "a" / "b" / STUDY, PLAN, resume=True) as study:
        assert list(study.runs()) == []


def test_another_plan_is_refused_saying_what_differs(file):
    before = file.read_bytes()
    other = plan_of((a_scenario(), a_scenario(title="Another")), futures=3, seed=5, engine="kernels")
    with pytest.raises(StudyError) as refused:
        Study.begin(file, other, resume=True)
    assert str(refused.value) == (
        f"{file}: this study has another plan: futures is 2 in the study and 3 here; "
        'scenarios.1.title is "Other" in the study and "Another" here. Ask for the same as it did, or choose another folder'
    )
    far = PLAN | {"versions": dict.fromkeys("abcdefg", "1")}
    with pytest.raises(StudyError, match=r"here; and \d more\. Ask"):
        Study.begin(file, far, resume=True)
    assert file.read_bytes() == before


def test_a_first_write_that_was_cut_off_leaves_an_empty_file_that_is_begun_again(tmp_path):
    (tmp_path / STUDY).touch()
    with pytest.raises(StudyError, match="is empty, as when a comparison is stopped before its first run; begin it again"):
        Study.open(tmp_path)
    with Study.begin(tmp_path / STUDY, PLAN):
        pass
    assert content(tmp_path) == (PLAN, [])


READ = "import sys; from copro_sim.results.store import Study\ntry: Study.open(sys.argv[1])\nexcept Exception as e: print(e)"


def test_while_one_writes_others_are_told_so(file):
    message = "is being written by another process; wait until it has ended"
    with Study.begin(file, PLAN, resume=True) as study:
        with pytest.raises(StudyError, match=message):
            Study.begin(file, PLAN, resume=True)
        with pytest.raises(StudyError, match=message):
            Study.open(file)
        other = subprocess.run([sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=True)
        assert other.stdout == f"{file}: {message}\n"
        study.keep(a_run(1, 1))
    assert len(content(file)[1]) == 4


def test_a_study_that_is_read_cannot_be_written_meanwhile(file):
    with Study.open(file) as reader:
        reading = reader.runs()
        next(reading)
        with pytest.raises(StudyError, match="is being written by another process"):
            Study.begin(file, PLAN, resume=True)
        reading.close()


@pytest.mark.parametrize("content", [b"\0", b"S", b"precious", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_study_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / STUDY
    path.write_bytes(content)
    with pytest.raises(StudyError, match=r"is not a study|damaged"):
        Study.open(path)
    for resume in (True, False):
        with pytest.raises(StudyError, match=r"is not a study|damaged"):
            Study.begin(path, PLAN, resume=resume)
    assert path.read_bytes() == content


def test_other_programs_and_other_forms_are_refused(file, tmp_path):
    path = tmp_path / "theirs.sqlite"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE plan (content)")
    theirs.close()
    with pytest.raises(StudyError, match="a file of another program"):
        Study.begin(path, PLAN)
    for change, message in (
        ("PRAGMA user_version = 2", "is of form 2 and this copro_sim reads form 1"),
        ("PRAGMA user_version = 1; CREATE VIEW more AS SELECT 1", "its tables are not those of a study"),
        ("DROP VIEW more; UPDATE plan SET content = replace(content, '5', '6')", "its plan differs from its checksum"),
        ("DELETE FROM plan", "its plan differs from its checksum"),
    ):
        changed = sqlite3.connect(file)
        changed.executescript(change)
        changed.close()
        with pytest.raises(StudyError, match=message):
            Study.open(file)


@pytest.mark.parametrize(
    "change",
    [
        "seed = 1", "draw = 1", "future = 9", "arrays = zeroblob(9)", "error = 'x'", "form = '[]'", "form = '{'", "form = NULL",
        "form = replace(form, 'f8', 'i8')", "form = replace(form, '<f8', 'O')", "form = replace(form, '24,70', '70,24')",
        "form = replace(form, '24,70', '-1')", "sha256 = 'x'", "arrays = NULL", "form = replace(form, 'month', 'year')",
    ],
)  # fmt: skip
def test_a_row_that_was_changed_is_refused(file, change):
    changed = sqlite3.connect(file)
    changed.execute(f"UPDATE runs SET {change} WHERE scenario = 0 AND future = 0")
    changed.commit()
    changed.close()
    with pytest.raises(StudyError, match="differs from its checksum"):
        content(file)


def test_a_row_of_another_plan_is_refused(file, tmp_path):
    with Study.begin(tmp_path / "other", PLAN | {"seed": 6}) as other:
        other.keep(a_run())
    changed = sqlite3.connect(file)
    changed.execute("ATTACH ? AS other", (str(tmp_path / "other"),))
    changed.execute("REPLACE INTO runs SELECT * FROM other.runs")
    changed.commit()
    changed.close()
    with pytest.raises(StudyError, match="scenario 0, future 0 differs from its checksum"):
        content(file)


def test_a_truncated_study_is_refused_wherever_it_ends(file, tmp_path):
    whole, cut = file.read_bytes(), tmp_path / "cut"
    for end in sorted({1, 15, 16, 99, 100, 101, 4095, 4096, len(whole) - 1, *range(50, len(whole), 1499)}):
        cut.write_bytes(whole[:end])
        with pytest.raises(StudyError):
            content(cut)


def test_a_lost_page_is_refused(file, tmp_path):
    whole, torn = file.read_bytes(), tmp_path / "torn"
    for page in range(0, len(whole), 4096):
        torn.write_bytes(whole[:page] + bytes(4096) + whole[page + 4096 :])
        with pytest.raises(StudyError):
            content(torn)


def refused_or_the_same(path, expected):
    """Return whether a study is refused; if it is not, all that it holds must be as it was."""
    try:
        plan, runs = content(path)
    except StudyError as error:
        return str(error).startswith(f"{path}: ") and "\n" not in str(error)
    assert plan == expected[0]
    assert all(same(run, other) for run, other in zip(runs, expected[1], strict=True))
    return False


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_is_refused_unless_it_held_nothing(file, tmp_path, bit):
    expected, whole, flipped = content(file), bytearray(file.read_bytes()), tmp_path / "flipped"
    places = [*range(100), *range(100 + bit, len(whole), 397)]
    refused = 0
    for place in places:
        whole[place] ^= 1 << bit
        flipped.write_bytes(whole)
        whole[place] ^= 1 << bit
        refused += refused_or_the_same(flipped, expected)
    assert refused > 0.7 * len(places)


def test_what_cannot_be_written_is_said_in_a_line(tmp_path):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(StudyNotWritten, match=r"file: cannot be made \(File exists\)"):
        Study.begin(tmp_path / "file" / STUDY, PLAN)
    (tmp_path / STUDY / STUDY).mkdir(parents=True)
    with pytest.raises(StudyNotWritten, match="cannot be written"):
        Study.begin(tmp_path / STUDY, PLAN)


def test_the_number_that_tells_studies_from_other_files_never_changes():
    assert APPLICATION_ID == 0x636F7072
