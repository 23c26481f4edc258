"""Reads scenario files: by shipped name or by path, each building on the one that it extends."""

import os
import tomllib
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple

from copro_sim import __version__
from copro_sim.scenario.arguments import is_whole
from copro_sim.scenario.check import in_order, problems_in
from copro_sim.scenario.locate import KeyPath, lines_of
from copro_sim.scenario.no_toml import no_toml
from copro_sim.scenario.problems import NO_VALUE, Problem, ScenarioError, did_you_mean, shown
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.tables import dotted

LARGEST_FILE = 1_000_000
"""Bytes; the shipped files have one or two thousand."""

FORM = 1
"""Number of the form of scenario and study files, which they may state as `form = 1`: another form, another number."""

DEEPEST = 8
"""Levels of tables and lists; a scenario needs four."""

_PACKAGE = Path(__file__).resolve().parents[1]
_OWN = ("name", "title", "question", "extends")
"""What a file says of itself alone and does not pass on to those that extend it."""


class Source(NamedTuple):
    """One TOML file: what stands in it and where."""

    path: Path
    raw: dict[str, Any]
    lines: dict[KeyPath, int]


def shipped_scenarios() -> tuple[str, ...]:
    """Return the names of the scenarios that ship with copro_sim, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Return a scenario from a file.

    Parameters
    ----------
    name_or_path
        A shipped name, such as "co-production" (`shipped_scenarios()` lists them), or the path of a TOML file.

    Raises
    ------
    ScenarioError
        If the file, or one that it extends, cannot be read or is not a valid scenario, with every mistake in its
        `problems`.

    Examples
    --------
    >>> load_scenario("co-production").coproduction.practice_percent
    60.0
    """
    path = _found(name_or_path)
    chain, broken = _chain(path)
    if _of_study(chain[0].raw):
        message = "is a study, not a scenario: `copro-sim sweep` runs it, `copro-sim check` checks it"
        raise ScenarioError([Problem(message=message, file=str(path), line=1)])
    raw, places = _merged(chain)
    raw.setdefault("name", path.stem)
    raw.setdefault("title", raw["name"])
    if broken:
        raise ScenarioError(in_order([*broken, *problems_in(raw, places, whole=False)], places))
    return Scenario.of(raw, places)


def is_study(name_or_path: str | Path) -> bool:
    """Return whether a file that can be read is a study file (`study.design.load_sweep`), and no scenario."""
    try:
        return _of_study(read(_found(name_or_path)).raw)
    except ScenarioError:
        return False


def _of_study(raw: dict[str, Any]) -> bool:
    return "question" not in raw and not {"factors", "scenarios"}.isdisjoint(raw)


def changes_nothing(name_or_path: str | Path) -> bool:
    """Return whether a valid file extends another and says nothing that differs from it."""
    parent = _parent(read(_found(name_or_path)))
    return parent is not None and load_scenario(name_or_path).content_hash == load_scenario(parent).content_hash


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, for editors."""
    schema = Scenario.model_json_schema()
    about = {"const": FORM, "default": FORM, "description": "Form of the file, so that a later one can be told apart"}
    return schema | {"properties": {"form": about} | schema["properties"]}


def scenario_of(given: Any) -> Scenario:
    """Return a scenario that is given as such, or by its name or path.

    Raises
    ------
    ScenarioError
        If it is none, or cannot be loaded.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | Path):
        return load_scenario(given)
    message = "must be a scenario, the name of one that ships, or the path of a file"
    raise ScenarioError([Problem(key="scenario", value=given, message=message)])


def _folder() -> Path:
    """Return where the shipped scenarios lie: in the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "scenarios"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def _found(name_or_path: str | Path) -> Path:
    """Return the path meant; a plain word is a shipped name."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or _looks_like_a_path(text):
        return Path(text)
    if text in shipped_scenarios():
        return _folder() / f"{text}.toml"
    raise ScenarioError([Problem(message=_unknown(text))])


def beside(file: Path, name: Any) -> Any:
    """Return a path in a study file as seen from here: beside the file, or from here if it is only there; all else as it is."""
    if not isinstance(name, str) or not _looks_like_a_path(name) or file.parent == Path():
        return name
    try:
        return name if Path(name).exists() and not (file.parent / name).exists() else str(file.parent / name)
    except (OSError, ValueError):
        return name  # no path at all: refused when it is read


def _looks_like_a_path(text: str) -> bool:
    return text.endswith(".toml") or "/" in text or "\\" in text


def _unknown(name: str) -> str:
    return (
        f"{shown(name)} is not a scenario that ships.{did_you_mean(name, shipped_scenarios())} "
        f"There are {', '.join(shipped_scenarios())}; the name of a file ends in .toml"
    )


def _chain(path: Path) -> tuple[list[Source], list[Problem]]:
    """Return the file and all that it builds on, the file itself first, and why the chain breaks off, if it does."""
    chain = [read(path)]
    try:
        while (above := _above(chain)) is not None:
            chain.append(above)
    except ScenarioError as error:
        return chain, error.problems  # what is there is still checked, so that all mistakes come at once
    return chain, []


def _above(chain: list[Source]) -> Source | None:
    """Return the file that the last of a chain extends; None if it extends nothing."""
    parent = _parent(chain[-1])
    if parent is None:
        return None
    above = read(parent, chain[-1])
    visited = [os.path.realpath(source.path) for source in chain]
    if (again := os.path.realpath(parent)) in visited:
        names = [source.path.name for source in [*chain[visited.index(again) :], above]]
        raise _refused(chain[-1], f"goes round in a circle: {' > '.join(names)}")
    return above


