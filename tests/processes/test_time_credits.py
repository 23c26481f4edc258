"""Time credits: an hour for an hour, within debit limits, targets, the broker's time and the common pot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.draws import Stream, compiled_words, pair_word
from copro_sim.engines.agents import Society
from copro_sim.processes import time_credits
from copro_sim.processes.time_credits import (
    affordable,
    bond_of,
    brokers_share,
    can_pay,
    cautious_target,
    first_grant,
    host_of,
    in_minutes,
    matches,
    may_give,
    next_grant,
    next_target,
    pot_pays,
    price,
    served,
    towards_need,
    volunteers,
    wanted_minutes,
    who_first,
    works_for,
)
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength
from copro_sim.state.codes import BondKind, Habit, Host
from copro_sim.state.context import Clock, Here, orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

USUAL, ALTRUIST, HOARDER = (int(habit) for habit in Habit)
COUNCIL, THIRD_SECTOR, USERS = (int(host) for host in Host)
PLENTY = 500.0


def lived(world, seed=5, **changes):
    """Return the first community's arrays and the row of communities after one month of time credits alone."""
    p = default_parameters(time_credits=changes).time_credits
    state = world.copy()
    here = Here(state.communities, 0, Clock(seed, 3, 0), orders_for(some_policy(broker_minutes=PLENTY), 3, 0))
    time_credits.columns(state.community(0), here, p)
    return state.community(0), state.communities


def everybody_can_give(seed=3, people=120):
    """Return a community of members without needs who all have an afternoon to spare and no habit."""
    world = random_world(seed, (people,))
    c = world.citizens
    c.member[:], c.habit[:], c.need_level[:], c.invited[:] = 1, USUAL, 0, 0
    c.capacity[:] = c.spare[:] = 300
    c.balance[:] = 120
    world.communities.issuer[:] = -120 * people
    world.communities.host[:], world.communities.target[:] = COUNCIL, 600
    return world


def test_what_a_member_wants():
    assert wanted_minutes(900, 1, 0.9, 520, 0.4, 60, 30) == 520
    assert wanted_minutes(90, 1, 0.9, 520, 0.4, 60, 30) == 90
    assert wanted_minutes(900, 0, 0.3, 520, 0.4, 60, 30) == 60
    assert wanted_minutes(0, 0, 0.5, 520, 0.4, 60, 30) == 0
    assert wanted_minutes(20, 1, 0.3, 520, 0.4, 60, 30) == 60, "less than is worth arranging is not asked for"
    assert wanted_minutes(900, 1, 0.0, 0, 0.0, 60, 30) == 0


@given(wanted=st.integers(0, 9_999), balance=st.integers(-9_999, 9_999), limit=st.integers(0, 9_999))
def test_nobody_spends_below_the_debit_limit(wanted, balance, limit):
    spent = affordable(wanted, balance, limit)
    assert 0 <= spent <= wanted
    assert spent == 0 or balance - spent >= -limit


def test_the_pot_pays_for_those_who_cannot_give_while_it_lasts():
    assert pot_pays(capacity=0, pot=120, shortest=30)
    assert not pot_pays(capacity=30, pot=120, shortest=30)
    assert not pot_pays(capacity=0, pot=29, shortest=30)
    assert can_pay(200, 0, 0, True, 120) == 120
    assert can_pay(200, 50, 60, False, 120) == 110


def test_members_volunteer_below_their_target_with_time_to_spare():
    assert volunteers(30, 30, 599, 600, USUAL)
    assert not volunteers(29, 30, 0, 600, USUAL)
    assert not volunteers(100, 30, 600, 600, USUAL)
    assert volunteers(100, 30, 6_000, 600, HOARDER)
    assert volunteers(100, 30, 6_000, 600, ALTRUIST)
    assert not volunteers(29, 30, 0, 600, ALTRUIST)


def test_with_needs_one_gives_once_invited():
    assert may_give(0, 0)
    assert may_give(3, 1)
    assert not may_give(1, 0)


def test_altruists_serve_whoever_asks_and_take_nothing():
    assert works_for(ALTRUIST, 0, 30)
    assert not works_for(USUAL, 29, 30)
    assert served(100, 0, 80, ALTRUIST) == 80
    assert served(100, 60, 80, USUAL) == 60
    assert (price(60, ALTRUIST), price(60, HOARDER)) == (0, 60)


