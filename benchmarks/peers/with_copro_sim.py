"""The workload in the manner of this package: keyed draws, whole numbers, a community's months in cache, threads outside."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from workload import BONDS, COMMUNITY, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured

from copro_sim.core.compiled import entry, rule, walk, whole
from copro_sim.core.draws import uniform, words, words_of_all
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.units import STRENGTH_ONE
from copro_sim.state.bonds import bond_place, bond_strength, pack_bond

NEEDING, ASKING = 1, 2
"""Streams of chance."""


@rule
def need_of(draw, how_much, balance):
    """Return hours needed this month; who owes too much does not ask."""
    if draw >= NEED_CHANCE or balance <= -MOST_DEBT:
        return 0
    return 1 + int(how_much * MOST_NEED)


@rule
def trust_after(strength, hours):
    """Return the trust in a bond after it was asked, 0 to 16,383."""
    if hours > 0:
        return strength + int(GAIN * (STRENGTH_ONE - strength) + 0.5)
    return strength - int(LOSS * strength + 0.5)


@walk
def those_who_need(need, askers, count):
    """Keep the first `count` askers who still need something, and return how many they are."""
    left = 0
    for at in range(count):
        i = askers[at]
        askers[left] = i
        left += 1 if whole(need[i]) > 0 else 0
    return left


@entry()
def live_block(ids, bond, balance, given, first, last, months, seed):
    """Live all months in communities `first` to `last` - 1, one after the other."""
    need, spare, askers = np.zeros(COMMUNITY, np.uint8), np.zeros(COMMUNITY, np.uint8), np.zeros(COMMUNITY, np.int64)
    keys, chosen = np.zeros(COMMUNITY, np.int64), np.zeros(COMMUNITY, np.uint8)
    for number in range(first, last):
        start, end = number * COMMUNITY, (number + 1) * COMMUNITY
        who, ties, held, gave = ids[start:end], bond[start:end], balance[start:end], given[start:end]
        for month in range(months):
            drawn = words_of_all(seed, NEEDING, who, month, 0)
            for i in range(COMMUNITY):
                spare[i], askers[i] = SPARE, i
                need[i] = need_of(uniform(whole(drawn[0, i])), uniform(whole(drawn[1, i])), whole(held[i]))
            count = COMMUNITY
            for turn in range(ROUNDS):
                count = those_who_need(need, askers, count)
                willing = 0
                for at in range(count):
                    i = askers[at]
                    which, accepts, order, _ = words(seed, ASKING, whole(who[i]), month, turn)
                    chosen[i] = int(uniform(which) * BONDS)
                    tie = whole(ties[i, whole(chosen[i])])
                    if uniform(accepts) * STRENGTH_ONE < bond_strength(tie):
                        keys[willing] = pack_key(0, order, i)
                        willing += 1
                    else:
                        ties[i, whole(chosen[i])] = pack_bond(bond_place(tie), 0, trust_after(bond_strength(tie), 0))
                sort_keys(keys, willing, who)
                for at in range(willing):
                    i = place_of(keys[at])
                    tie = whole(ties[i, whole(chosen[i])])
                    j = bond_place(tie)
                    hours = min(whole(need[i]), whole(spare[j]))
                    spare[j] = whole(spare[j]) - hours
                    need[i] = whole(need[i]) - hours
                    gave[j] = whole(gave[j]) + hours
                    held[j] = whole(held[j]) + hours
                    held[i] = whole(held[i]) - hours
                    ties[i, whole(chosen[i])] = pack_bond(j, 0, trust_after(bond_strength(tie), hours))


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months on any number of threads, with the same outcome."""
    agents = len(bonds)
    communities = agents // COMMUNITY
    ids, balance, given = np.arange(agents), np.zeros(agents, np.int32), np.zeros(agents, np.int32)
    packed = pack_bond(bonds % COMMUNITY, 0, int(TRUST * STRENGTH_ONE)).astype(np.uint32)
    edges = np.linspace(0, communities, min(communities, 4 * threads) + 1).astype(int).tolist()

    def block(first: int, last: int) -> None:
        live_block(ids, packed, balance, given, first, last, months, seed)

    def live() -> Outcome:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(block, edges[:-1], edges[1:]))
        return Outcome(given, balance, bond_strength(packed.astype(np.int64)) / STRENGTH_ONE)

    return live


if __name__ == "__main__":
    measured(build)
