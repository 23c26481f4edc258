"""Parameter records: every number the model uses, with its range, unit, meaning, source and grade.

A process or institution declares a `Params` NamedTuple whose fields are annotated with a `Record`; the scenario's
schema, `copro-sim explain` and the draws over which a comparison runs are all made from these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

GRADES = ("seen", "derived", "assumption")
"""How we know a number: seen in the source named, derived from such, or assumed (nobody knows)."""

ROLES = ("", "co-production", "investment", "conventional harm")
"""What a strength belongs to: zero all of a role and that part of the argument is switched off."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One number (or one choice among words) that the model uses.

    Parameters
    ----------
    value
        What the model uses unless a scenario says otherwise.
    low, high
        The smallest and largest value that a scenario may give; `None` for a choice.
    unit
        The unit of all of these.
    meaning
        What it is, in one sentence.
    source
        Where the value comes from, or why it was assumed.
    grade
        One of `GRADES`.
    likely
        The range over which it is varied from future to future because nobody knows better; `None`: not varied.
    role
        One of `ROLES`.
    against
        Whether a strength speaks against co-production the stronger it is: a harm, or a cost.
    sign_seen
        Whether a study has seen an effect of this sign, whatever its size.
    options
        The words among which a choice may be made.
    """

    value: Any
    meaning: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    source: str = "assumed"
    grade: str = "assumption"
    likely: tuple[float, float] | None = None
    role: str = ""
    against: bool = False
    sign_seen: bool = False
    options: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself."""
        if self.grade not in GRADES or self.role not in ROLES:
            raise ValueError(f"{self.meaning}: unknown grade {self.grade!r} or role {self.role!r}")
        if self.options is not None:
            if self.value not in self.options:
                raise ValueError(f"{self.meaning}: {self.value!r} is not among {self.options}")
            return
        if self.low is None or self.high is None or not self.low <= self.value <= self.high:
            raise ValueError(f"{self.meaning}: {self.value} is not from {self.low} to {self.high}")
        if self.likely is not None and not self.low <= self.likely[0] <= self.likely[1] <= self.high:
            raise ValueError(f"{self.meaning}: likely range {self.likely} is not within {self.low} to {self.high}")
        if self.role and self.low != 0:
            raise ValueError(f"{self.meaning}: a strength must be able to be zero")


def records(params: type) -> dict[str, tuple[type, Record]]:
    """Return the declared type (int, float, bool or str) and record of each field of a `Params` class, in order."""
    found: dict[str, tuple[type, Record]] = {}
    for name, hint in get_type_hints(params, include_extras=True).items():
        kind, record = get_args(hint)
        found[name] = (kind, record)
    return found


def cast(params: type, values: Mapping[str, Any]) -> Any:
    """Return a `Params` whose fields have exactly their declared types, so that compiled code sees one signature."""
    return params(**{name: kind(values[name]) for name, (kind, _) in records(params).items()})


def defaults(params: type) -> Any:
    """Return a `Params` of the records' own values."""
    return cast(params, {name: record.value for name, (_, record) in records(params).items()})