def test_who_serves_first():
    assert who_first(-60, 1) == -60
    assert who_first(-60, 0) == who_first(600, 0)


def test_the_broker_limits_matches_and_needs_come_out_of_exchanges():
    assert matches(0.18, 1.0, 1_000, 40) == 4
    assert matches(0.18, 0.5, 1_000, 40) == 2
    assert matches(0.0, 1.0, 1_000, 40) == 0
    assert towards_need(60, 45, 1) == 45
    assert towards_need(60, 45, 0) == 0
    assert in_minutes(1.5) == 90
    assert bond_of(1.0) == 16_383


def test_who_runs_a_group_and_how_its_grant_ends():
    assert [host_of(draw, 60.0, 10.0) for draw in (0.0, 0.59, 0.6, 0.69, 0.7)] == [1, 1, 2, 2, 0]
    assert (first_grant(THIRD_SECTOR, 36), first_grant(COUNCIL, 36)) == (36, 0)
    assert next_grant(THIRD_SECTOR, 9, True, 0.0, 1.0, 1.0, 36) == 8
    assert next_grant(THIRD_SECTOR, 1, False, 0.5, 0.6, 0.0, 36) == 36
    assert next_grant(THIRD_SECTOR, 1, False, 0.7, 0.6, 0.0, 36) == 0
    assert next_grant(THIRD_SECTOR, 0, True, 0.2, 0.0, 0.3, 36) == 36
    assert next_grant(THIRD_SECTOR, 0, False, 0.0, 1.0, 1.0, 36) == 0
    assert next_grant(USERS, 0, True, 0.0, 1.0, 1.0, 36) == 0
    assert brokers_share(THIRD_SECTOR, 0, 0.8, 0.3) == 0.3
    assert brokers_share(THIRD_SECTOR, 1, 0.8, 0.3) == 1.0
    assert brokers_share(USERS, 0, 0.8, 0.3) == 0.8
    assert brokers_share(COUNCIL, 0, 0.8, 0.3) == 1.0


def test_a_cautious_target_covers_what_is_wanted_while_earning():
    """40 would serve, 20 favours are on offer: two months to earn one; four favours a month: eight in hand."""
    assert cautious_target(40, 20 * 60, 60, 4.0, 0) == 480
    assert cautious_target(40, 20 * 60, 60, 4.0, 360) == 120
    assert cautious_target(0, 20 * 60, 60, 4.0, 0) == 0


@given(target=st.integers(0, 9_999), fixed=st.integers(0, 9_999), cautious=st.floats(0, 1e9), adapts=st.floats(0, 1))
def test_targets_move_towards_what_is_wished_and_get_there(target, fixed, cautious, adapts):
    wish = int(min(1_000_000, (1.0 - adapts) * fixed + adapts * cautious))
    moved = next_target(target, fixed, cautious, adapts, 0.1)
    assert abs(wish - moved) < abs(wish - target) or moved == wish == target
    assert next_target(target, fixed, cautious, adapts, 0.0) == target
    assert min(target, wish) <= moved <= max(target, wish)


@given(ready=st.integers(0, 500), fewer=st.integers(0, 500), payable=st.integers(1, 99_999))
def test_the_fewer_volunteer_the_less_credit_is_wished_for(ready, fewer, payable):
    assert cautious_target(min(ready, fewer), payable, 60, 4.0, 0) <= cautious_target(ready, payable, 60, 4.0, 0)


@pytest.mark.parametrize("broker_minutes", [0.0, 0.5, 5.0])
def test_exchanges_in_a_month_stay_within_the_brokers_time(broker_minutes):
    p = default_parameters()
    world = random_world(3, (120,))
    world.communities.host[:] = COUNCIL
    society = Society(world, p, tables_for(p), seed=5)
    society.live_month(some_policy(broker_minutes=broker_minutes))
    served_people = sum(citizen.credit_received > 0 for citizen in society.communities[0].citizens)
    assert served_people <= matches(broker_minutes, 1.0, 120, p.time_credits.minutes_per_match)
    assert (served_people > 0) == (broker_minutes > 0)


def test_every_member_has_a_wish_or_none_and_others_none():
    world = random_world(3, (120,))
    world.citizens.wanted[:] = 7
    c, _ = lived(world)
    assert (c.wanted[c.member == 0] == 0).all()
    assert 0 < (c.wanted[c.member == 1] > 0).mean() < 1
    none, _ = lived(world, favour_chance=0.0, help_hours_per_week=0.0)
    assert (none.wanted == 0).all()
    assert (none.credit_given == 0).all()


