"""Snapshots: a run that was stopped in any April comes to the same as one that never stopped; what does not fit is refused."""

import shutil

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import simulate, snapshots
from copro_sim.results.export import PROVENANCE
from copro_sim.results.provenance import versions

YEARS = 3
SEED = 4
LAST = "april-2016"


class Stopped(Exception):
    """Stands for whatever ends a run before its time."""


def scenario(**changes):
    small = {"population.citizens": 900, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff"]}
    return cs.load_scenario("co-production").replace(small | {"run.years": YEARS} | changes)


def go(folder, **how):
    return cs.run(scenario(), **{"seed": SEED, "snapshots": folder} | how)


def stopped_after(years, folder, **how):
    """Start a run and stop it when so many years are lived."""

    def stop(done, _):
        if done == years:
            raise Stopped

    with pytest.raises(Stopped):
        go(folder, progress=stop, **how)


@pytest.fixture(scope="module")
def undisturbed():
    """Return the content of the run that never stops."""
    return cs.run(scenario(), seed=SEED).content_hash()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return a folder with the snapshots of every April, to be copied."""
    folder = tmp_path_factory.mktemp("written")
    go(folder, keep=YEARS)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    """Return a copy of `written` of one's own."""
    return shutil.copytree(written, tmp_path / "snapshots")


@pytest.mark.parametrize("after", range(1, YEARS + 1))
@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"workers": 1}, {"workers": 2}),
        ({"workers": 2}, {"workers": 1}),
        ({"engine": "agents"}, {"engine": "kernels"}),
        ({"engine": "kernels"}, {"engine": "agents"}),
    ],
)
def test_a_run_stopped_in_any_april_comes_to_the_same(undisturbed, tmp_path, after, first, then):
    stopped_after(after, tmp_path, **first)
    assert [place.name for place in tmp_path.iterdir()] == [f"april-{2013 + after}"]
    lived = []
    found = go(tmp_path, resume=True, progress=lambda done, _: lived.append(done), **then)
    assert lived == list(range(after + 1, YEARS + 1))
    assert found.content_hash() == undisturbed


def test_a_run_is_stopped_time_and_again(undisturbed, tmp_path):
    for after in range(1, YEARS + 1):
        stopped_after(after, tmp_path, resume=True)
    assert go(tmp_path, resume=True).content_hash() == undisturbed


def test_a_run_may_go_on_for_longer_and_be_called_otherwise(tmp_path, folder):
    longer = scenario(**{"run.years": YEARS + 1, "title": "Longer"})
    assert cs.run(longer, seed=SEED, snapshots=folder, resume=True).content_hash() == cs.run(longer, seed=SEED).content_hash()


def test_only_the_latest_stays_unless_more_are_to_be_kept(tmp_path, written):
    assert sorted(place.name for place in written.iterdir()) == ["april-2014", "april-2015", "april-2016"]
    go(tmp_path / "two", keep=2)
    assert sorted(place.name for place in (tmp_path / "two").iterdir()) == ["april-2015", "april-2016"]


def test_without_a_snapshot_a_run_that_resumes_begins(undisturbed, tmp_path):
    assert go(tmp_path / "none" / "yet", resume=True).content_hash() == undisturbed


@pytest.mark.parametrize("after", range(1, YEARS))
def test_a_run_killed_while_it_wrote_goes_on_from_the_april_before(undisturbed, folder, after):
    """What was being written then has no provenance yet, and may be anything."""
    for year in range(2013 + after + 2, 2014 + YEARS):
        shutil.rmtree(folder / f"april-{year}")
    unfinished = folder / f"april-{2013 + after + 1}"
    (unfinished / PROVENANCE).unlink()
    (unfinished / "snapshot.nc").write_bytes(b"half")
    (unfinished / ".snapshot-1234.nc").write_bytes(b"left over")
    assert go(folder, resume=True).content_hash() == undisturbed
    assert sorted(path.name for path in (folder / LAST).iterdir()) == [PROVENANCE, "snapshot.nc"]


def test_a_disk_that_fills_up_leaves_the_snapshot_before(undisturbed, tmp_path, monkeypatch):
    stopped_after(1, tmp_path)
    write = snapshots.write_dataset

    def full(data, path):
        write(data, path)
        path.write_bytes(path.read_bytes()[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshots, "write_dataset", full)
    with pytest.raises(OSError, match="No space left"):
        go(tmp_path, resume=True)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.rglob("*.nc")] == ["snapshot.nc"]
    assert go(tmp_path, resume=True).content_hash() == undisturbed


