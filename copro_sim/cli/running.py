"""Commands that live one future: `run`, `story`, `app`."""

import os
import textwrap
from pathlib import Path

import click

from copro_sim.cli.checks import all_checked, needs, numbers_of
from copro_sim.cli.comparing import FOUR
from copro_sim.cli.options import ENGINES, run_options
from copro_sim.cli.shown import WIDTH, progressing, say_compiled_first

_BY = ("unmet_hours", "wellbeing")


@click.command()
@click.argument("scenario")
@click.option("--keep", metavar="N", default="1", show_default=True, help="Snapshots that stay in that folder, the latest.")
@click.option("--resume", is_flag=True, help="Go on from the latest snapshot, if there is one.")
@click.option("--snapshots", metavar="DIR", help="Folder for a snapshot each April, from which a stopped run can go on.")
@run_options
def run(
    scenario: str, out: str | None, snapshots: str | None, resume: bool, dask: str | None, population: str | None,
    **given: str | None,
) -> None:
    """Live one SCENARIO (a name that ships, or a file) once and keep what came of it."""
    given["engine"] = "dask" if dask and given["engine"] == "kernels" else given["engine"]
    folder = Path(out or "out/run")
    (chosen,), numbers, people = all_checked(
        (scenario,), given, folder, ENGINES["run"], snapshots=snapshots, population=population
    )
    from copro_sim.engines.estimate import said_before
    from copro_sim.engines.simulate import run as simulate
    from copro_sim.report.methods import methods
    from copro_sim.results.export import add, containing

    engine = given["engine"] or "kernels"
    for line in () if engine == "dask" else said_before(chosen, engine=engine, workers=numbers["workers"]):
        click.echo(line, err=True)
    if engine == "dask":
        say_compiled_first(dask)
    with progressing("years") as progress:
        results = simulate(
            chosen,
            seed=numbers["seed"],
            engine=engine,
            workers=numbers["workers"],
            cluster=dask,
            progress=progress,
            snapshots=snapshots,
            resume=resume,
            keep=numbers["keep"],
            population=people,
        )
    results.save(folder)
    add(folder, {"methods.txt": containing(f"{methods(results)}\n".encode())})
    click.echo(f"{textwrap.fill(methods(results), WIDTH)}\n")
    click.echo(f"The results are in {folder}")


@click.command()
@click.argument("scenarios", nargs=-1)
@click.option("--by", metavar="NAME", default="unmet_hours", show_default=True, help="Who is helped: by unmet_hours or "
              "wellbeing.")
@click.option("--place", metavar="NAME", help="Council or region where those followed live (all of Wales unless told).")
@click.option("--lang", metavar="NAME", default="en", show_default=True, help="Language of figures and words: en, cy or both.")
@click.option("--out", metavar="DIR", default="out/story", show_default=True, help="Folder for what comes out.")
@click.option("--workers", metavar="N", help="Threads to use.")
@click.option("--seed", metavar="N", default="1", show_default=True, help="Key of all chance.")
@click.option("--years", metavar="N", help="Years from April 2013, 1 to 100.")
@click.option("--citizens", metavar="N", help="Simulated citizens, 50 to 50,000,000.")
def story(scenarios: tuple[str, ...], by: str, place: str | None, lang: str, out: str, **given: str | None) -> None:
    """Follow the same citizens month by month through one future of each of two SCENARIOS or more, and under each council.

    Without SCENARIOS, the retreating state and co-production. Leaves a figure of each citizen and one of the councils, with
    their data: months.csv, citizens.csv and councils.csv.
    """
    folder = Path(out)
    asked = {**given, "lang": lang}
    chosen, numbers, _ = all_checked(scenarios or FOUR[:2], asked, folder, (), fewest=2, place=place, choices={"--by": (by, _BY)})
    from copro_sim.comparison.story import story as followed
    from copro_sim.report.story import write_story

    say_compiled_first()
    with progressing("years") as progress:
        told = followed(
            chosen, seed=numbers["seed"], place=place or "Wales", by=by, workers=numbers["workers"] or os.cpu_count(),
            progress=progress,
        )
    for line in write_story(told, folder, lang=lang):
        click.echo(line)
    click.echo(f"Figures and data are in {folder}")


@click.command()
@click.option("--port", metavar="N", default="8765", show_default=True, help="Port of this machine on which to show it.")
def app(**given: str | None) -> None:
    """Show one village, citizen by citizen, in a browser: who helps whom, and what a few levers do (needs the extra app)."""
    from copro_sim.scenario.problems import ScenarioError

    numbers, problems = numbers_of(given, ())
    if problems:
        raise ScenarioError(problems)
    try:
        from copro_sim.app import serve
    except ImportError:
        raise needs("app") from None
    say_compiled_first()
    serve(numbers["port"])
