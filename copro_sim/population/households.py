"""Who lives with whom: couples, people alone, parents with children of any age, shared homes.

Couples and people living alone follow the tables of evidence by sex and age; everybody else is fitted around them. A
child's mother is looked for among women of the right age who are wanting for children; whoever is left shares a home.
"""

import numpy as np

from copro_sim.core.compiled import making, walk, whole
from copro_sim.core.draws import uniform
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.population import luck as chance
from copro_sim.population.homes import (
    ADULT_FROM,
    HAS_HOME,
    MAY_BEAR,
    MAY_HOST,
    MOST_AT_HOME,
    NONE,
    OLDEST_MOTHER,
    YOUNGEST_MOTHER,
    find_mother,
    find_woman,
    gap_of,
    join,
    open_home,
    step_of,
)
from copro_sim.state.codes import Sex
from copro_sim.state.columns import NOBODY

_FEMALE = int(Sex.FEMALE)
_MOST_WITH_GUEST = 6
_PENSION_FROM = 65
_MOST_COUPLED = 0.98
_PAIRING_NOISE = 600.0
"""Hundredths of a year by which age is blurred, twice, before partners are matched by rank of age: assumption."""

_MOTHER_WANTS = (0.2, 0.4, 0.78, 0.94)
"""Chances that a woman is fit for at most 0, 1, 2 or 3 children at home when children look for mothers: assumption."""

_SINGLE_MOTHER = 0.75
"""Chance that a woman without a partner is fit for children at all: assumption, for about a quarter of lone parents."""

_SHARED_BY = (0.6, 0.85)
"""Chances that a shared home has at most 2, 3 people; else it has 4: assumption."""


@making
def settle(homes, tables, community):
    """Put every citizen of one community into a household; places are ordered men first, then by age."""
    n = homes.id.size
    start = uniform(community & 0xFFFF_FFFF)
    keys = np.empty(n, np.int64)
    _couples(homes, tables, start, keys)
    _live_alone(homes, tables, start)
    for i in range(n):
        fit = homes.home[i] != NONE or uniform(homes.luck[i, chance.SINGLE]) < _SINGLE_MOTHER
        if whole(homes.sex[i]) == _FEMALE and fit:
            homes.wants[i] = step_of(uniform(homes.luck[i, chance.WANTS]), _MOTHER_WANTS)
    _children(homes)
    _adult_children(homes, tables)
    _older_guests(homes)
    _share(homes, keys)
    _number_streets(homes, keys)


@making
def _couples(homes, tables, start, keys):
    """Choose who lives in a couple by the table, evenly over ages, and match them by rank of slightly blurred age."""
    n = homes.id.size
    women_from = homes.women_from[0]
    wanted = np.zeros(2)
    for i in range(n):
        wanted[whole(homes.sex[i])] += tables.couples[whole(homes.sex[i]), homes.age[i]]
    scale = np.ones(2)
    scale[1 - _FEMALE] = wanted[_FEMALE] / max(wanted[1 - _FEMALE], 1.0e-9)
    picked = np.zeros(2, np.int64)
    total = start
    for i in range(n):
        if i == women_from:
            total = start
        before = int(total)
        total += min(_MOST_COUPLED, scale[whole(homes.sex[i])] * tables.couples[whole(homes.sex[i]), homes.age[i]])
        if int(total) > before:
            sex = whole(homes.sex[i])
            blur = uniform(homes.luck[i, chance.BLUR]) + uniform(homes.luck[i, chance.MORE_BLUR])
            key = pack_key(homes.age[i] * 100 + int(_PAIRING_NOISE * blur), homes.luck[i, chance.PAIRING], i)
            keys[(0 if sex != _FEMALE else women_from) + picked[sex]] = key
            picked[sex] += 1
    sort_keys(keys[:women_from], picked[1 - _FEMALE], homes.id)
    sort_keys(keys[women_from:], picked[_FEMALE], homes.id)
    for k in range(min(picked[0], picked[1])):
        man, woman = place_of(keys[k]), place_of(keys[women_from + k])
        homes.partner[man], homes.partner[woman] = woman, man
        join(homes, man, woman)


