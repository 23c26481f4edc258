"""The figure of the three stances: does the answer hang on what one believes without evidence?"""

from collections.abc import Sequence

import numpy as np

from copro_sim.comparison.by_stance import SHOWN, in_order, stance_table
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import shown
from copro_sim.report.changes import alike, dot, dots_axis
from copro_sim.report.style import LINES, Drawing, sheet
from copro_sim.report.words import drawing, footer, subtitle_of, wrapped
from copro_sim.results.indicators import INDICATORS


def stances(comparisons: Sequence[Comparison]) -> Drawing:
    """Draw, for each scenario but the reference, its differences under every stance, a panel for each indicator."""
    ordered = in_order(comparisons)
    first = ordered[0]
    others, reference = first.names[1:], first.titles[first.names[0]]
    table = stance_table(ordered)
    title = _title(ordered)
    subtitle = subtitle_of(
        first,
        f"Each scenario less {reference} in the same future, over the whole run: median, middle 50 (thick) and 90 percent (thin) "
        f"of {' and '.join(sorted({str(one.futures) for one in ordered}, key=int))} futures",
    )
    made = sheet(0.75 * len(ordered) * len(others) * 0.62 + 0.9, title, subtitle, footer(first))
    axes = made.panels(1, len(SHOWN), left=2.35, bottom=0.55, wspace=0.14)[0]
    rows = [(name, one) for name in others for one in ordered]
    for ax, key in zip(axes, SHOWN, strict=True):
        for row, (name, one) in enumerate(rows):
            values = one.whole_run(key) * shown(key).factor
            dot(ax, row, values[one.names.index(name)] - values[0], LINES[ordered.index(one) % len(LINES)])
        for edge in range(len(ordered), len(rows), len(ordered)):
            ax.axhline(edge - 0.5, color="#b1b4b6", linewidth=0.8)
        what = INDICATORS[key].title.removeprefix("the ")
        dots_axis(ax, f"{what[0].upper()}{what[1:]}", shown(key).change)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_yticks(range(len(rows)))
        ax.set_yticklabels([])
    axes[0].set_yticklabels([_label(first, name, one, one is ordered[0]) for name, one in rows], fontsize=8.5)
    for key in SHOWN:
        if len(rows) > 1:
            alike(np.array([ax for ax, k in zip(axes, SHOWN, strict=True) if k == key]))
    alt = "Dots with ranges, by scenario and stance, around a line of no difference. " + "; ".join(
        f"{first.titles[row['scenario']]}, {row['stance']}, {INDICATORS[row['indicator']].title}: {row['verdict']}"
        for row in table.to_dict("records")
    )
    return drawing("stances", title, subtitle, f"{alt}.", table, made)


def _title(ordered: Sequence[Comparison]) -> str:
    """Return whether stances agree on unmet need of the scenario named first after the reference."""
    name = ordered[0].names[1]
    told = [f"{one.stance} {one.paired(name, 'unmet_share').verdict}" for one in ordered]
    return f"Unmet need under {ordered[0].titles[name]}, by what one believes without evidence: {'; '.join(told)}"


def _label(first: Comparison, name: str, one: Comparison, named: bool) -> str:
    return f"{chr(10).join(wrapped(first.titles[name], 26))}\n{one.stance}" if named else one.stance
