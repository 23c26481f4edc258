"""Same scenario and seed, same content: compiled or interpreted, on any processor, with any supported versions below.

Each environment is a child process. Some six minutes, most of it compiling anew: for a plain processor, and by other compilers.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import copro_sim as cs

pytestmark = pytest.mark.full
HERE = Path(__file__).parents[2]
SMALL = {"population.citizens": 400, "population.community_size": 400, "population.councils": ["Ceredigion"], "run.years": 2}
SEED = 11
CHILD = f"""
import copro_sim as cs
print(cs.run(cs.load_scenario("co-production").replace({SMALL}), seed={SEED}).content_hash())
"""
ISOLATED = "run --isolated --no-project --with-editable ."
NOT_KEPT = ("network was disabled", "not found in the cache")
"""What uv says, offline, of packages that it has not fetched before: no test reaches another machine."""


@pytest.fixture(scope="module")
def expected():
    return cs.run(cs.load_scenario("co-production").replace(SMALL), seed=SEED).content_hash()


def child(*command, **environment):
    """Return the last line that a child process prints."""
    words = [*command, "-c", CHILD]
    done = subprocess.run(words, env=os.environ | environment, capture_output=True, text=True, check=False, cwd=HERE)
    if any(sign in done.stderr for sign in NOT_KEPT):
        pytest.skip(f"packages are not here: fetch them with uv {ISOLATED} --resolution lowest-direct (and highest) python -V")
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout.split()[-1]


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ([], {"PYTHONHASHSEED": "0"}),
        ([], {"PYTHONHASHSEED": "4294967295"}),
        (["-O"], {}),
        ([], {"NUMBA_DISABLE_JIT": "1"}),
        (["-OO"], {"NUMBA_DISABLE_JIT": "1", "PYTHONHASHSEED": "7"}),
        ([], {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}),
    ],
)
def test_how_python_is_started_does_not_matter(expected, options, environment):
    assert child(sys.executable, *options, **environment) == expected


def test_the_processor_does_not_matter(expected, tmp_path):
    """Code for any processor of this kind, without whatever else this one can do: fused multiply-adds, wide vectors."""
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "COPRO_SIM_CACHE": str(tmp_path)}
    assert child(sys.executable, **plain) == expected
    assert any(tmp_path.rglob("*.nbc")), "nothing was compiled for it"


@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
@pytest.mark.parametrize("compiled", [True, False])
def test_the_versions_below_do_not_matter(expected, resolution, compiled, tmp_path):
    """The oldest versions that pyproject.toml allows, and the newest there are: bounds are true, and so are results."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    isolated = [*ISOLATED.split(), "--python", sys.executable, "--resolution", resolution, "--offline"]
    how = {"COPRO_SIM_CACHE": str(tmp_path)} | ({} if compiled else {"NUMBA_DISABLE_JIT": "1"})
    assert child(uv, *isolated, "python", **how) == expected
