"""Compiled code is kept: two processes that start together do no harm, and who comes later compiles nothing."""

import os
import subprocess
import sys

import pytest

from copro_sim.engines.block import PARTS

CODE = "import copro_sim as cs; print(cs.run(cs.load_scenario('one-village'), seed=1, years=1).content_hash())"
AND_LOADED = CODE + """
from copro_sim.engines import block
print(sum(len(block._entry(process).stats.cache_hits) for process in cs.MONTH))
"""


def start(folder, code=CODE):
    environment = {**os.environ, "COPRO_SIM_CACHE": str(folder)}
    environment.pop("NUMBA_CACHE_DIR", None)
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.full
def test_two_processes_may_compile_at_once_and_a_third_need_not(tmp_path):
    together = [start(tmp_path), start(tmp_path)]
    found = {process.communicate()[0] for process in together}
    assert [process.returncode for process in together] == [0, 0]
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert all(any(f".{part}-" in path.name for path in kept) for part in PARTS)
    later = start(tmp_path)
    found.add(later.communicate()[0])
    assert len(found) == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == kept


@pytest.mark.full
@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor compiles alone")
def test_a_first_run_shares_compilation_with_a_second_process_that_ends_with_it(tmp_path):
    first = start(tmp_path, AND_LOADED)
    found, loaded = first.communicate()[0].split()
    assert 0 < int(loaded) < len(PARTS)
    later, all_loaded = start(tmp_path, AND_LOADED).communicate()[0].split()
    assert later == found
    assert int(all_loaded) == len(PARTS) - 1
