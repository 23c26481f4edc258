"""The figure of where a scenario wins: draws of what nobody knows on the two settings that decide most, better and worse ones."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Array, Comparison
from copro_sim.comparison.dependence import FEWEST_DRAWS
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.comparison.where_it_wins import FEWEST_FOR_LINE, Axis, Where, where_it_wins
from copro_sim.language import N_, _, number
from copro_sim.report.style import BLUE, FAINT, GREY, INK, ORANGE, Drawing, sheet
from copro_sim.report.words import drawing, focus, footer, subtitle_of, wrapped

_ALL_ONE_WAY = {
    True: N_("“{scenario}” leaves on average less need unmet than “{reference}” in every one of {draws} draws: what was tried "
             "holds no place where it loses"),
    False: N_("“{scenario}” leaves on average less need unmet than “{reference}” in none of {draws} draws: what was tried holds "
              "no place where it wins"),
}  # fmt: skip
_TOLD = N_("“{scenario}” leaves on average less need unmet than “{reference}” in {wins} of {draws} draws; on these two settings "
           "a line tells where ({accuracy} percent right)")  # fmt: skip
_UNTOLD = N_("“{scenario}” leaves on average less need unmet than “{reference}” in {wins} of {draws} draws; no line on these two "
             "settings tells where")  # fmt: skip
_UNTRIED = N_("“{scenario}” leaves on average less need unmet than “{reference}” in {wins} of {draws} draws; to tell where takes "
              "{fewest} draws or more")  # fmt: skip
_MEASURE = N_(
    "Draws of what nobody knows, {seeds} futures each, on the two settings that go with the difference most; draws with the same "
    "values share a mark. Bars along the axes: the range believed; small lines: values with which a run of the past gives what "
    "Wales counted; dotted: the usual value"
)
_FEW = N_(
    "{draws} draws of what nobody knows are too few to show where it wins: a map takes {fewest} or more. To have it: copro-sim "
    "compare --futures {futures}"
)
_MARKS: tuple[tuple[str, str, str, Any], ...] = (
    (N_("better in all futures there"), "o", BLUE, BLUE), (N_("better in some of them"), "D", INK, "white"),
    (N_("better in none"), "X", ORANGE, ORANGE),
)  # fmt: skip


def too_few_draws(comparison: Comparison) -> list[str]:
    """Return a sentence that says what a map would take, where a comparison has too few draws for one."""
    draws = comparison.futures // SEEDS_PER_DRAW
    if draws >= FEWEST_DRAWS:
        return []
    return [_(_FEW, draws=draws, fewest=FEWEST_DRAWS, futures=FEWEST_DRAWS * SEEDS_PER_DRAW)]


def where_wins(comparison: Comparison) -> Drawing:
    """Draw where the scenario that titles speak of wins."""
    found = where_it_wins(comparison, focus(comparison))
    title, subtitle = _title(comparison, found), subtitle_of(comparison, _(_MEASURE, seeds=SEEDS_PER_DRAW))
    made = sheet(5.0, title, subtitle, footer(comparison))
    ax = made.panels(1, 1, left=1.05, right=2.45, top=0.2, bottom=0.75)[0, 0]
    x, y = (_limits(axis) for axis in (found.across, found.up))
    ax.set(xlim=x, ylim=y)
    if found.line is not None:
        _shade(ax, found.line, x, y)
    kinds = _kinds(found)
    for kind, (label, marker, edge, face) in enumerate(_MARKS):
        here = kinds == kind
        ax.plot(found.across.values[here], found.up.values[here], linestyle="", marker=marker, markersize=8, label=_(label),
                markeredgecolor=edge, markerfacecolor=face)  # fmt: skip
    _evidence(ax, found.across, x, y, along=True)
    _evidence(ax, found.up, y, x, along=False)
    ax.set_xlabel("\n".join(wrapped(_said(found.across), 74)), fontsize=9)
    ax.set_ylabel("\n".join(wrapped(_said(found.up), 60)), fontsize=8.5)
    ax.grid(True, axis="both")
    ax.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), frameon=False, fontsize=9)
    alt = " ".join([_("A map of marks, one for each draw."), f"{title}."])
    return drawing("where-it-wins", title, subtitle, alt, _table(found), made)


def _title(comparison: Comparison, found: Where) -> str:
    named: dict[str, object] = {
        "scenario": comparison.titles[found.scenario], "reference": comparison.titles[comparison.names[0]], "draws": found.draws,
    }  # fmt: skip
    wins = int(found.wins.sum())
    if wins in (0, found.draws):
        return _(_ALL_ONE_WAY[wins > 0], **named)
    if found.draws < FEWEST_FOR_LINE:
        return _(_UNTRIED, wins=wins, fewest=FEWEST_FOR_LINE, **named)
    if found.line is None:
        return _(_UNTOLD, wins=wins, **named)
    return _(_TOLD, wins=wins, accuracy=number(100 * found.accuracy), **named)


def _kinds(found: Where) -> Array:
    """Return which of `_MARKS` each draw has, by all futures of all draws with its values, int [draws]."""
    better, futures = (np.bincount(found.at, count)[found.at] for count in (found.better, np.full(found.draws, SEEDS_PER_DRAW)))
    return np.where(better == futures, 0, np.where(better > 0, 1, 2))


def _limits(axis: Axis) -> tuple[float, float]:
    every = [*axis.values.tolist(), *axis.likely]
    room = (max(every) - min(every)) * 0.06 or 1.0
    return min(every) - 1.6 * room, max(every) + room


def _shade(ax: Axes, line: tuple[float, float, float], x: tuple[float, float], y: tuple[float, float]) -> None:
    """Shade and hatch where the line says that it wins."""
    across, up = np.meshgrid(np.linspace(*x, 120), np.linspace(*y, 120))
    score = line[0] + line[1] * across + line[2] * up
    with mpl.rc_context({"hatch.color": GREY}):
        most = max(1e-9, float(score.max()))
        ax.contourf(across, up, score, levels=[0.0, most], colors=["#dbe7f1"], hatches=["//"], zorder=0)
    ax.contour(across, up, score, levels=[0.0], colors=[INK], linewidths=1.2, linestyles="--", zorder=1)
    label = "\n".join(wrapped(_("wins on the shaded side of the line"), 24))
    ax.plot([], [], color=INK, linestyle="--", linewidth=1.2, label=label)


def _evidence(ax: Axes, axis: Axis, own: tuple[float, float], other: tuple[float, float], *, along: bool) -> None:
    """Mark along an axis what is known of its setting."""
    at = other[0] + 0.018 * (other[1] - other[0])
    low, high = axis.likely
    bar, usual = ([low, high], [at, at]), ([axis.usual, axis.usual], list(other))
    ax.plot(*(bar if along else bar[::-1]), color=FAINT, linewidth=4, solid_capstyle="butt", zorder=1)
    if own[0] < axis.usual < own[1]:
        ax.plot(*(usual if along else usual[::-1]), color=FAINT, linewidth=1.0, linestyle=":", zorder=1)
    if axis.fitted:
        held = (list(axis.fitted), [at + 0.025 * (other[1] - other[0])] * len(axis.fitted))
        ax.plot(*(held if along else held[::-1]), linestyle="", marker="|" if along else "_", color=INK, markersize=9, zorder=2)


def _said(axis: Axis) -> str:
    return f"{axis.setting}: {axis.meaning}"


def _table(found: Where) -> pd.DataFrame:
    return pd.DataFrame({
        found.across.setting: found.across.values, found.up.setting: found.up.values, _("Futures better"): found.better,
        _("Futures worse"): found.worse, _("Better on average"): [_("yes") if wins else _("no") for wins in found.wins],
    })  # fmt: skip


