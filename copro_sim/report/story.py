"""Figures of a story: a citizen's months in each scenario, and the same citizens under every council."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from copro_sim import __version__
from copro_sim.comparison.chosen import Who
from copro_sim.comparison.story import Story
from copro_sim.core.units import MONTHS_PER_YEAR, START_MONTH, START_YEAR
from copro_sim.language import N_, SPOKEN, _, speaking, spoken
from copro_sim.report.levels import SOURCES
from copro_sim.report.sections import Section
from copro_sim.report.style import INK, LINES, MARGIN, SETTINGS, WIDTH, Drawing, sheet
from copro_sim.report.told import ROLE, by_year, council_called, described, ended, means, sentences, spread_title, title_of
from copro_sim.report.words import drawing, wrapped
from copro_sim.results.export import add, containing, whole
from copro_sim.results.provenance import LICENCE
from copro_sim.scenario.problems import did_you_mean

Array = np.ndarray[Any, Any]
COUNCILS = "councils"
_MEASURE = N_("Need by who met it, what was given to others (hours a week) and wellbeing (0 to 10), month by month. {who}")
_OF_COUNCILS = N_(
    "Means over the months lived, were each council the citizen's: the same people, needs and luck, other decisions. A ring "
    "marks the citizen's own council"
)
_SOURCE = N_("Source: copro_sim {version}, a simulation. Seed {seed}. Scenarios: {scenarios}. {licence}")
_FIRST = START_YEAR + (START_MONTH - 1) / MONTHS_PER_YEAR
"""April 2013 on an axis of years."""

_GONE = {"died": N_("died"), "moved away": N_("moved away")}


def figures(story: Story) -> list[str]:
    """Return the names of a story's figures: who is followed, and the councils."""
    return [*(who.role for who in story.citizens), COUNCILS]


def draw_story(story: Story, name: str) -> Drawing:
    """Return a figure of a story by its name, with all that is said of it.

    Raises
    ------
    ValueError
        If there is no such figure.
    """
    if name not in figures(story):
        hint = did_you_mean(name, figures(story))
        raise ValueError(f"figure {name!r} is not there: this story has {', '.join(figures(story))}.{hint}")
    with mpl.rc_context(SETTINGS):
        if name == COUNCILS:
            return _councils(story)
        return _citizen(story, next(who for who in story.citizens if who.role == name))


def story_section(story: Story) -> Section:
    """Return the part of the page about two futures of one citizen."""
    drawings = tuple(draw_story(story, name) for name in figures(story))
    return Section("two-futures", "", tuple(sentences(story)), drawings, (means(story),))


def write_story(story: Story, directory: str | Path, *, lang: str = "en") -> list[str]:
    """Write a story's data and each of its figures as SVG and PNG to a folder, and return its sentences.

    Figures of a language other than English have a folder of their own in it. Data stay English.
    """
    folder, said = story.save(directory), []
    for language in SPOKEN[lang]:
        with speaking(language):
            _write_figures(story, folder)
            said += sentences(story)
    return said


def _write_figures(story: Story, folder: Path) -> None:
    """Write the figures in the language spoken; the English ones lie beside the data and are listed with them."""
    drawings = {name: draw_story(story, name) for name in figures(story)}
    files = {f"{name}.svg": made.svg() for name, made in drawings.items()}
    files |= {f"{name}.png": made.png() for name, made in drawings.items()}
    if spoken() == "en":
        add(folder, {name: containing(content) for name, content in files.items()})
        return
    (folder / spoken()).mkdir(exist_ok=True)
    for name, content in files.items():
        with whole(folder / spoken() / name) as temporary:
            containing(content)(temporary)


def _footer(story: Story) -> str:
    hashes = "; ".join(
        f"{name} {scenario.content_hash[:10]}" for name, scenario in zip(story.names, story.scenarios, strict=True)
    )
    return _(_SOURCE, version=__version__, seed=story.seed, scenarios=hashes, licence=_(LICENCE))


