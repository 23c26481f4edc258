"""Where citizens are stored: moved together in April, or into any other order; partners and bonds follow."""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, whole
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, pack_bond
from copro_sim.state.codes import Life
from copro_sim.state.columns import NOBODY, Citizens

_EMPTY = int(Life.EMPTY)


class Rows(NamedTuple):
    """Every column as rows of unsigned numbers of its own width, [places, numbers a citizen]: what moves alike together."""

    one_byte: tuple[np.ndarray[Any, Any], ...]
    two_bytes: tuple[np.ndarray[Any, Any], ...]
    four_bytes: tuple[np.ndarray[Any, Any], ...]
    eight_bytes: tuple[np.ndarray[Any, Any], ...]


def rows_of(citizens: Citizens) -> Rows:
    """Return every column's rows, sharing memory with the columns."""
    rows = {width: [column for column in citizens if column.itemsize == width] for width in (1, 2, 4, 8)}
    return Rows(
        *(tuple(column.reshape(len(column), -1).view(f"u{width}") for column in rows[width]) for width in (1, 2, 4, 8))
    )


@making
def bring(rows, start, before, start_before, size):
    """Copy a community of `size` places, all four widths, from where it began in other rows to where it begins in these."""
    _copy(rows.one_byte, start, before.one_byte, start_before, size)
    _copy(rows.two_bytes, start, before.two_bytes, start_before, size)
    _copy(rows.four_bytes, start, before.four_bytes, start_before, size)
    _copy(rows.eight_bytes, start, before.eight_bytes, start_before, size)


@making
def _copy(rows, start, before, start_before, size):
    for k in range(len(rows)):
        rows[k][start : start + size] = before[k][start_before : start_before + size]


@making
def move(rows, first, order, count, size):
    """Put the citizens at places `order[:count]`, counted from `first`, first in that order, and zeros in the other rows.

    In April the living are mostly in order already and only close ranks: then rows move forward in place.
    """
    begin, rising = 0, True
    while begin < count and order[begin] == begin:
        begin += 1
    for new in range(begin + 1, count):
        rising = rising and order[new] > order[new - 1]
    for column in rows:
        source = column[first : first + size]
        if not rising:
            source = source.copy()
        for new in range(begin, count):
            for at in range(column.shape[1]):
                column[first + new, at] = source[order[new], at]
        for new in range(count, size):
            for at in range(column.shape[1]):
                column[first + new, at] = 0


@making
def rearrange(c, rows, first, order, count):
    """Store the `count` citizens at places `order` of a community first, in that order; the other places are emptied.

    `c` is the community's view, `rows` all citizens' rows (`rows_of`), `first` where the community begins in them.
    """
    place = np.zeros(c.id.size, np.int64)
    for new in range(count):
        place[order[new]] = new
    size = c.id.size
    move(rows.one_byte, first, order, count, size)
    move(rows.two_bytes, first, order, count, size)
    move(rows.four_bytes, first, order, count, size)
    move(rows.eight_bytes, first, order, count, size)
    for i in range(count):
        if whole(c.partner[i]) != NOBODY:
            c.partner[i] = place[whole(c.partner[i])]
        for at in range(whole(c.bonds[i])):
            bond = whole(c.bond[i, at])
            c.bond[i, at] = pack_bond(place[bond_place(bond)], bond_kind(bond), bond_strength(bond))


@making
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