def refused(folder, run=None, **how):
    """Return the one line with which a run is refused; it leaves the folder as it was."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(cs.ScenarioError) as error:
        cs.run(run or scenario(), **{"seed": SEED, "snapshots": folder, "resume": True} | how)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    (problem,) = error.value.problems
    assert "\n" not in problem.message
    return problem.message


@pytest.mark.parametrize("part", range(6))
def test_one_flipped_bit_is_refused(folder, part):
    path = folder / LAST / "snapshot.nc"
    content = bytearray(path.read_bytes())
    content[len(content) * part // 6 + 11] ^= 1 << part
    path.write_bytes(content)
    assert "damaged" in refused(folder)


def test_missing_numbers_and_unreadable_provenance_are_refused(folder):
    (folder / LAST / "snapshot.nc").unlink()
    assert "snapshot.nc: cannot be read" in refused(folder)
    (folder / LAST / PROVENANCE).write_text("{")
    assert "no provenance" in refused(folder)
    for damage in ("[]", '{"files": {}}', '{"files": {}, "scenarios": [7], "versions": {}, "code": "", "seed": 4}'):
        (folder / LAST / PROVENANCE).write_text(damage)
        assert "is of form None" in refused(folder)


def test_another_run_is_refused_by_what_differs(folder):
    assert refused(folder, seed=5).startswith("is of another run: seed was 4 and is 5. ")
    assert "funding.reserved_pounds_per_head was 0.0 and is 2.5" in refused(
        folder, scenario(**{"funding.reserved_pounds_per_head": 2.5})
    )
    event = {"date": "2014-04", "set": {"funding.reserved_pounds_per_head": 1.0}}
    assert "events was" in refused(folder, scenario(events=[event]))
    many = {f"population.{key}": value for key, value in (("citizens", 950), ("community_size", 475), ("councils", ["Cardiff"]))}
    assert refused(folder, scenario(**many)).count(" was ") == 3


@pytest.mark.parametrize("what", ["sources", "numpy"])
def test_another_version_is_refused(folder, what, monkeypatch):
    now = versions()
    monkeypatch.setattr(snapshots, "versions", lambda: now | {what: "0.0.1"})
    assert f'{what} was "{now[what]}" and is "0.0.1"' in refused(folder)


def test_a_run_that_ended_before_the_snapshot_is_refused(folder):
    assert refused(folder, scenario(**{"run.years": 2})) == "is from after the end of a run of 2 years: give more years"


def test_snapshots_are_not_written_over_by_a_run_that_does_not_go_on_from_them(folder):
    assert refused(folder, resume=False) == "holds a run as of April 2016: resume it, or give an empty folder"


def test_arguments_that_make_no_sense_are_refused(tmp_path):
    assert refused(tmp_path, snapshots=None) == "needs snapshots: the folder of those to go on from"
    assert refused(tmp_path, keep=0) == "must be a whole number from 1 to 100"


def test_what_is_read_is_what_was_written(written):
    whole = simulate.start(scenario(), seed=SEED)
    *_, last = lived = list(simulate.years(whole, seed=SEED, count=YEARS, in_place=True))
    found = snapshots.read_snapshot(written, scenario(), seed=SEED)
    assert found.state.content_hash() == last.state.content_hash()
    pairs = [*zip(found.state.citizens, last.state.citizens, strict=True)]
    pairs += zip(found.state.communities, last.state.communities, strict=True)
    for one, other in pairs:
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)
    assert (found.tallies.month == np.concatenate([year.month for year in lived])).all()
    assert (found.tallies.group == np.stack([year.group for year in lived])).all()
    assert (found.weights == whole.settled.weights).all()
    assert (found.settled == whole.settled.tallies).all()


def test_governments_shown_the_tallies_decide_as_they_did(written):
    found = snapshots.read_snapshot(written, scenario(), seed=SEED)
    _, again = simulate.resumed(scenario(), found, seed=SEED)
    for year, policy in zip(again, cs.run(scenario(), seed=SEED).decided, strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(year.policy, policy, strict=True))
