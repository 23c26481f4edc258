"""Finds every mistake in what is asked of a sweep at once, each with its place in the study file."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from copro_sim.results.indicators import no_indicator
from copro_sim.scenario.arguments import LARGEST_SEED, is_whole
from copro_sim.scenario.check import unknown_setting
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.locate import KeyPath
from copro_sim.scenario.problems import NO_VALUE, Problem, ScenarioError, did_you_mean, expected, number
from copro_sim.scenario.schema import setting_records
from copro_sim.scenario.tables import TABLES

DESIGNS = ("grid", "list", "latin-hypercube", "sobol", "morris")
LISTS = ("grid", "list")
"""Designs of which every factor names its values; of all others, a range."""

MOST_RUNS = 1_000_000
LIMITS = {
    "points": (1, MOST_RUNS), "seeds": (1, 10_000), "seed": (0, LARGEST_SEED), "years": (1, 100), "citizens": (50, 50_000_000),
}  # fmt: skip
"""Whole numbers that may be given, and between what."""

ALIKE = {"run.years": "years", "population.citizens": "citizens"}
"""Settings that every run of a sweep has alike, and the key by which a study sets them."""

KNOWN = ("scenarios", "factors", "design", *LIMITS, "indicators")
_RANGE = ("low", "high")


class Faults:
    """Collects the mistakes of one study.

    Parameters
    ----------
    raw
        What was asked for, as nested dicts and lists.
    file, lines
        The file that it stands in, and on which line each key; None and nothing if it came from Python.
    """

    def __init__(self, raw: Mapping[str, Any], file: str | None, lines: Mapping[KeyPath, int]) -> None:
        """Remember what to check and where it stands."""
        self._raw, self._file, self._lines = raw, file, lines

    def found(self) -> list[Problem]:
        """Return every mistake, in the order of lines."""
        every = [
            *self._unknown(), *self._numbers(), *self._design(), *self._scenarios(), *self._indicators(), *self._factors(),
            *self._fitting(),
        ]  # fmt: skip
        return sorted(every or self._together(), key=lambda problem: problem.line or 0)

    def placed(self, problem: Problem) -> Problem:
        """Return what is wrong with a scenario at a point of the design, at the line that brought it about."""
        if problem.file is not None:
            return problem
        own = ALIKE.get(problem.key, problem.key)
        path = (own,) if own in self._raw else ("factors", problem.key)
        return self._at(path, problem.message, problem.value, key=own)

    def _at(self, path: KeyPath, message: str, value: Any = NO_VALUE, *, key: str | None = None) -> Problem:
        """Return a mistake with its name, and the line of the nearest key around it."""
        line = next((self._lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._lines), 1)
        name = ".".join(str(part) for part in path if isinstance(part, str)) if key is None else key
        return Problem(message=message, key=name, value=value, file=self._file, line=line if self._file else None)

    def _unknown(self) -> Iterator[Problem]:
        for key in self._raw:
            if key not in KNOWN:
                meant = f' Settings to vary stand under [factors], as "{key}.NAME".' if key in TABLES else ""
                hint = meant or did_you_mean(str(key), KNOWN) or f" There are {', '.join(KNOWN)}."
                yield self._at((key,), f"unknown key.{hint}")
        for key in ("scenarios", "factors"):
            if key not in self._raw:
                yield self._at((key,), "must be given")

    def _numbers(self) -> Iterator[Problem]:
        for key, (low, high) in LIMITS.items():
            value = self._raw.get(key, low)
            if not (is_whole(value) and low <= value <= high):
                yield self._at((key,), f"must be a whole number from {number(low)} to {number(high)}", value)

    def _design(self) -> Iterator[Problem]:
        design = self._raw.get("design", DESIGNS[0])
        if design not in DESIGNS:
            hint = did_you_mean(design, DESIGNS) if isinstance(design, str) else ""
            yield self._at(("design",), f"must be one of {', '.join(DESIGNS)}.{hint}", design)

    def _names(self, key: str) -> Iterator[tuple[int, str]]:
        """Yield what a list of names holds; nothing if it is none (which `_listed` says)."""
        names = self._raw.get(key, [])
        yield from ((k, name) for k, name in enumerate(names if isinstance(names, list | tuple) else []) if isinstance(name, str))

    def _listed(self, key: str, of: str) -> Iterator[Problem]:
        names = self._raw.get(key)
        if key in self._raw and not (isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)):
            yield self._at((key,), f"must be a list of names of {of}", names)
        given = [name for _, name in self._names(key)]
        for name in sorted({name for name in given if given.count(name) > 1}):
            yield self._at((key,), "is there more than once", name)

    def _scenarios(self) -> Iterator[Problem]:
        yield from self._listed("scenarios", "scenarios, or paths")
        if self._raw.get("scenarios") in ([], ()):
            yield self._at(("scenarios",), "must name at least one scenario")
        for k, name in self._names("scenarios"):
            try:
                load_scenario(name)
            except ScenarioError as error:
                for one in error.problems:
                    value = NO_VALUE if one.file is None else one.file  # the file that was looked for
                    yield one if one.line else self._at(("scenarios", k), one.message, value)

    def _indicators(self) -> Iterator[Problem]:
        yield from self._listed("indicators", "indicators")
        for k, name in self._names("indicators"):
            yield from (self._at(("indicators", k), problem.message, name) for problem in no_indicator(name))

    def _factors(self) -> Iterator[Problem]:
        factors = self._raw.get("factors", {"": []})
        if not isinstance(factors, Mapping) or not factors:
            yield self._at(("factors",), 'must be a table of settings, such as "funding.clawback" = [0.0, 0.5]', factors)
            return
        for key, given in factors.items():
            path: KeyPath = ("factors", key)
            if key == "":
                continue
            if key in TABLES and isinstance(given, Mapping):
                inner = next(iter(given), "NAME")
                yield self._at(path, f'is a table: write each setting as one name in quotes, "{key}.{inner}"')
            elif key in ALIKE:
                yield self._at(path, f"is no factor: it is set for all runs alike, by {ALIKE[key]} = ... above [factors]")
            elif key not in setting_records():
                yield self._at(path, unknown_setting(str(key)))
            elif setting_records()[key][0] not in (int, float):
                yield self._at(path, "only settings that are numbers can be swept")
            else:
                yield from self._values(path, key, given)

    def _values(self, path: KeyPath, key: str, given: Any) -> Iterator[Problem]:
        """Yield what is wrong with the values or the range of one factor."""
        if isinstance(given, Mapping):
            for name in given:
                if name not in _RANGE:
                    yield self._at((*path, name), f"unknown key.{did_you_mean(str(name), _RANGE)}")
            values = {(*path, name): given.get(name) for name in _RANGE}
        elif isinstance(given, list | tuple) and given:
            values = {(*path, k): value for k, value in enumerate(given)}
        else:
            yield self._at(path, "must be a list of values, or a range {low = ..., high = ...}", given)
            return
        wrong = [where for where, value in values.items() if not _possible(key, value, whole=not isinstance(given, Mapping))]
        for where in wrong:
            yield self._at(where, expected(*setting_records()[key]), NO_VALUE if values[where] is None else values[where])
        if isinstance(given, Mapping) and not wrong and not given["low"] < given["high"]:
            yield self._at(path, f"low must be below high: {given['low']:g} is not below {given['high']:g}")

    def _fitting(self) -> Iterator[Problem]:
        """Yield what does not fit the design, whatever else is wrong."""
        design, factors, points = self._raw.get("design", DESIGNS[0]), self._raw.get("factors"), self._raw.get("points", 1)
        for key, given in factors.items() if isinstance(factors, Mapping) and design in DESIGNS else ():
            swept = key in setting_records() and key not in ALIKE
            if swept and isinstance(given, list | tuple if design not in LISTS else Mapping):
                a_range = "a range {low = ..., high = ...}, not a list of values"
                wants = "a list of values, not a range" if design in LISTS else a_range
                yield self._at(("factors", key), f"a {design} needs {wants}")
        if design == "sobol" and is_whole(points) and points > 0 and points & (points - 1):
            yield self._at(("points",), "Sobol's sample needs a power of two", points)

    def _together(self) -> list[Problem]:
        """Return what is wrong with all of it where nothing is wrong with any of it."""
        design = self._raw.get("design", DESIGNS[0])
        lengths = {key: len(given) for key, given in self._raw["factors"].items()}
        if design == "list" and len(set(lengths.values())) > 1:
            return [self._at(("factors",), f"a list needs as many values of each factor, not {lengths}")]
        points = points_of(design, list(lengths.values()), self._raw.get("points", 1))
        runs = points * len(self._raw["scenarios"]) * self._raw.get("seeds", 1)
        if runs > MOST_RUNS:
            message = f"are {runs:,} runs with scenarios and seeds, and at most {MOST_RUNS:,} can be asked for"
            return [self._at(("factors",), message)]
        return []


def points_of(design: str, lengths: Sequence[int], points: int) -> int:
    """Return how many points a design of factors with so many values has."""
    factors = len(lengths)
    each = {"list": lengths[0], "grid": prod(lengths), "sobol": points * (factors + 2), "morris": points * (factors + 1)}
    return each.get(design, points)


def _possible(key: str, value: Any, *, whole: bool) -> bool:
    """Return whether a setting may have a value; a range of whole numbers may have ends that are none."""
    kind, record = setting_records()[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    assert record.low is not None
    assert record.high is not None
    return record.low <= value <= record.high and not (kind is int and whole and value != int(value))
