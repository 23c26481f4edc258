"""Who lives with whom: couples, people alone, parents with children of any age, shared homes.

Couples and people living alone follow the tables of evidence by sex and age; everybody else is fitted around them. A
child's mother is looked for among women of the right age who are wanting for children; whoever is left shares a home.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import walk, whole
from copro_sim.core.draws import uniform
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.population import luck as chance
from copro_sim.state.codes import Sex
from copro_sim.state.columns import NOBODY

_FEMALE = int(Sex.FEMALE)
NONE = -1
ADULT_FROM = 16
MOST_AT_HOME = 8
"""People in a household at most: assumption, and room for bonds outside it."""

_MOST_WITH_GUEST = 6
_PENSION_FROM = 65
YOUNGEST_MOTHER, OLDEST_MOTHER = 18, 45
_GAP_RANGE = 23
"""A mother is 18 to 41 years older than her child, 29.5 on average, a triangular choice: derived from age at birth."""

_LOOKED_AT = 400
"""Women looked at, outward from the age aimed for, before a mother is taken for not to be found."""

_MOST_COUPLED = 0.98
_PAIRING_NOISE = 600.0
"""Hundredths of a year by which age is blurred, twice, before partners are matched by rank of age: assumption."""

_MOTHER_WANTS = (0.2, 0.4, 0.78, 0.94)
"""Chances that a woman is fit for at most 0, 1, 2 or 3 children at home when children look for mothers: assumption."""

_SINGLE_MOTHER = 0.75
"""Chance that a woman without a partner is fit for children at all: assumption, for about a quarter of lone parents."""

_SHARED_BY = (0.6, 0.85)
"""Chances that a shared home has at most 2, 3 people; else it has 4: assumption."""


class Homes(NamedTuple):
    """One community while it is being made: some of its columns, and int64 arrays by citizen (or by household)."""

    id: Any
    sex: Any
    partner: Any
    household: Any
    kin_elsewhere: Any
    bonds: Any
    bond: Any
    age: Any
    """Years of age of each citizen."""
    women_from: Any
    """First place of a woman of at least each age, 0 to 107."""
    home: Any
    """Household of each citizen, NONE until there is one."""
    alone: Any
    """1 where somebody lives alone by the table."""
    mother: Any
    """Mother of each citizen, NONE where not known."""
    wants: Any
    """Children for whom each woman still looks."""
    size: Any
    """People in each household."""
    count: Any
    """Households so far (one number)."""
    luck: Any
    """Every citizen's draws: [citizen, `luck.DRAWS`]."""


@walk
def empty_homes(c):
    """Return the arrays for a community, around those of its own columns that households and bonds are written to."""
    n = c.id.size
    return Homes(
        c.id, c.sex, c.partner, c.household, c.kin_elsewhere, c.bonds, c.bond,
        np.zeros(n, np.int64), np.zeros(108, np.int64), np.full(n, NONE, np.int64), np.zeros(n, np.int64),
        np.full(n, NONE, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(1, np.int64),
        np.empty((n, chance.DRAWS), np.int64),
    )  # fmt: skip


@walk
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


@walk
def step_of(draw, steps):
    """Return how many of the rising `steps` a draw is not below: 0 where it is below the first."""
    at = 0
    for step in steps:
        if draw >= step:
            at += 1
    return at


@walk
def _open(homes, i):
    homes.home[i] = homes.count[0]
    homes.size[homes.count[0]] = 1
    homes.count[0] += 1


@walk
def _join(homes, i, host):
    """Let i live with `host`, who gets a household if there is none yet."""
    if homes.home[host] == NONE:
        _open(homes, host)
    homes.home[i] = homes.home[host]
    homes.size[homes.home[host]] += 1


@walk
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
        _join(homes, man, woman)


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
            _open(homes, i)


@walk
def find_woman(homes, i, low, high, aim, draw, accept, limit):
    """Return the place of a woman of `low` to `high` years nearest to the age `aim`, whom `accepts` accepts, or NONE."""
    low, high = min(low, 106), min(high, 106)
    if high < low:
        return NONE
    aim = min(max(aim, low), high)
    first, after = homes.women_from[low], homes.women_from[high + 1]
    at = homes.women_from[aim] + int(draw * (homes.women_from[aim + 1] - homes.women_from[aim]))
    for step in range(_LOOKED_AT):
        woman = at + ((step + 1) // 2 if step % 2 else -(step // 2))
        if first <= woman < after and accepts(homes, i, woman, accept, limit):
            return woman
    return NONE


MAY_BEAR, MAY_HOST, HAS_HOME, LIVES_ELSEWHERE = range(4)
"""Who is looked for: a mother still wanting for children, any at home, one with a household already, one elsewhere."""


@walk
def accepts(homes, i, woman, accept, limit):
    """Return whether a woman is looked for, with fewer than `limit` people at home (children elsewhere: of those)."""
    if woman == i or (homes.alone[woman] == 1 and accept != LIVES_ELSEWHERE):
        return False
    home = homes.home[woman]
    if accept == LIVES_ELSEWHERE:
        return home != homes.home[i] and homes.wants[woman] < limit
    if accept == HAS_HOME and home == NONE:
        return False
    if accept == MAY_BEAR and homes.wants[woman] <= 0:
        return False
    return home == NONE or homes.size[home] < limit


@walk
def gap_of(homes, i, first, second):
    """Return by how many years somebody's mother is older, from two of the draws."""
    return YOUNGEST_MOTHER + int(_GAP_RANGE * 0.5 * (uniform(homes.luck[i, first]) + uniform(homes.luck[i, second])))


@walk
def find_mother(homes, i, accept, limit):
    """Return the place of a woman who could be i's mother, or NONE."""
    age = homes.age[i]
    aim = age + gap_of(homes, i, chance.GAP, chance.MORE_GAP)
    draw = uniform(homes.luck[i, chance.FIND])
    return find_woman(homes, i, age + YOUNGEST_MOTHER, age + OLDEST_MOTHER, aim, draw, accept, limit)


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
            _join(homes, i, _any_adult(homes, uniform(homes.luck[i, chance.FIND])))
        else:
            _join(homes, i, mother)
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
            _join(homes, i, mother)
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
            _join(homes, i, child)
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
            _join(homes, first, host)
        else:
            host = first
            for k in range(at + 1, min(at + people, count)):
                _join(homes, place_of(keys[k]), host)
            if homes.home[host] == NONE:
                _open(homes, host)
        at += people


@walk
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
