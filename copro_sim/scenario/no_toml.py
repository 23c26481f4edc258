"""Says in plain words why a text is not TOML, with its line: the parser's own words where they are all that is known."""

import re
from collections.abc import Iterator

from copro_sim.scenario.problems import Problem

_KEY, _HEADER = re.compile(r"\s*([\w.-]{1,80})\s*="), re.compile(r"\s*(\[\[?)([\w.-]{1,80})\]")
_COMMA = re.compile(r"=\s*([+-]?\d+),(\d+)\s*(?:[,}#]|$)")
_TEXT_IS_OPEN = ("Illegal character '\\n'", "Unterminated string", "Expected \"'\"", "Expected \"'''\"")
_NUMBER_ENDS = ("Expected newline or end of document after a statement", "Expected '=' after a key in a key/value pair")


def no_toml(file: str, text: str, message: str) -> Problem:
    """Return what is wrong with a text that is not TOML, with its line and the key that stands there.

    Parameters
    ----------
    file
        Its name.
    text
        All of it.
    message
        The parser's.
    """
    lines = text.splitlines()
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    longest = 1 + max(range(len(lines)), key=lambda k: len(lines[k]))  # what has no place is a number of too many digits
    line = int(found[1]) if found and found[1] else len(lines) if found else longest
    what = (message[: found.start()] if found else message).rstrip(".")
    column = f" at column {found[2]}" if found and found[2] else " at the end of the file" if found else ""
    keys = dict(_keys(lines[:line]))
    key = keys.pop(line, "")
    earlier = max((at for at, one in keys.items() if one == key), default=None)
    plain = _plainly(what, lines[line - 1] if line <= len(lines) else "", key, earlier)
    plain += ", here or above" if what in _TEXT_IS_OPEN and column.endswith("file") else ""
    message = plain or f"is not valid TOML{column}: {what}"
    return Problem(message=message, key=key, file=file, line=line)


def _plainly(what: str, line: str, key: str, earlier: int | None) -> str:
    """Return in words what the parser's message and the line show, `earlier` being where the key is set, too; else nothing."""
    if earlier is not None and what == "Cannot overwrite a value":
        return f"is set twice, in line {earlier} too: keep one"
    if earlier is not None and re.fullmatch(r"Cannot declare \(.*\) twice", what):
        return f"is set twice, in line {earlier} too: put all of it under one header"
    if twice := re.match(r"Duplicate inline table key '(.*)'", what):
        return f"{twice[1]} is set twice between the same braces: keep one"
    if what in _TEXT_IS_OPEN:
        return "the closing quote is missing"
    if what in _NUMBER_ENDS and (number := _COMMA.search(line)):
        return f"write a decimal point, not a comma: {number[1]}.{number[2]}"
    return ""


def _keys(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield line and dotted key of what each line of a text that is not TOML seems to set, or its header in brackets."""
    table = ""
    for at, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            table = f"{header[2]}."
            yield at, f"{header[1]}{header[2]}{']' * len(header[1])}"
        elif key := _KEY.match(line):
            yield at, f"{table}{key[1]}"
