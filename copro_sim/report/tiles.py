"""The 22 councils as tiles, one each, roughly where they lie: a difference now, and how it came about year by year."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from copro_sim.comparison.comparison import Array, Comparison
from copro_sim.comparison.headlines import LITTLE, shown
from copro_sim.comparison.paired import CLEAR, FEWEST_FOR_CLEAR, TENDS, Paired, paired
from copro_sim.language import N_, _, spoken
from copro_sim.report.style import BLUE, FAINT, INK, ORANGE, Drawing, Sheet, sheet
from copro_sim.report.words import drawing, focus, footer, futures_of, subtitle_of, wrapped, years_of
from copro_sim.scenario.evidence import Authority, authorities

AT = {
    "Isle of Anglesey": (0, 0), "Conwy": (0, 2), "Denbighshire": (0, 3), "Flintshire": (0, 4),
    "Gwynedd": (1, 1), "Wrexham": (1, 4),
    "Ceredigion": (2, 2), "Powys": (2, 3),
    "Pembrokeshire": (3, 0), "Carmarthenshire": (3, 1), "Merthyr Tydfil": (3, 3), "Blaenau Gwent": (3, 4),
    "Monmouthshire": (3, 5),
    "Swansea": (4, 1), "Neath Port Talbot": (4, 2), "Rhondda Cynon Taf": (4, 3), "Caerphilly": (4, 4), "Torfaen": (4, 5),
    "Bridgend": (5, 2), "The Vale of Glamorgan": (5, 3), "Cardiff": (5, 4), "Newport": (5, 5),
}  # fmt: skip
"""Row from the north and column from the west of each council's tile."""

ROWS, COLUMNS = 6, 6
_BETTER, _WORSE, _NEITHER = "#d8e6f2", "#fde3d3", "#ffffff"
_KINDS = {
    "better": (N_("better"), _BETTER, "v", BLUE, "-"), "tends better": (N_("tends to be better"), _BETTER, "v", "white", "--"),
    "worse": (N_("worse"), _WORSE, "^", ORANGE, "-"), "tends worse": (N_("tends to be worse"), _WORSE, "^", "white", "--"),
    "none": (N_("no clear difference"), _NEITHER, "o", "white", ":"),
}  # fmt: skip
"""Of each kind of finding: its words, the tile's colour, the shape and filling of its mark, the tile's edge."""


def _changes(comparison: Comparison) -> Array:
    """Return unmet need of the scenario that titles speak of less the reference, percentage points [future, council, year]."""
    values = comparison.data["place_unmet_share"].values
    changes: Array = (values[comparison.names.index(focus(comparison))] - values[0]) * shown("unmet_share").factor
    return changes


def _kind(found: Paired) -> str:
    count, word = max((found.better, "better"), (found.worse, "worse"))
    if count / found.futures >= CLEAR and found.futures >= FEWEST_FOR_CLEAR:
        return word
    return f"tends {word}" if count / found.futures >= TENDS else "none"


def councils(comparison: Comparison) -> Drawing:
    """Draw the difference in unmet need of every council over the whole run, with its certainty in words and shape."""
    values = comparison.data["place_unmet_share"].values.mean(axis=-1)
    pairs = [
        paired(values[0, :, k], values[comparison.names.index(focus(comparison)), :, k], "less")
        for k in range(len(comparison.authorities))
    ]
    found = dict(zip(comparison.authorities, pairs, strict=True))
    title = _title(comparison, pairs, _TITLE)
    measure = _(
        "Share of need left unmet, {scenario} less {reference}: median difference in percentage points over {futures}. White "
        "tiles differ by less than 1 point. In all councils together live {citizens:,} simulated citizens, so that one tile is "
        "rough",
        citizens=comparison.scenarios[0].population.citizens, **_sides(comparison),
    )  # fmt: skip
    made = sheet(6.6, title, subtitle_of(comparison, measure), footer(comparison))
    (ax,) = made.panels(1, 1, left=0.25, right=0.25, top=0.1, bottom=0.1)[0]
    ax.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
    ax.axis("off")
    for one in authorities():
        if one.name in found:
            _tile(ax, AT[one.name], *_names(one), found[one.name])
    _legend(ax)
    table = pd.DataFrame([
        {**dict(zip(_HEADED[spoken()], _names(one), strict=True)),
         _("Median difference (percentage points)"): shown("unmet_share").factor * pair.median, _("Finding"): pair.verdict}
        for one in authorities() for pair in [found.get(one.name)] if pair is not None
    ])  # fmt: skip
    verdicts = "; ".join(f"{_names(one)[0]}: {found[one.name].verdict}" for one in authorities() if one.name in found)
    alt = _("A map of tiles, one for each council. {title}. {verdicts}.", title=title, verdicts=verdicts)
    return drawing("councils", title, subtitle_of(comparison, measure), alt, table, made)


