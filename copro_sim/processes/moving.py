"""People leave home, find a partner, separate; children without an adult at home are taken in by kin.

Equation
    each in one month of the year
        who is 18 to 34, has no partner and lives with somebody a generation (16 years) older leaves home with chance
            leave_home: with chance share to the closest friend who has neither partner nor parent at home, or for want of
            one to whoever of about the same age has neither, nor a child there; else alone
        who is 18 or over and has no partner looks for one with chance partner * 0.5**(years from 27 on / halving_years),
            and below 27 with partner * ((age - 17) / 10)**1.3,
            and finds, of those without one who look for the same and are no kin, whoever is nearest in age: least
            |difference - usual difference| + blur * draw; nobody further away than most_gap
        a couple parts with chance separation (of the age of the one who draws); the man of a man and a woman moves out,
            else the one with the larger id
    a couple lives where no parents or others of age do, rather in the larger household; if such live in both, in a new one.
        Children under 16 come along where no other adult is left with them. Nobody moves in where eight would be exceeded
    every month, under-16s without anybody of 16 at home come together to the adult to whom one of them has the strongest
        bond of kin, or leave the community
Reads    life, turn, birth_month, sex, partner, household, bonds
Writes   household, partner, bonds; of children who leave: life and balance; of the community: issuer
Chance   stream MOVING, by citizen: block 0, words 0 (leaves home), 1 (looks for a partner), 2 (separates) and 3 (order);
         block 1: words 0 (which partner), 1 (shares a home) and 2 (with whom); block 65535 at month 0: word 0 (strength of bonds
         at home). Whether somebody looks for the same sex is drawn from the id
Source   Couples by age and sex (Census 2021); divorces in England and Wales (ONS); sizes fitted or assumed, see Params
Limits   Couples neither leave a parent's home later, nor do homes split in other ways; nobody moves for care; the count of
         children under five at home is brought up to date only in everybody's own month (births).
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, new_id, pair_word, uniform, words, words_of_some
from copro_sim.core.flags import flagged, flags
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.bonds import NOT_FOUND, bond_kind, bond_place, bond_strength, find_bond, ties_of, unbind
from copro_sim.state.codes import BondKind, IdKind, Life, Sex
from copro_sim.state.columns import MOST_BONDS, NOBODY
from copro_sim.state.context import age_in_years, has_turn, whose_turn
from copro_sim.state.households import (
    MOST_TOGETHER,
    go,
    grown_up,
    housemates,
    move_in,
    move_out,
    own_sex,
    parent_at_home,
    shares_home,
)

_STREAM, _HOME_NUMBER = int(Stream.MOVING), int(IdKind.HOUSEHOLD)
_ALIVE, _LEFT, _MALE = int(Life.ALIVE), int(Life.LEFT), int(Sex.MALE)
_HOUSEHOLD, _KIN, _FRIEND = int(BondKind.HOUSEHOLD), int(BondKind.KIN), int(BondKind.FRIEND)
_AGES, _ADULT_FROM, _LEAVES_UNTIL, _SEEK_MOST_AT, _SEEK_FROM, _SEEK_POWER = 106, 18, 34, 27, 17, 1.3
_MIDDLE_FROM, _OLD_FROM, _HALF = 45, 65, 0.5
_ID_WORD, _ID_SHIFT, _NONE = 0xFFFF_FFFF, 32, -1
_MOST_SHARING, _MOST_YEARS_APART = 3, 5
_BY_LEAVING, _BY_SEPARATING, _BY_MEETING = 0, 1, 2
"""Why a new household begins: the `k` of its number."""


class Params(NamedTuple):
    """Who leaves home, finds a partner or loses one."""

    leave_home_percent: Annotated[float, Record(
        value=7.0, low=0.0, high=100.0, unit="percent a year", likely=(5.0, 9.0),
        meaning="Chance that somebody of 18 to 34 without partner leaves a home where a parent lives",
        source="Assumed, so that about as many live with a parent at each age as at the start; more leave for a partner")]
    share_percent: Annotated[float, Record(
        value=50.0, low=0.0, high=100.0, unit="percent", likely=(35.0, 65.0),
        meaning="Of those who leave home, who move in with a friend or somebody of about their age, if there is one to move to",
        source="Assumed, so that few below 30 live alone, as at the start")]
    partner_percent: Annotated[float, Record(
        value=8.3, low=0.0, high=100.0, unit="percent a year", likely=(6.5, 10.0),
        meaning="Chance that somebody of 27 without partner looks for one; others are found besides",
        source="Assumed, so that about as many live in couples at each age as at the start")]
    halving_years: Annotated[float, Record(
        value=14.0, low=1.0, high=200.0, unit="years", likely=(10.0, 18.0),
        meaning="Years of age beyond 27 over which that chance halves", source="Assumed with the one above")]
    same_sex_percent: Annotated[float, Record(
        value=3.0, low=0.0, high=100.0, unit="percent of people", likely=(2.0, 4.0),
        meaning="People who look for a partner of their own sex",
        source="Assumed near the share of adults who say that they are gay, lesbian or bisexual")]
    usual_gap_years: Annotated[float, Record(
        value=2.0, low=0.0, high=20.0, unit="years", meaning="Years by which men are usually older than their partners")]
    most_gap_years: Annotated[float, Record(
        value=8.0, low=0.0, high=100.0, unit="years", meaning="Most by which the difference in age departs from that")]
    blur_years: Annotated[float, Record(
        value=6.0, low=0.0, high=50.0, unit="years", meaning="How much of a difference in age chance makes up for")]
    separation_percent: Annotated[float, Record(
        value=2.8, low=0.0, high=100.0, unit="percent of couples a year", likely=(2.0, 3.6),
        meaning="Couples below 45 that separate in a year",
        source="Assumed above the divorce rate of about 1 percent of marriages: cohabiting couples part more often")]
    separation_45_percent: Annotated[float, Record(
        value=0.73, low=0.0, high=100.0, unit="percent of couples a year", likely=(0.3, 1.0), meaning="The same from 45 to 64",
        source="Assumed near the divorce rate, so that about as many of 65 to 74 live alone in 2022 as are counted")]
    separation_65_percent: Annotated[float, Record(
        value=0.1, low=0.0, high=100.0, unit="percent of couples a year", likely=(0.05, 0.2),
        meaning="The same at 65 and over", source="Assumed with the one above")]  # fmt: skip


class Tables(NamedTuple):
    """Chances a year by age, 0 to 105."""

    leaves: np.ndarray[Any, Any]
    """Of leaving a parent's home."""
    seeks: np.ndarray[Any, Any]
    """Of looking for a partner."""
    parts: np.ndarray[Any, Any]
    """Of separating."""


