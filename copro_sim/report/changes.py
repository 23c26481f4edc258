"""Figures of differences from the reference in the same future, and of money crossed with practice."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.essence import GROUPS
from copro_sim.comparison.headlines import EFFECTS, LITTLE, claim, shown, women_finding
from copro_sim.comparison.paired import Paired, interval, paired
from copro_sim.language import N_, _
from copro_sim.report.style import FAINT, INK, LINES, Drawing, sheet, year_axis
from copro_sim.report.words import HOURS, drawing, focus, footer, futures_of, grid, scale, subtitle_of, wrapped, years_of
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.results import group_name

Array = np.ndarray[Any, Any]
_TREND = ("unmet_share", "wellbeing")
_LABELS = {"unmet_share": N_("Unmet need"), "wellbeing": N_("Wellbeing"), "given_hours": N_("Unpaid help given")}
"""Names of indicators where there is room for two or three words only."""


def paired_differences(comparison: Comparison) -> Drawing:
    """Draw how each scenario differs from the reference in the same future, year by year, with bands over futures."""
    others = comparison.names[1:]
    reference = comparison.titles[comparison.names[0]]
    title = _(
        "Unmet need against {reference}: {findings}", reference=reference,
        findings="; ".join(_in_short(comparison.titles[name], comparison.paired(name, "unmet_share")) for name in others[:3]),
    )  # fmt: skip
    subtitle = subtitle_of(
        comparison,
        _(
            "Each scenario less {reference} in the same future: median, middle 50 and 90 percent of {futures}",
            reference=reference, futures=futures_of(comparison),
        ),
    )  # fmt: skip
    made = sheet(2.5 * len(others) + 0.2, title, subtitle, footer(comparison))
    axes = made.panels(len(others), len(_TREND), wspace=0.3, hspace=0.62, left=0.95, right=0.35, top=0.7)
    tables = []
    for column, key in enumerate(_TREND):
        values = comparison.by_year(key) * shown(key).factor
        changes = values[1:] - values[0]
        edge = max(1e-9, float(np.abs(np.quantile(changes, [0.05, 0.95], axis=1)).max())) * 1.15
        for row, name in enumerate(others):
            ax = axes[row, column]
            bands = np.quantile(changes[row], [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
            _band(ax, years_of(comparison), bands, LINES[(row + 1) % len(LINES)])
            ax.set_ylim(-edge, edge)
            ax.set_title("\n".join(wrapped(comparison.titles[name], 44)), pad=30)
            ax.set_ylabel(f"{_(_LABELS[key])},\n{shown(key).change}", fontsize=9)
            _say_sides(ax, comparison.paired(name, key), INDICATORS[key].better)
            tables.append(_band_table(comparison, name, key, bands))
    verdicts = "; ".join(
        f"{comparison.titles[name]}, {_(INDICATORS[key].title)}: {comparison.paired(name, key).verdict}"
        for name in others
        for key in _TREND
    )
    alt = _("Bands around a line of no difference. {title}. {verdicts}.", title=title, verdicts=verdicts)
    return drawing("paired-differences", title, subtitle, alt, pd.concat(tables, ignore_index=True), made)


def _in_short(scenario: str, found: Paired) -> str:
    """Return a scenario's verdict with the median difference in percentage points."""
    size = shown("unmet_share").signed(found.median)
    return _("{scenario} {verdict}, typically {size} points", scenario=scenario, verdict=found.verdict, size=size)


