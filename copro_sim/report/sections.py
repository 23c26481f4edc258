"""The page's parts, in order: a heading, sentences, figures and tables each."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import matplotlib as mpl

from copro_sim.comparison.by_stance import in_order, stance_sentences
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import cross_sentence, told
from copro_sim.language import N_, _
from copro_sim.report import tables
from copro_sim.report.figures import OF_GROUPS, available, draw
from copro_sim.report.stances import stances
from copro_sim.report.style import SETTINGS, Drawing
from copro_sim.report.tables import Table
from copro_sim.report.teetered import teetered
from copro_sim.report.wins import too_few_draws


class Section(NamedTuple):
    """A part of the page.

    Parameters
    ----------
    name
        One of `HEADINGS`, whose heading and place on the page it takes, or a new name: then it comes after these.
    heading
        What it is called; that of `HEADINGS` if empty.
    sentences, drawings, tables
        What it says, shows and lists.
    """

    name: str
    heading: str = ""
    sentences: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Table, ...] = ()


HEADINGS = {
    "money-by-practice": N_("Money and practice"),
    "need": N_("Who meets need"),
    "differences": N_("What is different"),
    "beliefs": N_("By what one believes without evidence"),
    "cost": N_("What it costs, and who pays"),
    "carers": N_("Carers, and who bears the burden"),
    "outcomes": N_("Wellbeing and outcomes"),
    "equity": N_("Who gains and who loses"),
    "places": N_("The councils of Wales"),
    "government": N_("What institutions did"),
    "why": N_("Why it happened"),
    "true": N_("What would have to be true"),
    "two-futures": N_("Two futures of one citizen"),
}
"""Headings of the page by name, in order; those of which nothing can be said are left out."""

_FIGURES = {
    "money-by-practice": ("money-and-practice",), "need": ("who-meets-need",), "differences": ("paired-differences",),
    "cost": ("money",), "carers": ("unpaid-work",), "outcomes": ("wellbeing",), "equity": ("by-deprivation",),
    "places": ("councils", "councils-over-time"), "government": ("institutions",), "why": ("flows",),
    "true": ("what-decides", "where-it-wins"),
}  # fmt: skip
"""Names of the figures of each part (`figures.py`)."""


def sections(
    here: Comparison, wales: Comparison, every: Sequence[Comparison], more: Sequence[Section] = ()
) -> list[Section]:
    """Return the parts of the page that have something to say.

    Parameters
    ----------
    here
        The comparison of the place that the page is about.
    wales
        The same over all councils; `here` itself unless the page is of one place.
    every
        `here` under every stance.
    more
        Further parts: what has the name of one that is here is added to its end.
    """
    own = [_own(name, here, wales, every) for name in HEADINGS]
    known = {one.name: one for one in own}
    for one in more:
        known[one.name] = _joined(known[one.name], one) if one.name in known else one
    return [one for one in known.values() if one.sentences or one.drawings or one.tables]


def _own(name: str, here: Comparison, wales: Comparison, every: Sequence[Comparison]) -> Section:
    drawings = []
    for figure in _FIGURES.get(name, ()):
        of = wales if figure in OF_GROUPS else here
        drawings += [draw(of, figure)] if figure in available(of) else []
    if name == "beliefs" and len(every) > 1 and len(here.names) > 1:
        with mpl.rc_context(SETTINGS):
            drawings = [stances(in_order(every))]
    say, list_ = _SENTENCES.get(name, _nothing), _TABLES.get(name, _nothing)
    several = len(here.names) > 1
    return Section(
        name, _(HEADINGS[name]), tuple(say(here, wales, every)) if several else (), tuple(drawings),
        tuple(list_(here, wales, every)) if several else (),
    )  # fmt: skip


def _joined(one: Section, other: Section) -> Section:
    return Section(
        one.name, one.heading, one.sentences + other.sentences, one.drawings + other.drawings, one.tables + other.tables
    )


def _nothing(here: Comparison, wales: Comparison, every: Sequence[Comparison]) -> list[Any]:
    return []


_SENTENCES: dict[str, Callable[[Comparison, Comparison, Sequence[Comparison]], list[str]]] = {
    "money-by-practice": lambda here, wales, every: [cross_sentence(here)] if here.crosses else [],
    "differences": lambda here, wales, every: [line for name in here.names[1:] for line in told(here, name)],
    "beliefs": lambda here, wales, every: [
        line for key in ("unmet_share", "wellbeing") for line in stance_sentences(every, key)
    ],
    "carers": lambda here, wales, every: tables.burden(wales),
    "government": lambda here, wales, every: teetered(wales),
    "true": lambda here, wales, every: too_few_draws(here),
}
"""What each part says, of a place, Wales and every stance."""

_TABLES: dict[str, Callable[[Comparison, Comparison, Sequence[Comparison]], list[Table]]] = {
    "money-by-practice": lambda here, wales, every: tables.cross(here),
    "differences": lambda here, wales, every: tables.differences(here),
    "outcomes": lambda here, wales, every: tables.outcomes(here),
    "equity": lambda here, wales, every: tables.assessment(wales),
}
"""What each part lists."""
