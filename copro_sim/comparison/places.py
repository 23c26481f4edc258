"""One council or region of a comparison: found by its English or Welsh name, and looked at as Wales is."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from copro_sim.comparison.comparison import Array, Comparison
from copro_sim.comparison.essence import NAMES
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.results import attributes
from copro_sim.scenario.evidence import authorities, regions
from copro_sim.scenario.problems import Problem, ScenarioError, nearest

ADDED = ("flow", "heads", "stock", "money")
"""Kinds of indicators that add up over councils; all others are means, weighted by the people or hours that they are over."""

_WEIGHTS = {"unmet_share": "need_hours", "plurality": "people_with_need"}
_LEADING = ("the ", "isle of ")


class Place(NamedTuple):
    """A council, a region or Wales: English name, Welsh name, English names of the councils in it."""

    name: str
    name_cy: str
    councils: tuple[str, ...]


def places() -> list[Place]:
    """Return every place that can be looked at alone: Wales, its councils, then regions that are not a single council."""
    councils = [Place(one.name, one.name_cy, (one.name,)) for one in authorities()]
    wales = Place("Wales", "Cymru", tuple(one.name for one in authorities()))
    return [wales, *councils, *(Place(one.name, one.name_cy, one.councils) for one in regions() if len(one.councils) > 1)]


def find_place(name: str) -> Place:
    """Return a place by its English or Welsh name; accents, capitals and a leading 'The' or 'Isle of' do not matter.

    Raises
    ------
    ScenarioError
        If there is no such place: names the nearest one.
    """
    named = {_plain(word): (word, place) for place in places() for word in (place.name_cy, place.name)}
    if _plain(name) in named:
        return named[_plain(name)][1]
    near = nearest(_plain(name), named)
    hint = "" if near is None else f" Did you mean {named[near][0]}?"
    regional = ", ".join(one.name for one in regions() if len(one.councils) > 1)
    message = f"must be a council of Wales, in English or Welsh, or a region ({regional}).{hint}"
    raise ScenarioError([Problem(key="place", value=name, message=message)])


def problems_of(name: str, councils: Sequence[str] | None) -> list[Problem]:
    """Return what is wrong with a place by its name, where `councils` are simulated (None: not known)."""
    try:
        place = find_place(name)
    except ScenarioError as error:
        return error.problems
    missing = [one for one in place.councils if councils is not None and one not in councils]
    if not missing or place == places()[0]:
        return []
    message = f"cannot be shown, as the scenarios do not simulate {', '.join(missing)}; see population.councils"
    return [Problem(key="place", value=place.name, message=message)]


def _plain(name: str) -> str:
    text = "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)).casefold()
    text = " ".join(text.split())
    for word in _LEADING:
        text = text.removeprefix(word)
    return text


def at(comparison: Comparison, place: Place) -> Comparison:
    """Return a comparison of one place: its indicators in the stead of those of Wales.

    All months of a year have the year's mean, since no more is kept of a place; nothing is kept of a place by sex, age or group.

    Of what holds all councils that were simulated it is the comparison itself. `problems_of` says beforehand what is wrong.

    Raises
    ------
    KeyError
        If the place has a council that was not simulated, and not all that were.
    """
    if set(place.councils) >= set(comparison.authorities):
        return comparison
    here = comparison.data.sel(authority=list(place.councils))
    dims = ("scenario", "future", "month")
    months = {
        name: (dims, np.repeat(together(comparison, name, place.councils), MONTHS_PER_YEAR, axis=-1), attributes(name))
        for name in NAMES
    }
    bare = here.drop_vars([name for name in here.data_vars if name not in NAMES])
    return replace(comparison, data=bare.assign(months))


def together(comparison: Comparison, name: str, councils: Sequence[str]) -> Array:
    """Return an indicator of some councils together, float64 [scenario, future, year].

    Raises
    ------
    ValueError
        If a council was not simulated.
    """
    where = [comparison.authorities.index(council) for council in councils]

    def of_each(key: str) -> Array:
        return np.asarray(comparison.data.variables[f"place_{key}"].values[:, :, where])

    values = of_each(name)
    if INDICATORS[name].kind in ADDED:
        return np.asarray(values.sum(axis=2))
    weights = of_each(_WEIGHTS.get(name, "citizens"))
    return np.asarray((values * weights).sum(axis=2) / weights.sum(axis=2))
