"""Where numbers come from: scenario, seed, versions, engine and command, so that anybody can run them again."""

import hashlib
import platform
import shlex
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from copro_sim import __version__
from copro_sim.language import N_
from copro_sim.scenario.schema import Scenario

LICENCE = N_("Contains public sector information licensed under the Open Government Licence v3.0.")

_WITHOUT_NUMBERS = ("report/", "cli/")
"""Parts of the program that show numbers and make none."""


def versions() -> dict[str, str]:
    """Return the versions of all that can change a number."""
    return {
        "copro_sim": __version__,
        "sources": sources(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "numba")},
    }


@cache
def sources() -> str:
    """Return 16 hexadecimal digits that change when somebody changes a rule or a table, and not with the report."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.csv")]):
        name = path.relative_to(root).as_posix()
        if not name.startswith(_WITHOUT_NUMBERS):
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def command() -> str:
    """Return the command line that this process was started with, without the folder of the program."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def provenance(scenarios: tuple[Scenario, ...], *, seed: int, engine: str, **more: Any) -> dict[str, Any]:
    """Return what is kept beside numbers, as plain values that JSON can hold.

    Parameters
    ----------
    scenarios
        In full, each with its content hash.
    seed, engine
        As given to the run or comparison.
    **more
        Anything else, such as content_hash.
    """
    return {
        "scenarios": [{"content_hash": scenario.content_hash, **scenario.dump()} for scenario in scenarios],
        "seed": seed,
        "engine": engine,
        "versions": versions(),
        "command": command(),
        "licence": LICENCE,
        **more,
    }
