"""Files: written whole or not at all, listed with their checksums, and refused if damaged."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xarray

from copro_sim.results.canonical import content_hash

PROVENANCE = "provenance.json"
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
    """Return the SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save(directory: Path, writers: Mapping[str, Writer], about: Mapping[str, Any]) -> Path:
    """Write files and, last, `provenance.json` with `about` and each file's checksum; return the folder.

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
    for name, write in writers.items():
        with whole(directory / name) as temporary:
            write(temporary)
    content = {**about, "files": {name: checksum(directory / name) for name in writers}}
    content["sha256"] = content_hash(content, {})
    write_text(directory / PROVENANCE, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return directory


def load_provenance(directory: Path) -> dict[str, Any]:
    """Return what `save` wrote about a folder.

    Raises
    ------
    ValueError
        If it is not there, cannot be read, or is not as it was written.
    """
    path = directory / PROVENANCE
    try:
        about = dict(json.loads(path.read_text(encoding="utf-8")))
        whole = about.pop("sha256") == content_hash(about, {})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: no provenance can be read ({error}); save the results again") from None
    if not whole:
        raise ValueError(f"{path}: damaged or changed since it was written; save the results again")
    return about


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
