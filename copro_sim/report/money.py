"""The figure of money: who pays how much for care and co-production, and, apart from it, what unpaid help would cost."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import money_finding
from copro_sim.language import N_, _
from copro_sim.report.style import BLUE, GREY, INK, ORANGE, Drawing, sheet
from copro_sim.report.words import POUNDS, drawing, focus, footer, futures_of, scale, subtitle_of, title_of, wrapped

Array = np.ndarray[Any, Any]
_KEYS = ("council_cost", "charges", "coproduction_cost", "reserved", "budget", "unpaid_value")
_MONEY = ((N_("Care"), "care", BLUE, ""), (N_("Co-production"), "coproduction_cost", ORANGE, "//"),
          (N_("Held back"), "reserved", GREY, "xx"))  # fmt: skip
"""What public money is spent on; care is less what people pay in charges, so that a bar ends where the budget is counted."""

_CHARGES = (N_("Charges"), "charges")


def money(comparison: Comparison) -> Drawing:
    """Draw where the public pounds go, what people pay, and, apart from them, what unpaid help would cost."""
    several = len(comparison.names) > 1
    title = money_finding(comparison, focus(comparison)) if several else title_of(comparison, "council_cost")
    subtitle = subtitle_of(
        comparison,
        _(
            "Pounds of 2013-14 a year, mean of {futures} over the whole run; what people pay in charges is taken off care and "
            "stands beside it; unpaid help is never netted",
            futures=futures_of(comparison),
        ),
    )
    pounds = {key: comparison.whole_run(key).mean(axis=1) for key in _KEYS}
    count = len(comparison.names)
    made = sheet(0.55 * count + 1.0, title, subtitle, footer(comparison))
    left, right = made.panels(1, 2, left=2.3, right=0.6, top=0.5, wspace=0.2, width_ratios=(1.9, 1.0))[0]
    _public(left, {**pounds, "care": pounds["council_cost"] - pounds["charges"]})
    left.set_yticks(range(count), ["\n".join(wrapped(comparison.titles[name], 24)) for name in comparison.names])
    _unpaid(right, pounds["unpaid_value"])
    for ax in (left, right):
        ax.invert_yaxis()
        ax.grid(False, axis="y")
        ax.grid(True, axis="x")
    table = _table(comparison, pounds)
    amounts = "; ".join(_amounts(*row) for row in table.itertuples(index=False))
    alt = _("Bars. {title}. {amounts}.", title=title, amounts=amounts)
    return drawing("money", title, subtitle, alt, table, made)


def _table(comparison: Comparison, pounds: dict[str, Array]) -> pd.DataFrame:
    named = ((N_("Care"), "council_cost"), _CHARGES, *((label, key) for label, key, *_look in _MONEY[1:]))
    return pd.DataFrame({
        _("Scenario"): [comparison.titles[name] for name in comparison.names],
        **{_("{what} (pounds a year)", what=_(label)): pounds[key] for label, key in named},
        _("Budget (pounds a year)"): pounds["budget"],
        _("Unpaid help at replacement cost, apart (pounds a year)"): pounds["unpaid_value"],
    })  # fmt: skip


def _amounts(scenario: str, care: float, charges: float, more: float, _held: float, whole: float, _unpaid: float) -> str:
    return _(
        "{scenario}: care {care:,.1f}, of which people pay {charges:,.1f} in charges, and co-production {more:,.1f}, of a budget "
        "of {budget:,.1f} million pounds a year and these charges",
        scenario=scenario, care=care / 1e6, charges=charges / 1e6, more=more / 1e6, budget=whole / 1e6,
    )  # fmt: skip


def _public(ax: Axes, pounds: dict[str, Array]) -> None:
    """Draw stacked bars of public money with their amounts, a mark at the budget, and what people pay beside it."""
    budget, shown = pounds["budget"], [one for one in _MONEY if pounds[one[1]].any()]
    spent = np.sum([pounds[key] for _label, key, *_look in _MONEY], axis=0)
    most = float(max(spent.max(), budget.max()))
    size, unit = scale(most, POUNDS)
    start, rows = np.zeros(len(budget)), range(len(budget))
    for _label, key, colour, hatch in shown:
        ax.barh(rows, pounds[key] / size, 0.55, start / size, facecolor=colour, edgecolor="white", hatch=hatch or None)
        start = start + pounds[key]
    for k in rows:
        ax.plot([budget[k] / size] * 2, [k - 0.42, k + 0.42], color=INK, linewidth=2.5)
        (care, *_look), *more = _MONEY
        within = f"{_(care).lower()} {pounds['care'][k] / size:,.1f}"
        ax.text(0.01 * most / size, k, within, va="center", fontsize=9, color="white", fontweight="bold")
        named = [(label, key) for label, key, *_look in more if pounds[key][k]]
        beside = "\n".join(f"{_(label).lower()} {pounds[key][k] / size:,.1f}" for label, key in (*named, _CHARGES))
        ax.text((max(spent[k], budget[k]) + 0.03 * most) / size, k, beside, va="center", fontsize=9, linespacing=1.1)
    ax.set_xlim(0, 1.5 * most / size)
    ax.set_title(_("Public money, less charges,\n{pounds} (upright: the budget)", pounds=unit))


def _unpaid(ax: Axes, unpaid: Array) -> None:
    size, unit = scale(float(unpaid.max()), POUNDS)
    ax.barh(range(len(unpaid)), unpaid / size, 0.55, facecolor="white", edgecolor=INK, hatch="\\\\\\")
    for k, value in enumerate(unpaid / size):
        ax.text(value, k, f" {value:,.2f}", va="center", fontsize=9)
    ax.set_title(_("Unpaid help, if it were\npaid for: {pounds}", pounds=unit))
    ax.tick_params(labelleft=False)
