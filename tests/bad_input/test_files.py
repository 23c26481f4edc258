"""Files that are broken, hostile or no files at all, wherever a file may be named: one line, and nothing run or written."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli
from copro_sim.engines import simulate
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.problems import ScenarioError
from copro_sim.study.design import load_sweep
from tests.bad_input.broken import EVERY, TOML, make

FILE = "given.toml"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in an empty folder, where nothing may be run."""
    monkeypatch.setattr(simulate, "start", lambda *_, **__: pytest.fail("something was run"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(command):
    """Return the lines with which a command refuses; it leaves everything as it was."""
    before = sorted(Path().rglob("*"))
    result = CliRunner().invoke(cli, command)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert sorted(Path().rglob("*")) == before
    lines = result.stderr.splitlines()
    assert all(line.isprintable() and len(line) < 600 for line in lines), lines
    return lines


WAYS = {
    "check": lambda: read(["check", FILE]),
    "run": lambda: read(["run", FILE]),
    "compare": lambda: read(["compare", FILE, "one-village", "--futures", "1"]),
    "attribute": lambda: read(["attribute", FILE]),
    "sweep": lambda: read(["sweep", FILE]),
    "extends": lambda: read(["check", "child.toml"]),
}
"""What names a file on the command line."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EVERY)
def test_what_is_no_file_of_settings_is_refused_wherever_it_is_named(here, name, way):
    (here / "child.toml").write_text(f'question = "?"\nextends = "{FILE}"\n')
    said = make(name, here / FILE)
    if way == "check" and (here / FILE).is_dir():
        said = "has no citizens.csv"  # a folder may hold a population of one's own
    *lines, count = WAYS[way]()
    assert count.endswith("; nothing was run.")
    (line,) = [line for line in lines if said in line]
    assert line.startswith("child.toml:2: extends" if way == "extends" and "no such" in said else f"{FILE}:")


@pytest.mark.parametrize("load", [load_scenario, load_sweep])
@pytest.mark.parametrize("name", EVERY)
def test_from_python_the_same(here, name, load):
    said = make(name, here / FILE)
    with pytest.raises(ScenarioError, match=said) as refused:
        load(here / FILE)
    (problem,) = refused.value.problems
    assert problem.file == str(here / FILE)


@pytest.mark.parametrize("load", [load_scenario, load_sweep])
def test_a_file_that_may_not_be_read(here, monkeypatch, load):
    (here / FILE).write_text(TOML)
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(ScenarioError, match=f"{FILE}:   cannot be read: Permission denied"):
        load(here / FILE)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_of_windows_and_a_byte_order_mark_are_welcome(here, mark, end):
    (here / FILE).write_bytes(f"{mark}{TOML}".replace("\n", end).encode())
    assert load_scenario(here / FILE).run.years == 7
    (here / FILE).write_bytes(f"{mark}{TOML}".replace("7", "0").replace("\n", end).encode())
    assert read(["check", FILE])[0].startswith(f"{FILE}:3: run.years = 0   must be")
