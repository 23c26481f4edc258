"""Time one could give this month; everyone is an asset, but people with needs give outside the home only if invited.

Equation
    capacity = (hours(age, at work) - childcare) * share(felt need), in whole minutes a month; none while burnt out
    childcare = hours * children under five at home (at most 3) for everybody of 16 to 65; women : men as `childcare_women`
    outside the household: all of it without need, or once invited; else none
    a builder reaches a citizen with needs with chance `invitation_chance`; a share `invitation_accepted` says yes
    who gave more than `leave_work_hours_per_week` last month leaves work with monthly chance `leave_work`, and returns
    with `return_to_work` after a month of less than half of that
Reads    life, birth_month, sex, work_rank, children, burnout, left_work, need, need_level, invited, given, credit_given
Writes   capacity, spare, invited, left_work, gave_last_month; given, credit_given and credit_received begin the month at
         zero
Chance   stream INVITATION, words 0 (reached), 1 (accepts), 2 (leaves work) and 3 (takes it up again); only for those who may
Source   Hours: Linked Lives and Gostoli and Silverman 2020 (informal supply by status); employment: assumption
Limits   Childcare falls on every adult of the household below 66 whether or not a parent. To cut hours is to leave work.
         No commuting or shift work; no wages are lost.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.aliasing import numbers
from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.flags import flagged, flags
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.state.codes import Life, NeedLevel, Sex
from copro_sim.state.context import OLDEST, age_in_years

_STREAM = int(Stream.INVITATION)
_ALIVE, _FEMALE = int(Life.ALIVE), int(Sex.FEMALE)
_MODERATE, _SUBSTANTIAL = int(NeedLevel.MODERATE), int(NeedLevel.SUBSTANTIAL)
_GIVES_FROM, _ADULT_FROM, _RETIRES_AT, _OLD_FROM = 12, 16, 66, 80
_RANKS, _MOST_CHILDREN, _AGES = 250, 3, OLDEST + 1
_RETURNS_BELOW = 0.5
"""Part of `leave_work_hours_per_week` below which who left work returns to it: assumption."""

_SUPPLY = "Informal supply within the household, Gostoli and Silverman 2020"


class Params(NamedTuple):
    """What people could give, and what invites those who are seen only as recipients."""

    retired_hours_per_week: Annotated[float, Record(
        value=95.0, low=0.0, high=112.0, unit="hours a week", likely=(40.0, 112.0), source=_SUPPLY,
        meaning="Most that a retired person under 80 could give, and anybody of working age without work")]
    old_hours_per_week: Annotated[float, Record(
        value=76.0, low=0.0, high=112.0, unit="hours a week", likely=(20.0, 112.0),
        meaning="Most that a person of 80 or more could give", source=f"Two thirds of: {_SUPPLY}")]
    employed_hours_per_week: Annotated[float, Record(
        value=37.0, low=0.0, high=112.0, unit="hours a week", likely=(12.0, 40.0), source=_SUPPLY,
        meaning="Most that a person at work could give")]
    young_hours_per_week: Annotated[float, Record(
        value=6.0, low=0.0, high=112.0, unit="hours a week", meaning="Most that a child of 12 to 15 could give",
        source="Below the 16 hours of Linked Lives: young carers are few")]
    employed_percent: Annotated[float, Record(
        value=70.0, low=0.0, high=100.0, unit="percent", grade="derived",
        meaning="Share of people aged 16 to 65 at work", source="Rounded from Welsh employment of about 70 percent")]
    leave_work_hours_per_week: Annotated[float, Record(
        value=10.0, low=0.0, high=112.0, unit="hours a week", likely=(10.0, 20.0),
        meaning="Help given beyond which somebody may leave or cut work in order to care",
        source="Employment is at risk from 10 hours of care a week (King and Pickard 2013, England, midlife)")]
    leave_work: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="chance a month", likely=(0.0, 0.02),
        meaning="Chance that somebody at work who gives more than that leaves or cuts work")]
    return_to_work: Annotated[float, Record(
        value=0.03, low=0.0, high=1.0, unit="chance a month", likely=(0.01, 0.1),
        meaning="Chance that somebody who left work returns once giving less than half of that")]
    childcare_hours_per_week: Annotated[float, Record(
        value=8.0, low=0.0, high=40.0, unit="hours a week", likely=(4.0, 12.0),
        meaning="Time that each child under five at home takes of what each adult below 66 there could give")]
    childcare_women: Annotated[float, Record(
        value=1.8, low=0.1, high=10.0, unit="ratio", likely=(1.0, 2.5),
        meaning="Women's childcare over men's; 1 is equal",
        source="Direction as in the United Kingdom Time Use Survey 2014-15; size assumed")]
    low_need_share: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="share", likely=(0.4, 0.8),
        meaning="Share of capacity left to somebody with low need", source="Half in Linked Lives")]
    moderate_need_share: Annotated[float, Record(
        value=0.35, low=0.0, high=1.0, unit="share", likely=(0.1, 0.5),
        meaning="Share of capacity left to somebody with moderate need", source="None in Linked Lives; assets says more")]
    substantial_need_share: Annotated[float, Record(
        value=0.12, low=0.0, high=1.0, unit="share", likely=(0.0, 0.25),
        meaning="Share of capacity left to somebody with substantial need")]
    critical_need_share: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share", meaning="Share of capacity left to somebody with critical need")]
    invitation_accepted: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of people with needs, reached by a builder, who take up the invitation to give")]  # fmt: skip


@rule
def at_work(age, work_rank, employed_percent):
    """Return whether somebody of working age has a job: the lowest ranks first, up to the employment rate."""
    return (age >= _ADULT_FROM) & (age < _RETIRES_AT) & (work_rank * 100 < employed_percent * _RANKS)


@rule
def may_change_work(employed, left_work, given, leave_hours):
    """Return whether somebody may leave work now (who gave much) or, having left, return (who gave little)."""
    limit = leave_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    return employed and (given < _RETURNS_BELOW * limit if left_work == 1 else given > limit)


@rule
def next_left_work(employed, left_work, may_change, leave_draw, return_draw, leave_work, return_to_work):
    """Return 1 if work is left in order to care, else 0; nobody has left a job that one would not have."""
    if not employed:
        return 0
    if not may_change:
        return left_work
    if left_work == 1:
        return 0 if return_draw < return_to_work else 1
    return 1 if leave_draw < leave_work else 0


@rule
def childcare_minutes(age, sex, children, hours, women):
    """Return minutes a month that children under five take of what an adult below 66 could give, women : men as `women`."""
    if children == 0 or not _ADULT_FROM <= age < _RETIRES_AT:
        return 0
    weight = 2.0 * women / (1.0 + women) if sex == _FEMALE else 2.0 / (1.0 + women)
    return int(hours * weight * min(children, _MOST_CHILDREN) * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)


@rule
def left_to_give(burnout, free, childcare, share):
    """Return capacity in minutes: a share of what childcare leaves, and nothing while burnt out."""
    if burnout > 0:
        return 0
    return int(max(0, free - childcare) * share)


@rule
def free_minutes(age, working, retired_hours, old_hours, employed_hours, young_hours):
    """Return minutes a month that somebody without needs could give at most."""
    if age < _GIVES_FROM:
        hours = 0.0
    elif age < _ADULT_FROM:
        hours = young_hours
    elif working:
        hours = employed_hours
    elif age < _OLD_FROM:
        hours = retired_hours
    else:
        hours = old_hours
    return int(hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)


@rule
def share_left(level, low, moderate, substantial, critical):
    """Return the share of capacity that is left at one's own need level (0 to 4)."""
    if level < _MODERATE:
        return low if level > 0 else 1.0
    return moderate if level == _MODERATE else substantial if level == _SUBSTANTIAL else critical


