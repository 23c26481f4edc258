"""What further runs say: what each mechanism does, and at which values of a few settings a scenario breaks even."""

import textwrap
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.break_even import BreakEven
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import shown
from copro_sim.comparison.why import Why, runs_of
from copro_sim.language import N_, _, number
from copro_sim.report.sections import Section
from copro_sim.report.style import BLUE, FAINT, INK, ORANGE, SETTINGS, Drawing, sheet
from copro_sim.report.why import draw_effects, largest
from copro_sim.report.words import drawing, footer, subtitle_of, wrapped
from copro_sim.scenario.stances import called

_INDICATOR = "unmet_share"
_CALLED = {
    "funding.clawback": (N_("Clawback: percent of the money it frees that is taken away"), 100.0),
    "funding.reserved_pounds_per_head": (N_("Further cut: pounds a year for each citizen, held back"), 1.0),
    "coproduction.practice_percent": (N_("Practice: percent of assessments really made with people"), 1.0),
}
"""What each setting is called whose break-even is sought, and by how much its values are multiplied to be read."""

_BREAKS = N_(
    "{setting}: breaks even at {middle} (90 percent of these futures: {low} to {high}) in {count} of {futures} futures"
)
_FEW = N_("{setting}: breaks even in {count} of {futures} futures, typically at {middle}")
_SELDOM = N_("{setting}: breaks even in only {count} of {futures} futures, typically at {middle}")
_FEWEST = 5
"""Of fewer futures that break even no interval is said."""

_WHOLE_FROM = 20.0
"""A setting that is moved up to so much or more is said without decimals."""

_NOTHING = N_("{setting}: moved from {first} to {last} it changes unmet need in none of {futures} futures.")
_NOWHERE = N_("{setting}: no break-even between {first} and {last} in any of {futures} futures")
_BETTER, _WORSE = N_("better throughout in {n}"), N_("worse throughout in {n}")
_UNDER = N_("All this under the stance {stance}, over {futures} futures of its own.")
_EVEN_TITLE = N_("Where “{scenario}” is no better and no worse than “{reference}” in unmet need: {settings}")
_EVEN_PART = N_("{setting}: in {count} of {futures} futures")
_MECHANISM = {
    True: N_("Of {count} mechanisms switched off one at a time “{mechanism}” moves unmet need most: up by {size} in the median "
             "future"),
    False: N_("Of {count} mechanisms switched off one at a time “{mechanism}” moves unmet need most: down by {size} in the "
              "median future"),
}  # fmt: skip
"""The finding on mechanisms by whether unmet need is more with the strongest."""

_NO_MECHANISM = N_("None of {count} mechanisms switched off one at a time moves unmet need in half of {futures} futures")
_TO_HAVE = N_(
    "Mechanisms switched off one at a time, and where it breaks even, take {runs} further runs: the same command with --why "
    "has them."
)


def because(comparison: Comparison, why: Why) -> list[Section]:
    """Return what further runs add to the parts 'why' and 'true' of the page."""
    with mpl.rc_context(SETTINGS):
        mechanisms, even = _mechanisms(comparison, why), _break_evens(comparison, why)
    said = tuple(break_even_sentence(one) for one in why.break_evens)
    under = _(_UNDER, stance=called(why.stance), futures=why.futures)
    return [Section("why", drawings=(mechanisms,)), Section("true", sentences=(*said, under), drawings=(even,))]


def how_to_have_why(comparison: Comparison) -> list[str]:
    """Return the sentence that says how a page comes to have what it lacks."""
    return [_(_TO_HAVE, runs=number(runs_of(comparison)))]


def break_even_sentence(found: BreakEven) -> str:
    """Return where a setting breaks even, with its counts."""
    setting, size = _called(found)
    futures, throughout = len(found.at), _throughout(found)
    if found.ninety is None:
        first, last = (number(float(value) * size) for value in (found.values[0], found.values[-1]))
        if found.idle:
            return _(_NOTHING, setting=setting, first=first, last=last, futures=futures)
        return _(_NOWHERE, setting=setting, first=first, last=last, futures=futures) + throughout
    decimals = 0 if abs(float(found.values[-1])) * size >= _WHOLE_FROM else 1
    middle, low, high = (number(value * size, decimals) for value in (float(np.nanmedian(found.at)), *found.ninety))
    crossing = int((~np.isnan(found.at)).sum())
    if crossing < _FEWEST:
        few = _SELDOM if crossing < futures else _FEW
        return _(few, setting=setting, middle=middle, count=crossing, futures=futures) + throughout
    return _(_BREAKS, setting=setting, middle=middle, low=low, high=high, count=crossing, futures=futures) + throughout


def _throughout(found: BreakEven) -> str:
    """Return the end of the sentence: in how many futures all values are better, and in how many worse, where there are any."""
    counts = ((_BETTER, found.better_throughout), (_WORSE, found.worse_throughout))
    said = ", ".join(_(words, n=n) for words, n in counts if n)
    return f"; {said}." if said else "."


def _called(found: BreakEven) -> tuple[str, float]:
    name, size = _CALLED.get(found.setting, (found.setting, 1.0))
    return _(name), size


