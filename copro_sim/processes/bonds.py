"""Bonds are tended, fade and end; those who want more company meet friends of friends, or people about their own age.

Equation
    each citizen's turn comes once in the year from April, when those of about the same age have theirs: the edges
        of these groups shift from year to year
    strength += tending * (resting - strength), for each bond that one holds oneself
    resting = what the pair's likeness and one's own warmth make it, within the range of its kind; for friends and
        neighbours * (1 - crowding_out where the council arranges the other's support) * (1 - strain_neglects * strain);
        crowding_out less `crowding_spared` of it where the other was assessed the co-produced way
    a tie to a friend or neighbour ends with chance `lapse_percent`, once a year for each pair; and, where the one whose
        turn it is feels less than `letting_go`, with chance `letting_go_percent`
    wanted = most_wanted * (1 - rank of sociability / rank from which none is wanted), times children_want below 16
    looks for company with chance seeking * (1 - company / wanted) * (1 + introductions + shared_activity where they apply)
    with chance `closure` meets, through one friend, a friend of that friend who wants company too; else (or if there is
        none) goes to a gathering, where people of about the same age bind in circles of `circle`
Reads    life, birth_month, sociable, mode, practice, member, need_level, strain, bonds
Writes   bonds
Chance   stream BONDS_TENDED, by citizen: block 0, words 0 (pair moves on), 1 (lets go), 2 (seeks) and 3 (order);
         block 1, words 0 (friend of a friend), 1 (which one) and 2 (kind); by community and year: block 0, word 0 (where
         the edges of age groups lie). Stream BONDS, the block from which the founders' strengths were drawn: warmth and
         the pair's likeness
Source   Half of those whom people talk to or are helped by are replaced in seven years, while their number stays the same:
         Mollenhorst, Volker and Flap, survey of the social networks of the Dutch
Limits   Nobody looks for company by need, language or faith; ties end without a quarrel; company is counted in bonds.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, pair_word, uniform, words, words_of_some
from copro_sim.core.flags import flagged, flags
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR, STRENGTH_ONE
from copro_sim.state.bonds import NOT_FOUND, bind, bond_kind, bond_place, bond_strength, find_bond, pack_bond, unbind
from copro_sim.state.codes import BondKind, Life, Mode, Practice
from copro_sim.state.columns import MOST_BONDS
from copro_sim.state.context import FRIENDS_FROM, divided

_STREAM, _FOUNDERS = int(Stream.BONDS_TENDED), int(Stream.BONDS)
_ALIVE, _NONE, _CO_PRODUCED = int(Life.ALIVE), int(Mode.NONE), int(Practice.CO_PRODUCED)
_FRIEND, _NEIGHBOUR = int(BondKind.FRIEND), int(BondKind.NEIGHBOUR)
_ID_WORD, _NOBODY, _GROUP_SHIFT = 0xFFFF_FFFF, -1, 48
_ADULT_FROM, _RANKS = 16, 250.0
_YEARS_TOGETHER, _OLDEST_GROUP = 3, 25
"""Ages are taken together by so many years: those of one group have their turn in the same month and meet;
all of 75 or more are one group."""

_WARMTH_BLOCK = 9
"""Block of stream BONDS whose words 2 and 3 gave the founders their warmth and likeness (`population/luck.py`)."""

WEAKEST = (0.70, 0.40, 0.25, 0.10)
STRONGEST = (0.95, 0.80, 0.60, 0.40)
"""Range of resting strengths by kind of bond, as in the founders' population: assumption."""

_WEAKEST, _RANGE = np.array(WEAKEST), np.array(STRONGEST) - np.array(WEAKEST)
"""The same as arrays: compiled code looks a place of a tuple up by a chain of branches."""