@rule
def becomes_invited(invited, level, reached_draw, accepts_draw, chance, accepted):
    """Return whether somebody is invited to give: already, or because a builder came by and the answer was yes."""
    return 1 if invited or (level > 0 and reached_draw < chance and accepts_draw < accepted) else 0


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock, month, chance = here.clock, here.clock.month, here.orders.invitation_chance
    free = numbers(2 * _AGES, "free")  # by work and age: quicker to look up than to decide for each
    for working in range(2):
        for age in range(_AGES):
            free[working * _AGES + age] = free_minutes(
                age, working == 1, p.retired_hours_per_week, p.old_hours_per_week, p.employed_hours_per_week,
                p.young_hours_per_week,
            )  # fmt: skip
    for i in range(c.id.size):
        c.gave_last_month[i] = 1 if whole(c.credit_given[i]) > 0 else 0
    drawing = flags(c.id.size)  # the few for whom chance may decide
    for i in range(c.id.size):
        reachable = (chance > 0.0) & (whole(c.need_level[i]) > 0) & (whole(c.invited[i]) == 0)
        may = may_change_work(True, whole(c.left_work[i]), whole(c.given[i]), p.leave_work_hours_per_week)
        drawing[i] = (reachable | may) & (whole(c.life[i]) == _ALIVE)
    few, count = flagged(drawing)
    for at in range(count):
        i = few[at]
        level, invited, given, left_work = whole(c.need_level[i]), whole(c.invited[i]), whole(c.given[i]), whole(c.left_work[i])
        age = age_in_years(month, whole(c.birth_month[i]))
        reached, accepts, leaves, returns = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
        if chance > 0.0 and level > 0 and invited == 0 and age >= _ADULT_FROM:
            c.invited[i] = becomes_invited(invited, level, uniform(reached), uniform(accepts), chance, p.invitation_accepted)
        employed = at_work(age, whole(c.work_rank[i]), p.employed_percent)
        may_change = may_change_work(employed, left_work, given, p.leave_work_hours_per_week)
        c.left_work[i] = next_left_work(
            employed, left_work, may_change, uniform(leaves), uniform(returns), p.leave_work, p.return_to_work
        )
    for i in range(c.id.size):
        c.given[i] = c.credit_given[i] = c.credit_received[i] = c.capacity[i] = c.spare[i] = 0
        if whole(c.life[i]) != _ALIVE:
            continue
        age = age_in_years(month, whole(c.birth_month[i]))
        employed = at_work(age, whole(c.work_rank[i]), p.employed_percent)
        left_work = next_left_work(employed, whole(c.left_work[i]), False, 0.0, 0.0, p.leave_work, p.return_to_work)
        c.left_work[i] = left_work
        working = 1 if employed and left_work == 0 else 0
        share = share_left(
            whole(c.need_level[i]), p.low_need_share, p.moderate_need_share, p.substantial_need_share, p.critical_need_share
        )
        childcare = childcare_minutes(
            age, whole(c.sex[i]), whole(c.children[i]), p.childcare_hours_per_week, p.childcare_women
        )
        minutes = left_to_give(whole(c.burnout[i]), free[working * _AGES + age], childcare, share)
        c.capacity[i], c.spare[i] = minutes, minutes


