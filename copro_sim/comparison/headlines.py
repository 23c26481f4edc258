"""What came out, in sentences: every one carries its count of futures and says so when there is no clear difference."""

from typing import NamedTuple

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import CLEAR, FEWEST_FOR_CLEAR, TENDS, UNDEFINED, Paired, paired
from copro_sim.language import N_, _, number
from copro_sim.results.indicators import INDICATORS, Better

_MIDLIFE_WOMEN = ("women", "45 to 64")
EFFECTS = {
    "money": N_("restoring the money alone"), "practice": N_("co-produced practice alone"),
    "interaction": N_("both together, beyond the sum"),
}  # fmt: skip
"""What makes a difference in the cross of money and practice, by name."""

WOMENS_HELP = N_("unpaid help given by women aged 45 to 64")


_LAST = 0.01
"""One in the last of the decimals with which sizes are written, of the usual last one."""


class Shown(NamedTuple):
    """How numbers of a unit are written for people: times `factor`, with so many `decimals`, before a unit.

    `words` is the unit of levels, `change` that of differences, `sized` a difference with it: "{size} percentage points".
    """

    factor: float
    decimals: int
    words: str
    change: str
    sized: str

    def number(self, value: float) -> str:
        """Return a value as text, without its unit."""
        return number(value * self.factor, self.decimals) if value == value else _("unknown")

    def size(self, value: float) -> str:
        """Return how large a difference is, with its unit and without a sign."""
        text = self.signed(abs(value)).removeprefix("+")
        if value and not any(digit in text for digit in "123456789"):
            least = self._replace(decimals=self.decimals + 2).number(_LAST / self.factor / 10**self.decimals)
            text = _("less than {least}", least=least)
        return _(self.sized, size=text)

    def signed(self, value: float) -> str:
        """Return a difference as text with its sign, with one or two more decimals where it would round to zero."""
        for more in range(3):
            text = self._replace(decimals=self.decimals + more).number(value)
            if any(digit in text for digit in "123456789"):
                return text if value < 0 else f"+{text}"
        return self.number(abs(value))

    def verdict(self, value: float, verdict: str) -> str:
        """Return the verdict on a difference, or that there is next to none: what is written as nothing is no finding."""
        nothing = value and not any(digit in self.signed(value) for digit in "123456789") and value == value
        return _("next to no difference") if nothing else verdict


_SHOWN = {
    "share": Shown(100.0, 1, N_("percent"), N_("percentage points"), N_("{size} percentage points")),
    "0 to 10": Shown(1.0, 3, N_("out of 10"), N_("points of 10"), N_("{size} points of 10")),
    "0 to 1": Shown(100.0, 1, N_("out of 100"), N_("points of 100"), N_("{size} points of 100")),
    "hours a week": Shown(
        1e-3, 1, N_("thousand hours a week"), N_("thousand hours a week"), N_("{size} thousand hours a week")
    ),
    "pounds a year": Shown(
        1e-6, 1, N_("million pounds a year"), N_("million pounds a year"), N_("{size} million pounds a year")
    ),
    "people": Shown(1.0, 0, N_("people"), N_("people"), N_("{size} people")),
    "people a month": Shown(1.0, 1, N_("people a month"), N_("people a month"), N_("{size} people a month")),
    "bonds": Shown(1.0, 1, N_("bonds"), N_("bonds"), N_("{size} bonds")),
    "hours": Shown(1.0, 1, N_("hours"), N_("hours"), N_("{size} hours")),
    "sources": Shown(1.0, 1, N_("sources"), N_("sources"), N_("{size} sources")),
    "need level": Shown(1.0, 1, N_("need level"), N_("need level"), N_("{size} need level")),
    "chance a year": Shown(1.0, 1, N_("chance a year"), N_("chance a year"), N_("{size} chance a year")),
}
"""How numbers of every unit of an indicator are written."""

LITTLE = {"unmet_share": 0.01, "wellbeing": 0.1}
"""Differences smaller than this are called very little however sure they are: an assumption, for readers to judge."""

LITTLE_PART = 0.01
"""Differences in hours and money smaller than this share of what the reference has are called very little, too."""


def shown(indicator: str) -> Shown:
    """Return how an indicator's numbers are written, its units in the language spoken."""
    found = _SHOWN[INDICATORS[indicator].unit]
    return found._replace(words=_(found.words), change=_(found.change))


def subject(indicator: str) -> str:
    """Return an indicator as the subject of a sentence, without a capital."""
    about = INDICATORS[indicator]
    return _("the number of {people}", people=_(about.title)) if about.kind == "heads" else _(about.title)