def test_altruists_move_hours_and_no_credits():
    world = everybody_can_give()
    world.citizens.habit[:] = ALTRUIST
    world.citizens.balance[:] = 0
    c, _ = lived(world, debit_limit_hours=0.0, favour_chance=1.0)
    assert (c.credit_received > 0).all()
    assert (c.balance == 0).all()


def test_the_pot_is_issued_and_no_more_than_that():
    world = everybody_can_give()
    world.citizens.capacity[:60] = world.citizens.spare[:60] = 0
    world.citizens.balance[:60] = -9_000
    world.communities.issuer[:] = -int(world.citizens.balance.sum())
    usual = {"favour_chance": 1.0, "help_hours_per_week": 0.0, "debit_limit_hours": 0.0, "target_hours": 1000.0}
    c, communities = lived(world, **usual, pot_hours_per_month=3.0)
    assert (c.credit_received[:60] > 0).sum() == 3
    assert (c.balance[:60] == -9_000).all()
    assert int(communities.issuer[0]) == int(world.communities.issuer[0]) - 180
    assert int(c.balance.sum()) + int(communities.issuer[0]) == 0
    without, _ = lived(world, **usual, pot_hours_per_month=0.0)
    assert (without.credit_received[:60] == 0).all()


def test_lowest_balance_serves_first_if_so_wished():
    world = everybody_can_give()
    world.citizens.balance[:10] = -60
    c, _ = lived(world, favour_chance=0.05, lowest_balance_first=1)
    assert (c.credit_given > 0).sum() > 0
    assert (c.credit_given[10:] == 0).all()
    usual, _ = lived(world, favour_chance=0.05)
    assert (usual.credit_given[10:] > 0).any()


def test_strangers_become_friends_by_an_exchange_and_only_so():
    world = everybody_can_give()
    before = int(world.citizens.bonds.sum())
    apart, _ = lived(world, strangers_befriend=0.0)
    assert int(apart.bonds.sum()) == before
    c, _ = lived(world, strangers_befriend=1.0, favour_chance=0.2)
    assert int(c.bonds.sum()) > before
    new = [c.bond[i, : c.bonds[i]] for i in np.flatnonzero(c.bonds > world.citizens.bonds)]
    kinds = {(int(bond_kind(row[-1])), int(bond_strength(row[-1]))) for row in new}
    assert kinds == {(int(BondKind.FRIEND), bond_of(0.3))}
    for i in np.flatnonzero(c.bonds > world.citizens.bonds):
        other = int(bond_place(c.bond[i, c.bonds[i] - 1]))
        assert i in bond_place(c.bond[other, : c.bonds[other]]).tolist()


def test_a_grant_that_ends_leaves_the_brokers_less_time():
    world = everybody_can_give()
    world.communities.host[:] = THIRD_SECTOR
    given = {}
    for months in (0, 12):
        world.communities.grant[:] = months
        c, communities = lived(world, favour_chance=1.0, after_grant_share=0.0, grant_again=0.0)
        given[months] = int(c.credit_given.sum())
        assert int(communities.grant[0]) == max(0, months - 1)
    assert given[0] == 0 < given[12]


def test_where_no_group_runs_nothing_happens():
    world = everybody_can_give()
    world.communities.group[:] = 0
    c, communities = lived(world, favour_chance=1.0)
    for name, column in world.citizens._asdict().items():
        assert (getattr(c, name) == column).all(), name
    assert int(communities.target[0]) == 600


def test_volunteers_are_chosen_by_the_askers_third_word(monkeypatch):
    """Not by the second, which orders the askers: who is early in the queue would get the same kind of volunteer."""
    p = default_parameters()
    society = Society(random_world(3, (60,)), p, tables_for(p), seed=5)
    chosen_by = set()
    monkeypatch.setattr(time_credits, "pair_word", lambda word, other: chosen_by.add(word) or pair_word(word, other))
    third = {compiled_words(5, Stream.TIME_CREDITS, citizen.id, 0, 0)[2] for citizen in society.citizens}
    society.live_month(some_policy())
    assert chosen_by
    assert chosen_by <= third
