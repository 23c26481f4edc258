"""The design of a sweep: which settings take which values together, and a study file that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from copro_sim.scenario.load import beside, load_scenario, read
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.study.check import ALIKE, Faults

Array = np.ndarray[Any, Any]
_LEVELS = 4
"""Of Morris's grid: the usual number."""


class Range(NamedTuple):
    """Between what a factor varies."""

    low: float
    high: float


Factor = Range | tuple[float, ...]


@dataclass(frozen=True)
class Sweep:
    """A sweep, checked by `sweep_of`: scenarios lived at every point of a design, under the same seeds at each.

    Parameters
    ----------
    scenarios
        Names that ship, or paths. With two, differences of the second to the first can be analysed.
    factors
        Dotted settings, each with values ("grid", "list") or a range {low, high}.
    design
        "grid": every combination; "list": the first values together, then the second, ...; "latin-hypercube"; "sobol"
        (Saltelli's sample, for Sobol indices) or "morris" (for screening).
    points
        Of a Latin hypercube; of Sobol, the base sample (a power of two: it makes points * (factors + 2) of it); of Morris,
        trajectories of (factors + 1) points each.
    seeds
        Runs of each scenario at each point; every point has the same ones.
    seed
        Key of all chance, of the design too.
    years, citizens
        Of every run.
    indicators
        What is kept, as means over the run; all unless named.
    """

    scenarios: tuple[str, ...]
    factors: dict[str, Factor]
    design: str = "grid"
    points: int = 16
    seeds: int = 1
    seed: int = 1
    years: int = 10
    citizens: int = 9_000
    indicators: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The factors' names, in order."""
        return tuple(self.factors)

    def dump(self) -> dict[str, Any]:
        """Return everything as plain values that JSON can hold, which `sweep_of` reads back to an equal sweep."""
        factors = {key: one._asdict() if isinstance(one, Range) else list(one) for key, one in self.factors.items()}
        return asdict(self) | {"scenarios": list(self.scenarios), "factors": factors, "indicators": list(self.indicators)}

    def problem(self) -> dict[str, Any]:
        """Return the factors as SALib wants them told."""
        bounds = [
            [factor.low, factor.high] if isinstance(factor, Range) else [min(factor), max(factor)]
            for factor in self.factors.values()
        ]
        return {"num_vars": len(self.factors), "names": list(self.factors), "bounds": bounds}

    def values(self) -> Array:
        """Return the design, float64 [points, factors]; settings that are whole numbers are rounded."""
        factors = list(self.factors.values())
        if self.design == "grid":
            found = np.array(np.meshgrid(*factors, indexing="ij"), float).reshape(len(factors), -1).T
        elif self.design == "list":
            found = np.array(factors, float).T
        else:
            found = self._sampled()
        for k, key in enumerate(self.factors):
            if setting_records()[key][0] is int:
                found[:, k] = np.rint(found[:, k])
        return found

    def _sampled(self) -> Array:
        from SALib.sample import morris, sobol
        from scipy.stats import qmc

        problem, seed = self.problem(), self.seed % 2**31
        if self.design == "sobol":
            return np.asarray(sobol.sample(problem, self.points, calc_second_order=False, seed=seed))
        if self.design == "morris":
            return np.asarray(morris.sample(problem, self.points, num_levels=_LEVELS, seed=seed))
        low, high = np.array(problem["bounds"]).T
        unit = qmc.LatinHypercube(len(low), rng=np.random.default_rng(seed)).random(self.points)
        return np.asarray(low + unit * (high - low))

    def at(self) -> list[list[Scenario]]:
        """Return every scenario at every point, [points][scenarios].

        Raises
        ------
        ScenarioError
            If a scenario cannot be loaded, or a setting cannot have a value of the design.
        """
        alike = {setting: getattr(self, own) for setting, own in ALIKE.items()}
        kinds = [setting_records()[key][0] for key in self.factors]
        rows = [[kind(value) for kind, value in zip(kinds, row, strict=True)] for row in self.values().tolist()]
        bases = [load_scenario(name).replace(alike) for name in self.scenarios]
        return [[base.replace(dict(zip(self.keys, row, strict=True))) for base in bases] for row in rows]


def load_sweep(path: str | Path) -> Sweep:
    """Return a sweep from a TOML file; paths of scenarios are meant from its folder or, if only there, from the current one.

    Raises
    ------
    ScenarioError
        If it cannot be read or is no valid sweep, with every mistake, its file and line.
    """
    if not isinstance(path, str | Path):
        raise ScenarioError([Problem(key="study", value=path, message="must be the path of a study file, or a dict")])
    source = read(Path(path))
    names = source.raw.get("scenarios")
    found = {"scenarios": [beside(source.path, name) for name in names]} if isinstance(names, list) else {}
    return sweep_of(source.raw | found, file=str(path), lines=source.lines)


def sweep_of(raw: Mapping[str, Any], *, file: str | None = None, lines: Any = None) -> Sweep:
    """Return a sweep from plain values.

    Raises
    ------
    ScenarioError
        If they make no valid sweep, with every mistake.
    """
    faults = Faults(raw, file, lines or {})
    if found := faults.found():
        raise ScenarioError(found)
    sweep = sweep_dumped(raw)
    try:
        sweep.at()
    except ScenarioError as error:
        raise ScenarioError([faults.placed(problem) for problem in error.problems]) from None
    return sweep


def sweep_dumped(raw: Mapping[str, Any]) -> Sweep:
    """Return the sweep of which these are the plain values (`Sweep.dump`), unchecked and with no scenario read."""
    factors = {key: _factor(given) for key, given in raw["factors"].items()}
    names = {key: tuple(raw[key]) for key in ("scenarios", "indicators") if key in raw}
    return Sweep(**{**raw, **names, "factors": factors})


def _factor(given: Mapping[str, float] | Sequence[float]) -> Factor:
    """Return a factor's range or values as floats."""
    if isinstance(given, Mapping):
        return Range(float(given["low"]), float(given["high"]))
    return tuple(float(value) for value in given)
