"""What a study keeps of one run, and the row that holds it: arrays as compressed bytes, everything under one checksum."""

import json
import re
import zlib
from typing import Any, NamedTuple

import numpy as np

from copro_sim.results.canonical import canonical_text, content_hash

Array = np.ndarray[Any, Any]
Row = tuple[int, int, int, int, str | None, bytes | None, str | None, str | None, str]
"""Values of the columns below."""

COLUMNS = (
    "scenario INTEGER NOT NULL, future INTEGER NOT NULL, seed INTEGER NOT NULL, draw INTEGER NOT NULL, "
    "form TEXT, arrays BLOB, error TEXT, replay TEXT, sha256 TEXT NOT NULL, PRIMARY KEY (scenario, future)"
)
"""Of a row, in SQL; `form` is the name, type and shape of each array, as JSON."""

_QUICKLY = 1


_LARGEST = 2**30
"""Bytes of a run's arrays: more than that is no run, whatever a few compressed bytes say."""

_PLAIN = re.compile(r"[<>|][biuf][1248]")
"""Types of arrays that a study keeps: numbers, never objects."""


class Run(NamedTuple):
    """What is kept of one run.

    Parameters
    ----------
    scenario, future
        Which run of the plan, from 0.
    seed, draw
        With which it was run: key of its chance, and number of the draw of what nobody knows.
    arrays
        What came of it, by name; None if it failed.
    error, replay
        Of a run that failed: what went wrong, and the command that runs it again.
    """

    scenario: int
    future: int
    seed: int
    draw: int
    arrays: dict[str, Array] | None
    error: str | None = None
    replay: str | None = None

    def checksum(self, plan_hash: str) -> str:
        """Return the SHA-256 of all that is kept and of the plan that it belongs to."""
        about = [plan_hash, *self._replace(arrays=None)]
        return content_hash(about, self.arrays or {})

    def row(self, plan_hash: str) -> Row:
        """Return the row that holds the run."""
        form = packed = None
        if self.arrays is not None:
            form = canonical_text([[name, array.dtype.str, array.shape] for name, array in self.arrays.items()])
            packed = zlib.compress(b"".join(np.ascontiguousarray(a).tobytes() for a in self.arrays.values()), _QUICKLY)
        which = (self.scenario, self.future, self.seed, self.draw)
        return (*which, form, packed, self.error, self.replay, self.checksum(plan_hash))


def run_of(row: Row, plan_hash: str) -> Run:
    """Return the run that a row holds.

    Raises
    ------
    ValueError
        If the row is damaged, or belongs to another plan.
    """
    scenario, future, seed, draw, form, packed, error, replay, checksum = row
    try:
        arrays = None if form is None else _unpacked(form, packed)
        run = Run(scenario, future, seed, draw, arrays, error, replay)
        whole = run.checksum(plan_hash) == checksum
    except (ValueError, TypeError, OverflowError, RecursionError, zlib.error):
        whole = False
    if not whole:
        raise ValueError(f"the run of scenario {scenario}, future {future} differs from its checksum")
    return run


def _unpacked(form: str, packed: Any) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    content, at = _unzipped(packed), 0
    for name, kind, shape in json.loads(form):
        if not _PLAIN.fullmatch(kind) or not all(size >= 0 for size in shape):
            raise ValueError(f"{kind} of {shape} are no numbers")
        arrays[name] = np.frombuffer(content, kind, int(np.prod(shape, dtype=np.int64)), at).reshape(shape)
        at += arrays[name].nbytes
    if at != len(content):
        raise ValueError(f"{len(content) - at} bytes too many")
    return arrays


def _unzipped(packed: Any) -> bytes:
    reader = zlib.decompressobj()
    content = reader.decompress(packed, _LARGEST)
    if not reader.eof or reader.unused_data:
        raise ValueError("the arrays are cut short, or larger than any run")
    return content
