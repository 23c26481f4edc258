"""Says on which line of a TOML file each key stands, which Python's own reader of TOML does not tell.

It reads only text that `tomllib` has already accepted, so it looks for where things are, never for whether they are right.
"""

import re
from typing import Any

KeyPath = tuple[str | int, ...]

_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*(\.)?""")
_SPACE = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\]|\\.)*"|'
    r"'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*")
_ESCAPES = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def lines_of(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every table, key and list entry of a valid TOML text.

    A path holds keys and, inside lists and arrays of tables, positions from 0: ("events", 0, "set", "funding.basis").
    """
    return _Reader(text).read()


class _Reader:
    """Walks once through a text."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._counted, self._line = 0, 1
        self._lines: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}
        """Position of the newest table of each array of tables."""

    def read(self) -> dict[KeyPath, int]:
        """Walk through headers and keys to the end."""
        table: KeyPath = ()
        self._skip()
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._header(2)
            elif self._text[self._at] == "[":
                table = self._header(1)
            else:
                self._pair(table)
            self._skip()
        return self._lines

    def _header(self, brackets: int) -> KeyPath:
        line = self._line_here()
        self._at += brackets
        path: KeyPath = ()
        keys = self._keys()
        for k, key in enumerate(keys):
            path = (*path, key)
            if k == len(keys) - 1 and brackets == 2:
                self._lines.setdefault(path, line)
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = (*path, self._last[path])
            self._lines.setdefault(path, line)
        self._at += brackets
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._line_here()
        path = table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self._text[self._at]
        if opening in "[{":
            self._inside(path, "]" if opening == "[" else "}")
            return
        found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _inside(self, path: KeyPath, closing: str) -> None:
        self._at += 1
        self._skip()
        position = 0
        while self._text[self._at] != closing:
            if closing == "}":
                self._pair(path)
            else:
                self._lines.setdefault((*path, position), self._line_here())
                self._value((*path, position))
                position += 1
            self._skip()
        self._at += 1

    def _keys(self) -> list[str]:
        keys = []
        more: Any = True
        while more:
            found = _KEY.match(self._text, self._at)
            assert found is not None
            quoted, literal, bare, more = found.groups()
            keys.append(_ESCAPES.sub(_character, quoted) if quoted is not None else literal or bare or "")
            self._at = found.end()
        return keys

    def _skip(self) -> None:
        """Go past spaces, line ends, commas and comments."""
        found = _SPACE.match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line


def _character(found: re.Match[str]) -> str:
    """Return the character that an escape in a quoted key stands for."""
    code = found.group(1)
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _SHORT.get(code, code)
