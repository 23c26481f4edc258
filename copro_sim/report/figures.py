"""The figures of a comparison, each with a title that says its finding and the count of futures in which it holds."""

from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import EFFECTS, claim, finding, midlife_women, shown, subject
from copro_sim.comparison.paired import Paired, interval, paired
from copro_sim.core.units import START_YEAR, month_label
from copro_sim.report import style
from copro_sim.report.style import BLUE, FAINT, GREY, INK, LINES, ORANGE, PINK, PURPLE, TURQUOISE, Drawing, sheet
from copro_sim.results.indicators import INDICATORS

Array = np.ndarray[Any, Any]
WALES = 22
_SOURCES: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
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
_TREND = ("unmet_share", "wellbeing")


def place(comparison: Comparison) -> str:
    """Return where a comparison plays: Wales, or its councils."""
    names = comparison.authorities
    if len(names) == WALES:
        return "Wales"
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} councils of Wales"


def period(comparison: Comparison) -> str:
    """Return the months of a comparison in words."""
    return f"April {START_YEAR} to March {month_label(comparison.years * 12 - 1)[:4]}"


def footer(comparison: Comparison) -> str:
    """Return where the numbers of a figure come from."""
    hashes = "; ".join(
        f"{name} {scenario.content_hash[:10]}" for name, scenario in zip(comparison.names, comparison.scenarios, strict=True)
    )
    return (
        f"Source: copro_sim {__version__}, a simulation, not yet calibrated. Seed {comparison.seed}, {_futures(comparison)}. "
        f"Scenarios: {hashes}. Contains public sector information licensed under the Open Government Licence v3.0."
    )


def _futures(comparison: Comparison) -> str:
    return f"{comparison.futures} future{'s' if comparison.futures > 1 else ''}"


def _subtitle(comparison: Comparison, measure: str) -> str:
    return f"{measure}. {place(comparison)}, {period(comparison)}"


def _focus(comparison: Comparison) -> str:
    """Return the scenario that titles speak of: the first that is not the reference."""
    return comparison.names[1] if len(comparison.names) > 1 else comparison.names[0]


def _title(comparison: Comparison, indicator: str) -> str:
    """Return the finding on an indicator; of a single scenario, only its level."""
    if len(comparison.names) > 1:
        return finding(comparison, _focus(comparison), indicator)
    low, high = interval(comparison.whole_run(indicator)[0], 0.9)
    look, text = shown(indicator), subject(indicator)
    about = f"from {look.number(low)} to {look.number(high)} {look.words}"
    return f"{text[0].upper()}{text[1:]} is {about} under {comparison.titles[comparison.names[0]]} in 90 percent of futures"


def _years(comparison: Comparison) -> Array:
    return np.asarray(comparison.data["year"].values)


def _scale(highest: float) -> tuple[float, str]:
    """Return what to divide by, and its word, so that numbers are short."""
    for size, word in ((1e9, "billion "), (1e6, "million "), (1e3, "thousand ")):
        if highest >= 2 * size:
            return size, word
    return 1.0, ""


def _drawing(name: str, title: str, subtitle: str, alt: str, table: pd.DataFrame, made: style.Sheet) -> Drawing:
    return Drawing(name, title, subtitle, alt, table, made.figure, made.header, made.footer)


def _grid(count: int, columns: int) -> tuple[int, int]:
    columns = min(columns, count)
    return -(-count // columns), columns


def who_meets_need(comparison: Comparison) -> Drawing:
    """Draw hours of need by who met them, unmet need among them, year by year: one panel a scenario."""
    hours = {
        label: np.sum([comparison.by_year(name).mean(axis=1) for name in names], axis=0) for label, names, _, _ in _SOURCES
    }
    shown_sources = [source for source in _SOURCES if hours[source[0]].any()]
    top = float(sum(hours.values()).max()) * 1.04 or 1.0
    size, word = _scale(top)
    title = _title(comparison, "unmet_share")
    subtitle = _subtitle(comparison, f"Need by who met it, {word}hours a week, mean of {_futures(comparison)}")
    rows, columns = _grid(len(comparison.names), 2)
    made = sheet(2.75 * rows + 0.2, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, right=1.75, wspace=0.12, hspace=0.32)
    for k, ax in enumerate(axes.flat):
        if k >= len(comparison.names):
            ax.set_visible(False)
            continue
        ax.set_ylim(0, top / size)
        ends = _stack(ax, _years(comparison), shown_sources, {label: hours[label][k] / size for label in hours})
        ax.set_title(comparison.titles[comparison.names[k]])
        ax.tick_params(labelleft=k % columns == 0)
        if k % columns == columns - 1 or k == len(comparison.names) - 1:
            style.end_labels(ax, ends, _years(comparison)[-1] + 0.5)
    table = _by_scenario_year(comparison, {f"{label} (hours a week)": hours[label] for label, *_ in shown_sources})
    last = {label: hours[label][:, -1] for label in hours}
    alt = f"Stacked areas, one panel for each scenario. {title}. In the last year, of all need, nobody meets " + ", ".join(
        f"{100 * last['Nobody: unmet'][k] / max(1e-9, sum(v[k] for v in last.values())):.0f} percent under {comparison.titles[name]}"
        for k, name in enumerate(comparison.names)
    )
    return _drawing("who-meets-need", title, subtitle, f"{alt}.", table, made)


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
    style.year_axis(ax, years)
    return ends


def _by_scenario_year(comparison: Comparison, columns: dict[str, Array]) -> pd.DataFrame:
    """Return a table with one row for each scenario and year from arrays [scenario, year]."""
    titles = [comparison.titles[name] for name in comparison.names]
    index = pd.MultiIndex.from_product([titles, _years(comparison)], names=["Scenario", "Year from April"])
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index).reset_index()


