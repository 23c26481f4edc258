"""Damage, generated: where each file is cut, flipped, overwritten, swapped or lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from copro_sim.results.store import STUDY

FILES = (
    "results/months.nc", "results/groups.nc", "results/months.csv", "results/provenance.json",
    "comparison/study.sqlite", "comparison/data/comparison.nc", "comparison/data/national.csv",
    "comparison/data/differences.csv", "comparison/data/provenance.json",
    "snapshots/april-2014/snapshot.nc", "snapshots/april-2014/provenance.json",
    "sweep/study.sqlite", "sweep/sweep.nc", "sweep/sweep.csv", "sweep/provenance.json",
    "calibration/study.sqlite", "calibration/draws.csv", "calibration/fit.csv", "calibration/provenance.json",
)  # fmt: skip
"""All that is written and read back; a test holds this equal to what is there, but for pages and pictures."""

CUTS, FLIPS = 5, 8


class Damage(NamedTuple):
    """What is done to one file."""

    file: str
    kind: str
    number: int = 0

    def __str__(self) -> str:
        """Say it in a word, for a test's name."""
        return f"{self.file}-{self.kind}-{self.number}"

    def do(self, folder: Path) -> None:
        """Do it to the file in a folder that `written.write` wrote."""
        path = folder / self.file
        content = (folder / _other(self.file)).read_bytes() if self.kind == "swapped" else self._damaged(path.read_bytes())
        path.unlink()  # it may be a link to the whole one
        if self.kind != "lost":
            path.write_bytes(content)

    def _damaged(self, content: bytes) -> bytes:
        where = crc32(str(self).encode()) % len(content)
        if self.kind == "cut":
            return content[:where] if self.number else b""
        if self.kind == "flipped":
            return content[:where] + bytes([content[where] ^ 1 << self.number % 8]) + content[where + 1 :]
        if self.kind == "zeros":
            return content[: where // 2] + bytes(len(content) - where // 2)
        return content + content[-100:]


def _other(file: str) -> str:
    """Return another file of the same kind, as somebody might put in its place."""
    alike = [name for name in FILES if Path(name).suffix == Path(file).suffix]
    return alike[(alike.index(file) + 1) % len(alike)]


def cases() -> Iterator[Damage]:
    """Yield every damage of every file."""
    for file in FILES:
        yield from (Damage(file, "cut", number) for number in range(CUTS))
        yield from (Damage(file, "flipped", number) for number in range(FLIPS))
        yield from (Damage(file, kind) for kind in ("zeros", "longer", "swapped", "lost"))


STUDIES = tuple(file for file in FILES if file.endswith(STUDY))
EVERY = tuple(cases())