class Params(NamedTuple):
    """How bonds fade and end, how much company is wanted, and how it is found."""

    tending: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share of the gap a year", likely=(0.3, 0.7),
        meaning="Pace at which the strength of a bond moves to where it rests")]
    crowding_out: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share", likely=(0.0, 0.4), role="conventional harm", sign_seen=True,
        meaning="Share by which friends and neighbours of somebody feel less bound while the council arranges support",
        source="Sign: formal care substitutes informal care within households of 75+ (Saloniki et al. 2024)")]
    crowding_spared: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of that crowding out which a co-produced assessment avoids")]
    strain_neglects: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.0, 0.6),
        meaning="Share by which somebody wholly strained by caring neglects friends and neighbours")]
    letting_go: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="strength", meaning="Strength below which a friend or neighbour is let go")]
    letting_go_percent: Annotated[float, Record(
        value=50.0, low=0.0, high=100.0, unit="percent a year", meaning="Ties as weak as that which end in a year")]
    lapse_percent: Annotated[float, Record(
        value=5.0, low=0.0, high=100.0, unit="percent a year", grade="derived", likely=(3.5, 7.0),
        meaning="Ties between friends or neighbours that end in a year because the two move on",
        source="48 percent still there after seven years are 10 percent a year (Mollenhorst), half of them deaths and removals")]
    most_wanted: Annotated[float, Record(
        value=14.5, low=0.0, high=15.0, unit="bonds", grade="derived",
        meaning="Friends and neighbours that the most sociable want",
        source="Set, with the next three, so that company at each age stays as at the start, and 16 percent are lonely")]
    want_none_percent: Annotated[float, Record(
        value=16.0, low=0.0, high=100.0, unit="percent of people", grade="derived",
        meaning="The least sociable, who want no company beyond home and kin",
        source="10 percent without neighbours, 27 percent without friends at the start, and not all of these by choice")]
    children_want: Annotated[float, Record(
        value=0.65, low=0.0, high=1.0, unit="share", meaning="Friends that children of 5 to 15 want, of what adults want")]
    seeking: Annotated[float, Record(
        value=4.5, low=0.0, high=10.0, unit="ratio",
        meaning="Chance of looking for company in a year, over the share that is lacking of what is wanted")]
    closure: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.3, 0.7),
        meaning="Share of those who look for company that first try a friend of a friend")]
    circle: Annotated[int, Record(
        value=3, low=2, high=5, unit="people", meaning="People who meet at a gathering and bind to one another")]
    neighbours_percent: Annotated[float, Record(
        value=76.0, low=0.0, high=100.0, unit="percent", grade="derived",
        meaning="Ties begun between adults at a gathering that are ties between neighbours",
        source="Set so that neighbours stay as many as at the start")]
    begins_at: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share", meaning="Strength of a new tie, of what it will rest at")]
    shift_years: Annotated[float, Record(
        value=5.0, low=0.0, high=50.0, unit="years",
        meaning="Most by which the edges of the age groups in which people meet shift from one year to another")]
    introductions: Annotated[float, Record(
        value=0.5, low=0.0, high=5.0, unit="extra share", likely=(0.0, 1.0), role="co-production",
        meaning="How much likelier people assessed the co-produced way are to look for company: somebody introduces them")]
    shared_activity: Annotated[float, Record(
        value=0.5, low=0.0, high=5.0, unit="extra share", likely=(0.0, 1.0), role="co-production", sign_seen=True,
        meaning="How much likelier members of a time-credit group with needs are to look for company")]  # fmt: skip


class _Ties(NamedTuple):
    """The few columns that these walks take: all of them are slow to hand on."""

    id: Any
    birth_month: Any
    sociable: Any
    mode: Any
    practice: Any
    strain: Any
    bonds: Any
    bond: Any


@rule
def april_before(month):
    """Return the April with which the year of `month` began."""
    return month - month % MONTHS_PER_YEAR


@rule
def shift_of(draw, shift_years):
    """Return by how many months the edges of age groups lie lower this year."""
    return int(draw * shift_years * MONTHS_PER_YEAR)


