"""The figure of a sensitivity analysis: what an outcome hangs on, with intervals; and its files beside a sweep."""

import textwrap
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from copro_sim.report.style import BLUE, FAINT, ORANGE, SETTINGS, Picture, saved
from copro_sim.results.export import add, containing
from copro_sim.study.sensitivity import Sensitivity

_MEASURES = (("total", "total", BLUE, "o"), ("first_order", "first order (alone)", ORANGE, "s"), ("delta", "delta", BLUE, "o"),
             ("mean_effect", "mean size of its effects", BLUE, "o"))  # fmt: skip
_TITLE_WIDTH = 64


def sensitivity_figure(found: Sensitivity) -> Figure:
    """Return a figure with one row for each factor, the most important on top, and 90% intervals."""
    table = found.table.iloc[::-1].reset_index(drop=True)
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(9.6, 1.6 + 0.42 * len(table)), layout="constrained")
        axes = figure.add_subplot()
        shown = [one for one in _MEASURES if one[0] in table]
        for k, (name, label, colour, marker) in enumerate(shown):
            places = table.index + (0.12 if k == 0 and len(shown) > 1 else -0.12 if len(shown) > 1 else 0.0)
            reach = [table[name] - table[f"{name}_low"], table[f"{name}_high"] - table[name]]
            axes.errorbar(table[name], places, xerr=reach, fmt=marker, color=colour, capsize=3, label=label)
        axes.axvline(0.0, color=FAINT, linewidth=0.8)
        axes.set_yticks(table.index, table["factor"])
        axes.grid(axis="x")
        axes.set_xlabel(f"{found.measure}, with 90% intervals{'; ' if doubt(found) else ''}{doubt(found)}")
        what = textwrap.fill(f"What {found.outcome} hangs on:", _TITLE_WIDTH, break_on_hyphens=False)
        axes.set_title(f"{what}\nmost on {found.table['factor'].iloc[0]}")
        if len(shown) > 1:
            axes.legend(frameon=False, loc="lower right")
    return figure


def doubt(found: Sensitivity) -> str:
    """Return that shares of the variance are too unsure to be read, if an interval is wider than all of it; '' otherwise."""
    if "total" not in found.table:
        return ""
    widest = max(float((found.table[f"{name}_high"] - found.table[f"{name}_low"]).max()) for name in ("total", "first_order"))
    return "too few points to tell: take more" if widest > 1.0 else ""


def write_sensitivity(found: Sensitivity, folder: Path, name: str = "sensitivity") -> list[str]:
    """Write table and figure into the folder of a sweep, listed in its provenance, and return what they say, in lines.

    Parameters
    ----------
    found
        From `sensitivity`.
    folder
        Into which `Swept.save` wrote.
    name
        Of the files, without an ending.
    """
    table, figure = found.table.to_csv(index=False, lineterminator="\n"), sensitivity_figure(found)
    pictures = {f"{name}.{kind}": containing(saved(figure, kind)) for kind in ("svg", "png")}
    add(folder, {f"{name}.csv": containing(table.encode()), **pictures})
    rows = found.table.to_string(index=False, float_format="{:.3g}".format).splitlines()
    return [f"{found.outcome}: {found.measure}", *rows, *([f"Intervals wider than 1: {doubt(found)}."] if doubt(found) else [])]
