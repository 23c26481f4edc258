"""Who is a member at the start: keyed draws, whole hours of credit, and an account that holds the other side."""

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.population.enrolment import enrol
from copro_sim.processes import joining, time_credits
from worlds import random_world

CREDITS, JOINS = defaults(time_credits.Params), defaults(joining.Params)


def blank(sizes=(900, 900, 900)):
    world = random_world(2, sizes)
    for name in ("member", "balance", "habit", "invited"):
        getattr(world.citizens, name)[:] = 0
    for name in ("group", "host", "grant", "target", "issuer"):
        getattr(world.communities, name)[:] = 0
    return world


def begun(groups=1.0, members=0.5, credits=CREDITS, joins=JOINS, world=None):
    state = (world or blank()).copy()
    enrol(state, seed=4, groups=groups, members=members, credits=credits, joins=joins)
    return state


def test_without_groups_or_members_nothing_is_drawn():
    assert begun(groups=0.0).content_hash() == blank().content_hash()
    closed = begun(members=0.0)
    assert closed.communities.group.all()
    assert not closed.citizens.member.any()
    assert (closed.communities.issuer == 0).all()


def test_adults_are_members_with_credit_habits_and_an_invitation():
    state = begun(joins=JOINS._replace(opening_hours=2.5))
    c = state.citizens
    adults = -c.birth_month // 12 >= 18
    member = c.member == 1
    assert not member[~adults].any()
    assert member[adults].mean() == pytest.approx(0.5, abs=0.05)
    assert set(c.balance[member].tolist()) == {120, 180}
    assert c.balance[member].mean() / 60 == pytest.approx(2.5, abs=0.07)
    assert not c.balance[~member].any()
    assert np.bincount(c.habit[member], minlength=3)[1:] / member.sum() == pytest.approx([0.1, 0.1], abs=0.04)
    assert c.invited[member].mean() == pytest.approx(JOINS.group_invites, abs=0.05)
    assert int(c.balance.sum()) + int(state.communities.issuer.sum()) == 0


def test_groups_have_hosts_grants_and_a_target():
    state = begun(world=blank((10,) * 300), members=0.0)
    hosts = np.bincount(state.communities.host, minlength=3) / 300
    assert hosts == pytest.approx([0.3, 0.6, 0.1], abs=0.09)
    assert set(state.communities.grant[state.communities.host == 1].tolist()) == {CREDITS.grant_months}
    assert set(state.communities.grant[state.communities.host != 1].tolist()) == {0}
    assert set(state.communities.target.tolist()) == {600}


def test_storage_does_not_matter():
    world = blank()
    permuted = world.permuted(np.random.default_rng(1))
    assert begun(world=world).content_hash() == begun(world=permuted).content_hash()