def tables(p: Params) -> Tables:
    """Return the chances that `p` means, computed once a run."""
    age = np.arange(_AGES)
    leaves = np.where((age >= _ADULT_FROM) & (age <= _LEAVES_UNTIL), p.leave_home_percent, 0.0)
    seeks = p.partner_percent * _HALF ** (np.maximum(age - _SEEK_MOST_AT, 0) / p.halving_years)
    seeks *= np.clip((age - _SEEK_FROM) / (_SEEK_MOST_AT - _SEEK_FROM), 0.0, 1.0) ** _SEEK_POWER
    parts = np.where(age < _OLD_FROM, p.separation_45_percent, p.separation_65_percent)
    parts = np.where(age < _MIDDLE_FROM, p.separation_percent, parts)
    return Tables(leaves / 100.0, np.where(age >= _ADULT_FROM, seeks, 0.0) / 100.0, parts / 100.0)


@rule
def happens(draw, chance):
    """Return whether something of this chance happens."""
    return draw < chance


@rule
def look_for_each_other(sex, seeks_own, others_sex, other_seeks_own):
    """Return whether each of two is what the other looks for."""
    return seeks_own == other_seeks_own and (sex == others_sex) == seeks_own


@rule
def unlikeness(birth_month, sex, others_birth_month, others_sex, usual_gap_years):
    """Return by how many months a difference in age departs from the usual one."""
    gap = 0 if sex == others_sex else int(usual_gap_years * MONTHS_PER_YEAR)
    return abs(others_birth_month - birth_month - (gap if sex == _MALE else -gap))


@rule
def suits(unlike, most_gap_years):
    """Return whether a difference in age is small enough."""
    return unlike <= most_gap_years * MONTHS_PER_YEAR


@rule
def blurred(unlike, draw, blur_years):
    """Return how far a candidate is, in months, with chance in it: the nearest is chosen."""
    return unlike + int(draw * blur_years * MONTHS_PER_YEAR)


