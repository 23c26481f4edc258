"""Some communities apart from all others: one as it is, or several, each once under every council that there is."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from copro_sim.state.columns import Citizens, Communities
from copro_sim.state.world import State


def alone(state: State, number: int) -> State:
    """Return a state of nothing but one community, which shares no array with `state`."""
    return _together(state, [number])


def under_each_council(state: State, numbers: Sequence[int], councils: int) -> State:
    """Return a state of some communities, each as many times as there are councils, each time under another.

    The k-th of `numbers` under council c is community k * councils + c: the same people with the same ids, so the same luck;
    deprivation and setting stay its own. Nothing but what a council decides reads which council a community is under.
    """
    found = _together(state, [number for number in numbers for _ in range(councils)])
    found.communities.authority[:] = np.tile(np.arange(councils), len(numbers))
    return found


def _together(state: State, numbers: Sequence[int]) -> State:
    """Return a state of the communities of these numbers, in this order and as often as they are named."""
    parts = [state.community(number) for number in numbers]
    citizens = Citizens(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    rows: dict[str, Any] = {name: column[list(numbers)] for name, column in state.communities._asdict().items()}
    size = rows["size"]
    return State(citizens, Communities(**rows | {"start": np.cumsum(size) - size, "capacity": size.copy()}), state.month)
