"""A scenario: everything that a run assumes, frozen and checked whole, whether it came from a file or from Python."""

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Self

from copro_sim.core.params import ROLES, cast
from copro_sim.processes.month import Parameters
from copro_sim.scenario.arguments import is_whole, no_choice, refuse
from copro_sim.scenario.check import Places, problems_in, unknown_setting
from copro_sim.scenario.government import Settings
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.tables import POLICY, TABLES, Fields, setting_records

__all__ = ["Scenario", "Settings", "setting_records"]

_WORDS = ("name", "title", "question", "extends")
"""What a scenario says of itself, without effect on any number."""


class Scenario(Fields):
    """What a run assumes: immutable, and only ever whole and valid.

    Parameters
    ----------
    **raw
        Tables and their settings, as in a scenario file; what is left out is as in the parameter records.
        Only `question` must be given.

    Raises
    ------
    ScenarioError
        If anything is wrong, with every mistake in its `problems`.

    Examples
    --------
    >>> scenario = Scenario(question="What if nothing is co-produced?", run={"years": 5})
    >>> scenario.replace({"coproduction.practice_percent": 60}).get("coproduction.practice_percent")
    60.0
    """

    def __init__(self, **raw: Any) -> None:
        """Check everything, then build."""
        refuse(problems_in(raw))
        super().__init__(**raw)

    @classmethod
    def of(cls, raw: Mapping[str, Any], places: Places | None = None) -> Self:
        """Return the scenario that `raw` describes; problems name the file and line found in `places`."""
        refuse(_no_table("scenario", raw))
        if places is not None:
            refuse(problems_in(raw, places))
        return cls(**raw)

    def __repr__(self) -> str:
        """Return a line, for notebooks: all settings would fill pages."""
        size = f"{self.population.citizens:,} citizens, councils {len(self.population.councils)}, years {self.run.years}"
        return f"<Scenario {self.name}: {size}; .replace(), .get(), .dump()>"

    __str__ = __repr__

    def __hash__(self) -> int:
        """Return a hash of the content: equal scenarios have equal ones."""
        return hash(self.content_hash)

    def dump(self) -> dict[str, Any]:
        """Return everything as a plain nested dict, which `Scenario.of` reads back to an equal scenario."""
        tables = {name: getattr(self, name)._asdict() for name in TABLES}
        tables["population"]["councils"] = list(self.population.councils)
        return {**{word: getattr(self, word) for word in _WORDS}, **tables, "events": [e.dump() for e in self.events]}

    def replace(self, changes: Mapping[str, Any]) -> Self:
        """Return the scenario with other values, checked as a whole again.

        Parameters
        ----------
        changes
            New values by dotted key, such as {"population.citizens": 5_000, "run.years": 10}; whole tables may be
            given as nested dicts, `events` as a list of dicts.

        Raises
        ------
        ScenarioError
            If a key is unknown or a value is wrong, with every mistake in its `problems`.

        Examples
        --------
        >>> Scenario(question="What if?").replace({"run.years": 10}).run.years
        10
        """
        raw = self.dump()
        refuse(_no_table("changes", changes))
        refuse([problem for key, value in _flat(changes) for problem in _put(raw, key, value)])
        return type(self).of(raw)

    def get(self, key: str) -> Any:
        """Return the value of a dotted key such as 'funding.basis', or of a word such as 'title'.

        Raises
        ------
        ScenarioError
            If there is no such setting, with the nearest that there is.
        """
        value: Any = self.dump()
        for part in str(key).split("."):
            if not isinstance(value, dict) or part not in value:
                raise ScenarioError([Problem(key=str(key), message=unknown_setting(str(key)))])
            value = value[part]
        return value

    def council_names(self) -> tuple[str, ...]:
        """Return the English names of the councils simulated, in the order of their official codes."""
        return self.population.councils

    def parameters(self) -> Parameters:
        """Return the parameters of every process, of exactly their declared types."""
        return Parameters(*(getattr(self, name) for name in Parameters._fields))

    def settings_at(self, month: int) -> Settings:
        """Return what government has decided by `month` (0 is April 2013): the tables and all events up to it.

        Raises
        ------
        ScenarioError
            If the month is no whole number.
        """
        if not is_whole(month):
            message = "must be a whole number of months from April 2013: 0 is that month, 24 is April 2015"
            raise ScenarioError([Problem(key="month", value=month, message=message)])
        in_force = self._course[0][1]
        for since, settings in self._course:
            if since <= month:
                in_force = settings
        return in_force

    def with_zero(self, role: str) -> Self:
        """Return the scenario with every strength of one role at zero, in events too: that part switched off.

        Parameters
        ----------
        role
            "co-production", "investment" or "conventional harm".

        Raises
        ------
        ScenarioError
            If no record has that role, with those that there are.
        """
        refuse(no_choice("role", role, filter(None, ROLES)))
        return self.without(key for key, (_, record) in setting_records().items() if record.role == role)

    def without(self, keys: Iterable[str]) -> Self:
        """Return the scenario with these settings at zero, in events too.

        Parameters
        ----------
        keys
            Dotted names of settings that may be zero.

        Raises
        ------
        ScenarioError
            If one is unknown or may not be zero.
        """
        keys = list(keys)
        events = [e.dump() | {"set": {k: 0 if k in keys else v for k, v in e.set}} for e in self.events]
        return self.replace({**dict.fromkeys(keys, 0), "events": events})

    @property
    def content_hash(self) -> str:
        """SHA-256, in hexadecimal, of all that can change a number: not of names, titles or the question."""
        return self._content_hash

    @cached_property
    def _content_hash(self) -> str:
        content = {key: value for key, value in self.dump().items() if key not in _WORDS}
        events = sorted(self.events, key=lambda event: event.month)
        content["events"] = [[event.date, sorted(event.set)] for event in events]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @cached_property
    def _course(self) -> tuple[tuple[int, Settings], ...]:
        """The settings and the month since which they are in force, in order."""
        now = Settings(*(getattr(self, name) for name in Settings._fields))
        course = [(-(10**6), now)]
        for event in sorted(self.events, key=lambda event: event.month):
            now = _after(now, dict(event.set))
            course.append((event.month, now))
        return tuple(course)


def _after(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return `settings` with `changes` by dotted key."""
    tables = {name: getattr(settings, name)._asdict() for name in POLICY}
    for key, value in changes.items():
        table, _, leaf = key.partition(".")
        tables[table][leaf] = value
    return Settings(*(cast(TABLES[name], tables[name]) for name in Settings._fields))


def _no_table(name: str, given: Any) -> list[Problem]:
    """Return a problem if what should be settings by name is none, or a name is no text."""
    if isinstance(given, Mapping) and all(isinstance(key, str) for key in given):
        return []
    return [Problem(key=name, value=given, message='must be a dict of settings, such as {"run.years": 10}')]


def _flat(changes: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield dotted key and value of nested or dotted changes."""
    for key, value in changes.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", v) for inner, v in _flat(value))
        else:
            yield str(key), value


def _put(raw: dict[str, Any], key: str, value: Any) -> list[Problem]:
    """Set one dotted key in a dump; return a problem if it leads through something that is not a table."""
    *tables, leaf = key.split(".")
    inside: Any = raw
    for name in tables:
        inside = inside.setdefault(name, {})
        if not isinstance(inside, dict):
            return [Problem(key=key, message=unknown_setting(key))]
    inside[leaf] = copy.deepcopy(value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value)
    return []
