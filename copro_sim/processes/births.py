"""Women bear children, who join their mother's household; small children at home are counted once a year.

Equation
    yearly rate = fertility_ratio * children per woman(year) * shape(age), where shape is normal around `mothers_age` and adds
    up to 1 over the ages 15 to 45
    in the one month of the year that is her turn, a woman bears with chance rate / (1 - held_back * rate), unless a child under
    one lives at home, or `most_at_home` people do
    of several who would bear in one household the one with the smallest id does
    the birth starts an episode for the mother, and everybody at home has a child under five more
    whose turn it is counts the children under five at home anew
Reads    life, turn, sex, birth_month, household, bonds, prefers_welsh, above_means
Writes   a new citizen's columns; children and bonds of everybody at home; the mother's acute_months and acute_lift
Chance   stream BIRTHS; of the mother: block 0, words 0 (birth), 1 (sex) and 2 (kind of need); of the child: block 0,
         word 0 (level of lifelong need); bonds at home as in state/households.py
Source   Persons aged 0 in Wales 2014 to 2021, mid-year estimates (ONS); 1.61 children a woman in England and Wales in 2021
Limits   No twins. A birth does not depend on having a partner, means or other children but for the year after the last.
         A child is bound to who lives at home; grandparents elsewhere stay the parents' kin.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, new_id, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.arrivals import NO_PLACE, arrival_values, arrive
from copro_sim.state.bonds import bond_kind, bond_place, ties_of
from copro_sim.state.codes import Arrival, BondKind, IdKind, NeedKind, Sex
from copro_sim.state.columns import MOST_BONDS
from copro_sim.state.context import age_in_years, has_turn, whose_turn
from copro_sim.state.households import bind_at_home, housemates
from copro_sim.state.needs import kind_of, lifelong_level

_STREAM = int(Stream.BIRTHS)
_FEMALE, _BORN, _NEWBORN = int(Sex.FEMALE), int(Arrival.BORN), int(IdKind.NEWBORN)
_HOUSEHOLD = int(BondKind.HOUSEHOLD)
_LIFELONG = int(NeedKind.LIFELONG)
_YOUNGEST, _OLDEST = 15, 45
_UNDER_FIVE = 5 * MONTHS_PER_YEAR
_MIDDLE = 0.5
"""Of a year of age, at which women of that age are taken."""

_MOST_A_YEAR = 0.5
"""Chance of bearing in a year at most, whatever the parameters."""

_HELD_BACK = 0.5
"""Women kept from bearing by another's child under one at home, for each who bears: fitted, so that as many are born from
2013 to 2021 as were counted in Wales."""


class Params(NamedTuple):
    """How many children are born, and what a birth means to the mother."""

    fertility_ratio: Annotated[float, Record(
        value=0.98, low=0.0, high=3.0, unit="ratio", likely=(0.9, 1.05), grade="derived",
        meaning="Births over those that keep to the counted level of each year (from 2020 on, to that of 2020)",
        source="Set so that births each year come within 5 percent of mid-year estimates of persons aged 0, 2014 to 2021 (ONS)")]
    mothers_age: Annotated[float, Record(
        value=29.3, low=15.0, high=45.0, unit="years", meaning="Mean age of mothers at birth",
        source="About 29 in Wales in 2013, rising; from memory")]
    spread_years: Annotated[float, Record(
        value=5.9, low=1.0, high=20.0, unit="years", meaning="Standard deviation of mothers' ages at birth")]
    boys_share: Annotated[float, Record(
        value=0.512, low=0.0, high=1.0, unit="share", grade="derived", meaning="Share of children born who are boys",
        source="Boys among persons aged 0 in Wales, 2013 to 2021 (ONS)")]
    lifelong_percent: Annotated[float, Record(
        value=1.2, low=0.0, high=20.0, unit="percent of children",
        meaning="Children born with, or who early come to, lifelong need", source="As at the start of the population")]
    mental_percent: Annotated[float, Record(
        value=4.0, low=0.0, high=40.0, unit="percent of children",
        meaning="Children who will be prone to mental ill-health that can mean need for support",
        source="As at the start of the population")]
    baby_months: Annotated[int, Record(
        value=2, low=0, high=24, unit="months", meaning="Length of the episode that a birth starts for the mother")]
    baby_lift: Annotated[int, Record(
        value=1, low=0, high=4, unit="bands", meaning="Bands by which that episode lifts her need")]
    most_at_home: Annotated[int, Record(
        value=8, low=1, high=14, unit="people", meaning="Size of household at which no more children are born")]  # fmt: skip


class Tables(NamedTuple):
    """Chance of a birth in a year: [year from 2013, age of the mother 15 to 45]; later years are as the last."""

    birth: np.ndarray[Any, Any]


def tables(p: Params, per_woman: np.ndarray[Any, Any]) -> Tables:
    """Return yearly chances from children per woman [years from 2013]."""
    ages = np.arange(_YOUNGEST, _OLDEST + 1)
    shape = np.exp(-(((ages + _MIDDLE - p.mothers_age) / p.spread_years) ** 2) / 2)
    yearly = np.clip(p.fertility_ratio * per_woman[:, None] * shape / shape.sum(), 0.0, _MOST_A_YEAR)
    return Tables(yearly / (1 - _HELD_BACK * yearly))


@rule
def may_bear(sex, age):
    """Return whether somebody may bear a child at this age."""
    return sex == _FEMALE and _YOUNGEST <= age <= _OLDEST


@rule
def has_room(youngest_months, at_home, most_at_home):
    """Return whether a household of `at_home`, the youngest of them so many months old, can have a child."""
    return youngest_months >= MONTHS_PER_YEAR and at_home < most_at_home


@rule
def bears(draw, chance):
    """Return 1 if a woman bears a child this year, else 0."""
    return 1 if draw < chance else 0


@rule
def sex_of(draw, boys_share):
    """Return the child's sex (Sex)."""
    return _FEMALE if draw >= boys_share else 1 - _FEMALE