@rule
def first_hosts(shared_by_first, shared_by_second, size_at_first, size_at_second, first, second):
    """Return whether a couple lives with the first of them, if not in a new home: unshared, the larger, the id."""
    if shared_by_first != shared_by_second:
        return not shared_by_first
    if size_at_first != size_at_second:
        return size_at_first > size_at_second
    return first < second


@rule
def first_goes(sex, others_sex, first, second):
    """Return whether the first of a couple moves out when they separate."""
    return sex == _MALE if sex != others_sex else first > second


@rule
def may_share(age, partnered, with_parent, people):
    """Return whether a friend can be moved in with: grown up, without partner or parent at home, at most three there."""
    return age >= _ADULT_FROM and not partnered and not with_parent and people <= _MOST_SHARING


@rule
def near_in_age(birth_month, others_birth_month):
    """Return whether two are near enough in age to share a home without being friends."""
    return abs(birth_month - others_birth_month) <= _MOST_YEARS_APART * MONTHS_PER_YEAR


@rule
def room_for(people):
    """Return whether so many may live in one home."""
    return people <= MOST_TOGETHER


@making
def columns(c, here, p, t):
    """Walk one community's arrays."""
    clock, seeking, leaving, parting = here.clock, 0, 0, 0
    seekers, leavers = np.empty(c.id.size, np.int64), np.empty(c.id.size, np.int64)
    partners, moved = np.empty(c.id.size, np.int64), np.zeros(c.id.size, np.uint8)
    ties, (turn, count) = ties_of(c), whose_turn(c.turn, c.life, clock.month)
    drawn = words_of_some(clock.seed, _STREAM, c.id, turn, count, clock.month, 0)
    for at in range(count):
        i = turn[at]
        age = age_in_years(clock.month, whole(c.birth_month[i]))
        if age < _ADULT_FROM:
            continue
        leaves, seeks = whole(drawn[0, at]), whole(drawn[1, at])
        parts, order = whole(drawn[2, at]), whole(drawn[3, at])
        if whole(c.partner[i]) != NOBODY:
            if whole(c.id[i]) < whole(c.id[whole(c.partner[i])]) and happens(uniform(parts), float(t.parts[age])):
                partners[parting] = i
                parting += 1
        elif happens(uniform(leaves), float(t.leaves[age])) and parent_at_home(ties, i):
            leavers[leaving] = pack_key(0, order, i)
            leaving += 1
        elif happens(uniform(seeks), float(t.seeks[age])):
            seekers[seeking] = pack_key(0, order, i)
            seeking += 1
    for k in range(parting):
        moved[partners[k]], moved[whole(c.partner[partners[k]])] = 1, 1
        _separate(c, partners[k], clock)
    sort_keys(leavers, leaving, c.id)
    for k in range(leaving):
        moved[place_of(leavers[k])] = 1
        _leave_home(c, place_of(leavers[k]), clock, p)
    sort_keys(seekers, seeking, c.id)
    if seeking > 0:
        _find_partners(c, seekers, seeking, moved, clock, p)
    _care_for_children(c, here)


@making
def _leave_home(c, i, clock, p):
    """Let i move in with a friend, or into a new home."""
    _, shares, choice, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 1)
    ties, one, mates = ties_of(c), np.empty(1, np.int64), np.empty(MOST_BONDS, np.int64)
    one[0] = i
    closest, strongest = _NONE, 0
    if happens(uniform(shares), p.share_percent / 100.0):
        for at in range(whole(c.bonds[i])):
            bond = whole(c.bond[i, at])
            j, strength = bond_place(bond), bond_strength(bond)
            if bond_kind(bond) != _FRIEND or not may_share(
                age_in_years(clock.month, whole(c.birth_month[j])), whole(c.partner[j]) != NOBODY,
                parent_at_home(ties, j), 1 + housemates(ties, j, mates),
            ):  # fmt: skip
                continue
            if closest == _NONE or (-strength, whole(c.id[j])) < (-strongest, whole(c.id[closest])):
                closest, strongest = j, strength
        if closest == _NONE:
            closest = _somebody_to_share_with(c, i, choice, mates, clock)
    if closest != _NONE:
        move_in(ties, one, 1, closest, clock.seed)
    else:
        move_out(ties, one, 1, new_id(clock.seed, _HOME_NUMBER, whole(c.id[i]), clock.month, _BY_LEAVING))


