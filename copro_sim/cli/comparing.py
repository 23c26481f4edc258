"""The main job: `compare`."""

import os
import textwrap
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copro_sim.cli.checks import ALL_STANCES, all_checked
from copro_sim.cli.options import ENGINES, run_options
from copro_sim.cli.shown import WIDTH, Progress, progressing, resumable
from copro_sim.language import SPOKEN, speaking

if TYPE_CHECKING:
    from copro_sim.interchange.population import Population

FOUR = ("retreating-state", "co-production", "steady-state", "steady-and-co-produced")
"""What `compare` compares unless told otherwise: money crossed with practice."""

_FEWEST_FUTURES = 10


@click.command()
@click.argument("scenarios", nargs=-1)
@click.option("--futures", metavar="N", default="20", show_default=True, help="Futures over which to compare.")
@click.option("--resume", is_flag=True, help="Go on with the study in DIR: only runs that are missing or failed.")
@click.option(
    "--stance", metavar="NAME", default="all", show_default=True,
    help="What to believe without evidence: sceptic, evidence-only, advocate or all.",
)
@click.option("--place", metavar="NAME", help="Council or region that the page is about (Wales unless told).")
@click.option("--why", is_flag=True, help="Run more to say why, and what would have to be true: mechanisms off, break-even.")
@click.option("--lang", metavar="NAME", default="en", show_default=True, help="Language of the page: en, cy or both.")
@run_options
def compare(
    scenarios: tuple[str, ...], out: str | None, resume: bool, stance: str, place: str | None, why: bool, lang: str,
    dask: str | None, population: str | None, **given: str | None,
) -> None:
    """Compare SCENARIOS (names that ship, or files) over shared futures and write the report.

    Without SCENARIOS, the four that cross money with practice. The first is what the others are compared with. With all
    stances, the figures are those of evidence-only; the others take half as many futures, but at least ten, or all if there
    are fewer than ten. Every run is kept in a study as it ends: whatever stops the comparison, the same command with --resume
    goes on.
    """
    names = scenarios or FOUR
    folder = Path(out or "out/comparison")
    asked_of = {**given, "stance": stance, "lang": lang}
    chosen, numbers, people = all_checked(
        names, asked_of, folder, ENGINES["compare"], fewest=2, place=place, population=population
    )
    from copro_sim.comparison.by_stance import stance_sentences
    from copro_sim.comparison.compare import compare as compare_scenarios
    from copro_sim.engines.estimate import said_before
    from copro_sim.report.methods import methods
    from copro_sim.report.page import report
    from copro_sim.results.store import STUDY

    asked = _futures_by_stance(stance, numbers["futures"])
    engine, runs = given["engine"] or "kernels", len(chosen) * sum(asked.values())
    if dask or people is not None:
        untold = " and ".join(option for option, given in (("--dask", dask), ("--population", people)) if given is not None)
        click.echo(f"No futures of one citizen on the page: they are not told with {untold}.", err=True)
    for line in () if dask else said_before(chosen[0], engine=engine, workers=numbers["workers"], runs=runs):
        click.echo(line, err=True)
    found: list[Any] = []
    before = 0
    with resumable(folder / STUDY, resume), progressing("runs") as progress:
        for believed, futures in asked.items():
            found.append(
                compare_scenarios(
                    chosen,
                    futures=futures,
                    seed=numbers["seed"],
                    engine=engine,
                    stance=believed,
                    workers=numbers["workers"],
                    cluster=dask,
                    progress=partial(_after, progress, before, runs),
                    study=(folder / believed if found else folder) / STUDY,
                    resume=resume,
                    population=people,
                )
            )
            before += len(chosen) * futures
        reasons = _reasons(found[0], folder / "why", numbers["workers"], dask, resume, people) if why else None
        told = None if dask or people is not None else _told(found[0], place, numbers["workers"])
        page = report(found[0], folder, others=found[1:], place=place or "Wales", story=told, why=reasons, lang=lang)
    if people is not None:
        people.keep(folder)
    for language in SPOKEN[lang]:
        with speaking(language):
            for sentence in [*stance_sentences(found), *found[0].headlines()]:
                click.echo(sentence)
            click.echo(f"\n{textwrap.fill(methods(found[0]), WIDTH)}\n")
    click.echo(f"The report is {page}")


def _reasons(
    comparison: Any, folder: Path, workers: int | None, dask: str | None, resume: bool, population: "Population | None"
) -> Any:
    """Return what further runs say of a comparison, each part with a study of its own in a folder."""
    from copro_sim.comparison.why import why

    how = {"workers": workers, "cluster": dask, "resume": resume, "population": population}
    with progressing("further runs") as progress:
        return why(comparison, folder=folder, progress=progress, **how)


def _told(comparison: Any, place: str | None, workers: int | None) -> Any:
    """Return two futures of one citizen; None, and why, where nobody can be followed."""
    from copro_sim.comparison.story import story as followed
    from copro_sim.scenario.problems import ScenarioError

    try:
        with progressing("years of the story of one citizen") as progress:
            return followed(comparison, place=place or "Wales", workers=workers or os.cpu_count(), progress=progress)
    except ScenarioError as error:
        click.echo(f"No futures of one citizen on the page: {error.problems[0].message}.", err=True)
        return None


def _futures_by_stance(stance: str, futures: int) -> dict[str, int]:
    """Return the futures of each stance that is asked for, the one whose figures are shown first."""
    from copro_sim.scenario.stances import STANCES, USUAL

    if stance != ALL_STANCES:
        return {stance: futures}
    others = min(futures, max(_FEWEST_FUTURES, futures // 2))
    return {USUAL: futures} | {other: others for other in STANCES if other != USUAL}


def _after(progress: "Progress", before: int, total: int, done: int, _: int) -> None:
    """Report progress of a part that comes after `before` of `total`."""
    progress(before + done, total)
