"""Buying: who has means buys part of what is unmet, in whole minutes, and no more than that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import buying
from copro_sim.processes.buying import bought_minutes, is_adult, share_bought
from copro_sim.state.codes import Need, Source
from copro_sim.state.context import Clock, Here, orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

MINUTES = st.integers(0, 44_640)


def test_what_is_bought_by_hand():
    assert bought_minutes(1_000, 2_000, 0.25, 14.0, 120) == (250, 500)
    assert bought_minutes(1_001, 0, 0.25, 14.0, 120) == (250, 0)
    assert bought_minutes(10_000, 10_000, 0.25, 14.0, 120) == (2_500, 1_140)  # 14 hours a week are 3,640 minutes
    assert bought_minutes(40_000, 10_000, 0.25, 14.0, 120) == (3_640, 0)
    assert bought_minutes(200, 279, 0.25, 14.0, 120) == (0, 0)
    assert bought_minutes(200, 280, 0.25, 14.0, 120) == (50, 70)


@given(personal=MINUTES, practical=MINUTES, share=st.floats(0, 1), most=st.floats(0, 112), shortest=st.integers(1, 2_000))
def test_nobody_buys_more_than_is_unmet_or_than_the_most(personal, practical, share, most, shortest):
    a, b = bought_minutes(personal, practical, share, most, shortest)
    assert 0 <= a <= personal
    assert 0 <= b <= practical
    assert a + b <= most * 260
    assert a + b == 0 or a + b >= shortest


@given(personal=MINUTES, practical=MINUTES, share=st.floats(0, 0.9), most=st.floats(0, 112))
def test_a_larger_share_buys_no_less(personal, practical, share, most):
    assert sum(bought_minutes(personal, practical, share + 0.1, most, 1)) >= sum(
        bought_minutes(personal, practical, share, most, 1)
    )


def test_adults_buy_and_means_decide_the_share():
    assert is_adult(216, 0)
    assert not is_adult(215, 0)
    assert share_bought(1, 0.25, 0.02) == 0.25
    assert share_bought(0, 0.25, 0.02) == 0.02


def world_with_unmet_need(seed=4):
    world = random_world(seed, (120,))
    chance = np.random.default_rng(seed)
    world.citizens.unmet[:] = world.citizens.need[:] = chance.integers(0, 5_000, world.citizens.unmet.shape)
    return world


def lived(world, **changes):
    """Return the world after one month of buying alone, by columns; the agents' walk must come to the same."""
    p, policy, new = default_parameters(buying=changes), some_policy(), world.copy()
    clock, orders = Clock(3, 0, 0), orders_for(policy, 0, 0)
    buying.columns(new.community(0), Here(new.communities, 0, clock, orders), p.buying)
    society = Society(world, p, tables_for(p), seed=3)
    society.live_month(policy, [buying])
    assert society.to_state().content_hash() == new.later(1).content_hash()
    return new


def test_columns_agents_and_any_storage_buy_the_same_and_no_minute_is_lost():
    world = world_with_unmet_need()
    new = lived(world)
    assert lived(world.permuted(np.random.default_rng(1))).content_hash() == new.content_hash()
    bought = new.citizens.received[:, :, Source.BOUGHT].astype(int)
    assert (bought + new.citizens.unmet == world.citizens.unmet).all()
    adult = world.citizens.birth_month <= -216
    assert not bought[~adult].any()
    rich, unmet = world.citizens.above_means[adult] == 1, world.citizens.unmet[adult].sum()
    assert 0 < bought[adult][~rich].sum() < bought[adult][rich].sum() < unmet
    assert bought[:, Need.PERSONAL].sum() > 0 < bought[:, Need.PRACTICAL].sum()


@pytest.mark.parametrize("off", [{"above_share": 0.0, "below_share": 0.0}, {"most_hours_per_week": 0.0}])
def test_with_a_strength_of_zero_nothing_is_bought(off):
    world = world_with_unmet_need()
    assert lived(world, **off).content_hash() == world.content_hash()


def test_what_is_bought_is_not_asked_of_the_council():
    p = default_parameters()
    with_means = Society(random_world(3, (150,)), p, tables_for(p), seed=5)
    none = p._replace(buying=p.buying._replace(above_share=0.0, below_share=0.0))
    without = Society(random_world(3, (150,)), none, tables_for(none), seed=5)
    for society in (with_means, without):
        for _ in range(14):
            society.live_month(some_policy())
    unmet = [sum(sum(who.unmet) for who in society.citizens) for society in (with_means, without)]
    packages = [sum(sum(who.package) for who in society.citizens) for society in (with_means, without)]
    assert unmet[0] < unmet[1]
    assert packages[0] < packages[1]
