"""Finds every mistake in a scenario at once: unknown keys, wrong values, and settings that contradict each other."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from copro_sim.core.units import MONTHS_PER_YEAR, month_label
from copro_sim.scenario.problems import NO_VALUE, Problem, expected, nearest, range_of, shown, shown_key
from copro_sim.scenario.tables import AT_START, POLICY, TABLES, Fields, dotted, may_change, setting_records

Path = tuple[str | int, ...]
Places = Mapping[Path, tuple[str, int]]
"""File and line of every key path of a scenario that was read from files."""

FEWEST_PER_COUNCIL = 50
_TOP = ("name", "title", "question", "extends", "events")
_EVENT = ("date", "title", "set")
_NOTHING_HAPPENS = {"date": month_label(0), "set": {}}
_TEXTS = ("name", "title", "question", "extends", "date")


class Fault(NamedTuple):
    """A mistake and the path of keys at which it was found."""

    path: Path
    message: str
    value: Any = NO_VALUE


def problems_in(raw: Mapping[str, Any], places: Places | None = None, *, whole: bool = True) -> list[Problem]:
    """Return every problem of what was written, in the order of files and lines; none if it is a valid scenario.

    Parameters
    ----------
    raw
        A scenario as nested dicts and lists, as TOML gives it.
    places
        Where each key stands, if it was read from files.
    whole
        False if what it builds on could not be read: settings that are not in `raw` are then unknown, and contradict nothing.
    """
    scenario: Fields | None
    faults: list[Fault] = []
    try:
        scenario = Fields.model_validate(dict(raw))
    except ValidationError as error:
        faults = _faults(error, raw)
        scenario = _mended(raw, faults)
    faults += [fault for fault in _contradictions(scenario, raw, places or {}, whole=whole) if not _touched(fault.path, faults)]
    return in_order([_problem(fault, places or {}) for fault in faults], places or {})


def in_order(problems: list[Problem], places: Places) -> list[Problem]:
    """Return problems in the order of files and lines; last, those of a file of which no key was read."""
    files = list(dict.fromkeys(file for file, _ in places.values()))
    rank = {file: k for k, file in enumerate(files)}
    return sorted(problems, key=lambda p: (rank.get(p.file, len(files)) if p.file else 0, p.line or 0))


def unknown_setting(key: str) -> str:
    """Return what to say of a dotted key that is no setting, with the nearest one that is."""
    close = nearest_setting(key)
    if close is None:
        return "unknown setting. `copro-sim explain` lists them all"
    if close in TABLES or close in _TOP:
        return f"unknown {'table' if close in TABLES else 'setting'}. Did you mean {close}?"
    table, _, leaf = close.rpartition(".")
    name = leaf if key.startswith(f"{table}.") else close
    kind_and_record = setting_records().get(close)
    about = f" ({range_of(kind_and_record[1])})" if kind_and_record else ""
    return f"unknown setting. Did you mean {name}{about}?"


def nearest_setting(key: str) -> str | None:
    """Return the dotted key, table or top-level name that `key` was most likely meant to be."""
    known = [*setting_records(), "population.councils"]
    table, _, leaf = key.rpartition(".")
    elsewhere = [name for name in known if name.rpartition(".")[2] == leaf]
    if elsewhere:
        return nearest(key, elsewhere, cutoff=0.0)
    close = nearest(leaf, [name.removeprefix(f"{table}.") for name in known if name.startswith(f"{table}.")])
    if table in TABLES and close:
        return f"{table}.{close}"
    return nearest(key, known if table in TABLES else [*known, *TABLES, *_TOP]) or _nearest_leaf(leaf, known)


def _nearest_leaf(leaf: str, known: list[str]) -> str | None:
    close = nearest(leaf, [name.rpartition(".")[2] for name in known], cutoff=0.75)
    return next((name for name in known if name.rpartition(".")[2] == close), None)


def _faults(error: ValidationError, raw: Mapping[str, Any]) -> list[Fault]:
    """Return what pydantic found, in our words; what stands in a misspelt table is checked as in the table meant."""
    found = [_in_words(e) for e in error.errors(include_url=False)]
    misspelt = [str(fault.path[0]) for fault in found if len(fault.path) == 1]
    for name in misspelt:
        meant, contents = nearest_setting(name), raw.get(name)
        if name not in TABLES and meant in TABLES and meant not in raw and isinstance(contents, Mapping):
            inside = _faults_alone({meant: contents})
            found += [Fault((name, *fault.path[1:]), fault.message, fault.value) for fault in inside]
    return found


def _faults_alone(tables: Mapping[str, Any]) -> list[Fault]:
    """Return the faults of some tables on their own."""
    try:
        Fields.model_validate({"question": "?", **tables})
    except ValidationError as error:
        return [_in_words(e) for e in error.errors(include_url=False)]
    return []


def _in_words(error: Any) -> Fault:
    """Return one of pydantic's errors as a fault."""
    path: Path = error["loc"]
    if error["type"] == "missing":
        return Fault(path, _missing(path))
    if error["type"] == "extra_forbidden":
        return Fault(path, _unknown(path))
    if error["type"] == "said":
        return Fault(path, error["msg"], error["input"])
    return Fault(path, _wrong(path), error["input"])


