"""Model against Wales: each target beside what the draws give, in a figure and on a page. Misses stay visible."""

from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from copro_sim import __version__
from copro_sim.report.html import render
from copro_sim.report.style import FAINT, INK, LINES, SETTINGS, Drawing, sheet
from copro_sim.report.words import wrapped
from copro_sim.results.export import Writer, containing, save
from copro_sim.results.provenance import provenance
from copro_sim.scenario.load import load_scenario
from copro_sim.study.fit import Fit, sentences, table, write_draws, written
from copro_sim.study.targets import PAST

_EDGE = 4.0
"""Misses beyond so many times the tolerance are drawn at the edge, with an arrow."""

_ROW = 0.36

_NINETY = 1.645
"""Standard deviations to either side within which 90 percent lie, were chance normal."""

_BELOW = 0.26
"""How far below a target's own bar that of chance is drawn, in rows."""


def against_wales(found: pd.DataFrame) -> Drawing:
    """Draw each target's distance from what was counted, in units of its tolerance; `found` is from `study.fit.table`."""
    hit = [int((part["hit"] >= 0.5).sum()) for _, part in found.groupby("use", sort=False)]
    sizes = [len(part) for _, part in found.groupby("use", sort=False)]
    title = (
        f"Most draws hit {hit[0]} of {sizes[0]} targets to which they were fitted, "
        f"and {hit[1]} of {sizes[1]} to which nothing was"
    )
    subtitle = (
        "Distance from what was counted, in units of the tolerance: shaded, what counts as hit; dot and bar, median and middle "
        "90 percent of the kept draws (what nobody knows); grey bar below, the same by chance alone; ring, before fitting"
    )
    with mpl.rc_context(SETTINGS):
        height = _ROW * (len(found) + len(found[["use", "subject"]].drop_duplicates()))
        made = sheet(height, title, subtitle, f"copro_sim {__version__}. Sources: scenario/data/targets.csv")
        ax = made.panels(1, 1, left=4.6, bottom=0.5)[0, 0]
        places, labels, row = [], [], 0
        for use, part in found.groupby("use", sort=False):
            for subject, group in part.groupby("subject", sort=False):
                ax.text(-_EDGE, row - 0.1, f"{use}: {subject}", fontsize=9, fontweight="bold", color=FAINT, va="center")
                row += 1
                for target in group.to_dict("records"):
                    _target(ax, row, target)
                    places.append(row)
                    labels.append("\n".join(wrapped(str(target["what"]), 68)[:2]))
                    row += 1
        ax.axvline(0, color=INK, linewidth=1.0)
        ax.set_xlim(-_EDGE - 0.15, _EDGE + 0.15)
        ax.set_ylim(row - 0.5, -0.7)
        ax.set_yticks(places, labels, fontsize=8)
        ax.set_xlabel("too low    |    tolerances from what was counted    |    too high", fontsize=9)
        ax.grid(False, axis="y")
    alt = "Dots with bars for each target around the value counted. " + "; ".join(
        f"{one['what']}: {written(one['median'])} where {written(one['value'])} was counted" for one in found.to_dict("records")
    )
    return Drawing("against-wales", title, subtitle, f"{alt}.", found, made.figure, made.header, made.footer)


def _target(ax: Axes, row: int, target: dict[Any, Any]) -> None:
    """Draw one target."""
    half = (target["high"] - target["low"]) / 2

    def at(value: float) -> float:
        return max(-_EDGE, min(_EDGE, (value - target["value"]) / half))

    ax.fill_betweenx([row - 0.42, row + 0.42], at(target["low"]), at(target["high"]), color="#d8e2ea", linewidth=0)
    colour, _, marker = LINES[0] if target["hit"] >= 0.5 else LINES[1]
    ax.plot([at(target["low_5"]), at(target["high_95"])], [row, row], color=colour, linewidth=2)
    if target["chance"] > 0:
        by_chance = [at(target["median"] + side * _NINETY * target["chance"]) for side in (-1, 1)]
        ax.plot(by_chance, [row + _BELOW, row + _BELOW], color=FAINT, linewidth=1.5)
    ax.plot(at(target["first"]), row, marker="o", markersize=5, markerfacecolor="none", color=FAINT)
    beyond = abs(target["median"] - target["value"]) > _EDGE * half
    shape = marker if not beyond else (">" if target["median"] > target["value"] else "<")
    ax.plot(at(target["median"]), row, marker=shape, color=colour, markersize=6)


def write_fit(fit: Fit, directory: str | Path) -> Path:
    """Write the draws that are kept, the table, the figure and the page of a calibration; return the page.

    The folder, made if it is not there, receives `draws.csv`, `fit.csv`, `index.html` and its figure `against-wales.svg` (without
    a title, since the page says it), and `against-wales.png` (with one); and last `provenance.json`.
    """
    found = table(fit)
    drawing = against_wales(found)
    page = render(
        "fit.html.j2", drawing=drawing, sentences=sentences(fit), rows=found.to_dict("records"), plan=fit.plan._asdict(),
        version=__version__, written=written,
    )  # fmt: skip
    writers: dict[str, Writer] = {
        "draws.csv": partial(write_draws, fit),
        "fit.csv": containing(found.to_csv(index=False, lineterminator="\n").encode()),
        f"{drawing.name}.svg": containing(drawing.body()),
        f"{drawing.name}.png": containing(drawing.png()),
        "index.html": containing(page.encode()),
    }
    about = provenance((load_scenario(PAST),), seed=fit.plan.seed, engine="kernels", calibration=fit.plan._asdict())
    return save(Path(directory), writers, about) / "index.html"
