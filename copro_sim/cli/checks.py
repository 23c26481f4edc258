"""Whatever is given on the command line, checked: everything that is wrong is said at once, before anything runs."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copro_sim.language import SPOKEN

if TYPE_CHECKING:
    from copro_sim.interchange.population import Population
    from copro_sim.scenario.problems import Problem
    from copro_sim.scenario.schema import Scenario

ALL_STANCES = "all"
_IN_ORDER = ("lang", "stance", "citizens", "years", "futures", "seed", "engine", "workers", "keep", "port")

_CHANGES = {"population.citizens": "citizens", "run.years": "years"}
"""Settings that an option of the command line replaces."""


def all_checked(
    names: tuple[str, ...], given: dict[str, str | None], folder: Path, engines: tuple[str, ...], *, fewest: int = 1,
    snapshots: str | None = None, place: str | None = None, population: str | None = None,
    choices: dict[str, tuple[str, tuple[str, ...]]] | None = None,
) -> tuple["list[Scenario]", dict[str, Any], "Population | None"]:
    """Return scenarios, numbers and a population, or refuse with everything that is wrong with them and with the folders."""
    from copro_sim.scenario.problems import Problem, ScenarioError, did_you_mean

    numbers, problems = numbers_of(given, engines)
    for option, (text, known) in (choices or {}).items():
        if text not in known:
            message = f"must be {' or '.join(known)}.{did_you_mean(text, known)}"
            problems.append(Problem(key=option, value=text, message=message))
    changes = {key: numbers[o] for key, o in _CHANGES.items() if numbers.get(o) is not None}
    chosen = []
    for name in names:
        try:
            chosen.append(_loaded(name, changes))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if len(names) < fewest:
        problems.append(Problem(key="SCENARIOS", message=f"name at least {fewest} to compare, or none for the usual four"))
    called = [scenario.name for scenario in chosen]
    twice = sorted({name for name in called if called.count(name) > 1})
    problems += [Problem(key="SCENARIOS", value=name, message="is there more than once") for name in twice]
    people, wrong = population_in(population)
    problems += wrong
    if population is not None and given.get("citizens") is not None:
        problems.append(Problem(key="--citizens", message="cannot be chosen: the population has as many as it has; leave it out"))
    if people is not None:
        chosen = [people.of(scenario) for scenario in chosen]
    if fewest > 1:
        from copro_sim.scenario.futures import unlike

        problems += unlike(chosen)
    if place is not None:
        from copro_sim.comparison.places import problems_of

        wrong = problems_of(place, chosen[0].council_names() if chosen else None)
        problems += [replace(problem, key="--place") for problem in wrong]
    problems += unwritable("--out", folder) + ([] if snapshots is None else unwritable("--snapshots", Path(snapshots)))
    if problems:
        raise ScenarioError(problems)
    return chosen, numbers, people


def population_in(folder: str | None) -> tuple["Population | None", "list[Problem]"]:
    """Return the population in a folder, or all that is wrong with it."""
    if folder is None:
        return None, []
    from copro_sim.interchange.population import load_population
    from copro_sim.scenario.problems import ScenarioError

    try:
        return load_population(folder), []
    except ScenarioError as error:
        return None, error.problems


def _loaded(name: str, changes: dict[str, Any]) -> "Scenario":
    from copro_sim.scenario.load import load_scenario

    scenario = load_scenario(name)
    return scenario.replace(changes) if changes else scenario


def numbers_of(given: dict[str, str | None], engines: tuple[str, ...]) -> tuple[dict[str, Any], "list[Problem]"]:
    """Return the options that are numbers as numbers, and a problem for each that is not what it must be."""
    from copro_sim.scenario.arguments import LIMITS
    from copro_sim.scenario.problems import Problem, did_you_mean
    from copro_sim.scenario.schema import setting_records
    from copro_sim.scenario.stances import STANCES

    words = {"lang": tuple(SPOKEN), "stance": (*STANCES, ALL_STANCES)}
    records: dict[str, Any] = {option: setting_records()[key][1] for key, option in _CHANGES.items()}
    limits = LIMITS | {option: (record.low, record.high) for option, record in records.items()}
    numbers: dict[str, Any] = {}
    problems = []
    for option in (name for name in _IN_ORDER if name in given):
        text = given[option]
        if option in words and text not in words[option]:
            message = f"must be one of {', '.join(words[option])}.{did_you_mean(text or '', words[option])}"
            problems.append(Problem(key=f"--{option}", value=text, message=message))
        elif option == "engine" and text not in engines:
            message = f"must be {' or '.join(engines)}.{did_you_mean(text or '', engines)}"
            problems.append(Problem(key="--engine", value=text, message=message))
        elif option in limits:
            low, high = limits[option]
            number = numbers[option] = _whole(text)
            if text is not None and not (number is not None and low <= number <= high):
                message = f"must be a whole number from {low} to {high:,}"
                problems.append(Problem(key=f"--{option}", value=text if number is None else number, message=message))
                numbers[option] = None
    return numbers, problems


def _whole(text: str | None) -> int | None:
    """Return a whole number, which may have underscores or commas between its digits; None if it is none."""
    try:
        return int(text.replace(",", "_")) if text is not None and text.isascii() else None
    except ValueError:
        return None


def unwritable(option: str, folder: Path) -> "list[Problem]":
    """Return a problem if nothing could be written into `folder`; try it, and leave no trace."""
    from copro_sim.scenario.problems import Problem

    made: list[Path] = []
    try:
        for path in [*reversed(folder.parents), folder]:
            if not path.exists():
                path.mkdir()
                made.append(path)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return [Problem(key=option, value=str(folder), message=f"cannot be written: {why[:1].lower()}{why[1:]}")]
    finally:
        for path in reversed(made):
            path.rmdir()
    return []


def needs(extra: str) -> click.ClickException:
    """Return what refuses a command whose extra is not installed."""
    return click.ClickException(f"needs the extra {extra}: install copro-sim[{extra}]")
