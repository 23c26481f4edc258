"""Cases for naive twins: a busy community, told as plain dicts, before and after a process lived a month by either walk."""

from typing import Any

import numpy as np

from copro_sim.core.draws import Stream, compiled_words, pair_word
from copro_sim.engines.agents import Society
from copro_sim.state.bonds import bind, find_bond
from copro_sim.state.columns import CITIZEN_COLUMNS, MOST_BONDS
from copro_sim.state.context import Clock, Here, Policy, orders_for
from copro_sim.state.world import ACCOUNTS, State
from laws import tables_for
from worlds import random_world

People = dict[int, dict[str, Any]]
_TIES = ("partner", "bonds", "bond")
_PLAIN = [column.name for column in CITIZEN_COLUMNS if column.name not in _TIES]


def busy(seed: int, people: int) -> State:
    """Return one community in the middle of a month: needs, of which some is met, and time that some is given of."""
    world = random_world(seed, (people,))
    chance, c = np.random.default_rng(seed + 1), world.citizens
    c.need[:] = np.where((c.need_level > 0)[:, None], chance.integers(0, 5_000, (people, 2)), 0)
    share = chance.random((people, 2)) * chance.integers(0, 2, (people, 1))
    c.received[:, :, 6] = np.where((c.mode > 0)[:, None], c.need * share, 0)
    c.received[:, :, 0] = (c.need - c.received[:, :, 6]) * chance.random((people, 2)) * chance.integers(0, 2, (people, 1))
    c.unmet[:] = c.need - c.received.sum(axis=2)
    for name, most in (("asked", 2), ("capacity", 3_000), ("gave_last_month", 2), ("acute_months", 5)):
        getattr(c, name)[:] = chance.integers(0, most, people)
    c.capacity[chance.random(people) < 0.3] = 0
    c.spare[:] = c.capacity * chance.random(people)
    c.waiting[:] = np.where((c.mode == 0) & (chance.random(people) < 0.3), chance.integers(1, 251, people), 0)
    world.communities.group[:] = 1
    world.communities.leftover[:] = chance.integers(0, 400)
    return world


def crowded(world: State) -> State:
    """Return a community in which everybody is bound to as many as anybody can be; strengths differ."""
    new = world.copy()
    c, strength = new.community(0), 1
    for i in range(len(c.id)):
        for j in range(i):
            if find_bond(c, i, j) < 0 and max(c.bonds[i], c.bonds[j]) < MOST_BONDS:
                bind(c, i, j, 2 + (i + j) % 2, strength % 16_383, 3 * strength % 16_383)
                strength += 997
    return new


def told(state: State) -> People:
    """Return the citizens of a state's only community by id, as plain numbers, lists and dicts."""
    content = {name: column.tolist() for name, column in state.content().items()}
    people: People = {}
    for k, who in enumerate(content["id"]):
        one = {name: content[name][k] for name in _PLAIN}
        ties = zip(*(content[f"bond_{part}"][k] for part in ("other", "kind", "strength")), strict=True)
        one["bonds"] = {other: (kind, strength) for other, kind, strength in ties if other >= 0}
        one["partner"] = content["partner"][k] if content["partner"][k] >= 0 else None
        people[who] = one
    return people


def account(state: State) -> dict[str, int]:
    """Return what processes change in the community itself."""
    return {name: int(getattr(state.communities, name)[0]) for name in ACCOUNTS}


def words_of(stream: Stream, seed: int, month: int) -> Any:
    """Return the chance that is handed to a twin: who and block in, four words out."""
    return lambda who, block: compiled_words(seed, stream, who, month, block)


def pair(word: int, other: int) -> int:
    """Return the keyed draw of another citizen for a word of one's own."""
    return int(pair_word(word, other & 0xFFFF_FFFF))


def by_both_walks(process: Any, world: State, p: Any, policy: Policy, seed: int) -> list[tuple[People, dict[str, int]]]:
    """Return what becomes of a community in one month of one process: by columns, and by agents."""
    name, month = process.__name__.rpartition(".")[2], world.month
    by_columns = world.copy()
    here = Here(by_columns.communities, 0, Clock(seed, month, max(0, month) // 12), orders_for(policy, month % 12, 0))
    process.columns(by_columns.community(0), here, getattr(p, name))
    society = Society(world, p, tables_for(p), seed=seed)
    society.live_month(policy, [process])
    return [(told(state), account(state)) for state in (by_columns, society.to_state())]


def assert_alike(found: list[tuple[People, dict[str, int]]], people: People, community: dict[str, int]) -> None:
    """Hold both walks against the twin, naming whoever differs."""
    for walk, (lived, kept) in zip(("columns", "agents"), found, strict=True):
        for who, one in people.items():
            assert lived[who] == one, (walk, who, {k: (lived[who][k], v) for k, v in one.items() if lived[who][k] != v})
        assert kept == community, walk
