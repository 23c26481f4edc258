"""The figures of a comparison by name, each with a title that says its finding and the count of futures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.dependence import FEWEST_DRAWS
from copro_sim.comparison.essence import GROUPS
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.language import speaking
from copro_sim.report.changes import by_deprivation, money_and_practice, paired_differences, unpaid_work
from copro_sim.report.decides import what_decides
from copro_sim.report.flows import flows
from copro_sim.report.institutions import institutions
from copro_sim.report.levels import wellbeing, who_meets_need
from copro_sim.report.money import money
from copro_sim.report.style import SETTINGS, Drawing
from copro_sim.report.tiles import councils, councils_over_time
from copro_sim.report.wins import where_wins
from copro_sim.scenario.problems import did_you_mean

if TYPE_CHECKING:
    from copro_sim.comparison.story import Story
    from copro_sim.study.sensitivity import Sensitivity

FIGURES: dict[str, Callable[[Comparison], Drawing]] = {
    "who-meets-need": who_meets_need,
    "paired-differences": paired_differences,
    "what-decides": what_decides,
    "where-it-wins": where_wins,
    "flows": flows,
    "money": money,
    "wellbeing": wellbeing,
    "money-and-practice": money_and_practice,
    "unpaid-work": unpaid_work,
    "by-deprivation": by_deprivation,
    "councils": councils,
    "councils-over-time": councils_over_time,
    "institutions": institutions,
}
"""Every figure by its name; `sections.py` says where on the page each stands."""

OF_GROUPS = ("unpaid-work", "by-deprivation", "councils", "councils-over-time")
"""Figures of what is not kept of one council or region: on the page of a place they show Wales."""

_NEEDS_OTHERS = ("paired-differences", "flows", *OF_GROUPS)
_NEEDS_DRAWS = ("what-decides", "where-it-wins")


def available(comparison: Comparison) -> list[str]:
    """Return the names of the figures that a comparison can fill."""
    left_out = set(_NEEDS_OTHERS) if len(comparison.names) < 2 else set()
    if len(comparison.names) < 2 or comparison.futures // SEEDS_PER_DRAW < FEWEST_DRAWS:
        left_out |= set(_NEEDS_DRAWS)
    if "group_unmet_share" not in comparison.data:
        left_out |= set(OF_GROUPS)
    elif np.isnan(comparison.data["group_unmet_share"].sel(group=list(GROUPS["deprivation"])).values).any():
        left_out.add("by-deprivation")
    if not comparison.crosses:
        left_out.add("money-and-practice")
    return [name for name in FIGURES if name not in left_out]


def draw(comparison: Comparison, name: str) -> Drawing:
    """Return a figure with all that is said of it.

    Raises
    ------
    ValueError
        If there is no such figure, or this comparison cannot fill it.
    """
    if name not in available(comparison):
        why = "needs other scenarios, places or more futures" if name in FIGURES else "is unknown"
        hint = "" if name in FIGURES else did_you_mean(name, available(comparison))
        raise ValueError(f"figure {name!r} {why}: this comparison has {', '.join(available(comparison))}.{hint}")
    with mpl.rc_context(SETTINGS):
        return FIGURES[name](comparison)


def plot(comparison: "Comparison | Story | Sensitivity", name: str = "who-meets-need", *, lang: str = "en") -> Figure:
    """Return a matplotlib figure of a comparison, of a story, or of what a sweep's outcome hangs on.

    Parameters
    ----------
    comparison
        From `compare`, `story` or `sensitivity`.
    name
        One of `available(comparison)`, such as "who-meets-need", "paired-differences" or "money"; of a story "typical",
        "helped", "harmed" (whoever is followed) or "councils"; of a sensitivity there is but one.
    lang
        "en" or "cy": the language of all that it says.

    Raises
    ------
    ValueError
        If there is no such figure or language, or this comparison cannot fill it.
    TypeError
        If it is none of these.
    """
    with speaking(lang):
        if isinstance(comparison, Comparison):
            return draw(comparison, name).figure
        from copro_sim.comparison.story import Story
        from copro_sim.report.story import draw_story  # it needs the parts of the page, which need these figures

        if isinstance(comparison, Story):
            return draw_story(comparison, name).figure
        return _of_a_sweep(comparison)


def _of_a_sweep(found: "Sensitivity") -> Figure:
    from copro_sim.report.sensitivity import sensitivity_figure  # it needs the extra study
    from copro_sim.study.sensitivity import Sensitivity

    if not isinstance(found, Sensitivity):
        raise TypeError(f"cs.plot draws what cs.compare, cs.story or cs.sensitivity returned, not a {type(found).__name__}")
    return sensitivity_figure(found)
