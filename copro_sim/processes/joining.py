"""Where a time-credit group runs, adults join it, friends bring friends, and members who stay idle leave.

Equation
    each when it is one's turn in the year, adults who are no members join with chance
        reach * held out * (unasked + friend_pull * friends and kin who are members, at most four
                            + builders_bring * chance a year that a builder comes by)
    held out = reach_offline at 75 or more * reach_needs with needs; builders come by people with needs only
    who joins gets an opening credit in whole hours from the group's account, a habit, and perhaps feels invited to give
    a member idle for more than patience_months leaves with chance leaving * (1 - belonging_holds * belonging) a month, and
    the balance goes back to the group's account
    somebody with needs who is not invited to give, but has kin or a friend in the group, becomes so with chance
        friend_invites a year
    everybody decides on who was a member before anybody joins or leaves
Reads    life, turn, birth_month, need_level, belonging, member, invited, bonds, credit_given, credit_received; of the community:
         group
Writes   member, habit, idle, balance, invited; of the community: issuer
Chance   stream JOINING, block 0: words 0 (joins or leaves), 1 (feels invited), 2 (habit), 3 (opening credit); block 1:
         word 0 (invited by friends)
Source   Bass 1969 (innovation and imitation), imitation along friendships; every size is an assumption, set so that at
         the usual parameters a group of 8 percent of adults keeps its size for a generation
Limits   Nobody is expelled; no waiting list; newcomers to a community have no membership elsewhere.
"""

from typing import Annotated, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, step, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.bonds import bond_kind, bond_place
from copro_sim.state.codes import BondKind, Habit, Life
from copro_sim.state.context import age_in_years, has_turn, whose_turn

_STREAM = int(Stream.JOINING)
_ALIVE, _KIN, _FRIEND = int(Life.ALIVE), int(BondKind.KIN), int(BondKind.FRIEND)
_USUAL, _ALTRUIST, _HOARDER = int(Habit.USUAL), int(Habit.ALTRUIST), int(Habit.HOARDER)
_ADULT_FROM, _OFFLINE_FROM, _MOST_FRIENDS, _MOST_IDLE, _HOUR = 18, 75, 4, 250, 60
_STAYS, _JOINS, _LEAVES, _INVITED = 0, 1, 2, 4


class Params(NamedTuple):
    """Who joins a time-credit group, what it brings them, and who leaves it."""

    reach: Annotated[float, Record(
        value=1.0, low=0.0, high=1.0, unit="share", likely=(0.5, 1.0), role="co-production", sign_seen=True,
        meaning="How far a group reaches beyond those who founded it: 0 is a closed circle")]
    unasked: Annotated[float, Record(
        value=0.006, low=0.0, high=1.0, unit="chance a year", likely=(0.003, 0.01),
        meaning="Chance that an adult joins by what the group itself does to be known")]
    friend_pull: Annotated[float, Record(
        value=0.006, low=0.0, high=1.0, unit="chance a year for each", likely=(0.0, 0.015), role="co-production", sign_seen=True,
        meaning="Chance of joining that each friend or relative in the group adds, up to four of them")]
    builders_bring: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share", likely=(0.0, 0.3), role="co-production",
        meaning="Share of people with needs met by a community builder who join because of it")]
    reach_offline: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="share", likely=(0.3, 1.0),
        meaning="Chance of joining at 75 and over, over that of others: 1 is no cream-skimming",
        source="Assumed below 1: many groups match through websites")]
    reach_needs: Annotated[float, Record(
        value=0.7, low=0.0, high=1.0, unit="share", likely=(0.4, 1.0),
        meaning="Chance of joining of people with needs, over that of others: 1 is no cream-skimming")]
    opening_hours: Annotated[float, Record(
        value=3.0, low=0.0, high=100.0, unit="hours", likely=(1.0, 6.0),
        meaning="Credits that the group's account issues to somebody who joins: whole hours, on average this many")]
    group_invites: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production", sign_seen=True,
        meaning="Share of members who, by joining the group, feel invited to give beyond the home whatever their needs")]
    friend_invites: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="chance a year", likely=(0.0, 0.4), role="co-production",
        meaning="Chance that somebody with needs who has a friend or relative in the group is invited to give by them")]
    altruist_percent: Annotated[float, Record(
        value=10.0, low=0.0, high=100.0, unit="percent of members", likely=(0.0, 30.0),
        meaning="Members who serve for nothing")]
    hoarder_percent: Annotated[float, Record(
        value=10.0, low=0.0, high=100.0, unit="percent of members", likely=(0.0, 20.0),
        meaning="Members who go on earning whatever their balance")]
    patience_months: Annotated[int, Record(
        value=12, low=0, high=240, unit="months", likely=(6, 24),
        meaning="Months without giving or receiving after which a member may leave")]
    leaving: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="chance a month", likely=(0.05, 0.2),
        meaning="Chance that an idle member leaves who does not belong to the community at all")]
    belonging_holds: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0),
        meaning="How much of that chance belonging wholly to the community takes away")]  # fmt: skip


