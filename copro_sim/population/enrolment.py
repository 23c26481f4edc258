"""Membership of time-credit groups, drawn once at the start: which communities have one, and who joins it."""

import numpy as np

from copro_sim.core.compiled import entry, whole
from copro_sim.core.draws import Stream, uniform, words
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.world import State

_STREAM = int(Stream.ENROLMENT)
_ADULT_FROM = 18


@entry()
def _enrol(citizens, communities, month, seed, groups, members, opening):
    for number in range(communities.id.size):
        draw, _, _, _ = words(seed, _STREAM, communities.id[number], 0, 0)
        if uniform(draw) >= groups:
            continue
        communities.group[number] = 1
        first = communities.start[number]
        for i in range(first, first + communities.size[number]):
            draw, _, _, _ = words(seed, _STREAM, citizens.id[i], 0, 1)
            age = (month - whole(citizens.birth_month[i])) // MONTHS_PER_YEAR
            if age >= _ADULT_FROM and uniform(draw) < members:
                citizens.member[i] = 1
                citizens.balance[i] = opening
                communities.issuer[number] -= opening


def enrolled(state: State, *, seed: int, groups: float, members: float, opening_minutes: int) -> State:
    """Return the state with groups in a share `groups` of communities and a share `members` of their adults enrolled.

    Both shares from 0 to 1; each member starts with `opening_minutes` of credit, issued by the group's account, so that
    members' balances and the account always add up to zero.
    """
    new = state.copy()
    _enrol(
        new.citizens, new.communities, np.int64(new.month), seed, float(groups), float(members), np.int64(opening_minutes)
    )
    return new
