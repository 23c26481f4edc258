"""Replication archives: all that a study left in a folder in one zip, the same bytes for the same files, each with its checksum.

Members are stored, not compressed (data and studies are compressed already): so the bytes depend on no library, and no archive
can unpack to more than its own size. Nothing is ever unpacked that was not checked, whole.
"""

import hashlib
import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from copro_sim.results.export import PROVENANCE, whole
from copro_sim.results.verify import verify
from copro_sim.scenario import evidence
from copro_sim.scenario.problems import count_of

MANIFEST = "MANIFEST.json"
FORM = "copro_sim archive 1"
_SHIPPED = {"shipped/draws.csv": Path(evidence.__file__).parent / "data" / "draws.csv"}
"""What ships with the program and a comparison draws from."""

_WHEN = (1980, 1, 1, 0, 0, 0)
_MOST_MEMBERS, _LARGEST_MANIFEST, _AT_A_TIME = 100_000, 50_000_000, 1 << 20
_ENCRYPTED = 0x1


class ArchiveError(ValueError):
    """An archive that is not as it was packed, or a folder that cannot be packed: a line for each thing that is wrong."""


def pack_archive(folder: str | Path, file: str | Path) -> str:
    """Pack a folder that `run`, `compare` or `sweep` left into one zip file, and return the SHA-256 of that file.

    Parameters
    ----------
    folder
        Everything in it is packed, with the draws that ship and a manifest of checksums. It is verified first.
    file
        The zip file, outside the folder; written whole or not at all. Same folder, same bytes.

    Raises
    ------
    ArchiveError
        If there is no provenance in the folder, something in it is damaged or no plain file, or the file lies in it.
    """
    folder, file = Path(folder), Path(file)
    sources = _sources(folder, file)
    manifest = {
        "form": FORM,
        "files": {name: {"bytes": path.stat().st_size, "sha256": _sha256(path)} for name, path in sources.items()},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        archive.writestr(_member(MANIFEST), text)
        for name, path in sources.items():
            with path.open("rb") as source, archive.open(_member(name), "w", force_zip64=True) as target:
                while block := source.read(_AT_A_TIME):
                    target.write(block)
    return _sha256(file)


def check_archive(file: str | Path) -> dict[str, str]:
    """Compare every member of an archive with its checksum, without unpacking anything; return the checksums by name.

    Raises
    ------
    ArchiveError
        If it is no archive of ours, or a member is missing, added, damaged or of a kind that no archive of ours has.
    """
    with _opened(Path(file)) as archive:
        return _checked(archive, Path(file))


def unpack_archive(file: str | Path, folder: Path) -> None:
    """Write the members of an archive into an empty folder, once all of them have been checked.

    Raises
    ------
    ArchiveError
        As `check_archive`.
    """
    with _opened(Path(file)) as archive:
        for name in _checked(archive, Path(file)):
            path = folder.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, path.open("xb") as target:
                while block := source.read(_AT_A_TIME):
                    target.write(block)


def _sources(folder: Path, file: Path) -> dict[str, Path]:
    """Return the files to pack by name, in order."""
    wrong = []
    if not any(folder.rglob(PROVENANCE)):
        raise ArchiveError(f"{folder}: holds no {PROVENANCE}: name a folder that run, compare or sweep left")
    if file.resolve().is_relative_to(folder.resolve()):
        wrong.append(f"{file}: lies in the folder that it is to hold: name a file elsewhere")
    found = dict(_SHIPPED)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            wrong.append(f"{path}: is no plain file: an archive holds nothing else")
        elif path.is_file():
            wrong += [f"{path}: cannot be packed: its name is {why}" for why in _unsafe(name)]
            found[name] = path
    wrong += verify(folder).damage
    if wrong:
        raise ArchiveError("\n".join(wrong))
    return dict(sorted(found.items()))


def _member(name: str) -> zipfile.ZipInfo:
    """Return what the zip says of a member: nothing that differs from day to day or from machine to machine."""
    info = zipfile.ZipInfo(name, _WHEN)
    info.create_system, info.external_attr, info.compress_type = 3, (stat.S_IFREG | 0o644) << 16, zipfile.ZIP_STORED
    return info


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise ArchiveError(f"{file}: cannot be read ({error.strerror})") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise ArchiveError(f"{file}: is no zip file, or damaged ({error})") from None


def _checked(archive: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """Return the checksums of a whole archive, or refuse it with all that is wrong."""
    listed: dict[str, Any] = {}
    wrong = list(_strange(archive, file.stat().st_size))
    if not wrong:
        listed, wrong = _manifest(archive)
    if not wrong:
        wrong = list(_differences(archive, listed))
    if wrong:
        raise ArchiveError("\n".join([*(f"{file}: {line}" for line in wrong[:_MOST_LINES]), f"{count_of(wrong)}."]))
    return {name: about["sha256"] for name, about in listed.items()}


_MOST_LINES = 50


def _strange(archive: zipfile.ZipFile, size: int) -> Iterator[str]:
    """Yield what no archive of ours has: names that lead elsewhere, links, anything packed, more than the file can hold."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        yield f"holds {len(members):,} members: more than {_MOST_MEMBERS:,}"
        return
    seen: set[str] = set()
    for member in members:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if member.filename.casefold() in seen:
            yield f"{member.filename!r} is there twice"
        seen.add(member.filename.casefold())
        yield from (f"{member.filename!r}: its name is {why}" for why in _unsafe(member.filename))
        if member.is_dir() or kind not in (0, stat.S_IFREG):
            yield f"{member.filename!r} is no plain file"
        if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & _ENCRYPTED:
            yield f"{member.filename!r} is compressed or encrypted: nothing in these archives is"
    if sum(member.file_size for member in members) > size:
        yield "claims to hold more than its own size"


def _unsafe(name: str) -> Iterator[str]:
    """Yield why a name could lead out of the folder, or mean something else on another system."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or "" in parts or "." in parts or ".." in parts:
        yield "a path that could lead elsewhere"
    elif not name.isprintable() or len(name) > _LONGEST_NAME:
        yield "not printable, or too long"


_LONGEST_NAME = 500


def _manifest(archive: zipfile.ZipFile) -> tuple[dict[str, Any], list[str]]:
    """Return what the manifest lists, or what is wrong with it."""
    if MANIFEST not in archive.namelist():
        return {}, [f"holds no {MANIFEST}: it was not packed by copro_sim"]
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        return {}, [f"{MANIFEST} is too large"]
    try:
        content = json.loads(archive.read(MANIFEST))
        form, files = content["form"], content["files"]
        well = all(isinstance(one["sha256"], str) and type(one["bytes"]) is int for one in files.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile) as error:
        return {}, [f"{MANIFEST} cannot be read ({error})"]
    if form != FORM or not well:
        return {}, [f"{MANIFEST} is of another form: expected {FORM!r}"]
    return files, []


def _differences(archive: zipfile.ZipFile, listed: dict[str, Any]) -> Iterator[str]:
    """Yield what is missing, added or otherwise than the manifest says."""
    there = set(archive.namelist()) - {MANIFEST}
    yield from (f"{name!r} is missing" for name in sorted(listed.keys() - there))
    yield from (f"{name!r} was added: the manifest does not list it" for name in sorted(there - listed.keys()))
    for name in sorted(there & listed.keys()):
        try:
            with archive.open(name) as member:
                found = _digest(member)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            yield f"{name!r} is damaged ({error})"
            continue
        if found != listed[name]["sha256"] or archive.getinfo(name).file_size != listed[name]["bytes"]:
            yield f"{name!r} is damaged or was changed"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_AT_A_TIME):
        digest.update(block)
    return digest.hexdigest()
