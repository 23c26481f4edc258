"""Both walks of time credits come to what the naive twin comes to, whatever the settings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.draws import Stream
from copro_sim.processes import time_credits
from laws import any_of, default_parameters, some_policy

from . import time_credits as twin
from .cases import account, assert_alike, busy, by_both_walks, pair, told, words_of


def hold(world, p, broker_minutes, seed):
    """Hold both walks against the twin, and return whether anybody served."""
    people, community = told(world), account(world)
    found = by_both_walks(time_credits, world, p, some_policy(broker_minutes=broker_minutes), seed)
    chance = words_of(Stream.TIME_CREDITS, seed, world.month)
    twin.live(people, community, p.time_credits._asdict(), broker_minutes, world.month, chance, pair)
    assert_alike(found, people, community)
    return any(one["credit_given"] for one in people.values())


@settings(max_examples=30)
@given(p=any_of("time_credits"), seed=st.integers(0, 2**40), broker_minutes=st.floats(0, 60), month=st.integers(0, 23))
def test_a_twin_made_of_lists_and_dicts_exchanges_alike(p, seed, broker_minutes, month):
    hold(busy(seed % 1_000, 40).later(month), p, broker_minutes, seed)


@pytest.mark.parametrize("habits", [0, 1])
@pytest.mark.parametrize("lowest", [0, 1])
def test_with_the_usual_settings_there_is_something_to_compare(lowest, habits):
    p = default_parameters(time_credits={"lowest_balance_first": lowest, "strangers_befriend": 0.5})
    for seed in range(5):
        world = busy(seed, 60)
        world.citizens.habit[:] *= habits
        world.communities.target[:] = 900
        assert hold(world, p, 60.0, seed)


@pytest.mark.parametrize("host", range(3))
@pytest.mark.parametrize("grant", [0, 1, 2])
def test_grants_run_out_and_are_won_alike(host, grant):
    p = default_parameters(time_credits={"grant_renewal": 0.5, "grant_again": 0.5})
    for seed in range(12):
        world = busy(seed, 12).later(seed)
        world.communities.host[:], world.communities.grant[:] = host, grant
        hold(world, p, 20.0, seed)


def test_where_no_group_runs_nothing_happens():
    world = busy(3, 30)
    world.communities.group[:] = 0
    assert not hold(world, default_parameters(), 60.0, 3)
