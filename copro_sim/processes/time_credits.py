"""Where a group runs, members help one another an hour for an hour: practical help and everyday favours.

Equation
    a member asks for practical need still unmet (if asking for help this month), or else, at times, for a favour, as far
    as balance + debit limit reaches; who has no time to give at all is paid for out of the common pot while it lasts
    askers in keyed order; volunteers are other members with time to spare and less than the target (hoarders whatever
    their balance, altruists for nothing, members with needs once invited); one of them, uniformly or the one with the
    lowest balance, serves; minutes move as credits; strangers may so become friends
    matches in a month <= brokers' minutes * share / minutes a match; share is below 1 in groups that users lead and,
    while there is no grant, in those of the third sector; a grant that ends is renewed by chance or applied for yearly
    target' = target + target_pace * (wish - target), where wish is a mix, by `target_adapts`, of target_hours and
        caution * favour * months it takes to earn a favour - debit limit,
        months = volunteers * favour / minutes that members could ask and pay for with brokers' time to arrange them
    so with more credit fewer volunteer, earning is easier, targets fall, and fewer still volunteer: up to some amount of
    credit this settles and more is served; beyond it nobody volunteers and exchange crashes
Reads    life, member, habit, asked, need_level, invited, capacity, unmet, spare, balance, bonds; of the community: group,
         host, grant, target
Writes   wanted, unmet, received, spare, credit_given, credit_received, balance, bonds; of the community: grant, target,
         issuer
Chance   stream TIME_CREDITS: block 0 of a member, words 0 (wants a favour), 1 (order among askers), 2 (choice among
         volunteers) and 3 (befriends); block 1 of a community, word 0 (grant)
Source   Friedman, Halpern and Kash 2006 and Kash, Friedman and Halpern 2012 (scrip systems, crashes, hoarders and
         altruists); Johnson, Simchi-Levi and Sun 2014 (lowest balance first); activity: Apteligen's evaluations of Spice
         2014 and 2018
Limits   All usual members of a group share one target. A group outlives its members and its grant; it is never founded
         or closed during a run.
"""

from typing import Annotated, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, step, whole
from copro_sim.core.draws import Stream, compiled_words, pair_word, uniform, words
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, STRENGTH_ONE
from copro_sim.state.bonds import NOT_FOUND, bind, find_bond
from copro_sim.state.codes import BondKind, Habit, Host, Life, Need, Source

_STREAM = int(Stream.TIME_CREDITS)
_ALIVE, _CREDIT, _PRACTICAL, _FRIEND = int(Life.ALIVE), int(Source.CREDIT), int(Need.PRACTICAL), int(BondKind.FRIEND)
_ALTRUIST, _HOARDER = int(Habit.ALTRUIST), int(Habit.HOARDER)
_COUNCIL, _THIRD_SECTOR, _USERS = int(Host.COUNCIL), int(Host.THIRD_SECTOR), int(Host.USERS)
_ID_WORD, _NOBODY = 0xFFFF_FFFF, -1
_HOUR, _MOST_TARGET, _MOST_BALANCE = 60, 1_000_000, 900_000


