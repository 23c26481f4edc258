"""Pictures of a village for the dashboard: who needs help and who gives it this month, and how it has gone so far."""

from collections.abc import Iterable, Sequence
from typing import Any

import matplotlib as mpl
import networkx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR
from copro_sim.engines.agents import Citizen
from copro_sim.engines.village import Village
from copro_sim.report.levels import SOURCES
from copro_sim.report.style import BLUE, FAINT, INK, ORANGE, PURPLE, SETTINGS, TURQUOISE, Picture
from copro_sim.results.indicators import INDICATORS, measured
from copro_sim.state.codes import BondKind, Source

Array = np.ndarray[Any, Any]
Places = dict[int, Array]
_PALE, _LINE = "#d5d9db", "#8a9297"
_LAYOUT_SEED, _ROUNDS, _BESIDE, _AT_HOME = 1, 80, 0.03, 12.0
_HUBS = {
    Source.COUNCIL: ("Council", (0.0, 1.17), ORANGE),
    Source.CREDIT: ("Time\ncredits", (-1.2, 0.0), PURPLE),
    Source.THIRD_SECTOR: ("Third\nsector", (1.2, 0.0), FAINT),
    Source.BOUGHT: ("Bought care", (0.0, -1.17), TURQUOISE),
}
"""Helpers that are no citizens: what each is called, where it stands around the village, and the colour of its lines."""

_MET, _UNMET = ("o", BLUE, "Needs help, all of it met"), ("D", ORANGE, "Needs help, some of it unmet")
_GIVES, _OTHERS = ("^", TURQUOISE, "Helps somebody"), ("o", _PALE, "Everybody else")


def place_citizens(village: Village, known: Places | None = None) -> Places:
    """Return where each citizen stands, (x, y) by id: bound citizens stand near one another.

    Who has a place in `known` keeps it; newcomers stand beside those to whom they are bound.
    """
    people = sorted(village.citizens, key=lambda one: one.id)
    if known is None:
        graph = networkx.Graph()
        graph.add_nodes_from(one.id for one in people)
        graph.add_weighted_edges_from(
            (one.id, other.id, _AT_HOME if bond.kind == BondKind.HOUSEHOLD else 1.0)
            for one in people for other, bond in one.bonds.items()
        )  # fmt: skip
        found = networkx.spring_layout(graph, seed=_LAYOUT_SEED, iterations=_ROUNDS)
        return dict(zip(found, _spread(np.array(list(found.values()))), strict=True))
    return {one.id: known[one.id] if one.id in known else _beside(one, known) for one in people}


def _spread(places: Array) -> Array:
    """Return places [citizen, 2] spread evenly over the unit circle: the same directions, the same order from the middle."""
    away = places - np.median(places, axis=0)
    radius = np.hypot(*away.T)
    even = np.sqrt((np.argsort(np.argsort(radius)) + 0.5) / len(radius))
    spread: Array = away * (even / np.maximum(radius, 1e-12))[:, None]
    return spread


def _beside(one: Citizen, known: Places) -> Array:
    angle = 2 * np.pi * (one.id % 360) / 360
    near = [known[other.id] for other in one.bonds if other.id in known]
    around: Array = np.mean(near, axis=0) if near else np.zeros(2)
    return around + (_BESIDE if near else 1.0) * np.array([np.cos(angle), np.sin(angle)])


def who_helps_whom(village: Village, places: Places) -> Figure:
    """Draw last month's village: a line from each who helped to whom it was, those in need by size of need."""
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(7.4, 7.4), layout="constrained")
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_aspect("equal")
        ax.set_xlim(-1.34, 1.34)
        for source, (name, hub, colour) in _HUBS.items():
            for one in village.helped_beyond_bonds()[source]:
                ax.plot(*zip(hub, places[one.id], strict=True), color=colour, linewidth=0.9, linestyle=(0, (4, 2)), zorder=2)
            ax.text(*hub, name, ha="center", va="center", fontsize=9.5, fontweight="bold", zorder=5,
                    bbox={"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": colour, "linewidth": 1.8})  # fmt: skip
        for giver, receiver in village.helped:
            ax.plot(*zip(places[giver.id], places[receiver.id], strict=True), color=INK, linewidth=1.3, zorder=3)
        givers = {giver for giver, _ in village.helped}
        needy = [one for one in village.citizens if sum(one.need)]
        others = [one for one in village.citizens if not sum(one.need)]
        _dots(ax, [one for one in others if one not in givers], places, _OTHERS, 1)
        _dots(ax, [one for one in others if one in givers], places, _GIVES, 4)
        _dots(ax, [one for one in needy if not sum(one.unmet)], places, _MET, 5)
        _dots(ax, [one for one in needy if sum(one.unmet)], places, _UNMET, 5)
        figure.legend(handles=_legend(), loc="outside lower center", ncols=2, frameon=False, fontsize=9.5)
    return figure