def paired_differences(comparison: Comparison) -> Drawing:
    """Draw how each scenario differs from the reference in the same future, year by year, with bands over futures."""
    others = comparison.names[1:]
    reference = comparison.titles[comparison.names[0]]
    title = _title(comparison, "unmet_share")
    subtitle = _subtitle(
        comparison, f"Each scenario less {reference} in the same future: median, middle 50 and 90 percent of {_futures(comparison)}"
    )
    made = sheet(2.3 * len(others) + 0.2, title, subtitle, footer(comparison))
    axes = made.panels(len(others), len(_TREND), wspace=0.2, hspace=0.55, right=0.35)
    tables = []
    for column, key in enumerate(_TREND):
        values = comparison.by_year(key) * shown(key).factor
        changes = values[1:] - values[0]
        edge = max(1e-9, float(np.abs(np.quantile(changes, [0.05, 0.95], axis=1)).max())) * 1.15
        for row, name in enumerate(others):
            ax = axes[row, column]
            bands = np.quantile(changes[row], [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
            _band(ax, _years(comparison), bands, LINES[(row + 1) % len(LINES)])
            ax.set_ylim(-edge, edge)
            ax.set_title(f"{comparison.titles[name]}: {INDICATORS[key].title}")
            ax.set_ylabel(shown(key).change, fontsize=9)
            _say_sides(ax, comparison.paired(name, key).verdict, INDICATORS[key].better)
            tables.append(_band_table(comparison, name, key, bands))
    alt = f"Bands around a line of no difference. {title}. " + "; ".join(
        f"{comparison.titles[name]}, {INDICATORS[key].title}: {comparison.paired(name, key).verdict}"
        for name in others
        for key in _TREND
    )
    return _drawing("paired-differences", title, subtitle, f"{alt}.", pd.concat(tables, ignore_index=True), made)


def _band(ax: Axes, years: Array, bands: Array, line: tuple[str, Any, str]) -> None:
    """Draw the middle 90 and 50 percent with edges, the median, and the line of no difference."""
    colour, dashes, marker = line
    ax.axhline(0, color=INK, linewidth=1.0)
    for low, high, alpha, width in ((0, 4, 0.14, 0.9), (1, 3, 0.32, 0.9)):
        ax.fill_between(years, bands[low], bands[high], facecolor=colour, alpha=alpha, linewidth=0)
        for k in (low, high):
            ax.plot(years, bands[k], color=colour, linewidth=width, linestyle="--" if low == 0 else "-")
    ax.plot(years, bands[2], color=colour, marker=marker, markevery=max(1, len(years) // 6))
    style.year_axis(ax, years)


def _say_sides(ax: Axes, verdict: str, direction: str | None) -> None:
    ax.text(0.01, 0.97, verdict, transform=ax.transAxes, va="top", fontsize=9, fontweight="bold")
    if direction is not None:
        where, va = (0.03, "bottom") if direction == "less" else (0.86, "top")
        ax.text(0.01, where, "better on this side of the line", transform=ax.transAxes, va=va, fontsize=8.5, color=FAINT)


def _band_table(comparison: Comparison, name: str, key: str, bands: Array) -> pd.DataFrame:
    labels = ("Low 90", "Low 50", "Median", "High 50", "High 90")
    columns = {"Scenario": comparison.titles[name], "Measure": f"{INDICATORS[key].title} ({shown(key).change})"}
    return pd.DataFrame({**columns, "Year from April": _years(comparison), **dict(zip(labels, bands, strict=True))})


def money(comparison: Comparison) -> Drawing:
    """Draw where the public pounds go, and, apart from them, what unpaid help would cost."""
    title = _title(comparison, "council_cost")
    subtitle = _subtitle(
        comparison, f"Pounds of 2013-14 a year, mean of {_futures(comparison)} over the whole run; unpaid help is never netted"
    )
    spent = {key: comparison.whole_run(key).mean(axis=1) for _, key, _, _ in _MONEY}
    budget, unpaid = (comparison.whole_run(key).mean(axis=1) for key in ("budget", "unpaid_value"))
    count = len(comparison.names)
    made = sheet(0.55 * count + 1.1, title, subtitle, footer(comparison))
    left, right = made.panels(1, 2, left=2.3, right=0.7, wspace=0.25, width_ratios=(1.7, 1.0))[0]
    size, word = _scale(float(max(budget.max(), sum(spent.values()).max())))
    _public(left, spent, budget, size)
    left.set_title(f"Public money, {word}pounds")
    left.set_yticks(range(count), ["\n".join(_wrapped(comparison.titles[name], 24)) for name in comparison.names])
    other, other_word = _scale(float(unpaid.max()))
    right.barh(range(count), unpaid / other, 0.55, facecolor="white", edgecolor=INK, hatch="\\\\\\")
    for k, value in enumerate(unpaid / other):
        right.text(value, k, f" {value:,.2f}", va="center", fontsize=9)
    right.set_title(f"Unpaid help if paid for,\n{other_word}pounds (not public money)")
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
    return _drawing("money", title, subtitle, f"{alt}.", table, made)


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, max_lines=2, placeholder="…") or [""]


def _public(ax: Axes, spent: dict[str, Array], budget: Array, size: float) -> None:
    """Draw stacked bars of public money with their amounts, and a mark at the budget."""
    start = np.zeros(len(budget))
    rows = range(len(budget))
    for label, key, colour, hatch in _MONEY:
        if not spent[key].any():
            continue
        ax.barh(rows, spent[key] / size, 0.55, start / size, facecolor=colour, edgecolor="white", hatch=hatch or None, label=label)
        start = start + spent[key]
    for k in rows:
        ax.plot([budget[k] / size] * 2, [k - 0.42, k + 0.42], color=INK, linewidth=2, label="Budget" if k == 0 else None)
        parts = " + ".join(f"{spent[key][k] / size:,.1f}" for _, key, _, _ in _MONEY if spent[key][k])
        ax.text(0.01 * budget.max() / size, k, parts, va="center", fontsize=9, color="white", fontweight="bold")
    ax.set_xlim(0, 1.04 * float(max(start.max(), budget.max())) / size)
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.18 * 4 / max(4, len(budget))), ncols=4, frameon=False, fontsize=9)


def wellbeing(comparison: Comparison) -> Drawing:
    """Draw wellbeing year by year, one line a scenario, with the spread over futures in the last year beside it."""
    title = _title(comparison, "wellbeing")
    subtitle = _subtitle(
        comparison,
        f"Mean life satisfaction of citizens, 0 to 10, mean of {_futures(comparison)}; bars: middle 90 percent of futures in "
        "the last year, whose differences within a future are far smaller. The axis does not begin at zero",
    )
    values, years = comparison.by_year("wellbeing"), _years(comparison)
    made = sheet(3.6, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, right=2.6)[0, 0]
    means = values.mean(axis=1)
    spread = np.quantile(values[:, :, -1], [0.05, 0.95], axis=1)
    ends = []
    for k, name in enumerate(comparison.names):
        colour, dashes, marker = LINES[k % len(LINES)]
        ax.plot(years, means[k], color=colour, linestyle=dashes, marker=marker, markevery=(k, max(1, len(years) // 5)))
        at = years[-1] + 0.9 + 0.5 * k
        ax.plot([at, at], spread[:, k], color=colour, linestyle=dashes, linewidth=1.5, marker="_", clip_on=False)
        ends.append((f"{comparison.titles[name]} {means[k, -1]:.2f}", float(means[k, -1]), colour))
    style.year_axis(ax, years)
    ax.set_xlim(years[0] - 0.5, years[-1] + 1.2 + 0.5 * len(comparison.names))
    ax.margins(y=0.1)
    style.end_labels(ax, [("\n".join(_wrapped(text, 26)), y, colour) for text, y, colour in ends], years[-1], lines=27)
    table = _by_scenario_year(comparison, {"Wellbeing (0 to 10)": means})
    alt = f"Lines. {title}. In the last year: " + "; ".join(text for text, _, _ in ends)
    return _drawing("wellbeing", title, subtitle, f"{alt}.", table, made)


def money_and_practice(comparison: Comparison) -> Drawing:
    """Draw the effects of money and of practice, and what they do only together."""
    keys = ("unmet_share", "wellbeing", "given_hours")
    table = comparison.money_by_practice(keys)
    told = dict(zip(table["effect"], table["verdict"].head(3), strict=False))
    title = (
        f"Share of need left unmet: money {told['money']}; practice {told['practice']}; "
        f"together, beyond their sum, {told['interaction']}"
    )
    subtitle = _subtitle(
        comparison, f"Effects over the whole run: median, middle 50 (thick) and 90 percent (thin) of {_futures(comparison)}"
    )
    made = sheet(2.7, title, subtitle, footer(comparison))
    axes = made.panels(1, len(keys), left=1.75, wspace=0.14)[0]
    for ax, key in zip(axes, keys, strict=True):
        changes = [change * shown(key).factor for change in comparison.crossed(key)]
        for row, change in enumerate(changes):
            _dot(ax, row, change, LINES[row])
            verdict = table[(table["indicator"] == key) & (table["effect"] == list(EFFECTS)[row])]["verdict"].iloc[0]
            ax.text(0.0, row - 0.28, verdict, transform=ax.get_yaxis_transform(), fontsize=7.5, va="center")
        _dots_axis(ax, f"{INDICATORS[key].title}", shown(key).change)
        ax.set_ylim(len(changes) - 0.5, -0.6)
    axes[0].set_yticks(range(3), ["Restored\nmoney", "Co-produced\npractice", "Both together,\nbeyond the sum"])
    for ax in axes[1:]:
        ax.set_yticks(range(3), [""] * 3)
    alt = f"Dots with bars around a line of no difference. {title}."
    return _drawing("money-and-practice", title, subtitle, alt, table, made)


def _dot(ax: Axes, row: float, change: Array, line: tuple[str, Any, str]) -> None:
    """Draw median and middle 50 and 90 percent of futures on one row."""
    colour, _, marker = line
    low, lower, middle, higher, high = np.quantile(change, [0.05, 0.25, 0.5, 0.75, 0.95])
    ax.plot([low, high], [row, row], color=colour, linewidth=1.5, marker="|", markersize=7)
    ax.plot([lower, higher], [row, row], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.55)
    ax.plot([middle], [row], color=colour, marker=marker, markersize=7, markeredgecolor="white")


def _dots_axis(ax: Axes, title: str, unit: str) -> None:
    ax.axvline(0, color=INK, linewidth=1.0)
    ax.set_title("\n".join(_wrapped(title, 30)))
    ax.set_xlabel(unit, fontsize=9)
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")
    ax.locator_params(axis="x", nbins=5)


def unpaid_work(comparison: Comparison) -> Drawing:
    """Draw whose unpaid work grows or shrinks: hours given by sex and age, less the reference in the same future."""
    given = comparison.data["given_by_sex_age"].mean("year")
    sexes, ages = [str(s) for s in given["sex"].values], [str(a) for a in given["age_band"].values]
    others, focus = comparison.names[1:], _focus(comparison)
    reference = comparison.titles[comparison.names[0]]
    what = "unpaid help given by women aged 45 to 64"
    title = claim(what, comparison.titles[focus], reference, midlife_women(comparison, focus), None)
    subtitle = _subtitle(
        comparison,
        f"Hours of unpaid help given a week, less {reference} in the same future: median, middle 50 (thick) and 90 percent (thin) "
        f"of {_futures(comparison)}",
    )
    changes = (given.values[1:] - given.values[0]).transpose(0, 2, 3, 1)
    size, word = _scale(float(np.abs(changes).max()))
    rows, columns = _grid(len(others), 3)
    made = sheet(3.4 * rows, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, left=1.3, wspace=0.1, hspace=0.4)
    for k, ax in enumerate(axes.flat):
        if k >= len(others):
            ax.set_visible(False)
            continue
        _by_sex_and_age(ax, changes[k] / size, sexes, ages)
        _dots_axis(ax, comparison.titles[others[k]], f"{word}hours a week")
        ax.set_yticks(range(len(ages)), ages if k % columns == 0 else [""] * len(ages))
    axes.flat[0].legend(loc="best", frameon=False, fontsize=9)
    table = pd.DataFrame([
        {"Scenario": comparison.titles[name], "Sex": sex, "Age": age, **_paired_columns(changes[k, s, a])}
        for k, name in enumerate(others) for s, sex in enumerate(sexes) for a, age in enumerate(ages)
    ])  # fmt: skip
    return _drawing("unpaid-work", title, subtitle, f"Dots by age, for men and women. {title}.", table, made)


def _by_sex_and_age(ax: Axes, changes: Array, sexes: list[str], ages: list[str]) -> None:
    for s, sex in enumerate(sexes):
        for a in range(len(ages)):
            _dot(ax, a + (s - 0.5) * 0.36, changes[s, a], (LINES[0], LINES[1])[s])
        colour, _, marker = LINES[s]
        ax.plot([], [], color=colour, marker=marker, linestyle="", label=sex.capitalize())
    ax.set_ylim(-0.6, len(ages) - 0.4)


def _paired_columns(change: Array) -> dict[str, Any]:
    half, ninety = interval(change, 0.5), interval(change, 0.9)
    return {"Difference (hours a week)": change.mean(), "Low 50": half.low, "High 50": half.high, "Low 90": ninety.low,
            "High 90": ninety.high, "Futures higher": int((change > 0).sum()), "Futures": len(change)}  # fmt: skip


def by_deprivation(comparison: Comparison) -> Drawing:
    """Draw who goes without: the change in unmet need by deprivation fifth, less the reference in the same future."""
    unmet = comparison.data["unmet_by_fifth"].mean("year")
    fifths = [str(f) for f in unmet["fifth"].values]
    others, focus = comparison.names[1:], _focus(comparison)
    reference = comparison.titles[comparison.names[0]]
    gap = unmet.values[..., 0] - unmet.values[..., -1]
    found: Paired = paired(gap[0], gap[comparison.names.index(focus)], "less")
    what = "the gap in unmet need between the most and the least deprived fifth"
    title = claim(what, comparison.titles[focus], reference, found, "less")
    subtitle = _subtitle(
        comparison, f"Share of need left unmet, less {reference} in the same future: median, middle 50 (thick) and 90 percent (thin)"
    )
    changes = (unmet.values[1:] - unmet.values[0]) * 100
    rows, columns = _grid(len(others), 3)
    made = sheet(2.7 * rows, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, left=1.75, wspace=0.1, hspace=0.5)
    for k, ax in enumerate(axes.flat):
        if k >= len(others):
            ax.set_visible(False)
            continue
        for f in range(len(fifths)):
            _dot(ax, f, changes[k, :, f], LINES[(k + 1) % len(LINES)])
        _dots_axis(ax, comparison.titles[others[k]], "percentage points")
        ax.set_ylim(len(fifths) - 0.5, -0.5)
        ax.set_yticks(range(len(fifths)), [f.capitalize() for f in fifths] if k % columns == 0 else [""] * len(fifths))
    table = pd.DataFrame([
        {"Scenario": comparison.titles[name], "Fifth": fifth, "Difference (percentage points)": changes[k, :, f].mean(),
         "Futures lower": int((changes[k, :, f] < 0).sum()), "Futures": comparison.futures}
        for k, name in enumerate(others) for f, fifth in enumerate(fifths)
    ])  # fmt: skip
    return _drawing("by-deprivation", title, subtitle, f"Dots by deprivation fifth. {title}.", table, made)


FIGURES: dict[str, Callable[[Comparison], Drawing]] = {
    "who-meets-need": who_meets_need,
    "paired-differences": paired_differences,
    "money": money,
    "wellbeing": wellbeing,
    "money-and-practice": money_and_practice,
    "unpaid-work": unpaid_work,
    "by-deprivation": by_deprivation,
}
"""Every figure by its name, in the order of the page."""

_NEEDS_OTHERS = ("paired-differences", "unpaid-work", "by-deprivation")


def available(comparison: Comparison) -> list[str]:
    """Return the names of the figures that a comparison can fill."""
    left_out = set(_NEEDS_OTHERS) if len(comparison.names) < 2 else set()
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
        why = "needs other scenarios" if name in FIGURES else "is unknown"
        raise ValueError(f"figure {name!r} {why}: this comparison has {', '.join(available(comparison))}")
    with mpl.rc_context(style.SETTINGS):
        return FIGURES[name](comparison)


def plot(comparison: Comparison, name: str = "who-meets-need") -> Figure:
    """Return a matplotlib figure of a comparison.

    Parameters
    ----------
    comparison
        From `compare`.
    name
        One of `available(comparison)`, such as "who-meets-need", "paired-differences" or "money".

    Raises
    ------
    ValueError
        If there is no such figure, or this comparison cannot fill it.
    """
    return draw(comparison, name).figure
