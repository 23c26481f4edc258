"""Files: written whole or not at all, listed with their checksums, and refused if damaged."""

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xarray

from copro_sim import __version__
from copro_sim.results.canonical import content_hash
from copro_sim.scenario.arguments import is_whole
from copro_sim.scenario.problems import shown

PROVENANCE = "provenance.json"
FORM = 1
"""Number of the form of provenance and of the files that it lists: another form, another number."""

_LARGEST_PROVENANCE = 100_000_000
Writer = Callable[[Path], None]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder, which becomes `path` only if nothing goes wrong."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8, whole or not at all."""
    with whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def containing(content: bytes) -> Writer:
    """Return what writes these bytes, for `save` and `add`."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def write_dataset(data: xarray.Dataset, path: Path) -> None:
    """Write compressed NetCDF with a checksum on every block of numbers.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    packed = {"zlib": True, "complevel": 1, "fletcher32": True}
    encoding = {
        name: dict(packed) for name, column in data.variables.items() if column.ndim and column.dtype.kind in "fiuM"
    }
    with whole(path) as temporary:
        try:
            data.to_netcdf(temporary, engine="netcdf4", encoding=encoding)
        except RuntimeError as error:  # NetCDF keeps to itself what the system said
            raise OSError(f"{path}: cannot be written ({error}); is there room for it?") from None


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits.

    Raises
    ------
    OSError
        If it cannot be read, or is no plain file: a device or a pipe might never end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a plain file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save(directory: Path, writers: Mapping[str, Writer], about: Mapping[str, Any]) -> Path:
    """Write files and, last, `provenance.json` with `about` and each file's checksum; return the folder.

    Whatever an earlier provenance there lists beside these goes, unless somebody has changed it: it is of something else.

    Parameters
    ----------
    directory
        Made if it is not there.
    writers
        What writes each file, by its name; called with the path to write to.
    about
        Provenance that JSON can hold.
    """
    directory.mkdir(parents=True, exist_ok=True)
    before, files = _listed(directory), _written(directory, writers)
    _list(directory, about, files)
    for name, of in before.items():
        if name not in files and (directory / name).is_file() and checksum(directory / name) == of:
            (directory / name).unlink()
    return directory


def add(directory: Path, writers: Mapping[str, Writer]) -> None:
    """Write further files into a folder that `save` wrote, and list them with their checksums in its provenance.

    Raises
    ------
    ValueError
        If what is there is not as it was written.
    """
    about = load_provenance(directory)
    _list(directory, about, about["files"] | _written(directory, writers))


def _listed(directory: Path) -> dict[str, str]:
    """Return the checksums of the files that a folder's provenance lists; none if there is no provenance, or a damaged one."""
    try:
        return dict(load_provenance(directory)["files"])
    except ValueError:
        return {}


def _list(directory: Path, about: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Write provenance: what it is about, the checksum of each file, and its own."""
    content = {**about, "form": FORM, "files": dict(files)}
    content["sha256"] = content_hash(content, {})
    write_text(directory / PROVENANCE, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _written(directory: Path, writers: Mapping[str, Writer]) -> dict[str, str]:
    """Write files, each whole or not at all, and return their checksums by name."""
    for name, write in writers.items():
        with whole(directory / name) as temporary:
            write(temporary)
    return {name: checksum(directory / name) for name in writers}


def load_provenance(directory: Path) -> dict[str, Any]:
    """Return what `save` wrote about a folder.

    Raises
    ------
    ValueError
        If it is not there, cannot be read, or is not as it was written.
    """
    path = directory / PROVENANCE
    try:
        about = dict(json.loads(_text_of(path)))
        form = about.get("form")
        known = is_whole(form) and form == FORM
        whole = not known or about.pop("sha256") == content_hash(about, {})
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{path}: no provenance can be read ({error}); save the results again") from None
    if not known:
        raise ValueError(
            f"{path}: is of form {shown(form)} and copro_sim {__version__} reads form {FORM}: use the version that wrote it, or "
            "run it again"
        )
    if not whole or not _lists_files(about.get("files")):
        raise ValueError(f"{path}: damaged or changed since it was written; save the results again")
    return about


def _text_of(path: Path) -> str:
    """Return the text of a provenance, which is a plain file of no more than a bounded size."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a plain file")
    with path.open("rb") as file:
        content = file.read(_LARGEST_PROVENANCE + 1)
    if len(content) > _LARGEST_PROVENANCE:
        raise ValueError("it is far too large")
    return content.decode("utf-8")


def _lists_files(files: Any) -> bool:
    """Return whether these are checksums by the plain names of files, none of which leads out of the folder."""
    return isinstance(files, dict) and all(
        isinstance(of, str) and name == Path(name).name and name.isprintable() and name not in ("", "..", PROVENANCE)
        for name, of in files.items()
    )


def check(path: Path) -> None:
    """Compare a file with its checksum in the provenance beside it.

    Raises
    ------
    ValueError
        If the file is missing, damaged, or not listed.
    """
    expected = load_provenance(path.parent)["files"].get(path.name)
    try:
        found = checksum(path)
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror})") from None
    if found != expected:
        raise ValueError(f"{path}: damaged or not the file that was saved; run it again (provenance.json says how)")


def load_dataset(path: Path) -> xarray.Dataset:
    """Return a dataset that `save` wrote, after comparing the file with its checksum.

    Raises
    ------
    ValueError
        If the file is missing, damaged, or not listed in the provenance beside it.
    """
    check(path)
    with xarray.open_dataset(path, engine="netcdf4") as data:
        return data.load()
