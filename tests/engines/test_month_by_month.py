"""A year looked at after every month is the year that nobody looks at."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import kernels, simulate
from copro_sim.engines.month_by_month import live_months
from copro_sim.processes.tally import Tally
from copro_sim.state.codes import Life

SMALL = {"population.citizens": 900, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff"]}


@pytest.fixture(scope="module")
def begun():
    """Return where a run of two communities begins, its first year's policy, and what it is lived by."""
    begin = simulate.start(cs.load_scenario("co-production").replace(SMALL), seed=4)
    policy = begin.government.april(0, begin.settled.tallies)
    return begin.state, policy, (begin.settled.parameters, begin.settled.tables)


@pytest.mark.parametrize("room", [kernels.ROOM, 0.0])  # without room it is lived again with more
def test_the_year_is_the_same(begun, room):
    state, policy, by = begun
    before = state.content_hash()
    after, counts = kernels.live_year(state, policy, *by, seed=4)
    looked_at, counted, seen = live_months(
        state, policy, *by, seed=4, room=room, see=lambda now: (now.month, int((now.citizens.life == Life.ALIVE).sum()))
    )
    assert looked_at.content_hash() == after.content_hash()
    assert state.content_hash() == before
    assert [month for month, _ in seen] == list(range(1, 13))
    for one, other in zip(counted, counts, strict=True):
        assert np.array_equal(one, other)
    assert [alive for _, alive in seen] == counts.month[:, :, Tally.CITIZENS].sum(axis=0).tolist()