def _parent(child: Source) -> Path | None:
    """Return the path that a file extends; None if it extends nothing, or if that is not even text (checked later)."""
    name = child.raw.get("extends")
    if not isinstance(name, str):
        return None
    if _looks_like_a_path(name):
        return child.path.parent / name
    if name in shipped_scenarios():
        return _folder() / f"{name}.toml"
    raise _refused(child, _unknown(name), NO_VALUE)


def _refused(child: Source, message: str, value: Any = None) -> ScenarioError:
    """Return the error of a file that cannot extend what it says it extends."""
    given = child.raw["extends"] if value is None else value
    line = child.lines.get(("extends",), 1)
    return ScenarioError([Problem(key="extends", value=given, message=message, file=str(child.path), line=line)])


def read(path: Path, child: Source | None = None) -> Source:
    """Return what stands in a TOML file; `child` is the file that extends it, to be named if there is no such file.

    Raises
    ------
    ScenarioError
        If there is none, or it cannot be read: too large, too deep, not text, not TOML, of another form.
    """
    text = _text(path, child)
    try:
        raw = tomllib.loads(text)
        deep = _depth_exceeds(raw, DEEPEST)
    except RecursionError:
        deep = True
    except ValueError as error:
        raise ScenarioError([no_toml(str(path), text, str(error))]) from None
    if deep:
        lines = text.splitlines()
        line = 1 + max(range(len(lines)), key=lambda k: sum(lines[k].count(mark) for mark in "[{."))
        raise ScenarioError([Problem(message=f"is nested more than {DEEPEST} deep", file=str(path), line=line)])
    places = lines_of(text.replace("\r\n", "\n"))
    form = raw.pop("form", FORM)
    if not is_whole(form) or form != FORM:
        message = (
            f"is not the form that copro_sim {__version__} reads, which is {FORM}: use a version that reads it, or write the "
            "file anew by `copro-sim explain` and leave form out"
        )
        raise ScenarioError([Problem(key="form", value=form, message=message, file=str(path), line=places[("form",)])])
    return Source(path, raw, places)


def _text(path: Path, child: Source | None) -> str:
    """Return a file's text, or refuse what is not there, not a file, too large or not text."""
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode):
            why = "is a folder, not a file"
        elif not S_ISREG(status.st_mode):
            why = "is not a file"
        else:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            why = _unreadable(content)
    except FileNotFoundError:
        why = "there is no such file"
    except (OSError, ValueError) as error:
        why = f"cannot be read: {error.strerror if isinstance(error, OSError) else error}"
    if why:
        if child is not None and why == "there is no such file":
            raise _refused(child, why)
        raise ScenarioError([Problem(message=why, file=str(path))])
    return content.decode("utf-8-sig")


def _unreadable(content: bytes) -> str:
    """Return why some bytes cannot be a scenario; nothing if they can."""
    if len(content) > LARGEST_FILE:
        return f"is larger than a scenario can be ({LARGEST_FILE:,} bytes)"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return f"is not text: byte {error.start} is not UTF-8"
    if "\0" in text:
        return "is not text: it holds zero bytes"
    return "" if text.strip() else "is empty"


def _depth_exceeds(raw: Any, most: int) -> bool:
    """Return whether tables and lists are nested more than `most` deep, without recursion."""
    level = [raw]
    for _ in range(most):
        inner = [list(item.values()) if isinstance(item, dict) else item for item in level]
        level = [child for items in inner for child in items if isinstance(child, dict | list)]
    return bool(level)


def _merged(chain: list[Source]) -> tuple[dict[str, Any], dict[KeyPath, tuple[str, int]]]:
    """Return the whole content, later files first, and the file and line of each key."""
    raw: dict[str, Any] = {}
    places: dict[KeyPath, tuple[str, int]] = {(): (str(chain[0].path), 1)}
    for source in reversed(chain):
        earlier = raw.get("events", [])
        shift = len(earlier) if isinstance(earlier, list) else 0
        content = source.raw if source is chain[0] else {k: v for k, v in source.raw.items() if k not in _OWN}
        raw = _laid_over(raw, content)
        for path, line in source.lines.items():
            if source is not chain[0] and path[0] in _OWN:
                continue
            places[_event_path(path, shift)] = (str(source.path), line)
    return raw, places


def _event_path(path: KeyPath, shift: int) -> KeyPath:
    """Return a path with its event counted from the first of the whole chain and what it sets as one dotted key."""
    if path[0] != "events" or len(path) < 2 or not isinstance(path[1], int):
        return path
    inside = path[2:]
    if inside[:1] == ("set",) and len(inside) > 1:
        inside = ("set", ".".join(map(str, inside[1:])))
    return ("events", path[1] + shift, *inside)


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return `above` laid over `below`, key by key; events of both, one after the other."""
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[key] = _laid_over(under, value)
        elif key == "events" and isinstance(value, list) and isinstance(under, list):
            merged[key] = [_as_set_later(event, value) for event in under] + value
        else:
            merged[key] = value
    return merged


def _as_set_later(event: Any, later: list[Any]) -> Any:
    """Return an event with the values that later ones of the same month give to what it sets: a file has the last word."""
    if not isinstance(event, dict) or not isinstance(event.get("set"), dict):
        return event
    ours = dotted(event["set"])
    same = [one for one in later if isinstance(one, dict) and one.get("date") == event.get("date")]
    theirs = {key: value for one in same if isinstance(one.get("set"), dict) for key, value in dotted(one["set"]).items()}
    again = {key: theirs[key] for key in ours if key in theirs}
    return event | {"set": ours | again} if again else event
