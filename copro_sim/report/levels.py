"""Figures of levels: who meets need, where the money goes, wellbeing."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import money_finding
from copro_sim.language import N_, _
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
    HOURS,
    POUNDS,
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
    (N_("Household"), ("household_hours",), BLUE, ""),
    (N_("Kin elsewhere"), ("kin_hours",), TURQUOISE, ""),
    (N_("Friends, neighbours"), ("friend_hours", "neighbour_hours"), PURPLE, ""),
    (N_("Time credits"), ("credit_hours",), INK, ""),
    (N_("Third sector"), ("third_sector_hours",), GREY, "\\\\"),
    (N_("Council"), ("council_hours",), ORANGE, ""),
    (N_("Bought"), ("bought_hours",), PINK, "\\\\"),
    (N_("Nobody: unmet"), ("unmet_hours",), "#f2f2f2", "////"),
)
_MONEY = ((N_("Care"), "council_cost", BLUE, ""), (N_("Co-production"), "coproduction_cost", ORANGE, "//"),
          (N_("Held back"), "reserved", GREY, "xx"))  # fmt: skip


def who_meets_need(comparison: Comparison) -> Drawing:
    """Draw hours of need by who met them, unmet need among them, year by year: one panel a scenario."""
    hours = {
        label: np.sum([comparison.by_year(name).mean(axis=1) for name in names], axis=0)
        for label, names, *_look in SOURCES
    }
    shown_sources = [source for source in SOURCES if hours[source[0]].any()]
    top = float(np.sum(list(hours.values()), axis=0).max()) * 1.04 or 1.0
    size, unit = scale(top, HOURS)
    title = title_of(comparison, "unmet_share")
    measure = _("Need by who met it, {unit}, mean of {futures}", unit=unit, futures=futures_of(comparison))
    subtitle = subtitle_of(comparison, measure)
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
    columns_of = {_("{what} (hours a week)", what=_(label)): hours[label] for label, *_look in shown_sources}
    table = by_scenario_year(comparison, columns_of)
    unmet = 100 * hours["Nobody: unmet"][:, -1] / np.maximum(1e-9, np.sum(list(hours.values()), axis=0)[:, -1])
    shares = ", ".join(
        _("{share:.0f} percent under {scenario}", share=share, scenario=comparison.titles[name])
        for name, share in zip(comparison.names, unmet, strict=True)
    )
    alt = _(
        "Stacked areas, one panel for each scenario. {title}. In the last year, of all need, nobody meets {shares}.",
        title=title, shares=shares,
    )  # fmt: skip
    return drawing("who-meets-need", title, subtitle, alt, table, made)


def _stack(ax: Axes, years: Array, sources: list[Any], hours: dict[str, Array]) -> list[tuple[str, float, str]]:
    """Draw areas one on the other and return label, middle and colour of each at its right end."""
    x = np.concatenate([[years[0] - 0.5], years, [years[-1] + 0.5]])
    below = np.zeros(len(x))
    ends = []
    for label, _names, colour, hatch in sources:
        above = below + np.pad(hours[label], 1, mode="edge")
        edge = INK if hatch == "////" else "white"
        ax.fill_between(x, below, above, facecolor=colour, edgecolor=edge, hatch=hatch or None, linewidth=0.8)
        ends.append((_(label), float(below[-1] + above[-1]) / 2, FAINT if hatch else colour))
        below = above
    year_axis(ax, years)
    return ends


def money(comparison: Comparison) -> Drawing:
    """Draw where the public pounds go, and, apart from them, what unpaid help would cost."""
    several = len(comparison.names) > 1
    title = money_finding(comparison, focus(comparison)) if several else title_of(comparison, "council_cost")
    subtitle = subtitle_of(
        comparison,
        _(
            "Pounds of 2013-14 a year, mean of {futures} over the whole run; unpaid help is never netted",
            futures=futures_of(comparison),
        ),
    )
    spent = {key: comparison.whole_run(key).mean(axis=1) for _label, key, *_look in _MONEY}
    budget, unpaid = (comparison.whole_run(key).mean(axis=1) for key in ("budget", "unpaid_value"))
    count = len(comparison.names)
    made = sheet(0.55 * count + 1.0, title, subtitle, footer(comparison))
    left, right = made.panels(1, 2, left=2.3, right=0.6, top=0.5, wspace=0.2, width_ratios=(1.9, 1.0))[0]
    size, unit = scale(float(max(budget.max(), np.sum(list(spent.values()), axis=0).max())), POUNDS)
    _public(left, spent, budget, size)
    left.set_title(_("Public money, {pounds}\n(upright bar: the budget)", pounds=unit))
    left.set_yticks(range(count), ["\n".join(wrapped(comparison.titles[name], 24)) for name in comparison.names])
    other, other_unit = scale(float(unpaid.max()), POUNDS)
    right.barh(range(count), unpaid / other, 0.55, facecolor="white", edgecolor=INK, hatch="\\\\\\")
    for k, value in enumerate(unpaid / other):
        right.text(value, k, f" {value:,.2f}", va="center", fontsize=9)
    right.set_title(_("Unpaid help, if it were\npaid for: {pounds}", pounds=other_unit))
    for ax in (left, right):
        ax.invert_yaxis()
        ax.grid(False, axis="y")
        ax.grid(True, axis="x")
    right.tick_params(labelleft=False)
    table = pd.DataFrame(
        {_("Scenario"): [comparison.titles[name] for name in comparison.names],
         **{_("{what} (pounds a year)", what=_(label)): spent[key] for label, key, *_look in _MONEY},
         _("Budget (pounds a year)"): budget, _("Unpaid help at replacement cost, apart (pounds a year)"): unpaid}
    )  # fmt: skip
    amounts = "; ".join(
        _("{scenario}: care {care:,.1f}, co-production {more:,.1f} of a budget of {budget:,.1f} million pounds a year",
          scenario=scenario, care=care / 1e6, more=more / 1e6, budget=whole / 1e6)
        for scenario, care, more, _held, whole, _unpaid in table.itertuples(index=False)
    )  # fmt: skip
    alt = _("Bars. {title}. {amounts}.", title=title, amounts=amounts)
    return drawing("money", title, subtitle, alt, table, made)


def _public(ax: Axes, spent: dict[str, Array], budget: Array, size: float) -> None:
    """Draw stacked bars of public money with their amounts, and a mark at the budget."""
    start = np.zeros(len(budget))
    rows = range(len(budget))
    for _label, key, colour, hatch in _MONEY:
        if not spent[key].any():
            continue
        ax.barh(rows, spent[key] / size, 0.55, start / size, facecolor=colour, edgecolor="white", hatch=hatch or None)
        start = start + spent[key]
    for k in rows:
        ax.plot([budget[k] / size] * 2, [k - 0.42, k + 0.42], color=INK, linewidth=2.5)
        parts = " + ".join(
            f"{_(label).lower()} {spent[key][k] / size:,.1f}" for label, key, *_look in _MONEY if spent[key][k]
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
        _(
            "Mean life satisfaction of citizens, 0 to 10 (the axis does not begin at zero), mean of {futures}; under {scenario} "
            "90 percent of futures end between {low:.2f} and {high:.2f}",
            futures=futures_of(comparison), scenario=comparison.titles[comparison.names[0]], low=low, high=high,
        ),
    )  # fmt: skip
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
    table = by_scenario_year(comparison, {_("Wellbeing (0 to 10)"): means})
    levels = "; ".join(text for text, *_end in ends)
    alt = _("Lines. {title}. In the last year: {levels}.", title=title, levels=levels)
    return drawing("wellbeing", title, subtitle, alt, table, made)
