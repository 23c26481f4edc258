"""What README says can be done, can be done."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli

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
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


PAGES = sorted((Path(__file__).parent.parent / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", [page for page in PAGES if "made" not in page.parts], ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page):
    root = Path(__file__).parent.parent
    for name in re.findall(r"`((?:tests|verification|benchmarks|examples|copro_sim|scenarios)/[\w/.-]*)`", page.read_text()):
        assert (root / name).exists(), name