def _dots(ax: Axes, who: Sequence[Citizen], places: Places, look: tuple[str, str, str], zorder: int) -> None:
    if not who:
        return
    marker, colour, label = look
    sizes = [26 + 26 * max(0, one.need_level - 1) if sum(one.need) else 26 for one in who]
    at = np.array([places[one.id] for one in who])
    small = look is _OTHERS
    ax.scatter(at[:, 0], at[:, 1], s=10 if small else sizes, marker=marker, color=colour, edgecolors="none" if small else "white",
               linewidths=0.6, zorder=zorder, label=label)  # fmt: skip


def _legend() -> list[Line2D]:
    dots = [
        Line2D([], [], linestyle="", marker=marker, color=colour, label=label)
        for marker, colour, label in (_UNMET, _MET, _GIVES, _OTHERS)
    ]
    lines = [
        Line2D([], [], color=INK, label="Helped by household, kin, friend or neighbour"),
        Line2D([], [], color=FAINT, linestyle=(0, (4, 2)), label="Helped from outside the circle of bonds"),
    ]
    return [*dots, *lines]


def so_far(village: Village, before: Village | None) -> Figure:
    """Draw unmet need, wellbeing and who meets need, month by month; dashed the run before, where there is one."""
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(7.4, 7.4), layout="constrained")
        unmet, wellbeing, sources = figure.subplots(3, 1, height_ratios=(1, 1, 1.5))
        last = village.care_scenario.run.years * MONTHS_PER_YEAR
        for ax, name, factor, title, span in (
            (unmet, "unmet_share", 100, "Need that nobody met (percent)", (0, 60)),
            (wellbeing, "wellbeing", 1, "Wellbeing (0 to 10, mean of all)", (7.2, 7.8)),
        ):
            _line(ax, factor * _course(before, name), "--", FAINT, "the run before")
            _line(ax, factor * _course(village, name), "-", BLUE, "this run")
            ax.set_title(title)
            ax.set_xlim(0, last)
            low, high = ax.get_ylim()
            ax.set_ylim(min(low, span[0]), max(high, span[1]))
            _years(ax, last)
        if before is not None:
            unmet.legend(loc="upper right", ncols=2, frameon=False, fontsize=9)
        _who(sources, village)
    return figure


def _course(village: Village | None, name: str) -> Array:
    """Return an indicator month by month; empty without a village."""
    return np.empty(0) if village is None else measured(INDICATORS[name], np.array(village.months, float))


def _line(ax: Axes, values: Array, style: str, colour: str, label: str) -> None:
    if len(values):
        ax.plot(np.arange(len(values)) + 0.5, values, style, color=colour, label=label, marker="o" if len(values) == 1 else "")


def _years(ax: Axes, last: int) -> None:
    ax.set_xticks(range(0, last + 1, MONTHS_PER_YEAR), [f"Apr {START_YEAR + k}" for k in range(last // MONTHS_PER_YEAR + 1)])


def _who(ax: Axes, village: Village) -> None:
    """Draw last month's hours by who met them."""
    hours = hours_by_source(village)
    for k, (label, _, colour, hatch) in enumerate(SOURCES):
        ax.barh(k, hours[label], 0.7, color=colour, hatch=hatch, edgecolor=INK if hatch == "////" else "white", linewidth=0.8)
        ax.annotate(f"{hours[label]:,.0f}", (hours[label], k), (4, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(range(len(SOURCES)), [label for label, *_ in SOURCES])
    ax.invert_yaxis()
    ax.set_xlim(0, max(100.0, 1.1 * max(hours.values())))
    ax.grid(False)
    ax.set_title("Who met need this month (hours a week)")


def hours_by_source(village: Village) -> dict[str, float]:
    """Return last month's hours a week of need by who met them, and by nobody."""
    month = village.months[-1].astype(float)
    return {label: float(sum(measured(INDICATORS[name], month) for name in names)) for label, names, *_ in SOURCES}


def in_words(village: Village) -> Iterable[str]:
    """Return what the pictures show, as sentences, for those who cannot see them."""
    needy = [one for one in village.citizens if sum(one.need)]
    short = sum(1 for one in needy if sum(one.unmet))
    hours = hours_by_source(village)
    total = max(1e-9, sum(hours.values()))
    most = max((label for label, *_ in SOURCES[:-1]), key=hours.__getitem__)
    yield f"{len(needy)} of {len(village.citizens)} people need help; {short} of them go without some of it."
    yield f"{len({giver for giver, _ in village.helped})} people helped somebody to whom they are bound."
    yield f"Nobody met {100 * hours['Nobody: unmet'] / total:.0f} percent of need. Most of the help came from: {most.lower()}."
    yield f"Wellbeing is {float(_course(village, 'wellbeing')[-1]):.2f} out of 10."
