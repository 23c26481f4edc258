"""Membership of time-credit groups, drawn once at the start: which communities have one, and who joins it."""

from copro_sim.core.compiled import entry, whole
from copro_sim.core.draws import Stream, uniform, words
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.world import State

_STREAM = int(Stream.ENROLMENT)
_ADULT_FROM = 18


@entry()
def _enrol(citizens, communities, month, seed, groups, members, opening, invites):
    for number in range(communities.id.size):
        draw, _, _, _ = words(seed, _STREAM, communities.id[number], 0, 0)
        if uniform(draw) >= groups:
            continue
        communities.group[number] = 1
        first = communities.start[number]
        for i in range(first, first + communities.size[number]):
            draw, invited, _, _ = words(seed, _STREAM, citizens.id[i], 0, 1)
            age = (month - whole(citizens.birth_month[i])) // MONTHS_PER_YEAR
            if age >= _ADULT_FROM and uniform(draw) < members:
                citizens.member[i] = 1
                citizens.balance[i] = opening
                if uniform(invited) < invites:
                    citizens.invited[i] = 1
                communities.issuer[number] -= opening


def enrolled(
    state: State, *, seed: int, groups: float, members: float, opening_minutes: int, invites: float
) -> State:
    """Return the state with groups in a share `groups` of communities and a share `members` of their adults enrolled.

    `groups`, `members` and `invites`, the share of members who feel invited to give, are from 0 to 1; each member starts
    with `opening_minutes` of credit, issued by the group's account, so that
    members' balances and the account always add up to zero.
    """
    new = state.copy()
    _enrol(new.citizens, new.communities, new.month, seed, float(groups), float(members), opening_minutes, float(invites))
    return new
