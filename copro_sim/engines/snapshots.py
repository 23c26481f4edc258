"""Snapshots: a run as it stood in an April, from which it goes on as if it had never stopped.

A folder holds one folder for each April kept: all numbers in compressed NetCDF, and last the provenance with its checksum, so
that a snapshot is whole or does not count. It holds the citizens and what was counted; what governments decided and how they
came to it follows from these, the scenario and the seed.
"""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import xarray

from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR
from copro_sim.results.export import PROVENANCE, load_dataset, load_provenance, save, write_dataset
from copro_sim.results.provenance import provenance, versions
from copro_sim.results.tallies import Tallies
from copro_sim.scenario.arguments import numbers_wrong, refuse
from copro_sim.scenario.problems import Problem, ScenarioError, shown
from copro_sim.scenario.schema import Scenario
from copro_sim.state.columns import Citizens, Communities
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_NUMBERS = "snapshot.nc"
_NAME = "april-{}"
_NO_DIFFERENCE = ("name", "title", "question", "extends", "run")
"""What a run that goes on may have otherwise: what it is called, and how long it is."""

_MOST_DIFFERENCES = 3
_CITIZENS, _COMMUNITIES = "citizens_", "communities_"


class Snapshot(NamedTuple):
    """A run in April, before government decides."""

    state: State
    weights: Array
    """Real people for each simulated citizen, float64 [authority]."""
    settled: Array
    """Tallies of the run-in's last year, int64 [12 months, authority, tally]."""
    tallies: Tallies
    """Of the years lived."""


def write_snapshot(folder: Path, snapshot: Snapshot, scenario: Scenario, *, seed: int, engine: str, keep: int = 1) -> Path:
    """Write a snapshot into `folder`, made if it is not there, and return where it is.

    Parameters
    ----------
    folder
        Holds the snapshots of one run.
    snapshot
        What to write.
    scenario, seed, engine
        Of the run; whoever continues it must name the same scenario and seed.
    keep
        How many of the latest snapshots stay; older ones are removed once this one is whole.
    """
    year = START_YEAR + snapshot.state.month // MONTHS_PER_YEAR
    place = folder / _NAME.format(year)
    _remove(place)
    about = provenance((scenario,), seed=seed, engine=engine)
    save(place, {_NUMBERS: lambda path: write_dataset(_dataset(snapshot), path)}, about)
    for older in _aprils(folder)[:-keep]:
        _remove(folder / _NAME.format(older))
    return place


def read_snapshot(folder: Path, scenario: Scenario, *, seed: int) -> Snapshot | None:
    """Return the latest snapshot in `folder`, or None if there is none.

    Raises
    ------
    ScenarioError
        If it is damaged, or of another scenario, seed or version, or from after the scenario's last year.
    """
    years = _aprils(folder)
    if not years:
        return None
    place = folder / _NAME.format(years[-1])
    try:
        about = load_provenance(place)
        different = _differences(about, scenario, seed)
        if different:
            raise ValueError(f"is of another run: {'; '.join(different)}. Run what it is of, or give an empty folder")
        data = load_dataset(place / _NUMBERS)
    except ValueError as error:
        raise _refusal(place, str(error)) from None
    snapshot = _snapshot(data)
    if len(snapshot.tallies.group) != years[-1] - START_YEAR:
        raise _refusal(place, f"is not of April {years[-1]}: name it as it was, or give an empty folder")
    if len(snapshot.tallies.group) > scenario.run.years:
        raise _refusal(place, f"is from after the end of a run of {scenario.run.years} years: give more years")
    return snapshot


def found_in(folder: Path | None, scenario: Scenario, *, seed: int, resume: bool, keep: int) -> Snapshot | None:
    """Return the snapshot from which a run that was given these arguments goes on, or None if it begins in April 2013.

    Raises
    ------
    ScenarioError
        If `read_snapshot` refuses, a run that does not resume would write over snapshots, or `resume` or `keep` make no sense.
    """
    refuse(numbers_wrong(keep=keep))
    if folder is None:
        if resume:
            raise ScenarioError([Problem(key="resume", message="needs snapshots: the folder of those to go on from")])
        return None
    if resume:
        return read_snapshot(folder, scenario, seed=seed)
    years = _aprils(folder)
    if years:
        raise _refusal(folder, f"holds a run as of April {years[-1]}: resume it, or give an empty folder")
    return None


def _refusal(place: Path, message: str) -> ScenarioError:
    return ScenarioError([Problem(key="snapshots", value=str(place), message=message)])


def _aprils(folder: Path) -> list[int]:
    """Return the years of the snapshots that are whole, in order."""
    whole = folder.glob(f"{_NAME.format('[0-9]' * 4)}/{PROVENANCE}")
    return sorted(int(about.parent.name.removeprefix(_NAME.format(""))) for about in whole)


def _remove(place: Path) -> None:
    """Remove a snapshot: first what makes it count, so that no half of it ever does."""
    if place.is_symlink():
        place.unlink()  # what it leads to is not ours
    elif place.exists():
        (place / PROVENANCE).unlink(missing_ok=True)
        shutil.rmtree(place)


def _differences(about: dict[str, Any], scenario: Scenario, seed: int) -> list[str]:
    """Return in what the run that was written differs from one of `scenario` and `seed` here and now."""
    try:
        (raw,) = about["scenarios"]
        then = {"seed": about["seed"], **about["versions"]} | _flat(raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ValueError(f"{PROVENANCE}: no provenance of a snapshot; it is damaged") from None
    now = {"seed": seed, **versions()} | _flat(scenario.dump())
    keys = [key for key in sorted(then.keys() | now.keys()) if then.get(key) != now.get(key)]
    return [f"{key} was {shown(then.get(key))} and is {shown(now.get(key))}" for key in keys[:_MOST_DIFFERENCES]]


def _flat(raw: dict[str, Any]) -> dict[str, Any]:
    """Return all settings of a dumped scenario that matter to whoever goes on, by dotted key."""
    tables = {name: table for name, table in raw.items() if isinstance(table, dict) and name not in _NO_DIFFERENCE}
    return {f"{name}.{key}": value for name, table in tables.items() for key, value in table.items()} | {
        "events": raw["events"]
    }


def _dataset(snapshot: Snapshot) -> xarray.Dataset:
    """Return a snapshot as named arrays; each array has dimensions of its own."""
    state, tallies = snapshot.state, snapshot.tallies
    arrays = {_CITIZENS + name: column for name, column in state.citizens._asdict().items()}
    arrays |= {_COMMUNITIES + name: column for name, column in state.communities._asdict().items()}
    arrays |= {"weights": snapshot.weights, "settled": snapshot.settled, "month": tallies.month, "group": tallies.group}
    return xarray.Dataset(
        {name: ([f"{name}_{axis}" for axis in range(array.ndim)], array) for name, array in arrays.items()}
    )


def _snapshot(data: xarray.Dataset) -> Snapshot:
    arrays = {str(name): column.to_numpy() for name, column in data.items()}
    citizens = Citizens(*(arrays[_CITIZENS + name] for name in Citizens._fields))
    communities = Communities(*(arrays[_COMMUNITIES + name] for name in Communities._fields))
    tallies = Tallies(arrays["month"], arrays["group"])
    return Snapshot(State(citizens, communities, len(tallies.month)), arrays["weights"], arrays["settled"], tallies)
