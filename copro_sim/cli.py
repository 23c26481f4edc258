"""The command line: thin, and quick to answer `--help`, since whatever is heavy is imported by the command that needs it."""

import os
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copro_sim import __version__
from copro_sim.language import SPOKEN, speaking

if TYPE_CHECKING:
    from copro_sim.interchange.population import Population
    from copro_sim.scenario.problems import Problem
    from copro_sim.scenario.schema import Scenario
    from copro_sim.study.sensitivity import Sensitivity

FOUR = ("retreating-state", "co-production", "steady-state", "steady-and-co-produced")
"""What `compare` compares unless told otherwise: money crossed with practice."""

_WIDTH = 100
_FAILED, _BAD_INPUT, _INTERRUPTED = 1, 2, 130
_STATUS = {
    "ScenarioError": _BAD_INPUT, "StudyError": _BAD_INPUT, "ArchiveError": _BAD_INPUT,
    "StudyNotWritten": _FAILED, "RunsFailed": _FAILED, "ClusterFailed": _FAILED,
}  # fmt: skip
"""Errors that say all there is to say; by name, since to import them would slow `--help` down."""

_ENGINES = {"compare": ("kernels", "agents"), "run": ("kernels", "agents", "dask")}
_DOCUMENTS = {
    "odd": "The ODD protocol: purpose, entities, schedule, design concepts, start, input, submodels.",
    "parameters": "Every parameter: value, range, unit, source, grade, meaning.",
    "trace": "TRACE notes: what was evaluated, verified and corroborated, and what was not.",
    "stress": "The STRESS-ABS checklist for reporting a simulation study, filled in.",
}
_ALL_ENGINES = "kernels, agents or (a single run) dask"
_ALL_STANCES, _FEWEST_FUTURES = "all", 10
_BY = ("unmet_hours", "wellbeing")
_IN_ORDER = ("lang", "stance", "citizens", "years", "futures", "seed", "engine", "workers", "keep", "port")
_HOW_TO_REPORT = (
    "If that is a defect, please report it with this line, the command and the scenario file; "
    "with COPRO_SIM_DEBUG=1 it shows where it happened."
)

Progress = Callable[[int, int], None]


class Commands(click.Group):
    """The group of commands: turns whatever goes wrong into a line or two and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with 2 for bad input, 130 when interrupted, 1 for anything else."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            if (status := _STATUS.get(type(error).__name__)) is not None:
                click.echo(str(error), err=True)
                ctx.exit(status)
            if os.environ.get("COPRO_SIM_DEBUG"):
                raise
            text = " ".join(f"{type(error).__name__}: {error}".split())
            click.echo(f"failed: {text}", err=True)
            if not isinstance(error, OSError):  # the machine's doing: no room, no right
                click.echo(_HOW_TO_REPORT, err=True)
            ctx.exit(_FAILED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _WIDTH})
@click.version_option(__version__, prog_name="copro-sim")
def cli() -> None:
    """Test, citizen by citizen, when co-produced support beats a retreating state: for whom, and at what cost."""


def main() -> None:
    """Start the command line."""
    cli(prog_name="copro-sim")


_ON = click.option("--on", metavar="INDICATOR", default="unmet_share", show_default=True, help="What to say the sensitivity of.")
_POPULATION = click.option("--population", metavar="DIR", help="A population of one's own (communities.csv, ...) to begin with.")


def _run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `compare` and `run` share. Numbers are read as text, to report all mistakes at once."""
    for option in (
        click.option("--out", metavar="DIR", help="Folder for what comes out (out/comparison or out/run unless told)."),
        click.option("--workers", metavar="N", help="Threads to use."),
        click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to run on (needs the extra dask)."),
        _POPULATION,
        click.option("--engine", metavar="NAME", default="kernels", show_default=True, help=f"{_ALL_ENGINES}."),
        click.option("--seed", metavar="N", default="1", show_default=True, help="Key of all chance."),
        click.option("--years", metavar="N", help="Years from April 2013, 1 to 100."),
        click.option("--citizens", metavar="N", help="Simulated citizens, 50 to 50,000,000."),
    ):
        command = option(command)
    return command