@rule
def age_group(april, birth_month, shift):
    """Return the number of the age group in which somebody meets others this year; the oldest meet in one."""
    return min(divided(max(0, april - birth_month) + shift, _YEARS_TOGETHER * MONTHS_PER_YEAR), _OLDEST_GROUP)


@rule
def turn_comes(group, community, month):
    """Return whether an age group sees to its bonds in this month of the year: another month in every community."""
    return (group + community % MONTHS_PER_YEAR + month) % MONTHS_PER_YEAR == 0


@rule
def resting_strength(kind, warmth, likeness):
    """Return where the strength of a bond rests, 0 to 16,383: half of it the person's warmth, half the pair's likeness."""
    share = (warmth + likeness) / 2.0
    return int((float(_WEAKEST[kind]) + share * float(_RANGE[kind])) * STRENGTH_ONE)


@rule
def crowded(mode, practice, crowding_out, crowding_spared):
    """Return the share by which friends and neighbours feel less bound to somebody, because the council sees to it."""
    if mode == _NONE:
        return 0.0
    return crowding_out * (1.0 - crowding_spared) if practice == _CO_PRODUCED else crowding_out


@rule
def neglected(resting, crowding, strain, strain_neglects):
    """Return the resting strength of a tie to a friend or neighbour: less if that one is served, or the holder strained."""
    return int(resting * (1.0 - crowding) * (1.0 - strain_neglects * strain))


@rule
def tended(strength, resting, tending):
    """Return the strength of a bond a year later."""
    return strength + int(tending * (resting - strength))


@rule
def moves_on(draw, lapse_percent):
    """Return whether two people move on from one another this year."""
    return draw * 100.0 < lapse_percent


@rule
def hardly_bound(strength, letting_go):
    """Return whether somebody feels so little bound to a friend or neighbour as to let go."""
    return strength < letting_go * STRENGTH_ONE


@rule
def lets_go(draw, letting_go_percent):
    """Return whether somebody lets go, this year, of whom he or she is hardly bound to."""
    return draw * 100.0 < letting_go_percent


@rule
def company_wanted(sociable, months_old, most, want_none_percent, children_want):
    """Return how many friends and neighbours somebody wants; nobody below school age wants any."""
    last = _RANKS * (1.0 - want_none_percent / 100.0)
    if months_old < FRIENDS_FROM * MONTHS_PER_YEAR or sociable >= last:
        return 0.0
    share = children_want if months_old < _ADULT_FROM * MONTHS_PER_YEAR else 1.0
    return most * (1.0 - sociable / last) * share


@rule
def drawn_in(practice, member, need_level, introductions, shared_activity):
    """Return how much likelier somebody is to look for company: introduced after an assessment, or by a group."""
    extra = introductions if practice == _CO_PRODUCED else 0.0
    return extra + shared_activity if member == 1 and need_level > 0 else extra


@rule
def seeks(draw, company, wanted, seeking, extra):
    """Return whether somebody looks for company: the likelier, the more of what is wanted is lacking."""
    return company < wanted and draw < seeking * (1.0 - company / wanted) * (1.0 + extra)


@rule
def kind_met(months_old, others_months_old, draw, neighbours_percent):
    """Return what two people who meet become: friends, or, if both are adults, perhaps neighbours (BondKind)."""
    adults = min(months_old, others_months_old) >= _ADULT_FROM * MONTHS_PER_YEAR
    return _NEIGHBOUR if adults and draw * 100.0 < neighbours_percent else _FRIEND


