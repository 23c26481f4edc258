"""Who is bound to whom: household, kin nearby, circles of friends alike in age, people next door.

Friends come in circles, cut from the community in order of (blurred) age: members of a circle all know one another, and
some people belong to two circles, cut from different orders. That gives few very sociable and few friendless people,
and friends of friends who are often friends. Bonds come in pairs; strengths are each person's own.
"""

import numpy as np

from copro_sim.core.compiled import walk, whole
from copro_sim.core.draws import Stream, pair_word, uniform, words
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.units import STRENGTH_ONE
from copro_sim.population.households import ADULT_FROM, LIVES_ELSEWHERE, NONE, find_woman, gap_of, step_of
from copro_sim.state.bonds import NOT_FOUND, add_bond, bond_kind, bond_place, find_bond, pack_bond
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import MOST_BONDS, NOBODY

_STREAM = int(Stream.BONDS)
_HOUSEHOLD, _KIN = int(BondKind.HOUSEHOLD), int(BondKind.KIN)
_FRIEND, _NEIGHBOUR = int(BondKind.FRIEND), int(BondKind.NEIGHBOUR)
_YOUNGEST_MOTHER, _OLDEST_MOTHER = 18, 45
_ID_WORD = 0xFFFF_FFFF
_MOST_CHILDREN_NEARBY = 4
_SIBLINGS = 0.7
"""Chance that a child nearby and the one found before hold a bond to each other: assumption."""

_ELSEWHERE = (0.25, 0.6, 0.85)
"""Chances of at most 0, 1, 2 siblings or children elsewhere; else 3: assumption."""

_FATHERS = 0.7
"""Chance that a father lives where a mother does: assumption."""

_FRIENDS_FROM = 5
"""Children have friends of their own from school age."""

_CIRCLE_SIZES = (1 / 3, 2 / 3)
"""Chances that a circle has at most 3, 4 members; else it has 5: assumption."""

_FRIEND_BLUR = 1_000.0
"""Hundredths of a year by which age is blurred, so that friends are some years apart: assumption."""

_WEAKEST = (0.70, 0.40, 0.25, 0.10)
_STRONGEST = (0.95, 0.80, 0.60, 0.40)
"""Range of strengths by kind of bond, half of it a person's own warmth, half the pair's: assumption."""


@walk
def bind(c, homes, tables, p, seed):
    """Make all bonds of one community, the nearest kinds first, and then their strengths."""
    n = c.id.size
    first = np.zeros(homes.count[0] + 1, np.int64)
    members = np.empty(n, np.int64)
    _by_household(homes, first, members)
    for h in range(homes.count[0]):
        for a in range(first[h], first[h + 1]):
            for b in range(a + 1, first[h + 1]):
                _pair(c, members[a], members[b], _HOUSEHOLD)
    _kin(c, homes, tables, p, seed)
    keys = np.empty(n, np.int64)
    _circles(c, homes, keys, 0, p.friends_percent / 100.0, seed)
    _circles(c, homes, keys, 1, p.second_circle_percent / 100.0, seed)
    _neighbours(c, homes, first, members, p, seed)
    _strengths(c, seed)


@walk
def _by_household(homes, first, members):
    for i in range(members.size):
        first[homes.home[i] + 1] += 1
    for h in range(homes.count[0]):
        first[h + 1] += first[h]
    at = first.copy()
    for i in range(members.size):
        members[at[homes.home[i]]] = i
        at[homes.home[i]] += 1


@walk
def _pair(c, i, j, kind):
    """Bind two people to one another, unless they are, or one of them has no room left."""
    if i == j or whole(c.bonds[i]) >= MOST_BONDS or whole(c.bonds[j]) >= MOST_BONDS or find_bond(c, i, j) != NOT_FOUND:
        return
    add_bond(c, i, j, kind, 0)
    add_bond(c, j, i, kind, 0)


