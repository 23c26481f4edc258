"""What a reader with three minutes needs: five sentences built from the data, and all scenarios at a glance."""

from collections.abc import Sequence
from typing import NamedTuple

from copro_sim.comparison.by_stance import in_order
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.dependence import FEWEST_DRAWS, dependence
from copro_sim.comparison.headlines import (
    midlife_women,
    money_finding,
    public_money,
    pulled,
    sentence,
    shown,
    side_of,
    women_finding,
)
from copro_sim.comparison.impact import Gains, gains
from copro_sim.comparison.paired import SEEDS_PER_DRAW, Paired
from copro_sim.language import N_, _, ngettext
from copro_sim.report.decides import strongest
from copro_sim.report.tables import Table
from copro_sim.report.words import focus, futures_of, period, place
from copro_sim.scenario.stances import called


class Said(NamedTuple):
    """A question, and the answer in a sentence or two."""

    question: str
    answer: str


def opening(here: Comparison, wales: Comparison, every: Sequence[Comparison]) -> list[Said]:
    """Return the five sentences with which a page opens, six for one place; none of a single scenario.

    Parameters
    ----------
    here
        The comparison of the place that the page is about.
    wales
        The same over all councils, which alone knows groups of people; `here` itself unless the page is of one place.
    every
        `here` under every stance.
    """
    if len(here.names) < 2:
        return []
    question, name = _("What is the difference, and how sure is it"), focus(here)
    of_wales = [] if here is wales else [Said(_("The same for Wales as a whole"), sentence(wales, name, "unmet_share"))]
    of_one_place = _("Who gains and who loses in Wales (of one place no groups are kept)")
    who = _("Who gains and who loses") if here is wales else of_one_place
    return [
        Said(_("What was compared"), _compared(here)),
        Said(question, sentence(here, name, "unmet_share")),
        *of_wales,
        Said(who, _who(wales)),
        Said(_("What it costs"), _cost(here)),
        Said(_("What would have to be true"), _true(here, every)),
    ]


_COMPARED = N_(
    "{scenarios} against {reference}, in {place} from {period}, in the same {futures}: the same people, the same luck and the "
    "same assumptions in each. The sentences below speak of {focus}."
)


def _compared(here: Comparison) -> str:
    titles = [here.titles[name] for name in here.names]
    return _(
        _COMPARED, scenarios=", ".join(titles[1:]), reference=titles[0], place=place(here), period=period(here),
        futures=futures_of(here), focus=here.titles[focus(here)],
    )  # fmt: skip


_GAINS = {
    (True, True): N_("Of {groups} groups by age, sex, deprivation and kind of place, {less}, and {more}."),
    (True, False): N_("Of {groups} groups by age, sex, deprivation and kind of place, {less}, and none with more."),
    (False, True): N_("Of {groups} groups by age, sex, deprivation and kind of place, {more}, and none with less."),
    (False, False): N_(
        "None of {groups} groups by age, sex, deprivation and kind of place is or tends to be left with less or more unmet need "
        "under {scenario} than under {reference}."
    ),
}
"""Who gains and who loses, each a whole sentence, by whether anybody gains and whether anybody loses."""


def _who(wales: Comparison) -> str:
    name, reference = focus(wales), wales.titles[wales.names[0]]
    found, titles = gains(wales, name), {"scenario": wales.titles[name], "reference": reference}
    said = _(
        _GAINS[bool(found.better), bool(found.worse)], groups=found.groups, **titles,
        less=_left_with_less(found, titles) if found.better else "", more=_left_with_more(found, titles) if found.worse else "",
    )  # fmt: skip
    return f"{said} {women_finding(wales, name)}."


def _left_with_less(found: Gains, titles: dict[str, str]) -> str:
    """Return how many groups gain, and which of them most."""
    best, size = found.better[0][0], shown("unmet_share").size(found.better[0][1].median)
    return ngettext(
        "one is or tends to be left with less unmet need under {scenario} than under {reference}: {best} (typically by {size})",
        "{n} are or tend to be left with less unmet need under {scenario} than under {reference}, most of all {best} (typically "
        "by {size})", len(found.better), best=best, size=size, **titles,
    )  # fmt: skip


