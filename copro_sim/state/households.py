"""Households: who lives with whom. Those of one number are bound to one another as household, and to nobody else so.

Who leaves a home stays bound to those left behind: as kin where a generation lies between them, else as friends. Who
comes into one is bound to everybody there. Both engines do this through the rules below.
"""

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, pair_word, uniform, words
from copro_sim.core.units import MONTHS_PER_YEAR, STRENGTH_ONE
from copro_sim.state.bonds import (
    bind,
    bond_kind,
    bond_place,
    bond_strength,
    find_bond,
    pack_bond,
    remove_bond,
    ties_of,
)
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import MOST_BONDS, NOBODY

MOST_TOGETHER = 8
"""Nobody moves into a home in which then more people than this would live."""

GROWN_UP = 16 * MONTHS_PER_YEAR
"""Age in months from which somebody can look after a household; also the years that make a generation."""

WARMTH_BLOCK = 65_535
"""Block of stream MOVING, at month 0, whose word 0 is what somebody feels for those with whom he or she comes to live."""

_STREAM, _ID_WORD = int(Stream.MOVING), 0xFFFF_FFFF
_HOUSEHOLD, _KIN, _FRIEND = int(BondKind.HOUSEHOLD), int(BondKind.KIN), int(BondKind.FRIEND)
_WEAKEST, _RANGE, _KEPT = 0.75, 0.2, 0.75
"""Strength of a new bond at home, least and range, and what is kept of it by those who part: assumption."""


@rule
def together(draw):
    """Return the strength of a new bond between people who live together, 0 to 16,383."""
    return int((_WEAKEST + _RANGE * draw) * STRENGTH_ONE)


@rule
def apart(strength):
    """Return the strength that a bond keeps when the two no longer live together."""
    return int(_KEPT * strength)


@rule
def kind_apart(birth_month, others_birth_month):
    """Return what two who part become: kin where a generation lies between them, else friends (BondKind)."""
    return _KIN if abs(birth_month - others_birth_month) >= GROWN_UP else _FRIEND


@rule
def own_sex(who, same_sex_percent):
    """Return whether somebody looks for a partner of the same sex: drawn from the id, for life."""
    return uniform(pair_word(who & _ID_WORD, who >> 32)) * 100.0 < same_sex_percent


@rule
def grown_up(month, birth_month):
    """Return whether somebody is 16 or over."""
    return month - birth_month >= GROWN_UP


@rule
def a_generation_older(birth_month, others_birth_month):
    """Return whether the other was born 16 years or more before."""
    return birth_month - others_birth_month >= GROWN_UP


@rule
def of_own_standing(month, birth_month, others_birth_month):
    """Return whether the other, at home with somebody, is grown up and no child of his or hers by age."""
    return grown_up(month, others_birth_month) and not a_generation_older(others_birth_month, birth_month)


@walk
def housemates(ties, i, found):
    """Write into `found` the places of those who live with i, and return how many there are."""
    count = 0
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD:
            found[count] = bond_place(bond)
            count += 1
    return count


@walk
def parent_at_home(ties, i):
    """Return whether i lives with somebody a generation older."""
    birth_month = whole(ties.birth_month[i])
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD and a_generation_older(birth_month, whole(ties.birth_month[bond_place(bond)])):
            return True
    return False


@walk
def shares_home(ties, i, month):
    """Return whether i lives with parents or others of age, not counting grown children."""
    birth_month = whole(ties.birth_month[i])
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD and of_own_standing(month, birth_month, whole(ties.birth_month[bond_place(bond)])):
            return True
    return False


@walk
def bind_at_home(ties, i, j, seed):
    """Bind i and j as household."""
    warmth_i, _, _, _ = words(seed, _STREAM, whole(ties.id[i]), 0, WARMTH_BLOCK)
    warmth_j, _, _, _ = words(seed, _STREAM, whole(ties.id[j]), 0, WARMTH_BLOCK)
    strength = together(uniform(pair_word(warmth_i, whole(ties.id[j]) & _ID_WORD)))
    back = together(uniform(pair_word(warmth_j, whole(ties.id[i]) & _ID_WORD)))
    bind(ties, i, j, _HOUSEHOLD, strength, back)


@making
def move_out(ties, group, count, number):
    """Let the first `count` of `group`, who live together, leave their home for one of their own with this number."""
    mates = np.empty(MOST_BONDS, np.int64)
    for k in range(count):
        ties.household[group[k]] = number
    for k in range(count):
        i = group[k]
        left = housemates(ties, i, mates)
        for m in range(left):
            j = mates[m]
            if whole(ties.household[j]) != number:
                kind = kind_apart(whole(ties.birth_month[i]), whole(ties.birth_month[j]))
                _part(ties, i, j, kind)
                _part(ties, j, i, kind)


@walk
def _part(ties, i, j, kind):
    at = find_bond(ties, i, j)
    ties.bond[i, at] = pack_bond(j, kind, apart(bond_strength(whole(ties.bond[i, at]))))


@making
def move_in(ties, group, count, host, seed):
    """Let the first `count` of `group`, who live together, leave their home and come to live with `host` and all there."""
    there = np.empty(MOST_BONDS + 1, np.int64)
    living = housemates(ties, host, there)
    there[living] = host
    move_out(ties, group, count, whole(ties.household[host]))
    for k in range(count):
        for m in range(living + 1):
            bind_at_home(ties, group[k], there[m], seed)


@walk
def go(c, here, i, life):
    """Let i leave the community, or life (Life): credits go back to the group's account, bonds and partnership end."""
    here.communities.issuer[here.number] += whole(c.balance[i])
    c.balance[i] = 0
    ties = ties_of(c)
    for at in range(whole(c.bonds[i])):
        remove_bond(ties, bond_place(whole(c.bond[i, at])), i)
    c.bonds[i] = 0
    if whole(c.partner[i]) != NOBODY:
        c.partner[whole(c.partner[i])] = NOBODY
        c.partner[i] = NOBODY
    c.life[i] = life