_HEADED = {"en": ("Council", "Cyngor"), "cy": ("Cyngor", "Council")}
"""Headings of councils' names, each in the language of the names below it."""


def _names(one: Authority) -> tuple[str, str]:
    """Return a council's name in the language spoken, and in the other."""
    return (one.name_cy, one.name) if spoken() == "cy" else (one.name, one.name_cy)


def _sides(comparison: Comparison) -> dict[str, str]:
    """Return which scenario is compared with which, over how many futures."""
    scenario, reference = comparison.titles[focus(comparison)], comparison.titles[comparison.names[0]]
    return {"scenario": scenario, "reference": reference, "futures": futures_of(comparison)}


_TITLE = N_(
    "Unmet need under {scenario} against {reference} is or tends to be better in {better} of {councils} councils and worse "
    "in {worse}, by 1 percentage point or more in {much} (each over {futures})"
)
_LAST_YEAR = N_(
    "In the last year, unmet need under {scenario} against {reference} is or tends to be better in {better} of {councils} "
    "councils and worse in {worse}, by 1 percentage point or more in {much} (each over {futures})"
)


def _title(comparison: Comparison, pairs: list[Paired], sentence: str) -> str:
    """Return in how many councils unmet need goes down and up in at least `TENDS` of the futures, and in how many by much."""
    kinds = [_kind(pair) for pair in pairs]
    return _(
        sentence, councils=len(pairs), **_sides(comparison),
        better=sum(kind.endswith("better") for kind in kinds), worse=sum(kind.endswith("worse") for kind in kinds),
        much=sum(kind != "none" and not _is_little(pair) for kind, pair in zip(kinds, pairs, strict=True)),
    )  # fmt: skip


def _is_little(found: Paired) -> bool:
    return abs(found.median) < LITTLE["unmet_share"]


def _tile(ax: Axes, where: tuple[int, int], name: str, other_name: str, found: Paired) -> None:
    row, column = where
    words, face, marker, fill, edge = _KINDS[_kind(found)]
    ax.add_patch(Rectangle((column + 0.03, row + 0.04), 0.94, 0.92, facecolor=_NEITHER if _is_little(found) else face,
                           edgecolor=INK, linewidth=1.6 if edge == "-" else 0.9, linestyle=edge))  # fmt: skip
    lines = wrapped(name.removeprefix("The "), 20)
    ax.text(column + 0.09, row + 0.11, "\n".join(lines), va="top", fontsize=8.3, fontweight="bold", linespacing=1.05)
    if other_name != name:
        text = "\n".join(wrapped(other_name.removeprefix("The "), 20))
        ax.text(column + 0.09, row + 0.14 + 0.13 * len(lines), text, va="top", fontsize=8, style="italic", linespacing=1.05)
    size = "0.0" if not (found.better or found.worse) else shown("unmet_share").signed(found.median)
    ax.plot(column + 0.15, row + 0.66, marker=marker, markersize=7, markerfacecolor=fill, markeredgecolor=INK)
    ax.text(column + 0.25, row + 0.66, size, va="center", fontsize=10, fontweight="bold")
    count = max(found.better, found.worse)
    several = _("{count} of {futures}", count=count, futures=found.futures)
    told = several if found.better or found.worse else _("the same")
    ax.text(column + 0.93, row + 0.66, told, va="center", ha="right", fontsize=8.5, color=INK)
    ax.text(column + 0.09, row + 0.86, _(words), va="center", fontsize=8 if len(_(words)) < 20 else 7.6, color=INK)


