"""A year lived month by month by the kernels, so that somebody can be followed: the same year, looked at twelve times."""

from collections.abc import Callable
from typing import Any

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines.kernels import ROOM, Counts, largest_first, live_communities, more_room, no_counts
from copro_sim.state.context import Policy
from copro_sim.state.world import State


def live_months[Seen](
    state: State, policy: Policy, parameters: Any, tables: Any, *, seed: int, see: Callable[[State], Seen], threads: int = 1,
    room: float = ROOM,
) -> tuple[State, Counts, list[Seen]]:
    """Return what `kernels.live_year` does, and what `see` made of the state after each of the twelve months.

    Parameters
    ----------
    state, policy, parameters, tables, seed, threads, room
        As `kernels.live_year` has them; `state` stays as it is.
    see
        Called after each month with a state that the next month changes: it copies what it wants to keep. Those who die or leave
        are no longer alive in it. Where somebody finds no place, all months are lived and looked at again with more.
    """
    while True:
        new, counts, seen = state.roomy(room), no_counts(state), []
        for k in range(MONTHS_PER_YEAR):
            of_month = no_counts(state)
            everybody = largest_first(new)
            live_communities(
                new, everybody, parameters, tables, policy, seed, False, of_month, threads, months=(k, k + 1)
            )  # fmt: skip
            if new.communities.overflow.any():
                room = more_room(room)
                break
            counts.month[:] += of_month.month
            counts.year[:] += of_month.year
            seen.append(see(new.later(k + 1)))
        else:
            return new.later(MONTHS_PER_YEAR), counts, seen