@cli.command()
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
@_run_options
def compare(
    scenarios: tuple[str, ...], out: str | None, resume: bool, stance: str, place: str | None, why: bool, lang: str,
    dask: str | None, population: str | None, **given: str | None,
) -> None:
    """Compare SCENARIOS (names that ship, or files) over shared futures and write the report.

    Without SCENARIOS, the four that cross money with practice. The first is what the others are compared with. With all
    stances, the figures are those of evidence-only; the others take half as many futures, at least ten. Every run is kept in a
    study as it ends: whatever stops the comparison, the same command with --resume goes on.
    """
    names = scenarios or FOUR
    folder = Path(out or "out/comparison")
    asked_of = {**given, "stance": stance, "lang": lang}
    chosen, numbers, people = _checked(
        names, asked_of, folder, _ENGINES["compare"], fewest=2, place=place, population=population
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
    with _resumable(folder / STUDY), _progress("runs") as progress:
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
            click.echo(f"\n{textwrap.fill(methods(found[0]), _WIDTH)}\n")
    click.echo(f"The report is {page}")


def _reasons(
    comparison: Any, folder: Path, workers: int | None, dask: str | None, resume: bool, population: "Population | None"
) -> Any:
    """Return what further runs say of a comparison, each part with a study of its own in a folder."""
    from copro_sim.comparison.why import why

    how = {"workers": workers, "cluster": dask, "resume": resume, "population": population}
    with _progress("further runs") as progress:
        return why(comparison, folder=folder, progress=progress, **how)


def _told(comparison: Any, place: str | None, workers: int | None) -> Any:
    """Return two futures of one citizen; None, and why, where nobody can be followed."""
    from copro_sim.comparison.story import story as followed
    from copro_sim.scenario.problems import ScenarioError

    try:
        with _progress("years of one future") as progress:
            return followed(comparison, place=place or "Wales", workers=workers or os.cpu_count(), progress=progress)
    except ScenarioError as error:
        click.echo(f"No futures of one citizen on the page: {error.problems[0].message}.", err=True)
        return None


@cli.command()
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
    chosen, numbers, _ = _checked(scenarios or FOUR[:2], asked, folder, (), fewest=2, place=place, choices={"--by": (by, _BY)})
    from copro_sim.comparison.story import story as followed
    from copro_sim.report.story import write_story

    _say_compiled_first()
    with _progress("years") as progress:
        told = followed(
            chosen, seed=numbers["seed"], place=place or "Wales", by=by, workers=numbers["workers"] or os.cpu_count(),
            progress=progress,
        )
    for language in SPOKEN[lang]:
        with speaking(language):
            for line in write_story(told, folder):
                click.echo(line)
    click.echo(f"Figures and data are in {folder}")


def _futures_by_stance(stance: str, futures: int) -> dict[str, int]:
    """Return the futures of each stance that is asked for, the one whose figures are shown first."""
    from copro_sim.scenario.stances import STANCES, USUAL

    if stance != _ALL_STANCES:
        return {stance: futures}
    others = min(futures, max(_FEWEST_FUTURES, futures // 2))
    return {USUAL: futures} | {other: others for other in STANCES if other != USUAL}


def _after(progress: "Progress", before: int, total: int, done: int, _: int) -> None:
    """Report progress of a part that comes after `before` of `total`."""
    progress(before + done, total)


@cli.command()
@click.argument("scenario")
@click.option("--keep", metavar="N", default="1", show_default=True, help="Snapshots that stay in that folder, the latest.")
@click.option("--resume", is_flag=True, help="Go on from the latest snapshot, if there is one.")
@click.option("--snapshots", metavar="DIR", help="Folder for a snapshot each April, from which a stopped run can go on.")
@_run_options
def run(
    scenario: str, out: str | None, snapshots: str | None, resume: bool, dask: str | None, population: str | None,
    **given: str | None,
) -> None:
    """Live one SCENARIO (a name that ships, or a file) once and keep what came of it."""
    given["engine"] = "dask" if dask and given["engine"] == "kernels" else given["engine"]
    folder = Path(out or "out/run")
    (chosen,), numbers, people = _checked(
        (scenario,), given, folder, _ENGINES["run"], snapshots=snapshots, population=population
    )
    from copro_sim.engines.estimate import said_before
    from copro_sim.engines.simulate import run as simulate
    from copro_sim.report.methods import methods
    from copro_sim.results.export import add, containing

    engine = given["engine"] or "kernels"
    for line in () if engine == "dask" else said_before(chosen, engine=engine, workers=numbers["workers"]):
        click.echo(line, err=True)
    if engine == "dask":
        _say_compiled_first(dask)
    with _progress("years") as progress:
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
    click.echo(f"{textwrap.fill(methods(results), _WIDTH)}\n")
    click.echo(f"The results are in {folder}")


@cli.command()
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
    numbers, problems = _numbers(given, ())
    problems += _unwritable("--out", folder)
    if problems:
        raise ScenarioError(problems)
    try:
        from copro_sim.study.calibrate import PLAN, QUICK
        from copro_sim.study.calibrate import calibrate as fitted
    except ImportError:
        raise click.ClickException("needs the extra study: install copro-sim[study]") from None
    from copro_sim.report.against_wales import write_fit
    from copro_sim.results.store import STUDY
    from copro_sim.study.fit import sentences

    _say_compiled_first()
    plan = (QUICK if quick else PLAN)._replace(seed=numbers["seed"])
    folder.mkdir(parents=True, exist_ok=True)
    with _resumable(folder / STUDY), _progress("runs") as progress:
        fit = fitted(
            plan, workers=numbers["workers"] or os.cpu_count() or 1, study=folder / STUDY, resume=resume, progress=progress
        )
    page = write_fit(fit, folder)
    for sentence in sentences(fit):
        click.echo(sentence)
    click.echo(f"The page is {page}")


@cli.command()
@click.argument("scenario")
@click.option("--futures", metavar="N", default="10", show_default=True, help="Futures over which to measure.")
@click.option("--resume", is_flag=True, help="Go on with the study in DIR: only runs that are missing or failed.")
@click.option("--stance", metavar="NAME", default="advocate", show_default=True, help="What to believe without evidence.")
@_run_options
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
    (chosen,), numbers, people = _checked((scenario,), given, folder, _ENGINES["compare"], population=population)
    _say_compiled_first(dask)
    folder.mkdir(parents=True, exist_ok=True)
    with _resumable(folder / STUDY), _progress("runs") as progress:
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


@cli.command()
@click.argument("study")
@click.option("--out", metavar="DIR", default="out/sweep", show_default=True, help="Folder for what comes out.")
@click.option("--resume", is_flag=True, help="Go on with the sweep in DIR: only runs that are missing or failed.")
@click.option("--workers", metavar="N", help="Threads to use.")
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to run on (needs the extra dask).")
@_POPULATION
@_ON
def sweep(
    study: str, out: str, resume: bool, dask: str | None, population: str | None, on: str, **given: str | None
) -> None:
    """Live scenarios at every point of the design in a STUDY file, and say what the outcome hangs on (needs the extra study).

    Leaves sweep.nc, sweep.csv and, for a Sobol or Morris design or 64 points and more, sensitivity.csv and sensitivity.svg.
    Whatever stops it, the same command with --resume goes on.
    """
    from copro_sim.results.indicators import no_indicator
    from copro_sim.scenario.problems import Problem, ScenarioError

    folder = Path(out)
    numbers, problems = _numbers(given, ())
    problems += _unwritable("--out", folder)
    problems += [replace(problem, key="--on") for problem in no_indicator(on)]
    people, wrong = _population(population)
    problems += wrong
    try:
        from copro_sim.study import design
        from copro_sim.study import sweep as sweeps
    except ImportError:
        raise click.ClickException("needs the extra study: install copro-sim[study]") from None
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

    _say_compiled_first(dask)
    folder.mkdir(parents=True, exist_ok=True)
    with _resumable(folder / STUDY), _progress("runs") as progress:
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
    click.echo(f"\n{textwrap.fill(methods(swept), _WIDTH)}\n")
    click.echo(f"{swept.data.sizes['point']} points are in {folder / 'sweep.csv'}")


@cli.command()
@click.argument("folder")
@_ON
def sensitivity(folder: str, on: str) -> None:
    """Say what an outcome of a sweep hangs on that lies in FOLDER, where `sweep` left it; nothing is run (needs the extra study).

    Leaves sensitivity-INDICATOR.csv and sensitivity-INDICATOR.svg beside it.
    """
    from copro_sim.scenario.problems import ScenarioError

    found, problems = _hangs_on(Path(folder), on)
    if found is None or problems:
        raise ScenarioError(problems)
    from copro_sim.report.sensitivity import write_sensitivity

    for line in write_sensitivity(found, Path(folder), f"sensitivity-{on}"):
        click.echo(line)
    click.echo(f"Table and figure are {Path(folder) / f'sensitivity-{on}.csv'} and .svg")


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
        problems += _unwritable("FOLDER", folder)
        if not problems and on not in swept.data:
            kept = ", ".join(map(str, swept.data.data_vars))
            problems.append(Problem(key="--on", value=on, message=f"was not kept by the sweep: there are {kept}"))
        return (None if problems else hangs_on(swept, on)), problems
    except StudyError as error:
        return None, [*problems, Problem(message=str(error))]
    except ValueError as error:
        return None, [*problems, Problem(message=f"{folder}: {error}")]
    except ImportError:
        raise click.ClickException("needs the extra study: install copro-sim[study]") from None


@cli.command()
@click.option("--port", metavar="N", default="8765", show_default=True, help="Port of this machine on which to show it.")
def app(**given: str | None) -> None:
    """Show one village, citizen by citizen, in a browser: who helps whom, and what a few levers do (needs the extra app)."""
    from copro_sim.scenario.problems import ScenarioError

    numbers, problems = _numbers(given, ())
    if problems:
        raise ScenarioError(problems)
    try:
        from copro_sim.app import serve
    except ImportError:
        raise click.ClickException("needs the extra app: install copro-sim[app]") from None
    _say_compiled_first()
    serve(numbers["port"])


@cli.command()
@click.argument("study")
@click.argument("scenario")
@click.argument("future", type=int)
@_POPULATION
def replay(study: str, scenario: str, future: int, population: str | None) -> None:
    """Run one run of a STUDY (a file, or its folder) again and say whether the same comes of it.

    SCENARIO is its name in the comparison, FUTURE a number from 0. Of a run that failed it shows what goes wrong.
    """
    from copro_sim.comparison.replay import replay as run_again
    from copro_sim.scenario.problems import ScenarioError

    people, problems = _population(population)
    if problems:
        raise ScenarioError(problems)
    _say_compiled_first()
    replayed = run_again(study, scenario, future, people)
    if replayed.error is not None and os.environ.get("COPRO_SIM_DEBUG"):
        raise replayed.error
    click.echo(str(replayed), err=not replayed.well)
    if not replayed.well:
        sys.exit(_FAILED)


@cli.group()
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

        _say_compiled_first()
        found = run_again(file)
        for one in found:
            click.echo(one.said, err=not one.well)
        if not all(one.well for one in found):
            sys.exit(_FAILED)


@cli.command()
@click.argument("folders", nargs=-1, required=True)
def verify(folders: tuple[str, ...]) -> None:
    """Check that the studies, data and provenance in FOLDERS are as they were written."""
    from copro_sim.results.verify import verify as verified

    found = [verified(folder) for folder in folders]
    for line in (line for folder in found for line in folder.well):
        click.echo(f"{line}: ok")
    damage = [line for folder in found for line in folder.damage]
    for line in damage:
        click.echo(line, err=True)
    if damage:
        sys.exit(_BAD_INPUT)


@cli.command()
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
    (chosen,), numbers, _ = _checked((scenario,), given, Path(out), ())
    from copro_sim.engines.populate import build_population

    people = build_population(chosen, seed=numbers["seed"])
    try:
        folder = people.save(out, parquet=parquet)
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{people.size:,} citizens are in {folder}")


@cli.command()
def scenarios() -> None:
    """List the scenarios that ship, and what each asks."""
    from copro_sim.scenario.load import load_scenario, shipped_scenarios

    for name in shipped_scenarios():
        scenario = load_scenario(name)
        click.echo(f"{name}: {scenario.title}")
        click.echo(_indented(" ".join(scenario.question.split())) + "\n")


@cli.command()
@click.argument("files", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Check scenario FILES, and folders with a population of one's own, without running anything."""
    from copro_sim.interchange.population import load_population
    from copro_sim.scenario.load import load_scenario
    from copro_sim.scenario.problems import ScenarioError

    problems = []
    for name in files:
        try:
            if Path(name).is_dir():
                people = load_population(name)
                click.echo(f"{name}: ok, {people.size:,} citizens of {', '.join(people.councils)}")
            else:
                load_scenario(name)
                click.echo(f"{name}: ok")
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


@cli.command()
@click.argument("key", required=False)
def explain(key: str | None) -> None:
    """Say what a setting is: value, range, unit, meaning, source, grade. A table or the start of a KEY lists its own."""
    from copro_sim.scenario.explain import explanation

    click.echo(explanation(key or ""))


@cli.command()
def month() -> None:
    """Print what happens in a month, in order."""
    from copro_sim.processes.month import MONTH, name_of, summary

    width = max(len(name_of(process)) for process in MONTH)
    for k, process in enumerate(MONTH, 1):
        lead = f"{k:>2}  {name_of(process):<{width}}  "
        text = summary(process)
        click.echo(textwrap.fill(text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))


def _document_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add one option for each document that `describe` prints."""
    for name, about in reversed(_DOCUMENTS.items()):
        command = click.option(f"--{name}", is_flag=True, help=about)(command)
    return command


@cli.command()
@_document_options
@click.option("--out", metavar="FILE", help="File to write instead of printing.")
def describe(out: str | None, **asked: bool) -> None:
    """Print a description of the model as Markdown, made from its code: one of the documents below."""
    from copro_sim.scenario.problems import Problem, ScenarioError

    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) != 1:
        click.echo(f"describe needs one of {', '.join(f'--{name}' for name in _DOCUMENTS)}, and only one", err=True)
        sys.exit(_BAD_INPUT)
    path = None if out is None else Path(out)
    if path is not None and path.is_dir():
        raise ScenarioError([Problem(key="--out", value=str(path), message="is a folder: name a file")])
    if path is not None and (problems := _unwritable("--out", path.parent)):
        raise ScenarioError(problems)
    from copro_sim.report.describe import describe as described
    from copro_sim.results.export import write_text

    text = described(chosen[0])
    if path is None:
        click.echo(text, nl=False)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
        click.echo(f"The description is {path}")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file, for editors."""
    import json

    from copro_sim.scenario.load import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _checked(
    names: tuple[str, ...], given: dict[str, str | None], folder: Path, engines: tuple[str, ...], *, fewest: int = 1,
    snapshots: str | None = None, place: str | None = None, population: str | None = None,
    choices: dict[str, tuple[str, tuple[str, ...]]] | None = None,
) -> tuple["list[Scenario]", dict[str, Any], "Population | None"]:
    """Return scenarios, numbers and a population, or refuse with everything that is wrong with them and with the folders."""
    from copro_sim.scenario.problems import Problem, ScenarioError, did_you_mean

    numbers, problems = _numbers(given, engines)
    for option, (text, known) in (choices or {}).items():
        if text not in known:
            message = f"must be {' or '.join(known)}.{did_you_mean(text, known)}"
            problems.append(Problem(key=option, value=text, message=message))
    changes = {key: numbers[o] for key, o in _CHANGES.items() if numbers.get(o) is not None}
    chosen = []
    for name in names:
        try:
            chosen.append(_loaded(name, changes))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if len(names) < fewest:
        problems.append(Problem(key="SCENARIOS", message=f"name at least {fewest} to compare, or none for the usual four"))
    called = [scenario.name for scenario in chosen]
    twice = sorted({name for name in called if called.count(name) > 1})
    problems += [Problem(key="SCENARIOS", value=name, message="is there more than once") for name in twice]
    people, wrong = _population(population)
    problems += wrong
    if population is not None and given.get("citizens") is not None:
        problems.append(Problem(key="--citizens", message="cannot be chosen: the population has as many as it has; leave it out"))
    if people is not None:
        chosen = [people.of(scenario) for scenario in chosen]
    if place is not None:
        from copro_sim.comparison.places import problems_of

        problems += problems_of(place, chosen[0].council_names() if chosen else None)
    problems += _unwritable("--out", folder) + ([] if snapshots is None else _unwritable("--snapshots", Path(snapshots)))
    if problems:
        raise ScenarioError(problems)
    return chosen, numbers, people


def _population(folder: str | None) -> tuple["Population | None", "list[Problem]"]:
    """Return the population in a folder, or all that is wrong with it."""
    if folder is None:
        return None, []
    from copro_sim.interchange.population import load_population
    from copro_sim.scenario.problems import ScenarioError

    try:
        return load_population(folder), []
    except ScenarioError as error:
        return None, error.problems


_CHANGES = {"population.citizens": "citizens", "run.years": "years"}
"""Settings that an option of the command line replaces."""


def _loaded(name: str, changes: dict[str, Any]) -> "Scenario":
    from copro_sim.scenario.load import load_scenario

    scenario = load_scenario(name)
    return scenario.replace(changes) if changes else scenario


def _numbers(given: dict[str, str | None], engines: tuple[str, ...]) -> tuple[dict[str, Any], "list[Problem]"]:
    """Return the options that are numbers as numbers, and a problem for each that is not what it must be."""
    from copro_sim.scenario.arguments import LIMITS
    from copro_sim.scenario.problems import Problem, did_you_mean
    from copro_sim.scenario.schema import setting_records
    from copro_sim.scenario.stances import STANCES

    words = {"lang": tuple(SPOKEN), "stance": (*STANCES, _ALL_STANCES)}
    records: dict[str, Any] = {option: setting_records()[key][1] for key, option in _CHANGES.items()}
    limits = LIMITS | {option: (record.low, record.high) for option, record in records.items()}
    numbers: dict[str, Any] = {}
    problems = []
    for option in (name for name in _IN_ORDER if name in given):
        text = given[option]
        if option in words and text not in words[option]:
            message = f"must be one of {', '.join(words[option])}.{did_you_mean(text or '', words[option])}"
            problems.append(Problem(key=f"--{option}", value=text, message=message))
        elif option == "engine" and text not in engines:
            message = f"must be {' or '.join(engines)}.{did_you_mean(text or '', engines)}"
            problems.append(Problem(key="--engine", value=text, message=message))
        elif option in limits:
            low, high = limits[option]
            number = numbers[option] = _whole(text)
            if text is not None and not (number is not None and low <= number <= high):
                message = f"must be a whole number from {low} to {high:,}"
                problems.append(Problem(key=f"--{option}", value=text if number is None else number, message=message))
                numbers[option] = None
    return numbers, problems


def _whole(text: str | None) -> int | None:
    """Return a whole number, which may have underscores or commas between its digits; None if it is none."""
    try:
        return int(text.replace(",", "_")) if text is not None and text.isascii() else None
    except ValueError:
        return None


def _unwritable(option: str, folder: Path) -> "list[Problem]":
    """Return a problem if nothing could be written into `folder`; try it, and leave no trace."""
    from copro_sim.scenario.problems import Problem

    made: list[Path] = []
    try:
        for path in [*reversed(folder.parents), folder]:
            if not path.exists():
                path.mkdir()
                made.append(path)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return [Problem(key=option, value=str(folder), message=f"cannot be written: {why[:1].lower()}{why[1:]}")]
    finally:
        for path in reversed(made):
            path.rmdir()
    return []


def _say_compiled_first(cluster: str | None = None) -> None:
    """Say, before anything runs here and not on the machines of a cluster, that code is compiled first, if it is."""
    from copro_sim.engines.memory import compiled_first

    for line in () if cluster else compiled_first():
        click.echo(line, err=True)


@contextmanager
def _resumable(study: Path) -> Iterator[None]:
    """Say how to go on when a comparison was stopped whose study holds what has finished."""
    try:
        yield
    except (KeyboardInterrupt, RuntimeError, OSError, MemoryError):
        if study.exists():
            click.echo(f"What has finished is kept in {study}: the same command with --resume goes on with it.", err=True)
        raise


@contextmanager
def _progress(what: str) -> Iterator[Progress]:
    """Show how far it is: a bar with the time left on a terminal, else a plain line at each tenth; on standard error."""
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    """Prints a line each time that another tenth is done."""

    def __init__(self, what: str) -> None:
        """Begin with nothing done."""
        self._what, self._tenths = what, 0

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done, if that is another tenth."""
        tenths = 10 * done // max(1, total)
        if tenths > self._tenths:
            self._tenths = tenths
            click.echo(f"{done} of {total} {self._what}", err=True)


def _indented(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
