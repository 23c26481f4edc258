"""What modules say of themselves: their docstrings by heading, the numbers that they name, the remarks behind fields."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from types import ModuleType
from typing import NamedTuple

_PART = re.compile(r"^([A-Z][a-z]+)(?: {2,}|$)(.*(?:\n(?: .*)?)*)", re.MULTILINE)
"""In a docstring: a word alone in its line or followed by two spaces, with its text and all indented lines that follow."""

_FIXED = (ast.Name, ast.Tuple, ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop, ast.expr_context)
"""What a number that is written out consists of."""


class Module(NamedTuple):
    """What a module says of itself."""

    name: str
    path: str
    summary: str
    """Its docstring's first paragraph, on one line."""
    prose: tuple[str, ...]
    """Its further paragraphs, each on one line."""
    parts: dict[str, str]
    """The text under each heading, such as Equation or Limits."""


class Fixed(NamedTuple):
    """A number that code names and no record holds."""

    path: str
    code: str
    meaning: str


def inside(package: ModuleType) -> list[ModuleType]:
    """Return the modules of a package in alphabetical order."""
    return [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]


def module(source: ModuleType) -> Module:
    """Return what a module's docstring says: its first sentence, its further paragraphs and its parts by heading."""
    text = inspect.cleandoc(source.__doc__ or "")
    parts = {heading: inspect.cleandoc(body) for heading, body in _PART.findall(text)}
    first, *more = (" ".join(paragraph.split()) for paragraph in _PART.sub("", text).strip().split("\n\n"))
    return Module(source.__name__.rpartition(".")[2], _path(source), first, tuple(more), parts)


def fixed(source: ModuleType) -> list[Fixed]:
    """Return the numbers written out at the top level of a module, each with the remark that follows it."""
    found = []
    for statement, meaning in _remarked(ast.parse(inspect.getsource(source)).body):
        value = list(ast.walk(statement.value)) if isinstance(statement, ast.Assign) else []
        numbers = any(isinstance(node, ast.Constant) and isinstance(node.value, int | float) for node in value)
        if numbers and all(isinstance(node, _FIXED) for node in value):
            found.append(Fixed(_path(source), ast.unparse(statement), meaning))
    return found


def fields(source: ModuleType, name: str) -> dict[str, str]:
    """Return the fields of a class in a module, each with the remark that follows it."""
    classes = (node for node in ast.parse(inspect.getsource(source)).body if isinstance(node, ast.ClassDef))
    body = next(node.body for node in classes if node.name == name)
    return {ast.unparse(field.target): remark for field, remark in _remarked(body) if isinstance(field, ast.AnnAssign)}


def _remarked(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each statement with the text that follows it, empty where none does."""
    for statement, after in pairwise([*body, ast.Pass()]):
        text = ast.literal_eval(after.value) if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
        yield statement, " ".join(str(text).split())


def _path(source: ModuleType) -> str:
    return f"{source.__name__.replace('.', '/')}.py"