def agents(community, p):
    """Walk one community's citizens."""
    clock, chance = community.clock, community.orders.invitation_chance
    for citizen in community.living():
        citizen.gave_last_month = 1 if citizen.credit_given > 0 else 0
        given = citizen.given
        citizen.given = citizen.credit_given = citizen.credit_received = 0
        age = age_in_years(clock.month, citizen.birth_month)
        level = citizen.need_level
        if chance > 0.0 and level > 0 and not citizen.invited and age >= _ADULT_FROM:
            reached, accepts, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            citizen.invited = becomes_invited(
                citizen.invited, level, uniform(reached), uniform(accepts), chance, p.invitation_accepted
            )
        employed = at_work(age, citizen.work_rank, p.employed_percent)
        leaves = returns = 0
        may_change = may_change_work(employed, citizen.left_work, given, p.leave_work_hours_per_week)
        if may_change:
            _, _, leaves, returns = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
        citizen.left_work = next_left_work(
            employed, citizen.left_work, may_change, uniform(leaves), uniform(returns), p.leave_work, p.return_to_work
        )
        free = free_minutes(
            age, employed and citizen.left_work == 0, p.retired_hours_per_week,
            p.old_hours_per_week, p.employed_hours_per_week, p.young_hours_per_week,
        )  # fmt: skip
        share = share_left(level, p.low_need_share, p.moderate_need_share, p.substantial_need_share, p.critical_need_share)
        childcare = childcare_minutes(age, citizen.sex, citizen.children, p.childcare_hours_per_week, p.childcare_women)
        citizen.capacity = citizen.spare = left_to_give(citizen.burnout, free, childcare, share)