@rule
def friend_or_kin(kind):
    """Return whether a bond of this kind draws into the group: kin outside the home, and friends."""
    return _KIN <= kind <= _FRIEND


@rule
def held_out(age, level, reach_offline, reach_needs):
    """Return how far somebody is reached by the group, 0 to 1, other things equal."""
    return (reach_offline if age >= _OFFLINE_FROM else 1.0) * (reach_needs if level > 0 else 1.0)


@rule
def by_builder(level, invitation_chance, builders_bring):
    """Return the chance a year of being brought by a community builder, who reaches people with needs."""
    return builders_bring * min(1.0, invitation_chance * MONTHS_PER_YEAR) if level > 0 else 0.0


@rule
def joining_chance(friends, reach, held, unasked, friend_pull, brought):
    """Return the chance a year that an adult joins who has `friends` in the group."""
    return reach * held * (unasked + friend_pull * min(friends, _MOST_FRIENDS) + brought)


@rule
def happens(draw, chance):
    """Return whether something of this chance happens."""
    return draw < chance


@rule
def next_idle(idle, given, received):
    """Return months since a member last exchanged anything."""
    return 0 if given + received > 0 else min(idle + 1, _MOST_IDLE)


@rule
def leaving_chance(idle, patience, belonging, leaving, belonging_holds, panel):
    """Return the chance a month that a member leaves: idle for too long, or put off by a panel not heeded (0 or below)."""
    return (leaving * (1.0 - belonging_holds * belonging) if idle > patience else 0.0) - panel


@rule
def may_be_invited(level, invited, friends):
    """Return whether friends or kin in the group may invite somebody to give: with needs, and not invited yet."""
    return level > 0 and invited == 0 and friends > 0


@rule
def feels_invited(invited, draw, group_invites):
    """Return whether a new member is invited to give beyond the home: before, or by joining."""
    return 1 if invited == 1 or draw < group_invites else 0


@rule
def habit_of(draw, altruist_percent, hoarder_percent):
    """Return how a new member deals with credits (Habit)."""
    if draw * 100.0 < altruist_percent:
        return _ALTRUIST
    return _HOARDER if draw * 100.0 < altruist_percent + hoarder_percent else _USUAL


@rule
def opening_minutes(draw, opening_hours):
    """Return a new member's credit in whole hours' minutes: the hours below or above `opening_hours`, on average those."""
    below = int(opening_hours)
    return (below + 1 if draw < opening_hours - below else below) * _HOUR


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    if whole(here.communities.group[here.number]) == 0:
        return
    clock, panel = here.clock, here.orders.panel_membership
    decided = np.zeros(c.id.size, np.uint8)
    turn, turns = whose_turn(c.turn, c.life, clock.month)
    for at in range(turns):
        i = turn[at]
        age = age_in_years(clock.month, whole(c.birth_month[i]))
        if age < _ADULT_FROM:
            continue
        level, friends = whole(c.need_level[i]), _friends_in_group(c.bonds, c.bond, c.member, i)
        if whole(c.member[i]) == 0:
            draw, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            brought = by_builder(level, here.orders.invitation_chance, p.builders_bring)
            held = held_out(age, level, p.reach_offline, p.reach_needs)
            if happens(uniform(draw), joining_chance(friends, p.reach, held, p.unasked, p.friend_pull, brought)):
                decided[i] = _JOINS
        if may_be_invited(level, whole(c.invited[i]), friends):
            draw, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 1)
            if happens(uniform(draw), p.friend_invites):
                decided[i] += _INVITED
    for i in range(c.id.size):
        if whole(c.member[i]) == 1 and whole(c.life[i]) == _ALIVE:
            idle = next_idle(whole(c.idle[i]), whole(c.credit_given[i]), whole(c.credit_received[i]))
            c.idle[i] = idle
            chance = leaving_chance(idle, p.patience_months, float(c.belonging[i]), p.leaving, p.belonging_holds, panel)
            if chance > 0.0:
                draw, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
                if happens(uniform(draw), chance):
                    decided[i] += _LEAVES
        if decided[i] != _STAYS:
            _act(c, i, whole(decided[i]), here, p)


