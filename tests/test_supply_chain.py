"""What the project stands on: every library is named, within bounds that are kept, and the wheel holds all that it needs."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {
    "build": PROJECT["build-system"]["requires"],
    "all": PROJECT["project"]["dependencies"],
    **PROJECT["project"]["optional-dependencies"],
    **PROJECT["dependency-groups"],
}
EVERY = [pytest.param(Requirement(text), id=f"{group}-{text}") for group, texts in GROUPS.items() for text in texts]
PARTS = {"llvmlite", "pydantic-core", "solara-ui", "uvicorn", "markupsafe"}
"""Come with numba, pydantic, solara and jinja2, and are pinned by them."""

RUN_TIME = {
    canonicalize_name(Requirement(text).name)
    for group in ("all", *PROJECT["project"]["optional-dependencies"])
    for text in GROUPS[group]
}


@pytest.mark.parametrize("requirement", EVERY)
def test_every_library_has_a_lower_and_an_upper_bound(requirement):
    if requirement.name == "copro-sim":
        return
    assert requirement.url is None
    signs = {bound.operator for bound in requirement.specifier}
    exactly = any(bound.operator == "==" and bound.version.endswith(".*") for bound in requirement.specifier)
    assert exactly or (">=" in signs and "<" in signs), f"{requirement}: give a lower and an upper bound"


@pytest.mark.parametrize("name", sorted(RUN_TIME))
def test_the_bounds_hold_what_the_tests_run_on(name):
    bounds = [Requirement(text).specifier for texts in GROUPS.values() for text in texts if Requirement(text).name == name]
    assert bounds
    assert all(bound.contains(version(name)) for bound in bounds)


def test_every_library_that_is_imported_is_named():
    of = packages_distributions()
    for path in (ROOT / "copro_sim").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.split(".")[0] for name in names} - {"copro_sim", *sys.stdlib_module_names}:
                assert {canonicalize_name(one) for one in of[name]} & (RUN_TIME | PARTS), (path, name)


def test_the_wheel_is_told_to_hold_scenarios_tables_and_templates():
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"packages": ["copro_sim"], "force-include": {"scenarios": "copro_sim/scenarios"}}
    kept = {path.suffix for path in (ROOT / "copro_sim").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert kept == {".py", ".csv", ".j2", ".po", ".typed"}, "is the new kind of file to be in the wheel?"


def test_ci_installs_the_wheel_and_runs_it_elsewhere():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = ("scenarios", "run one-village", "verify")
    for step in ("uv build --quiet --wheel", "uv venv", "uv pip install", *(f'copro-sim" {command}' for command in commands)):
        assert re.search(re.escape(step), script), step
