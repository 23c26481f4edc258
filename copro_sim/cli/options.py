"""Options that several commands share. Numbers are read as text, to report all mistakes at once."""

from collections.abc import Callable

import click

ENGINES = {"compare": ("kernels", "agents"), "run": ("kernels", "agents", "dask")}
_ALL_ENGINES = "kernels, agents or (a single run) dask"
ON = click.option("--on", metavar="INDICATOR", default="unmet_share", show_default=True, help="What to say the sensitivity of.")
POPULATION = click.option("--population", metavar="DIR", help="A population of one's own (communities.csv, ...) to begin with.")


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that `compare` and `run` share. Numbers are read as text, to report all mistakes at once."""
    for option in (
        click.option("--out", metavar="DIR", help="Folder for what comes out (out/comparison or out/run unless told)."),
        click.option("--workers", metavar="N", help="Threads to use."),
        click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster to run on (needs the extra dask)."),
        POPULATION,
        click.option("--engine", metavar="NAME", default="kernels", show_default=True, help=f"{_ALL_ENGINES}."),
        click.option("--seed", metavar="N", default="1", show_default=True, help="Key of all chance."),
        click.option("--years", metavar="N", help="Years from April 2013, 1 to 100."),
        click.option("--citizens", metavar="N", help="Simulated citizens, 50 to 50,000,000."),
    ):
        command = option(command)
    return command