class Params(NamedTuple):
    """How the credits of a group work, and who runs it."""

    debit_limit_hours: Annotated[float, Record(
        value=6.0, low=0.0, high=100.0, unit="hours", likely=(0.0, 12.0),
        meaning="How far a balance may fall below zero")]
    target_hours: Annotated[float, Record(
        value=10.0, low=0.0, high=1000.0, unit="hours", likely=(5.0, 20.0),
        meaning="Balance at which a member stops volunteering, at the start and where targets do not adapt")]
    target_adapts: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0),
        meaning="How far targets follow how easily credit is earned: 0 not at all, 1 entirely",
        source="Sign: Kash, Friedman and Halpern 2012; whether members of time banks do so is not known")]
    target_pace: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of the gap a month", meaning="Pace at which targets adapt")]
    caution: Annotated[float, Record(
        value=4.0, low=0.0, high=100.0, unit="favours for each month", likely=(2.0, 8.0),
        meaning="Favours that members want to be able to pay for, for each month it takes to earn one, where targets adapt")]
    lowest_balance_first: Annotated[int, Record(
        value=0, low=0, high=1, unit="0 or 1", meaning="Whether of all volunteers the one with the lowest balance serves; "
        "if not, any of them", source="Optimal by Johnson, Simchi-Levi and Sun 2014; brokers' habits are not known")]
    pot_hours_per_month: Annotated[float, Record(
        value=2.0, low=0.0, high=1000.0, unit="hours a month", likely=(0.0, 8.0), role="co-production",
        meaning="Hours a month that a group's common pot pays for members who have no time to give")]
    favour_chance: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="chance a month", likely=(0.2, 0.6), role="co-production", sign_seen=True,
        meaning="Chance that a member wants an everyday favour in a month",
        source="0.4 to 0.7 hours a month for each person who ever joined (Timebanking UK)")]
    favour_minutes: Annotated[int, Record(
        value=60, low=1, high=600, unit="minutes", meaning="Length of a favour")]
    help_hours_per_week: Annotated[float, Record(
        value=2.0, low=0.0, high=40.0, unit="hours a week", likely=(0.5, 4.0), role="co-production", sign_seen=True,
        meaning="Most practical help that a member with needs asks of the group",
        source="About 9 hours a month for active members (Apteligen 2014)")]
    shortest_minutes: Annotated[int, Record(
        value=30, low=1, high=600, unit="minutes", meaning="Shortest exchange that is worth arranging")]
    strangers_befriend: Annotated[float, Record(
        value=0.05, low=0.0, high=1.0, unit="chance", likely=(0.0, 0.15), role="co-production", sign_seen=True,
        meaning="Chance that an exchange between two who are not bound makes them friends")]
    friendship: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="0 to 1", meaning="Strength of a bond that begins so")]
    minutes_per_match: Annotated[int, Record(
        value=40, low=1, high=1000, unit="minutes", likely=(20, 60),
        meaning="Broker's time for one match")]
    third_sector_percent: Annotated[float, Record(
        value=60.0, low=0.0, high=100.0, unit="percent of groups",
        meaning="Groups run by a third-sector organisation on a grant")]
    users_percent: Annotated[float, Record(
        value=10.0, low=0.0, high=100.0, unit="percent of groups",
        meaning="Groups led by their users; councils run the rest")]
    users_broker_share: Annotated[float, Record(
        value=0.8, low=0.0, high=2.0, unit="share", likely=(0.5, 1.2),
        meaning="Brokers' time where users lead the group and volunteers broker, over that elsewhere")]
    grant_months: Annotated[int, Record(
        value=36, low=1, high=600, unit="months", meaning="Length of a grant to a third-sector group",
        source="Assumed: grants of three years are common")]
    grant_renewal: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="chance", likely=(0.3, 0.9), meaning="Chance that a grant is renewed at its end")]
    grant_again: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="chance a year", likely=(0.1, 0.5),
        meaning="Chance that a group without a grant wins one in a year")]
    after_grant_share: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.0, 0.6),
        meaning="Brokers' time that is left to a third-sector group without a grant")]  # fmt: skip


@rule
def wanted_minutes(unmet_practical, asked, favour_draw, most_help, favour_chance, favour_minutes, shortest):
    """Return minutes a member wants of the group this month: help with need that is unmet, else perhaps a favour."""
    help_wanted = min(unmet_practical, most_help) if asked == 1 else 0
    if help_wanted >= shortest:
        return help_wanted
    return favour_minutes if favour_draw < favour_chance else 0


@rule
def affordable(wanted, balance, debit_limit):
    """Return minutes of what is wanted that a balance can pay for."""
    return max(0, min(wanted, balance + debit_limit))


@rule
def can_pay(wanted, balance, debit_limit, from_pot, pot):
    """Return minutes of what is wanted that can be paid for, out of the common pot or one's own balance."""
    return affordable(wanted, pot, 0) if from_pot else affordable(wanted, balance, debit_limit)


@rule
def pot_pays(capacity, pot, shortest):
    """Return whether the common pot pays: for somebody who has no time to give at all, while it holds enough."""
    return capacity < shortest and pot >= shortest


@rule
def may_give(need_level, invited):
    """Return whether somebody gives beyond the home: with needs, only once invited."""
    return need_level == 0 or invited == 1


