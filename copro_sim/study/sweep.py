"""Sweeps: scenarios lived at every point of a design, each run kept as it ends, and what came of them as one dataset."""

from collections.abc import Mapping
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray

from copro_sim.comparison.compare import RunsFailed
from copro_sim.comparison.essence import NAMES
from copro_sim.comparison.tasks import Progress, in_threads, said, seed_of_future
from copro_sim.engines.populate import lived_by
from copro_sim.interchange.population import Population
from copro_sim.results import export
from copro_sim.results.plan import plan_of
from copro_sim.results.provenance import provenance
from copro_sim.results.results import attributes
from copro_sim.results.rows import Run
from copro_sim.results.store import Study
from copro_sim.scenario.arguments import numbers_wrong, others_wrong, refuse
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario
from copro_sim.study.design import Sweep, load_sweep, sweep_of

Array = np.ndarray[Any, Any]


class Point(NamedTuple):
    """One run: which point of the design, scenario and seed, from 0."""

    point: int
    scenario: int
    seed: int


class Swept(NamedTuple):
    """What came of a sweep.

    Parameters
    ----------
    sweep
        What was asked for.
    data
        Means over the run of each indicator, (point, scenario, run); each factor is a coordinate of `point`.
    population
        Somebody's own with whom every run began; None if the model's.
    """

    sweep: Sweep
    data: xarray.Dataset
    population: Population | None = None

    def __repr__(self) -> str:
        """Return a line, for notebooks."""
        of = f"{', '.join(self.sweep.factors)} in {', '.join(self.sweep.scenarios)}"
        return f"<Swept {of}, points {self.data.sizes['point']}; .data, .outcome()>"

    def outcome(self, indicator: str, *, difference: bool | None = None) -> Array:
        """Return an indicator at each point, the mean over seeds, float64 [points].

        Parameters
        ----------
        indicator
            Its name.
        difference
            The last scenario's less the first's; so unless False where there are two or more.

        Raises
        ------
        ValueError
            If the indicator was not kept, or there is nothing to take the difference to.
        """
        if indicator not in self.data:
            raise ValueError(f"indicator {indicator!r} was not kept: there are {', '.join(map(str, self.data.data_vars))}")
        values = self.data[indicator].mean("run").values
        several = values.shape[1] > 1
        if difference and not several:
            raise ValueError("a difference needs two scenarios")
        return np.asarray(values[:, -1] - values[:, 0] if several and difference is not False else values[:, -1])

    def grid(self) -> xarray.Dataset:
        """Return the data of a grid with each factor as a dimension of its own.

        Raises
        ------
        ValueError
            If the design is no grid.
        """
        if self.sweep.design != "grid":
            raise ValueError(f"a {self.sweep.design} is no grid: its factors are coordinates of each point")
        index = pd.MultiIndex.from_arrays([self.data[key].values for key in self.sweep.keys], names=list(self.sweep.keys))
        plain = self.data.drop_vars(self.sweep.keys)
        return plain.assign_coords(xarray.Coordinates.from_pandas_multiindex(index, "point")).unstack("point")

    def frame(self) -> pd.DataFrame:
        """Return one row for each point, scenario and run: factors, then indicators."""
        return self.data.to_dataframe().reset_index()

    def save(self, directory: str | Path) -> Path:
        """Write the data as NetCDF and CSV, and provenance, to a folder and return it."""
        about = provenance(
            tuple(self.sweep.at()[0]), seed=self.sweep.seed, engine="kernels",
            sweep=self.sweep.dump(), **_whose(self.population),
        )  # fmt: skip
        if self.population is not None:
            self.population.keep(directory)
        return export.save(
            Path(directory),
            {
                "sweep.nc": lambda path: export.write_dataset(self.data, path),
                "sweep.csv": lambda path: self.frame().to_csv(path, index=False, lineterminator="\n"),
            },
            about,
        )


