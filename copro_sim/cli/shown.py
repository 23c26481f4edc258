"""What is said while something runs: that code is compiled first, how far it is, how to go on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

WIDTH = 100
Progress = Callable[[int, int], None]


def say_compiled_first(cluster: str | None = None) -> None:
    """Say, before anything runs here and not on the machines of a cluster, that code is compiled first, if it is."""
    from copro_sim.engines.memory import compiled_first

    for line in () if cluster else compiled_first():
        click.echo(line, err=True)


@contextmanager
def resumable(study: Path, resume: bool) -> Iterator[None]:
    """Say how to go on when a comparison was stopped whose study holds what has finished; before, what becomes of one there."""
    if resume and not study.exists():
        click.echo(f"There is no {study} to go on with: everything is run from the beginning.", err=True)
    if not resume and _is_finished(study):
        click.echo(f"{study}: the finished study there is replaced.", err=True)
    try:
        yield
    except (KeyboardInterrupt, RuntimeError, OSError, MemoryError):
        if study.exists():
            click.echo(f"What has finished is kept in {study}: the same command with --resume goes on with it.", err=True)
        raise


def _is_finished(study: Path) -> bool:
    """Return whether there is a whole study of which no run is left to do."""
    from copro_sim.results.store import Study, StudyError, StudyNotWritten

    try:
        with Study.open(study) as there:
            return there.finished
    except (StudyError, StudyNotWritten):
        return False  # what is wrong with it is said by whoever wants to write it


@contextmanager
def progressing(what: str) -> Iterator[Progress]:
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
