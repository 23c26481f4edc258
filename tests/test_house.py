"""The house keeps its own rules: one-way imports, types, lint; one command runs every gate."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GATES = {
    "imports run one way": ["lint-imports"],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
}


@pytest.mark.parametrize("gate", GATES)
def test_gate(gate):
    command, *arguments = GATES[gate]
    found = subprocess.run(
        [str(Path(sys.executable).parent / command), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_public_name_loads_and_says_what_it_is():
    import copro_sim

    for name in copro_sim.__all__:
        assert getattr(copro_sim, name) is not None
        if callable(getattr(copro_sim, name)):
            assert getattr(copro_sim, name).__doc__, name
    with pytest.raises(AttributeError, match="it has"):
        _ = copro_sim.no_such_name


def test_every_public_function_can_be_called_whatever_was_imported_before():
    code = """
import copro_sim as cs
cs.plot  # loads a part of copro_sim.report, which Python then calls cs.report
print([name for name in cs.__all__ if name[0].islower() and not callable(getattr(cs, name))])
"""
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_module_opens_with_what_it_is_for():
    for path in (ROOT / "copro_sim").rglob("*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path