def sweep(
    what: Sweep | str | Path | dict[str, Any], *, workers: int = 1, study: str | Path | None = None, resume: bool = False,
    cluster: Any = None, progress: Progress | None = None, population: Population | None = None,
) -> Swept:
    """Live every scenario at every point of a design.

    Parameters
    ----------
    what
        A `Sweep`, a study file, or the same as a dictionary.
    workers
        Runs at a time; nothing depends on it.
    study
        File in which every run is kept as it ends; none unless given.
    resume
        Go on with the study that is there: only runs that are missing or failed are run.
    cluster
        Address of a Dask scheduler, or a `distributed.Client`: runs go to its workers instead of threads of this process.
    progress
        Called with (runs ended, runs in all) after each run.
    population
        Of one's own (`cs.load_population`), with whom every run begins.

    Raises
    ------
    ScenarioError
        If the study file or dictionary makes no valid sweep or an argument is not what it must be, with every mistake.
    StudyError, StudyNotWritten
        As `compare` does.
    RunsFailed
        When all have ended, if any failed; those that ended are kept.
    """
    problems = [*numbers_wrong(workers=workers), *others_wrong(resume=resume, progress=progress, study=study)]
    if resume and study is None:
        problems.append(Problem(key="resume", message="resume=True needs study=FILE, the study to go on with"))
    try:
        asked = what if isinstance(what, Sweep) else sweep_of(what) if isinstance(what, Mapping) else load_sweep(what)
    except ScenarioError as error:
        problems += error.problems
    refuse(problems)
    names = tuple(asked.indicators) or NAMES
    points = [[lived_by(scenario, population) for scenario in point] for point in asked.at()]
    runs = _Runs(points, tuple(seed_of_future(asked.seed, k) for k in range(asked.seeds)), names, population)
    design, per_point = asked.values(), len(asked.scenarios) * asked.seeds
    every = [
        Point(k, s, seed) for k in range(len(runs.points)) for s in range(len(asked.scenarios)) for seed in range(asked.seeds)
    ]
    about = plan_of(
        tuple(runs.points[0]), futures=per_point, seed=asked.seed, engine="kernels", sweep=asked.dump(),
        **_whose(population),
    )  # fmt: skip
    about["first"], about["scenarios"] = about["scenarios"], [dict(zip(asked.keys, row, strict=True)) for row in design.tolist()]
    found: dict[Point, Array] = {}
    failed: list[str] = []
    with nullcontext() if study is None else Study.begin(study, about, resume=resume) as store:
        for run in () if store is None else store.runs():
            if run.arrays is not None:
                found[Point(run.scenario, *divmod(run.future, asked.seeds))] = run.arrays["means"]
        missing = [point for point in every if point not in found]
        with closing(_ended(missing, runs, workers, cluster)) as ended:
            for point, outcome in ended:
                row = Run(point.point, point.scenario * asked.seeds + point.seed, runs.seeds[point.seed], 0, arrays=None)
                if isinstance(outcome, BaseException):
                    failed.append(f"point {point.point}, {asked.scenarios[point.scenario]}, run {point.seed}: {said(outcome)}")
                    row = row._replace(error=said(outcome))
                else:
                    found[point] = outcome["means"]
                    row = row._replace(arrays=outcome)
                if store is not None:
                    store.keep(row)
                if progress is not None:
                    progress(len(found) + len(failed), len(every))
    if failed:
        raise RunsFailed("\n".join([*sorted(failed), f"{len(failed)} of {len(every)} runs failed; --resume runs them again."]))
    values = np.array([found[point] for point in every]).reshape(len(runs.points), len(asked.scenarios), asked.seeds, -1)
    return Swept(asked, _dataset(asked, values, names), population)


def _whose(population: Population | None) -> dict[str, str]:
    """Return what a plan says of the population: nothing of the model's own."""
    return {} if population is None else {"population": population.content_hash}


class _Runs(NamedTuple):
    """Everything that any run of a sweep needs; travels to the workers of a cluster."""

    points: list[list[Scenario]]
    seeds: tuple[int, ...]
    names: tuple[str, ...]
    population: Population | None = None

    def live(self, point: Point, progress: Progress | None = None) -> dict[str, Array]:
        """Return what is kept of one run: the mean over its months of each indicator."""
        from copro_sim.engines.simulate import run

        scenario, seed = self.points[point.point][point.scenario], self.seeds[point.seed]
        results = run(scenario, seed=seed, progress=progress, population=self.population)
        national = results.national_values()
        return {"means": np.array([float(np.mean(national[name])) for name in self.names])}


def _ended(missing: list[Point], runs: _Runs, workers: int, cluster: Any) -> Any:
    """Yield each run with its outcome as it ends."""
    if cluster is None:
        yield from in_threads(missing, runs.live, workers)
        return
    from copro_sim.engines.cluster import connected, on_workers

    with connected(cluster, workers=workers) as client:
        yield from on_workers(missing, runs.live, client)


def _dataset(asked: Sweep, values: Array, names: tuple[str, ...]) -> xarray.Dataset:
    design = asked.values()
    return xarray.Dataset(
        {name: (("point", "scenario", "run"), values[..., k], attributes(name)) for k, name in enumerate(names)},
        {
            "point": np.arange(len(design)), "scenario": list(asked.scenarios), "run": np.arange(asked.seeds),
            **{key: ("point", design[:, k]) for k, key in enumerate(asked.keys)},
        },
    )  # fmt: skip
