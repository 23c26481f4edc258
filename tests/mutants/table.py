"""Print what came of a cosmic-ray session, as a table in Markdown, and every mutant that survived, as a diff."""

import re
import sys
from collections import Counter

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome

from tests.mutants.sample import MOST, group_of


def main(session: str) -> None:
    """Print the table and the survivors of a session."""
    counted: Counter[tuple[str, str]] = Counter()
    survivors = []
    with use_db(session) as work:
        judged = [(item.mutations[0], result) for item, result in work.completed_work_items if result.test_outcome is not None]
    killed = [result.output for _, result in judged if result.test_outcome == TestOutcome.KILLED]
    unheard = [output for output in killed if not _tests_spoke(output)]
    if unheard:
        raise SystemExit(f"{len(unheard)} mutants were killed by something else than a test. The first:\n{unheard[0]}")
    for mutant, result in judged:
        survived = result.test_outcome == TestOutcome.SURVIVED
        counted[str(group_of(mutant)), "survived" if survived else "killed"] += 1
        if survived:
            survivors.append(f"{mutant.module_path}:{mutant.start_pos[0]} {mutant.operator_name}\n{_changes(result.diff)}")
    print("| group | judged | killed | survived |\n|---|---|---|---|")
    for group in MOST:
        killed, survived = counted[group, "killed"], counted[group, "survived"]
        print(f"| {group} | {killed + survived} | {killed} | {survived} |")
    print(*sorted(survivors), sep="\n")


def _tests_spoke(output: str | None) -> bool:
    """Return whether pytest said that tests failed or could not be gathered, or they took too long."""
    return bool(re.search(r"\d+ (failed|error)|while loading conftest|^timeout$", output or "", re.MULTILINE))


def _changes(diff: str | None) -> str:
    lines = (diff or "").splitlines()
    return "\n".join(line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++"))


if __name__ == "__main__":
    main(sys.argv[1])
