"""Every example runs, top to bottom, as a stranger would run it."""

import runpy
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path, capsys):
    runpy.run_path(str(path))
    assert len(capsys.readouterr().out.splitlines()) >= 2
