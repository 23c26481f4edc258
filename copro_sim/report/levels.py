"""Figures of levels: who meets need, where the money goes, wellbeing."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import money_finding
from copro_sim.report.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LINES,
    ORANGE,
    PINK,
    PURPLE,
    TURQUOISE,
    Drawing,
    end_labels,
    sheet,
    year_axis,
)  # fmt: skip
from copro_sim.report.words import (
    by_scenario_year,
    drawing,
    focus,
    footer,
    futures_of,
    grid,
    scale,
    subtitle_of,
    title_of,
    wrapped,
    years_of,
)  # fmt: skip

Array = np.ndarray[Any, Any]
_LEAST_SPAN = 0.4
"""Points of wellbeing that an axis spans at least, so that next to nothing does not look like much."""

SOURCES: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("Household", ("household_hours",), BLUE, ""),
    ("Kin elsewhere", ("kin_hours",), TURQUOISE, ""),
    ("Friends, neighbours", ("friend_hours", "neighbour_hours"), PURPLE, ""),
    ("Time credits", ("credit_hours",), INK, ""),
    ("Third sector", ("third_sector_hours",), GREY, ".."),
    ("Council", ("council_hours",), ORANGE, ""),
    ("Bought", ("bought_hours",), PINK, ".."),
    ("Nobody: unmet", ("unmet_hours",), "#f2f2f2", "////"),
)
_MONEY = (("Care", "council_cost", BLUE, ""), ("Co-production", "coproduction_cost", ORANGE, "//"),
          ("Held back", "reserved", GREY, ".."))  # fmt: skip


def who_meets_need(comparison: Comparison) -> Drawing:
    """Draw hours of need by who met them, unmet need among them, year by year: one panel a scenario."""
    hours = {
        label: np.sum([comparison.by_year(name).mean(axis=1) for name in names], axis=0)
        for label, names, _, _ in SOURCES
    }
    shown_sources = [source for source in SOURCES if hours[source[0]].any()]
    top = float(np.sum(list(hours.values()), axis=0).max()) * 1.04 or 1.0
    size, word = scale(top)
    title = title_of(comparison, "unmet_share")
    subtitle = subtitle_of(comparison, f"Need by who met it, {word}hours a week, mean of {futures_of(comparison)}")
    rows, columns = grid(len(comparison.names), 2)
    made = sheet(2.75 * rows + 0.2, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, right=1.75, wspace=0.12, hspace=0.3)
    for k, ax in enumerate(axes.flat):
        if k >= len(comparison.names):
            ax.set_visible(False)
            continue
        ax.set_ylim(0, top / size)
        ends = _stack(ax, years_of(comparison), shown_sources, {label: hours[label][k] / size for label in hours})
        ax.set_title("\n".join(wrapped(comparison.titles[comparison.names[k]], 36)))
        ax.tick_params(labelleft=k % columns == 0)
        if k % columns == columns - 1 or k == len(comparison.names) - 1:
            end_labels(made.figure, ax, ends, years_of(comparison)[-1] + 0.5)
    table = by_scenario_year(comparison, {f"{label} (hours a week)": hours[label] for label, *_ in shown_sources})
    unmet = 100 * hours["Nobody: unmet"][:, -1] / np.maximum(1e-9, np.sum(list(hours.values()), axis=0)[:, -1])
    alt = (
        f"Stacked areas, one panel for each scenario. {title}. In the last year, of all need, nobody meets "
        + ", ".join(
            f"{share:.0f} percent under {comparison.titles[name]}"
            for name, share in zip(comparison.names, unmet, strict=True)
        )
    )
    return drawing("who-meets-need", title, subtitle, f"{alt}.", table, made)


def _stack(ax: Axes, years: Array, sources: list[Any], hours: dict[str, Array]) -> list[tuple[str, float, str]]:
    """Draw areas one on the other and return label, middle and colour of each at its right end."""
    x = np.concatenate([[years[0] - 0.5], years, [years[-1] + 0.5]])
    below = np.zeros(len(x))
    ends = []
    for label, _, colour, hatch in sources:
        above = below + np.pad(hours[label], 1, mode="edge")
        edge = INK if hatch == "////" else "white"
        ax.fill_between(x, below, above, facecolor=colour, edgecolor=edge, hatch=hatch or None, linewidth=0.8)
        ends.append((label, float(below[-1] + above[-1]) / 2, FAINT if hatch else colour))
        below = above
    year_axis(ax, years)
    return ends


def money(comparison: Comparison) -> Drawing:
    """Draw where the public pounds go, and, apart from them, what unpaid help would cost."""
    several = len(comparison.names) > 1
    title = money_finding(comparison, focus(comparison)) if several else title_of(comparison, "council_cost")
    subtitle = subtitle_of(
        comparison,
        f"Pounds of 2013-14 a year, mean of {futures_of(comparison)} over the whole run; unpaid help is never netted",
    )
    spent = {key: comparison.whole_run(key).mean(axis=1) for _, key, _, _ in _MONEY}
    budget, unpaid = (comparison.whole_run(key).mean(axis=1) for key in ("budget", "unpaid_value"))
    count = len(comparison.names)
    made = sheet(0.55 * count + 1.0, title, subtitle, footer(comparison))
    left, right = made.panels(1, 2, left=2.3, right=0.6, top=0.5, wspace=0.2, width_ratios=(1.9, 1.0))[0]
    size, word = scale(float(max(budget.max(), np.sum(list(spent.values()), axis=0).max())))
    _public(left, spent, budget, size)
    left.set_title(f"Public money, {word}pounds\n(upright bar: the budget)")
    left.set_yticks(range(count), ["\n".join(wrapped(comparison.titles[name], 24)) for name in comparison.names])
    other, other_word = scale(float(unpaid.max()))
    right.barh(range(count), unpaid / other, 0.55, facecolor="white", edgecolor=INK, hatch="\\\\\\")
    for k, value in enumerate(unpaid / other):
        right.text(value, k, f" {value:,.2f}", va="center", fontsize=9)
    right.set_title(f"Unpaid help, if it were\npaid for: {other_word}pounds")
    for ax in (left, right):
        ax.invert_yaxis()
        ax.grid(False, axis="y")
        ax.grid(True, axis="x")
    right.tick_params(labelleft=False)
    table = pd.DataFrame(
        {"Scenario": [comparison.titles[name] for name in comparison.names],
         **{f"{label} (pounds a year)": spent[key] for label, key, _, _ in _MONEY}, "Budget (pounds a year)": budget,
         "Unpaid help at replacement cost, apart (pounds a year)": unpaid}
    )  # fmt: skip
    alt = f"Bars. {title}. " + "; ".join(
        f"{row.iloc[0]}: care {row.iloc[1] / 1e6:,.1f}, co-production {row.iloc[2] / 1e6:,.1f} of a budget of "
        f"{row.iloc[4] / 1e6:,.1f} million pounds a year"
        for _, row in table.iterrows()
    )
    return drawing("money", title, subtitle, f"{alt}.", table, made)


def _public(ax: Axes, spent: dict[str, Array], budget: Array, size: float) -> None:
    """Draw stacked bars of public money with their amounts, and a mark at the budget."""
    start = np.zeros(len(budget))
    rows = range(len(budget))
    for _, key, colour, hatch in _MONEY:
        if not spent[key].any():
            continue
        ax.barh(rows, spent[key] / size, 0.55, start / size, facecolor=colour, edgecolor="white", hatch=hatch or None)
        start = start + spent[key]
    for k in rows:
        ax.plot([budget[k] / size] * 2, [k - 0.42, k + 0.42], color=INK, linewidth=2.5)
        parts = " + ".join(
            f"{label.lower()} {spent[key][k] / size:,.1f}" for label, key, _, _ in _MONEY if spent[key][k]
        )
        ax.text(0.01 * budget.max() / size, k, parts, va="center", fontsize=9, color="white", fontweight="bold")
    ax.set_xlim(0, 1.04 * float(max(start.max(), budget.max())) / size)


def wellbeing(comparison: Comparison) -> Drawing:
    """Draw wellbeing year by year, one line a scenario."""
    title, years = title_of(comparison, "wellbeing"), years_of(comparison)
    values = comparison.by_year("wellbeing")
    low, high = np.quantile(values[0, :, -1], [0.05, 0.95])
    subtitle = subtitle_of(
        comparison,
        "Mean life satisfaction of citizens, 0 to 10 (the axis does not begin at zero), mean of "
        f"{futures_of(comparison)}; under {comparison.titles[comparison.names[0]]} 90 percent of futures end between "
        f"{low:.2f} and {high:.2f}",
    )
    made = sheet(3.4, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, right=2.6)[0, 0]
    means = values.mean(axis=1)
    ends = []
    for k, name in enumerate(comparison.names):
        colour, dashes, marker = LINES[k % len(LINES)]
        ax.plot(
            years,
            means[k],
            color=colour,
            linestyle=dashes,
            marker=marker,
            markevery=(k % len(years), max(1, len(years) // 5)),
        )
        ends.append((f"{comparison.titles[name]} {means[k, -1]:.2f}", float(means[k, -1]), colour))
    year_axis(ax, years)
    middle, half = float(means.max() + means.min()) / 2, max(_LEAST_SPAN / 2, float(np.ptp(means)) * 0.6)
    ax.set_ylim(middle - half, middle + half)
    end_labels(
        made.figure, ax, [("\n".join(wrapped(text, 28)), y, colour) for text, y, colour in ends], years[-1], lines=24
    )
    table = by_scenario_year(comparison, {"Wellbeing (0 to 10)": means})
    alt = f"Lines. {title}. In the last year: " + "; ".join(text for text, _, _ in ends)
    return drawing("wellbeing", title, subtitle, f"{alt}.", table, made)