@walk
def _somebody_to_share_with(c, i, choice, mates, clock):
    """Return whom i, who has no friend to move to, shares a home with: by lot of those near in age; _NONE if nobody."""
    ties, found, least = ties_of(c), _NONE, 0
    for j in range(c.id.size):
        if j == i or whole(c.life[j]) != _ALIVE or not near_in_age(whole(c.birth_month[i]), whole(c.birth_month[j])):
            continue
        people = 1 + housemates(ties, j, mates)
        if not may_share(
            age_in_years(clock.month, whole(c.birth_month[j])), whole(c.partner[j]) != NOBODY, parent_at_home(ties, j), people
        ):
            continue
        grown_ups = 1
        for k in range(people - 1):
            grown_ups += 1 if grown_up(clock.month, whole(c.birth_month[mates[k]])) else 0
        if grown_ups < people:
            continue
        word = pair_word(choice, whole(c.id[j]) & _ID_WORD)
        if found == _NONE or (word, whole(c.id[j])) < (least, whole(c.id[found])):
            found, least = j, word
    return found


@making
def _separate(c, i, clock):
    j = whole(c.partner[i])
    one = np.empty(1, np.int64)
    one[0] = i if first_goes(whole(c.sex[i]), whole(c.sex[j]), whole(c.id[i]), whole(c.id[j])) else j
    c.partner[i], c.partner[j] = NOBODY, NOBODY
    ties = ties_of(c)
    unbind(ties, i, j)
    move_out(ties, one, 1, new_id(clock.seed, _HOME_NUMBER, whole(c.id[one[0]]), clock.month, _BY_SEPARATING))


@making
def _find_partners(c, seekers, seeking, moved, clock, p):
    """Let seekers, in order, find partners among all who have none and have not moved this month."""
    free, month = flags(c.id.size), clock.month
    for j in range(c.id.size):
        alone = (whole(c.life[j]) == _ALIVE) & (whole(c.partner[j]) == NOBODY) & (moved[j] == 0)
        free[j] = alone & (age_in_years(month, whole(c.birth_month[j])) >= _ADULT_FROM)
    single, count = flagged(free)
    for k in range(seeking):
        i = place_of(seekers[k])
        if whole(c.partner[i]) == NOBODY:
            j = _nearest(c, i, single, count, clock, p)
            if j != _NONE:
                _move_together(c, i, j, clock)


@walk
def _nearest(c, i, single, count, clock, p):
    choice, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 1)
    ties, best, least, best_word = ties_of(c), _NONE, 0, 0
    birth, sex, own = whole(c.birth_month[i]), whole(c.sex[i]), own_sex(whole(c.id[i]), p.same_sex_percent)
    for k in range(count):
        j = single[k]
        if j == i or whole(c.partner[j]) != NOBODY:
            continue
        unlike = unlikeness(birth, sex, whole(c.birth_month[j]), whole(c.sex[j]), p.usual_gap_years)
        if not suits(unlike, p.most_gap_years) or (best != _NONE and unlike > least):
            continue
        if not look_for_each_other(sex, own, whole(c.sex[j]), own_sex(whole(c.id[j]), p.same_sex_percent)):
            continue
        at = find_bond(ties, i, j)
        if at != NOT_FOUND and bond_kind(whole(c.bond[i, at])) <= _KIN:
            continue
        word = pair_word(choice, whole(c.id[j]) & _ID_WORD)
        far = blurred(unlike, uniform(word), p.blur_years)
        if best == _NONE or (far, word, whole(c.id[j])) < (least, best_word, whole(c.id[best])):
            best, least, best_word = j, far, word
    return best


@walk
def _movers(ties, i, group, clock):
    """Write into `group` i and, where no other adult is left with them, the children at home; return how many."""
    group[0] = i
    count, alone = housemates(ties, i, group[1:]), True
    for k in range(1, count + 1):
        if grown_up(clock.month, whole(ties.birth_month[group[k]])):
            alone = False
    return count + 1 if alone else 1


