"""Every setting with every fault, in a file: refused with file, line and key, by `copro-sim check` and in one line each."""

import re

import pytest
from click.testing import CliRunner

from copro_sim.cli import cli
from copro_sim.scenario.tables import TABLES
from tests.bad_input.corpus import faults

_LINE = re.compile(r"^(\S+\.toml):(\d+): +([\w.]*)")


@pytest.mark.parametrize("table", TABLES)
def test_each_is_refused_in_one_line_with_its_place(table, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cases = list(faults(table))
    for case in cases:
        (tmp_path / case.name).write_text(case.text)
    result = CliRunner().invoke(cli, ["check", *(case.name for case in cases)])
    assert (result.exit_code, result.stdout) == (2, "")
    *lines, count = result.stderr.splitlines()
    assert count == f"{len(cases)} problems; nothing was run."
    for case, line in zip(cases, lines, strict=True):
        found = _LINE.match(line)
        assert found, line
        assert found.groups() == (case.name, str(case.line), case.named), line
        assert line.isprintable()
        assert len(line) < 600
