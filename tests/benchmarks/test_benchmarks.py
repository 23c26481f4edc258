"""Every benchmark says how it is used, refuses what it cannot measure, and runs at its smallest."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from copro_sim.processes.month import MONTH, name_of
from copro_sim.state.columns import bytes_per_citizen

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"
SCRIPTS = ("speed.py", "limits.py", "profile_month.py", "scaling.py", "peers/compare.py")
PEERS = ("with_numpy.py", "with_mesa.py", "with_copro_sim.py")
"""Peers that need nothing but what the project needs."""


def ran(script, *arguments, status=0):
    command = [sys.executable, "-W", "error", str(BENCHMARKS / script), *map(str, arguments)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == status, found.stdout + found.stderr
    return found.stdout + found.stderr


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_says_how_it_is_used(script):
    said = ran(script, "--help")
    assert "uv run" in said
    assert "--json" in said


def test_what_is_too_small_is_refused_in_one_line():
    said = ran("speed.py", "--citizens", 5, status=2)
    assert "'5' must be a whole number of at least 9,000" in said
    assert "Traceback" not in said


def test_limits_at_their_smallest(tmp_path):
    ran("limits.py", "--citizens", 9_000, "--megabytes", 8, "--json", tmp_path / "limits.json")
    found = json.loads((tmp_path / "limits.json").read_text())
    work = found["asked for by a citizen-month"]
    assert work["additions"] > 10  # everybody adds to more tallies than that, whatever happens in the month
    assert work["blocks_of_many"] > 1
    assert work["touched"] > bytes_per_citizen() / 2  # processes read and write most columns
    assert found["floor, ns a citizen-month"] > 0
    assert found["machine"]["copro_sim"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"credits in all": 1}, "1 hours of credits"), ({"checks": {"trust": (0.6, 0.01)}}, "trust 0.6000 where 0.5000")],
)
def test_a_peer_that_lives_another_workload_is_named(monkeypatch, changed, said):
    monkeypatch.syspath_prepend(str(BENCHMARKS / "peers"))
    from compare import disagreements

    ours = {"credits in all": 0, "checks": {"trust": (0.5, 0.01)}}
    assert disagreements({"peer": ours, "ours": ours}) == []
    (problem,) = disagreements({"peer": {**ours, **changed}, "ours": ours})
    assert problem.startswith(f"peer: {said}")


@pytest.fixture(scope="module")
def lived():
    """Return what each peer's outcome is, 10 communities for a year."""
    return {peer: json.loads(ran(f"peers/{peer}", "--agents", 20_000, "--months", 12)) for peer in PEERS}


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_lives_the_same_workload_as_the_package(lived, peer):
    assert lived[peer]["credits in all"] == 0
    for name, (mean, error) in lived[peer]["checks"].items():
        other, other_error = lived["with_copro_sim.py"]["checks"][name]
        assert abs(mean - other) <= 6 * (error**2 + other_error**2) ** 0.5, name


def test_threads_do_not_change_the_package_s_outcome(lived):
    two = json.loads(ran("peers/with_copro_sim.py", "--agents", 20_000, "--months", 12, "--threads", 2))
    assert two["checks"] == lived["with_copro_sim.py"]["checks"]


@pytest.mark.full
def test_scaling_at_its_smallest(tmp_path):
    """Two sizes of child process: half a minute."""
    ran("scaling.py", "--largest", 20_000, "--years", 1, "--repeats", 1, "--out", tmp_path)
    found = json.loads((tmp_path / "scaling.json").read_text())
    assert {(point["engine"], point["threads"]) for point in found["points"]} == {("agents", 1), ("kernels", 1), ("kernels", 2)}
    assert all(point["more a citizen"] > bytes_per_citizen() for point in found["points"])
    assert (tmp_path / "scaling.svg").stat().st_size > 0


@pytest.mark.full
def test_the_month_by_process_counts_what_the_engine_counts(tmp_path):
    """The script itself refuses a month that counts other than the engine; compiling it takes a minute."""
    ran("profile_month.py", "--citizens", 9_000, "--years", 1, "--repeats", 1, "--json", tmp_path / "profile.json")
    parts = json.loads((tmp_path / "profile.json").read_text())["years"]["1"]["parts"]
    assert set(map(name_of, MONTH)) < set(parts)
    assert all(nanoseconds > 0 for nanoseconds in parts.values())
