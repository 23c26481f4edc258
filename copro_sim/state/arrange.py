"""Where citizens are stored: moved together in April, or into any other order; partners and bonds follow."""

from typing import Any

import numpy as np

from copro_sim.core.compiled import walk, whole
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, pack_bond
from copro_sim.state.codes import Life
from copro_sim.state.columns import NOBODY, Citizens

_EMPTY = int(Life.EMPTY)
Rows = tuple[np.ndarray[Any, Any], ...]


def rows_of(citizens: Citizens) -> Rows:
    """Return every column as rows of bytes, uint8 [places, bytes a citizen], sharing memory: all move alike."""
    return tuple(column.reshape(len(column), -1).view(np.uint8) for column in citizens)


@walk
def move(rows, first, order, count, size):
    """Put the citizens at places `order[:count]`, counted from `first`, first in that order, and zeros in the other rows."""
    for column in rows:
        width = column.shape[1]
        kept = np.zeros((size, width), np.uint8)
        for new in range(count):
            for at in range(width):
                kept[new, at] = column[first + order[new], at]
        for new in range(size):
            for at in range(width):
                column[first + new, at] = kept[new, at]


@walk
def rearrange(c, rows, first, order, count):
    """Store the `count` citizens at places `order` of a community first, in that order; the other places are emptied.

    `c` is the community's view, `rows` all citizens' rows (`rows_of`), `first` where the community begins in them.
    """
    place = np.zeros(c.id.size, np.int64)
    for new in range(count):
        place[order[new]] = new
    move(rows, first, order, count, c.id.size)
    for i in range(count):
        if whole(c.partner[i]) != NOBODY:
            c.partner[i] = place[whole(c.partner[i])]
        for at in range(whole(c.bonds[i])):
            bond = whole(c.bond[i, at])
            c.bond[i, at] = pack_bond(place[bond_place(bond)], bond_kind(bond), bond_strength(bond))


@walk
def compact(c, rows, first):
    """Store a community's living citizens first, in order of id, and return how many there are."""
    living = np.empty(c.id.size, np.int64)
    ids = np.empty(c.id.size, np.int64)
    count = 0
    for i in range(c.id.size):
        if whole(c.life[i]) != _EMPTY:
            living[count], ids[count] = i, c.id[i]
            count += 1
    by_id = np.argsort(ids[:count])
    order = np.empty(count, np.int64)
    for new in range(count):
        order[new] = living[by_id[new]]
    rearrange(c, rows, first, order, count)
    return count
