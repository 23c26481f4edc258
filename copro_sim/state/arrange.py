"""Where citizens are stored: moved together in April, or into any other order; partners and bonds follow."""

from typing import Any

import numpy as np

from copro_sim.core.compiled import walk, whole
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, pack_bond
from copro_sim.state.codes import Life
from copro_sim.state.columns import CITIZEN_COLUMNS, NOBODY

_EMPTY = int(Life.EMPTY)


@walk
def move(column, order, count):
    """Put the rows at places `order[:count]` of one column first, in that order, and zeros in all other rows."""
    kept = column[order[:count]]
    column[:count] = kept
    column[count:] = 0


def _move_all_source() -> str:
    lines = "\n".join(f"    move(c.{column.name}, order, count)" for column in CITIZEN_COLUMNS)
    return f"def move_all(c, order, count):\n{lines}\n"


_made: dict[str, Any] = {"move": move}
exec(_move_all_source(), _made)  # one line for each column of the one list
_move_all = walk(_made["move_all"])


@walk
def rearrange(c, order, count):
    """Store the `count` citizens at places `order` of a community first, in that order; the other places are emptied."""
    place = np.zeros(c.id.size, np.int64)
    for new in range(count):
        place[order[new]] = new
    _move_all(c, order, count)
    for i in range(count):
        if whole(c.partner[i]) != NOBODY:
            c.partner[i] = place[whole(c.partner[i])]
        for at in range(whole(c.bonds[i])):
            bond = whole(c.bond[i, at])
            c.bond[i, at] = pack_bond(place[bond_place(bond)], bond_kind(bond), bond_strength(bond))


@walk
def compact(c, size):
    """Store a community's living citizens first, in order of id, and return how many there are."""
    living = np.empty(size, np.int64)
    count = 0
    for i in range(size):
        if whole(c.life[i]) != _EMPTY:
            living[count] = i
            count += 1
    by_id = np.argsort(c.id[living[:count]])
    order = living[:count][by_id]
    rearrange(c, order, count)
    return count
