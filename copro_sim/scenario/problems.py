"""What is wrong with what somebody wrote: every mistake on a line of its own, with its place and what to do about it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from copro_sim.core.params import Record

NO_VALUE: Any = object()
"""Stands for a value that is not worth repeating."""

_WIDEST_LEFT = 80
_LONGEST_VALUE = 40
_LONGEST_KEY = 80
_LONGEST_FILE = 200
_COMMAS_FROM = 10_000


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake.

    Parameters
    ----------
    message
        What is wrong, what was expected and what to do.
    key
        Dotted name of the setting, option or argument; empty if the whole file is meant.
    value
        What was given, where that helps.
    file, line
        Where it stands, if in a file; lines count from 1.
    """

    message: str
    key: str = ""
    value: Any = NO_VALUE
    file: str | None = None
    line: int | None = None

    @property
    def where(self) -> str:
        """The place and the setting: the left half of the line."""
        place = "" if self.file is None else f"{shown_file(self.file)}{f':{self.line}' if self.line else ''}: "
        given = "" if self.value is NO_VALUE else f" = {shown(self.value)}"
        return f"{place}{self.key}{given}".rstrip()


class ScenarioError(ValueError):
    """All mistakes in what was given, found before anything was run.

    Parameters
    ----------
    problems
        At least one `Problem`, in the order in which they are to be read.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Lay the problems out as one text, the explanations in a column."""
        self.problems = list(problems)
        super().__init__(_page(self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole."""
        return ScenarioError, (self.problems,)


def _page(problems: list[Problem]) -> str:
    """Return one line for each problem and a last line that counts them."""
    width = max((len(p.where) for p in problems if len(p.where) <= _WIDEST_LEFT), default=0)
    lines = [f"{p.where:<{width}}   {p.message}" if p.where else p.message for p in problems]
    return "\n".join([*lines, f"{count_of(problems)}; nothing was run."])


def count_of(problems: Sequence[Any]) -> str:
    """Return how many problems there are: '1 problem', '2 problems'."""
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"


def shown(value: Any) -> str:
    """Return a value as it would stand in a scenario file, on one line and not too long."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = json.dumps(value[:_LONGEST_VALUE], ensure_ascii=not value.isprintable())
    elif isinstance(value, dict):
        text = "{...}" if value else "{}"
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(shown(item) for item in value[:_LONGEST_VALUE])}]"
    elif isinstance(value, int) and abs(value) > 10**_LONGEST_VALUE:
        text = f"{'-' if value < 0 else ''}a number of more than {_LONGEST_VALUE} digits"
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE + 2 else text[: _LONGEST_VALUE - 1] + "..."


def shown_key(key: str) -> str:
    """Return a key on one line and not too long, in quotes if it could not stand bare."""
    if key and key.isprintable() and len(key) <= _LONGEST_KEY and not set(key) & set(" \"'=#[]{},\\"):
        return key
    return json.dumps(key if len(key) <= _LONGEST_KEY else key[: _LONGEST_KEY - 3] + "...")


def shown_file(name: str) -> str:
    """Return the name of a file on one line and not too long."""
    short = name if len(name) <= _LONGEST_FILE else f"...{name[-_LONGEST_FILE:]}"
    return short if short.isprintable() else json.dumps(short)


def number(value: float) -> str:
    """Return a number as people write it: whole where it is, with commas from ten thousand."""
    if float(value).is_integer():
        return f"{int(value):,}" if abs(value) >= _COMMAS_FROM else str(int(value))
    return repr(value)


def range_of(record: Record) -> str:
    """Return what a setting may be, in brief: '-20 to 20, percent a year'."""
    if record.options is not None:
        return " or ".join(f'"{option}"' for option in record.options)
    assert record.low is not None
    assert record.high is not None
    unit = f", {record.unit}" if record.unit and " to " not in record.unit else ""  # '0 to 1' need not be said twice
    return f"{number(record.low)} to {number(record.high)}{unit}"


def expected(kind: type, record: Record) -> str:
    """Return what a setting must be: 'must be a whole number from 50 to 50,000,000'."""
    if record.options is not None:
        return f"must be {range_of(record)}"
    what = "a whole number" if kind is int else "a number"
    return f"must be {what} from {range_of(record)}"


def nearest(word: str, words: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the one of `words` that `word` was most likely meant to be, or None if there is none like it.

    Capitals, and whether words are joined by hyphens or underscores, do not matter.
    """
    plain = {_plain(one): one for one in words}
    close = get_close_matches(_plain(word[:_LONGEST_KEY]), plain, 1, cutoff)
    return plain[close[0]] if close else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_")


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return ' Did you mean X?' for the nearest of `words`, or nothing."""
    close = nearest(word, words)
    return "" if close is None else f" Did you mean {close}?"
