"""Commands that run much to learn one thing: `calibrate` and `attribute`."""

import os
from pathlib import Path

import click

from copro_sim.cli.checks import all_checked, needs, numbers_of, unwritable
from copro_sim.cli.options import ENGINES, run_options
from copro_sim.cli.shown import progressing, resumable, say_compiled_first


@click.command()
@click.option("--out", metavar="DIR", default="out/calibration", show_default=True, help="Folder for what comes out.")
@click.option("--quick", is_flag=True, help="A few minutes instead of half an hour: fewer draws, rounds and citizens.")
@click.option("--resume", is_flag=True, help="Go on with the calibration in DIR.")
@click.option("--workers", metavar="N", help="Threads to use.")
@click.option("--seed", metavar="N", default="1", show_default=True, help="Key of all chance.")
def calibrate(out: str, quick: bool, resume: bool, **given: str | None) -> None:
    """Fit what nobody has measured to what Wales counted, and write the draws that fit (needs the extra study).

    Leaves draws.csv, which ships as scenario/data/draws.csv, and a page that sets the model against Wales. Whatever stops it,
    the same command with --resume goes on.
    """
    from copro_sim.scenario.problems import ScenarioError

    folder = Path(out)
    numbers, problems = numbers_of(given, ())
    problems += unwritable("--out", folder)
    if problems:
        raise ScenarioError(problems)
    try:
        from copro_sim.study.calibrate import PLAN, QUICK
        from copro_sim.study.calibrate import calibrate as fitted
    except ImportError:
        raise needs("study") from None
    from copro_sim.report.against_wales import write_fit
    from copro_sim.results.store import STUDY
    from copro_sim.study.fit import sentences

    say_compiled_first()
    plan = (QUICK if quick else PLAN)._replace(seed=numbers["seed"])
    folder.mkdir(parents=True, exist_ok=True)
    with resumable(folder / STUDY, resume), progressing("runs") as progress:
        fit = fitted(
            plan, workers=numbers["workers"] or os.cpu_count() or 1, study=folder / STUDY, resume=resume, progress=progress
        )
    page = write_fit(fit, folder)
    for sentence in sentences(fit):
        click.echo(sentence)
    click.echo(f"The page is {page}")


@click.command()
@click.argument("scenario")
@click.option("--futures", metavar="N", default="10", show_default=True, help="Futures over which to measure.")
@click.option("--resume", is_flag=True, help="Go on with the study in DIR: only runs that are missing or failed.")
@click.option("--stance", metavar="NAME", default="advocate", show_default=True, help="What to believe without evidence.")
@run_options
def attribute(
    scenario: str, out: str | None, resume: bool, dask: str | None, population: str | None, **given: str | None
) -> None:
    """Switch off the mechanisms of a SCENARIO one at a time, everything else and chance the same, and say what each does.

    Leaves attribution.csv, and a figure for unmet need and one for wellbeing.
    """
    from copro_sim.comparison.attribution import attribute as attributed
    from copro_sim.report.style import saved
    from copro_sim.report.why import attribution_figure
    from copro_sim.results.export import containing, save
    from copro_sim.results.provenance import provenance
    from copro_sim.results.store import STUDY

    folder = Path(out or "out/attribution")
    (chosen,), numbers, people = all_checked((scenario,), given, folder, ENGINES["compare"], population=population)
    say_compiled_first(dask)
    folder.mkdir(parents=True, exist_ok=True)
    with resumable(folder / STUDY, resume), progressing("runs") as progress:
        table = attributed(
            chosen, futures=numbers["futures"], seed=numbers["seed"], engine=given["engine"], stance=given["stance"],
            workers=numbers["workers"], cluster=dask, study=folder / STUDY, resume=resume, progress=progress,
            population=people,
        )
    writers = {"attribution.csv": containing(table.to_csv(index=False, lineterminator="\n").encode())}
    for indicator in table["indicator"].unique():
        writers[f"{indicator}.svg"] = containing(saved(attribution_figure(table, indicator), "svg"))
        most = table[table["indicator"] == indicator].sort_values("median", key=abs, ascending=False, kind="stable").iloc[0]
        click.echo(f"{indicator}: {most['mechanism']} does most, {most['verdict']} ({most['meaning']})")
    about = provenance((chosen,), seed=numbers["seed"], engine=given["engine"] or "kernels", stance=given["stance"])
    save(folder, writers, about)
    click.echo(f"All mechanisms are in {folder / 'attribution.csv'}")