@making
def _move_together(c, i, j, clock):
    ties, mates = ties_of(c), np.empty(MOST_BONDS + 1, np.int64)
    with_i, with_j = np.empty(MOST_BONDS + 1, np.int64), np.empty(MOST_BONDS + 1, np.int64)
    from_i, from_j = _movers(ties, i, with_i, clock), _movers(ties, j, with_j, clock)
    size_i, size_j = 1 + housemates(ties, i, mates), 1 + housemates(ties, j, mates)
    at_i, at_j = shares_home(ties, i, clock.month), shares_home(ties, j, clock.month)
    if at_i and at_j:
        if not room_for(from_i + from_j):
            return
        first = min(whole(c.id[i]), whole(c.id[j]))
        move_out(ties, with_i, from_i, new_id(clock.seed, _HOME_NUMBER, first, clock.month, _BY_MEETING))
        move_in(ties, with_j, from_j, i, clock.seed)
    elif first_hosts(at_i, at_j, size_i, size_j, whole(c.id[i]), whole(c.id[j])):
        if not room_for(size_i + from_j):
            return
        move_in(ties, with_j, from_j, i, clock.seed)
    else:
        if not room_for(size_j + from_i):
            return
        move_in(ties, with_i, from_i, j, clock.seed)
    c.partner[i], c.partner[j] = j, i


@making
def _care_for_children(c, here):
    """Let children without anybody of 16 at home come to kin, or leave."""
    clock, ties, count = here.clock, ties_of(c), 0
    keys = np.empty(c.id.size, np.int64)
    for i in range(c.id.size):
        if grown_up(clock.month, whole(c.birth_month[i])) or whole(c.life[i]) != _ALIVE:
            continue
        if _alone(ties, i, clock.month):
            _, _, _, order = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            keys[count] = pack_key(0, order, i)
            count += 1
    if count == 0:
        return
    sort_keys(keys, count, c.id)
    group, mates = np.empty(MOST_BONDS + 1, np.int64), np.empty(MOST_BONDS, np.int64)
    for k in range(count):
        i = place_of(keys[k])
        if whole(c.life[i]) != _ALIVE or not _alone(ties, i, clock.month):
            continue
        group[0] = i
        children = 1 + housemates(ties, i, group[1:])
        adult = _closest_kin(ties, group, children, clock)
        if adult != _NONE and room_for(children + 1 + housemates(ties, adult, mates)):
            move_in(ties, group, children, adult, clock.seed)
        else:
            for m in range(children):
                go(c, here, group[m], _LEFT)


@walk
def _alone(ties, i, month):
    """Return whether nobody grown up lives with i."""
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD and grown_up(month, whole(ties.birth_month[bond_place(bond)])):
            return False
    return True


@walk
def _closest_kin(ties, group, children, clock):
    """Return the adult to whom one of the children has the strongest bond of kin, the smaller id of two; _NONE if nobody."""
    closest, strongest = _NONE, 0
    for m in range(children):
        for at in range(whole(ties.bonds[group[m]])):
            bond = whole(ties.bond[group[m], at])
            j, strength = bond_place(bond), bond_strength(bond)
            if bond_kind(bond) != _KIN or not grown_up(clock.month, whole(ties.birth_month[j])):
                continue
            if closest == _NONE or (-strength, whole(ties.id[j])) < (-strongest, whole(ties.id[closest])):
                closest, strongest = j, strength
    return closest


def agents(community, p, t):
    """Walk one community's citizens."""
    clock = community.clock
    parting, leaving, seeking = [], [], []
    for citizen in community.living():
        age = age_in_years(clock.month, citizen.birth_month)
        if age < _ADULT_FROM or not has_turn(citizen.turn, clock.month):
            continue
        leaves, seeks, parts, order = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
        if citizen.partner is not None:
            if citizen.id < citizen.partner.id and happens(uniform(parts), t.parts[age]):
                parting.append(citizen)
        elif happens(uniform(leaves), t.leaves[age]) and citizen.parent_at_home():
            leaving.append((order, citizen.id, citizen))
        elif happens(uniform(seeks), t.seeks[age]):
            seeking.append((order, citizen.id, citizen))
    moved = {*(citizen for _, _, citizen in leaving), *parting, *(citizen.partner for citizen in parting)}
    for citizen in parting:
        _part(citizen, clock)
    for _, _, citizen in sorted(leaving):
        _set_out(citizen, clock, p)
    single = [
        citizen
        for citizen in community.living()
        if citizen.partner is None and citizen not in moved and age_in_years(clock.month, citizen.birth_month) >= _ADULT_FROM
    ]
    for _, _, citizen in sorted(seeking):
        if citizen.partner is None:
            found = _find_nearest(citizen, single, p)
            if found is not None:
                _begin_home(citizen, found, clock)
    _take_in_children(community)