@rule
def volunteers(spare, shortest, balance, target, habit):
    """Return whether a member offers time: enough to spare, and fewer credits than the target if that matters to them."""
    if spare < shortest:
        return False
    if habit == _ALTRUIST:
        return True
    return balance < (_MOST_BALANCE if habit == _HOARDER else target)


@rule
def works_for(habit, payable, shortest):
    """Return whether a volunteer of this habit serves an asker who can pay `payable` minutes: altruists always do."""
    return habit == _ALTRUIST or payable >= shortest


@rule
def who_first(balance, lowest_balance_first):
    """Return the place of a volunteer among all, smallest first; equal ones are chosen from uniformly."""
    return balance if lowest_balance_first == 1 else 0


@rule
def served(wanted, payable, spare, habit):
    """Return the minutes of an exchange: of what can be paid, or of all that is wanted where an altruist serves."""
    return min(wanted if habit == _ALTRUIST else payable, spare)


@rule
def price(minutes, habit):
    """Return the credits, in minutes, that an exchange costs."""
    return 0 if habit == _ALTRUIST else minutes


@rule
def matches(broker_minutes, share, citizens, minutes_per_match):
    """Return how many matches a group's brokers can make this month in a community of `citizens`."""
    return int(broker_minutes * share * citizens / minutes_per_match)


@rule
def brokers_share(host, grant, users_broker_share, after_grant_share):
    """Return the share of usual brokers' time that a group has, by its host and months left of its grant."""
    if host == _USERS:
        return users_broker_share
    return after_grant_share if host == _THIRD_SECTOR and grant == 0 else 1.0


@rule
def host_of(draw, third_sector_percent, users_percent):
    """Return who runs a group (Host)."""
    if draw * 100.0 < third_sector_percent:
        return _THIRD_SECTOR
    return _USERS if draw * 100.0 < third_sector_percent + users_percent else _COUNCIL


@rule
def first_grant(host, grant_months):
    """Return months of grant with which a group begins; 0 where it does not live on grants."""
    return grant_months if host == _THIRD_SECTOR else 0


@rule
def next_grant(host, grant, applies, draw, renewal, again, grant_months):
    """Return months left of a grant: one less, renewed at its end, or won again by a group that `applies` this month."""
    if host != _THIRD_SECTOR:
        return 0
    if grant > 1:
        return grant - 1
    chance = renewal if grant == 1 else (again if applies else 0.0)
    return grant_months if draw < chance else 0


@rule
def towards_need(minutes, unmet_practical, asked):
    """Return minutes of an exchange that meet practical need; the rest of it is a favour."""
    return min(minutes, unmet_practical) if asked == 1 else 0


@rule
def befriends(draw, strangers_befriend):
    """Return whether two who are not bound become friends by an exchange."""
    return draw < strangers_befriend


@rule
def bond_of(friendship):
    """Return a strength from 0 to 1 as bonds hold it."""
    return int(friendship * STRENGTH_ONE)


@rule
def in_minutes(hours):
    """Return whole minutes of `hours`."""
    return int(hours * _HOUR)


@rule
def cautious_target(ready, payable, favour_minutes, caution, debit_limit):
    """Return the balance wanted when `ready` members would serve for the `payable` minutes on offer this month."""
    months_to_earn = ready * favour_minutes / payable
    return max(0.0, caution * favour_minutes * months_to_earn - debit_limit)


