"""Every example runs, top to bottom, as a stranger would run it; the documentation, which CI builds, runs them too."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.py"))


@pytest.mark.full
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path, capsys, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))
    with plt.rc_context():
        runpy.run_path(str(path))
    assert len(capsys.readouterr().out.splitlines()) >= 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_notebook_is_what_its_source_says(path):
    notebook_of = runpy.run_path(str(path.parent.parent / "docs" / "notebooks.py"))["notebook_of"]
    made = path.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert made == notebook_of(path), "write it anew: uv run python docs/notebooks.py"
    assert '"outputs": []' in made
    assert '"text/plain"' not in made


def test_every_notebook_has_a_source():
    assert {path.stem for path in EXAMPLES[0].parent.glob("*.ipynb")} == {path.stem for path in EXAMPLES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_ends_with_an_exercise_and_its_answer(path):
    *_, exercise, answer = path.read_text().split("\n# %%")
    assert "## Exercise" in exercise
    assert answer.startswith(' tags=["answer"]')
