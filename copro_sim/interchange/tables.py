"""The four tables of a population of one's own: every column, what it may hold, and what stands where nothing is said."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from copro_sim.population.places import FEWEST, MOST_AT_THE_START
from copro_sim.scenario.evidence import AGES
from copro_sim.state.codes import BondKind, NeedKind, Setting, Sex
from copro_sim.state.columns import MOST_BONDS

__all__ = ["FEWEST", "MOST_AT_THE_START", "MOST_BONDS", "OWN", "TABLES", "Column", "names_of", "words"]

OWN = "own_"
"""How a column of one's own in `citizens` begins: nothing of the model reads it, and Mesa's citizens have it as an attribute."""

NEEDED = ""
"""Stands for no default: the column, and every cell of it, must be there."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    kind
        "whole" or "number" from `low` to `high`, "word" of `options`, "month" such as 1958-07, or "council".
    meaning
        What it says.
    default
        What stands where the column is left out or a cell is empty, in words; NEEDED if neither may be.
    """

    kind: str
    meaning: str
    default: str = NEEDED
    low: float = 0
    high: float = 2**63 - 1
    options: type[IntEnum] | None = None

    @property
    def needed(self) -> bool:
        """Whether it must be there."""
        return self.default == NEEDED

    @property
    def expected(self) -> str:
        """What a cell must be."""
        if self.kind == "word":
            return f"must be {' or '.join(words(self.options))}"
        if self.kind == "month":
            return "must be a year and month up to 2013-04, such as 1958-07"
        if self.kind == "council":
            return "must be the English or Welsh name of one of the 22 councils of Wales"
        what, high = ("a whole number", f"{int(self.high):,}") if self.kind == "whole" else ("a number", f"{self.high:g}")
        return f"must be {what} from {self.low:g} to {high}"


def words(options: type[IntEnum] | None) -> list[str]:
    """Return the words of an option, in the order of its numbers."""
    return [] if options is None else [option.name.lower().replace("_", " ") for option in options]


_DRAWN = "drawn"
_RANK: dict[str, Any] = {"kind": "whole", "default": _DRAWN, "low": 0, "high": 249}
_FELT: dict[str, Any] = {"kind": "number", "default": "as the model's citizens begin", "low": 0, "high": 1}
_ID: dict[str, Any] = {"kind": "whole", "low": 0}

TABLES: dict[str, dict[str, Column]] = {
    "communities": {
        "community": Column(**_ID, meaning="number of the community; no citizen has the same"),
        "council": Column("council", "council in which it lies"),
        "deprivation": Column("whole", "fifth of Welsh small areas by deprivation, 1 the most deprived", "3", 1, 5),
        "setting": Column("word", "kind of place", "that of most residents of the council", options=Setting),
    },
    "households": {
        "community": Column(**_ID, meaning="community in which it lives"),
        "household": Column(**_ID, meaning="number of the household within its community; neighbours follow one another"),
        "prefers_welsh": Column("whole", "1 if Welsh is the language of choice", "drawn by council", 0, 1),
    },
    "citizens": {
        "citizen": Column(**_ID, meaning="number of the citizen, whose luck hangs on it"),
        "community": Column(**_ID, meaning="community"),
        "household": Column(**_ID, meaning="household within the community"),
        "sex": Column("word", "sex", options=Sex),
        "age": Column("whole", "years of age in April 2013", "from `born`", 0, AGES - 1),
        "born": Column("month", "month of birth", "drawn within the year of `age`"),
        "partner": Column(**_ID, meaning="number of the partner, in the same household", default="nobody"),
        "kin_elsewhere": Column("whole", "close kin who live elsewhere: company, no hands-on help", _DRAWN, 0, MOST_BONDS),
        "need_kind": Column("word", "where need comes from; with `need_level`", _DRAWN, options=NeedKind),
        "need_level": Column("whole", "lasting need, 0 none to 4 critical", "from the long run of the model", 0, 4),
        "above_means": Column("whole", "1 if capital is above the limit for help", "drawn by age and deprivation", 0, 1),
        "work_rank": Column(**_RANK, meaning="rank for a job, 0 first"),
        "reserve": Column(**_RANK, meaning="rank of reserve: 0 asks most easily"),
        "contentment": Column(**_RANK, meaning="rank of own contentment: 0 least"),
        "sociable": Column(**_RANK, meaning="rank of seeking company: 0 most"),
        "reluctance": Column(**_FELT, meaning="reluctance to ask for help"),
        "wellbeing": Column(**{**_FELT, "high": 10}, meaning="life satisfaction"),
        "belonging": Column(**_FELT, meaning="belonging to the community"),
        "agency": Column(**_FELT, meaning="voice and control over one's own life"),
        "trust": Column(**_FELT, meaning="trust in the council"),
    },
    "bonds": {
        "citizen": Column(**_ID, meaning="who is bound"),
        "other": Column(**_ID, meaning="to whom; bonds come in pairs, so there is a row the other way, too"),
        "kind": Column("word", "what binds them; household for those who live together, and only them", options=BondKind),
        "strength": Column("number", "how much the citizen feels bound to help the other", _DRAWN, 0, 1),
    },
}  # fmt: skip
"""By name of the table, which is that of its file; `bonds` may be left out as a whole, and is then drawn."""


def is_own(table: str, name: str) -> bool:
    """Return whether a column of a table is somebody's own."""
    return table == "citizens" and name.startswith(OWN) and name.isidentifier()


def names_of(table: str) -> list[str]:
    """Return the names of a table's columns."""
    return list(TABLES[table])
