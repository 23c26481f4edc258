"""Compilation: rules stay plain Python, whole numbers stay signed, and changed sources get another cache."""

import numpy as np

from copro_sim.core import compiled


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
    monkeypatch.setattr(compiled, "__file__", str(package / "compiled.py"))
    first = compiled.source_hash()
    (package / "compiled.py").write_text("one = 2\n")
    assert len({before, first, compiled.source_hash()}) == 3