def finding(comparison: Comparison, scenario: str, indicator: str) -> str:
    """Return the finding on one indicator of one scenario against the reference, without a full stop."""
    found, reference = comparison.paired(scenario, indicator), comparison.titles[comparison.names[0]]
    return claim(
        subject(indicator), comparison.titles[scenario], reference, found, INDICATORS[indicator].better, shown(indicator),
        little=LITTLE.get(indicator, 0.0),
    )  # fmt: skip


def sentence(comparison: Comparison, scenario: str, indicator: str) -> str:
    """Return the finding on one indicator of one scenario against the reference, with its levels."""
    size = size_of(comparison.paired(scenario, indicator), shown(indicator))
    return f"{finding(comparison, scenario, indicator)}{size}."


_CLAIMS = {
    "undefined": N_("{what}: {scenario} and {reference} cannot be compared, as it is {undefined}"),
    "same": N_("{what} is the same under {scenario} and {reference} in all {futures} futures"),
    "clear": N_("{what} is {word} under {scenario} than under {reference} in {count} of {futures} futures, typically by {size}"),
    "tends": N_(
        "{what} tends to be {word} under {scenario} than under {reference} ({count} of {futures} futures), typically by {size}"
    ),
    "unclear": N_("{what}: no clear difference between {scenario} and {reference} ({word} in {count} of {futures} futures)"),
    "clear, little": N_(
        "{what} is {word} under {scenario} than under {reference} in {count} of {futures} futures, though by very little: "
        "typically {size}"
    ),
    "tends, little": N_(
        "{what} tends to be {word} under {scenario} than under {reference} ({count} of {futures} futures), though by very "
        "little: typically {size}"
    ),
}
"""What can be the case, each a whole sentence; typically means in the median future."""


def claim(
    what: str, scenario: str, reference: str, found: Paired, direction: Better, style: Shown, *, little: float = 0.0
) -> str:
    """Return what is the case, in how many futures and by how much, in words that are true of the counts.

    Parameters
    ----------
    what
        The subject of the sentence.
    scenario, reference
        Titles of the scenarios.
    found, direction
        Their comparison, and the side that is better, if there is one.
    style
        How differences are written.
    little
        Differences smaller than this are called very little.
    """
    count = max(found.better, found.worse)
    sure = sureness(found)
    if sure in ("clear", "tends") and abs(found.median) < little:
        sure += ", little"
    return _(
        _CLAIMS[sure], what=what[0].upper() + what[1:], scenario=scenario, reference=reference, undefined=_(UNDEFINED),
        count=count, futures=found.futures, word=_side(found.better >= found.worse, direction), size=style.size(found.median),
    )  # fmt: skip


def sureness(found: Paired) -> str:
    """Return which kind of claim the counts bear."""
    count = max(found.better, found.worse)
    if found.undefined:
        return "undefined"
    if not count:
        return "same"
    if count / found.futures >= CLEAR and found.futures >= FEWEST_FOR_CLEAR:
        return "clear"
    return "tends" if count / found.futures >= TENDS else "unclear"


def is_little(found: Paired) -> bool:
    """Return whether a difference in hours or money is a small part of what the reference has."""
    return abs(found.median) < LITTLE_PART * abs(found.reference)


def side_of(found: Paired) -> int:
    """Return 1 if a difference is or tends to be for the better (or higher), -1 for the worse (or lower), 0 for neither."""
    sure = sureness(found) in ("clear", "tends")
    return (1 if found.better > found.worse else -1) if sure else 0


def _side(first: bool, direction: Better) -> str:
    """Return the word for the better side (`first`) or the worse; without a better side, for higher or lower."""
    if direction is None:
        return _("higher") if first else _("lower")
    if direction == "less":
        return _("lower (better)") if first else _("higher (worse)")
    return _("higher (better)") if first else _("lower (worse)")


def size_of(found: Paired, style: Shown) -> str:
    """Return how large a difference is, to follow a claim; nothing where there is none."""
    if found.undefined or not (found.better or found.worse):
        return ""
    low, high = (style.signed(end) for end in found.ninety)
    size = _(
        ". On average {here} against {reference} {unit} (90 percent of futures: {low} to {high} {change})",
        here=style.number(found.other), reference=style.number(found.reference), unit=style.words, low=low, high=high,
        change=style.change,
    )  # fmt: skip
    return size + pulled(found)


def is_pulled(found: Paired) -> bool:
    """Return whether the average lies on the other side than the futures of which a claim is made."""
    return side_of(found) != 0 and found.difference * found.median < 0


