"""The workload in plain numpy: whole arrays, the claims on each giver ordered by a sort."""

from collections.abc import Callable

import numpy as np
from workload import BONDS, GAIN, LOSS, MOST_DEBT, MOST_NEED, NEED_CHANCE, ROUNDS, SPARE, TRUST, Outcome, measured


def granted(target: np.ndarray, wanted: np.ndarray, spare: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Return the hours each asker gets where those who ask the same giver are served in random order."""
    order = np.lexsort((chance.random(len(target)), target))
    sorted_target, sorted_wanted = target[order], wanted[order]
    first = np.r_[True, sorted_target[1:] != sorted_target[:-1]]
    before = np.cumsum(sorted_wanted) - sorted_wanted
    before -= np.repeat(before[first], np.diff(np.r_[np.flatnonzero(first), len(order)]))
    hours = np.empty_like(wanted)
    hours[order] = np.clip(spare[sorted_target] - before, 0, sorted_wanted)
    return hours


def build(bonds: np.ndarray, months: int, seed: int, threads: int) -> Callable[[], Outcome]:
    """Return what lives the months; numpy uses one thread here."""
    agents, chance = len(bonds), np.random.default_rng(seed)
    given, balance = np.zeros(agents, np.int64), np.zeros(agents, np.int64)
    trust = np.full((agents, BONDS), TRUST)

    def month() -> None:
        spare = np.full(agents, SPARE)
        need = np.where(chance.random(agents) < NEED_CHANCE, chance.integers(1, MOST_NEED + 1, agents), 0)
        need[balance <= -MOST_DEBT] = 0
        for _ in range(ROUNDS):
            askers = np.flatnonzero(need)
            bond = chance.integers(0, BONDS, len(askers))
            target, felt = bonds[askers, bond], trust[askers, bond]
            willing = chance.random(len(askers)) < felt
            hours = np.zeros(len(askers), np.int64)
            hours[willing] = granted(target[willing], need[askers[willing]], spare, chance)
            trust[askers, bond] = np.where(hours > 0, felt + GAIN * (1 - felt), felt - LOSS * felt)
            received = np.bincount(target, hours, agents).astype(np.int64)
            spare -= received
            given[:] += received
            balance[:] += received
            balance[askers] -= hours
            need[askers] -= hours

    def live() -> Outcome:
        for _ in range(months):
            month()
        return Outcome(given, balance, trust)

    return live


if __name__ == "__main__":
    measured(build)