@rule
def level_at_birth(kind, draw):
    """Return the need level: none, but where need is lifelong."""
    return lifelong_level(draw) if kind == _LIFELONG else 0


@rule
def lifted(months, lift, baby_months, baby_lift):
    """Return months left and bands of lift of the mother's episode: whichever is the longer, the stronger."""
    if baby_months == 0 or baby_lift == 0:
        return months, lift
    return max(months, baby_months), max(lift, baby_lift)


@rule
def small(month, birth_month):
    """Return 1 for a child under five, else 0."""
    return 1 if month - birth_month < _UNDER_FIVE else 0


@making
def columns(c, here, p, t):
    """Walk one community's arrays."""
    clock = here.clock
    ties, bearing = ties_of(c), np.zeros(c.id.size, np.uint8)
    turn, count = whose_turn(c.turn, c.life, clock.month)
    for at in range(count):
        i = turn[at]
        c.children[i], at_home, youngest = _at_home(ties, i, clock.month)
        age = age_in_years(clock.month, whole(c.birth_month[i]))
        if may_bear(whole(c.sex[i]), age) and has_room(youngest, at_home, p.most_at_home):
            draw, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            bearing[i] = bears(uniform(draw), float(t.birth[min(clock.year, t.birth.shape[0] - 1), age - _YOUNGEST]))
    for at in range(count):
        if bearing[turn[at]] == 1 and _first_at_home(ties, turn[at], bearing):
            _bear(c, here, turn[at], p)


@walk
def _at_home(ties, i, month):
    """Return the children under five at home of citizen i, how many live there, and the age in months of the youngest."""
    children, at_home, youngest = 0, 1, _UNDER_FIVE
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD:
            born = whole(ties.birth_month[bond_place(bond)])
            children, at_home, youngest = children + small(month, born), at_home + 1, min(youngest, month - born)
    return children, at_home, youngest


