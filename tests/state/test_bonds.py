"""Bonds begin, end and make room alike, whether they are columns or `Citizen`s' own."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.engines.agents import Bond, Society
from copro_sim.state.bonds import bind, bond_kind, bond_place, bond_strength, find_bond, make_room, unbind
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import CITIZEN_COLUMNS, MOST_BONDS, Citizens, empty
from laws import default_parameters, tables_for
from worlds import random_world

SIZE = 20
FEW_STRENGTHS = st.sampled_from([0, 1, 5_000, STRENGTH_ONE])
"""Few, so that ties for the weakest bond happen and are broken by id."""

DEED = st.tuples(
    st.sampled_from(["bind", "bind", "bind", "unbind", "make room"]),
    st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(0, 3), FEW_STRENGTHS, FEW_STRENGTHS,
)  # fmt: skip


def rows_of_columns(c):
    """Return everybody's bonds, in whatever order they are stored, by the other's id: [(id of the other, kind, strength)]."""
    packed = [[int(bond) for bond in c.bond[i, : c.bonds[i]]] for i in range(len(c.id))]
    return {
        int(c.id[i]): sorted((int(c.id[bond_place(b)]), bond_kind(b), bond_strength(b)) for b in packed[i])
        for i in range(len(c.id))
    }


def rows_of_citizens(citizens):
    return {who.id: sorted((other.id, bond.kind, bond.strength) for other, bond in who.bonds.items()) for who in citizens}


@settings(max_examples=60)
@given(deeds=st.lists(DEED, min_size=1, max_size=80), seed=st.integers(0, 500))
def test_columns_and_citizens_hold_the_same_rows_whatever_is_done(deeds, seed):
    world, p = random_world(seed, (SIZE,)), default_parameters()
    citizens = Society(world, p, tables_for(p), seed=1).communities[0].citizens
    c, who = world.community(0), {citizen.id: citizen for citizen in citizens}
    for deed, i, j, kind, strength, back in deeds:
        one, other = who[int(c.id[i])], who[int(c.id[j])]
        if deed == "make room":
            assert make_room(c, i, kind) == one.make_room(kind)
        elif i != j and deed == "bind":
            assert bind(c, i, j, kind, strength, back) == one.bind(other, kind, strength, back)
        elif i != j:
            unbind(c, i, j)
            one.unbind(other)
        rows = rows_of_columns(c)
        assert rows == rows_of_citizens(citizens)
        for holder, bonds in rows.items():
            assert len(bonds) <= MOST_BONDS
            for other_id, bond_kind_held, _ in bonds:
                assert (holder, bond_kind_held) in [(back_id, back_kind) for back_id, back_kind, _ in rows[other_id]]


def full(kind, strength=9_000):
    """Return columns in which place 0 holds all the bonds that anybody can, of one kind."""
    c = Citizens(*empty(CITIZEN_COLUMNS, MOST_BONDS + 2))
    c.id[:] = np.arange(100, 100 + len(c.id))
    for other in range(1, MOST_BONDS + 1):
        assert bind(c, 0, other, kind, strength, 1)
    return c


def test_the_weakest_friend_or_neighbour_makes_room_and_of_equals_the_smallest_id():
    c = full(int(BondKind.FRIEND))
    assert bind(c, 0, 7, int(BondKind.NEIGHBOUR), 10, 1)
    assert bind(c, 0, MOST_BONDS + 1, int(BondKind.FRIEND), 5, 5)
    assert find_bond(c, 0, 7) == find_bond(c, 7, 0) == -1
    assert int(c.bonds[0]) == MOST_BONDS
    unbind(c, 0, MOST_BONDS + 1)
    assert bind(c, 0, 7, int(BondKind.FRIEND), 9_000, 1)
    assert bind(c, 0, MOST_BONDS + 1, int(BondKind.FRIEND), 5, 5)
    assert find_bond(c, 0, 1) == -1


def test_kin_make_room_for_the_household_only():
    c = full(int(BondKind.KIN), strength=1)
    assert bind(c, 0, MOST_BONDS + 1, int(BondKind.HOUSEHOLD), STRENGTH_ONE, STRENGTH_ONE)
    assert find_bond(c, 0, 1) == find_bond(c, 1, 0) == -1
    assert not bind(full(int(BondKind.KIN)), 0, MOST_BONDS + 1, int(BondKind.FRIEND), STRENGTH_ONE, STRENGTH_ONE)


def test_the_household_never_makes_room():
    c = full(int(BondKind.HOUSEHOLD), strength=1)
    assert not make_room(c, 0, int(BondKind.HOUSEHOLD))
    assert not bind(c, 0, MOST_BONDS + 1, int(BondKind.KIN), STRENGTH_ONE, STRENGTH_ONE)
    assert int(c.bonds[0]) == MOST_BONDS
    assert int(c.bonds[MOST_BONDS + 1]) == 0


def test_binding_those_who_are_bound_changes_kind_and_strengths_and_nothing_else():
    world, p = random_world(3, (SIZE,)), default_parameters()
    one = Society(world, p, tables_for(p), seed=1).communities[0].citizens[0]
    other = next(iter(one.bonds))
    before = list(one.bonds)
    assert one.bind(other, 1, 5, 6)
    assert list(one.bonds) == before
    assert (one.bonds[other], other.bonds[one]) == (Bond(1, 5), Bond(1, 6))
