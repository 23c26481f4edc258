"""Files that are no scenario and no study, whatever they are called: a maker for each, and what is said of it."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import xarray

QUESTION = 'question = "What if?"\n'
TOML = f"{QUESTION}[run]\nyears = 7\n"
YAML = "question: What if?\nrun:\n  years: 7\n"
JSON = '{"question": "What if?", "run": {"years": 7}}\n'

CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "only-spaces": (b" \n\t\r\n", "is empty"),
    "only-a-mark": (b"\xef\xbb\xbf", "is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
    "zip": (b"PK\x03\x04\x14\0\0\0\x08\0", "is not text"),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "is not text"),
    "pickle": (b"\x80\x04\x95\x1a\0\0\0\0\0\0\0cos\nsystem\n", "is not text"),
    "sqlite": (b"SQLite format 3\0\x10\0", "is not text"),
    "utf-16": (TOML.encode("utf-16"), "is not text"),
    "utf-16-without-mark": (TOML.encode("utf-16-le"), "is not text"),
    "utf-32": (TOML.encode("utf-32"), "is not text"),
    "latin-1": (TOML.replace("What", "Beth yw Ynys M\u00f4n").encode("latin-1"), "is not text"),
    "zero-inside": (TOML.encode() + b"\0", "is not text"),
    "bad-utf-8": (TOML.encode() + b"# \xc3\x28\n", "is not text"),
    "lone-surrogate": (TOML.encode() + b"# \xed\xa0\x80\n", "is not text"),
    "old-mac-line-ends": (TOML.replace("\n", "\r").encode(), "is not valid TOML"),
    "yaml": (YAML.encode(), "is not valid TOML"),
    "json": (JSON.encode(), "is not valid TOML"),
    "csv": (b"key,value\nrun.years,7\n", "is not valid TOML"),
    "html": (b"<!doctype html><title>404</title>\n", "is not valid TOML"),
    "python": (b"import os\nos.system('true')\n", "is not valid TOML"),
    "ini": (b"[run]\nyears: 7\n", "is not valid TOML"),
    "markdown": (b"# What if?\n\nA question.\n", "is not valid TOML"),
    "merge-conflict": (TOML.encode() + b"<<<<<<< HEAD\nyears = 8\n=======\n", "is not valid TOML"),
    "cut-in-a-text": (TOML.encode()[:15], "the closing quote is missing"),
    "cut-in-a-header": (TOML.encode()[:-12], "is not valid TOML"),
    "open-list": (QUESTION.encode() + b"[population]\ncouncils = [\n", "is not valid TOML"),
    "open-text": (QUESTION.encode() + b'title = """\n', "the closing quote is missing"),
    "typographic-quotes": ("question = \u201cWhat if?\u201d\n".encode(), "is not valid TOML"),
    "decimal-comma": (QUESTION.encode() + b"[asking]\nlabel = 0,5\n", "write a decimal point, not a comma"),
    "key-twice": (QUESTION.encode() * 2, "is set twice"),
    "table-twice": (TOML.encode() + b"[run]\nyears = 8\n", "is set twice"),
    "table-over-value": (TOML.encode() + b"[run.years]\nx = 1\n", "is not valid TOML"),
    "lists-in-lists": (f"{QUESTION}a = {'[' * 500}{']' * 500}\n".encode(), "is nested more than"),
    "open-lists-in-lists": (f"{QUESTION}a = {'[' * 100_000}".encode(), "is nested more than"),
    "tables-in-tables": (f"{QUESTION}a = {'{ a = ' * 500}1{' }' * 500}\n".encode(), "is nested more than"),
    "dotted-keys": (f"{QUESTION}{'.'.join('a' * 500)} = 1\n".encode(), "is nested more than"),
    "dotted-header": (f"{QUESTION}[{'.'.join('a' * 500)}]\n".encode(), "is nested more than"),
    "ten-thousand-digits": (f"{QUESTION}[run]\nyears = {'9' * 10_000}\n".encode(), "is not valid TOML"),
    "a-million-marks": (b"#" * 1_000_001, "is larger than"),
    "escape-sequences": (QUESTION.encode() + b"\x1b[31mred = 1\n", "is not valid TOML"),
}
"""Bytes of a file, and what must be said of it."""


def _folder(path: Path) -> None:
    path.mkdir()


def _fifty_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


def _round(path: Path) -> None:
    other = path.with_name(f"other-{path.name}")
    other.symlink_to(path.name)
    path.symlink_to(other.name)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # names of sockets are short
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


def _netcdf(path: Path) -> None:
    xarray.Dataset({"years": ("x", np.arange(7))}).to_netcdf(path, engine="netcdf4")


OBJECTS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "not-there": (lambda path: None, "there is no such file"),
    "folder": (_folder, "is a folder, not a file"),
    "link-to-itself": (lambda path: path.symlink_to(path.name), "cannot be read"),
    "links-in-a-circle": (_round, "cannot be read"),
    "link-to-nothing": (lambda path: path.symlink_to("nowhere.toml"), "there is no such file"),
    "link-to-a-device": (lambda path: path.symlink_to("/dev/zero"), "is not a file"),
    "link-to-a-folder": (lambda path: path.symlink_to("/"), "is a folder, not a file"),
    "pipe-that-nobody-writes": (os.mkfifo, "is not a file"),
    "socket": (_socket, "is not a file"),
    "fifty-megabytes": (_fifty_megabytes, "is larger than"),
    "netcdf": (_netcdf, "is not text"),
}
"""What makes something that is no plain file, and what must be said of it."""

EVERY = (*CONTENTS, *OBJECTS)


def make(name: str, path: Path) -> str:
    """Make what `name` says at `path`, and return what must be said of it."""
    if name in CONTENTS:
        content, said = CONTENTS[name]
        path.write_bytes(content)
        return said
    maker, said = OBJECTS[name]
    maker(path)
    return said
