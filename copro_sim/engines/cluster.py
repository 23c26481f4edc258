"""A Dask cluster: reached or started, held to the same sources, and never waited for in vain. Only this file knows Dask."""

import asyncio
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

from copro_sim.results.provenance import versions
from copro_sim.scenario.problems import Problem, ScenarioError

Task = TypeVar("Task")

PATIENCE = 60
"""Seconds for which a scheduler may not answer, or a cluster have no worker, before it is given up."""

_LOOK = 5
"""Seconds of waiting for results after which it is looked whether there is still a worker that could bring them."""

_CLOSED = "the cluster was closed, or its scheduler lost, before the end: see its log"

_OWN_CLUSTER = {"memory_limit": 0, "dashboard_address": ":0", "silence_logs": "ERROR"}
"""Of a cluster of one's own: workers without a limit of memory write none of it to disk, and any port will do."""

_WORKERS_ARE_REPLACED = {"distributed.deploy.lost-worker-timeout": "1000 days"}
"""Dask replaces a worker that is lost, but for good closes the place of one that it finds lost again this long after."""


class ClusterFailed(RuntimeError):
    """A cluster that did not come to the end of a run: it has no worker left, or one part of the run loses every worker."""


@contextmanager
def connected(cluster: Any = None, *, workers: int | None = None) -> Iterator[Any]:
    """Give a client of a cluster whose workers run the same sources as this process.

    Parameters
    ----------
    cluster
        Address of a scheduler, a cluster, or a `distributed.Client`; a cluster of processes on this machine, for as long as
        it is needed, unless given.
    workers
        Processes of that cluster of one's own; as many as there are processors if not given.

    Raises
    ------
    ScenarioError
        If Dask is not installed, nothing answers at the address, a cluster is given and workers too, or a worker runs other
        sources.
    """
    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError:
        raise _refused(cluster, "needs Dask, which is not installed: install copro_sim with its extra, copro-sim[dask]") from None
    if cluster is not None and workers is not None:
        raise _refused(cluster, f"has its own workers: leave out workers = {workers}")
    if isinstance(cluster, Client):
        yield _checked(cluster)
    elif cluster is not None:
        try:
            client = Client(cluster, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise _refused(cluster, f"no scheduler answers there ({error})") from None
        with client:
            yield _checked(client)
    else:
        with (
            config.set(_WORKERS_ARE_REPLACED),
            LocalCluster(n_workers=workers, threads_per_worker=1, **_OWN_CLUSTER) as own,
            Client(own, set_as_default=False) as client,
        ):
            yield _checked(client)


def submit(client: Any, function: Callable[..., Any], *arguments: Any, near: str | None = None) -> Any:
    """Return the future of `function(*arguments)`, a pure function, on a worker: the one at the address `near` if it lives."""
    if client.status == "closed":
        raise ClusterFailed(_CLOSED)
    where = {} if near is None else {"workers": [near], "allow_other_workers": True}
    key = f"{getattr(function, '__name__', 'task').lstrip('_')}-{uuid4().hex}"
    return client.submit(_where_alike, versions(), function, *arguments, key=key, pure=False, **where)


def results(client: Any, futures: Any) -> Any:
    """Return what a future, or a list of them, came to.

    Raises
    ------
    ClusterFailed
        If the cluster has had no worker for `PATIENCE`, has closed, or a task has lost as many workers as are allowed.
    """
    from distributed import CancelledError, KilledWorker

    async def gathered() -> Any:
        return await client.gather(futures, asynchronous=True)

    found = asyncio.run_coroutine_threadsafe(gathered(), client.loop.asyncio_loop)
    try:
        while not found.done():
            try:
                found.exception(timeout=_LOOK)
            except TimeoutError:
                _some_worker(client)
        return found.result()
    except KilledWorker as error:
        raise ClusterFailed(
            f"cluster {client.scheduler.address}: {error.task} was lost with every worker that tried it "
            f"({1 + error.allowed_failures}), perhaps for want of memory: see the workers' logs; "
            "more workers, or larger ones, hold more people"
        ) from error
    except CancelledError as error:
        raise ClusterFailed(_CLOSED) from error
    finally:
        found.cancel()


def on_workers(
    tasks: Sequence[Task], live: Callable[[Task], Any], client: Any
) -> Generator[tuple[Task, Any], None, None]:
    """Execute whole tasks on a cluster; yield each with what `live` returns, or the error, as it ends, in any order.

    A task whose worker is lost goes to another; one that loses as many workers as the cluster allows ends with that error.
    What has not ended when the iterator is closed is cancelled.

    Raises
    ------
    ClusterFailed
        If the cluster has had no worker for `PATIENCE`.
    """
    from distributed import as_completed

    running = {submit(client, live, task): task for task in tasks}
    try:
        while running:
            try:
                for ended in as_completed(list(running), timeout=_LOOK, loop=client.loop):
                    task = running.pop(ended)
                    try:
                        yield task, results(client, ended)
                    except Exception as error:
                        yield task, error
            except TimeoutError:
                _some_worker(client)
    finally:
        client.cancel(list(running))


def threads(client: Any) -> list[str]:
    """Return the address of the worker of each thread of a cluster."""
    return [address for address, count in sorted(client.nthreads().items()) for _ in range(count)]


def _where_alike(here: Mapping[str, str], function: Callable[..., Any], *arguments: Any) -> Any:
    """Execute a task on a worker, which may have joined late, if it runs what the process runs that asks."""
    if difference := _difference(versions(), here):
        raise ClusterFailed(f"a worker of the cluster {difference}")
    return function(*arguments)


def _some_worker(client: Any) -> None:
    """Return once the cluster has a worker."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ClusterFailed(
            f"cluster {client.scheduler.address} has had no worker for {PATIENCE} seconds: start workers, and run again"
        ) from None


def _checked(client: Any) -> Any:
    """Return the client, after comparing what its workers run with what this process runs."""
    try:
        _some_worker(client)
    except ClusterFailed as error:
        raise _refused(client.scheduler.address, str(error)) from None
    here = versions()
    for worker, there in client.run(versions).items():
        if difference := _difference(there, here):
            raise _refused(client.scheduler.address, f"worker {worker} {difference}")
    return client


def _difference(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Return in what versions there first differ from those here; '' if in nothing."""
    wrong = [f"has {name} {there[name]}, and the process that asks {here[name]}" for name in here if there[name] != here[name]]
    return f"{wrong[0]}: run the same everywhere" if wrong else ""


def _refused(cluster: Any, message: str) -> ScenarioError:
    return ScenarioError([Problem(key="cluster", value=cluster, message=message)])
