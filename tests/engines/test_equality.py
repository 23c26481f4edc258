"""Every engine lives the same lives: agents, kernels, any threads, any storage, compiled or interpreted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.engines import agents, block, kernels
from copro_sim.engines.parity import first_difference
from copro_sim.processes.month import MONTH, walk_of
from laws import any_parameters, any_policy, default_parameters, some_policy, tables_for
from worlds import random_world

YEARS = 3
"""36 months: three Aprils."""


def live(state, policies, p, t, seed, how):
    months, years = [], []
    for policy in policies:
        state, counts = how(state, policy, p, t, seed=seed)
        months.append(counts.month)
        years.append(counts.year)
    return state, np.concatenate(months, axis=1), np.stack(years)


def interpreted(*args, **kwargs):
    with pytest.MonkeyPatch.context() as now:
        now.setattr(kernels, "live_block", kernels.live_block.py_func)
        now.setattr(kernels, "walks_of", lambda month, p, t: tuple(map(walk_of, month)))
        return kernels.live_year(*args, **kwargs)


def two_threads(*args, **kwargs):
    return kernels.live_year(*args, **kwargs, threads=2)


def assert_same(world, policies, p, t, seed):
    state, months, years = live(world, policies, p, t, seed, kernels.live_year)
    permuted = world.permuted(np.random.default_rng(seed))
    others = {
        "agents": (world, agents.live_year),
        "interpreted": (world, interpreted),
        "two threads": (world, two_threads),
        "permuted storage": (permuted, kernels.live_year),
        "agents, permuted": (permuted, agents.live_year),
    }
    for name, (start, how) in others.items():
        other, other_months, other_years = live(start, policies, p, t, seed, how)
        same = other.content_hash() == state.content_hash()
        same = same and (other_months == months).all() and (other_years == years).all()
        assert same, f"{name} differs: {first_difference(start, policies, p, t, seed)}"
    assert months[:, :, 1].sum() > 0 or p.ageing.wales_ratio < 1  # somebody died, or hardly anybody can


@settings(max_examples=12)
@given(p=any_parameters(), policies=st.lists(any_policy(), min_size=YEARS, max_size=YEARS), seed=st.integers(0, 2**40))
def test_every_engine_lives_the_same_lives_whatever_the_parameters(p, policies, seed):
    world = random_world(seed % 1000, (40, 25, 11))
    assert_same(world, policies, p, tables_for(p, 0.08), seed)


def test_every_engine_lives_the_same_lives_with_the_usual_parameters():
    p = default_parameters()
    assert_same(random_world(5, (150, 60)), [some_policy()] * YEARS, p, tables_for(p), 11)


@pytest.mark.full
@settings(max_examples=200)
@given(p=any_parameters(), policies=st.lists(any_policy(), min_size=YEARS, max_size=YEARS), seed=st.integers(0, 2**40))
def test_every_engine_lives_the_same_lives_many_times(p, policies, seed):
    world = random_world(seed % 1000, (60, 45, 3, 1))
    assert_same(world, policies, p, tables_for(p, 0.08), seed)


def test_where_walks_part_is_named_by_month_process_citizen_and_column(monkeypatch):
    """The finder finds: agents who ask a little more easily part from the columns at the process 'asking'."""
    from copro_sim.processes import asking

    p = default_parameters()
    rule = asking.next_reluctance
    walk = asking.agents

    def eased(community, params):
        monkeypatch.setattr(asking, "next_reluctance", lambda *args: rule(*args) * 0.99)
        walk(community, params)
        monkeypatch.setattr(asking, "next_reluctance", rule)

    monkeypatch.setattr(asking, "agents", eased)
    found = first_difference(random_world(5, (20,)), [some_policy()], p, tables_for(p), 3)
    assert found.startswith("2013-04, process asking: citizen ")
    assert "column reluctance" in found


def test_a_year_leaves_its_input_as_it_was():
    p, world = default_parameters(), random_world(8, (50, 30))
    before = world.content_hash()
    arrays = [column.copy() for column in (*world.citizens, *world.communities)]
    kernels.live_year(world, some_policy(), p, tables_for(p), seed=1)
    agents.live_year(world, some_policy(), p, tables_for(p), seed=1)
    assert world.content_hash() == before
    assert all((a == b).all() for a, b in zip(arrays, (*world.citizens, *world.communities), strict=True))


def test_compiled_code_sees_one_signature():
    p, world = default_parameters(), random_world(8, (50, 30))
    kernels.live_year(world, some_policy(), p, tables_for(p), seed=1)
    kernels.live_year(world, some_policy(), p, tables_for(p), seed=2, settling=True)
    assert len(kernels.live_block.signatures) == 1


def test_every_process_is_a_part_that_is_compiled_by_itself():
    assert sorted(block.PARTS) == sorted(["live_block", *MONTH.names])


def test_ties_of_the_keyed_draw_go_to_the_smaller_id_wherever_it_is_stored():
    """Ids that share their lower 32 bits, which is all that a choice among givers and volunteers looks at."""
    p, world = default_parameters(), random_world(5, (150, 60))
    ids = world.citizens.id
    ids[:] = (np.argsort(np.argsort(ids)) + 1 << 32) + 77
    assert_same(world, [some_policy()], p, tables_for(p), 11)


def test_the_dead_have_no_part_in_what_is_shared_out_by_head():
    """Every third citizen dies, and a citizen more or less means a match more or less."""
    p = default_parameters(time_credits={"minutes_per_match": 1, "favour_chance": 1.0, "debit_limit_hours": 100.0})
    assert_same(random_world(5, (150, 60)), [some_policy(broker_minutes=0.1)], p, tables_for(p, 0.3), 11)
