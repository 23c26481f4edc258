"""Whether what lies in a folder is what was written there: the study, and every file that a provenance.json lists."""

from pathlib import Path
from typing import NamedTuple

from copro_sim.results.export import PROVENANCE, check, load_provenance
from copro_sim.results.store import STUDY, Study, StudyError, StudyNotWritten


class Verified(NamedTuple):
    """What was checked in a folder and is well, and what is not: a line for each."""

    well: list[str]
    damage: list[str]


def verify(folder: str | Path) -> Verified:
    """Check every study in a folder and below, and every file that a `provenance.json` there lists with its checksum."""
    found = Verified([], [])
    for path in sorted(Path(folder).rglob(STUDY)):
        _verify_study(path, found)
    for path in sorted(Path(folder).rglob(PROVENANCE)):
        _verify_files(path.parent, found)
    for path in _without_provenance(Path(folder)):
        found.damage.append(f"{path}: there is no {PROVENANCE} beside it; it cannot be checked")
    if not (found.well or found.damage):
        found.damage.append(f"{folder}: there is nothing to check, neither {STUDY} nor {PROVENANCE}")
    return found


def _verify_study(path: Path, found: Verified) -> None:
    try:
        with Study.open(path) as study:
            failed = [run.arrays is None for run in study.runs()]
            ended = f"{len(failed)} of {study.size} runs" + (f", {sum(failed)} of them failed" if any(failed) else "")
            found.well.append(f"{study.path}: {ended}")
    except (StudyError, StudyNotWritten) as error:
        found.damage.append(str(error))


def _verify_files(folder: Path, found: Verified) -> None:
    try:
        names = list(load_provenance(folder)["files"])
    except ValueError as error:
        found.damage.append(str(error))
        return
    damage = [f"{path}: is not listed in {PROVENANCE}; it cannot be checked" for path in _unlisted(folder, names)]
    for name in names:
        try:
            check(folder / name)
        except ValueError as error:
            damage.append(str(error))
    found.damage.extend(damage)
    if not damage:
        found.well.append(f"{folder / PROVENANCE}: {len(names)} files")


def _unlisted(folder: Path, names: list[str]) -> list[Path]:
    """Return the files of a folder that its provenance does not list; what a stopped write left, and a study, need not be."""
    known = (*names, PROVENANCE, STUDY)
    return [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in known and path.name[0] != "."]


def _without_provenance(folder: Path) -> list[Path]:
    """Return data, and tables made from a study, beside which the provenance that is written last is not there."""
    tables = [path for study in folder.rglob(STUDY) for path in study.parent.glob("*.csv")]
    written = [path for path in sorted([*folder.rglob("*.nc"), *tables]) if path.name[0] != "."]
    return [path for path in written if not (path.parent / PROVENANCE).exists()]
