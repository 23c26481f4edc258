"""Who is bound to whom: household, kin nearby, circles of friends alike in age, people next door.

Friends come in circles, cut from the community in order of (blurred) age: members of a circle all know one another, and
some people belong to two circles, cut from different orders. That gives few very sociable and few friendless people,
and friends of friends who are often friends. Bonds come in pairs; strengths are each person's own.
"""

import numpy as np

from copro_sim.core.compiled import making, walk, whole
from copro_sim.core.draws import pair_word, uniform
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.units import STRENGTH_ONE
from copro_sim.population import luck as chance
from copro_sim.population.homes import (
    ADULT_FROM,
    LIVES_ELSEWHERE,
    NONE,
    OLDEST_MOTHER,
    YOUNGEST_MOTHER,
    find_woman,
    gap_of,
    step_of,
)
from copro_sim.state.bonds import NOT_FOUND, add_bond, bond_kind, bond_place, find_bond, pack_bond
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import MOST_BONDS, NOBODY
from copro_sim.state.context import FRIENDS_FROM

_HOUSEHOLD, _KIN = int(BondKind.HOUSEHOLD), int(BondKind.KIN)
_FRIEND, _NEIGHBOUR = int(BondKind.FRIEND), int(BondKind.NEIGHBOUR)
_ID_WORD = 0xFFFF_FFFF
_MOST_CHILDREN_NEARBY = 4
_SIBLINGS = 0.7
"""Chance that a child nearby and the one found before hold a bond to each other: assumption."""

_ELSEWHERE = (0.35, 0.7, 0.9)
"""Chances of at most 0, 1, 2 siblings or children elsewhere; else 3: assumption."""

_FATHERS = 0.7
"""Chance that a father lives where a mother does: assumption."""

_CIRCLE_SIZES = (1 / 3, 2 / 3)
"""Chances that a circle has at most 3, 4 members; else it has 5: assumption."""

_FRIEND_BLUR = 1_000.0
"""Hundredths of a year by which age is blurred, so that friends are some years apart: assumption."""

_WEAKEST = (0.70, 0.40, 0.25, 0.10)
_STRONGEST = (0.95, 0.80, 0.60, 0.40)
"""Range of strengths by kind of bond, half of it a person's own warmth, half the pair's: assumption."""


@making
def bind(homes, tables, p):
    """Make all bonds of one community, the nearest kinds first, and then their strengths."""
    n = homes.id.size
    first = np.zeros(homes.count[0] + 1, np.int64)
    members = np.empty(n, np.int64)
    _by_household(homes, first, members)
    for h in range(homes.count[0]):
        for a in range(first[h], first[h + 1]):
            for b in range(a + 1, first[h + 1]):
                _pair(homes, members[a], members[b], _HOUSEHOLD)
    _kin(homes, tables, p)
    keys = np.empty(n, np.int64)
    _circles(homes, keys, 0, p.friends_percent / 100.0)
    _circles(homes, keys, 1, p.second_circle_percent / 100.0)
    _neighbours(homes, first, members, p)
    strengths(homes)


@making
def _by_household(homes, first, members):
    """Fill `members` with everybody, household by household, adults before children; h begins at `first[h]`."""
    for i in range(members.size):
        first[homes.home[i] + 1] += 1
    for h in range(homes.count[0]):
        first[h + 1] += first[h]
    at = first.copy()
    for grown in (1, 0):
        for i in range(members.size):
            if (homes.age[i] >= ADULT_FROM) == (grown == 1):
                members[at[homes.home[i]]] = i
                at[homes.home[i]] += 1


@walk
def _pair(homes, i, j, kind):
    """Bind two people to one another, unless they are, or one of them has no room left."""
    room = whole(homes.bonds[i]) < MOST_BONDS and whole(homes.bonds[j]) < MOST_BONDS
    if i != j and room and find_bond(homes, i, j) == NOT_FOUND:
        add_bond(homes, i, j, kind, 0)
        add_bond(homes, j, i, kind, 0)


@making
def _kin(homes, tables, p):
    """Bind adults to parents and siblings who live in the community, and count kin who live elsewhere."""
    homes.wants[:] = 0
    latest = np.full(homes.id.size, NONE, np.int64)
    for i in range(homes.id.size):
        if homes.mother[i] != NONE:
            latest[homes.mother[i]] = i
    for i in range(homes.id.size):
        elsewhere = kin_elsewhere(homes, i)
        lives = uniform(homes.luck[i, chance.MOTHER])
        alive = tables.mother_alive[homes.age[i]]
        if homes.mother[i] == NONE and homes.age[i] >= ADULT_FROM and lives < alive:
            mother = _mother_near(homes, i) if lives < alive * p.parents_near_percent / 100.0 else NONE
            if mother == NONE:
                elsewhere += 2 if uniform(homes.luck[i, chance.FATHER]) < _FATHERS else 1
            else:
                _bind_family(homes, i, mother, latest)
        homes.kin_elsewhere[i] = elsewhere


