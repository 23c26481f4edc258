"""The plan of a study: all that decides what comes out of it, and how two plans differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from copro_sim.results.provenance import versions
from copro_sim.scenario.problems import shown
from copro_sim.scenario.schema import Scenario

Plan = dict[str, Any]


def plan_of(scenarios: tuple[Scenario, ...], *, futures: int, seed: int, engine: str, **more: Any) -> Plan:
    """Return what is to be run, as plain values that JSON can hold: scenarios in full, and all else that decides; versions."""
    dumps = [scenario.dump() for scenario in scenarios]
    return {"scenarios": dumps, "futures": futures, "seed": seed, "engine": engine, **more, "versions": versions()}


def differences(study: Plan, here: Plan) -> list[str]:
    """Return what differs between the plan of a study and another, a phrase for each setting."""
    theirs, ours = dict(_leaves(study)), dict(_leaves(here))
    keys = [key for key in theirs | ours if key not in theirs or key not in ours or theirs[key] != ours[key]]
    return [f"{key} is {_value(theirs, key)} in the study and {_value(ours, key)} here" for key in keys]


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of nested plain values by its dotted key."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, Mapping):
        inside = list(value.items())
    elif isinstance(value, list | tuple):
        inside = list(enumerate(value))
    if not inside:
        yield key, value
    for name, inner in inside:
        yield from _leaves(inner, f"{key}.{name}" if key else str(name))


def _value(leaves: Mapping[str, Any], key: str) -> str:
    return shown(leaves[key]) if key in leaves else "absent"
