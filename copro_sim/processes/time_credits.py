"""Where a group runs, members help one another an hour for an hour: practical help and everyday favours.

Equation
    a member asks for practical need still unmet (if asking for help this month), or else, at times, for a favour, as far
    as balance + debit limit reaches; askers in keyed order; volunteers are other members with time to spare and less
    than their target; the one with the smallest keyed draw for (asker, volunteer) serves; minutes move as credits
    matches in a month <= brokers' minutes / minutes a match
Reads    life, member, asked, unmet, spare, balance
Writes   unmet, received, spare, credit_given, credit_received, balance
Chance   stream TIME_CREDITS, words 0 (wants a favour), 1 (order among askers) and 2 (choice among volunteers)
Source   Friedman, Halpern and Kash 2006 (scrip systems); activity: Apteligen's evaluations of Spice 2014, 2018
Limits   Membership and targets are fixed; the broker does not leave; no common pot.
"""

from typing import Annotated, NamedTuple

import numpy as np

from copro_sim.core.compiled import rule, step, walk, whole
from copro_sim.core.draws import Stream, compiled_words, pair_word, uniform, words
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.state.codes import Life, Need, Source

_STREAM = int(Stream.TIME_CREDITS)
_ALIVE, _CREDIT, _PRACTICAL = int(Life.ALIVE), int(Source.CREDIT), int(Need.PRACTICAL)
_ID_WORD, _NOBODY = 0xFFFF_FFFF, -1
_HOUR = 60


class Params(NamedTuple):
    """How the credits of a group work."""

    opening_hours: Annotated[float, Record(
        value=3.0, low=0.0, high=100.0, unit="hours", likely=(1.0, 6.0),
        meaning="Credits that the group's account issues to a member at the start")]
    debit_limit_hours: Annotated[float, Record(
        value=6.0, low=0.0, high=100.0, unit="hours", likely=(0.0, 12.0),
        meaning="How far a balance may fall below zero")]
    target_hours: Annotated[float, Record(
        value=10.0, low=0.0, high=1000.0, unit="hours", likely=(5.0, 20.0),
        meaning="Balance at which a member stops volunteering")]
    group_invites: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of members who, by joining the group, feel invited to give beyond the home whatever their needs")]
    favour_chance: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="chance a month", likely=(0.2, 0.6), role="co-production",
        meaning="Chance that a member wants an everyday favour in a month",
        source="0.4 to 0.7 hours a month for each person who ever joined (Timebanking UK)")]
    favour_minutes: Annotated[int, Record(
        value=60, low=1, high=600, unit="minutes", meaning="Length of a favour")]
    help_hours_per_week: Annotated[float, Record(
        value=2.0, low=0.0, high=40.0, unit="hours a week", likely=(0.5, 4.0), role="co-production",
        meaning="Most practical help that a member with needs asks of the group",
        source="About 9 hours a month for active members (Apteligen 2014)")]
    shortest_minutes: Annotated[int, Record(
        value=30, low=1, high=600, unit="minutes", meaning="Shortest exchange that is worth arranging")]
    minutes_per_match: Annotated[int, Record(
        value=40, low=1, high=1000, unit="minutes", likely=(20, 60),
        meaning="Broker's time for one match")]  # fmt: skip


@rule
def wanted_minutes(unmet_practical, asked, favour_draw, most_help, favour_chance, favour_minutes):
    """Return minutes a member wants of the group this month: help with need that is unmet, else perhaps a favour."""
    if asked == 1 and unmet_practical > 0:
        return min(unmet_practical, most_help)
    if favour_draw < favour_chance:
        return favour_minutes
    return 0


@rule
def affordable(wanted, balance, debit_limit):
    """Return minutes of what is wanted that a balance can pay for."""
    return max(0, min(wanted, balance + debit_limit))


@rule
def volunteers(spare, balance, target, shortest):
    """Return whether a member offers time: enough to spare, and fewer credits than the target."""
    return spare >= shortest and balance < target


@rule
def matches(broker_minutes, citizens, minutes_per_match):
    """Return how many matches the brokers of a community of `citizens` can make this month."""
    return int(broker_minutes * citizens / minutes_per_match)


@rule
def towards_need(minutes, unmet_practical, asked):
    """Return minutes of an exchange that meet practical need; the rest of it is a favour."""
    return min(minutes, unmet_practical) if asked == 1 else 0


