"""Sweeps, and what their outcomes hang on: `sweep` and `sensitivity`."""

import os
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copro_sim.cli.checks import needs, numbers_of, population_in, unwritable
from copro_sim.cli.options import ON, POPULATION
from copro_sim.cli.shown import WIDTH, progressing, resumable, say_compiled_first

if TYPE_CHECKING:
    from copro_sim.scenario.problems import Problem
    from copro_sim.study.sensitivity import Sensitivity


@click.command()
@click.argument("study")
@click.option("--out", metavar="DIR", default="out/sweep", show_default=True, help="Folder for what comes out.")
@click.option("--resume", is_flag=True, help="Go on with the sweep in DIR: only runs that are missing or failed.")
@click.option("--workers", metavar="N", help="Threads to use.")
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to run on (needs the extra dask).")
@POPULATION
@ON
def sweep(
    study: str, out: str, resume: bool, dask: str | None, population: str | None, on: str, **given: str | None
) -> None:
    """Live scenarios at every point of the design in a STUDY file, and say what the outcome hangs on (needs the extra study).

    Leaves sweep.nc, sweep.csv and, for a Sobol or Morris design or 64 points and more, sensitivity.csv, .svg and .png.
    Whatever stops it, the same command with --resume goes on.
    """
    from copro_sim.results.indicators import no_indicator
    from copro_sim.scenario.problems import Problem, ScenarioError

    folder = Path(out)
    numbers, problems = numbers_of(given, ())
    problems += unwritable("--out", folder)
    problems += [replace(problem, key="--on") for problem in no_indicator(on)]
    people, wrong = population_in(population)
    problems += wrong
    try:
        from copro_sim.study import design
        from copro_sim.study import sweep as sweeps
    except ImportError:
        raise needs("study") from None
    try:
        asked = design.load_sweep(study)
        if asked.indicators and on not in asked.indicators:
            problems.append(Problem(key="--on", value=on, message=f"is not kept: indicators in {study} do not name it"))
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    from copro_sim.report.methods import methods
    from copro_sim.report.sensitivity import write_sensitivity
    from copro_sim.results.export import add, containing
    from copro_sim.results.store import STUDY
    from copro_sim.study.sensitivity import sensitivity as hangs_on

    say_compiled_first(dask)
    folder.mkdir(parents=True, exist_ok=True)
    with resumable(folder / STUDY, resume), progressing("runs") as progress:
        swept = sweeps.sweep(
            asked, workers=numbers["workers"] or os.cpu_count() or 1, study=folder / STUDY, resume=resume, cluster=dask,
            progress=progress, population=people,
        )
    swept.save(folder)
    add(folder, {"methods.txt": containing(f"{methods(swept)}\n".encode())})
    try:
        found = hangs_on(swept, on)
    except ValueError as error:
        click.echo(f"No sensitivity: {error}.")
    else:
        for line in write_sensitivity(found, folder):
            click.echo(line)
    click.echo(f"\n{textwrap.fill(methods(swept), WIDTH)}\n")
    click.echo(f"{swept.data.sizes['point']} points are in {folder / 'sweep.csv'}")


@click.command()
@click.argument("folder")
@ON
def sensitivity(folder: str, on: str) -> None:
    """Say what an outcome of a sweep hangs on that lies in FOLDER, where `sweep` left it; nothing is run (needs the extra study).

    Leaves sensitivity-INDICATOR.csv, .svg and .png beside it.
    """
    from copro_sim.scenario.problems import ScenarioError

    found, problems = _hangs_on(Path(folder), on)
    if found is None or problems:
        raise ScenarioError(problems)
    from copro_sim.report.sensitivity import write_sensitivity

    for line in write_sensitivity(found, Path(folder), f"sensitivity-{on}"):
        click.echo(line)
    click.echo(f"Table and figure are {Path(folder) / f'sensitivity-{on}.csv'}, .svg and .png")


def _hangs_on(folder: Path, on: str) -> "tuple[Sensitivity | None, list[Problem]]":
    """Return what an outcome of the sweep in a folder hangs on, and all that is wrong with folder and outcome."""
    from copro_sim.results.indicators import no_indicator
    from copro_sim.results.store import StudyError
    from copro_sim.scenario.problems import Problem
    from copro_sim.study.kept import load_swept
    from copro_sim.study.sensitivity import sensitivity as hangs_on

    problems = [replace(problem, key="--on") for problem in no_indicator(on)]
    try:
        swept = load_swept(folder)
        problems += unwritable("FOLDER", folder)
        if not problems and on not in swept.data:
            kept = ", ".join(map(str, swept.data.data_vars))
            problems.append(Problem(key="--on", value=on, message=f"was not kept by the sweep: there are {kept}"))
        return (None if problems else hangs_on(swept, on)), problems
    except StudyError as error:
        return None, [*problems, Problem(message=str(error))]
    except ValueError as error:
        return None, [*problems, Problem(message=f"{folder}: {error}")]
    except ImportError:
        raise needs("study") from None
