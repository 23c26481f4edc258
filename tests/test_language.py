"""The two languages: numbers, months, plural forms, and a catalogue in which no sentence is missing, left over or altered."""

import ast
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.dates import get_month_names
from babel.numbers import format_decimal

from copro_sim import language
from copro_sim.language import LANGUAGES, N_, _, listed, month_and_year, number, speaking, spoken

ROOT = Path(__file__).parent.parent


def test_english_is_spoken_unless_told_and_again_afterwards():
    assert spoken() == "en"
    with speaking("cy"):
        assert spoken() == "cy"
        with speaking("en"):
            assert spoken() == "en"
        assert spoken() == "cy"
    with pytest.raises(KeyError, match="passed on"), speaking("cy"):
        raise KeyError("passed on")
    assert spoken() == "en"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr' is unknown: choose one of en, cy"), speaking("fr"):
        pass


def test_what_no_catalogue_knows_is_said_as_it_is():
    with speaking("cy"):
        assert _("A title that somebody wrote") == "A title that somebody wrote"
        assert _("") == ""
        assert _("{brackets} of theirs") == "{brackets} of theirs"


def test_a_marked_text_is_the_text():
    assert N_("A small band") == "A small band"


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("value", [0, 7, 1234.5, 1_000_000, 0.25])
def test_numbers_are_written_as_each_language_writes_them(spoken, value):
    locale = language.CODES[spoken].replace("-", "_")
    with speaking(spoken):
        assert number(value, 2) == format_decimal(value, "#,##0.00", locale=locale)
    assert number(-1.5, 1) == "\N{MINUS SIGN}1.5"


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_named(month):
    with speaking("cy"):
        assert month_and_year(2016, month) == f"{get_month_names(locale='cy')[month]} 2016"
    assert month_and_year(2016, month) == f"{date(2016, month, 1):%B} 2016"


def test_months_by_heart():
    with speaking("cy"):
        assert [month_and_year(2013, month) for month in (4, 3, 12)] == ["Ebrill 2013", "Mawrth 2013", "Rhagfyr 2013"]


def test_lists():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed([])] == ["a", "a and b", "a, b and c", ""]
    with speaking("cy"):
        assert listed(["a", "b", "c"]) == "a, b, c"


def test_nothing_heavy_is_imported_with_it():
    code = "import sys, copro_sim.language; print(sorted({'babel', 'numpy', 'jinja2'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_it_imports_nothing_of_the_package():
    text = (ROOT / "copro_sim" / "language.py").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(?:from|import) copro_sim", text, re.MULTILINE)


def _modules():
    for path in sorted((ROOT / "copro_sim").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "copro_sim.language"]
        if any(name.name == "_" for node in imported for name in node.names):
            yield path, tree


def test_where_sentences_are_said_nothing_else_has_the_name_of_what_says_them():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
    ]
    assert found == []


def test_what_is_said_is_written_out_and_never_glued():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "ngettext")
        if any(isinstance(part, ast.JoinedStr) for part in node.args)
    ]
    assert wrong == []
