"""A community in which nobody is left lives on: other communities do, and newcomers may come."""

import pytest

from copro_sim.engines import agents, kernels
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


@pytest.mark.parametrize("sizes", [(0,), (0, 25), (25, 0)])
def test_where_nobody_is_left_years_are_lived_and_end_alike(sizes):
    p = default_parameters()
    kernel = agent = random_world(3, sizes)
    t = tables_for(p, 1.0)
    for _ in range(3):
        kernel, counts = kernels.live_year(kernel, some_policy(), p, t, seed=5)
        agent, same = agents.live_year(agent, some_policy(), p, t, seed=5)
        assert kernel.content_hash() == agent.content_hash()
        assert (counts.month == same.month).all()
        assert kernel.citizens.id.size >= kernel.communities.size.sum()
