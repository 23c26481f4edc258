"""No number stands bare in a process or an institution: what people do is a parameter record, the rest has a name."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "copro_sim"
FILES = sorted(path for folder in ("processes", "institutions") for path in (PACKAGE / folder).glob("*.py"))

MEAN_NOTHING = (0, 1, 2)
"""Mean nothing by themselves, whole or not, with either sign: nobody, all, none, twice, a word's place, a power of two."""

OF_UNITS = (100, 1_000)
"""A percent's and a per mille's; only to multiply or to divide by."""

PLACES = range(10)
"""Places in an array or tuple; only within [ ]."""


def bare_numbers(source: str) -> list[tuple[int, float]]:
    """Return line and number of all numbers within functions that should have a record, or else a name."""
    found = {}
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.Lambda)):
        allowed = {place for node in ast.walk(function) for place in _allowed(node)}
        for node in ast.walk(function):
            if _is_number(node) and node.value not in MEAN_NOTHING and node not in allowed:
                found[node.lineno, node.col_offset] = node.value
    return [(line, number) for (line, _), number in sorted(found.items())]


def _allowed(node: ast.AST) -> list[ast.AST]:
    """Return the numbers directly within a node that may stand there."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return [side for side in (node.left, node.right) if _is_number(side) and side.value in OF_UNITS]
    if isinstance(node, ast.Subscript):
        return [place for place in ast.walk(node.slice) if _is_number(place) and place.value in PLACES]
    return []


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float, complex)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_number_stands_bare(path):
    found = [f"{path}:{line}: {number}" for line, number in bare_numbers(path.read_text(encoding="utf-8"))]
    assert not found, "give it a Record in Params, or a name if it is no behaviour:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return 0.3 * need", [0.3]),
        ("return need > 65", [65]),
        ("return min(0.5, need)", [0.5]),
        ("return -7 if need else 3", [7, 3]),
        ("if need:\n        return (lambda x: x + 4)(need)", [4]),
        ("return need[12] + need[3:65]", [12, 65]),
        ("return need - 100", [100]),
        ("return need == 3.0", [3.0]),
        ("return need[0] * 2.0 - 1 + need[3, -1:9]", []),
        ("return need / 100.0 + 1_000 * need", []),
        ("return LIMIT * need", []),
        ("return 'need of 65' if need is True else ''", []),
    ],
)
def test_planted_numbers_are_found_with_their_lines(body, found):
    source = f'"""A process of 5 lines."""\n\nLIMIT = 0.3\n\n\ndef rule(need):\n    {body}\n'
    assert bare_numbers(source) == [(7 + (1 if "\n" in body else 0), number) for number in found]


def test_a_planted_number_is_said_with_its_file(tmp_path):
    path = tmp_path / "weather.py"
    path.write_text("def rain(days):\n    return 0.3 * days\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"weather\.py:2: 0\.3"):
        test_no_number_stands_bare(path)
