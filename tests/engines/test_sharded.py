"""The Dask engine on a real cluster of processes: the same content as the kernels, and a lost worker is only a delay."""

import os
import signal

import dask
import numpy as np
import pytest

import copro_sim as cs
from copro_sim.comparison.compare import RunsFailed
from copro_sim.engines import kernels, simulate
from copro_sim.engines.cluster import ClusterFailed, connected, threads
from copro_sim.engines.people import InProcess
from copro_sim.engines.sharded import OnCluster, joined, part
from copro_sim.scenario.problems import ScenarioError
from worlds import random_world

YEARS, SEED = 2, 3


def scenario(years=YEARS, name="co-production"):
    changes = {"population.councils": ["Ceredigion", "Cardiff", "Gwynedd"], "population.citizens": 2_700, "run.years": years}
    return cs.load_scenario(name).replace(changes | {"population.community_size": 450})


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


def test_a_cluster_is_started_for_a_run_that_is_given_none(expected):
    assert cs.run(scenario(), seed=SEED, engine="dask", workers=1).content_hash() == expected.content_hash()


def test_a_run_on_a_cluster_goes_on_from_a_snapshot(client, expected, tmp_path):
    cs.run(scenario(1), seed=SEED, snapshots=tmp_path)
    found = cs.run(scenario(), seed=SEED, engine="dask", cluster=client, snapshots=tmp_path, resume=True)
    assert found.content_hash() == expected.content_hash()


def test_a_comparison_on_a_cluster_is_the_same(client):
    chosen = [scenario(), scenario(name="retreating-state")]
    here = cs.compare(chosen, futures=2, seed=5, workers=2)
    there = cs.compare(chosen, futures=2, seed=5, cluster=client)
    assert there.content_hash() == here.content_hash()


def test_years_are_lived_at_home_and_workers_forget_the_years_before(client):
    people = OnCluster(client)
    begin = simulate.start(scenario(), seed=SEED, people=people)
    for _ in simulate.years(begin, seed=SEED, count=4, people=people, in_place=True):
        held = [key for keys in client.has_what().values() for key in keys]
    assert not [key for key in held if key.startswith(("built", "enrolled"))]
    assert len([key for key in held if key.startswith("people")]) <= 2 * len(people._homes)
    assert sorted(people._homes) == sorted([*threads(client)] * 2)


def test_workers_compile_a_year_once(client):
    def signatures():
        return len(kernels.live_block.signatures)

    cs.run(scenario(1), seed=SEED, engine="dask", cluster=client)
    assert set(client.run(signatures).values()) == {1}


def armed(client):
    """Let the worker that holds most people die in the middle of the next year that it lives; return its process number."""

    def deadly():
        def live(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)

        InProcess.live = live
        return os.getpid()

    people = {address: sum(key.startswith("people") for key in keys) for address, keys in client.has_what().items()}
    (pid,) = client.run(deadly, workers=[max(people, key=people.get)]).values()
    return pid


def is_gone(pid):
    """Return whether there is no such process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_that_is_killed_in_the_middle_of_a_year_is_only_a_delay(expected):
    killed = []

    def kill(done, total):
        if done < total:
            killed.append(armed(client))

    with connected(workers=2) as client:
        found = cs.run(scenario(), seed=SEED, engine="dask", cluster=client, progress=kill)
        assert is_gone(*killed)
    assert found.content_hash() == expected.content_hash()


@pytest.mark.full
def test_workers_are_killed_twenty_times():
    years, killed = 21, []
    expected = cs.run(scenario(years), seed=SEED)

    def kill(done, total):
        if done < total:
            killed.append(armed(client))

    with connected(workers=2) as client:
        found = cs.run(scenario(years), seed=SEED, engine="dask", cluster=client, progress=kill)
        assert len(set(killed)) == 20
        assert all(is_gone(pid) for pid in killed)
    assert found.content_hash() == expected.content_hash()


def test_a_comparison_outlives_a_worker_that_is_killed():
    chosen = [scenario(1), scenario(1, "retreating-state")]
    with connected(workers=2) as client:
        pid = armed(client)
        there = cs.compare(chosen, futures=2, seed=5, cluster=client)
        assert is_gone(pid)
    assert there.content_hash() == cs.compare(chosen, futures=2, seed=5).content_hash()


def test_what_loses_every_worker_that_tries_it_is_named():
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), connected(workers=1) as client:
        armed(client)
        with pytest.raises(ClusterFailed, match=r"lived-.* was lost with every worker that tried it \(1\)"):
            cs.run(scenario(), seed=SEED, engine="dask", cluster=client)
        client.wait_for_workers(1)
        armed(client)
        with pytest.raises(RunsFailed, match=r"co-production, future 0 of 1: ClusterFailed: .* was lost .*Run it again with run"):
            cs.compare([scenario(1)], futures=1, seed=5, cluster=client)


def test_a_cluster_needs_the_engine_for_it():
    with pytest.raises(ValueError, match="in this process: leave out the cluster, or choose the engine 'dask'"):
        cs.run(scenario(), cluster="tcp://127.0.0.1:1")
    with pytest.raises(ValueError, match="must be kernels or agents"):
        cs.compare([scenario(), scenario()], engine="dask")


def test_a_cluster_for_a_comparison_has_its_own_workers():
    with pytest.raises(ScenarioError, match="has its own workers: leave out workers = 2"):
        cs.compare([scenario(), scenario()], futures=1, workers=2, cluster="tcp://127.0.0.1:1")


def test_parts_of_a_state_are_joined_to_the_same():
    world = random_world(4, (40, 23, 31)).roomy(0.3)
    apart = [part(world, 0, 1), part(world, 1, 3)]
    assert [len(one.communities.id) for one in apart] == [1, 2]
    before = world.content_hash()
    assert joined(apart).content_hash() == before
    assert np.array_equal(joined(apart).communities.size, world.communities.size)
    behind = world.grown(np.array([1]), 0.5)  # stored after the last: no stretch of the columns is communities 1 and 2 alone
    assert joined([part(behind, 0, 1), part(behind, 1, 3)]).content_hash() == before


def test_a_stretch_of_communities_is_built_as_it_is_among_all():
    begin = simulate.start(scenario(), seed=SEED)
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