_WANTED = {
    "question": "say in a sentence or two what this scenario asks",
    "date": 'say when it happens, such as date = "2018-04"',
    "set": 'say what changes, such as set = { "funding.basis" = "restored" }',
}


def _missing(path: Path) -> str:
    return f"missing: {_WANTED[str(path[-1])]}"


def _unknown(path: Path) -> str:
    if path[0] != "events":
        return unknown_setting(".".join(map(str, path)))
    key = str(path[-1])
    if len(path) == 3:
        close = nearest(key, _EVENT)
        return f"unknown setting. Did you mean {close}?" if close else f"unknown setting; it may be {', '.join(_EVENT)}"
    if key in setting_records():
        return _not_in_events(key)
    close = nearest(key, setting_records())
    if close is None:
        return unknown_setting(key)
    if not may_change(close):
        return f"unknown setting. Did you mean {close}? It {_not_in_events(close)}"
    return f"unknown setting. Did you mean {close} ({range_of(setting_records()[close][1])})?"


def _not_in_events(key: str) -> str:
    """Return why an event cannot set a setting."""
    if key in AT_START:
        return "acts only when a run begins: set it in its own table, not in an event"
    return f"cannot change during a run: events may set {', '.join(POLICY[:-1])} and {POLICY[-1]}"


def _wrong(path: Path) -> str:
    """Return what should have stood at `path`."""
    last = str(path[-1])
    if path[0] == "events":
        if last in setting_records():
            return expected(*setting_records()[last])
        wanted = {"set": 'must be a table, such as { "funding.basis" = "restored" }', "events": "must be [[events]] tables"}
        text = 'must be a year and a month, such as "2018-04"' if last == "date" else "must be text in quotes"
        return wanted.get(last, text if last in _EVENT else "must be a table [[events]]")
    key = ".".join(map(str, path))
    if key in setting_records():
        return expected(*setting_records()[key])
    if key == "population.councils":
        return "must be a list of names of councils"
    return "must be text in quotes" if last in _TEXTS else f"must be a table, [{last}]"


def _mended(raw: Mapping[str, Any], faults: list[Fault]) -> Fields | None:
    """Return the scenario without its faults, so that what is left can still be checked for contradictions."""
    rest = copy.deepcopy(dict(raw))
    rest["question"] = "?"
    for fault in faults:
        kind, *more = fault.path
        if kind == "events" and more and isinstance(more[0], int):
            rest["events"][more[0]] = dict(_NOTHING_HAPPENS)
        elif kind != "question":
            _drop(rest, fault.path)
    try:
        return Fields.model_validate(rest)
    except ValidationError:
        return None


def _drop(table: dict[str, Any], path: Sequence[Any]) -> None:
    """Take what stands at `path` out of nested dicts; of a list, the whole list."""
    key, *more = path
    if more and isinstance(table.get(key), dict):
        _drop(table[key], more)
    else:
        table.pop(key, None)


def _touched(path: Path, faults: list[Fault]) -> bool:
    return any(fault.path[: len(path)] == path for fault in faults)