@walk
def _first_at_home(ties, i, bearing):
    """Return whether nobody at home with a smaller id bears a child this month."""
    first = True
    for at in range(whole(ties.bonds[i])):
        bond = whole(ties.bond[i, at])
        j = bond_place(bond)
        if bond_kind(bond) == _HOUSEHOLD and bearing[j] == 1 and whole(ties.id[j]) < whole(ties.id[i]):
            first = False
    return first


@making
def _bear(c, here, i, p):
    """Let citizen i bear a child."""
    month, seed = here.clock.month, here.clock.seed
    _, sex, kind, _ = words(seed, _STREAM, whole(c.id[i]), month, 0)
    who = new_id(seed, _NEWBORN, whole(c.id[i]), month, 0)
    child = arrive(c, here, who, month, sex_of(uniform(sex), p.boys_share), whole(c.household[i]), _BORN)
    if child == NO_PLACE:
        return
    level, _, _, _ = words(seed, _STREAM, who, month, 0)
    need_kind = kind_of(uniform(kind), p.lifelong_percent, p.mental_percent)
    c.need_kind[child], c.need_level[child] = need_kind, level_at_birth(need_kind, uniform(level))
    c.prefers_welsh[child], c.above_means[child] = c.prefers_welsh[i], c.above_means[i]
    c.children[child] = c.children[i]
    ties, home = ties_of(c), np.empty(MOST_BONDS, np.int64)
    mates = housemates(ties, i, home)
    for at in range(mates):
        _welcome(ties, c.children, home[at], child, seed)
    _welcome(ties, c.children, i, child, seed)
    months, lift = lifted(whole(c.acute_months[i]), whole(c.acute_lift[i]), p.baby_months, p.baby_lift)
    c.acute_months[i], c.acute_lift[i] = months, lift


@walk
def _welcome(ties, children, j, child, seed):
    """Bind the child to j, who has one small child more at home."""
    bind_at_home(ties, child, j, seed)
    children[j] = min(MOST_BONDS, whole(children[j]) + 1)


def agents(community, p, t):
    """Walk one community's citizens."""
    clock = community.clock
    homes = {}
    for citizen in community.living():
        if not has_turn(citizen.turn, clock.month):
            continue
        home = citizen.housemates()
        citizen.children = sum(small(clock.month, other.birth_month) for other in home)
        youngest = min([_UNDER_FIVE, *(clock.month - other.birth_month for other in home)])
        age = age_in_years(clock.month, citizen.birth_month)
        if may_bear(citizen.sex, age) and has_room(youngest, 1 + len(home), p.most_at_home):
            draw, _, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            if bears(uniform(draw), t.birth[min(clock.year, len(t.birth) - 1), age - _YOUNGEST]):
                homes[citizen] = home
    for mother, home in homes.items():
        if all(other not in homes or other.id > mother.id for other in home):
            _bear_child(community, mother, home, p)


def _bear_child(community, mother, home, p):
    month, seed = community.clock.month, community.clock.seed
    _, sex, kind, _ = compiled_words(seed, _STREAM, mother.id, month, 0)
    who = new_id(seed, _NEWBORN, mother.id, month, 0)
    level, _, _, _ = compiled_words(seed, _STREAM, who, month, 0)
    need_kind = kind_of(uniform(kind), p.lifelong_percent, p.mental_percent)
    values = arrival_values(seed, who, month, sex_of(uniform(sex), p.boys_share), mother.household, _BORN)
    values |= {
        "need_kind": need_kind, "need_level": level_at_birth(need_kind, uniform(level)), "children": mother.children,
        "prefers_welsh": mother.prefers_welsh, "above_means": mother.above_means,
    }  # fmt: skip
    child = community.admit(values)
    for other in [*home, mother]:
        child.bind_at_home(other)
        other.children = min(MOST_BONDS, other.children + 1)
    mother.acute_months, mother.acute_lift = lifted(mother.acute_months, mother.acute_lift, p.baby_months, p.baby_lift)
