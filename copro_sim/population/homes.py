"""Households while they are being made: who lives where so far, and the search for a mother or a host.

A mother is looked for outward from the age aimed for, among women 18 to 45 years older than the child.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, walk
from copro_sim.core.draws import uniform
from copro_sim.population import luck as chance

NONE = -1
ADULT_FROM = 16
MOST_AT_HOME = 8
"""People in a household at most: assumption, and room for bonds outside it."""

YOUNGEST_MOTHER, OLDEST_MOTHER = 18, 45
_GAP_RANGE = 23
"""A mother is 18 to 40 years older than her child, 29 on average, a triangular choice: derived from age at birth."""

_LOOKED_AT = 400
"""Women looked at, outward from the age aimed for, before a mother is taken for not to be found."""


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


@making
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
def step_of(draw, steps):
    """Return how many of the rising `steps` a draw is not below: 0 where it is below the first."""
    at = 0
    for step in steps:
        if draw >= step:
            at += 1
    return at


@walk
def open_home(homes, i):
    """Give i a household of one."""
    homes.home[i] = homes.count[0]
    homes.size[homes.count[0]] = 1
    homes.count[0] += 1


@walk
def join(homes, i, host):
    """Let i live with `host`, who gets a household if there is none yet."""
    if homes.home[host] == NONE:
        open_home(homes, host)
    homes.home[i] = homes.home[host]
    homes.size[homes.home[host]] += 1


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