def _legend(ax: Axes) -> None:
    """Say what the marks mean, in the empty north-east."""
    for k, (words, _face, marker, fill, _edge) in enumerate(_KINDS.values()):
        y = 2.12 + 0.17 * k
        ax.plot(4.15, y, marker=marker, markersize=7, markerfacecolor=fill, markeredgecolor=INK)
        ax.text(4.28, y, _(words), va="center", fontsize=8.5)


def councils_over_time(comparison: Comparison) -> Drawing:
    """Draw the difference in unmet need of every council year by year: small panels where the tiles are."""
    changes, years = _changes(comparison), years_of(comparison)
    last = [paired(np.zeros(comparison.futures), changes[:, k, -1] / shown("unmet_share").factor, "less")
            for k in range(changes.shape[1])]  # fmt: skip
    title = _title(comparison, last, _LAST_YEAR)
    measure = _(
        "Share of need left unmet, {scenario} less {reference}, percentage points: median and middle 90 percent of {futures}. "
        "Below the line of no difference is better; all panels have one scale",
        **_sides(comparison),
    )
    made = sheet(7.4, title, subtitle_of(comparison, measure), footer(comparison))
    bands = np.quantile(changes, [0.05, 0.5, 0.95], axis=0)
    table = _panels(made, comparison, bands, years)
    alt = _("A small panel for each council, with a band around a line of no difference. {title}.", title=title)
    return drawing("councils-over-time", title, subtitle_of(comparison, measure), alt, table, made)


def _panels(made: Sheet, comparison: Comparison, bands: Array, years: Array) -> pd.DataFrame:
    axes = made.panels(ROWS, COLUMNS, left=0.5, right=0.2, top=0.45, bottom=0.3, wspace=0.12, hspace=0.75)
    edge = max(1e-9, float(np.abs(bands).max())) * 1.05
    for hidden in axes.flat:
        hidden.set_visible(False)
    names, tables = {one.name: _names(one) for one in authorities()}, []
    for k, name in enumerate(comparison.authorities):
        ax = axes[AT[name]]
        ax.set_visible(True)
        ax.axhline(0, color=INK, linewidth=0.9)
        ax.fill_between(years, bands[0, k], bands[2, k], color=BLUE, alpha=0.18, edgecolor=BLUE, linewidth=0.8)
        ax.plot(years, bands[1, k], color=BLUE, linewidth=1.6, marker="o" if len(years) == 1 else "")
        ax.set_ylim(-edge, edge)
        ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        ax.set_xticks([years[0], years[-1]] if len(years) > 1 else [years[0]])
        for label, side in zip(ax.get_xticklabels(), ("left", "right"), strict=False):
            label.set_horizontalalignment(side if len(years) > 1 else "center")  # years of neighbours do not run together
        ax.tick_params(labelsize=7.5, labelleft=AT[name][1] == min(AT[one][1] for one in names if AT[one][0] == AT[name][0]))
        called, other_name = names[name]
        ax.set_title("\n".join(wrapped(called.removeprefix("The "), 20)), fontsize=8, pad=13 if called != other_name else 4)
        if called != other_name:
            ax.annotate(other_name.removeprefix("The "), (0, 1), xytext=(0, 3), xycoords="axes fraction",
                        textcoords="offset points", fontsize=7.5, style="italic", color=FAINT)  # fmt: skip
        tables.append(pd.DataFrame({_("Council"): called, _("Year from April"): years, _("Low 90"): bands[0, k],
                                    _("Median"): bands[1, k], _("High 90"): bands[2, k]}))  # fmt: skip
    return pd.concat(tables, ignore_index=True)
