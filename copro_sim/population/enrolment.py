"""Time-credit groups at the start: which communities have one, who runs it, and who has joined it."""

from copro_sim.core.compiled import entry, whole
from copro_sim.core.draws import Stream, uniform, words
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.processes import joining, time_credits
from copro_sim.processes.joining import feels_invited, habit_of, opening_minutes
from copro_sim.processes.time_credits import first_grant, host_of, in_minutes
from copro_sim.state.world import State

_STREAM = int(Stream.ENROLMENT)
_ADULT_FROM = 18


@entry()
def _enrol(citizens, communities, month, seed, groups, members, credits, joins):
    for number in range(communities.id.size):
        draw, host, _, _ = words(seed, _STREAM, communities.id[number], 0, 0)
        if uniform(draw) >= groups:
            continue
        communities.group[number] = 1
        communities.host[number] = host_of(uniform(host), credits.third_sector_percent, credits.users_percent)
        communities.grant[number] = first_grant(whole(communities.host[number]), credits.grant_months)
        communities.target[number] = in_minutes(credits.target_hours)
        first = communities.start[number]
        for i in range(first, first + communities.size[number]):
            draw, invited, habit, opening = words(seed, _STREAM, citizens.id[i], 0, 1)
            age = (month - whole(citizens.birth_month[i])) // MONTHS_PER_YEAR
            if age >= _ADULT_FROM and uniform(draw) < members:
                citizens.member[i] = 1
                citizens.invited[i] = feels_invited(whole(citizens.invited[i]), uniform(invited), joins.group_invites)
                citizens.habit[i] = habit_of(uniform(habit), joins.altruist_percent, joins.hoarder_percent)
                issued = opening_minutes(uniform(opening), joins.opening_hours)
                citizens.balance[i] = issued
                communities.issuer[number] -= issued


def enrol(
    state: State, *, seed: int, groups: float, members: float, credits: time_credits.Params, joins: joining.Params
) -> None:
    """Let groups begin in a share `groups` of communities and enrol a share `members` of their adults, in `state` itself.

    Parameters
    ----------
    state
        The world before anybody is a member.
    seed
        Key of all chance, 0 to 2**63 - 1.
    groups, members
        Shares, 0 to 1.
    credits, joins
        Who runs groups, and what joining brings: as for whoever joins later. Members' balances and the account that
        issues credits always add up to zero.
    """
    _enrol(state.citizens, state.communities, state.month, seed, float(groups), float(members), credits, joins)