@rule
def first_strength(resting, begins_at):
    """Return the strength with which a bond begins."""
    return int(resting * begins_at)


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock = here.clock
    april, seeking = april_before(clock.month), 0
    edges, _, _, _ = words(clock.seed, _STREAM, whole(here.communities.id[here.number]), april, 0)
    shift = shift_of(uniform(edges), p.shift_years)
    due = 0
    for group in range(_OLDEST_GROUP + 1):
        due |= (1 << group) if turn_comes(group, whole(here.communities.id[here.number]), clock.month) else 0
    ties = _Ties(c.id, c.birth_month, c.sociable, c.mode, c.practice, c.strain, c.bonds, c.bond)
    theirs = flags(c.id.size)
    for i in range(c.id.size):
        comes = due >> age_group(april, whole(c.birth_month[i]), shift) & 1
        theirs[i] = comes if whole(c.life[i]) == _ALIVE else 0
    turn, count = flagged(theirs)
    lots = words_of_some(clock.seed, _STREAM, c.id, turn, count, clock.month, 0)
    own = words_of_some(clock.seed, _FOUNDERS, c.id, turn, count, 0, _WARMTH_BLOCK)
    for at in range(count):
        _tend(ties, turn[at], whole(lots[0, at]), whole(lots[1, at]), whole(own[2, at]), whole(own[3, at]), p)
    keys = np.empty(count, np.int64)
    for at in range(count):
        i = turn[at]
        company, wanted = _company(c.bonds, c.bond, i), _wanted(whole(c.sociable[i]), whole(c.birth_month[i]), clock, p)
        if company >= wanted or whole(c.bonds[i]) == MOST_BONDS:
            continue
        seek, order = whole(lots[2, at]), whole(lots[3, at])
        practice, member, level = whole(c.practice[i]), whole(c.member[i]), whole(c.need_level[i])
        extra = drawn_in(practice, member, level, p.introductions, p.shared_activity)
        if seeks(uniform(seek), company, wanted, p.seeking, extra):
            keys[seeking] = pack_key(age_group(april, whole(c.birth_month[i]), shift), order, i)
            seeking += 1
    sort_keys(keys, seeking, c.id)
    left = 0
    for at in range(seeking):
        if not _through_a_friend(ties, place_of(keys[at]), clock, p):
            keys[left] = keys[at]
            left += 1
    _gather(ties, keys, left, clock, p)


@walk
def _tend(ties, i, lapse, letting, warmth, like, p):
    """Move the strengths of i's own bonds, and end what has come to an end."""
    ids, bonds = ties.id, ties.bond
    own = whole(ids[i])
    warm, strain = uniform(warmth), float(ties.strain[i])
    for at in range(whole(ties.bonds[i]) - 1, -1, -1):
        bond = whole(bonds[i, at])
        j, kind = bond_place(bond), bond_kind(bond)
        other = whole(ids[j])
        resting = resting_strength(kind, warm, uniform(pair_word(like, other & _ID_WORD)))
        if kind < _FRIEND:
            bonds[i, at] = pack_bond(j, kind, tended(bond_strength(bond), resting, p.tending))
            continue
        crowding = crowded(whole(ties.mode[j]), whole(ties.practice[j]), p.crowding_out, p.crowding_spared)
        resting = neglected(resting, crowding, strain, p.strain_neglects)
        strength = tended(bond_strength(bond), resting, p.tending)
        bonds[i, at] = pack_bond(j, kind, strength)
        ends = hardly_bound(strength, p.letting_go)
        if ends:
            ends = lets_go(uniform(pair_word(letting, other & _ID_WORD)), p.letting_go_percent)
        moved = moves_on(uniform(pair_word(lapse, other & _ID_WORD)), p.lapse_percent)
        if ends or (moved & (own < other)):  # one of the two draws for the pair
            unbind(ties, i, j)


@walk
def _company(bonds, bond, i):
    """Return how many friends and neighbours i has."""
    company = 0
    for at in range(whole(bonds[i])):
        company += 1 if bond_kind(whole(bond[i, at])) >= _FRIEND else 0
    return company


@walk
def _wanted(sociable, birth_month, clock, p):
    return company_wanted(sociable, clock.month - birth_month, p.most_wanted, p.want_none_percent, p.children_want)


