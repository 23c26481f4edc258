"""Says in words what a setting is: what `copro-sim explain` prints."""

from typing import Any

from copro_sim.core.params import Record
from copro_sim.scenario.check import unknown_setting
from copro_sim.scenario.problems import Problem, ScenarioError, number, range_of
from copro_sim.scenario.tables import AT_START, TABLES, Fields, may_change, setting_records

_COUNCILS = "population.councils"
_ABOUT_COUNCILS = """population.councils
  Councils to simulate, by English or Welsh name
  value    all 22
  range    any of the 22 councils of Wales, each once"""


def explanation(key: str) -> str:
    """Return all about one setting, or a list of the settings whose dotted keys begin with `key`.

    Parameters
    ----------
    key
        A dotted key such as 'funding.basis', a table, the beginning of either, or a last part that is the only one of
        its kind, such as 'basis'; empty for the list of tables.

    Raises
    ------
    ScenarioError
        If no setting is or begins so, with the nearest that there is.
    """
    known = setting_records()
    if not key:
        width = max(len(name) for name in TABLES)
        return "\n".join(f"{name:<{width}}  {_first_line(params)}" for name, params in TABLES.items())
    if key == _COUNCILS:
        return _ABOUT_COUNCILS
    if key in known:
        return _about(key, *known[key])
    if key in Fields.model_fields and key not in TABLES:
        return f"{key}\n  {Fields.model_fields[key].description}"
    inside = [name for name in known if name.startswith(key)]
    only = [name for name in known if name.rpartition(".")[2] == key]
    if inside:
        return _list(inside)
    if only:
        return "\n\n".join(_about(name, *known[name]) for name in only)
    raise ScenarioError([Problem(key=key, message=unknown_setting(key))])


def _list(keys: list[str]) -> str:
    width = max(len(key) for key in keys)
    records = setting_records()
    lines = [f"{key:<{width}}  {_value(records[key][1]):>8}  {records[key][1].meaning}" for key in keys]
    councils = [f"{_COUNCILS:<{width}}  {'all 22':>8}  Councils to simulate"] if "population.citizens" in keys else []
    return "\n".join(lines + councils)


def _value(record: Record) -> str:
    return str(record.value) if record.options is not None else number(record.value)


def _about(key: str, kind: type, record: Record) -> str:
    """Return every part of a record that says something, a line each."""
    parts: dict[str, Any] = {
        "value": _value(record),
        "range": range_of(record) if record.options is None else f"one of {range_of(record)}",
        "unit": record.unit,
        "kind": {int: "whole number", float: "number", str: "one of the words above"}.get(kind, ""),
        "futures": record.likely and f"varied from {number(record.likely[0])} to {number(record.likely[1])}",
        "source": record.source,
        "grade": record.grade,
        "role": record.role,
        "events": "may change it" if may_change(key) else "acts only when a run begins" if key in AT_START else "",
    }
    lines = [f"  {name:<9}{text}" for name, text in parts.items() if text]
    return "\n".join([key, f"  {record.meaning}", *lines])


def _first_line(params: type) -> str:
    return (params.__doc__ or "").split("\n")[0]