def _band(ax: Axes, years: Array, bands: Array, line: tuple[str, Any, str]) -> None:
    """Draw the middle 90 and 50 percent with edges, the median, and the line of no difference."""
    colour, _dashes, marker = line
    ax.axhline(0, color=INK, linewidth=1.0)
    for low, high, alpha, width in ((0, 4, 0.14, 0.9), (1, 3, 0.32, 0.9)):
        ax.fill_between(years, bands[low], bands[high], facecolor=colour, alpha=alpha, linewidth=0)
        for k in (low, high):
            ax.plot(years, bands[k], color=colour, linewidth=width, linestyle="--" if low == 0 else "-")
    ax.plot(years, bands[2], color=colour, marker=marker, markevery=max(1, len(years) // 6))
    year_axis(ax, years)


def _say_sides(ax: Axes, found: Paired, direction: str | None) -> None:
    """Say the verdict, what the spread comes of, and on which side of the line is better."""
    above: dict[str, Any] = {"xy": (0, 1), "xycoords": "axes fraction", "textcoords": "offset points"}
    ax.annotate(found.verdict, xytext=(0, 17), fontsize=9, fontweight="bold", **above)
    if not np.isnan(found.parameter_share):
        share = 100 * found.parameter_share
        told = _("{share:.0f}% of the spread is what nobody knows, the rest chance", share=share)
        ax.annotate(told, xytext=(0, 5), fontsize=8.5, color=FAINT, **above)
    if direction is not None:
        where, va = (0.03, "bottom") if direction == "less" else (0.97, "top")
        side = _("better on this side of the line")
        ax.text(0.01, where, side, transform=ax.transAxes, va=va, fontsize=8.5, color=FAINT)


def _band_table(comparison: Comparison, name: str, key: str, bands: Array) -> pd.DataFrame:
    labels = (_("Low 90"), _("Low 50"), _("Median"), _("High 50"), _("High 90"))
    measure = f"{_(INDICATORS[key].title)} ({shown(key).change})"
    columns = {_("Scenario"): comparison.titles[name], _("Measure"): measure, _("Year from April"): years_of(comparison)}
    return pd.DataFrame({**columns, **dict(zip(labels, bands, strict=True))})


def money_and_practice(comparison: Comparison) -> Drawing:
    """Draw the effects of money alone and of practice alone, and what both do beyond that."""
    keys = ("unmet_share", "wellbeing", "given_hours")
    table = comparison.money_by_practice(keys)
    told = dict(zip(table["effect"], table["verdict"].head(3), strict=False))
    title = _(
        "Unmet need: restored money alone {money}; co-produced practice alone {practice}; both together, beyond their sum, "
        "{interaction}",
        **told,
    )
    subtitle = subtitle_of(
        comparison,
        _(
            "Effects over the whole run: median, middle 50 (thick) and 90 percent (thin) of {futures}",
            futures=futures_of(comparison),
        ),
    )
    made = sheet(2.7, title, subtitle, footer(comparison))
    axes = made.panels(1, len(keys), left=1.75, bottom=0.55, wspace=0.14)[0]
    for ax, key in zip(axes, keys, strict=True):
        changes = [change * shown(key).factor for change in comparison.crossed(key)]
        for row, change in enumerate(changes):
            dot(ax, row, change, LINES[row])
            verdict = table[(table["indicator"] == key) & (table["effect"] == list(EFFECTS)[row])]["verdict"].iloc[0]
            lines = textwrap.wrap(verdict, 42)
            height = row - 0.2 - 0.08 * len(lines)
            ax.text(0.0, height, "\n".join(lines), transform=ax.get_yaxis_transform(), fontsize=7.5, va="center",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
        dots_axis(ax, _(_LABELS[key]), shown(key).change)
        ax.set_ylim(len(changes) - 0.5, -0.6)
    axes[0].set_yticks(range(3), ["\n".join(wrapped(_(called)[:1].upper() + _(called)[1:], 20)) for called in EFFECTS.values()])
    for ax in axes[1:]:
        ax.set_yticks(range(3), [""] * 3)
    alt = _("Dots with bars around a line of no difference. {title}.", title=title)
    return drawing("money-and-practice", title, subtitle, alt, _cross_table(table), made)


def _cross_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the effects of money and practice with headings that people read."""
    look = [shown(key) for key in table["indicator"]]
    factors = np.array([one.factor for one in look])
    numbers = {
        _("Mean"): "difference", _("Median"): "median", _("Low 50"): "low_50", _("High 50"): "high_50", _("Low 90"): "low_90",
        _("High 90"): "high_90",
    }  # fmt: skip
    return pd.DataFrame({
        _("Measure"): [f"{_(INDICATORS[key].title)} ({one.change})" for key, one in zip(table["indicator"], look, strict=True)],
        _("Effect of"): [_(EFFECTS[effect]) for effect in table["effect"]],
        **{heading: table[column] * factors for heading, column in numbers.items()},
        _("Futures"): table["futures"], _("Finding"): table["verdict"],
    })  # fmt: skip


def dot(ax: Axes, row: float, change: Array, line: tuple[str, Any, str]) -> None:
    """Draw median and middle 50 and 90 percent of futures on one row."""
    colour, _dashes, marker = line
    low, lower, middle, higher, high = np.quantile(change, [0.05, 0.25, 0.5, 0.75, 0.95])
    ax.plot([low, high], [row, row], color=colour, linewidth=1.5, marker="|", markersize=7)
    ax.plot([lower, higher], [row, row], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.55)
    ax.plot([middle], [row], color=colour, marker=marker, markersize=7, markeredgecolor="white")


def dots_axis(ax: Axes, title: str, unit: str) -> None:
    ax.axvline(0, color=INK, linewidth=1.0)
    ax.set_title("\n".join(wrapped(title, 30)))
    ax.set_xlabel(unit, fontsize=9)
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")
    ax.locator_params(axis="x", nbins=5)


def alike(axes: Any) -> None:
    """Give all panels one horizontal axis, so that they can be compared."""
    seen = [ax for ax in axes.flat if ax.get_visible()]
    low, high = min(ax.get_xlim()[0] for ax in seen), max(ax.get_xlim()[1] for ax in seen)
    for ax in seen:
        ax.set_xlim(low, high)


def unpaid_work(comparison: Comparison) -> Drawing:
    """Draw whose unpaid work grows or shrinks: hours given by sex and age, less the reference in the same future."""
    given = comparison.data["given_by_sex_age"].mean("year")
    sexes, ages = ([group_name(str(one)) for one in given[of].values] for of in ("sex", "age_band"))
    others, chosen = comparison.names[1:], focus(comparison)
    reference = comparison.titles[comparison.names[0]]
    title = women_finding(comparison, chosen)
    subtitle = subtitle_of(
        comparison,
        _(
            "Hours of unpaid help given a week, less {reference} in the same future: median, middle 50 (thick) and 90 percent "
            "(thin) of {futures}",
            reference=reference, futures=futures_of(comparison),
        ),
    )  # fmt: skip
    changes = (given.values[1:] - given.values[0]).transpose(0, 2, 3, 1)
    size, unit = scale(float(np.abs(changes).max()), HOURS)
    rows, columns = grid(len(others), 3)
    made = sheet(3.4 * rows, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, left=1.3, bottom=0.55, wspace=0.1, hspace=0.4)
    for k, ax in enumerate(axes.flat):
        if k >= len(others):
            ax.set_visible(False)
            continue
        _by_sex_and_age(ax, changes[k] / size, sexes, ages)
        dots_axis(ax, comparison.titles[others[k]], unit)
        ax.set_yticks(range(len(ages)), ages if k % columns == 0 else [""] * len(ages))
    alike(axes)
    axes.flat[0].legend(loc="best", frameon=False, fontsize=9)
    table = pd.DataFrame([
        {_("Scenario"): comparison.titles[name], _("Sex"): sex, _("Age"): age, **_paired_columns(changes[k, s, a])}
        for k, name in enumerate(others) for s, sex in enumerate(sexes) for a, age in enumerate(ages)
    ])  # fmt: skip
    alt = _("Dots by age, for men and women. {title}.", title=title)
    return drawing("unpaid-work", title, subtitle, alt, table, made)


def _by_sex_and_age(ax: Axes, changes: Array, sexes: list[str], ages: list[str]) -> None:
    for s, sex in enumerate(sexes):
        for a in range(len(ages)):
            dot(ax, a + (s - 0.5) * 0.36, changes[s, a], (LINES[0], LINES[1])[s])
        colour, _dashes, marker = LINES[s]
        ax.plot([], [], color=colour, marker=marker, linestyle="", label=sex.capitalize())
    ax.set_ylim(-0.6, len(ages) - 0.4)


def _paired_columns(change: Array) -> dict[str, Any]:
    half, ninety = interval(change, 0.5), interval(change, 0.9)
    return {_("Median (hours a week)"): float(np.median(change)), _("Low 50"): half.low, _("High 50"): half.high,
            _("Low 90"): ninety.low, _("High 90"): ninety.high, _("Futures higher"): int((change > 0).sum()),
            _("Futures"): len(change)}  # fmt: skip


def by_deprivation(comparison: Comparison) -> Drawing:
    """Draw who goes without: the change in unmet need by deprivation fifth, less the reference in the same future."""
    fifths = GROUPS["deprivation"]
    unmet = np.stack([comparison.of_group("unmet_share", fifth) for fifth in fifths], axis=-1)
    others, chosen = comparison.names[1:], focus(comparison)
    reference = comparison.titles[comparison.names[0]]
    gap = np.abs(unmet[..., 0] - unmet[..., -1])
    found = paired(gap[0], gap[comparison.names.index(chosen)], "less")
    what = _("the gap in unmet need between the most and the least deprived fifth (its size, whichever has more)")
    title = claim(what, comparison.titles[chosen], reference, found, "less", shown("unmet_share"), little=LITTLE["unmet_share"])
    subtitle = subtitle_of(
        comparison,
        _(
            "Share of need left unmet, less {reference} in the same future: median, middle 50 (thick) and 90 percent (thin) of "
            "{futures}",
            reference=reference, futures=futures_of(comparison),
        ),
    )  # fmt: skip
    changes = (unmet[1:] - unmet[0]) * 100
    rows, columns = grid(len(others), 3)
    made = sheet(2.7 * rows, title, subtitle, footer(comparison))
    axes = made.panels(rows, columns, left=1.75, bottom=0.55, wspace=0.1, hspace=0.5)
    for k, ax in enumerate(axes.flat):
        if k >= len(others):
            ax.set_visible(False)
            continue
        for f in range(len(fifths)):
            dot(ax, f, changes[k, :, f], LINES[(k + 1) % len(LINES)])
        dots_axis(ax, comparison.titles[others[k]], shown("unmet_share").change)
        ax.set_ylim(len(fifths) - 0.5, -0.5)
        labels = ["\n".join(wrapped(group_name(fifth).capitalize(), 20)) if k % columns == 0 else "" for fifth in fifths]
        ax.set_yticks(range(len(fifths)), labels)
    alike(axes)
    table = pd.DataFrame([
        {_("Scenario"): comparison.titles[name], _("Fifth"): group_name(fifth),
         _("Median difference (percentage points)"): float(np.median(changes[k, :, f])),
         _("Futures lower"): int((changes[k, :, f] < 0).sum()), _("Futures"): comparison.futures}
        for k, name in enumerate(others) for f, fifth in enumerate(fifths)
    ])  # fmt: skip
    alt = _("Dots by deprivation fifth. {title}.", title=title)
    return drawing("by-deprivation", title, subtitle, alt, table, made)
