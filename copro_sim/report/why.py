"""Figures of why: what each mechanism does, and on which side of break-even the futures lie."""

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from copro_sim.comparison.headlines import shown
from copro_sim.language import N_, _
from copro_sim.report.style import BLUE, FAINT, INK, SETTINGS, Picture
from copro_sim.results.indicators import INDICATORS

_SIDES = {
    "less": N_("with it less without it (left is better); thick 50%, thin 90% of futures"),
    "more": N_("with it less without it (right is better); thick 50%, thin 90% of futures"),
    None: N_("with it less without it (neither side is better in itself); thick 50%, thin 90% of futures"),
}
SHOWN = 12
"""Mechanisms that the figure shows."""


def attribution_figure(table: pd.DataFrame, indicator: str = "unmet_share") -> Figure:
    """Return a figure of what mechanisms do to an indicator: medians with 50% and 90% of the futures, the largest on top.

    Parameters
    ----------
    table
        From `comparison.attribution.attribute`.
    indicator
        One that it has.

    Raises
    ------
    ValueError
        If the table has nothing of that indicator.
    """
    of = table[table["indicator"] == indicator]
    if of.empty:
        raise ValueError(f"there is nothing of {indicator!r}: there are {', '.join(table['indicator'].unique())}")
    rows = largest(of)
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(9.6, 1.5 + 0.4 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        draw_effects(axes, rows, indicator)
        axes.set_title(_title(rows.iloc[::-1], indicator))
    return figure


def largest(of: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one indicator that a figure shows, the largest median effect last, on top."""
    return of.loc[of["median"].abs().sort_values(ascending=False, kind="stable").index].head(SHOWN).iloc[::-1]


def draw_effects(axes: Axes, rows: pd.DataFrame, indicator: str) -> None:
    """Draw what each mechanism does: its median, and 50% and 90% of the futures."""
    look, better = shown(indicator), INDICATORS[indicator].better
    size = look.factor
    for place, row in enumerate(rows.to_dict("records")):
        axes.plot([row["low_90"] * size, row["high_90"] * size], [place, place], color=BLUE, linewidth=1.2)
        axes.plot([row["low_50"] * size, row["high_50"] * size], [place, place], color=BLUE, linewidth=4.0)
        axes.plot(row["median"] * size, place, "o", color=INK, markersize=5)
    axes.axvline(0.0, color=FAINT, linewidth=0.8)
    axes.set_yticks(range(len(rows)), rows["mechanism"])
    axes.grid(axis="x")
    axes.set_xlabel(f"{look.change}: {_(_SIDES[better])}")


def _title(rows: pd.DataFrame, indicator: str) -> str:
    first = rows.iloc[0]
    subject = INDICATORS[indicator].title
    if first["median"] == 0.0:
        return f"No single mechanism moves {subject} in half of {first['futures']} futures"
    return f"{first['mechanism']} moves {subject} most: {first['verdict']}"