@walk
def _kin(c, homes, tables, p, seed):
    """Bind adults to parents and siblings who live in the community, and count kin who live elsewhere."""
    n = c.id.size
    homes.wants[:] = 0
    latest = np.full(n, NONE, np.int64)
    for i in range(n):
        if homes.mother[i] != NONE:
            latest[homes.mother[i]] = i
    for i in range(n):
        age = homes.age[i]
        lives, first, second, third = words(seed, _STREAM, whole(c.id[i]), 0, 0)
        brothers, sibling, father, _ = words(seed, _STREAM, whole(c.id[i]), 0, 1)
        elsewhere = step_of(uniform(brothers), _ELSEWHERE)
        if homes.mother[i] == NONE and age >= ADULT_FROM and uniform(lives) < tables.mother_alive[age]:
            mother = NONE
            if uniform(lives) < tables.mother_alive[age] * p.parents_near_percent / 100.0:
                low, high, aim = age + _YOUNGEST_MOTHER, age + _OLDEST_MOTHER, age + gap_of(first, second)
                mother = find_woman(homes, i, low, high, aim, uniform(third), LIVES_ELSEWHERE, _MOST_CHILDREN_NEARBY)
            if mother == NONE:
                elsewhere += 2 if uniform(father) < _FATHERS else 1
            else:
                homes.wants[mother] += 1
                homes.mother[i] = mother
                _pair(c, i, mother, _KIN)
                if whole(c.partner[mother]) != NOBODY:
                    _pair(c, i, whole(c.partner[mother]), _KIN)
                if latest[mother] != NONE and uniform(sibling) < _SIBLINGS:
                    _pair(c, i, latest[mother], _KIN)
                latest[mother] = i
        c.kin_elsewhere[i] = elsewhere


@walk
def _sociable(c, i, seed):
    """Return how sociable somebody is, 0 to 1, and a word of chance for the circle begun by him or her."""
    rank, word, _, _ = words(seed, _STREAM, whole(c.id[i]), 0, 2)
    return uniform(rank), word


@walk
def _circles(c, homes, keys, turn, share, seed):
    """Cut the most sociable `share` of people, in order of blurred age, into circles of 3 to 5 who are all friends."""
    count = 0
    for i in range(c.id.size):
        rank, _ = _sociable(c, i, seed)
        if homes.age[i] >= _FRIENDS_FROM and rank < share:
            blur, draw, _, _ = words(seed, _STREAM, whole(c.id[i]), 0, 3 + turn)
            keys[count] = pack_key(homes.age[i] * 100 + int(_FRIEND_BLUR * uniform(blur)), draw, i)
            count += 1
    sort_keys(keys, count, c.id)
    at = 0
    while at < count:
        _, word = _sociable(c, place_of(keys[at]), seed)
        after = min(count, at + 3 + step_of(uniform(word), _CIRCLE_SIZES))
        for a in range(at, after):
            for b in range(a + 1, after):
                _pair(c, place_of(keys[a]), place_of(keys[b]), _FRIEND)
        at = after


@walk
def _neighbours(c, homes, first, members, p, seed):
    """Bind adults to an adult next door, and to one a door further, unless either keeps to himself or herself."""
    count = homes.count[0]
    for i in range(c.id.size):
        rank, _ = _sociable(c, i, seed)
        if homes.age[i] < ADULT_FROM or rank >= p.neighbourly_percent / 100.0:
            continue
        near, far, who, other = words(seed, _STREAM, whole(c.id[i]), 0, 5)
        if uniform(near) < p.next_door_percent / 100.0:
            _call_on(c, homes, first, members, i, (homes.home[i] + 1) % count, uniform(who), p, seed)
        if uniform(far) < p.second_door_percent / 100.0:
            _call_on(c, homes, first, members, i, (homes.home[i] + 2) % count, uniform(other), p, seed)


@walk
def _call_on(c, homes, first, members, i, home, draw, p, seed):
    at = members[first[home] + int(draw * (first[home + 1] - first[home]))]
    rank, _ = _sociable(c, at, seed)
    if homes.age[at] >= ADULT_FROM and rank < p.neighbourly_percent / 100.0:
        _pair(c, i, at, _NEIGHBOUR)


@walk
def _strengths(c, seed):
    """Give every bond the strength that its holder feels: partly a person's own warmth, partly the pair's."""
    for i in range(c.id.size):
        warmth, word, _, _ = words(seed, _STREAM, whole(c.id[i]), 0, 6)
        for at in range(whole(c.bonds[i])):
            bond = whole(c.bond[i, at])
            other, kind = bond_place(bond), bond_kind(bond)
            share = 0.5 * (uniform(warmth) + uniform(pair_word(word, whole(c.id[other]) & _ID_WORD)))
            strength = _WEAKEST[kind] + share * (_STRONGEST[kind] - _WEAKEST[kind])
            c.bond[i, at] = pack_bond(other, kind, int(strength * STRENGTH_ONE))