@walk
def _friends_in_group(bonds, bond, member, i):
    """Return how many friends and kin of i are members."""
    friends = 0
    for at in range(whole(bonds[i])):
        one = whole(bond[i, at])
        if friend_or_kin(bond_kind(one)):
            friends += whole(member[bond_place(one)])
    return friends


@step
def _act(c, i, decided, here, p):
    """Do what citizen i has decided."""
    if decided & _INVITED:
        c.invited[i] = 1
    if decided & _JOINS:
        _, invited, habit, opening = words(here.clock.seed, _STREAM, whole(c.id[i]), here.clock.month, 0)
        c.member[i], c.idle[i] = 1, 0
        c.invited[i] = feels_invited(whole(c.invited[i]), uniform(invited), p.group_invites)
        c.habit[i] = habit_of(uniform(habit), p.altruist_percent, p.hoarder_percent)
        issued = opening_minutes(uniform(opening), p.opening_hours)
        c.balance[i] = issued
        here.communities.issuer[here.number] -= issued
    elif decided & _LEAVES:
        here.communities.issuer[here.number] += whole(c.balance[i])
        c.member[i], c.habit[i], c.idle[i], c.balance[i] = 0, 0, 0, 0


def agents(community, p):
    """Walk one community's citizens."""
    if not community.group:
        return
    clock, panel, decided = community.clock, community.orders.panel_membership, []
    for citizen in community.living():
        joins = leaves = invited = False
        if citizen.member:
            citizen.idle = next_idle(citizen.idle, citizen.credit_given, citizen.credit_received)
            chance = leaving_chance(
                citizen.idle, p.patience_months, citizen.belonging, p.leaving, p.belonging_holds, panel
            )
            leaves = happens(_draw(citizen, clock, 0), chance)
        if has_turn(citizen.turn, clock.month):
            joins, invited = _decides(citizen, clock, community.orders, p)
        decided.append((citizen, joins, leaves, invited))
    for citizen, joins, leaves, invited in decided:
        if invited:
            citizen.invited = 1
        if joins:
            _join(citizen, clock, p)
        elif leaves:
            community.issuer += citizen.balance
            citizen.member = citizen.habit = citizen.idle = citizen.balance = 0


def _draw(citizen, clock, block):
    return uniform(compiled_words(clock.seed, _STREAM, citizen.id, clock.month, block)[0])


def _decides(citizen, clock, orders, p):
    """Return whether a citizen joins, and whether friends or kin invite the citizen to give."""
    level, joins = citizen.need_level, False
    age = age_in_years(clock.month, citizen.birth_month)
    if age < _ADULT_FROM:
        return False, False
    friends = sum(friend_or_kin(bond.kind) and other.member for other, bond in citizen.bonds.items())
    if not citizen.member:
        brought = by_builder(level, orders.invitation_chance, p.builders_bring)
        held = held_out(age, level, p.reach_offline, p.reach_needs)
        chance = joining_chance(friends, p.reach, held, p.unasked, p.friend_pull, brought)
        joins = happens(_draw(citizen, clock, 0), chance)
    asked = may_be_invited(level, citizen.invited, friends)
    return joins, asked and happens(_draw(citizen, clock, 1), p.friend_invites)


def _join(citizen, clock, p):
    _, invited, habit, opening = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
    citizen.member, citizen.idle = 1, 0
    citizen.invited = feels_invited(citizen.invited, uniform(invited), p.group_invites)
    citizen.habit = habit_of(uniform(habit), p.altruist_percent, p.hoarder_percent)
    citizen.balance = opening_minutes(uniform(opening), p.opening_hours)
    citizen.community.issuer -= citizen.balance
