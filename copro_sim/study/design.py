"""The design of a sweep: which settings take which values together, and a study file that says so."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.check import unknown_setting
from copro_sim.scenario.load import load_scenario, read
from copro_sim.scenario.problems import Problem, ScenarioError, did_you_mean
from copro_sim.scenario.schema import Scenario, setting_records

Array = np.ndarray[Any, Any]
Kind = Literal["grid", "list", "latin-hypercube", "sobol", "morris"]
_MOST_POINTS = 1_000_000
_LEVELS = 4
"""Of Morris's grid: the usual number."""


class Range(BaseModel):
    """Between what a factor varies."""

    model_config = ConfigDict(extra="forbid", strict=True)
    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"low must be below high: {self.low:g} is not below {self.high:g}")
        return self


Factor = Range | Annotated[list[float], Field(min_length=1)]


class Sweep(BaseModel):
    """A sweep: scenarios lived at every point of a design, under the same seeds at each.

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

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    scenarios: Annotated[list[str], Field(min_length=1)]
    factors: Annotated[dict[str, Factor], Field(min_length=1)]
    design: Kind = "grid"
    points: Annotated[int, Field(ge=1, le=_MOST_POINTS)] = 16
    seeds: Annotated[int, Field(ge=1, le=10_000)] = 1
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    years: Annotated[int, Field(ge=1, le=100)] = 10
    citizens: Annotated[int, Field(ge=50, le=50_000_000)] = 9_000
    indicators: list[str] = []

    @field_validator("factors")
    @classmethod
    def _known(cls, factors: dict[str, Factor]) -> dict[str, Factor]:
        for key in factors:
            if key not in setting_records():
                raise ValueError(f"{key}: {unknown_setting(key)}")
            if setting_records()[key][0] not in (int, float):
                raise ValueError(f"{key}: only settings that are numbers can be swept")
        return factors

    @field_validator("indicators")
    @classmethod
    def _measured(cls, names: list[str]) -> list[str]:
        for name in names:
            if name not in INDICATORS:
                raise ValueError(f"{name}: unknown indicator.{did_you_mean(name, INDICATORS)}")
        return names

    @model_validator(mode="after")
    def _fits(self) -> Self:
        values = {key: len(factor) for key, factor in self.factors.items() if isinstance(factor, list)}
        if self.design in ("grid", "list"):
            for key in self.factors.keys() - values.keys():
                raise ValueError(f"factors.{key}: a {self.design} needs a list of values, not a range")
            if self.design == "list" and len(set(values.values())) > 1:
                raise ValueError(f"factors: a list needs as many values of each factor, not {values}")
        for key in values if self.design not in ("grid", "list") else ():
            raise ValueError(f"factors.{key}: {self.design} needs a range {{low = ..., high = ...}}, not a list of values")
        if self.design == "sobol" and self.points & (self.points - 1):
            raise ValueError(f"points = {self.points}: Sobol's sample needs a power of two")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The factors' names, in order."""
        return tuple(self.factors)

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
        alike = {"run.years": self.years, "population.citizens": self.citizens}
        kinds = [setting_records()[key][0] for key in self.factors]
        rows = [[kind(value) for kind, value in zip(kinds, row, strict=True)] for row in self.values().tolist()]
        bases = [load_scenario(name).replace(alike) for name in self.scenarios]
        return [[base.replace(dict(zip(self.keys, row, strict=True))) for base in bases] for row in rows]


def load_sweep(path: str | Path) -> Sweep:
    """Return a sweep from a TOML file.

    Raises
    ------
    ScenarioError
        If it cannot be read or is no valid sweep, with every mistake, its file and line.
    """
    source = read(Path(path))
    return sweep_of(source.raw, file=str(path), lines=source.lines)


def sweep_of(raw: dict[str, Any], *, file: str | None = None, lines: Any = None) -> Sweep:
    """Return a sweep from plain values.

    Raises
    ------
    ScenarioError
        If they make no valid sweep, with every mistake.
    """
    try:
        sweep = Sweep.model_validate(raw)
        sweep.at()
    except ValidationError as error:
        raise ScenarioError([_problem(one, file, lines or {}) for one in error.errors()]) from None
    return sweep


def _problem(error: Any, file: str | None, lines: dict[Any, int]) -> Problem:
    path = [part for part in error["loc"] if part not in ("Range", "list[float]") and not str(part).startswith("list[")]
    while path and tuple(path) not in lines:
        path.pop()
    said = error["msg"].removeprefix("Value error, ")
    key = ".".join(str(part) for part in error["loc"] if not str(part).startswith(("Range", "list[")))
    if error["type"] == "extra_forbidden":
        said = f"unknown key.{did_you_mean(str(error['loc'][-1]), Sweep.model_fields)}"
    elif error["type"] == "missing":
        said = "must be given"
    return Problem(message=said, key=key, file=file, line=lines.get(tuple(path)))
