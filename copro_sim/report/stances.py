"""The figure of the three stances: does the answer hang on what one believes without evidence?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from copro_sim.comparison.by_stance import SHOWN, in_order, stance_table
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import shown
from copro_sim.language import _, listed
from copro_sim.report.changes import alike, dot, dots_axis
from copro_sim.report.style import LINES, Drawing, sheet
from copro_sim.report.words import drawing, footer, subtitle_of, wrapped
from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.stances import called


def stances(comparisons: Sequence[Comparison]) -> Drawing:
    """Draw, for each scenario but the reference, its differences under every stance, a panel for each indicator."""
    ordered = in_order(comparisons)
    first = ordered[0]
    others, reference = first.names[1:], first.titles[first.names[0]]
    table = stance_table(ordered)
    title = _title(ordered)
    subtitle = subtitle_of(
        first,
        _(
            "Each scenario less {reference} in the same future, over the whole run: median, middle 50 (thick) and 90 percent "
            "(thin) of {counts} futures",
            reference=reference, counts=listed(sorted({str(one.futures) for one in ordered}, key=int)),
        ),
    )  # fmt: skip
    panels = [_(INDICATORS[key].title).removeprefix("the ") for key in SHOWN]
    more = 0.18 * max(len(wrapped(panel, 30)) - 1 for panel in panels)
    made = sheet(0.75 * len(ordered) * len(others) * 0.62 + 0.9 + more, title, subtitle, footer(first))
    axes = made.panels(1, len(SHOWN), left=2.35, top=0.3 + more, bottom=0.55, wspace=0.14)[0]
    rows = [(name, one) for name in others for one in ordered]
    for ax, key, what in zip(axes, SHOWN, panels, strict=True):
        for row, (name, one) in enumerate(rows):
            values = one.whole_run(key) * shown(key).factor
            dot(ax, row, values[one.names.index(name)] - values[0], LINES[ordered.index(one) % len(LINES)])
        for edge in range(len(ordered), len(rows), len(ordered)):
            ax.axhline(edge - 0.5, color="#b1b4b6", linewidth=0.8)
        dots_axis(ax, f"{what[0].upper()}{what[1:]}", shown(key).change)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_yticks(range(len(rows)))
        ax.set_yticklabels([])
    axes[0].set_yticklabels([_label(first, name, one, one is ordered[0]) for name, one in rows], fontsize=8.5)
    for key in SHOWN:
        if len(rows) > 1:
            alike(np.array([ax for ax, k in zip(axes, SHOWN, strict=True) if k == key]))
    verdicts = "; ".join(
        f"{first.titles[row['scenario']]}, {called(row['stance'])}, {_(INDICATORS[row['indicator']].title)}: {row['verdict']}"
        for row in table.to_dict("records")
    )
    alt = _(
        "Dots with ranges, by scenario and stance, around a line of no difference. {verdicts}.", verdicts=verdicts
    )
    return drawing("stances", title, subtitle, alt, _table(first, table), made)


def _table(first: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    """Return the differences with headings that people read, in the units that figures have."""
    look = [shown(key) for key in table["indicator"]]
    factors = np.array([one.factor for one in look])
    numbers = {
        _("Median"): "median", _("Low 50"): "low_50", _("High 50"): "high_50", _("Low 90"): "low_90", _("High 90"): "high_90",
    }  # fmt: skip
    return pd.DataFrame({
        _("Scenario"): [first.titles[name] for name in table["scenario"]],
        _("Measure"): [f"{_(INDICATORS[key].title)} ({one.change})" for key, one in zip(table["indicator"], look, strict=True)],
        _("Stance"): [called(stance) for stance in table["stance"]],
        **{heading: table[column] * factors for heading, column in numbers.items()},
        _("Futures"): table["futures"], _("Finding"): table["verdict"],
    })  # fmt: skip


def _title(ordered: Sequence[Comparison]) -> str:
    """Return whether stances agree on unmet need of the scenario named first after the reference."""
    name = ordered[0].names[1]
    told = [
        _("{stance} {verdict}", stance=called(one.stance), verdict=one.paired(name, "unmet_share").verdict) for one in ordered
    ]
    return _(
        "Unmet need under {scenario}, by what one believes without evidence: {verdicts}",
        scenario=ordered[0].titles[name], verdicts="; ".join(told),
    )  # fmt: skip


def _label(first: Comparison, name: str, one: Comparison, named: bool) -> str:
    stance = called(one.stance)
    return f"{chr(10).join(wrapped(first.titles[name], 26))}\n{stance}" if named else stance
