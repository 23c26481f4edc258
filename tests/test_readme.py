"""What README says can be done, can be done."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import copro_sim as cs
from copro_sim.cli import cli
from copro_sim.scenario.load import load_scenario

README = (Path(__file__).parent.parent / "README.md").read_text()
COMMANDS = sorted({line.split()[1] for line in re.findall(r"`(copro-sim [a-z][^`]*)`", README)})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_readme_exists_with_its_options(command):
    said = CliRunner().invoke(cli, [command, "--help"])
    assert said.exit_code == 0, said.output
    for line in re.findall(rf"`copro-sim {command}([^`]*)`", README):
        for option in re.findall(r"--[a-z-]+", line):
            assert option in said.output, line


def test_every_command_that_there_is_stands_in_the_readme():
    assert set(cli.commands) <= set(COMMANDS)


@pytest.mark.full
def test_the_python_in_the_readme_runs(tmp_path, monkeypatch):
    for folder in ("examples/village", "scenarios"):
        shutil.copytree(Path(__file__).parent.parent / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_the_scenario_that_a_page_shows_differs_from_what_it_extends(tmp_path):
    shown = [block for page in PAGES for block in re.findall(r"```toml\n(.*?)```", page.read_text(), re.S)]
    extending, event = (next(block for block in shown if mark in block) for mark in ("extends", "[[events]]"))
    for name, text in (("changed", extending), ("later", f"{extending}\n{event}")):
        (tmp_path / f"{name}.toml").write_text(text)
    base = load_scenario(tomllib.loads(extending)["extends"])
    changed, later = (load_scenario(tmp_path / f"{name}.toml") for name in ("changed", "later"))
    at_start, at_the_end = [(one.settings_at(0), one.settings_at(119)) for one in (base, changed)], later.settings_at(119)
    assert at_start[0] != at_start[1]
    assert at_the_end not in (at_start[0][1], at_start[1][1])


def test_the_people_of_ones_own_that_a_page_shows_sing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cs.build_population("one-village").save("mine")
    page = next(page for page in PAGES if page.stem == "population").read_text()
    shown: dict[str, Any] = {"cs": cs}
    exec(next(block for block in re.findall(r"```python\n(.*?)```", page, re.S) if "own_choir" in block), shown)
    shown["model"].step()
    assert {citizen.own_choir for citizen in shown["model"].citizens} == {0, 1}


PAGES = sorted((Path(__file__).parent.parent / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", [page for page in PAGES if "made" not in page.parts], ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page):
    root = Path(__file__).parent.parent
    for name in re.findall(r"`((?:tests|verification|benchmarks|examples|copro_sim|scenarios)/[\w/.-]*)`", page.read_text()):
        assert (root / name).exists(), name