def _citizen(story: Story, who: Who) -> Drawing:
    """Draw a citizen's months: above, need by who met it in each scenario; below, what was given, and wellbeing."""
    title, subtitle = title_of(story, who), _(_MEASURE, who=described(who))
    made = sheet(4.9, title, subtitle, _footer(story))
    axes = made.panels(2, max(2, len(story.names)), left=0.6, right=1.85, top=0.4, wspace=0.14, hspace=0.42,
                       height_ratios=(1.75, 1.0))  # fmt: skip
    top = max(1.0, float(story.table[story.table["who"] == who.role]["need_hours"].max())) * 1.08
    last = max(story.ends[who.role, name].months for name in story.names)
    for k, name in enumerate(story.names):
        _need(axes[0, k], story, who, name, top)
        axes[0, k].tick_params(labelleft=k == 0)
    _line(axes[1, 0], story, who, ("given_hours", "credit_given_hours"), _("Gave to others (hours a week)"))
    _line(axes[1, 1], story, who, ("wellbeing",), _("Wellbeing (0 to 10)"))
    for ax in axes.flat:
        _years(ax, -(-(last + 1) // MONTHS_PER_YEAR))
    _keys(axes[0, len(story.names) - 1], [
        Patch(facecolor=colour, hatch=hatch or None, edgecolor=INK if hatch == "////" else "white", label=_(label))
        for label, _of, colour, hatch in reversed(SOURCES)
    ])  # fmt: skip
    _keys(axes[1, 1], axes[1, 1].get_legend_handles_labels()[0])
    for ax in (*axes[0, len(story.names) :], *axes[1, 2:]):
        ax.set_visible(False)
    alt = " ".join([_("Stacked areas and lines, month by month."), f"{title}.", *ended(story, who)])
    return drawing(f"citizen-{who.role}", title, subtitle, alt, by_year(story, who), made)


def _keys(ax: Axes, handles: list[Any]) -> None:
    """Say at the right of a panel what its areas or lines are."""
    ax.legend(handles=handles, loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False, fontsize=9, borderaxespad=0.0)


def _need(ax: Axes, story: Story, who: Who, name: str, top: float) -> None:
    """Draw the hours of need by source, one month a step."""
    lived = story.of(who.role, name)
    x = _FIRST + np.arange(len(lived) + 1) / MONTHS_PER_YEAR
    below = np.zeros(len(lived) + 1)
    for _label, columns, colour, hatch in SOURCES:
        hours = lived[list(columns)].sum(axis=1).to_numpy()
        above = below + np.append(hours, hours[-1:] if len(hours) else 0.0)
        edge, at = INK if hatch == "////" else "white", _turns(below, above)
        ax.fill_between(x[at], below[at], above[at], facecolor=colour, edgecolor=edge, hatch=hatch or None, linewidth=0.0,
                        step="post")  # fmt: skip
        below = above
    at = _turns(below)
    ax.plot(x[at], below[at], color=INK, linewidth=0.7, drawstyle="steps-post")
    ax.set_ylim(0, top)
    ax.set_title("\n".join(wrapped(story.titles[name], 34)))
    end = story.ends[who.role, name]
    if end.how in _GONE:
        gone = _FIRST + end.months / MONTHS_PER_YEAR
        ax.axvline(gone, color=INK, linewidth=1.2, linestyle=":")
        ax.text(gone, top * 0.985, f"{_(_GONE[end.how])} ", ha="right", va="top", fontsize=9, fontweight="bold",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip


def _turns(*steps: Array) -> Array:
    """Return where steps are not as the month before, with the first and last month: no more is needed to draw them."""
    apart = np.any([np.diff(values, prepend=np.nan) != 0.0 for values in steps], axis=0)
    return np.flatnonzero(apart | (np.arange(len(apart)) == len(apart) - 1))


def _line(ax: Axes, story: Story, who: Who, columns: tuple[str, ...], title: str) -> None:
    """Draw one line for each scenario."""
    for k, name in enumerate(story.names):
        values = story.of(who.role, name)[list(columns)].sum(axis=1).to_numpy()
        x = _FIRST + (0.5 + np.arange(len(values))) / MONTHS_PER_YEAR
        colour, dashes, marker = LINES[k % len(LINES)]
        label = "\n".join(wrapped(story.titles[name], 22))
        ax.plot(x, values, color=colour, linestyle=dashes, marker=marker, markevery=(6 * k, 24), markersize=4, linewidth=1.4,
                label=label)  # fmt: skip
    ax.set_title(title, fontsize=9.5)
    low, high = ax.get_ylim()
    room = max(0.0, 1.0 - (high - low)) / 2  # so that next to nothing does not look like much
    ax.set_ylim(*((low - room, high + room) if "wellbeing" in columns else (0.0, max(high, 1.0))))


def _years(ax: Axes, years: int) -> None:
    ax.set_xlim(_FIRST, _FIRST + years)
    step = max(1, -(-years // 4))
    ax.set_xticks(range(START_YEAR + 1, START_YEAR + 1 + years, step))


def _councils(story: Story) -> Drawing:
    """Draw what each citizen would have under every council: help of the council above, unmet need below."""
    title = spread_title(story)
    made = sheet(8.1, title, _(_OF_COUNCILS), _footer(story))
    names = [str(name) for name in story.councils["council"].unique()]
    axes = made.panels(2, len(story.citizens), left=1.6, right=0.3, top=0.75, bottom=0.4, wspace=0.12, hspace=0.28)
    for column, who in enumerate(story.citizens):
        of = story.councils[story.councils["who"] == who.role]
        for row, (key, called) in enumerate((("council_hours", _("Help from the council")), ("unmet_hours", _("Unmet need")))):
            ax = axes[row, column]
            for k, name in enumerate(story.names):
                _dots(ax, of[of["scenario"] == name], key, names, LINES[k % len(LINES)], story.titles[name],
                      0.3 * (k - (len(story.names) - 1) / 2))  # fmt: skip
            ax.set_ylim(len(names) - 0.5, -0.5)
            ax.set_yticks(range(len(names)), [council_called(name) if column == 0 else "" for name in names], fontsize=7.5)
            ax.set_xlim(0.0, max(1.0, float(of[key].max()) * 1.06))
            ax.grid(True, axis="x")
            ax.set_xlabel(_("hours a week"), fontsize=8.5)
            heading = f"{_(ROLE[who.role])}\n{called}" if row == 0 else called
            ax.set_title(heading, fontsize=9.5)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    corner = (MARGIN / WIDTH, 1 - made.header / made.figure.get_size_inches()[1])
    made.figure.legend(handles, labels, loc="upper left", bbox_to_anchor=corner, ncols=len(labels), frameon=False, fontsize=9)
    alt = " ".join([_("Dots for each council, a panel for each citizen and measure."), f"{title}."])
    return drawing("citizen-councils", title, _(_OF_COUNCILS), alt, _by_council(story), made)


def _by_council(story: Story) -> pd.DataFrame:
    """Return what the figure shows, in words."""
    of = story.councils
    return pd.DataFrame({
        _("Citizen"): [_(ROLE[role]) for role in of["who"]], _("Scenario"): [story.titles[name] for name in of["scenario"]],
        _("Council"): [council_called(name) for name in of["council"]], _("Need (hours a week)"): of["need_hours"],
        _("Help from the council"): of["council_hours"], _("Unmet need"): of["unmet_hours"],
        _("Wellbeing (0 to 10)"): of["wellbeing"], _("Months lived"): of["months"],
    })  # fmt: skip


def _dots(
    ax: Axes, of: pd.DataFrame, key: str, names: list[str], line: tuple[str, Any, str], label: str, shift: float
) -> None:
    """Draw a mark for each council, a little above or below its row, so that scenarios do not hide one another."""
    colour, _dashes, marker = line
    rows = [names.index(name) + shift for name in of["council"]]
    ax.plot(of[key], rows, color=colour, linestyle="", marker=marker, markersize=5.5, label=label, alpha=0.9)
    own = of[of["own"]]
    ax.plot(own[key], [names.index(name) + shift for name in own["council"]], linestyle="", marker="o", markersize=11,
            markerfacecolor="none", markeredgecolor=INK, clip_on=False)  # fmt: skip
