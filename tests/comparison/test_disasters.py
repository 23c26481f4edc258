"""Whatever stops a comparison: no hang, no finished run lost or run twice, and it goes on to the same content."""

import signal
import subprocess
from contextlib import nullcontext

import pytest

from copro_sim.comparison.compare import compare
from copro_sim.comparison.tasks import seed_of_future
from copro_sim.engines import simulate
from copro_sim.results.store import Study, StudyError, StudyNotWritten
from copro_sim.results.verify import verify
from tests.comparison.driver import SIZE, Child, scenarios

pytestmark = pytest.mark.full
TIMES = range(20)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the content hash of the comparison that nothing disturbed."""
    return compare(scenarios(tmp_path_factory.mktemp("whole")), futures=3, workers=2).content_hash()


@pytest.fixture
def again(undisturbed, monkeypatch, tmp_path):
    """Return what goes on with a study: only what had not finished is run, and the content is that of the undisturbed one."""
    asked, run = [], simulate.run

    def counted(scenario, **how):
        asked.append(scenario)
        return run(scenario, **how)

    monkeypatch.setattr(simulate, "run", counted)

    def go_on(study, at_least=0):
        kept = finished(study)
        assert at_least <= kept <= SIZE
        asked.clear()
        comparison = compare(scenarios(tmp_path), futures=3, workers=2, study=study, resume=True)
        assert len(asked) == SIZE - kept
        assert comparison.content_hash() == undisturbed
        assert finished(study) == SIZE
        assert verify(study.parent).damage == []

    return go_on


def finished(study):
    """Return the number of finished runs in a study, none there twice; one that was killed before its plan holds none."""
    try:
        with Study.open(study) as found:
            which = [(run.scenario, run.future) for run in found.runs() if run.arrays is not None]
    except StudyError as error:
        if "there is no study" in str(error) or "is empty" in str(error):
            return 0
        raise
    assert len(which) == len(set(which))
    return len(which)



@pytest.mark.parametrize("time", TIMES)
def test_the_driver_is_killed(again, tmp_path, time):
    with Child(tmp_path, tmp_path / "out") as child:
        assert child.stop(signal.SIGKILL, after=time % SIZE, later=time * 0.0007) in (-signal.SIGKILL, 0)
        again(child.study, at_least=child.finished)


@pytest.mark.parametrize("time", TIMES)
def test_the_driver_is_interrupted(again, tmp_path, time):
    with Child(tmp_path, tmp_path / "out") as child:
        assert child.stop(signal.SIGINT, after=time % (SIZE - 1), later=time * 0.0005) == 130
        assert child.lines[-2:] == [
            f"What has finished is kept in {child.study}: the same command with --resume goes on with it.", "interrupted"
        ]  # fmt: skip
        assert child.finished < SIZE or finished(child.study) == SIZE
        again(child.study, at_least=child.finished)


@pytest.mark.parametrize("time", TIMES)
def test_runs_raise(again, tmp_path, time):
    which = [future for future in range(3) if (time % 7 + 1) >> future & 1]
    with Child(tmp_path, tmp_path / "out", fails=[seed_of_future(1, future) for future in which]) as child:
        assert child.status() == 1
    failed = [(name, future) for name in ("poorer", "richer") for future in which]
    expected = [
        f"{name}, future {future} of 3: ArithmeticError: no such luck. "
        f"Run it again with copro-sim replay {child.study} {name} {future}"
        for name, future in failed
    ]
    kept = SIZE - len(failed)
    count = f"{len(failed)} of {SIZE} runs failed; {child.study} keeps the other {kept}."
    assert child.lines[-len(failed) - 1 :] == [*expected, count]
    assert finished(child.study) == kept
    again(child.study)


@pytest.fixture
def small_disk(tmp_path):
    """Return a function that gives a folder on a file system of so many KiB, or changes how it is mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        return folder / "out"

    yield mount
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def remount(out, options):
    """Change how the file system of a study is mounted."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(out.parent)], check=True)


ROOM = [24 + 4 * time for time in TIMES]
"""KiB: from too little for the plan to too little for the last runs."""


@pytest.mark.parametrize("room", ROOM)
def test_the_disk_is_full(again, small_disk, tmp_path, room):
    out = small_disk(f"size={room}k")
    with Child(tmp_path, out) as child:
        assert child.status() == 1
        assert "No space left" in child.lines[-1] or ": cannot be written (" in child.lines[-1]
        assert all("Traceback" not in line for line in child.lines)
    remount(out, "size=10m")
    again(child.study, at_least=child.finished)


@pytest.mark.parametrize("room", ROOM)
def test_a_file_may_not_grow(again, tmp_path, room):
    with Child(tmp_path, tmp_path / "out", room=room * 1024) as child:
        assert child.status() == 1
        assert all("Traceback" not in line for line in child.lines)
    again(child.study, at_least=child.finished)


@pytest.mark.parametrize("time", TIMES)
def test_the_folder_becomes_read_only(again, small_disk, tmp_path, time):
    out = small_disk("size=10m")
    with Child(tmp_path, out) as child:
        child.stop(signal.SIGKILL, after=time % SIZE, later=time * 0.0007)
        seen = child.finished
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    remount(out, "ro")
    with Child(tmp_path, out, "--resume") as refused:
        assert refused.status() == 2
        assert refused.lines[-2].endswith("cannot be written: read-only file system")
    whole = finished(child.study) == SIZE
    with nullcontext() if whole else pytest.raises(StudyNotWritten, match="cannot be written"):
        compare(scenarios(tmp_path), futures=3, workers=2, study=child.study, resume=True)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    remount(out, "rw")
    again(child.study, at_least=seen)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Return the bytes of a finished study."""
    folder = tmp_path_factory.mktemp("study")
    compare(scenarios(folder), futures=3, workers=2, study=folder / "study.sqlite")
    return (folder / "study.sqlite").read_bytes()


@pytest.mark.parametrize("time", TIMES)
def test_the_study_is_truncated(study, tmp_path, time):
    path = tmp_path / "study.sqlite"
    path.write_bytes(study[: max(1, len(study) * time // len(TIMES))])
    for resume in (True, False):
        with pytest.raises(StudyError):
            compare(scenarios(tmp_path), futures=3, workers=2, study=path, resume=resume)
    assert len(verify(tmp_path).damage) == 1


@pytest.mark.parametrize("time", TIMES)
def test_a_bit_of_the_study_is_flipped(undisturbed, study, tmp_path, time):
    content, path = bytearray(study), tmp_path / "study.sqlite"
    content[len(content) * time // len(TIMES) + time] ^= 1 << time % 8
    path.write_bytes(content)
    if verify(tmp_path).damage:
        with pytest.raises(StudyError):
            compare(scenarios(tmp_path), futures=3, workers=2, study=path, resume=True)
    else:  # the bit held nothing
        again = compare(scenarios(tmp_path), futures=3, workers=2, study=path, resume=True)
        assert again.content_hash() == undisturbed
