"""Bad input, generated: every setting with every fault that it can have, and every word with a letter gone wrong."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

from copro_sim.scenario.schema import setting_records
from copro_sim.scenario.tables import TABLES

QUESTION = 'question = "What if?"\n'
LINE = 3
"""On which a faulty setting stands in the text of a case."""


class Fault(NamedTuple):
    """A setting with one thing wrong: as it stands in a file, and as it comes from Python (`NO_VALUE`: it cannot)."""

    key: str
    kind: str
    text: str
    """Of the whole file."""
    line: int
    changes: dict[str, Any] | None
    """For `Scenario.replace`; None where only a file can have this fault."""
    named: str
    """The key as the refusal has it."""

    @property
    def name(self) -> str:
        """A file name."""
        return f"{self.key}-{self.kind}.toml"


def faults(table: str) -> Iterator[Fault]:
    """Yield every fault of every setting of a table."""
    for key, (kind, record) in setting_records().items():
        if key.startswith(f"{table}."):
            wrong = _words() if record.options is not None else _numbers(kind, record)
            for name, (shown, value) in wrong.items():
                yield _fault(key, name, shown, value)
            yield from _misplaced(key, record.value)


def _numbers(kind: type, record: Any) -> dict[str, tuple[str, Any]]:
    """Return values that no number may have: as TOML has them, and as Python does."""
    huge = 10**400
    wrong = {
        "text": ('"1"', "1"), "empty-text": ('""', ""), "true": ("true", True), "false": ("false", False),
        "nan": ("nan", float("nan")), "infinity": ("inf", float("inf")), "minus-infinity": ("-inf", float("-inf")),
        "below": (f"{record.low - 1}", record.low - 1), "above": (f"{record.high + 1}", record.high + 1),
        "huge": (f"{huge}", huge), "minus-huge": (f"-{huge}", -huge), "list": ("[1]", [1]), "empty-list": ("[]", []),
        "date": ("2018-04-01", None), "too-large-for-a-float": ("1e999", 1e999),
    }  # fmt: skip
    if record.low > 0:
        wrong |= {"zero": ("0", 0), "negative": ("-1", -1)}
    elif record.low == 0:
        wrong |= {"just-below": ("-1e-9", -1e-9)}
    if kind is int:
        wrong |= {"fraction": (f"{record.low}.5", record.low + 0.5)}
    return wrong


def _words() -> dict[str, tuple[str, Any]]:
    """Return values that no choice of words may have."""
    return {
        "other-word": ('"neither"', "neither"), "empty-text": ('""', ""), "number": ("1", 1), "true": ("true", True),
        "nan": ("nan", float("nan")), "list": ('["actual"]', ["actual"]), "date": ("2018-04-01", None),
        "long": (f'"{"x" * 5000}"', "x" * 5000),
    }  # fmt: skip


def _fault(key: str, kind: str, shown: str, value: Any) -> Fault:
    table, _, leaf = key.partition(".")
    return Fault(key, kind, f"{QUESTION}[{table}]\n{leaf} = {shown}\n", LINE, {key: value}, key)


def _misplaced(key: str, usual: Any) -> Iterator[Fault]:
    """Yield a setting whose value is right but whose name or place is not."""
    table, _, leaf = key.partition(".")
    value = f'"{usual}"' if isinstance(usual, str) else str(usual)
    other = next(name for name in sorted(TABLES) if f"{name}.{leaf}" not in setting_records())
    yield Fault(key, "twice", f"{QUESTION}[{table}]\n{leaf} = {value}\n{leaf} = {value}\n", LINE + 1, None, key)
    yield Fault(
        key, "wrong-table", f"{QUESTION}[{other}]\n{leaf} = {value}\n", LINE, {f"{other}.{leaf}": usual}, f"{other}.{leaf}"
    )
    inside = f"{key}.inside"
    yield Fault(key, "table", f"{QUESTION}[{inside}]\nx = 1\n", 2, {f"{inside}.x": 1}, f"{key}")
    upper = leaf.upper()
    yield Fault(
        key, "capitals", f"{QUESTION}[{table}]\n{upper} = {value}\n", LINE, {f"{table}.{upper}": usual}, f"{table}.{upper}"
    )


KINDS = ("deletion", "transposition", "doubling", "substitution")


def misspelt(word: str, kind: str, place: int) -> str:
    """Return a word with one letter gone wrong at a place, counted from 0."""
    before, here, after = word[:place], word[place : place + 1], word[place + 1 :]
    if kind == "deletion":
        return before + after
    if kind == "doubling":
        return before + here + here + after
    if kind == "transposition":
        return before + after[:1] + here + after[1:]
    return before + chr(ord("a") + (ord(here) - ord("a") + 1 + crc32(f"{word}{place}".encode()) % 25) % 26) + after


def typos(word: str, *, places: int | None = None) -> Iterator[str]:
    """Yield misspellings of a word, each once: every kind at `places` generated places, or at every place."""
    found = set()
    for kind in KINDS:
        every = range(len(word) - (kind == "transposition"))
        first = crc32(f"{word}{kind}".encode())
        chosen = every if places is None else {every[(first + k * 7919) % len(every)] for k in range(places)}
        found |= {misspelt(word, kind, place) for place in chosen}
    yield from sorted(found - {word, ""})
