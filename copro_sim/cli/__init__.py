"""The command line: thin, and quick to answer `--help`, since whatever is heavy is imported by the command that needs it.

A file of commands for each purpose; `options`, `checks`, `shown` and `group` are what they share.
"""

import click

from copro_sim import __version__
from copro_sim.cli.comparing import compare
from copro_sim.cli.files import archive, population, replay, verify
from copro_sim.cli.group import Commands
from copro_sim.cli.lookups import check, describe, explain, month, scenarios, schema
from copro_sim.cli.running import app, run, story
from copro_sim.cli.shown import WIDTH
from copro_sim.cli.studies import attribute, calibrate
from copro_sim.cli.sweeps import sensitivity, sweep

_COMMANDS: tuple[click.Command, ...] = (
    compare, run, story, app, calibrate, attribute, sweep, sensitivity, replay, verify, archive, population, scenarios, check,
    explain, month, describe, schema,
)  # fmt: skip


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH})
@click.version_option(__version__, prog_name="copro-sim")
def cli() -> None:
    """Test, citizen by citizen, when co-produced support beats a retreating state: for whom, and at what cost."""


for _command in _COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Start the command line."""
    cli(prog_name="copro-sim")