@walk
def _live_alone(homes, tables, start):
    """Choose who lives alone by the table, evenly over ages, among those without a partner."""
    total = start
    for i in range(homes.id.size):
        if whole(homes.partner[i]) != NOBODY:
            continue
        sex, age = whole(homes.sex[i]), homes.age[i]
        before = int(total)
        total += min(1.0, tables.alone[sex, age] / (1.0 - tables.couples[sex, age]))
        if int(total) > before:
            homes.alone[i] = 1
            open_home(homes, i)


@walk
def _children(homes):
    """Give every child a mother; where there is none of the right age, some adult."""
    for i in range(homes.id.size):
        if homes.age[i] >= ADULT_FROM:
            continue
        mother = find_mother(homes, i, MAY_BEAR, MOST_AT_HOME)
        if mother == NONE:
            mother = find_mother(homes, i, MAY_HOST, MOST_AT_HOME)
        if mother == NONE:
            join(homes, i, _any_adult(homes, uniform(homes.luck[i, chance.FIND])))
        else:
            join(homes, i, mother)
            homes.mother[i] = mother
            homes.wants[mother] -= 1


@walk
def _any_adult(homes, draw):
    """Return an adult whose household has room: one who does not live alone, if there is one."""
    n = homes.id.size
    for strict in (1, 0):
        at = int(draw * n)
        for _ in range(n):
            at = (at + 1) % n
            room = homes.home[at] == NONE or homes.size[homes.home[at]] < MOST_AT_HOME
            if homes.age[at] >= ADULT_FROM and room and (strict == 0 or homes.alone[at] == 0):
                homes.alone[at] = 0
                return at
    return 0


@walk
def _adult_children(homes, tables):
    """Let adults who are not in a couple, alone or parents live with their mother, by a chance that falls with age."""
    for i in range(homes.age.size):
        age = homes.age[i]
        if homes.home[i] != NONE or age >= _PENSION_FROM:
            continue
        if uniform(homes.luck[i, chance.STAYS]) >= tables.at_home[age]:
            continue
        mother = find_mother(homes, i, MAY_HOST, MOST_AT_HOME)
        if mother != NONE:
            join(homes, i, mother)
            homes.mother[i] = mother


@walk
def _older_guests(homes):
    """Let older people who are not in a couple, alone or with a child yet live in a grown daughter's (or son's) home."""
    for i in range(homes.id.size):
        age = homes.age[i]
        if homes.home[i] != NONE or age < _PENSION_FROM:
            continue
        aim = age - gap_of(homes, i, chance.GAP, chance.MORE_GAP)
        draw = uniform(homes.luck[i, chance.FIND])
        low, high = age - OLDEST_MOTHER, age - YOUNGEST_MOTHER
        child = find_woman(homes, i, low, high, aim, draw, HAS_HOME, _MOST_WITH_GUEST)
        if child != NONE:
            join(homes, i, child)
            if whole(homes.sex[i]) == _FEMALE and homes.mother[child] == NONE:
                homes.mother[child] = i


@walk
def _share(homes, keys):
    """Let whoever is left share homes with people of about the same age; a last one joins the home before."""
    count = 0
    for i in range(homes.id.size):
        if homes.home[i] == NONE:
            keys[count] = pack_key(homes.age[i], homes.luck[i, chance.SHARE], i)
            count += 1
    sort_keys(keys, count, homes.id)
    at, host = 0, NONE
    while at < count:
        first = place_of(keys[at])
        people = 2 + step_of(uniform(homes.luck[first, chance.SHARED_BY]), _SHARED_BY)
        if count - at == 1 and host != NONE:
            join(homes, first, host)
        else:
            host = first
            for k in range(at + 1, min(at + people, count)):
                join(homes, place_of(keys[k]), host)
            if homes.home[host] == NONE:
                open_home(homes, host)
        at += people


@making
def _number_streets(homes, keys):
    """Number households anew in an order that says nothing of who lives there: neighbours follow one another."""
    count = homes.count[0]
    heads = np.full(count, NONE, np.int64)
    for i in range(homes.id.size):
        if heads[homes.home[i]] == NONE:
            heads[homes.home[i]] = homes.id[i]
            keys[homes.home[i]] = pack_key(0, homes.luck[i, chance.STREET], homes.home[i])
    sort_keys(keys, count, heads)
    number = np.empty(count, np.int64)
    for k in range(count):
        number[place_of(keys[k])] = k
    homes.size[:] = 0
    for i in range(homes.id.size):
        homes.home[i] = number[homes.home[i]]
        homes.size[homes.home[i]] += 1
        homes.household[i] = homes.home[i]
