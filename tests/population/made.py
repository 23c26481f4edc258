"""Small populations for tests, and what they are made of in plain Python."""

from functools import cache
from typing import Any

import numpy as np

from copro_sim.core.params import defaults
from copro_sim.population.build import build_state
from copro_sim.population.long_run import level_shares
from copro_sim.processes import asking, health, outlook
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength
from copro_sim.state.world import State

HEALTH = health.tables(defaults(health.Params))
LEVELS = level_shares(HEALTH)


def made(**changes: Any) -> tuple[State, np.ndarray]:
    """Return a state and its weights: 1,000 citizens of Gwynedd in communities of 500 unless changed."""
    settings = {
        "citizens": 1_000, "community_size": 500, "councils": ("Gwynedd",), "seed": 7, "month": 0,
        "health_tables": HEALTH, "levels": LEVELS,
        "asking_params": defaults(asking.Params), "outlook_params": defaults(outlook.Params),
    }  # fmt: skip
    return build_state(**(settings | changes))


@cache
def wales() -> State:
    """Return 44,000 citizens of all 22 councils (sampling errors in the tests are reckoned for this number)."""
    return made(citizens=44_000, community_size=1_000, councils=None)[0]


def ages(state: State) -> np.ndarray:
    """Return everybody's years of age in April 2013."""
    return (0 - state.citizens.birth_month.astype(int)) // 12


def households(state: State) -> np.ndarray:
    """Return for everybody the number of the household, counted over all communities from 0."""
    starts = np.repeat(state.communities.start, state.communities.size)
    return np.unique(starts + state.citizens.household, return_inverse=True)[1]


def bonds(state: State) -> list[dict[int, tuple[int, int]]]:
    """Return each citizen's bonds: kind and strength by the other's place; fails if two bonds go to the same person."""
    found = []
    for start, size in zip(state.communities.start.tolist(), state.communities.size.tolist(), strict=True):
        for i in range(start, start + size):
            held = [int(bond) for bond in state.citizens.bond[i, : state.citizens.bonds[i]]]
            row = {start + bond_place(bond): (bond_kind(bond), bond_strength(bond)) for bond in held}
            assert len(row) == len(held)
            found.append(row)
    return found
