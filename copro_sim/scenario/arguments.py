"""Checks what is given beside a scenario, from Python or on the command line: numbers, names and switches, all at once."""

from collections.abc import Iterable
from numbers import Integral
from pathlib import Path
from typing import Any

from copro_sim.scenario.problems import Problem, ScenarioError, did_you_mean, number

LARGEST_SEED = 2**63 - 1
LIMITS = {
    "seed": (0, LARGEST_SEED), "futures": (1, 10_000), "years": (1, 100), "workers": (1, 1024), "runs": (1, 10_000_000),
    "keep": (1, 100), "memory": (0, 2**63 - 1), "points": (2, 1000), "leaves": (2, 1000), "port": (1024, 65535),
}  # fmt: skip
"""Between what each whole number must be, ends included."""

_MAY_BE_LEFT_OUT = ("years", "workers", "memory")


def is_whole(value: Any) -> bool:
    """Return whether a value is a whole number, of Python or NumPy, and no truth value."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def numbers_wrong(**given: Any) -> list[Problem]:
    """Return a problem for each number in `LIMITS` that is not a whole number within its limits."""
    found = []
    for key, value in given.items():
        low, high = LIMITS[key]
        if not (is_whole(value) and low <= value <= high) and not (value is None and key in _MAY_BE_LEFT_OUT):
            message = f"must be a whole number from {number(low)} to {number(high)}"
            found.append(Problem(key=key, value=value, message=message))
    return found


def no_choice(key: str, value: Any, options: Iterable[str]) -> list[Problem]:
    """Return a problem if a value is none of the options."""
    options = tuple(options)
    if isinstance(value, str) and value in options:
        return []
    hint = did_you_mean(value, options) if isinstance(value, str) else ""
    said = f"{', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else options[0]
    return [Problem(key=key, value=value, message=f"must be {said}.{hint}")]


def others_wrong(*, resume: Any = False, progress: Any = None, **paths: Any) -> list[Problem]:
    """Return a problem for each switch, function or path that is none."""
    found = []
    if not isinstance(resume, bool):
        found.append(Problem(key="resume", value=resume, message="must be True or False"))
    if progress is not None and not callable(progress):
        found.append(Problem(key="progress", value=progress, message="must be a function of (done, all), or be left out"))
    for key, value in paths.items():
        if value is not None and not (isinstance(value, str | Path) and str(value).strip()):
            found.append(Problem(key=key, value=value, message="must be a path, or be left out"))
    return found


def refuse(problems: Iterable[Problem]) -> None:
    """Raise one ScenarioError that lists all problems, if there are any."""
    if problems := list(problems):
        raise ScenarioError(problems)
