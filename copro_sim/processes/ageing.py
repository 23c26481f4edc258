"""A month passes: everybody is a month older, some die, and those closest to them grieve.

Equation
    monthly chance of death = 1 - (1 - min(1, m * q(sex, age, year) * r(level)))**(1/12)
    r(level) = need_ratio**level / (mean of need_ratio**level at that sex and age), so that the average death rate
    stays the life table's whatever `need_ratio` is
Reads    life, birth_month, sex, need_level, bonds
Writes   life (to 'died'), balance and the issuer's account, partner, bonds; of those in the same household:
         acute_months, acute_lift
Chance   stream AGEING, word 0
Source   National Life Tables and 2018-based projections for the UK (ONS); Wales dies at 1.05 to 1.12 times UK rates
Limits   No extra mortality by deprivation, loneliness or unmet need other than through need itself.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words_of_all
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.bonds import bond_kind, bond_place
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.context import age_in_years
from copro_sim.state.households import go

_STREAM = int(Stream.AGEING)
_ALIVE, _DIED = int(Life.ALIVE), int(Life.DIED)
_HOUSEHOLD = int(BondKind.HOUSEHOLD)


class Params(NamedTuple):
    """Who dies, and what it does to those who shared the household."""

    wales_ratio: Annotated[
        float,
        Record(
            value=1.045, low=0.0, high=3.0, unit="ratio", grade="derived", likely=(1.02, 1.08),
            meaning="Yearly chance of death in Wales over that in the UK at the same sex and age, were need the long run's",
            source="1.08 (1.05 to 1.12) by life expectancy of Welsh authorities 2021-23 against UK period tables, less the 2 "
            "percent of deaths that need beyond the long run's adds, and within that range what the oldest of 2021 leave",
        ),
    ]  # fmt: skip
    need_ratio: Annotated[
        float,
        Record(
            value=1.4, low=1.0, high=3.0, unit="ratio for each band of need", likely=(1.2, 1.7),
            meaning="How much likelier death is with each band of need, the average at each age held to the life table",
        ),
    ]  # fmt: skip
    grief_months: Annotated[
        int,
        Record(value=3, low=0, high=24, unit="months", meaning="Length of the episode that a death starts at home"),
    ]
    grief_lift: Annotated[
        int,
        Record(value=1, low=0, high=4, unit="bands", meaning="Bands by which grief lifts need while it lasts"),
    ]


class Tables(NamedTuple):
    """Chance of death in a month: [year from 2013, sex, need level, age 0 to 105]; later years are as the last."""

    death: np.ndarray[Any, Any]


def tables(p: Params, yearly: np.ndarray[Any, Any], levels: np.ndarray[Any, Any]) -> Tables:
    """Return monthly chances of death from yearly ones [year, sex, age] and shares of need levels [sex, age, level]."""
    ratio = p.need_ratio ** np.arange(levels.shape[-1])
    relative = ratio / (levels @ ratio)[:, :, None]
    chance = np.clip(p.wales_ratio * yearly[:, :, :, None] * relative, 0.0, 1.0)
    return Tables(np.ascontiguousarray((1 - (1 - chance) ** (1 / MONTHS_PER_YEAR)).swapaxes(-1, -2)))


@rule
def dies(draw, chance):
    """Return whether this is the month of death."""
    return draw < chance


@rule
def grieving(months, lift, grief_months, grief_lift):
    """Return months left and bands of lift after a death at home: whichever episode is the longer, the stronger."""
    return max(months, grief_months), max(lift, grief_lift)


@making
def columns(c, here, p, t):
    """Walk one community's arrays."""
    clock, month = here.clock, here.clock.month
    year, deaths = min(clock.year, t.death.shape[0] - 1), 0
    drawn = words_of_all(clock.seed, _STREAM, c.id, clock.month, 0)
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        age = age_in_years(month, whole(c.birth_month[i]))
        if dies(uniform(whole(drawn[0, i])), float(t.death[year, whole(c.sex[i]), whole(c.need_level[i]), age])):
            c.life[i] = _DIED
            deaths += 1
    if deaths == 0:
        return
    for i in range(c.id.size):
        if whole(c.life[i]) == _DIED:
            _grieve(c, i, p)
            go(c, here, i, _DIED)


@walk
def _grieve(c, i, p):
    """Let those who lived with i grieve."""
    for at in range(whole(c.bonds[i])):
        bond = whole(c.bond[i, at])
        if bond_kind(bond) == _HOUSEHOLD:
            j = bond_place(bond)
            months, lift = grieving(whole(c.acute_months[j]), whole(c.acute_lift[j]), p.grief_months, p.grief_lift)
            c.acute_months[j], c.acute_lift[j] = months, lift


def agents(community, p, t):
    """Walk one community's citizens."""
    clock = community.clock
    year = min(clock.year, len(t.death) - 1)
    dying = []
    for citizen in community.citizens:
        word, _, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
        age = age_in_years(clock.month, citizen.birth_month)
        if dies(uniform(word), t.death[year, citizen.sex, citizen.need_level, age]):
            dying.append(citizen)
    for citizen in dying:
        for other in citizen.housemates():
            other.acute_months, other.acute_lift = grieving(
                other.acute_months, other.acute_lift, p.grief_months, p.grief_lift
            )
        citizen.go(_DIED)
