"""A Dask cluster: what cannot be reached or trusted is refused in words, and nothing waits for ever for one that is gone."""

import builtins
import time
from types import SimpleNamespace

import pytest

from copro_sim.engines import cluster
from copro_sim.engines.cluster import ClusterFailed, connected, on_workers, results, submit, threads
from copro_sim.results.provenance import versions
from copro_sim.scenario.problems import ScenarioError


@pytest.fixture(scope="module")
def client():
    with connected(workers=2) as client:
        yield client


@pytest.fixture
def impatient(monkeypatch):
    """Give a cluster up at once."""
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    monkeypatch.setattr(cluster, "_LOOK", 0.1)


def test_a_cluster_of_one_s_own_has_as_many_workers_as_asked_for_which_write_nothing_to_disk(client):
    assert len(threads(client)) == 2
    limits = client.run(lambda dask_worker: dask_worker.memory_manager.memory_limit)
    assert set(limits.values()) == {None}


def test_a_client_is_used_as_it_is_and_left_open(client):
    with connected(client) as same:
        assert same is client
    assert results(client, submit(client, abs, -3)) == 3


def own_address():
    """Return the address of the worker that calls."""
    from distributed import get_worker

    return get_worker().address


def test_what_is_submitted_runs_where_it_is_asked_to_or_elsewhere(client):
    for address in threads(client):
        assert results(client, submit(client, own_address, near=address)) == address
    assert results(client, submit(client, own_address, near="tcp://127.0.0.1:1")) in threads(client)


def test_tasks_end_with_a_result_or_their_error(client):
    ended = dict(on_workers([4, 0, 2], lambda task: 8 // task, client))
    assert (ended[4], ended[2]) == (2, 4)
    assert isinstance(ended[0], ZeroDivisionError)


def test_an_error_of_time_run_out_is_a_result_like_any_other(client):
    def slow(task):
        raise TimeoutError("the disk did not answer")

    ((_, error),) = on_workers([1], slow, client)
    assert str(error) == "the disk did not answer"


@pytest.mark.usefixtures("impatient")
def test_a_cluster_that_has_no_worker_left_is_given_up():
    with connected(workers=1) as client:
        client.cluster.scale(0)
        while threads(client):
            time.sleep(0.05)
        with pytest.raises(ClusterFailed, match="has had no worker for 1 seconds: start workers"):
            results(client, [submit(client, abs, -3)])
        with pytest.raises(ClusterFailed, match="has had no worker for 1 seconds"):
            list(on_workers([1, 2], abs, client))
        with pytest.raises(ScenarioError, match="has had no worker for 1 seconds"), connected(client):
            pass


def test_a_cluster_that_closes_fails_what_was_asked_of_it():
    with connected(workers=1) as client:
        client.cluster.scale(0)
        waiting = submit(client, abs, -3)
        client.cluster.close()
        with pytest.raises(ClusterFailed, match="was closed, or its scheduler lost"):
            results(client, [waiting])
        with pytest.raises(ClusterFailed, match="was closed, or its scheduler lost"):
            submit(client, abs, -3)


class Elsewhere:
    """A client of a cluster whose only worker runs another version of the package."""

    scheduler = SimpleNamespace(address="tcp://10.0.0.1:8786")

    def wait_for_workers(self, count, timeout):
        assert (count, timeout) == (1, cluster.PATIENCE)

    def run(self, function):
        return {"tcp://10.0.0.2:40000": function() | {"sources": "another"}}


def test_a_worker_with_other_sources_is_refused():
    message = r"10\.0\.0\.2:40000 has sources another, and the process that asks .*: run the same everywhere"
    with pytest.raises(ScenarioError, match=message):
        cluster._checked(Elsewhere())


def test_a_worker_with_other_sources_that_joins_late_does_no_task():
    assert cluster._where_alike(versions(), abs, -3) == 3
    with pytest.raises(ClusterFailed, match=r"has numba .*, and the process that asks 0.1: run the same everywhere"):
        cluster._where_alike(versions() | {"numba": "0.1"}, abs, -3)


def test_without_dask_the_error_says_what_to_install(monkeypatch):
    usual = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "distributed":
            raise ImportError(name)
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ScenarioError, match=r"install copro_sim with its extra, copro-sim\[dask\]"), connected():
        pass


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "there", "ftp://127.0.0.1:8786", 8786])
def test_what_is_no_address_of_a_scheduler_is_refused(address):
    with pytest.raises(ScenarioError, match="no scheduler answers there"), connected(address):
        pass


def test_workers_are_only_for_a_cluster_of_one_s_own(client):
    with pytest.raises(ScenarioError, match="has its own workers: leave out workers = 2"), connected(client, workers=2):
        pass
