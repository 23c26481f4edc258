"""A population of one's own: four tables, checked whole, from files or frames; and the model's own, to be written out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pandas as pd

from copro_sim.core.units import month_label
from copro_sim.interchange.cells import Rows, typed
from copro_sim.interchange.checks import problems_between
from copro_sim.interchange.parquet import save_parquet
from copro_sim.interchange.reading import POPULATION, read
from copro_sim.interchange.tables import TABLES, Column, is_own, words
from copro_sim.results.export import whole
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.tables import all_councils

OWN_COLUMN = Column("own", "whatever somebody says of their citizens", default="nothing")
"""Stands for every column that begins with `own_`."""


@dataclass(frozen=True, eq=False)
class Population:
    """Who lives where, in which household, and bound to whom, in April 2013: checked whole.

    Parameters
    ----------
    tables
        By name, as `load_population` and `population_of` make them: words as numbers, months counted from April 2013.
    """

    tables: Mapping[str, pd.DataFrame]

    def __repr__(self) -> str:
        """Return a line, for notebooks."""
        return f"<Population of {self.size:,} citizens in {', '.join(self.councils)}; tables {', '.join(self.tables)}>"

    @property
    def size(self) -> int:
        """Number of citizens."""
        return len(self.tables["citizens"])

    @property
    def councils(self) -> tuple[str, ...]:
        """English names of the councils in which they live, in the order of the official codes."""
        return tuple(name for name in all_councils() if name in set(self.tables["communities"]["council"]))

    def frame(self, table: str) -> pd.DataFrame:
        """Return one table, "communities", "households", "citizens" or "bonds", as it is written: words, months, numbers."""
        found = self.tables[table].copy()
        for name in found:
            column = TABLES[table].get(str(name), OWN_COLUMN)
            if column.kind == "word":
                found[name] = found[name].map(dict(enumerate(words(column.options)))).astype(object)
            elif column.kind == "month":
                found[name] = found[name].map(month_label, na_action="ignore").astype(object)
        return found

    def own(self) -> pd.DataFrame:
        """Return the columns of one's own (`own_...`), a row for each citizen's number; None where nothing is said."""
        citizens = self.tables["citizens"]
        named = [name for name in citizens if is_own("citizens", str(name))]
        said = citizens.set_index("citizen")[named].astype(object)
        return said.where(said.notna(), None)

    def of(self, scenario: Scenario) -> Scenario:
        """Return a scenario that says whom it is lived by: so many citizens, of these councils."""
        return scenario.replace({"population.citizens": self.size, "population.councils": list(self.councils)})

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the tables, in hexadecimal, whatever files they came in."""
        digest = hashlib.sha256()
        for name in TABLES:
            if name in self.tables:
                digest.update(f"{name}\n{_text(self.tables[name])}".encode())
        return digest.hexdigest()

    def keep(self, folder: str | Path) -> Path:
        """Write the tables beside results that began with them, and return where."""
        return self.save(Path(folder) / POPULATION)

    def save(self, folder: str | Path, *, parquet: bool = False) -> Path:
        """Write the tables to a folder, as CSV or Parquet, and return it; `load_population` reads them back to the bit."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in self.tables:
            if parquet:
                save_parquet(self.frame(name), folder / f"{name}.parquet")
            else:
                with whole(folder / f"{name}.csv") as temporary:
                    temporary.write_text(_text(self.frame(name)), encoding="utf-8", newline="\n")
        return folder

    @classmethod
    def _of(cls, rows: dict[str, Rows], problems: list[Problem]) -> Self:
        """Return the population that these rows make."""
        tables: dict[str, pd.DataFrame] = {}
        for name, table in rows.items():
            tables[name], wrong = typed(table)
            problems += wrong
        if not problems:
            problems += problems_between(tables, rows)
        if problems:
            raise ScenarioError(problems)
        return cls(tables)


def load_population(folder: str | Path) -> Population:
    """Return a population of one's own from files: communities, households, citizens and, if they are there, bonds.

    Parameters
    ----------
    folder
        Holds `communities.csv`, `households.csv`, `citizens.csv` and `bonds.csv`, or the same as `.parquet`. What may be left
        out, and what then stands, is said in `interchange/tables.py` and the documentation; without bonds, all are drawn.

    Raises
    ------
    ScenarioError
        If anything is wrong, with file, row, column and what was expected of every mistake.

    Examples
    --------
    >>> people = load_population("examples/village")
    >>> results = run(load_scenario("one-village"), population=people, years=2)
    """
    rows, problems = read(Path(folder))
    return Population._of(rows, problems)


def population_of(
    *, communities: pd.DataFrame, households: pd.DataFrame, citizens: pd.DataFrame, bonds: pd.DataFrame | None = None
) -> Population:
    """Return a population of one's own from pandas frames; as `load_population`, with missing values for empty cells.

    Raises
    ------
    ScenarioError
        If anything is wrong, with every mistake; rows count from 1.
    """
    given: dict[str, Any] = {"communities": communities, "households": households, "citizens": citizens, "bonds": bonds}
    frames = {name: frame.reset_index(drop=True) for name, frame in given.items() if frame is not None}
    return Population._of({name: Rows(name, frame, name, range(1, len(frame) + 1)) for name, frame in frames.items()}, [])


def _text(frame: pd.DataFrame) -> str:
    return str(frame.to_csv(index=False, lineterminator="\n"))
