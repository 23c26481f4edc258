"""Judge the mutant in this worktree by the tests that belong to its module: exit status 0 if none of them notices it.

What compiled code is made of is judged interpreted, which compiles nothing anew; institutions and the rest are no part of it.
"""

import os
import subprocess
import sys
from pathlib import Path

_BESIDES = {
    "copro_sim/processes/sharing.py": ["tests/twins/test_sharing.py"],
    "copro_sim/processes/time_credits.py": ["tests/twins/test_time_credits.py"],
    "copro_sim/processes/care_service.py": ["tests/twins/test_care_service.py"],
    "copro_sim/processes/bonds.py": ["tests/twins/test_bonds.py"],
    "copro_sim/institutions/council.py": ["tests/institutions/test_government.py", "tests/twins/test_budgets.py"],
    "copro_sim/institutions/funding.py": ["tests/institutions/test_government.py", "tests/twins/test_budgets.py"],
    "copro_sim/institutions/government.py": ["tests/twins/test_budgets.py"],
    "copro_sim/institutions/accounts.py": ["tests/institutions/test_government.py", "tests/twins/test_budgets.py"],
    "copro_sim/institutions/counted.py": ["tests/institutions/test_government.py", "tests/twins/test_budgets.py"],
    "copro_sim/scenario/check.py": ["tests/scenario/test_load.py", "tests/scenario/test_schema.py"],
    "copro_sim/scenario/problems.py": ["tests/scenario/test_load.py", "tests/scenario/test_schema.py"],
    "copro_sim/state/world.py": ["tests/engines/test_room.py"],
}
"""Tests besides those that bear the module's own name."""


def tests_of(module: str) -> list[str]:
    """Return the test files that belong to a module, those first that notice most."""
    package, name = Path(module).parts[-2:]
    own = f"tests/{package}/test_{name}"
    return [test for test in dict.fromkeys([*_BESIDES.get(module, ()), own]) if Path(test).exists()]


def main() -> int:
    """Run the tests of the one module that is not as it was committed."""
    changed = subprocess.run(["git", "diff", "--name-only", "--", "copro_sim"], capture_output=True, text=True, check=True)
    (module,) = changed.stdout.split()
    interpreted = {"NUMBA_DISABLE_JIT": "1"} if module.split("/")[1] in ("processes", "state") else {}
    tests = tests_of(module)
    if not tests:
        raise SystemExit(f"{module}: no test belongs to it; name one in tests/mutants/judge.py")
    plain = {"PYTHONPATH": os.getcwd(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # plugins are a quarter of the time
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-o", "addopts=", "-m", "not full", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, env=os.environ | interpreted | plain, stderr=subprocess.STDOUT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
