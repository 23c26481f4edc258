"""The columns: what is known of a citizen and of a community, each with dtype, unit, range and meaning.

Structure of arrays: all communities of a run lie one behind the other in flat arrays, each in its own stretch of fixed
capacity, and `view` cuts one community out of them. Rules see only Python's int and float (int64 and float64 when
compiled): a walk reads through `int()` and `float()`, and what it writes fits the column's stated range.
"""

from collections import namedtuple
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.core.views import compiled_view

MOST_BONDS = 15
"""A human sympathy group (Dunbar): nobody holds more bonds than this."""

MOST_CITIZENS = 65_535
"""Citizens in one community at most: bonds hold 16-bit local places, and the last number means nobody."""

NOBODY = 65_535
SOURCES = 8


@dataclass(frozen=True)
class Column:
    """One column: `shape` is what each citizen (or community) holds, () for a single number."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    low: float = 0
    high: float = 0
    shape: tuple[int, ...] = ()


_MINUTES: dict[str, Any] = {"dtype": "u2", "unit": "minutes this month", "low": 0, "high": 44_640}
_UNIT: dict[str, Any] = {"dtype": "f8", "unit": "0 to 1", "low": 0, "high": 1}

CITIZEN_COLUMNS: tuple[Column, ...] = (
    Column("id", "i8", "the citizen's own id, a hash", low=0, high=2**63 - 1),
    Column("life", "u1", "empty place, alive, died or left this month (Life)", low=0, high=3),
    Column("arrived", "u1", "born or come this month (Arrival)", low=0, high=2),
    Column("birth_month", "i2", "month of birth", "months since April 2013", -1_500, 1_200),
    Column("turn", "u1", "month of the year, from April, in which what comes once a year is one's turn", "months", 0, 11),
    Column("sex", "u1", "male or female (Sex)", low=0, high=1),
    Column("household", "i8", "number of the household: small for the first, then a hash", low=0, high=2**63 - 1),
    Column("partner", "u2", "place of the partner, NOBODY for none", low=0, high=NOBODY),
    Column("kin_elsewhere", "u1", "close kin outside the community: company, no hands-on help", "people", 0, 15),
    Column("children", "u1", "children under five at home", "people", 0, 15),
    Column("work_rank", "u1", "rank for a job, 0 first: at work while below the employment rate", "1/250", 0, 249),
    Column("reserve", "u1", "rank of reserve: 0 asks most easily, 249 least", "1/250", 0, 249),
    Column("contentment", "u1", "rank of own contentment: 0 least, 249 most", "1/250", 0, 249),
    Column("sociable", "u1", "rank of seeking company: 0 most, 249 least", "1/250", 0, 249),
    Column("above_means", "u1", "1 if capital is above the limit", low=0, high=1),
    Column("prefers_welsh", "u1", "1 if Welsh is the language of choice", low=0, high=1),
    Column("need_kind", "u1", "later life, lifelong or mental health (NeedKind)", low=0, high=2),
    Column("need_level", "u1", "lasting need (NeedLevel)", "bands", 0, 4),
    Column("acute_months", "u1", "months left of an acute episode", "months", 0, 24),
    Column("acute_lift", "u1", "bands by which the episode lifts need", "bands", 0, 4),
    Column("reluctance", meaning="reluctance to ask for help", **_UNIT),
    Column("wellbeing", "f8", "life satisfaction", "0 to 10", 0, 10),
    Column("belonging", meaning="belonging to the community", **_UNIT),
    Column("agency", meaning="voice and control over one's own life", **_UNIT),
    Column("trust", meaning="trust in the council", **_UNIT),
    Column("strain", meaning="strain of caring", **_UNIT),
    Column("burnout", "u1", "months of burnout left: no giving", "months", 0, 24),
    Column("left_work", "u1", "1 if work was left or cut in order to care", low=0, high=1),
    Column("around", meaning="mean reluctance of those one is bound to", **_UNIT),
    Column("lonely", "u1", "1 if of school age or older without enough company", low=0, high=1),
    Column("invited", "u1", "1 once invited to give", low=0, high=1),
    Column("member", "u1", "1 if a member of the time-credit group", low=0, high=1),
    Column("habit", "u1", "how a member deals with credits (Habit)", low=0, high=2),
    Column("idle", "u1", "months since a member last exchanged", "months", 0, 250),
    Column("wanted", "u2", "wanted of the group", "minutes this month", 0, 44_640),
    Column("balance", "i4", "time credits held", "minutes", -1_000_000, 1_000_000),
    Column("mode", "u1", "how the council supports (Mode)", low=0, high=4),
    Column("harmed", "u1", "months for which a harm done by an assistant still weighs", "months", 0, 120),
    Column("respite", "u1", "months of respite left to a carer", "months", 0, 120),
    Column("assessed", "u1", "carer's assessment this month: none, offered or taken up (Assessed)", low=0, high=2),
    Column("practice", "u1", "how the last assessment was done (Practice)", low=0, high=3),
    Column("waiting", "u1", "months since coming forward, 0 if not waiting", "months", 0, 250),
    Column("refused", "u1", "1 if turned away this month as not eligible", low=0, high=1),
    Column("asked", "u1", "1 if help was asked for this month beyond the household", low=0, high=1),
    Column("package", shape=(2,), meaning="council hours arranged, by need", **_MINUTES),
    Column("need", shape=(2,), meaning="need, by need", **_MINUTES),
    Column("unmet", shape=(2,), meaning="need not met, by need", **_MINUTES),
    Column("received", shape=(2, SOURCES), meaning="help received, by need and source (Source)", **_MINUTES),
    Column("undelivered", meaning="council hours arranged and needed but not delivered", **_MINUTES),
    Column("spare", meaning="time that could still be given", **_MINUTES),
    Column("capacity", meaning="time that could be given at all", **_MINUTES),
    Column("given", meaning="help given along bonds", **_MINUTES),
    Column("credit_given", meaning="help and favours given for credits", **_MINUTES),
    Column("credit_received", meaning="help and favours received for credits", **_MINUTES),
    Column("gave_last_month", "u1", "1 if something was given for credits last month", low=0, high=1),
    Column("bonds", "u1", "bonds held", "bonds", 0, MOST_BONDS),
    Column("bond", "u4", "bonds, packed (see state/bonds.py), in the first `bonds` places", shape=(MOST_BONDS,)),
)

COMMUNITY_COLUMNS: tuple[Column, ...] = (
    Column("id", "i8", "the community's own id, a hash", low=0, high=2**63 - 1),
    Column("start", "i8", "where its stretch of the citizens' columns begins", "places", 0, 2**62),
    Column("capacity", "i8", "places in its stretch", "places", 0, MOST_CITIZENS),
    Column("size", "i8", "places in use (the living, and who died or left since last April)", "places", 0, MOST_CITIZENS),
    Column("founded", "i8", "citizens at the start, by which newcomers are counted", "people", 0, MOST_CITIZENS),
    Column("overflow", "i8", "1 if somebody found no place this year: the year is then lived again with more", low=0, high=1),
    Column("authority", "i8", "place of its council in the run's list of councils", low=0, high=21),
    Column("deprivation", "i8", "deprivation fifth, 0 the most deprived", "fifths", 0, 4),
    Column("setting", "i8", "city, valley, town or rural (Setting)", low=0, high=3),
    Column("group", "i8", "1 if a time-credit group runs here", low=0, high=1),
    Column("host", "i8", "who runs the group (Host)", low=0, high=2),
    Column("grant", "i8", "months left of the group's grant", "months", 0, 600),
    Column("target", "i8", "balance at which its usual members stop volunteering", "minutes", 0, 1_000_000),
    Column("issuer", "i8", "balance of the account that issues credits", "minutes", -(2**62), 2**62),
    Column("leftover", "i8", "assessment time carried to the next month", "minutes", 0, 2**62),
)

if TYPE_CHECKING:

    class _Columns(tuple[np.ndarray[Any, Any], ...]):
        """What a type checker is told of a NamedTuple whose fields come from a list."""

        _fields: tuple[str, ...]

        def __new__(cls, *columns: Any, **named: Any) -> Self: ...
        def __getattr__(self, name: str) -> np.ndarray[Any, Any]: ...
        def _asdict(self) -> dict[str, np.ndarray[Any, Any]]: ...

    class Citizens(_Columns):
        """All citizens."""

    class Communities(_Columns):
        """All communities."""

else:
    Citizens = namedtuple("Citizens", [column.name for column in CITIZEN_COLUMNS])
    """All citizens: flat arrays, one row a place. Also one community's view of them."""

    Communities = namedtuple("Communities", [column.name for column in COMMUNITY_COLUMNS])
    """All communities: one row each."""


def empty(columns: tuple[Column, ...], rows: int) -> list[np.ndarray[Any, Any]]:
    """Return one array of zeros for each column, with `rows` rows."""
    return [np.zeros((rows, *column.shape), dtype=column.dtype) for column in columns]


def _view_citizens(citizens, first, last):
    """Return the columns of the places from `first` up to `last`: one community's own arrays."""
    return Citizens(*(column[first:last] for column in citizens))


def _view_communities(communities, first, last):
    """Return the columns of the communities from number `first` up to `last`."""
    return Communities(*(column[first:last] for column in communities))


view = compiled_view(_view_citizens, Citizens, (column.shape for column in CITIZEN_COLUMNS))
view_communities = compiled_view(_view_communities, Communities, (column.shape for column in COMMUNITY_COLUMNS))


def bytes_per_citizen() -> int:
    """Return the bytes that one place takes."""
    return sum(int(np.dtype(column.dtype).itemsize * np.prod(column.shape, dtype=int)) for column in CITIZEN_COLUMNS)


assert STRENGTH_ONE < 2**14
