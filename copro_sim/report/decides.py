"""The figure of what a difference hangs on: the settings nobody knows that go with it most, and what chance alone would give."""

from dataclasses import replace

import pandas as pd

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.dependence import dependence
from copro_sim.language import _, ngettext, number
from copro_sim.report.style import FAINT, INK, LINES, Drawing, sheet
from copro_sim.report.words import drawing, focus, footer, futures_of, subtitle_of, wrapped

SHOWN = 10
"""Settings that the figure shows."""


def what_decides(comparison: Comparison) -> Drawing:
    """Draw the rank correlations with the difference in unmet need of the settings that go with it most."""
    name = focus(comparison)
    everything = dependence(comparison)
    table = everything[everything["scenario"] == name].drop(columns="scenario")
    top, least = table.head(SHOWN), float(table["beyond_chance"].iloc[0])
    beyond = int((table["correlation"].abs() > least).sum())
    title = _title(comparison, strongest(table), beyond)
    subtitle = subtitle_of(comparison, _(
        "Rank correlation of each setting with the difference in unmet need, {scenario} less {reference}, over {draws} draws of "
        "what nobody knows; the {shown} strongest of {settings}. Inside the grey band chance alone may make it",
        scenario=comparison.titles[name], reference=comparison.titles[comparison.names[0]], draws=int(table["draws"].iloc[0]),
        shown=SHOWN, settings=len(table),
    ))  # fmt: skip
    made = sheet(0.4 * len(top) + 0.75, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, left=4.6, bottom=0.5)[0, 0]
    ax.axvspan(-least, least, color="#e6e8ea", zorder=0)
    ax.axvline(0, color=INK, linewidth=1.0)
    for row, correlation in enumerate(top["correlation"]):
        colour, marker = (LINES[0][0], "o") if abs(correlation) > least else (FAINT, "D")
        ax.plot([0, correlation], [row, row], color=colour, linewidth=2)
        ax.plot([correlation], [row], color=colour, marker=marker, markersize=7)
    ax.set(xlim=(-1, 1), ylim=(len(top) - 0.5, -0.5))
    labels = ["\n".join(wrapped(str(meaning).replace("`", ""), 58)) for meaning in top["meaning"]]
    ax.set_yticks(range(len(top)), labels, fontsize=8)
    sides = (_("better the higher the setting"), _("worse the higher the setting"))
    ax.set_xlabel((" " * 10).join(sides), fontsize=9, color=FAINT)
    ax.grid(False, axis="y")
    each = zip(top["setting"], top["correlation"], strict=True)
    numbers = "; ".join(f"{setting}: {number(correlation, 2)}" for setting, correlation in each)
    alt = _("Bars to both sides of zero, by setting. {numbers}.", numbers=numbers)
    made_of = drawing("what-decides", title, subtitle, alt, _table(table), made)
    return replace(made_of, english=(_("Meaning"),))


def _table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the settings with headings that people read; what each means stays as its record says it, in English."""
    headings = {
        "setting": _("Setting"), "meaning": _("Meaning"), "role": _("Role"), "grade": _("Grade"),
        "correlation": _("Rank correlation"), "beyond_chance": _("More than chance beyond"), "draws": _("Draws"),
    }  # fmt: skip
    words = {"role": table["role"].map(_), "grade": table["grade"].map(_)}
    return table.assign(**words).rename(columns=headings).reset_index(drop=True)


def strongest(table: pd.DataFrame) -> list[str]:
    """Return the settings, at most three, that go with a difference more than chance would have it; of one scenario's rows."""
    beyond = table[table["correlation"].abs() > table["beyond_chance"]]
    return [str(setting) for setting in beyond["setting"].head(3)]


def _title(comparison: Comparison, names: list[str], beyond: int) -> str:
    """Return how many settings decide, and which most."""
    scenario, futures = comparison.titles[focus(comparison)], futures_of(comparison)
    if not beyond:
        return _(
            "No single setting that nobody knows goes with how {scenario} does in unmet need more than chance would have it "
            "(over {futures})",
            scenario=scenario, futures=futures,
        )  # fmt: skip
    return ngettext(
        "One setting that nobody knows goes with how {scenario} does in unmet need: {names} (over {futures})",
        "{n} settings that nobody knows go with how {scenario} does in unmet need: {names} (over {futures})",
        beyond, scenario=scenario, names=", ".join(names), futures=futures,
    )  # fmt: skip
