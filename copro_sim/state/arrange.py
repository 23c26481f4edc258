"""Where citizens are stored: brought from one place to another, closing ranks in April; partners and bonds follow."""

from math import prod
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, walk, whole
from copro_sim.core.raw_bytes import clear_bytes, copy_bytes
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, find_bond, pack_bond, ties_of
from copro_sim.state.codes import Life
from copro_sim.state.columns import NOBODY, Citizens

_EMPTY = int(Life.EMPTY)


class Rows(NamedTuple):
    """Where every column lies in memory: all that is known of a citizen moves as bytes. Who made the columns keeps them."""

    address: np.ndarray[Any, Any]
    """Of each column's first row, int64."""
    width: np.ndarray[Any, Any]
    """Bytes that a citizen takes in each column, int64."""


def rows_of(citizens: Citizens) -> Rows:
    """Return the rows of columns that lie in memory without gaps, and that somebody else holds as long as these are used."""
    width = [column.itemsize * prod(column.shape[1:]) for column in citizens]
    if not all(column.flags.c_contiguous for column in citizens):
        raise ValueError("citizens: columns with gaps; copy them first")
    return Rows(np.array([column.__array_interface__["data"][0] for column in citizens]), np.array(width))


@walk
def bring(rows, start, before, start_before, size):
    """Copy a community of `size` places from where it began in other rows to where it begins in these."""
    for k in range(rows.width.size):
        width = rows.width[k]
        copy_bytes(rows.address[k] + start * width, before.address[k] + start_before * width, size * width)


@making
def compact(c, rows, first):
    """Store a community's living citizens without gaps, and return how many there are.

    Into the place of each who died or left comes the last of those stored, so that few ever move; partners and bonds
    follow. `c` is the community's view, `rows` all citizens' rows (`rows_of`), `first` where the community begins in them.
    """
    ties, gap, end = ties_of(c), 0, c.id.size
    while True:
        while end > 0 and whole(c.life[end - 1]) == _EMPTY:
            end -= 1
        while gap < end and whole(c.life[gap]) != _EMPTY:
            gap += 1
        if gap >= end:
            break
        _move(rows, first + end - 1, first + gap)
        if whole(c.partner[gap]) != NOBODY:
            c.partner[whole(c.partner[gap])] = gap
        for at in range(whole(c.bonds[gap])):
            j = bond_place(whole(c.bond[gap, at]))
            back = find_bond(ties, j, end - 1)
            bond = whole(c.bond[j, back])
            c.bond[j, back] = pack_bond(gap, bond_kind(bond), bond_strength(bond))
    for place in range(end, c.id.size):
        if c.id[place] != 0:
            _move(rows, first + place, first + place)
    return end


@walk
def _move(rows, place, to):
    """Move what stands at a place to another, or away if that is the same; zeros remain."""
    for k in range(rows.width.size):
        width = rows.width[k]
        start = rows.address[k] + place * width
        copy_bytes(rows.address[k] + to * width, start, width)
        clear_bytes(start, width)


def permute(c, order):
    """Store a community's citizens (a view of the places in use) in another order; partners and bonds follow."""
    place = np.argsort(order)
    for column in c:
        column[:] = column[order]
    coupled = c.partner != NOBODY
    c.partner[coupled] = place[c.partner[coupled]]
    held = np.arange(c.bond.shape[1]) < c.bonds[:, None]
    bond = c.bond[held].astype(np.int64)
    c.bond[held] = pack_bond(place[bond_place(bond)], bond_kind(bond), bond_strength(bond))
