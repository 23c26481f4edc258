"""Bonds: directed ties, packed into 32 bits: strength (14), kind (2), and the other's local place (16).

Bonds come in pairs: where i holds a bond to j, j holds one to i, of the same kind. Strengths are directed: the
strength in i's row says how much i feels bound to help j.
"""

from typing import Any, NamedTuple

from copro_sim.core.compiled import rule, step, walk, whole
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import MOST_BONDS

_KIND_SHIFT = 16
_STRENGTH_SHIFT = 18
_PLACE_MASK = 0xFFFF
NOT_FOUND = -1
_HOUSEHOLD, _FRIEND = int(BondKind.HOUSEHOLD), int(BondKind.FRIEND)


class Ties(NamedTuple):
    """The few columns that say who is bound to whom: a call that hands on all columns costs more than most calls do."""

    id: Any
    birth_month: Any
    household: Any
    bonds: Any
    bond: Any


@step
def ties_of(c):
    """Return the ties of a community's columns."""
    return Ties(c.id, c.birth_month, c.household, c.bonds, c.bond)


@rule
def pack_bond(place, kind, strength):
    """Return a bond to `place` (0 to 65,534) of `kind` (0 to 3) with `strength` (0 to 16,383)."""
    return (strength << _STRENGTH_SHIFT) | (kind << _KIND_SHIFT) | place


@rule
def bond_place(bond):
    """Return the other's local place."""
    return bond & _PLACE_MASK


@rule
def bond_kind(bond):
    """Return the kind of bond (BondKind)."""
    return (bond >> _KIND_SHIFT) & 3


@rule
def bond_strength(bond):
    """Return the strength, 0 to 16,383."""
    return bond >> _STRENGTH_SHIFT


@walk
def find_bond(ties, i, j):
    """Return the position in i's row of the bond to j, or NOT_FOUND."""
    for position in range(whole(ties.bonds[i])):
        if bond_place(whole(ties.bond[i, position])) == j:
            return position
    return NOT_FOUND


@walk
def bonds_beyond_home(bonds, bond, i):
    """Return how many bonds i holds with kin, friends and neighbours."""
    count = 0
    for at in range(whole(bonds[i])):
        count += 1 if bond_kind(whole(bond[i, at])) != _HOUSEHOLD else 0
    return count


@walk
def add_bond(c, i, j, kind, strength):
    """Append to i's row a bond to j. The caller has made sure that there is room and that no such bond exists."""
    c.bond[i, whole(c.bonds[i])] = pack_bond(j, kind, strength)
    c.bonds[i] = whole(c.bonds[i]) + 1


@walk
def remove_bond(c, i, j):
    """Remove from i's row the bond to j, the last taking its place; nothing happens if there is none."""
    position = find_bond(c, i, j)
    if position == NOT_FOUND:
        return
    last = whole(c.bonds[i]) - 1
    c.bond[i, position] = c.bond[i, last]
    c.bond[i, last] = 0
    c.bonds[i] = last


@walk
def make_room(c, i, kind):
    """Return whether i has room for a bond of `kind`, after the weakest bond that is looser has made room if need be.

    Friends and neighbours make room for anybody, kin for the household.
    """
    if whole(c.bonds[i]) < MOST_BONDS:
        return True
    weakest, at_least = NOT_FOUND, 0
    for at in range(whole(c.bonds[i])):
        bond = whole(c.bond[i, at])
        j, strength = bond_place(bond), bond_strength(bond)
        if bond_kind(bond) < min(kind + 1, _FRIEND) or (weakest != NOT_FOUND and strength > at_least):
            continue
        if weakest == NOT_FOUND or strength < at_least or c.id[j] < c.id[weakest]:
            weakest, at_least = j, strength
    if weakest == NOT_FOUND:
        return False
    unbind(c, i, weakest)
    return True


@walk
def bind(c, i, j, kind, strength, back):
    """Bind i to j with `strength` and j to i with `back`; return whether it was done.

    If they are bound already, the bond takes the new kind and strengths. A weaker tie makes room; where nothing
    looser is left, nothing is bound.
    """
    at = find_bond(c, i, j)
    if at != NOT_FOUND:
        c.bond[i, at] = pack_bond(j, kind, strength)
        c.bond[j, find_bond(c, j, i)] = pack_bond(i, kind, back)
        return True
    if not (make_room(c, i, kind) and make_room(c, j, kind)):
        return False
    add_bond(c, i, j, kind, strength)
    add_bond(c, j, i, kind, back)
    return True


@walk
def unbind(c, i, j):
    """End the bond between i and j, both ways."""
    remove_bond(c, i, j)
    remove_bond(c, j, i)
