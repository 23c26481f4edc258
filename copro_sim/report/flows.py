"""The figure of flows: whose hours of help become more and whose fewer, and whether need does. Why it happened, without "
"further runs."""

import numpy as np
import pandas as pd

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import shown
from copro_sim.comparison.paired import TENDS, difference, interval, verdict_of
from copro_sim.language import N_, _
from copro_sim.report.changes import dot, dots_axis
from copro_sim.report.levels import SOURCES
from copro_sim.report.style import LINES, Drawing, sheet
from copro_sim.report.words import HOURS, drawing, focus, footer, futures_of, scale, subtitle_of

_NEED = N_("Need itself")
_TITLE = N_(
    "“{scenario}” against “{reference}”: most hours are gained from “{gained}”: {more}; most are lost from “{lost}”: {fewer}"
)
_ONLY_MORE = N_("“{scenario}” against “{reference}”: no hours are lost; most are gained from “{gained}”: {more}")
_ONLY_FEWER = N_("“{scenario}” against “{reference}”: no hours are gained; most are lost from “{lost}”: {fewer}")
_MIXED = N_("“{scenario}” against “{reference}”: no source tends to give more or fewer hours in {futures}")
_SAME = N_("“{scenario}” against “{reference}”: help from every source is the same in {futures}")


def flows(comparison: Comparison) -> Drawing:
    """Draw the difference in hours a week from each source, in unmet need and in need, of the scenario that titles speak of."""
    name = focus(comparison)
    k = comparison.names.index(name)
    changes = {}
    for label, names, *_look in SOURCES:
        whole = np.sum([comparison.whole_run(one) for one in names], axis=0)
        changes[label] = difference(whole[0], whole[k])
    need = comparison.whole_run("need_hours")
    changes[_NEED] = difference(need[0], need[k])
    title = _title(comparison, name, changes)
    subtitle = subtitle_of(comparison, _(
        "Hours a week by who met the need, {scenario} less {reference} in the same future: median, middle 50 (thick) and 90 "
        "percent (thin) of {futures}. All sources and unmet need add up to need", scenario=comparison.titles[name],
        reference=comparison.titles[comparison.names[0]], futures=futures_of(comparison),
    ))  # fmt: skip
    made = sheet(0.38 * len(changes) + 0.8, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, left=1.9, bottom=0.55, top=0.15)[0, 0]
    size, unit = scale(max(float(np.abs(change).max()) for change in changes.values()), HOURS)
    for row, change in enumerate(changes.values()):
        dot(ax, row, change / size, LINES[0] if row < len(SOURCES) else LINES[1])
    dots_axis(ax, "", unit)
    ax.set_ylim(len(changes) - 0.5, -0.5)
    ax.set_yticks(range(len(changes)), [_(label) for label in changes])
    table = pd.DataFrame([_row(_(label), change) for label, change in changes.items()])
    alt = " ".join([_("Dots with bars around a line of no difference, a row for each source."), f"{title}."])
    return drawing("flows", title, subtitle, alt, table, made)


def _title(comparison: Comparison, name: str, changes: dict[str, np.ndarray]) -> str:
    """Return from whom most hours are gained and lost; unmet need and need are no source."""
    helpers = [label for label, names, *_look in SOURCES if names != ("unmet_hours",)]
    order = sorted(helpers, key=lambda label: float(np.median(changes[label])))
    lost, gained = order[0], order[-1]
    fewer, more = bool((changes[lost] < 0.0).mean() >= TENDS), bool((changes[gained] > 0.0).mean() >= TENDS)
    neither = _MIXED if any(changes[label].any() for label in helpers) else _SAME
    template = {(True, True): _TITLE, (False, True): _ONLY_MORE, (True, False): _ONLY_FEWER, (False, False): neither}[fewer, more]
    return _(
        template, scenario=comparison.titles[name], reference=comparison.titles[comparison.names[0]], gained=_(gained),
        lost=_(lost), futures=futures_of(comparison), more=_sized(changes[gained]), fewer=_sized(changes[lost]),
    )  # fmt: skip


def _sized(change: np.ndarray) -> str:
    """Return the median difference in hours, and in how many futures it is one."""
    look = shown("need_hours")
    return f"{_(look.sized, size=look.signed(float(np.median(change))))}, {verdict_of(change, None)}"


def _row(label: str, change: np.ndarray) -> dict[str, object]:
    half, ninety = interval(change, 0.5), interval(change, 0.9)
    return {
        _("Source"): label, _("Median (hours a week)"): float(np.median(change)), _("Low 50"): half.low, _("High 50"): half.high,
        _("Low 90"): ninety.low, _("High 90"): ninety.high, _("Finding"): verdict_of(change, None),
    }  # fmt: skip
