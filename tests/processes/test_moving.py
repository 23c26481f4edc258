"""Moving: who lives with whom stays one thing, whether told by number or by bonds, whatever happens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import ageing, migration, moving
from copro_sim.processes.moving import (
    blurred,
    first_goes,
    first_hosts,
    look_for_each_other,
    may_share,
    near_in_age,
    room_for,
    suits,
    tables,
    unlikeness,
)
from copro_sim.state.codes import Arrival, BondKind, Life
from copro_sim.state.columns import MOST_BONDS
from copro_sim.state.households import MOST_TOGETHER, apart, grown_up, kind_apart, own_sex, together
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

MAN, WOMAN = 0, 1
BUSY = {
    "leave_home_percent": 80.0, "partner_percent": 90.0, "halving_years": 100.0, "separation_percent": 50.0,
    "separation_45_percent": 40.0, "separation_65_percent": 30.0, "same_sex_percent": 15.0,
}  # fmt: skip
STILL = {
    "leave_home_percent": 0.0, "partner_percent": 0.0, "separation_percent": 0.0, "separation_45_percent": 0.0,
    "separation_65_percent": 0.0,
}  # fmt: skip


def check_homes(society):
    """Hold the laws of households: one number, one circle of bonds; partners mutual and together; nobody bound to the gone."""
    for community in society.communities:
        homes = {}
        for citizen in community.living():
            homes.setdefault(citizen.household, set()).add(citizen)
        for citizen in community.living():
            mates = homes[citizen.household] - {citizen}
            assert set(citizen.housemates()) == mates
            assert len(citizen.bonds) <= MOST_BONDS
            for other, bond in citizen.bonds.items():
                assert other.life == Life.ALIVE
                assert other.bonds[citizen].kind == bond.kind
                assert 0 <= bond.strength < 2**14
            if citizen.partner is not None:
                assert citizen.partner.partner is citizen
                assert citizen.partner in mates
            month = community.clock.month
            assert grown_up(month, citizen.birth_month) or any(grown_up(month, mate.birth_month) for mate in mates)
        assert sum(citizen.balance for citizen in community.living()) + community.issuer == 0


def settled(seed, p, sizes=(50, 20)):
    """A society where nobody under 16 is alone any more, and homes are as one number and by bonds."""
    society = Society(random_world(seed, sizes), p, tables_for(p, 0.0), seed=seed)
    society.live_month(some_policy(), [moving])
    return society


@settings(max_examples=12)
@given(seed=st.integers(0, 2**30), busy=st.booleans())
def test_households_stay_whole_whatever_happens(seed, busy):
    p = default_parameters(moving=BUSY if busy else {}, migration={"arrivals_per_1000": 300.0, "leaving_ratio": 5.0})
    society = settled(seed, p)
    for _ in range(20):
        people = {citizen for community in society.communities for citizen in community.living()}
        society.live_month(some_policy(), [ageing, moving, migration])
        now = {citizen for community in society.communities for citizen in community.living()}
        assert {citizen.life for citizen in people - now} <= {Life.DIED, Life.LEFT}
        assert {citizen.arrived for citizen in now - people} <= {Arrival.CAME}
        check_homes(society)


def test_things_do_happen():
    p = default_parameters(moving=BUSY)
    society = settled(3, p, (200,))
    people = society.communities[0].living()
    couples = {citizen.id: citizen.partner for citizen in people}
    homes = {citizen.id: citizen.household for citizen in people}
    for _ in range(12):
        society.live_month(some_policy(), [moving])
    assert any(homes[citizen.id] != citizen.household for citizen in people)
    assert any(couples[citizen.id] is not None and citizen.partner is None for citizen in people)
    found = [citizen for citizen in people if couples[citizen.id] is None and citizen.partner is not None]
    assert found
    for citizen in found:
        own = own_sex(citizen.id, 15.0)
        assert (citizen.partner.sex == citizen.sex) == own == own_sex(citizen.partner.id, 15.0)
        assert len(citizen.housemates()) < MOST_TOGETHER


def test_with_all_chances_zero_only_children_without_an_adult_move():
    society = settled(5, default_parameters(moving=STILL), (120,))
    people = society.communities[0].living()
    before = [(citizen.household, citizen.partner, dict(citizen.bonds)) for citizen in people]
    for _ in range(12):
        society.live_month(some_policy(), [moving])
    assert before == [(citizen.household, citizen.partner, citizen.bonds) for citizen in people]


def test_who_hosts():
    assert first_hosts(False, True, 1, 4, 9, 2)
    assert not first_hosts(True, False, 4, 1, 1, 2)
    assert first_hosts(False, False, 3, 2, 9, 2)
    assert not first_hosts(False, False, 2, 3, 2, 9)
    assert first_hosts(False, False, 2, 2, 2, 9)
    assert not first_hosts(False, False, 2, 2, 9, 2)
    assert room_for(MOST_TOGETHER)
    assert not room_for(MOST_TOGETHER + 1)


def test_who_moves_out():
    assert first_goes(MAN, WOMAN, 1, 2)
    assert not first_goes(WOMAN, MAN, 2, 1)
    assert first_goes(WOMAN, WOMAN, 2, 1)
    assert not first_goes(MAN, MAN, 1, 2)


def test_a_man_two_years_older_is_no_difference():
    assert unlikeness(-300, MAN, -276, WOMAN, 2.0) == 0
    assert unlikeness(-276, WOMAN, -300, MAN, 2.0) == 0
    assert unlikeness(-300, MAN, -324, WOMAN, 2.0) == 48
    assert unlikeness(-300, MAN, -288, MAN, 2.0) == 12
    assert suits(144, 12.0)
    assert not suits(145, 12.0)
    assert blurred(10, 0.5, 6.0) == 46


@given(a=st.integers(-1200, 0), b=st.integers(-1200, 0), sex=st.integers(0, 1), other=st.integers(0, 1))
def test_unlikeness_is_mutual(a, b, sex, other):
    assert unlikeness(a, sex, b, other, 2.0) == unlikeness(b, other, a, sex, 2.0) >= 0


def test_who_looks_for_whom():
    assert look_for_each_other(MAN, False, WOMAN, False)
    assert look_for_each_other(MAN, True, MAN, True)
    assert not look_for_each_other(MAN, True, WOMAN, True)
    assert not look_for_each_other(MAN, True, MAN, False)
    assert not any(own_sex(who, 0.0) for who in range(1000))
    assert all(own_sex(who, 100.0) for who in range(1000))


def test_chances_by_age():
    p = default_parameters().moving
    t = tables(p)
    assert t.leaves[17] == t.leaves[35] == t.seeks[17] == 0.0
    assert t.leaves[18] == t.leaves[34] == p.leave_home_percent / 100
    assert t.seeks[27 + int(p.halving_years)] == pytest.approx(t.seeks[27] / 2)
    assert t.seeks[22] == pytest.approx(t.seeks[27] * 0.5**1.3)
    assert t.parts[44] > t.parts[45] > t.parts[65]


def test_with_whom_a_home_is_shared():
    assert may_share(18, False, False, 3)
    assert not any((may_share(17, False, False, 1), may_share(20, True, False, 2), may_share(20, False, True, 2)))
    assert not may_share(20, False, False, 4)
    assert near_in_age(-300, -300 + 60)
    assert near_in_age(-300 + 60, -300)
    assert not near_in_age(-300, -300 + 61)


@pytest.mark.parametrize("share", [0.0, 100.0])
def test_who_leaves_home_lives_alone_unless_a_home_is_shared(share):
    p = default_parameters(moving=STILL | {"leave_home_percent": 100.0, "share_percent": share})
    society = settled(5, p, (400,))
    left, shared = 0, 0
    for _ in range(12):
        before = {citizen: citizen.household for citizen in society.communities[0].living()}
        society.live_month(some_policy(), [moving])
        moved = [
            citizen for citizen, home in before.items()
            if citizen.life == Life.ALIVE and citizen.household != home and grown_up(society.month, citizen.birth_month)
        ]  # fmt: skip
        left += len(moved)
        shared += sum(bool(citizen.housemates()) for citizen in moved)
    assert left > 10
    assert (shared > 0) == (share > 0)


def test_who_parts_stays_bound():
    assert kind_apart(-400, -400 + 16 * 12) == BondKind.KIN == kind_apart(-400 + 16 * 12, -400)
    assert kind_apart(-400, -399 + 15 * 12) == BondKind.FRIEND
    assert 0 < apart(16_383) < 16_383
    assert together(0.0) < together(0.999) <= 16_383