@rule
def in_minutes(hours):
    """Return whole minutes of `hours`."""
    return int(hours * _HOUR)


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    if whole(here.communities.group[here.number]) == 0 or here.orders.broker_minutes <= 0.0:
        return
    clock = here.clock
    members = np.empty(c.id.size, np.int64)
    keys = np.empty(c.id.size, np.int64)
    joined, asking, living = 0, 0, 0
    most_help = int(p.help_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        living += 1
        if whole(c.member[i]) == 0:
            continue
        members[joined] = i
        joined += 1
        favour, order, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
        wanted = wanted_minutes(
            whole(c.unmet[i, _PRACTICAL]), whole(c.asked[i]), uniform(favour), most_help, p.favour_chance, p.favour_minutes
        )
        if wanted > 0:
            keys[asking] = pack_key(0, order, i)
            asking += 1
    sort_keys(keys, asking, c.id)
    left = matches(here.orders.broker_minutes, living, p.minutes_per_match)
    for at in range(asking):
        if left > 0 and _exchange(c, place_of(keys[at]), members[:joined], clock, most_help, p):
            left -= 1


@step
def _exchange(c, i, members, clock, most_help, p):
    """Find a volunteer for member i; return whether an exchange took place."""
    favour, _, choice, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
    asked, unmet = whole(c.asked[i]), whole(c.unmet[i, _PRACTICAL])
    wanted = wanted_minutes(unmet, asked, uniform(favour), most_help, p.favour_chance, p.favour_minutes)
    wanted = affordable(wanted, whole(c.balance[i]), in_minutes(p.debit_limit_hours))
    if wanted < p.shortest_minutes:
        return False
    best, best_draw = _NOBODY, 0
    for j in members:
        if j == i or not volunteers(
            whole(c.spare[j]), whole(c.balance[j]), in_minutes(p.target_hours), p.shortest_minutes
        ):
            continue
        draw = pair_word(choice, whole(c.id[j]) & _ID_WORD)
        if best == _NOBODY or draw < best_draw or (draw == best_draw and whole(c.id[j]) < whole(c.id[best])):
            best, best_draw = j, draw
    if best == _NOBODY:
        return False
    minutes = min(wanted, whole(c.spare[best]))
    need = towards_need(minutes, unmet, asked)
    c.unmet[i, _PRACTICAL] -= need
    c.received[i, _PRACTICAL, _CREDIT] += need
    c.credit_received[i] += minutes
    c.balance[i] -= minutes
    c.spare[best] -= minutes
    c.credit_given[best] += minutes
    c.balance[best] += minutes
    return True


def agents(community, p):
    """Walk one community's citizens."""
    if not community.group or community.orders.broker_minutes <= 0.0:
        return
    clock = community.clock
    living = community.living()
    members = [citizen for citizen in living if citizen.member]
    draws = {who: compiled_words(clock.seed, _STREAM, who.id, clock.month, 0) for who in members}
    asking = [citizen for citizen in members if _wanted(citizen, draws[citizen][0], p) > 0]
    left = matches(community.orders.broker_minutes, len(living), p.minutes_per_match)
    for citizen in sorted(asking, key=lambda who: (draws[who][1], who.id)):
        if left > 0 and _serve(citizen, members, draws[citizen], p):
            left -= 1


def _wanted(citizen, favour, p):
    most_help = int(p.help_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)
    return wanted_minutes(
        citizen.unmet[_PRACTICAL], citizen.asked, uniform(favour), most_help, p.favour_chance, p.favour_minutes
    )


def _serve(citizen, members, draws, p):
    wanted = affordable(_wanted(citizen, draws[0], p), citizen.balance, in_minutes(p.debit_limit_hours))
    able = [
        other
        for other in members
        if other is not citizen
        and volunteers(other.spare, other.balance, in_minutes(p.target_hours), p.shortest_minutes)
    ]
    if wanted < p.shortest_minutes or not able:
        return False
    giver = min(able, key=lambda who: (pair_word(draws[2], who.id & _ID_WORD), who.id))
    minutes = min(wanted, giver.spare)
    need = towards_need(minutes, citizen.unmet[_PRACTICAL], citizen.asked)
    citizen.unmet[_PRACTICAL] -= need
    citizen.received[_PRACTICAL][_CREDIT] += need
    citizen.credit_received += minutes
    citizen.balance -= minutes
    giver.spare -= minutes
    giver.credit_given += minutes
    giver.balance += minutes
    return True