@walk
def _through_a_friend(ties, i, clock, p):
    """Let i meet a friend of a friend who wants company too; return whether there was one."""
    way, choice, _, _ = words(clock.seed, _STREAM, whole(ties.id[i]), clock.month, 1)
    if uniform(way) >= p.closure:
        return False
    friend = _chosen_friend(ties, i, choice)
    if friend == _NOBODY:
        return False
    best, best_draw = _NOBODY, 0
    for at in range(whole(ties.bonds[friend])):
        bond = whole(ties.bond[friend, at])
        j = bond_place(bond)
        if bond_kind(bond) != _FRIEND or j == i:
            continue
        draw = pair_word(choice, whole(ties.id[j]) & _ID_WORD)
        if best != _NOBODY and (draw > best_draw or (draw == best_draw and whole(ties.id[j]) >= whole(ties.id[best]))):
            continue
        wanted = _wanted(whole(ties.sociable[j]), whole(ties.birth_month[j]), clock, p)
        if _company(ties.bonds, ties.bond, j) < wanted and find_bond(ties, i, j) == NOT_FOUND:
            best, best_draw = j, draw
    return best != _NOBODY and _bind(ties, i, best, _FRIEND, clock, p)


@walk
def _chosen_friend(ties, i, choice):
    """Return one of i's friends, each as likely; _NOBODY if there is none."""
    chosen, least = _NOBODY, 0
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _FRIEND:
            j = bond_place(bond)
            draw = pair_word(choice, whole(ties.id[j]) & _ID_WORD)
            if chosen == _NOBODY or draw < least or (draw == least and whole(ties.id[j]) < whole(ties.id[chosen])):
                chosen, least = j, draw
    return chosen


@walk
def _gather(ties, keys, count, clock, p):
    """Let the first `count` of the keys' citizens meet: those of an age group in circles, nobody left alone if it can be."""
    at = 0
    while at < count:
        group, after = keys[at] >> _GROUP_SHIFT, at + 1
        while after < count and after < at + p.circle and keys[after] >> _GROUP_SHIFT == group:
            after += 1
        if (
            after < count
            and keys[after] >> _GROUP_SHIFT == group
            and (after + 1 == count or keys[after + 1] >> _GROUP_SHIFT != group)
        ):
            after += 1
        for first in range(at, after):
            i = place_of(keys[first])
            _, _, kinds, _ = words(clock.seed, _STREAM, whole(ties.id[i]), clock.month, 1)
            for second in range(first + 1, after):
                j = place_of(keys[second])
                draw = uniform(pair_word(kinds, whole(ties.id[j]) & _ID_WORD))
                months_old, others = clock.month - whole(ties.birth_month[i]), clock.month - whole(ties.birth_month[j])
                if find_bond(ties, i, j) == NOT_FOUND:
                    _bind(ties, i, j, kind_met(months_old, others, draw, p.neighbours_percent), clock, p)
        at = after


@walk
def _bind(ties, i, j, kind, clock, p):
    """Begin a bond between i and j; return whether there was room for it."""
    strength = first_strength(_rests(ties, i, j, kind, clock), p.begins_at)
    back = first_strength(_rests(ties, j, i, kind, clock), p.begins_at)
    return bind(ties, i, j, kind, strength, back)


@walk
def _rests(ties, i, j, kind, clock):
    _, _, warmth, like = words(clock.seed, _FOUNDERS, whole(ties.id[i]), 0, _WARMTH_BLOCK)
    return resting_strength(kind, uniform(warmth), uniform(pair_word(like, whole(ties.id[j]) & _ID_WORD)))


def agents(community, p):
    """Walk one community's citizens."""
    clock = community.clock
    april = april_before(clock.month)
    shift = shift_of(uniform(compiled_words(clock.seed, _STREAM, community.id, april, 0)[0]), p.shift_years)
    groups = {citizen: age_group(april, citizen.birth_month, shift) for citizen in community.living()}
    turn = [citizen for citizen, group in groups.items() if turn_comes(group, community.id, clock.month)]
    draws = {citizen: compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0) for citizen in turn}
    for citizen in turn:
        _see_to_bonds(citizen, draws[citizen], p)
    seekers = [citizen for citizen in turn if _looks_for_company(citizen, draws[citizen][2], p)]
    seekers.sort(key=lambda who: (groups[who], draws[who][3], who.id))
    left = [citizen for citizen in seekers if not _meets_through_a_friend(citizen, p)]
    for group in sorted({groups[citizen] for citizen in left}):
        _meet([citizen for citizen in left if groups[citizen] == group], p)


