"""The figure of what a difference hangs on: the settings nobody knows that go with it most, and what chance alone would give."""

import pandas as pd

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.dependence import dependence
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
    title = f"{_title(comparison.titles[name], strongest(table), beyond)} (over {futures_of(comparison)})"
    subtitle = subtitle_of(
        comparison,
        f"Rank correlation of each setting with the difference in unmet need, {comparison.titles[name]} less "
        f"{comparison.titles[comparison.names[0]]}, over {int(table['draws'].iloc[0])} draws of what nobody knows; the {SHOWN} "
        f"strongest of {len(table)}. Inside the grey band chance alone may make it",
    )
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
    ax.set_xlabel("better the higher the setting          worse the higher the setting", fontsize=9, color=FAINT)
    ax.grid(False, axis="y")
    alt = "Bars to both sides of zero, by setting. " + "; ".join(
        f"{setting}: {correlation:.2f}" for setting, correlation in zip(top["setting"], top["correlation"], strict=True)
    )
    return drawing("what-decides", title, subtitle, f"{alt}.", table.reset_index(drop=True), made)


def strongest(table: pd.DataFrame) -> list[str]:
    """Return the settings, at most three, that go with a difference more than chance would have it; of one scenario's rows."""
    beyond = table[table["correlation"].abs() > table["beyond_chance"]]
    return [str(setting) for setting in beyond["setting"].head(3)]


def _title(scenario: str, names: list[str], beyond: int) -> str:
    """Return how many settings decide, and which most."""
    if not beyond:
        return f"No single setting that nobody knows decides how {scenario} does in unmet need"
    count = "One setting" if beyond == 1 else f"{beyond} settings"
    go = "goes" if beyond == 1 else "go"
    return f"{count} that nobody knows {go} with how {scenario} does in unmet need: {', '.join(names)}"
