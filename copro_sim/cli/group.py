"""The group of commands: what goes wrong becomes a line or two and an exit status."""

import os
from typing import Any

import click

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130

_STATUS = {
    "ScenarioError": BAD_INPUT, "StudyError": BAD_INPUT, "ArchiveError": BAD_INPUT,
    "StudyNotWritten": FAILED, "RunsFailed": FAILED, "ClusterFailed": FAILED,
}  # fmt: skip
"""Errors that say all there is to say; by name, since to import them would slow `--help` down."""

_HOW_TO_REPORT = (
    "If that is a defect, please report it with this line, the command and the scenario file; "
    "with COPRO_SIM_DEBUG=1 it shows where it happened."
)


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
            ctx.exit(INTERRUPTED)
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
            ctx.exit(FAILED)
