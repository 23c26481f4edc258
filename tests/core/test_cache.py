"""Compiled code is kept: two processes that start together do no harm, and who comes later compiles nothing."""

import os
import subprocess
import sys

import pytest

CODE = "import copro_sim as cs; print(cs.run(cs.load_scenario('one-village'), seed=1, years=1).content_hash())"


def start(folder):
    environment = {**os.environ, "COPRO_SIM_CACHE": str(folder)}
    environment.pop("NUMBA_CACHE_DIR", None)
    return subprocess.Popen([sys.executable, "-c", CODE], env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.full
def test_two_processes_may_compile_at_once_and_a_third_need_not(tmp_path):
    together = [start(tmp_path), start(tmp_path)]
    found = {process.communicate()[0] for process in together}
    assert [process.returncode for process in together] == [0, 0]
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert any("live_block" in path.name for path in kept)
    later = start(tmp_path)
    found.add(later.communicate()[0])
    assert len(found) == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == kept