@rule
def next_target(target, fixed, cautious, adapts, pace):
    """Return next month's target in whole minutes: a step, of a minute at least, towards the mix of fixed and cautious."""
    gap = int(min(_MOST_TARGET, (1.0 - adapts) * fixed + adapts * cautious)) - target
    step_taken = int(pace * gap)
    if step_taken == 0 and pace > 0.0:
        step_taken = min(1, max(-1, gap))
    return target + step_taken


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    communities, number, clock = here.communities, here.number, here.clock
    if whole(communities.group[number]) == 0:
        return
    members = np.empty(c.id.size, np.int64)
    keys = np.empty(c.id.size, np.int64)
    joined, asking, living, ready, altruists = 0, 0, 0, 0, 0
    target, most_help = whole(communities.target[number]), int(p.help_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)
    c.wanted[:] = 0
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        living += 1
        if whole(c.member[i]) == 0:
            continue
        if may_give(whole(c.need_level[i]), whole(c.invited[i])):
            members[joined] = i
            joined += 1
            altruists += whole(c.habit[i]) == _ALTRUIST
            ready += _offers(c, i, target, p)
        favour, order, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
        wanted = wanted_minutes(
            whole(c.unmet[i, _PRACTICAL]), whole(c.asked[i]), uniform(favour), most_help, p.favour_chance, p.favour_minutes,
            p.shortest_minutes,
        )  # fmt: skip
        if wanted > 0:
            c.wanted[i] = wanted
            keys[asking] = pack_key(0, order, i)
            asking += 1
    sort_keys(keys, asking, c.id)
    left = matches(here.orders.broker_minutes, _brokers(here, p), living, p.minutes_per_match)
    pot, on_offer, debit_limit = in_minutes(p.pot_hours_per_month), 0, in_minutes(p.debit_limit_hours)
    for at in range(asking):
        if left == 0:
            break
        i = place_of(keys[at])
        wanted, from_pot = whole(c.wanted[i]), pot_pays(whole(c.capacity[i]), pot, p.shortest_minutes)
        payable = can_pay(wanted, whole(c.balance[i]), debit_limit, from_pot, pot)
        if payable >= p.shortest_minutes:
            on_offer += payable
        elif altruists == 0:
            continue
        _, _, choice, befriended = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
        best = _volunteer(c, i, members[:joined], choice, payable, target, p)
        if best != _NOBODY:
            left -= 1
            paid = _exchange(c, i, best, wanted, payable, from_pot)
            if from_pot:
                pot -= paid
                communities.issuer[number] -= paid
            if befriends(uniform(befriended), p.strangers_befriend) and find_bond(c, i, best) == NOT_FOUND:
                bind(c, i, best, _FRIEND, bond_of(p.friendship), bond_of(p.friendship))
    if on_offer > 0:
        cautious = cautious_target(ready, on_offer, p.favour_minutes, p.caution, debit_limit)
        communities.target[number] = next_target(
            target, in_minutes(p.target_hours), cautious, p.target_adapts, p.target_pace
        )


@step
def _offers(c, i, target, p):
    return volunteers(whole(c.spare[i]), p.shortest_minutes, whole(c.balance[i]), target, whole(c.habit[i]))


@step
def _brokers(here, p):
    """Count the group's grant down or renew it; return its share of brokers' time."""
    communities, number, clock = here.communities, here.number, here.clock
    community, host = whole(communities.id[number]), whole(communities.host[number])
    draw, _, _, _ = words(clock.seed, _STREAM, community, clock.month, 1)
    applies = (community + clock.month) % MONTHS_PER_YEAR == 0
    grant = next_grant(
        host, whole(communities.grant[number]), applies, uniform(draw), p.grant_renewal, p.grant_again, p.grant_months
    )
    communities.grant[number] = grant
    return brokers_share(host, grant, p.users_broker_share, p.after_grant_share)


@step
def _volunteer(c, i, members, choice, payable, target, p):
    """Return the member who serves member i, or nobody."""
    best, best_first, best_draw = _NOBODY, 0, 0
    for j in members:
        if j == i or not _offers(c, j, target, p) or not works_for(whole(c.habit[j]), payable, p.shortest_minutes):
            continue
        first = who_first(whole(c.balance[j]), p.lowest_balance_first)
        if best != _NOBODY and first > best_first:
            continue
        draw = pair_word(choice, whole(c.id[j]) & _ID_WORD)
        if (
            best == _NOBODY
            or first < best_first
            or draw < best_draw
            or (draw == best_draw and whole(c.id[j]) < whole(c.id[best]))
        ):
            best, best_first, best_draw = j, first, draw
    return best