def pulled(found: Paired) -> str:
    """Return what explains an average on the other side than the claim before it; nothing where it is on the same."""
    return _(", as a few futures pull the average the other way") if is_pulled(found) else ""


def midlife_women(comparison: Comparison, scenario: str) -> Paired:
    """Return the hours a week that women of 45 to 64 give, compared with the reference, over the whole run."""
    sex, age = _MIDLIFE_WOMEN
    given = comparison.data["given_by_sex_age"].sel(sex=sex, age_band=age).mean("year").values
    return paired(given[0], given[comparison.names.index(scenario)], None)


def women_finding(comparison: Comparison, scenario: str) -> str:
    """Return the finding on the unpaid work of women of 45 to 64, without a full stop."""
    found, reference = midlife_women(comparison, scenario), comparison.titles[comparison.names[0]]
    return claim(
        _(WOMENS_HELP), comparison.titles[scenario], reference, found, None, shown("given_hours"),
        little=LITTLE_PART * abs(found.reference),
    )  # fmt: skip


def women_sentence(comparison: Comparison, scenario: str) -> str:
    """Return what becomes of the unpaid work of women of 45 to 64."""
    found, style = midlife_women(comparison, scenario), shown("given_hours")
    return f"{women_finding(comparison, scenario)}{size_of(found, style)}."


def public_money(comparison: Comparison, scenario: str) -> Paired:
    """Return the public's pounds a year for care at home, less charges, and for co-production, against the reference."""
    spent = comparison.whole_run("council_cost") + comparison.whole_run("coproduction_cost") - comparison.whole_run("charges")
    return paired(spent[0], spent[comparison.names.index(scenario)], None)


def money_finding(comparison: Comparison, scenario: str) -> str:
    """Return the finding on public money, without a full stop."""
    found, reference = public_money(comparison, scenario), comparison.titles[comparison.names[0]]
    return claim(
        _("public spending on care at home, less what people pay in charges, and on co-production"), comparison.titles[scenario],
        reference, found, None, shown("council_cost"), little=LITTLE_PART * abs(found.reference),
    )  # fmt: skip


def money_sentence(comparison: Comparison, scenario: str) -> str:
    """Return what the scenario's public money buys, beside the reference's."""
    keys = ("council_cost", "charges", "coproduction_cost", "budget")
    parts = {key: comparison.whole_run(key).mean(axis=1) for key in keys}
    k, style = comparison.names.index(scenario), shown("budget")
    care, charges, more, budget = (style.number(parts[key][k]) for key in keys)
    title, reference = comparison.titles[scenario], comparison.titles[comparison.names[0]]
    return _(
        "Public money: {scenario} spends {care} million pounds a year on care, of which people pay {charges} million in "
        "charges, and {more} million on co-production, of a budget of {budget} million and these charges; {reference} spends "
        "{before} million on care.",
        scenario=title, care=care, charges=charges, more=more, budget=budget, reference=reference,
        before=style.number(parts["council_cost"][0]),
    )  # fmt: skip


def cross_sentence(comparison: Comparison, indicator: str = "unmet_share") -> str:
    """Return the effects of money alone, of practice alone and of both beyond that, which add up: means, since medians do not."""
    style, rows = shown(indicator), comparison.money_by_practice([indicator]).to_dict("records")
    parts = [
        f"{_(EFFECTS[row['effect']])} {style.signed(row['difference'])}, {style.verdict(row['median'], row['verdict'])}"
        for row in rows
    ]
    return _(
        "Money and practice, {measure}: {money}; {practice}; {both}; in all {total} (means over futures, in {unit}).",
        measure=_(INDICATORS[indicator].title), money=parts[0], practice=parts[1], both=parts[2],
        total=style.signed(sum(row["difference"] for row in rows)), unit=style.change,
    )  # fmt: skip


def told(comparison: Comparison, scenario: str) -> list[str]:
    """Return the sentences of one scenario: needs, wellbeing, unpaid work, money."""
    found = [sentence(comparison, scenario, key) for key in ("unmet_share", "wellbeing")]
    work = [women_sentence(comparison, scenario)] if "given_by_sex_age" in comparison.data else []
    return [*found, *work, money_sentence(comparison, scenario)]


def headlines(comparison: Comparison) -> list[str]:
    """Return the sentences of a comparison: those of each scenario but the reference, then money and practice."""
    found = [line for name in comparison.names[1:] for line in told(comparison, name)]
    return [*found, cross_sentence(comparison)] if comparison.crosses else found
