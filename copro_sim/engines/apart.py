"""One community apart from all others: as it is, or once under each council that there is."""

from typing import Any

import numpy as np

from copro_sim.state.columns import Citizens, Communities
from copro_sim.state.world import State


def alone(state: State, number: int) -> State:
    """Return a state of nothing but one community, which shares no array with `state`."""
    citizens = Citizens(*(column.copy() for column in state.community(number)))
    rows: dict[str, Any] = {name: column[[number]] for name, column in state.communities._asdict().items()}
    return State(citizens, Communities(**rows | {"start": np.zeros(1, np.int64), "capacity": rows["size"].copy()}), state.month)


def under_each_council(state: State, number: int, councils: int) -> State:
    """Return a state of one community as many times as there are councils, each time under another: number k is under council k.

    The same people with the same ids, so the same luck; deprivation and setting stay its own. Nothing but what a council
    decides reads which council a community is under.
    """
    one = alone(state, number)
    size = int(one.communities.size[0])
    citizens = Citizens(*(np.concatenate([column] * councils) for column in one.citizens))
    rows: dict[str, Any] = {name: np.repeat(column, councils) for name, column in one.communities._asdict().items()}
    rows |= {"start": np.arange(councils) * size, "authority": np.arange(councils)}
    return State(citizens, Communities(**rows), state.month)
