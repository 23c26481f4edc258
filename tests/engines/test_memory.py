"""Memory: what is said is what is taken, limits are those of the machine and its control groups, what cannot fit is refused."""

import subprocess
import sys

import numba
import pytest

import copro_sim as cs
from copro_sim.engines import memory, simulate

GIGABYTE = 10**9


def scenario(citizens=30_000, **changes):
    return cs.load_scenario("co-production").replace({"population.citizens": citizens, "run.years": 2} | changes)


PEAK = """
import sys
import copro_sim as cs
from copro_sim.engines import agents, memory
chosen = cs.load_scenario("co-production").replace({"population.citizens": int(sys.argv[1]), "run.years": 2})
said = memory.in_use() + memory.needed(chosen, engine=sys.argv[2])
cs.run(chosen, engine=sys.argv[2]).content_hash()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(said / (int(status["VmHWM"].split()[0]) * 1024))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the most that a process had")
@pytest.mark.parametrize(("citizens", "engine"), [(100_000, "kernels"), (1_100, "agents")])
def test_a_process_takes_what_was_said_within_a_fifth(citizens, engine):
    memory_of(engine)
    found = subprocess.run([sys.executable, "-c", PEAK, str(citizens), engine], capture_output=True, text=True, check=True)
    assert 0.85 < float(found.stdout) < 1.2


def memory_of(engine):
    """Have the code compiled: to compile takes more memory than to run, and is counted apart."""
    cs.run(scenario(1_100, **{"run.years": 1}), engine=engine)
    assert memory.compiled()


def test_code_that_must_be_compiled_is_counted(monkeypatch, tmp_path):
    ready = memory.needed(scenario())
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    assert not memory.compiled()
    assert memory.needed(scenario()) > ready + GIGABYTE // 4


@pytest.mark.parametrize(
    ("more", "how"),
    [
        (scenario(60_000), {}),
        (scenario(**{"run.years": 30}), {}),
        (scenario(**{"population.community_size": 300}), {}),
        (scenario(), {"engine": "agents"}),
        (scenario(), {"engine": "dask"}),
        (scenario(), {"runs": 8, "workers": 4}),
    ],
)
def test_more_of_anything_needs_more(more, how):
    assert memory.needed(more, **how) > memory.needed(scenario(), **({"runs": 8, "workers": 2} if "runs" in how else {}))


def test_runs_go_side_by_side_by_workers_and_no_more_than_there_are():
    assert [memory.at_a_time(workers, runs) for workers, runs in ((4, 1), (4, 3), (4, 80), (1, 80))] == [1, 3, 4, 1]
    assert memory.at_a_time(None, 10**6) >= 1


@pytest.mark.parametrize(("engine", "runs"), [("kernels", 1), ("agents", 1), ("dask", 1), ("kernels", 80)])
def test_what_cannot_fit_is_refused_with_the_largest_population_that_does(engine, runs):
    with pytest.raises(cs.ScenarioError) as error:
        memory.refuse_what_cannot_fit(scenario(40_000_000), engine=engine, workers=2, runs=runs, limit=GIGABYTE)
    (problem,) = error.value.problems
    assert (problem.key, problem.value) == ("population.citizens", 40_000_000)
    assert (" for 2 runs at a time, and" in problem.message) == (runs > 1)
    assert " and 1.0 GB can be had: at most " in problem.message
    largest = int(problem.message.split("at most ")[1].split()[0].replace(",", ""))
    memory.refuse_what_cannot_fit(scenario(largest), engine=engine, workers=2, runs=runs, limit=GIGABYTE)
    with pytest.raises(cs.ScenarioError):
        memory.refuse_what_cannot_fit(scenario(largest + 1), engine=engine, workers=2, runs=runs, limit=GIGABYTE)


def test_where_nothing_fits_it_is_said():
    with pytest.raises(cs.ScenarioError, match="not even the program fits"):
        memory.refuse_what_cannot_fit(scenario(), limit=1_000)


def test_runs_and_comparisons_are_refused_before_anything_is_built(monkeypatch, tmp_path):
    monkeypatch.setattr(simulate, "settle", None)
    with pytest.raises(cs.ScenarioError, match="can be had"):
        cs.run(scenario(), memory=GIGABYTE // 100, snapshots=tmp_path / "none")
    with pytest.raises(cs.ScenarioError, match="for 2 runs at a time"):
        cs.compare([scenario(), scenario()], futures=1, workers=2, memory=GIGABYTE // 100)
    assert list(tmp_path.iterdir()) == []


def groups(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


@pytest.mark.parametrize(
    ("own", "files", "left"),
    [
        ("0::/a/b\n", {"a/memory.max": "900", "a/memory.current": "500", "a/memory.stat": "anon 1\ninactive_file 70\n"}, 470),
        (
            "0::/a\n",
            {
                "memory.max": "800", "memory.current": "100", "memory.stat": "inactive_file 0",
                "a/memory.max": "max", "a/memory.current": "50", "a/memory.stat": "inactive_file 0",
            },
            700,
        ),
        (
            "9:name=x:/y\n4:memory:/outside/the/container\n",
            {
                "memory/memory.limit_in_bytes": "600", "memory/memory.usage_in_bytes": "500",
                "memory/memory.stat": "total_inactive_file 20",
            },
            120,
        ),
        (
            "0::/\n", {"memory.max": "100", "memory.current": "300", "memory.stat": "inactive_file 20"}, 0,
        ),
    ],
)  # fmt: skip
def test_a_control_group_limits_what_can_be_had(monkeypatch, tmp_path, own, files, left):
    groups(tmp_path / "groups", files)
    groups(tmp_path, {"own": own})
    monkeypatch.setattr(memory, "_CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(memory, "_OWN_CGROUP", tmp_path / "own")
    assert memory.available() == left


def test_without_control_groups_the_machine_is_the_limit(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "_OWN_CGROUP", tmp_path / "none")
    assert memory.available() > 2**20
