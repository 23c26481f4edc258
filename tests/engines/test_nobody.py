"""A community in which nobody is left lives on: other communities do, and newcomers may come."""

import pytest

from copro_sim.engines import agents, kernels
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


@pytest.mark.parametrize("sizes", [(30,), (30, 25)])
def test_where_all_have_died_the_next_year_is_lived(sizes):
    p = default_parameters()
    world, t = random_world(3, sizes), tables_for(p, 1.0)
    for live in (kernels.live_year, agents.live_year):
        state = world
        for _ in range(3):
            state, counts = live(state, some_policy(), p, t, seed=5)
        assert counts.month.shape[0] == len(sizes)
        assert state.citizens.id.size >= state.communities.size.sum()
    kernel, agent = world, world
    for _ in range(3):
        kernel, _ = kernels.live_year(kernel, some_policy(), p, t, seed=5)
        agent, _ = agents.live_year(agent, some_policy(), p, t, seed=5)
        assert kernel.content_hash() == agent.content_hash()
