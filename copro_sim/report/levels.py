"""Figures of levels: who meets need, and wellbeing."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Comparison
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
    by_scenario_year,
    drawing,
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
    made = sheet(3.2, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, right=2.6, top=0.1)[0, 0]
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
