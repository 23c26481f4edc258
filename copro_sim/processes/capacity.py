"""Time one could give this month; everyone is an asset, but people with needs give outside the home only if invited.

Equation
    capacity = hours(age, at work) * share(felt need), in whole minutes a month
    outside the household: all of it without need, or once invited; else none
    a builder reaches a citizen with needs with chance `invitation_chance`; a share `invitation_accepted` says yes
Reads    life, birth_month, sex, work_rank, need, need_level, invited, credit_given
Writes   capacity, spare, invited, gave_last_month; given, credit_given and credit_received begin the month at zero
Chance   stream INVITATION, words 0 (reached) and 1 (accepts)
Source   Hours: Linked Lives and Gostoli and Silverman 2020 (informal supply by status); employment: assumption
Limits   No childcare, commuting or shift work; strain and burnout come with their own process.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.state.codes import Life, Need

_STREAM = int(Stream.INVITATION)
_ALIVE = int(Life.ALIVE)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_GIVES_FROM, _ADULT_FROM, _RETIRES_AT, _OLD_FROM = 12, 16, 66, 80
_RANKS = 250
_SUPPLY = "Informal supply within the household, Gostoli and Silverman 2020"


class Params(NamedTuple):
    """What people could give, and what invites those who are seen only as recipients."""

    retired_hours_per_week: Annotated[float, Record(
        value=60.0, low=0.0, high=112.0, unit="hours a week", likely=(45.0, 70.0), source=_SUPPLY,
        meaning="Most that a retired person under 80 could give, and anybody of working age without work")]
    old_hours_per_week: Annotated[float, Record(
        value=30.0, low=0.0, high=112.0, unit="hours a week", likely=(20.0, 45.0),
        meaning="Most that a person of 80 or more could give", source=f"Half of: {_SUPPLY}")]
    employed_hours_per_week: Annotated[float, Record(
        value=22.0, low=0.0, high=112.0, unit="hours a week", likely=(16.0, 26.0), source=_SUPPLY,
        meaning="Most that a person at work could give")]
    young_hours_per_week: Annotated[float, Record(
        value=6.0, low=0.0, high=112.0, unit="hours a week", meaning="Most that a child of 12 to 15 could give",
        source="Below the 16 hours of Linked Lives: young carers are few")]
    employed_percent: Annotated[float, Record(
        value=70.0, low=0.0, high=100.0, unit="percent", grade="derived",
        meaning="Share of people aged 16 to 65 at work", source="Rounded from Welsh employment of about 70 percent")]
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
    return _ADULT_FROM <= age < _RETIRES_AT and work_rank * 100 < employed_percent * _RANKS


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
    if level == 0:
        return 1.0
    if level == 1:
        return low
    if level == 2:
        return moderate
    return substantial if level == 3 else critical


@rule
def becomes_invited(invited, level, reached_draw, accepts_draw, chance, accepted):
    """Return whether somebody is invited to give: already, or because a builder came by and the answer was yes."""
    return 1 if invited or (level > 0 and reached_draw < chance and accepts_draw < accepted) else 0


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    clock, chance = here.clock, here.orders.invitation_chance
    c.given[:] = 0
    c.credit_received[:] = 0
    c.capacity[:] = 0
    c.spare[:] = 0
    for i in range(c.id.size):
        c.gave_last_month[i] = 1 if whole(c.credit_given[i]) > 0 else 0
        c.credit_given[i] = 0
        if whole(c.life[i]) != _ALIVE:
            continue
        age = (clock.month - whole(c.birth_month[i])) // MONTHS_PER_YEAR
        level, invited = whole(c.need_level[i]), whole(c.invited[i])
        if chance > 0.0 and level > 0 and invited == 0 and age >= _ADULT_FROM:
            reached, accepts, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            c.invited[i] = becomes_invited(
                invited, level, uniform(reached), uniform(accepts), chance, p.invitation_accepted
            )
        free = free_minutes(
            age, at_work(age, whole(c.work_rank[i]), p.employed_percent), p.retired_hours_per_week,
            p.old_hours_per_week, p.employed_hours_per_week, p.young_hours_per_week,
        )  # fmt: skip
        share = share_left(
            level, p.low_need_share, p.moderate_need_share, p.substantial_need_share, p.critical_need_share
        )
        minutes = int(free * share)
        c.capacity[i], c.spare[i] = minutes, minutes


def agents(community, p):
    """Walk one community's citizens."""
    clock, chance = community.clock, community.orders.invitation_chance
    for citizen in community.living():
        citizen.gave_last_month = 1 if citizen.credit_given > 0 else 0
        citizen.given = citizen.credit_given = citizen.credit_received = 0
        age = (clock.month - citizen.birth_month) // MONTHS_PER_YEAR
        level = citizen.need_level
        if chance > 0.0 and level > 0 and not citizen.invited and age >= _ADULT_FROM:
            reached, accepts, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            citizen.invited = becomes_invited(
                citizen.invited, level, uniform(reached), uniform(accepts), chance, p.invitation_accepted
            )
        free = free_minutes(
            age, at_work(age, citizen.work_rank, p.employed_percent), p.retired_hours_per_week,
            p.old_hours_per_week, p.employed_hours_per_week, p.young_hours_per_week,
        )  # fmt: skip
        share = share_left(
            level, p.low_need_share, p.moderate_need_share, p.substantial_need_share, p.critical_need_share
        )
        citizen.capacity = citizen.spare = int(free * share)