def _left_with_more(found: Gains, titles: dict[str, str]) -> str:
    """Return how many groups lose, and which of them most; in short after those who gain."""
    worst, size = found.worse[0][0], shown("unmet_share").size(found.worse[0][1].median)
    if found.better:
        return ngettext(
            "one is or tends to be left with more: {worst} (typically by {size})",
            "{n} are or tend to be left with more, most of all {worst} (typically by {size})",
            len(found.worse), worst=worst, size=size,
        )  # fmt: skip
    return ngettext(
        "one is or tends to be left with more unmet need under {scenario} than under {reference}: {worst} (typically by {size})",
        "{n} are or tend to be left with more unmet need under {scenario} than under {reference}, most of all {worst} (typically "
        "by {size})", len(found.worse), worst=worst, size=size, **titles,
    )  # fmt: skip


_COST = N_(
    "{finding}. On average {here} against {reference} million pounds a year{pulled}. Hours that people give without pay are "
    "never set against money."
)


def _cost(here: Comparison) -> str:
    found, style = public_money(here, focus(here)), shown("council_cost")
    return _(
        _COST, finding=money_finding(here, focus(here)), here=style.number(found.other),
        reference=style.number(found.reference), pulled=pulled(found),
    )  # fmt: skip


_BELIEFS = {
    "one": N_("Under {stance} alone were the differences worked out: compare with all stances before relying on them."),
    "agree": N_("What one believes without evidence does not turn it: unmet need under {scenario} {verdicts}."),
    "disagree": N_("It hangs on what one believes without evidence: unmet need under {scenario} {verdicts}."),
}
_FEW = N_("Which single assumptions decide cannot be told from fewer than {draws} draws of what nobody knows.")
_NONE = N_("No single setting that nobody knows goes with the difference more than chance would have it.")
_SETTINGS = N_("It goes most with settings that nobody knows: {settings}.")


def _true(here: Comparison, every: Sequence[Comparison]) -> str:
    name, ordered = focus(here), in_order(every)
    pairs = [one.paired(name, "unmet_share") for one in ordered]
    sides = {side_of(one) for one in pairs}
    kind = "one" if len(every) < 2 else "agree" if len(sides) == 1 else "disagree"
    verdicts = ", ".join(f"({called(one.stance)}) {found.verdict}" for one, found in zip(ordered, pairs, strict=True))
    beliefs = _(_BELIEFS[kind], stance=called(here.stance), scenario=here.titles[name], verdicts=verdicts)
    return f"{beliefs} {_settings(here, name)}"


def _settings(comparison: Comparison, name: str) -> str:
    if comparison.futures // SEEDS_PER_DRAW < FEWEST_DRAWS:
        return _(_FEW, draws=FEWEST_DRAWS)
    found = dependence(comparison)
    names = strongest(found[found["scenario"] == name])
    return _(_SETTINGS, settings=", ".join(names)) if names else _(_NONE)


def at_a_glance(here: Comparison, wales: Comparison) -> Table | None:
    """Return the table of all scenarios against the reference, with Wales beside a place; None for a single scenario."""
    if len(here.names) < 2:
        return None
    rows = []
    for name in here.names[1:]:
        row = [here.titles[name]]
        for key in ("unmet_share", "wellbeing"):
            row += [_cell(one.paired(name, key), key) for one in ((here,) if here is wales else (here, wales))]
        row.append(_cell(midlife_women(wales, name), "given_hours"))
        rows.append((*row, _cell(public_money(here, name), "council_cost")))
    where = (place(here),) if here is wales else (place(here), place(wales))
    measures = (N_("Unmet need (points), {place}"), N_("Wellbeing (points of 10), {place}"))
    columns = (_("Scenario"), *(_(measure, place=one) for measure in measures for one in where),
               _("Unpaid help by women of 45 to 64 (thousand hours a week), {place}", place=place(wales)),
               _("Public money (million pounds a year), {place}", place=where[0]))  # fmt: skip
    caption = _(
        "All scenarios against {reference}: the median difference, and in how many of {futures}",
        reference=here.titles[here.names[0]], futures=futures_of(here),
    )  # fmt: skip
    return Table("at-a-glance", caption, columns, tuple(rows))


def _cell(found: Paired, key: str) -> str:
    look = shown(key)
    return f"{look.signed(found.median)}: {look.verdict(found.median, found.verdict)}"