def _see_to_bonds(citizen, draws, p):
    for other, bond in list(citizen.bonds.items()):
        word = other.id & _ID_WORD
        resting = _rest(citizen, other, bond.kind)
        if bond.kind >= _FRIEND:
            crowding = crowded(other.mode, other.practice, p.crowding_out, p.crowding_spared)
            resting = neglected(resting, crowding, citizen.strain, p.strain_neglects)
        strength = tended(bond.strength, resting, p.tending)
        citizen.bonds[other] = bond._replace(strength=strength)
        if bond.kind < _FRIEND:
            continue
        moved = citizen.id < other.id and moves_on(uniform(pair_word(draws[0], word)), p.lapse_percent)
        lets = hardly_bound(strength, p.letting_go) and lets_go(uniform(pair_word(draws[1], word)), p.letting_go_percent)
        if moved or lets:
            citizen.unbind(other)


def _company_of(citizen, p):
    months_old = citizen.community.clock.month - citizen.birth_month
    wanted = company_wanted(citizen.sociable, months_old, p.most_wanted, p.want_none_percent, p.children_want)
    return sum(bond.kind >= _FRIEND for bond in citizen.bonds.values()), wanted


def _looks_for_company(citizen, draw, p):
    extra = drawn_in(citizen.practice, citizen.member, citizen.need_level, p.introductions, p.shared_activity)
    company, wanted = _company_of(citizen, p)
    return len(citizen.bonds) < MOST_BONDS and seeks(uniform(draw), company, wanted, p.seeking, extra)


def _meets_through_a_friend(citizen, p):
    clock = citizen.community.clock
    way, choice, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 1)
    if uniform(way) >= p.closure:
        return False
    friends = [
        (pair_word(choice, friend.id & _ID_WORD), friend.id, friend)
        for friend, bond in citizen.bonds.items()
        if bond.kind == _FRIEND
    ]
    if not friends:
        return False
    candidates = {other for other, bond in min(friends)[2].bonds.items() if bond.kind == _FRIEND}
    willing = []
    for other in candidates - {citizen, *citizen.bonds}:
        company, wanted = _company_of(other, p)
        if company < wanted:
            willing.append((pair_word(choice, other.id & _ID_WORD), other.id, other))
    return bool(willing) and _begin(citizen, min(willing)[2], _FRIEND, p)


def _meet(people, p):
    """Let people of one age group bind in circles; nobody is left alone if it can be."""
    clock, at = people[0].community.clock, 0
    while at < len(people):
        size = p.circle + 1 if len(people) - at == p.circle + 1 else p.circle
        circle = people[at : at + size]
        for first, one in enumerate(circle):
            kinds = compiled_words(clock.seed, _STREAM, one.id, clock.month, 1)[2]
            for other in circle[first + 1 :]:
                draw = uniform(pair_word(kinds, other.id & _ID_WORD))
                months_old, others = clock.month - one.birth_month, clock.month - other.birth_month
                if other not in one.bonds:
                    _begin(one, other, kind_met(months_old, others, draw, p.neighbours_percent), p)
        at += size


def _begin(one, other, kind, p):
    strength = first_strength(_rest(one, other, kind), p.begins_at)
    return one.bind(other, kind, strength, first_strength(_rest(other, one, kind), p.begins_at))


def _rest(citizen, other, kind):
    _, _, warmth, like = compiled_words(citizen.community.clock.seed, _FOUNDERS, citizen.id, 0, _WARMTH_BLOCK)
    return resting_strength(kind, uniform(warmth), uniform(pair_word(like, other.id & _ID_WORD)))
