"""The Dask engine on a real cluster of processes: the same content as the kernels, and a lost worker is only a delay."""

import builtins
import os
import signal
import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import sharded
from copro_sim.engines.people import InProcess
from copro_sim.engines.sharded import OnCluster, connected, joined, on_workers, part
from copro_sim.scenario.problems import ScenarioError
from worlds import random_world

pytestmark = pytest.mark.filterwarnings("ignore::Warning:distributed", "ignore::DeprecationWarning", "ignore::ResourceWarning")
YEARS, SEED = 2, 3


def scenario(years=YEARS):
    changes = {"population.councils": ["Ceredigion", "Cardiff", "Gwynedd"], "population.citizens": 2_700, "run.years": years}
    return cs.load_scenario("co-production").replace(changes | {"population.community_size": 450})


@pytest.fixture(scope="module")
def client():
    with connected(workers=2) as client:
        yield client


@pytest.fixture(scope="module")
def expected():
    return cs.run(scenario(), seed=SEED)


def test_two_workers_live_the_same_lives(client, expected):
    found = cs.run(scenario(), seed=SEED, engine="dask", cluster=client)
    assert found.content_hash() == expected.content_hash()
    assert found.state.content_hash() == expected.state.content_hash()


def test_one_worker_found_by_its_address_lives_the_same_lives(expected):
    with connected(workers=1) as alone:
        found = cs.run(scenario(), seed=SEED, engine="dask", cluster=alone.scheduler.address)
    assert found.content_hash() == expected.content_hash()


def test_a_run_on_a_cluster_goes_on_from_a_snapshot(client, expected, tmp_path):
    cs.run(scenario(1), seed=SEED, snapshots=tmp_path)
    found = cs.run(scenario(), seed=SEED, engine="dask", cluster=client, snapshots=tmp_path, resume=True)
    assert found.content_hash() == expected.content_hash()


def test_parts_of_a_state_are_joined_to_the_same():
    world = random_world(4, (40, 23, 31)).roomy(0.3)
    apart = [part(world, 0, 1), part(world, 1, 3)]
    assert [len(one.communities.id) for one in apart] == [1, 2]
    assert joined(apart).content_hash() == world.content_hash()
    assert np.array_equal(joined(apart).communities.start, world.communities.start)


class Killing:
    """Kills one worker of the cluster when the run has lived so many years."""

    def __init__(self, client, year):
        self.client, self.year, self.killed = client, year, []

    def __call__(self, done, total):
        if done == self.year:
            pids = self.client.run(os.getpid)
            self.killed.append(min(pids.values()))
            os.kill(self.killed[-1], signal.SIGKILL)


def test_a_worker_that_is_killed_is_only_a_delay(expected):
    with connected(workers=2) as client:
        killing = Killing(client, 1)
        found = cs.run(scenario(), seed=SEED, engine="dask", cluster=client, progress=killing)
    assert killing.killed
    assert found.content_hash() == expected.content_hash()


def alive(client, killed):
    """Return the process numbers of the cluster's workers, once there are two that have not been killed."""
    for _ in range(600):
        time.sleep(0.1)
        try:
            found = set(client.run(os.getpid).values()) - set(killed)
        except OSError:  # one of them was killed a moment ago
            continue
        if len(found) >= 2:
            return sorted(found)
    raise AssertionError("the cluster did not replace the workers that were killed")


@pytest.mark.full
@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_workers_are_killed_twenty_times(delay):
    """Four in each run: at the start of a year, and later in it."""
    years, killed, timers = 5, [], []
    expected = cs.run(scenario(years), seed=SEED)
    with connected(workers=3) as client:

        def killing(done, total):
            if timers:
                timers[-1].join()
            if done < total:
                killed.append(alive(client, killed)[done % 2])
                timers.append(threading.Timer(delay, os.kill, (killed[-1], signal.SIGKILL)))
                timers[-1].start()

        found = cs.run(scenario(years), seed=SEED, engine="dask", cluster=client, progress=killing)
    assert len(killed) == 4
    assert found.content_hash() == expected.content_hash()


def test_tasks_end_with_a_result_or_their_error(client):
    ended = dict(on_workers([4, 0, 2], lambda task: 8 // task, client))
    assert (ended[4], ended[2]) == (2, 4)
    assert isinstance(ended[0], ZeroDivisionError)


def test_a_comparison_on_a_cluster_is_the_same(client):
    chosen = [scenario(), cs.load_scenario("retreating-state").replace({k: scenario().get(k) for k in (
        "population.councils", "population.citizens", "population.community_size", "run.years")})]  # fmt: skip
    here = cs.compare(chosen, futures=2, seed=5, workers=2)
    there = cs.compare(chosen, futures=2, seed=5, cluster=client)
    assert there.content_hash() == here.content_hash()


class Elsewhere:
    """A client of a cluster whose only worker runs another version of the package."""

    scheduler = SimpleNamespace(address="tcp://10.0.0.1:8786")

    def wait_for_workers(self, count, timeout):
        assert (count, timeout) == (1, sharded._PATIENCE)

    def run(self, function):
        return {"tcp://10.0.0.2:40000": function() | {"sources": "another"}}


def test_a_worker_with_other_sources_is_refused():
    with pytest.raises(ScenarioError, match=r"10\.0\.0\.2:40000 has sources another, this process .*: run the same everywhere"):
        sharded._checked(Elsewhere())


def test_without_dask_the_error_says_what_to_install(monkeypatch):
    usual = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "distributed":
            raise ImportError(name)
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ScenarioError, match=r"install copro_sim with its extra, copro-sim\[dask\]"), connected():
        pass


def test_an_address_where_nobody_answers_is_refused(monkeypatch):
    monkeypatch.setattr(sharded, "_PATIENCE", "1s")
    with pytest.raises(ScenarioError, match="no scheduler answers there"), connected("tcp://127.0.0.1:1"):
        pass


def test_a_cluster_needs_the_engine_for_it():
    with pytest.raises(ValueError, match="runs in this process: a cluster needs engine='dask'"):
        cs.run(scenario(), cluster="tcp://127.0.0.1:1")
    with pytest.raises(ValueError, match="runs no comparison"):
        cs.compare([scenario(), scenario()], engine="dask")


def test_a_stretch_of_communities_is_built_as_it_is_among_all():
    from copro_sim.engines import simulate

    begin = simulate.start(scenario(), seed=SEED)
    assert isinstance(begin.state.citizens.id, np.ndarray)
    made = []

    class Pieces(InProcess):
        def build(self, arguments):
            whole, weights = super().build(arguments)
            parts = [super(Pieces, self).build({**arguments, "within": edges})[0] for edges in ((0, 2), (2, 6))]
            made.append(joined(parts).content_hash() == whole.content_hash())
            return joined(parts), weights

    assert simulate.start(scenario(), seed=SEED, people=Pieces()).state.content_hash() == begin.state.content_hash()
    assert made == [True]


def test_the_cluster_has_the_interface_of_the_process():
    def public(kind):
        return {name for name in vars(kind) if not name.startswith("_")}

    assert public(OnCluster) == public(InProcess)
