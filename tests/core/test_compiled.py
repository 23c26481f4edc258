"""Compilation: rules stay plain Python, whole numbers stay signed, and changed sources get another cache."""

import ast
from pathlib import Path

import numpy as np

import copro_sim
from copro_sim.core import compiled

ROOT = Path(copro_sim.__file__).parent
DECORATORS = {"rule", "walk", "step", "entry"}


def test_a_rule_stays_a_plain_function():
    assert compiled.rule(len) is len


def test_whole_is_signed_in_compiled_code():
    @compiled.entry()
    def below(column):
        return compiled.whole(column[0]) - 1

    assert below(np.zeros(1, np.uint8)) == -1
    assert compiled.whole(np.zeros(1, np.uint8)[0]) - 1 == -1


def test_the_cache_folder_is_named_by_the_sources(tmp_path, monkeypatch):
    before = compiled.source_hash()
    assert compiled.cache_folder().name == f"compiled-{before}"
    package = tmp_path / "copro_sim" / "core"
    package.mkdir(parents=True)
    (package / "compiled.py").write_text("one = 1\n")
    monkeypatch.setattr(compiled, "COMPILED_FROM", ("core",))
    monkeypatch.setattr(compiled, "__file__", str(package / "compiled.py"))
    first = compiled.source_hash()
    (package / "compiled.py").write_text("one = 2\n")
    assert len({before, first, compiled.source_hash()}) == 3


def test_the_cache_knows_all_that_compiled_code_is_made_of():
    """Nothing is compiled, and nothing that compiled code reads is written, outside the sources that are hashed."""
    known = {path for place in compiled.COMPILED_FROM for path in compiled._sources(ROOT / place)}
    makers = {path: names for path, names in ((path, imported(path)) for path in ROOT.rglob("*.py")) if compiles(names)}
    assert ROOT / "processes/sharing.py" in makers
    assert set(makers) <= known
    for path, names in makers.items():
        for module, _ in names:
            source = ROOT.parent / Path(*module.split("."))
            of_package = module.startswith("copro_sim.") and not source.is_dir()
            assert not of_package or source.with_suffix(".py") in known, f"{path} reads {module}, which is not hashed"


def imported(path):
    """Return (module, name) for all that a source imports from somewhere."""
    tree = ast.walk(ast.parse(path.read_text()))
    return [(node.module, alias.name) for node in tree if isinstance(node, ast.ImportFrom) for alias in node.names]


def compiles(names):
    return any(module == "copro_sim.core.compiled" and name in DECORATORS for module, name in names)