@step
def _exchange(c, i, giver, wanted, payable, from_pot):
    """Let a volunteer serve member i; return the credits paid."""
    asked, unmet, habit = whole(c.asked[i]), whole(c.unmet[i, _PRACTICAL]), whole(c.habit[giver])
    minutes = served(wanted, payable, whole(c.spare[giver]), habit)
    paid, need = price(minutes, habit), towards_need(minutes, unmet, asked)
    c.unmet[i, _PRACTICAL] -= need
    c.received[i, _PRACTICAL, _CREDIT] += need
    c.credit_received[i] += minutes
    c.spare[giver] -= minutes
    c.credit_given[giver] += minutes
    c.balance[giver] += paid
    if not from_pot:
        c.balance[i] -= paid
    return paid


def agents(community, p):
    """Walk one community's citizens."""
    if not community.group:
        return
    clock, target, living = community.clock, community.target, community.living()
    group = [citizen for citizen in living if citizen.member]
    givers = [citizen for citizen in group if may_give(citizen.need_level, citizen.invited)]
    draws = {who: compiled_words(clock.seed, _STREAM, who.id, clock.month, 0) for who in group}
    most_help = int(p.help_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)
    for citizen in living:
        citizen.wanted = 0
    for citizen in group:
        citizen.wanted = wanted_minutes(
            citizen.unmet[_PRACTICAL], citizen.asked, uniform(draws[citizen][0]), most_help, p.favour_chance,
            p.favour_minutes, p.shortest_minutes,
        )  # fmt: skip
    ready = sum(_is_ready(citizen, target, p) for citizen in givers)
    left = matches(community.orders.broker_minutes, _brokers_of(community, p), len(living), p.minutes_per_match)
    pot, on_offer, debit_limit = in_minutes(p.pot_hours_per_month), 0, in_minutes(p.debit_limit_hours)
    askers = [citizen for citizen in group if citizen.wanted > 0]
    for citizen in sorted(askers, key=lambda who: (draws[who][1], who.id)):
        if left == 0:
            break
        from_pot = pot_pays(citizen.capacity, pot, p.shortest_minutes)
        payable = can_pay(citizen.wanted, citizen.balance, debit_limit, from_pot, pot)
        on_offer += payable if payable >= p.shortest_minutes else 0
        _, _, choice, befriended = draws[citizen]
        able = [
            other
            for other in givers
            if other is not citizen and _is_ready(other, target, p) and works_for(other.habit, payable, p.shortest_minutes)
        ]
        if not able:
            continue
        giver = min(able, key=lambda who: _rank(who, choice, p))
        left -= 1
        paid = _serve(citizen, giver, payable)
        if from_pot:
            pot -= paid
            community.issuer -= paid
        else:
            citizen.balance -= paid
        if befriends(uniform(befriended), p.strangers_befriend) and giver not in citizen.bonds:
            citizen.bind(giver, _FRIEND, bond_of(p.friendship), bond_of(p.friendship))
    if on_offer > 0:
        cautious = cautious_target(ready, on_offer, p.favour_minutes, p.caution, debit_limit)
        community.target = next_target(target, in_minutes(p.target_hours), cautious, p.target_adapts, p.target_pace)


def _is_ready(citizen, target, p):
    return volunteers(citizen.spare, p.shortest_minutes, citizen.balance, target, citizen.habit)


def _rank(citizen, choice, p):
    return who_first(citizen.balance, p.lowest_balance_first), pair_word(choice, citizen.id & _ID_WORD), citizen.id


def _brokers_of(community, p):
    clock = community.clock
    draw, _, _, _ = compiled_words(clock.seed, _STREAM, community.id, clock.month, 1)
    applies = (community.id + clock.month) % MONTHS_PER_YEAR == 0
    community.grant = next_grant(
        community.host, community.grant, applies, uniform(draw), p.grant_renewal, p.grant_again, p.grant_months
    )
    return brokers_share(community.host, community.grant, p.users_broker_share, p.after_grant_share)


def _serve(citizen, giver, payable):
    minutes = served(citizen.wanted, payable, giver.spare, giver.habit)
    paid, need = price(minutes, giver.habit), towards_need(minutes, citizen.unmet[_PRACTICAL], citizen.asked)
    citizen.unmet[_PRACTICAL] -= need
    citizen.received[_PRACTICAL][_CREDIT] += need
    citizen.credit_received += minutes
    giver.spare -= minutes
    giver.credit_given += minutes
    giver.balance += paid
    return paid