def _contradictions(scenario: Fields | None, raw: Mapping[str, Any], places: Places, *, whole: bool) -> Iterator[Fault]:
    """Yield settings that are each possible but not together; where not all is known, of those that were given together."""
    if scenario is None:
        return
    given = set(dotted(raw))
    people, councils = scenario.population.citizens, len(scenario.population.councils)
    fewest = FEWEST_PER_COUNCIL * councils
    if people < fewest and (whole or {"population.citizens", "population.councils"} <= given):
        message = f"is too few: {councils} councils need at least {fewest:,}; name fewer in population.councils"
        yield Fault(("population", "citizens"), message, people)
    values = _policy(scenario)
    yield from _reversed(values, given, whole=whole)
    last = scenario.run.years * MONTHS_PER_YEAR - 1
    for k, event in sorted(enumerate(scenario.events), key=lambda pair: pair[1].month):
        if not 0 <= event.month <= last and (whole or "run.years" in given):
            message = f"is outside the run, which lasts from {month_label(0)} to {month_label(last)}"
            yield Fault(("events", k, "date"), message, event.date)
        values |= dict(event.set)
        for fault in _reversed(values, {key for key, _ in event.set}, whole=whole):
            yield fault._replace(path=("events", k, "set", ".".join(map(str, fault.path))))
    yield from _idle_events(raw.get("events"))
    yield from _set_twice(scenario, places)


def _idle_events(events: Any) -> Iterator[Fault]:
    """Yield the events, as they were written, that set nothing."""
    for k, event in enumerate(events if isinstance(events, list | tuple) else ()):
        if isinstance(event, Mapping) and event.get("set") == {}:
            yield Fault(("events", k, "set"), f"sets nothing: {_WANTED['set']}", {})


def _set_twice(scenario: Fields, places: Places) -> Iterator[Fault]:
    """Yield what two events of the same month set to different values."""
    before: dict[tuple[int, str], tuple[Path, Any]] = {}
    for k, event in enumerate(scenario.events):
        for key, value in event.set:
            path: Path = ("events", k, "set", key)
            other, was = before.setdefault((event.month, key), (path, value))
            if was != value:
                file, line = _place(other, places)
                where = f"events[{other[1]}]" if line is None else f"line {line}" if file == _place(path, places)[0] else file
                yield Fault(path, f"is {shown(was)} by another event of {event.date}, in {where}: keep one", value)


def _policy(scenario: Fields) -> dict[str, Any]:
    """Return the policy settings by dotted key."""
    return dict(dotted({name: getattr(scenario, name)._asdict() for name in POLICY}))


_ORDERED = (
    ("coproduction.practice_from_year", "coproduction.practice_until_year"),
    ("council.tightens_below", "council.widens_above"),
)
"""Pairs of which the first must not be greater than the second."""


def _reversed(values: Mapping[str, Any], given: set[str], *, whole: bool) -> Iterator[Fault]:
    """Yield the pairs in `_ORDERED` that are the wrong way round, of which one is `given` here, or both if not all is known."""
    for low, high in _ORDERED:
        pair = {low, high}
        if values[low] > values[high] and (given & pair if whole else pair <= given):
            key, relation, other = (low, "greater", high) if low in given else (high, "less", low)
            yield Fault(tuple(key.split(".")), f"must not be {relation} than {other}, which is {values[other]}", values[key])


def _problem(fault: Fault, places: Places) -> Problem:
    """Return a fault with its name for people and its place in a file."""
    file, line = _place(fault.path, places)
    return Problem(message=fault.message, key=_name(fault.path, line), value=fault.value, file=file, line=line)


def _name(path: Path, line: int | None) -> str:
    """Return a path as people write it; without a line to tell events apart, they are counted from 0."""
    words = [shown_key(part) for part in path if isinstance(part, str)]
    if path[0] != "events" or len(path) == 1:
        return ".".join(words)
    in_event = words[-1:] if "set" in words[1:-1] else words[1:]
    return ".".join(in_event or words) if line is not None else ".".join([f"events[{path[1]}]", *in_event])


def _place(path: Path, places: Places) -> tuple[str | None, int | None]:
    """Return file and line of a path, or of the nearest table around it."""
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return None, None
