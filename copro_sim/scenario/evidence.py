"""Evidence: the tables in `scenario/data/` as frozen arrays, each file with its title, source, year and grade on top.

Contains public sector information licensed under the Open Government Licence v3.0.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from copro_sim.state.codes import Setting

Array = np.ndarray[Any, Any]
AGES = 106
"""Single years of age in every table by age: 0 to 105, the last for 105 and over."""

POPULATION_AGES = 101
BANDS_FROM = (0, 5, 16, 25, 35, 45, 55, 65, 70, 75, 80, 85)
"""Youngest age of each of the 12 age bands in which councils' residents are counted."""

FIRST_MORTALITY_YEAR = 2013
_SEXES = ("male", "female")
_PER_100_000 = 100_000.0


@dataclass(frozen=True)
class Authority:
    """One of the 22 councils of Wales.

    Parameters
    ----------
    code, name, name_cy
        Code of the Office for National Statistics, English name, Welsh name.
    persons
        Residents at the Census of 2011 in each of the age bands `BANDS_FROM`.
    wimd_score
        Welsh Index of Multiple Deprivation 2019, higher is more deprived.
    wimd_extent
        Share of residents, 0 to 1, in the most deprived small areas of Wales.
    welsh_percent
        Percent of residents of 3 and over who speak Welsh.
    setting
        The kind of place in which most residents live.
    """

    code: str
    name: str
    name_cy: str
    persons: tuple[int, ...]
    wimd_score: float
    wimd_extent: float
    welsh_percent: float
    setting: Setting

    @property
    def people(self) -> int:
        """Residents of all ages."""
        return sum(self.persons)

    @property
    def people_65_plus(self) -> int:
        """Residents of 65 and over."""
        return sum(n for n, age in zip(self.persons, BANDS_FROM, strict=True) if age >= 65)


def notes(table: str) -> str:
    """Return what stands at the top of a table: title, source, publisher, grade, licence.

    Parameters
    ----------
    table
        Name of a file in `scenario/data/` without its ending, such as 'mortality'.
    """
    lines = _text(table).splitlines()
    return "\n".join(line.lstrip("# ") for line in lines if line.startswith("#"))


def tables() -> tuple[str, ...]:
    """Return the names of all evidence tables, in alphabetical order."""
    names = (entry.name for entry in resources.files(__package__).joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".csv") for name in names if name.endswith(".csv")))


@cache
def mortality() -> Array:
    """Return the yearly chance of death in the United Kingdom: float64 [31 years from 2013, 2 sexes, 106 ages]."""
    found = rows("mortality")
    years = [column for column in found[0] if column.isdigit()]
    chance = np.array([[float(row[year]) for year in years] for row in found]) / _PER_100_000
    return _frozen(np.ascontiguousarray(chance.reshape(2, AGES, len(years)).transpose(2, 0, 1)))


@cache
def population_by_age() -> Array:
    """Return the persons living in Wales in mid-2013: int64 [2 sexes, 101 ages], the last for 100 and over."""
    persons = np.array([int(row["persons"]) for row in rows("population_2013")], np.int64)
    return _frozen(persons.reshape(2, POPULATION_AGES))


@cache
def authorities() -> tuple[Authority, ...]:
    """Return the 22 councils of Wales in the order of their codes."""
    return tuple(_authority(row) for row in rows("authorities"))


@dataclass(frozen=True)
class Region:
    """One of the regional partnership boards: English name, Welsh name, and the English names of its councils."""

    name: str
    name_cy: str
    councils: tuple[str, ...]


@cache
def regions() -> tuple[Region, ...]:
    """Return the regional partnership boards of health and social care, each with its councils."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows("regions"):
        found.setdefault((row["region"], row["region_cy"]), []).append(row["council"])
    return tuple(Region(name, name_cy, tuple(councils)) for (name, name_cy), councils in found.items())


@cache
def living_alone() -> Array:
    """Return the share of people who live alone, 0 to 1: float64 [2 sexes, 106 ages]."""
    return _by_band("living_alone")


@cache
def couples() -> Array:
    """Return the share of people who live in a couple, 0 to 1: float64 [2 sexes, 106 ages]."""
    return _by_band("couples")


def children_per_woman() -> Array:
    """Return the children a woman would bear at the rates of a year: float64 [years from 2013]."""
    return _frozen(np.array(list(_column("fertility", "children_per_woman").values())))


@cache
def population_2021() -> Array:
    """Return the persons living in Wales in mid-2021: int64 [2 sexes, 91 ages], the last for 90 and over."""
    persons = np.array([int(row["persons"]) for row in rows("population_2021")], np.int64)
    return _frozen(persons.reshape(2, -1))


def people_65_plus(year: int) -> float:
    """Return the people of 65 and over in Wales in mid-`year`; before 2009 and after 2043 those of the nearest year."""
    return _nearest(_column("population_65_plus", "persons"), year)


def real_budget(year: int) -> float:
    """Return spending on social care of people of 65 and over in Wales in the financial year from April `year`.

    In pounds of 2013-14; before 2009 and after 2023 that of the nearest year.
    """
    return _nearest(_column("funding", "real_pounds"), year)


def hour_price(year: int) -> float:
    """Return the price of an hour of home care in the financial year from April `year`.

    In pounds of 2013-14; before 2009 and after 2023 that of the nearest year.
    """
    return _nearest(_column("funding", "hour_pounds"), year)


def deflator(year: int) -> float:
    """Return prices in the financial year from April `year` over those of 2013-14; outside 2009 to 2023 the nearest."""
    return _nearest(_column("funding", "deflator"), year)


def weekly_cap(year: int) -> float:
    """Return the most that anybody pays for care at home in the financial year from April `year`, cash pounds a week."""
    return _latest(_column("charges", "weekly_cap"), year)


def capital_limit(year: int) -> float:
    """Return the capital above which residents of care homes pay all, in the financial year from April `year`, cash pounds."""
    return _latest(_column("charges", "capital_limit"), year)


@cache
def _text(table: str) -> str:
    return resources.files(__package__).joinpath("data", f"{table}.csv").read_text(encoding="utf-8")


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table as they stand in it, by column."""
    return list(csv.DictReader(line for line in _text(table).splitlines() if not line.startswith("#")))


def _frozen(table: Array) -> Array:
    table.setflags(write=False)
    return table


@cache
def _column(table: str, name: str) -> dict[int, float]:
    return {int(row["year"]): float(row[name]) for row in rows(table)}


def _nearest(by_year: dict[int, float], year: int) -> float:
    return by_year[min(max(year, min(by_year)), max(by_year))]


def _latest(by_year: dict[int, float], year: int) -> float:
    return by_year[max((found for found in by_year if found <= year), default=min(by_year))]


def _by_band(table: str) -> Array:
    shares = np.zeros((len(_SEXES), AGES))
    for row in rows(table):
        ages = slice(int(row["from_age"]), int(row["to_age"]) + 1)
        shares[:, ages] = [[float(row["men"])], [float(row["women"])]]
    return _frozen(shares)


def _authority(row: dict[str, str]) -> Authority:
    return Authority(
        code=row["code"],
        name=row["name"],
        name_cy=row["name_cy"],
        persons=tuple(int(row[f"age_{age}"]) for age in BANDS_FROM),
        wimd_score=float(row["wimd_score"]),
        wimd_extent=float(row["wimd_extent"]),
        welsh_percent=float(row["welsh_percent"]),
        setting=Setting[row["setting"].upper()],
    )
