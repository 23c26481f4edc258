"""What the kernels engine takes of memory it gives back: walks that count no references neither leak nor free too much."""

import subprocess
import sys

CODE = """
from numba.core.runtime import rtsys
from copro_sim.engines import kernels
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

world, p = random_world(6, (900, 300)), default_parameters()
for year in range(3):
    before = rtsys.get_allocation_stats()
    kernels.live_year(world, some_policy(), p, tables_for(p, 0.01), seed=4)
    after = rtsys.get_allocation_stats()
    made, freed = after.mi_alloc - before.mi_alloc, after.mi_free - before.mi_free
    assert made == freed > 100, (made, freed)
    assert after.alloc - before.alloc == after.free - before.free
"""


def test_a_year_gives_back_every_array_that_it_makes(monkeypatch):
    monkeypatch.setenv("NUMBA_NRT_STATS", "1")
    monkeypatch.setenv("PYTHONPATH", "tests")
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