@walk
def kin_elsewhere(homes, i):
    """Return how many siblings or children somebody has who live elsewhere."""
    return step_of(uniform(homes.luck[i, chance.ELSEWHERE]), _ELSEWHERE)


@walk
def _mother_near(homes, i):
    """Return a woman of the right age in another household who has not four children nearby yet, or NONE."""
    age = homes.age[i]
    aim = age + gap_of(homes, i, chance.KIN_GAP, chance.MORE_KIN_GAP)
    draw = uniform(homes.luck[i, chance.FIND_KIN])
    low, high = age + YOUNGEST_MOTHER, age + OLDEST_MOTHER
    return find_woman(homes, i, low, high, aim, draw, LIVES_ELSEWHERE, _MOST_CHILDREN_NEARBY)


@walk
def _bind_family(homes, i, mother, latest):
    """Bind i to a mother nearby, to her partner, and mostly to the child of hers who was found before."""
    homes.wants[mother] += 1
    homes.mother[i] = mother
    _pair(homes, i, mother, _KIN)
    if whole(homes.partner[mother]) != NOBODY:
        _pair(homes, i, whole(homes.partner[mother]), _KIN)
    if latest[mother] != NONE and uniform(homes.luck[i, chance.SIBLING]) < _SIBLINGS:
        _pair(homes, i, latest[mother], _KIN)
    latest[mother] = i


@walk
def _circles(homes, keys, turn, share):
    """Cut the most sociable `share` of people, in order of blurred age, into circles of 3 to 5 who are all friends."""
    count = 0
    for i in range(homes.id.size):
        if homes.age[i] >= FRIENDS_FROM and uniform(homes.luck[i, chance.SOCIABLE]) < share:
            blurred = homes.age[i] * 100 + int(_FRIEND_BLUR * uniform(homes.luck[i, chance.AGE_BLUR + turn]))
            keys[count] = pack_key(blurred, homes.luck[i, chance.CIRCLE + turn], i)
            count += 1
    sort_keys(keys, count, homes.id)
    at = 0
    while at < count:
        size = 3 + step_of(uniform(homes.luck[place_of(keys[at]), chance.CIRCLE_SIZE + turn]), _CIRCLE_SIZES)
        after = min(count, at + size)
        for a in range(at, after):
            for b in range(a + 1, after):
                _pair(homes, place_of(keys[a]), place_of(keys[b]), _FRIEND)
        at = after


@walk
def _neighbours(homes, first, members, p):
    """Bind adults to an adult next door, and to one a door further; people without friends do not call on others."""
    for i in range(homes.id.size):
        if homes.age[i] < ADULT_FROM or uniform(homes.luck[i, chance.SOCIABLE]) >= p.friends_percent / 100.0:
            continue
        if uniform(homes.luck[i, chance.NEAR]) < p.next_door_percent / 100.0:
            _call_on(homes, first, members, i, 1, chance.WHO, p)
        if uniform(homes.luck[i, chance.FAR]) < p.second_door_percent / 100.0:
            _call_on(homes, first, members, i, 2, chance.WHO_FAR, p)


@walk
def _call_on(homes, first, members, i, doors, who, p):
    """Bind i to an adult so many doors away, unless he or she keeps to himself or herself."""
    home = (homes.home[i] + doors) % homes.count[0]
    adults = 0
    while first[home] + adults < first[home + 1] and homes.age[members[first[home] + adults]] >= ADULT_FROM:
        adults += 1
    other = members[first[home] + int(uniform(homes.luck[i, who]) * adults)]
    if uniform(homes.luck[other, chance.SOCIABLE]) < p.neighbourly_percent / 100.0:
        _pair(homes, i, other, _NEIGHBOUR)


@walk
def strengths(homes):
    """Give every bond the strength that its holder feels: partly a person's own warmth, partly the pair's."""
    for i in range(homes.id.size):
        warmth, word = uniform(homes.luck[i, chance.WARMTH]), homes.luck[i, chance.PAIR]
        for at in range(whole(homes.bonds[i])):
            bond = whole(homes.bond[i, at])
            other, kind = bond_place(bond), bond_kind(bond)
            share = 0.5 * (warmth + uniform(pair_word(word, whole(homes.id[other]) & _ID_WORD)))
            strength = _WEAKEST[kind] + share * (_STRONGEST[kind] - _WEAKEST[kind])
            homes.bond[i, at] = pack_bond(other, kind, int(strength * STRENGTH_ONE))
