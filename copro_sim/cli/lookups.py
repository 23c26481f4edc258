"""Commands that look things up and run nothing: `scenarios`, `check`, `explain`, `month`, `describe`, `schema`."""

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import click

from copro_sim.cli.checks import needs, unwritable
from copro_sim.cli.group import BAD_INPUT
from copro_sim.cli.shown import WIDTH

_DOCUMENTS = {
    "odd": "The ODD protocol: purpose, entities, schedule, design concepts, start, input, submodels.",
    "parameters": "Every parameter: value, range, unit, source, grade, meaning.",
    "trace": "TRACE notes: what was evaluated, verified and corroborated, and what was not.",
    "stress": "The STRESS-ABS checklist for reporting a simulation study, filled in.",
}


@click.command()
def scenarios() -> None:
    """List the scenarios that ship, and what each asks."""
    from copro_sim.scenario.load import load_scenario, shipped_scenarios

    for name in shipped_scenarios():
        scenario = load_scenario(name)
        click.echo(f"{name}: {scenario.title}")
        click.echo(_indented(" ".join(scenario.question.split())) + "\n")


@click.command()
@click.argument("files", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Check FILES of scenarios or studies, and folders with a population of one's own, without running anything."""
    from copro_sim.interchange.population import load_population
    from copro_sim.scenario.load import changes_nothing, is_study, load_scenario
    from copro_sim.scenario.problems import ScenarioError

    problems = []
    for name in files:
        try:
            if Path(name).is_dir():
                people = load_population(name)
                click.echo(f"{name}: ok, {people.size:,} citizens of {', '.join(people.councils)}")
            elif is_study(name):
                click.echo(f"{name}: ok, a study of {_checked_study(name)}")
            else:
                scenario = load_scenario(name)
                idle = f", but nothing in it differs from {scenario.extends}" if changes_nothing(name) else ""
                click.echo(f"{name}: ok{idle}")
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


def _checked_study(name: str) -> str:
    """Return how much a study file asks for, or refuse it with all that is wrong, having said that it was read as one."""
    from copro_sim.scenario.problems import ScenarioError

    try:
        from copro_sim.study.design import load_sweep

        asked = load_sweep(name)
    except ImportError:
        raise needs("study") from None
    except ScenarioError:
        click.echo(f"{name}: is checked as a study, since it has factors or scenarios and no question.", err=True)
        raise
    points, runs = len(asked.values()), len(asked.scenarios) * asked.seeds
    return f"{', '.join(asked.scenarios)}: points {points}, runs at each {runs}"


@click.command()
@click.argument("key", required=False)
def explain(key: str | None) -> None:
    """Say what a setting is: value, range, unit, meaning, source, grade. A table or the start of a KEY lists its own."""
    from copro_sim.scenario.explain import explanation

    click.echo(explanation(key or ""))


@click.command()
def month() -> None:
    """Print what happens in a month, in order."""
    from copro_sim.processes.month import MONTH, name_of, summary

    width = max(len(name_of(process)) for process in MONTH)
    for k, process in enumerate(MONTH, 1):
        lead = f"{k:>2}  {name_of(process):<{width}}  "
        text = summary(process)
        click.echo(textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))


def _document_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add one option for each document that `describe` prints."""
    for name, about in reversed(_DOCUMENTS.items()):
        command = click.option(f"--{name}", is_flag=True, help=about)(command)
    return command


@click.command()
@_document_options
@click.option("--out", metavar="FILE", help="File to write instead of printing.")
def describe(out: str | None, **asked: bool) -> None:
    """Print a description of the model as Markdown, made from its code: one of the documents below."""
    from copro_sim.scenario.problems import Problem, ScenarioError

    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) != 1:
        click.echo(f"describe needs one of {', '.join(f'--{name}' for name in _DOCUMENTS)}, and only one", err=True)
        sys.exit(BAD_INPUT)
    path = None if out is None else Path(out)
    if path is not None and path.is_dir():
        raise ScenarioError([Problem(key="--out", value=str(path), message="is a folder: name a file")])
    if path is not None and (problems := unwritable("--out", path.parent)):
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


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file, for editors."""
    import json

    from copro_sim.scenario.load import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _indented(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
