"""Why a difference comes about, and what would have to be true: mechanisms switched off one at a time, and where it breaks "
"even."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from copro_sim.comparison.attribution import attribute, mechanisms
from copro_sim.comparison.break_even import BreakEven, break_even
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.tasks import Progress
from copro_sim.results.store import STUDY
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.stances import STRENGTHS, range_in

MOVED = {
    "funding.clawback": (0.0, 1.0),
    "funding.reserved_pounds_per_head": (0.0, 60.0),
    "coproduction.practice_percent": (0.0, 100.0),
}
"""Settings whose break-even is sought, and between which values: how much of what it frees is clawed back, how deep a further cut
it must outweigh, how many assessments are really done that way."""

POINTS, MOST_FUTURES = 5, 10
_INDICATOR = "unmet_share"


class Why(NamedTuple):
    """What further runs say of a comparison's second scenario against its first.

    Parameters
    ----------
    scenario
        Its name.
    stance, futures
        Under which stance, and over how many futures of their own.
    attribution
        From `attribute`: what each mechanism does that the stance lets act.
    break_evens
        From `break_even`: one for each of `MOVED`.
    """

    scenario: str
    stance: str
    futures: int
    attribution: pd.DataFrame
    break_evens: tuple[BreakEven, ...]


def acting(scenario: Scenario, stance: str) -> tuple[str, ...]:
    """Return the mechanisms of a scenario that a stance lets act."""
    found = []
    for key in mechanisms(scenario):
        record = setting_records()[key][1]
        drawn = range_in(record, stance) if record.role in STRENGTHS and scenario.get(key) == record.value else None
        if drawn != (0.0, 0.0):
            found.append(key)
    return tuple(found)


def runs_of(comparison: Comparison) -> int:
    """Return how many runs `why` makes."""
    futures = min(MOST_FUTURES, comparison.futures)
    return futures * (1 + len(acting(comparison.scenarios[1], comparison.stance)) + len(MOVED) * (1 + POINTS))


def why(
    comparison: Comparison, *, folder: str | Path | None = None, progress: Progress | None = None, **more: Any
) -> Why:
    """Run what says why the second scenario differs from the first, and where it would not.

    Mechanisms are switched off one at a time, everything else and chance the same; settings are moved to where the scenario is
    no better and no worse. All under the comparison's stance, over at most `MOST_FUTURES` futures.

    Parameters
    ----------
    comparison
        Of two scenarios or more.
    folder
        Where each part keeps its study; none is kept unless given.
    progress
        Called with (runs ended, runs in all) after each run.
    **more
        Anything else that `compare` takes: `workers`, `cluster`, `population` (that of the comparison), `resume` (with a folder).

    Raises
    ------
    ValueError
        If the comparison has a single scenario; and as `compare`.
    """
    if len(comparison.names) < 2:
        raise ValueError("there is nothing to explain of a single scenario: compare two or more")
    reference, scenario = comparison.scenarios[:2]
    futures, ended = min(MOST_FUTURES, comparison.futures), 0
    asked = {"futures": futures, "seed": comparison.seed, "stance": comparison.stance, "engine": comparison.engine, **more}

    def part(name: str, runs: int) -> dict[str, Any]:
        nonlocal ended
        before, ended = ended, ended + runs
        study = None if folder is None else Path(folder) / name / STUDY
        if study is not None:
            study.parent.mkdir(parents=True, exist_ok=True)
        return {**asked, "study": study, "progress": None if progress is None else lambda done, _: progress(before + done, total)}

    total, known = runs_of(comparison), acting(scenario, comparison.stance)
    table = attribute(scenario, of=known, indicators=(_INDICATOR, "wellbeing"), **part("mechanisms", futures * (1 + len(known))))
    found = [
        break_even(scenario, setting, against=reference, low=low, high=high, points=POINTS, indicator=_INDICATOR,
                   **part(setting, futures * (1 + POINTS)))
        for setting, (low, high) in MOVED.items()
    ]  # fmt: skip
    return Why(comparison.names[1], comparison.stance, futures, table, tuple(found))