def _set_out(citizen, clock, p):
    _, shares, choice, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 1)
    if happens(uniform(shares), p.share_percent / 100.0):
        friends = [
            (-bond.strength, other.id, other)
            for other, bond in citizen.bonds.items()
            if bond.kind == _FRIEND and _shares_home(other, clock)
        ]
        others = friends or [
            (pair_word(choice, other.id & _ID_WORD), other.id, other) for other in citizen.community.living()
            if other is not citizen and near_in_age(citizen.birth_month, other.birth_month) and _shares_home(other, clock)
            and all(grown_up(clock.month, mate.birth_month) for mate in other.housemates())
        ]  # fmt: skip
        if others:
            min(others)[2].take_in([citizen])
            return
    citizen.move_out([citizen], new_id(clock.seed, _HOME_NUMBER, citizen.id, clock.month, _BY_LEAVING))


def _shares_home(citizen, clock):
    age = age_in_years(clock.month, citizen.birth_month)
    return may_share(age, citizen.partner is not None, citizen.parent_at_home(), 1 + len(citizen.housemates()))


def _part(citizen, clock):
    other = citizen.partner
    goes = citizen if first_goes(citizen.sex, other.sex, citizen.id, other.id) else other
    citizen.partner = other.partner = None
    citizen.unbind(other)
    goes.move_out([goes], new_id(clock.seed, _HOME_NUMBER, goes.id, clock.month, _BY_SEPARATING))


def _find_nearest(citizen, single, p):
    choice = compiled_words(citizen.community.clock.seed, _STREAM, citizen.id, citizen.community.clock.month, 1)[0]
    own, found = own_sex(citizen.id, p.same_sex_percent), []
    for other in single:
        if other is citizen or other.partner is not None:
            continue
        unlike = unlikeness(citizen.birth_month, citizen.sex, other.birth_month, other.sex, p.usual_gap_years)
        if not suits(unlike, p.most_gap_years) or (other in citizen.bonds and citizen.bonds[other].kind <= _KIN):
            continue
        if look_for_each_other(citizen.sex, own, other.sex, own_sex(other.id, p.same_sex_percent)):
            word = pair_word(choice, other.id & _ID_WORD)
            found.append((blurred(unlike, uniform(word), p.blur_years), word, other.id, other))
    return min(found)[3] if found else None


def _who_come(citizen, clock):
    """Return a citizen and, where no other adult is left with them, the children at home."""
    mates = citizen.housemates()
    return [citizen] if any(grown_up(clock.month, mate.birth_month) for mate in mates) else [citizen, *mates]


def _begin_home(one, other, clock):
    with_one, with_other = _who_come(one, clock), _who_come(other, clock)
    size, others_size = 1 + len(one.housemates()), 1 + len(other.housemates())
    at_one, at_other = one.shares_home(), other.shares_home()
    if at_one and at_other:
        if not room_for(len(with_one) + len(with_other)):
            return
        one.move_out(with_one, new_id(clock.seed, _HOME_NUMBER, min(one.id, other.id), clock.month, _BY_MEETING))
        one.take_in(with_other)
    elif first_hosts(at_one, at_other, size, others_size, one.id, other.id):
        if not room_for(size + len(with_other)):
            return
        one.take_in(with_other)
    else:
        if not room_for(others_size + len(with_one)):
            return
        other.take_in(with_one)
    one.partner, other.partner = other, one


def _take_in_children(community):
    clock = community.clock
    alone = [
        (compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)[3], citizen.id, citizen)
        for citizen in community.living()
        if not grown_up(clock.month, citizen.birth_month) and _without_adult(citizen, clock)
    ]
    for _, _, citizen in sorted(alone):
        if citizen.life != _ALIVE or not _without_adult(citizen, clock):
            continue
        children = [citizen, *citizen.housemates()]
        kin = [
            (-bond.strength, other.id, other)
            for child in children
            for other, bond in child.bonds.items()
            if bond.kind == _KIN and grown_up(clock.month, other.birth_month)
        ]
        adult = min(kin, key=lambda found: found[:2])[2] if kin else None
        if adult is not None and room_for(len(children) + 1 + len(adult.housemates())):
            adult.take_in(children)
        else:
            for child in children:
                child.go(_LEFT)


def _without_adult(citizen, clock):
    return not any(grown_up(clock.month, mate.birth_month) for mate in citizen.housemates())
