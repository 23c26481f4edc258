"""The state of a run in April: citizens, communities, weights; copied, permuted, compared and hashed."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from copro_sim.state.arrange import bring, permute, rows_of
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength
from copro_sim.state.codes import Life
from copro_sim.state.columns import CITIZEN_COLUMNS, MOST_CITIZENS, NOBODY, Citizens, Communities, empty, view

Array = np.ndarray[Any, Any]
_EMPTY = int(Life.EMPTY)
_A_FEW = 16
"""Free places in every community, however little room is asked for."""

ACCOUNTS = ("id", "group", "host", "grant", "target", "issuer", "leftover")
"""The communities' columns that are part of a state's content: what processes change, and who they are."""


def nobody_in(communities: Communities) -> Citizens:
    """Return the columns of communities that have places and nobody in them yet.

    Behind all are a quarter as many places again as are free in communities, for those that run out of them (`State.grown`):
    a system gives memory only to places in which somebody has been.
    """
    free = int(np.maximum(0, communities.capacity - communities.size).sum())
    return Citizens(*empty(CITIZEN_COLUMNS, int(communities.capacity.sum()) + free // 4))


@dataclass(frozen=True)
class State:
    """A whole simulated world at the start of a month.

    Parameters
    ----------
    citizens
        Flat arrays of all communities' citizens (see `state/columns.py`).
    communities
        One row for each community.
    month
        The month about to be lived, counted from April 2013 (0); negative in the run-in.
    """

    citizens: Citizens
    communities: Communities
    month: int

    def copy(self) -> "State":
        """Return a state that shares no array with this one."""
        return State(
            Citizens(*(column.copy() for column in self.citizens)),
            Communities(*(column.copy() for column in self.communities)),
            self.month,
        )

    def emptied(self, room: float) -> "State":
        """Return a state with nobody in it yet, but places for this state's citizens and a share `room` more (and a few)."""
        new = Communities(*(column.copy() for column in self.communities))
        new.capacity[:] = _places(new.size, room)
        new.start[:] = np.cumsum(new.capacity) - new.capacity
        new.overflow[:] = 0
        return State(nobody_in(new), new, self.month)

    def roomy(self, room: float) -> "State":
        """Return a state that shares no array with this one, with a share `room` (and a few) of free places."""
        new = self.emptied(room)
        rows, before = rows_of(new.citizens), rows_of(self.citizens)
        for start, start_before, size in zip(new.communities.start, self.communities.start, new.communities.size, strict=True):
            bring(rows, int(start), before, int(start_before), int(size))
        return new

    def grown(self, numbers: Array, room: float) -> "State":
        """Return the same world, in the same arrays, with a share `room` (and a few) of free places in some communities.

        They move behind all others, and their old places stay empty. Where there is not enough behind, columns grow one after
        the other, so that memory never holds two copies of all; views of them are then of no use, for they may move.
        """
        columns, communities = list(self.citizens), Communities(*(column.copy() for column in self.communities))
        end, capacity = int((communities.start + communities.capacity).max()), _places(communities.size[numbers], room)
        communities.capacity[numbers] = capacity
        communities.start[numbers] = end + np.cumsum(capacity) - capacity
        communities.overflow[numbers] = 0
        places = end + int(capacity.sum())
        for k, column in enumerate(columns):
            if places > len(column):
                columns[k] = column if column.flags.owndata else column.copy()
                columns[k].resize((places, *column.shape[1:]), refcheck=False)
            for number in numbers:
                start, old, size = communities.start[number], self.communities.start[number], communities.size[number]
                columns[k][start : start + size] = columns[k][old : old + size]
                columns[k][old : old + self.communities.capacity[number]] = 0
        return State(Citizens(*columns), communities, self.month)

    def later(self, months: int) -> "State":
        """Return the same arrays at a later month."""
        return replace(self, month=self.month + months)

    def community(self, number: int) -> Citizens:
        """Return the columns of one community's places in use, as views."""
        start = int(self.communities.start[number])
        view_of: Citizens = view(self.citizens, start, start + int(self.communities.size[number]))
        return view_of

    def places(self, number: int) -> Citizens:
        """Return the columns of all of a community's places, free ones too, as views."""
        start = int(self.communities.start[number])
        view_of: Citizens = view(self.citizens, start, start + int(self.communities.capacity[number]))
        return view_of

    def permuted(self, order: np.random.Generator) -> "State":
        """Return the same world with every community's citizens stored in another order (for tests)."""
        new = self.copy()
        for number in range(len(self.communities.id)):
            community = new.community(number)
            permute(community, order.permutation(len(community.id)))
        return new

    def content(self) -> dict[str, Array]:
        """Return the living citizens' columns in canonical order: community by community, by id, bonds by other's id.

        Bonds become three arrays (`bond_other`, `bond_kind`, `bond_strength`) and partners their ids, so that two states
        hold the same content exactly when these arrays are equal, wherever anybody is stored.
        """
        parts: list[dict[str, Array]] = [self._community_content(k) for k in range(len(self.communities.id))]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def content_hash(self) -> str:
        """Return the SHA-256 of every community's content, one after the other, and accounts, as hexadecimal digits."""
        digest = hashlib.sha256(f"month {self.month}".encode())
        for number in range(len(self.communities.id)):
            for name, column in self._community_content(number).items():
                digest.update(name.encode() + column.tobytes())
        for name in ACCOUNTS:
            digest.update(getattr(self.communities, name).tobytes())
        return digest.hexdigest()

    def _community_content(self, number: int) -> dict[str, Array]:
        c = self.community(number)
        living = np.flatnonzero(c.life != _EMPTY)
        order = living[np.argsort(c.id[living], kind="stable")]
        ids = np.append(c.id, np.full(NOBODY + 1 - len(c.id), -1))
        found = {
            name: column[order] for name, column in zip(Citizens._fields, c, strict=True) if name not in ("partner", "bond")
        }
        found["community"] = np.full(len(order), self.communities.id[number])
        found["partner"] = ids[c.partner[order]]
        bond = c.bond[order].astype(np.int64)
        held = np.arange(bond.shape[1]) < c.bonds[order][:, None]
        other = np.where(held, ids[bond_place(bond)], -1)
        by_other = np.argsort(other, axis=1, kind="stable")
        found["bond_other"] = np.take_along_axis(other, by_other, axis=1)
        for name, part in (("bond_kind", bond_kind(bond)), ("bond_strength", bond_strength(bond))):
            found[name] = np.take_along_axis(np.where(held, part, 0), by_other, axis=1)
        return found


def _places(size: Array, room: float) -> Array:
    """Return the places of communities of these sizes, with a share `room` of free ones, int64 [communities]."""
    return np.minimum(size + np.ceil(room * size).astype(np.int64) + _A_FEW, MOST_CITIZENS)
