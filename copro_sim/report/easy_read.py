"""The opening in easy words: short sentences, one idea each, hard words explained."""

from collections.abc import Sequence

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import is_little, is_pulled, midlife_women, public_money, side_of
from copro_sim.comparison.paired import Paired
from copro_sim.language import N_, _, ngettext, number
from copro_sim.report.quote import kind_of
from copro_sim.report.words import focus, place

_INDICATOR = "unmet_share"
_START = (
    N_("This page is about help for people who need it."),
    N_("A person may need help to wash, to eat, or to get about."),
    N_("Unmet need means: a person needs help and nobody gives it."),
    N_("Co-production means: people who use services and people who run them plan and do things together."),
)
_TWO = (N_("We compare two plans."), N_("The first plan is called: “{reference}”."), N_("The other plan is called: "
           "“{scenario}”."))
_FUTURES = (
    N_("A computer program lives through each plan, month by month."),
    N_("Nobody knows what will happen. So the program tries different futures."),
    N_("A future is one way that things could go."),
)
_RESULT = {
    "undefined": N_("The two plans cannot be compared."),
    "same": N_("Both plans leave the same amount of unmet need."),
    "unclear": N_("No plan is clearly better. Sometimes one is, sometimes the other."),
    "clear, better": N_("“{scenario}” is better. In nine of ten futures or more it leaves less unmet need."),
    "clear, worse": N_("“{scenario}” is worse. In nine of ten futures or more it leaves more unmet need."),
    "tends, better": N_("“{scenario}” is often better. In most of the futures that we tried it leaves less unmet need."),
    "tends, worse": N_("“{scenario}” is often worse. In most of the futures that we tried it leaves more unmet need."),
}
_LITTLE = N_("The difference is very small.")
_OF_WALES = N_("What we say of these women is about all of Wales.")
_HOURS = N_("Of every 100 hours of help that people need, {hours} are missing under “{scenario}”.")
_PULLED = N_("These numbers are averages. A few futures pull them the other way.")
_WOMEN = {
    "more": N_("In most futures women from 45 to 64 give more help without pay under “{scenario}”."),
    "less": N_("In most futures women from 45 to 64 give less help without pay under “{scenario}”."),
    "neither": N_("For women from 45 to 64 the help they give without pay hardly changes, or we cannot tell."),
}
_MONEY = {
    "more": N_("In most futures “{scenario}” costs councils more money."),
    "less": N_("In most futures “{scenario}” costs councils less money."),
    "neither": N_("The cost to councils is about the same, or we cannot tell."),
}
_BELIEFS = {
    "agree": N_("Some things nobody has measured. We tried three ways to guess them. The answer was the same each time."),
    "disagree": N_("Some things nobody has measured. We tried three ways to guess them. The answer was not always the same."),
}
_END = N_("This is a computer model. It shows what could happen. It does not show what will happen.")


def easy_read(here: Comparison, wales: Comparison, every: Sequence[Comparison]) -> list[str]:
    """Return the opening in easy words, a line each; nothing of a single scenario. Arguments as in `opening.py`."""
    if len(here.names) < 2:
        return []
    titles = {"reference": here.titles[here.names[0]], "scenario": here.titles[focus(here)]}
    return [
        *(_(line) for line in _START), _("The place is: {place}.", place=place(here)), *(_(line, **titles) for line in _TWO),
        *(_(line) for line in _FUTURES), ngettext("We tried {n} future.", "We tried {n} futures.", here.futures),
        *_result(here, titles), *_more_or_less(_WOMEN, midlife_women(wales, focus(wales)), titles),
        *([] if here is wales else [_(_OF_WALES)]),
        *_more_or_less(_MONEY, public_money(here, focus(here)), titles), *_beliefs(every), _(_END),
    ]  # fmt: skip


def _result(here: Comparison, titles: dict[str, str]) -> list[str]:
    found = here.paired(focus(here), _INDICATOR)
    kind = kind_of(found)
    said = [_(_RESULT[kind.removesuffix(", little")], **titles)]
    if kind.endswith("little"):
        said.append(_(_LITTLE))
    if kind == "undefined":
        return said
    levels = ((titles["reference"], found.reference), (titles["scenario"], found.other))
    hours = [_(_HOURS, hours=number(100 * level, 1), scenario=title) for title, level in levels]
    return [*said, *hours, *([_(_PULLED)] if is_pulled(found) else [])]


def _more_or_less(said: dict[str, str], found: Paired, titles: dict[str, str]) -> list[str]:
    """Return whether something is or tends to be more or less, and whether by very little."""
    side = side_of(found)
    line = _(said[{1: "more", -1: "less", 0: "neither"}[side]], **titles)
    return [line, _(_LITTLE)] if side and is_little(found) else [line]


def _beliefs(every: Sequence[Comparison]) -> list[str]:
    """Return whether stances agree on which plan leaves less need unmet, where all three were tried."""
    if len(every) < 3:
        return []
    sides = {side_of(one.paired(focus(one), _INDICATOR)) for one in every}
    return [_(_BELIEFS["agree" if len(sides) == 1 else "disagree"])]
