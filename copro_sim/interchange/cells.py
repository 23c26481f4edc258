"""Cells of a table as typed columns: whatever is no number, word or month that it should be becomes a problem with its row."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.core.units import month_number
from copro_sim.interchange.tables import OWN, TABLES, Column, is_own, words
from copro_sim.scenario.problems import Problem, did_you_mean
from copro_sim.scenario.tables import council_table

MOST_ALIKE = 20
"""Problems of one kind that are listed, row by row; of more the number is said."""


class Rows:
    """A table as it was read: cells by column, the file and the line of each row.

    Parameters
    ----------
    table
        Its name.
    cells
        Columns of text (CSV) or of whatever a frame holds.
    file
        Named in problems.
    lines
        Of each row in the file.
    """

    def __init__(self, table: str, cells: pd.DataFrame, file: str, lines: Any) -> None:
        """Keep what was read."""
        self.table, self.cells, self.file, self.lines = table, cells, file, np.asarray(lines)

    def problem(self, message: str, *, column: str = "", row: int | None = None, value: Any = None) -> Problem:
        """Return a problem in this table."""
        more = {} if value is None else {"value": value}
        line = None if row is None else int(self.lines[row])
        return Problem(message=message, key=column, file=self.file, line=line, **more)

    def problems(self, wrong: Any, message: str | Callable[[int], str], column: str) -> list[Problem]:
        """Return a problem for each row that is marked in `wrong`, or for the first of very many."""
        at = np.flatnonzero(np.asarray(wrong))
        cells = self.cells[column].astype(object).to_numpy() if column in self.cells else None
        found = [
            self.problem(
                message if isinstance(message, str) else message(row), column=column, row=row,
                value=None if cells is None or _empty(cells[row]) else cells[row],
            )
            for row in at[:MOST_ALIKE].tolist()
        ]  # fmt: skip
        if len(at) > MOST_ALIKE:
            found.append(self.problem(f"and {len(at) - MOST_ALIKE:,} rows more like the last", column=column))
        return found


def typed(rows: Rows) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a table's columns, each of its own type with missing values where a cell is empty, and all that is wrong."""
    columns, problems = TABLES[rows.table], list(_headings(rows))
    found = {}
    for name, column in columns.items():
        if name in rows.cells:
            found[name], wrong = _column(rows, name, column)
            problems += wrong
    for name in map(str, rows.cells.columns):
        if is_own(rows.table, name):
            found[name] = own_column(rows.cells[name])
    return pd.DataFrame(found), problems


def _headings(rows: Rows) -> Iterator[Problem]:
    known = TABLES[rows.table]
    own = f". One of your own begins with {OWN}, such as {OWN}choir" if rows.table == "citizens" else ""
    for name in rows.cells.columns:
        if name not in known and not is_own(rows.table, str(name)):
            there = f"There are {', '.join(known)}{own}"
            yield rows.problem(f"unknown column.{did_you_mean(str(name), known)} {there}", column=str(name))
    for name, column in known.items():
        if column.needed and name not in rows.cells:
            yield rows.problem(f"column is missing: {column.meaning}", column=name)


def _column(rows: Rows, name: str, column: Column) -> tuple[Any, list[Problem]]:
    """Return one column, and what is wrong in it."""
    cells = rows.cells[name].astype(object).to_numpy()
    parse = _parser(column)
    values: list[Any] = [None] * len(cells)
    wrong, empty = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    for row, cell in enumerate(cells.tolist()):
        if _empty(cell):
            empty[row] = column.needed
            continue
        try:
            values[row] = parse(cell)
        except (ValueError, TypeError, OverflowError):
            wrong[row] = True
    problems = rows.problems(empty, f"is empty: {column.expected}", name)
    problems += rows.problems(wrong, lambda row: column.expected + _hint(column, cells[row]), name)
    return pd.array(values, dtype=DTYPES[column.kind]), problems


def own_column(cells: pd.Series) -> Any:
    """Return a column of one's own: whole numbers (true is 1) if all its cells are, or numbers, or else text; empty is none."""
    values = [None if _empty(cell) else cell for cell in cells.astype(object).tolist()]
    for parse, dtype in ((_truth, "Int64"), (_finite, "Float64")):
        try:
            return pd.array([None if cell is None else parse(cell) for cell in values], dtype=dtype)  # type: ignore[call-overload]
        except (ValueError, TypeError, OverflowError):
            continue
    return pd.array([None if cell is None else str(cell) for cell in values], dtype="string")


DTYPES: dict[str, Any] = {"whole": "Int64", "number": "Float64", "word": "Int64", "month": "Int64", "council": "string"}


def _empty(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell == "" or (isinstance(cell, float) and math.isnan(cell))


def _parser(column: Column) -> Callable[[Any], Any]:
    if column.kind == "word":
        numbers = {word: k for k, word in enumerate(words(column.options))}
        return lambda cell: _known(numbers, _lower(cell))
    if column.kind == "council":
        names = council_table()
        return lambda cell: _known(names, cell)
    if column.kind == "month":
        return lambda cell: _month(cell)
    return lambda cell: _within(_whole(cell) if column.kind == "whole" else _number(cell), column)


def _lower(cell: Any) -> str:
    if not isinstance(cell, str):
        raise ValueError
    return cell.strip().lower().replace("_", " ")


def _known(table: dict[str, Any], cell: Any) -> Any:
    if cell not in table:
        raise ValueError
    return table[cell]


def _month(cell: Any) -> int:
    month = month_number(str(cell))
    if not -12 * TABLES["citizens"]["age"].high - 11 <= month <= 0:
        raise ValueError
    return month


def _whole(cell: Any) -> int:
    if isinstance(cell, bool):
        raise ValueError
    if isinstance(cell, str):
        if not (cell.isascii() and cell.lstrip("-").isdigit()):
            raise ValueError
        return int(cell)
    if int(cell) != cell:
        raise ValueError
    return int(cell)


def _number(cell: Any) -> float:
    if isinstance(cell, bool) or (isinstance(cell, str) and (not cell.isascii() or "_" in cell)):
        raise ValueError
    return float(cell)


def _truth(cell: Any) -> int:
    truths = {"true": 1, "false": 0}
    number = truths.get(str(cell).lower())
    return _whole(cell) if number is None else number


def _finite(cell: Any) -> float:
    number = _number(cell)
    if not math.isfinite(number):
        raise ValueError
    return number


def _within(number: Any, column: Column) -> Any:
    if not column.low <= number <= column.high:  # no NaN is
        raise ValueError
    return number


def _hint(column: Column, cell: Any) -> str:
    options = words(column.options) if column.kind == "word" else council_table() if column.kind == "council" else ()
    close = did_you_mean(str(cell), options)
    return f".{close}" if close else (_ROUNDED if column.kind == "whole" and _was_whole(cell) else "")


_ROUNDED = "; a program made it a number with decimals: let it read the column as whole numbers (in pandas as Int64)"


def _was_whole(cell: Any) -> bool:
    """Return whether a cell is text such as 2.049e+18 or 69.0, as pandas and spreadsheets write whole numbers beside gaps."""
    try:
        return isinstance(cell, str) and not cell.lstrip("-").isdigit() and _finite(cell).is_integer()
    except ValueError:
        return False