def _break_evens(comparison: Comparison, why: Why) -> Drawing:
    """Draw the difference in unmet need against each setting, a panel each."""
    titles = {"scenario": comparison.titles[why.scenario], "reference": comparison.titles[comparison.names[0]]}
    parts = [
        _(_EVEN_PART, setting=_called(one)[0].partition(":")[0], count=int((~np.isnan(one.at)).sum()), futures=len(one.at))
        for one in why.break_evens
    ]
    title = _(_EVEN_TITLE, settings="; ".join(parts), **titles)
    measure = _(
        "Difference in unmet need, “{scenario}” less “{reference}”, percentage points, as one setting of “{scenario}” moves: "
        "median and middle 90 percent of {futures} futures. Below the line of no difference is better. Ticks on it: where each "
        "future breaks even. Each panel has a scale of its own", futures=why.futures, **titles,
    )  # fmt: skip
    made = sheet(3.15, title, subtitle_of(comparison, measure), footer(comparison))
    axes = made.panels(1, len(why.break_evens), left=0.75, bottom=0.9, wspace=0.26)[0]
    for ax, one in zip(axes, why.break_evens, strict=True):
        _against_setting(ax, one)
    axes[0].set_ylabel(shown(_INDICATOR).change, fontsize=9)
    table = pd.concat([_table(one) for one in why.break_evens], ignore_index=True)
    alt = " ".join([_("Lines with bands, a panel for each setting."), *(break_even_sentence(one) for one in why.break_evens)])
    return drawing("break-even", title, subtitle_of(comparison, measure), alt, table, made)


def _against_setting(ax: Axes, found: BreakEven) -> None:
    name, size = _called(found)
    x, changes = found.values * size, found.differences * shown(_INDICATOR).factor
    low, middle, high = np.quantile(changes, [0.05, 0.5, 0.95], axis=1)
    ax.axhline(0, color=INK, linewidth=1.0)
    ax.fill_between(x, low, high, color=BLUE, alpha=0.18, edgecolor=BLUE, linewidth=0.8)
    ax.plot(x, middle, color=BLUE, marker="o", markersize=4)
    at = found.at[~np.isnan(found.at)] * size
    ax.plot(at, np.zeros(len(at)), linestyle="", marker="|", markersize=12, color=ORANGE, markeredgewidth=2)
    edge = max(0.1, float(np.abs([low, high]).max())) * 1.1
    ax.set(ylim=(-edge, edge), xlim=(x[0], x[-1]))
    ax.set_xlabel(textwrap.fill(name, 34), fontsize=8.5, color=FAINT)


def _table(found: BreakEven) -> pd.DataFrame:
    size = shown(_INDICATOR).factor
    low, middle, high = np.quantile(found.differences * size, [0.05, 0.5, 0.95], axis=1)
    return pd.DataFrame({
        _("Setting"): found.setting, _("Value"): found.values, _("Low 90"): low, _("Median"): middle, _("High 90"): high,
        _("Futures better"): (found.differences < 0).sum(axis=1), _("Futures"): found.differences.shape[1],
    })  # fmt: skip


def _mechanisms(comparison: Comparison, why: Why) -> Drawing:
    """Draw what the mechanisms do that do most."""
    of = why.attribution[why.attribution["indicator"] == _INDICATOR]
    rows = largest(of)
    first = rows.iloc[-1]
    if first["median"] == 0.0:
        title = _(_NO_MECHANISM, count=len(of), futures=why.futures)
    else:
        size = shown(_INDICATOR).size(float(first["median"]))
        title = _(_MECHANISM[float(first["median"]) > 0.0], count=len(of), mechanism=first["mechanism"], size=size)
    subtitle = subtitle_of(comparison, _(
        "Unmet need under “{scenario}” as it is, less the same without one mechanism, everything else and chance alike, over "
        "{futures} futures; the {shown} largest. They do not add up: one may need another, or stand in for it",
        scenario=comparison.titles[why.scenario], futures=why.futures, shown=len(rows),
    ))  # fmt: skip
    made = sheet(0.4 * len(rows) + 1.05, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, left=4.6, bottom=0.7)[0, 0]
    draw_effects(ax, rows, _INDICATOR)
    labels = ["\n".join(wrapped(str(meaning).replace("`", ""), 58)) for meaning in rows["meaning"]]
    ax.set_yticks(range(len(rows)), labels, fontsize=8)
    ax.set_xlabel(textwrap.fill(ax.get_xlabel(), 54), fontsize=9)
    alt = " ".join([_("Dots with bars around a line of no difference, a row for each mechanism."), f"{title}."])
    table = of[["mechanism", "meaning", "median", "low_50", "high_50", "low_90", "high_90", "futures"]].rename(columns={
        "mechanism": _("Mechanism"), "meaning": _("Meaning"), "median": _("Median"), "low_50": _("Low 50"),
        "high_50": _("High 50"), "low_90": _("Low 90"), "high_90": _("High 90"), "futures": _("Futures"),
    })  # fmt: skip
    made_of = drawing("mechanisms", title, subtitle, alt, table.reset_index(drop=True), made)
    return replace(made_of, english=(_("Meaning"),))
