"""Small worlds for tests: every column random within its stated range, bonds in pairs, rows in any order."""

import numpy as np

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.state.bonds import add_bond, find_bond
from copro_sim.state.columns import (
    CITIZEN_COLUMNS,
    COMMUNITY_COLUMNS,
    MOST_BONDS,
    NOBODY,
    Citizens,
    Communities,
    empty,
)
from copro_sim.state.world import State

FLAT = ("sex", "above_means", "prefers_welsh", "invited", "member", "need_kind", "need_level", "kin_elsewhere", "habit")
RANKS = ("work_rank", "reserve", "contentment", "sociable")


def random_world(seed: int, sizes: tuple[int, ...], authorities: int = 2) -> State:
    """Return a world of communities of the given sizes, whose citizens differ in everything."""
    chance = np.random.default_rng(seed)
    people = sum(sizes)
    citizens = Citizens(*empty(CITIZEN_COLUMNS, people))
    ranges = {column.name: column for column in CITIZEN_COLUMNS}
    citizens.id[:] = np.sort(chance.choice(2**62, people, replace=False))[chance.permutation(people)]
    citizens.life[:] = 1
    citizens.turn[:] = citizens.id % 12
    citizens.birth_month[:] = -chance.integers(0, 101 * 12, people)
    for name in (*FLAT, *RANKS):
        getattr(citizens, name)[:] = chance.integers(0, int(ranges[name].high) + 1, people)
    for name in ("reluctance", "around", "belonging", "agency", "trust", "strain"):
        getattr(citizens, name)[:] = chance.random(people)
    citizens.wellbeing[:] = 10 * chance.random(people)
    citizens.partner[:] = NOBODY
    clients = chance.random(people) < 0.1
    citizens.mode[:] = clients
    citizens.practice[:] = np.where(clients, chance.integers(1, 4, people), 0)
    citizens.package[:] = np.where(clients[:, None], chance.integers(0, 5_000, (people, 2)), 0)
    communities = _communities(chance, sizes, authorities)
    for k, size in enumerate(sizes):
        first = int(communities.start[k])
        _bind(chance, Citizens(*(column[first : first + size] for column in citizens)), size)
    members = citizens.member == 1
    citizens.balance[:] = np.where(members, chance.integers(-300, 900, people), 0)
    for k, size in enumerate(sizes):
        first = int(communities.start[k])
        communities.issuer[k] = -int(citizens.balance[first : first + size].sum())
    return State(citizens, communities, 0)


def _communities(chance: np.random.Generator, sizes: tuple[int, ...], authorities: int) -> Communities:
    count = len(sizes)
    communities = Communities(*empty(COMMUNITY_COLUMNS, count))
    communities.id[:] = chance.integers(0, 2**62, count)
    communities.size[:] = communities.capacity[:] = sizes
    communities.start[:] = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    communities.authority[:] = np.arange(count) % authorities
    communities.deprivation[:] = chance.integers(0, 5, count)
    communities.setting[:] = chance.integers(0, 4, count)
    communities.founded[:] = sizes
    communities.host[:] = chance.integers(0, 3, count)
    communities.grant[:] = chance.integers(0, 36, count)
    communities.target[:] = chance.integers(0, 1_200, count)
    communities.group[:] = 1
    communities.group[-1] = count == 1
    return communities


def _bind(chance: np.random.Generator, c: Citizens, size: int) -> None:
    order = chance.permutation(size)
    at = 0
    while at < size:
        members = order[at : at + int(chance.integers(1, 5))]
        c.household[members] = at
        if len(members) > 1:
            c.partner[members[0]], c.partner[members[1]] = members[1], members[0]
        for a, i in enumerate(members):
            for j in members[a + 1 :]:
                _pair(chance, c, int(i), int(j), 0)
        at += len(members)
    for _ in range(3 * size):
        i, j = (int(x) for x in chance.integers(0, size, 2))
        if i != j and find_bond(c, i, j) < 0 and c.bonds[i] < MOST_BONDS and c.bonds[j] < MOST_BONDS:
            _pair(chance, c, i, j, int(chance.integers(1, 4)))


def _pair(chance: np.random.Generator, c: Citizens, i: int, j: int, kind: int) -> None:
    tie = int(chance.integers(1, 4)) * STRENGTH_ONE // 3
    add_bond(c, i, j, kind, tie if chance.random() < 0.5 else int(chance.integers(0, STRENGTH_ONE + 1)))
    add_bond(c, j, i, kind, tie if chance.random() < 0.5 else int(chance.integers(0, STRENGTH_ONE + 1)))
