"""Same scenario and seed, same content: threads, workers of a cluster, order of storage, the April it was resumed at, engine."""

import itertools

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import simulate
from copro_sim.engines.cluster import connected
from copro_sim.engines.people import InProcess
from copro_sim.engines.sharded import OnCluster

pytestmark = pytest.mark.full
YEARS, SEED = 4, 11


@pytest.fixture(scope="module")
def scenario():
    changes = {"population.councils": ["Ceredigion", "Cardiff"], "population.citizens": 1_800, "run.years": YEARS}
    return cs.load_scenario("co-production").replace(changes | {"population.community_size": 450})


@pytest.fixture(scope="module")
def expected(scenario):
    return cs.run(scenario, seed=SEED)


def shuffled(people):
    """Return the same way of holding people, which stores the citizens of every community in another order each year."""

    class Shuffled(type(people)):
        def live(self, state, policy, terms, **how):
            later, lived = super().live(state, policy, terms, **how)
            order = np.random.default_rng(len(order_of))
            order_of.append(order)
            return self.take(self.whole(later).permuted(order)), lived

    order_of = []
    people.__class__ = Shuffled
    return people


def test_every_way_to_live_a_run_comes_to_the_same(scenario, expected, tmp_path):
    tried = 0
    with connected(workers=1) as one, connected(workers=2) as two:
        ways = {f"{threads} threads": (lambda n=threads: InProcess(threads=n)) for threads in (1, 2, 4)}
        ways |= {"one worker": lambda: OnCluster(one), "two workers": lambda: OnCluster(two)}
        ways["agents"] = lambda: InProcess("agents")
        for (name, way), order in itertools.product(ways.items(), (lambda people: people, shuffled)):
            people = order(way())
            begin = simulate.start(scenario, seed=SEED, people=people)
            *_, last = simulate.years(begin, seed=SEED, count=YEARS, people=people, in_place=True)
            assert people.whole(last.state).content_hash() == expected.state.content_hash(), (name, order)
            tried += 1
        for april, (engine, how) in itertools.product(
            range(1, YEARS), {"kernels": {"workers": 2}, "agents": {}, "dask": {"cluster": two}}.items()
        ):
            folder = tmp_path / f"{engine}-{april}"
            cs.run(scenario, seed=SEED, years=april, snapshots=folder)
            found = cs.run(scenario, seed=SEED, engine=engine, snapshots=folder, resume=True, **how)
            assert found.content_hash() == expected.content_hash(), (engine, april)
            tried += 1
    assert tried == 2 * 6 + 3 * (YEARS - 1)
