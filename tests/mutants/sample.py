"""Choose which mutants of a cosmic-ray session are judged: a keyed random sample of each group, the rest is skipped.

Left out are the numbers of `Params` (a record's own tests hold them), annotations, and the marks that only the compiler reads; of
processes, what is no rule, unless a twin walks the same crowd; of futures and of the world, all but a few functions.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkResult

MOST = {"rules": 90, "walks": 40, "institutions": 60, "accounts": 24, "validation": 35, "unlike": 15, "room": 20, "store": 15}
"""Mutants judged of each group."""

_ACCOUNTS = ("accounts", "counted")
_ONLY = {"futures": ("unlike", frozenset({"unlike"})), "world": ("room", frozenset({"nobody_in", "grown"}))}
"""Modules of which a few functions are a group, and no more is judged: the group, and those functions."""

TWINNED = ("bonds", "care_service", "sharing", "time_credits")
_MARKS = ("RemoveDecorator", "NoOp")
_KEY = "mutants of copro_sim"


def group_of(mutant: MutationSpec) -> str | None:
    """Return the group to which a mutant belongs, or None if it is not to be judged."""
    line, module = mutant.start_pos[0], mutant.module_path
    if any(mark in mutant.operator_name for mark in _MARKS) or _inside(line, mutant.start_pos[1], _left_out(module)):
        return None
    if module.parent.name == "processes":
        if _inside(line, mutant.start_pos[1], _rules(module)):
            return "rules"
        return "walks" if module.stem in TWINNED and _inside(line, mutant.start_pos[1], _functions(module)) else None
    if module.stem in _ONLY:
        group, names = _ONLY[module.stem]
        return group if _inside(line, mutant.start_pos[1], _functions(module, names)) else None
    if module.parent.name == "institutions":
        return "accounts" if module.stem in _ACCOUNTS else "institutions"
    return "store" if module.parent.name == "results" else "validation"


def rank(mutant: MutationSpec) -> str:
    """Return what mutants are sorted by: a hash of what the mutant is."""
    name = (_KEY, mutant.module_path.as_posix(), mutant.operator_name, str(mutant.operator_args), mutant.occurrence)
    return hashlib.sha256(repr(name).encode()).hexdigest()


def main(session: str) -> None:
    """Mark all mutants of a session but the sample as skipped, and say how many there are."""
    with use_db(session) as work:
        mutants = {item.job_id: item.mutations[0] for item in work.work_items}
        groups: dict[str, list[str]] = {name: [] for name in MOST}
        for job, mutant in mutants.items():
            group = group_of(mutant)
            if group is not None:
                groups[group].append(job)
        chosen = {job for name, jobs in groups.items() for job in sorted(jobs, key=lambda j: rank(mutants[j]))[: MOST[name]]}
        work.set_multiple_results([job for job in mutants if job not in chosen], WorkResult(WorkerOutcome.SKIPPED))
    for name, jobs in groups.items():
        print(f"{name}: {min(MOST[name], len(jobs))} of {len(jobs)}")


Span = tuple[tuple[int, int], tuple[int, int]]


def _inside(line: int, column: int, spans: tuple[Span, ...]) -> bool:
    return any(first <= (line, column) < last for first, last in spans)


@cache
def _left_out(module: Path) -> tuple[Span, ...]:
    return tuple(_span(node) for node in _nodes(module) if isinstance(node, ast.ClassDef) and node.name == "Params") + tuple(
        _span(part) for node in _nodes(module) for part in _annotations(node)
    )


@cache
def _rules(module: Path) -> tuple[Span, ...]:
    marked = (node for node in _nodes(module) if isinstance(node, ast.FunctionDef))
    return tuple(_span(node) for node in marked if any(ast.unparse(mark) == "rule" for mark in node.decorator_list))


@cache
def _functions(module: Path, names: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    functions = (node for node in _nodes(module) if isinstance(node, ast.FunctionDef))
    return tuple(_span(node) for node in functions if not names or node.name in names)


@cache
def _nodes(module: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for name in ("annotation", "returns"):
        found = getattr(node, name, None)
        if found is not None:
            yield found


def _span(node: ast.AST) -> Span:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(sys.argv[1])
