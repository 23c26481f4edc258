"""The same scenarios compared under every stance: does the answer hang on what one believes without evidence?"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import shown, subject
from copro_sim.language import N_, _
from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.stances import STANCES, called

SHOWN = ("unmet_share", "wellbeing", "given_hours")
"""Indicators that are shown by stance."""


def in_order(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return comparisons in the order of `STANCES`.

    Raises
    ------
    ValueError
        If two have the same stance, or they compare different scenarios.
    """
    if len({one.stance for one in comparisons}) < len(comparisons) or len({one.names for one in comparisons}) > 1:
        raise ValueError("comparisons by stance must have one stance each, and the same scenarios")
    return sorted(comparisons, key=lambda one: STANCES.index(one.stance))


def stance_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """Return paired differences to the reference, one row for each other scenario, indicator and stance."""
    rows: list[dict[str, Any]] = []
    for name in comparisons[0].names[1:]:
        for indicator in SHOWN:
            for one in in_order(comparisons):
                found = one.paired(name, indicator)
                rows.append({
                    "scenario": name, "indicator": indicator, "stance": one.stance, "verdict": found.verdict,
                    "difference": found.difference, "median": found.median, "low_50": found.half[0], "high_50": found.half[1],
                    "low_90": found.ninety[0], "high_90": found.ninety[1], "futures": found.futures,
                })  # fmt: skip
    return pd.DataFrame(rows)


_SENTENCES = {
    "less": N_("{what} under {scenario}, by stance: {verdicts} (median difference in {unit}; better is lower)."),
    "more": N_("{what} under {scenario}, by stance: {verdicts} (median difference in {unit}; better is higher)."),
}
"""What is said of an indicator, by its better side."""


def stance_sentences(comparisons: Sequence[Comparison], indicator: str = "unmet_share") -> list[str]:
    """Return, for each scenario but the reference, what becomes of an indicator under each stance; none for one stance."""
    if len(comparisons) < 2:
        return []
    first, style = comparisons[0], shown(indicator)
    found = []
    for name in first.names[1:]:
        parts = []
        for one in in_order(comparisons):
            pair = one.paired(name, indicator)
            parts.append(f"{called(one.stance)}, {pair.verdict} ({style.signed(pair.median)})")
        what = subject(indicator)
        sentence = _SENTENCES["less" if INDICATORS[indicator].better == "less" else "more"]
        what, verdicts = what[0].upper() + what[1:], "; ".join(parts)
        found.append(_(sentence, what=what, scenario=first.titles[name], verdicts=verdicts, unit=style.change))
    return found
