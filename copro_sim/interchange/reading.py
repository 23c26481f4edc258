"""The files of a population of one's own: CSV or Parquet, one for each table, read as they stand."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from copro_sim.interchange.cells import Rows
from copro_sim.interchange.parquet import DamagedFile, load_parquet
from copro_sim.interchange.tables import TABLES
from copro_sim.scenario.problems import Problem

POPULATION = "population"
"""Folder in which results keep the population of one's own that they began with."""

ENDINGS = (".csv", ".parquet")
_MAY_BE_MISSING = "bonds"
_LARGEST = 4 * 2**30
"""Bytes of a file at most."""


def is_population(folder: Path) -> bool:
    """Return whether a folder holds a file of a population."""
    return any((folder / f"{table}{ending}").exists() for table in TABLES for ending in ENDINGS)


def read(folder: Path) -> tuple[dict[str, Rows], list[Problem]]:
    """Return every table that can be read in a folder, and what is wrong with the others."""
    found: dict[str, Rows] = {}
    problems: list[Problem] = []
    if not folder.is_dir():
        wanted = ", ".join(f"{table}.csv" for table in TABLES)
        return {}, [Problem(file=str(folder), message=f"is no folder: a population is a folder with {wanted}")]
    for table in TABLES:
        files = [folder / f"{table}{ending}" for ending in ENDINGS if (folder / f"{table}{ending}").exists()]
        if len(files) > 1:
            problems.append(Problem(file=str(folder), message=f"holds {table} twice, as CSV and as Parquet: leave one"))
        elif files:
            rows, wrong = _file(table, files[0])
            problems += wrong
            if rows is not None:
                found[table] = rows
        elif table != _MAY_BE_MISSING:
            problems.append(Problem(file=str(folder), message=f"has no {table}.csv (or {table}.parquet)"))
    return found, problems


def _file(table: str, path: Path) -> tuple[Rows | None, list[Problem]]:
    name = str(path)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None, [Problem(file=name, message=f"must be a file of at most {_LARGEST // 2**30} GiB")]
        return _csv(table, path) if path.suffix == ".csv" else (_parquet(table, path), [])
    except UnicodeDecodeError:
        return None, [Problem(file=name, message="is no text in UTF-8: save it as CSV (UTF-8)")]
    except (DamagedFile, csv.Error) as error:
        return None, [Problem(file=name, message=str(error).removeprefix(f"{name}: "))]
    except (OSError, ImportError) as error:
        return None, [Problem(file=name, message=f"cannot be read: {getattr(error, 'strerror', None) or error}")]


def _parquet(table: str, path: Path) -> Rows:
    frame = load_parquet(path)
    return Rows(table, frame, str(path), range(1, len(frame) + 1))


def _csv(table: str, path: Path) -> tuple[Rows | None, list[Problem]]:
    """Read comma-separated text with a heading; every row must have as many cells as the heading."""
    cells: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        heading = [name.strip() for name in next(reader, [])]
        for row in reader:
            if not row:
                continue
            if len(row) == len(heading):
                cells.append([cell.strip() for cell in row])
                lines.append(reader.line_num)
            elif len(problems) < _MOST_RAGGED:
                message = f"has {len(row)} cells where the heading has {len(heading)}"
                problems.append(Problem(file=str(path), line=reader.line_num, message=message))
    if not heading:
        return None, [Problem(file=str(path), message=f"is empty: its heading must name {', '.join(TABLES[table])}")]
    if len(set(heading)) < len(heading):
        return None, [Problem(file=str(path), line=1, message="names a column twice")]
    columns: list[Any] = list(zip(*cells, strict=True)) or [()] * len(heading)
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in zip(heading, columns, strict=True)})
    return Rows(table, frame, str(path), lines), problems


_MOST_RAGGED = 20
"""Rows of the wrong length that are listed."""
