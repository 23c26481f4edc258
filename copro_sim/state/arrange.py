"""Where citizens are stored: brought from one place to another, closing ranks in April; partners and bonds follow."""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, walk, whole
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, find_bond, pack_bond, ties_of
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
        *(tuple(_flat(column).view(f"u{width}") for column in rows[width]) for width in (1, 2, 4, 8))
    )


def _flat(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a column with one axis for all that a citizen holds, also where there is nobody."""
    return column.reshape(len(column), int(np.prod(column.shape[1:])))


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
        _move(rows.one_byte, first + end - 1, first + gap)
        _move(rows.two_bytes, first + end - 1, first + gap)
        _move(rows.four_bytes, first + end - 1, first + gap)
        _move(rows.eight_bytes, first + end - 1, first + gap)
        if whole(c.partner[gap]) != NOBODY:
            c.partner[whole(c.partner[gap])] = gap
        for at in range(whole(c.bonds[gap])):
            j = bond_place(whole(c.bond[gap, at]))
            back = find_bond(ties, j, end - 1)
            bond = whole(c.bond[j, back])
            c.bond[j, back] = pack_bond(gap, bond_kind(bond), bond_strength(bond))
    for place in range(end, c.id.size):
        if c.id[place] != 0:
            _move(rows.one_byte, first + place, first + place)
            _move(rows.two_bytes, first + place, first + place)
            _move(rows.four_bytes, first + place, first + place)
            _move(rows.eight_bytes, first + place, first + place)
    return end


@walk
def _move(rows, place, to):
    """Move what stands at a place to another, or away if that is the same; zeros remain."""
    for k in range(len(rows)):
        for at in range(rows[k].shape[1]):
            rows[k][to, at] = rows[k][place, at]
            rows[k][place, at] = 0


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
