"""The one place for numba: its flags, and a cache folder that can never serve stale code.

A *rule* and a *walk* stay plain Python functions when Python calls them (the agents engine, the tests, a student at a
prompt) and are compiled when compiled code calls them. Only the few functions that Python hands whole blocks of
communities to are *entries*: compiled once, without the global interpreter lock, and cached.

numba's cache notices a change only in the file of the function itself, not in the rules that it calls. The folder is
therefore named by a hash of all sources that compiled code is made of and of versions: other code, other folder.
"""

import hashlib
import os
import platform
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy
from numba.extending import overload, register_jitable

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"nogil": True, "fastmath": False, "error_model": "numpy", "boundscheck": False}
_INSIDE: dict[str, Any] = {"error_model": "numpy", "no_cfunc_wrapper": True}
"""For what only compiled code calls: nothing outside needs a way in, and ways in cost compilation."""

_BORROWS: dict[str, Any] = {"_nrt": False}
"""For what only reads and writes arrays that its caller holds: no counting of references, on every use of a column."""


COMPILED_FROM = ("core", "state", "processes", "population", "scenario/evidence.py", "engines/block.py")
"""Where whatever is compiled is written, and the constants that it reads: what else changes needs no new compilation."""


def source_hash() -> str:
    """Return 16 hexadecimal digits that change whenever what is compiled does, or a version below it."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for path in sorted(path for place in COMPILED_FROM for path in _sources(root / place)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(f"{numba.__version__} {numpy.__version__} {platform.python_version()}".encode())
    return digest.hexdigest()[:16]


def _sources(place: Path) -> list[Path]:
    return list(place.rglob("*.py")) if place.is_dir() else [place]


def cache_folder() -> Path:
    """Return the folder that holds compiled code for exactly these sources."""
    base = os.environ.get("COPRO_SIM_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "copro_sim" / f"compiled-{source_hash()}"


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = str(cache_folder())


def rule(function: Function) -> Function:
    """Mark what one citizen decides: scalars in, scalars out; Python's own arithmetic, compiled where compiled code calls."""
    marked: Function = register_jitable(**_INSIDE, **_BORROWS)(function)
    return marked


def inlined(function: Function) -> Function:
    """Mark a rule that the machine writes into whatever calls it, however long that becomes."""
    marked: Function = register_jitable(forceinline=True, **_INSIDE, **_BORROWS)(function)
    return marked


def whole(value: Any) -> int:
    """Return a stored number as the whole number that rules see: Python's int, int64 when compiled.

    Compiled code would keep `int(x)` of an unsigned column unsigned, and unsigned mixed with signed becomes a float.
    """
    return int(value)


@overload(whole)
def _whole(value):
    return lambda value: numpy.int64(value)


walk = rule
"""Mark a walk over one community's columns (compiled into the year that calls it), which makes and returns no arrays."""


def making(function: Function) -> Function:
    """Mark a walk that makes arrays of its own, or calls one that returns them: it counts who still holds them."""
    marked: Function = register_jitable(**_INSIDE, _nrt=True)(function)
    return marked


@lru_cache
def pasted(function: Callable[..., Any]) -> Any:
    """Return a walk as one that numba pastes into what calls it: compiled once, not by itself and then again there."""
    marked = numba.njit(inline="always", **_OPTIONS)(function)
    if not numba.config.DISABLE_JIT:  # kept code is found again by what its function holds: this would be a random number
        marked._set_uuid(f"{function.__module__}.{function.__qualname__}")
    return marked


def step(function: Function) -> Function:
    """Mark a part of a walk: compiled code writes it into the walk, for to pass all columns costs more than most steps.

    Only for parts without branches that leave early or nest deeply: there the compiler loses sight of who holds which column
    and counts references to all of them, half a microsecond a citizen. Write such a part into the loop, or hand the columns
    that it needs to a walk.
    """
    marked: Function = register_jitable(inline="always", **_INSIDE)(function)
    return marked


def entry(signature: Any = None, *, cache: bool = True) -> Callable[[Function], Any]:
    """Compile a function that Python calls with whole blocks: without the interpreter's lock, cached, one signature.

    Not cached is what is made of somebody's own functions, whose sources name no folder.
    """

    def decorate(function: Function) -> Any:
        args = (signature,) if signature is not None else ()
        return numba.njit(*args, cache=cache, **_OPTIONS)(function)

    return decorate
