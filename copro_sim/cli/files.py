"""Commands about what lies in files: `replay`, `verify`, `archive`, `population`."""

import os
import sys
from pathlib import Path

import click

from copro_sim.cli.checks import all_checked, population_in
from copro_sim.cli.group import BAD_INPUT, FAILED
from copro_sim.cli.options import POPULATION
from copro_sim.cli.shown import say_compiled_first


@click.command()
@click.argument("study")
@click.argument("scenario")
@click.argument("future", type=int)
@POPULATION
def replay(study: str, scenario: str, future: int, population: str | None) -> None:
    """Run one run of a STUDY (a file, or its folder) again and say whether the same comes of it.

    SCENARIO is its name in the comparison, FUTURE a number from 0. Of a run that failed it shows what goes wrong.
    """
    from copro_sim.comparison.replay import replay as run_again
    from copro_sim.scenario.problems import ScenarioError

    people, problems = population_in(population)
    if problems:
        raise ScenarioError(problems)
    say_compiled_first()
    replayed = run_again(study, scenario, future, people)
    if replayed.error is not None and os.environ.get("COPRO_SIM_DEBUG"):
        raise replayed.error
    click.echo(str(replayed), err=not replayed.well)
    if not replayed.well:
        sys.exit(FAILED)


@click.group()
def archive() -> None:
    """Pack what `run`, `compare` or `sweep` left into one zip for others, or check such a zip (--rerun: and run it again)."""


@archive.command()
@click.argument("folder")
@click.argument("file")
def pack(folder: str, file: str) -> None:
    """Pack FOLDER into FILE: results, studies, scenarios, seeds, versions, draws, with a manifest of checksums.

    The same folder always gives the same bytes.
    """
    from copro_sim.results.archive import pack_archive

    digest = pack_archive(folder, file)
    click.echo(f"The archive is {file}, SHA-256 {digest}")


@archive.command("check")
@click.argument("file")
@click.option("--rerun", is_flag=True, help="Run a run, or a comparison's first future, or a sweep's first point again, too.")
def check_archive(file: str, rerun: bool) -> None:
    """Check that everything in the archive FILE is as it was packed; nothing is unpacked."""
    from copro_sim.results.archive import check_archive as checked

    click.echo(f"{file}: ok, {len(checked(file))} files")
    if rerun:
        from copro_sim.study.rerun import rerun as run_again

        say_compiled_first()
        found = run_again(file)
        for one in found:
            click.echo(one.said, err=not one.well)
        if not all(one.well for one in found):
            sys.exit(FAILED)


@click.command()
@click.argument("folders", nargs=-1, required=True)
def verify(folders: tuple[str, ...]) -> None:
    """Check that the studies, data, figures and provenance in FOLDERS are as they were written."""
    from copro_sim.results.verify import verify as verified

    found = [verified(folder) for folder in folders]
    for line in (line for folder in found for line in folder.well):
        click.echo(f"{line}: ok")
    damage = [line for folder in found for line in folder.damage]
    for line in damage:
        click.echo(line, err=True)
    if damage:
        sys.exit(BAD_INPUT)


@click.command()
@click.argument("scenario")
@click.option("--out", metavar="DIR", default="out/population", show_default=True, help="Folder for the tables.")
@click.option("--parquet", is_flag=True, help="Parquet instead of CSV (needs the extra study).")
@click.option("--seed", metavar="N", default="1", show_default=True, help="Key of all chance.")
@click.option("--citizens", metavar="N", help="Simulated citizens, 50 to 50,000,000.")
def population(scenario: str, out: str, parquet: bool, **given: str | None) -> None:
    """Write the people with whom a run of a SCENARIO begins as tables, to be looked at, changed and run with.

    `run`, `compare`, `sweep` and others begin with them, or with any tables like them, by --population DIR; `check DIR` says
    all that is wrong with such tables at once.
    """
    (chosen,), numbers, _ = all_checked((scenario,), given, Path(out), ())
    from copro_sim.engines.populate import build_population

    people = build_population(chosen, seed=numbers["seed"])
    try:
        folder = people.save(out, parquet=parquet)
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{people.size:,} citizens are in {folder}")
