"""Compiling what lives a year, the first time: by other processes while this one builds the population, then by all of them.

Each part is kept in a file of its own (`core/compiled.py`), so this process loads what the others have compiled.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import numba
from numba.core.errors import NumbaError

from copro_sim.core.ahead import Ahead
from copro_sim.engines.block import PARTS, compile_part, walks_of
from copro_sim.processes.month import walk_of
from copro_sim.processes.own import Month
from copro_sim.scenario.schema import Scenario

_MOST = 3
"""Other processes at the most: each takes some seconds to start, and memory."""

_BEGUN = "begun"
"""A file beside compiled code: somebody compiles, or has, and nobody else need start a process for it."""


@contextmanager
def compiled_meanwhile() -> Iterator[None]:
    """Have everything compiled at the end of the block: once for these sources, if there is more than one processor."""
    code, others = f"from {__name__} import compile_named; compile_named()", min(_MOST, (os.cpu_count() or 1) - 1)
    ahead = Ahead(PARTS, code, others) if others and _nobody_has() else None
    yield
    for part in ahead.rest() if ahead is not None else ():
        compile_part(part, *_usual())


def compile_own(month: Month) -> None:
    """Compile what is somebody's own of a month, so that what cannot be is known before anything runs.

    Raises
    ------
    ValueError
        If a process has no walk over arrays, or one that cannot be compiled: says what and in which line.
    """
    for process in month.own:
        walk_of(process)
        if numba.config.DISABLE_JIT:
            continue
        try:
            walks_of(Month([process]), *_usual())
        except NumbaError as error:
            raise ValueError(f"process {process.name}: its walk over arrays cannot be compiled: {_said(error)}") from error


def _said(error: NumbaError) -> str:
    """Return the innermost part of what numba says: what it did not understand, and where that stands."""
    innermost = str(error).rpartition("(step: nopython frontend)\n")[2]
    return dedent(re.split(r"\n\s*During: ", innermost)[0]).strip()


def compile_named() -> None:
    """Compile each part that a line of standard input names, and write a line after each: the others' work."""
    usual = _usual()
    for part in sys.stdin:
        compile_part(part.strip(), *usual)
        print(flush=True)


def _usual() -> tuple[Any, Any]:
    """Return parameters and tables of the types that every scenario's have."""
    from copro_sim.engines.populate import hazards  # which needs who holds people, who need this

    scenario = Scenario(question="What is compiled?")
    return scenario.parameters(), hazards(scenario)[0]


def _nobody_has() -> bool:
    if numba.config.DISABLE_JIT:
        return False
    folder = Path(numba.config.CACHE_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _BEGUN).touch(exist_ok=False)
    except OSError:  # there already, or nothing can be kept here
        return False
    return True
