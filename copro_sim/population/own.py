"""What nobody has said of a population of one's own: drawn as the model draws its founders, part by part.

The parts are drawn in the order of `Part`; what is known is put back after each, so that later parts follow from it.
People are stored men first, then by age, community by community.
"""

from enum import IntEnum
from typing import Any

import numpy as np

from copro_sim.core.compiled import entry, walk, whole
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.population import homes as making
from copro_sim.population import luck as chance
from copro_sim.population import network, people
from copro_sim.population.build import Params, Tables
from copro_sim.state.codes import Sex
from copro_sim.state.columns import Citizens, Communities, view

Array = np.ndarray[Any, Any]
_FEMALE = int(Sex.FEMALE)


class Part(IntEnum):
    """What is drawn at a time."""

    TRAITS = 0
    """Month of birth within the year of age, the ranks that last a life, kin elsewhere."""
    BONDS = 1
    """Every bond, from who lives with whom, and kin elsewhere."""
    STRENGTHS = 2
    """How strong the bonds are that there are."""
    ENDOWMENT = 3
    """Language, means, need."""
    FEELINGS = 4
    """Minutes of need, and the inner state."""


_TRAITS, _BONDS, _STRENGTHS = int(Part.TRAITS), int(Part.BONDS), int(Part.STRENGTHS)
_ENDOWMENT, _FEELINGS = int(Part.ENDOWMENT), int(Part.FEELINGS)


@entry()
def _draw(part, citizens, communities, home, welsh, tables, p, seed):
    for number in range(communities.id.size):
        start = whole(communities.start[number])
        c = view(citizens, start, start + whole(communities.size[number]))
        homes = making.empty_homes(c)
        for i in range(c.id.size):
            homes.age[i] = -whole(c.birth_month[i]) // MONTHS_PER_YEAR
            homes.home[i] = home[start + i]
            homes.size[homes.home[i]] += 1
            homes.count[0] = max(homes.count[0], homes.home[i] + 1)
            chance.draw(homes.luck, i, seed, c.id[i])
        if part == _TRAITS:
            for i in range(c.id.size):
                people.traits(c, homes, i)
                c.kin_elsewhere[i] = network.kin_elsewhere(homes, i)
        elif part == _BONDS:
            people.count_women(c, homes)
            _mothers_at_home(homes)
            network.bind(homes, tables, p)
        elif part == _STRENGTHS:
            network.strengths(homes)
        elif part == _ENDOWMENT:
            people.endow(c, homes, whole(communities.deprivation[number]), welsh[number], tables, p)
        elif part == _FEELINGS:
            for i in range(c.id.size):
                people.need_at(c, i, tables)
            people.feel(c, homes, tables)


@walk
def _mothers_at_home(homes):
    """Take for somebody's mother the youngest woman at home who could be."""
    n = homes.id.size
    youngest = homes.wants  # by household; the array is free until bonds are made
    for i in range(n):
        youngest[i] = making.NONE
    for i in range(n - 1, -1, -1):
        if whole(homes.sex[i]) == _FEMALE:
            youngest[homes.home[i]] = i
    for i in range(n):
        homes.mother[i] = _first_mother(homes, i, youngest[homes.home[i]])


@walk
def _first_mother(homes, i, woman):
    """Return the youngest woman from place `woman` on who lives with i and could be the mother, or NONE."""
    if woman == making.NONE:
        return making.NONE
    for j in range(woman, homes.id.size):
        gap = homes.age[j] - homes.age[i]
        if gap > making.OLDEST_MOTHER:
            break
        if homes.home[j] == homes.home[i] and gap >= making.YOUNGEST_MOTHER:
            return j
    return making.NONE


def draw(
    part: Part, citizens: Citizens, communities: Communities, home: Array, welsh: Array, tables: Tables, params: Params, *,
    seed: int,
) -> None:
    """Draw one part for everybody, in place.

    Parameters
    ----------
    part
        What to draw.
    citizens, communities
        Ids, sex, month of birth, partners and whatever earlier parts gave; communities stored without gaps.
    home
        Household of each citizen, counted from 0 in each community in the order of streets: int64.
    welsh
        Share of residents who speak Welsh, of each community's council: float64.
    tables, params
        As the model's own population is built with.
    seed
        Key of all chance, 0 to 2**63 - 1.
    """
    _draw(int(part), citizens, communities, home, welsh, tables, params, seed)
