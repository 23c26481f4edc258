"""Tables of the page, in words: paired differences, money crossed with practice, outcomes, impact, the burden of care."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from copro_sim.comparison.comparison import KEY, Comparison
from copro_sim.comparison.headlines import EFFECTS, Shown, shown
from copro_sim.comparison.impact import CANNOT_SAY, MEASURES, impact, share_by_women
from copro_sim.comparison.paired import Paired, paired
from copro_sim.language import N_, _
from copro_sim.report.words import focus, place
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.outcomes import NOT_MODELLED, OUTCOMES


class Table(NamedTuple):
    """A table: its name, what it shows, columns and rows of text (the first column heads its row), a remark, and its data.

    Columns from `numbers` on are set as numbers; `data` is a file in the folder `data`, if there is one.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 99
    remark: str = ""
    data: str = ""


def differences(comparison: Comparison) -> list[Table]:
    """Return the paired differences, one table for each scenario but the reference."""
    columns = (_("Measure"), _("Finding"), _("Reference"), _("Here"), _("Median difference"), _("50% of futures"),
               _("90% of futures"), _("From assumptions"))  # fmt: skip
    table, reference = comparison.table(KEY), comparison.titles[comparison.names[0]]
    return [
        Table(f"differences-{k}", _("{scenario} against {reference}", scenario=comparison.titles[str(name)], reference=reference),
              columns,
              tuple(_difference(row) for row in part.to_dict("records")), numbers=2)
        for k, (name, part) in enumerate(table.groupby("scenario", sort=False))
    ]  # fmt: skip


def _difference(row: Mapping[Any, Any]) -> tuple[str, ...]:
    look, known = shown(row["indicator"]), row["parameter_share"]
    verdict = look.verdict(row["median"], str(row["verdict"]))
    return (
        f"{_capital(_(str(row['title'])))} ({look.words})", verdict, look.number(row["reference_mean"]),
        look.number(row["scenario_mean"]), look.signed(row["median"]), _span(look, row["low_50"], row["high_50"]),
        _span(look, row["low_90"], row["high_90"]), _("not known") if pd.isna(known) else f"{100 * known:.0f}%",
    )  # fmt: skip


def _span(look: Shown, low: float, high: float) -> str:
    return _("{low} to {high}", low=look.signed(low), high=look.signed(high))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def cross(comparison: Comparison) -> list[Table]:
    """Return the table of money and practice; nothing without the four scenarios."""
    if not comparison.crosses:
        return []
    rows = []
    for row in comparison.money_by_practice().to_dict("records"):
        look = shown(str(row["indicator"]))
        rows.append((f"{_capital(_(str(row['title'])))} ({look.change})", _(EFFECTS[str(row["effect"])]),
                     look.verdict(row["median"], str(row["verdict"])),
                     look.signed(row["difference"]), look.signed(row["median"]),
                     _span(look, row["low_90"], row["high_90"])))  # fmt: skip
    caption = _("Money and practice, and what they do only together")
    columns = (_("Measure"), _("Effect of"), _("Finding"), _("Mean"), _("Median"), _("90% of futures"))
    return [Table("cross", caption, columns, tuple(rows), numbers=3, data="money_by_practice.csv")]


def outcomes(comparison: Comparison) -> list[Table]:
    """Return the eight headings of the National Outcomes Framework, for the scenario that titles speak of."""
    if len(comparison.names) < 2:
        return []
    name, rows = focus(comparison), []
    for heading, keys in OUTCOMES.items():
        for key in keys:
            found, look = comparison.paired(name, key), shown(key)
            measure = f"{_capital(_(INDICATORS[key].title))} ({look.words})"
            verdict = look.verdict(found.median, found.verdict)
            rows.append((_(heading), measure, verdict, look.number(found.reference), look.signed(found.median)))
        if not keys:
            rows.append((_(heading), _(NOT_MODELLED), "", "", ""))
    caption = _(
        "The National Outcomes Framework: {scenario} against {reference}",
        scenario=comparison.titles[name], reference=comparison.titles[comparison.names[0]],
    )  # fmt: skip
    columns = (_("Heading"), _("Measure"), _("Finding"), _("Reference"), _("Median difference"))
    return [Table("outcomes", caption, columns, tuple(rows), numbers=3)]


_CHARACTERISTICS = {
    "age": N_("Age"), "sex": N_("Sex"), "disability": N_("Disability"), "Welsh language": N_("Welsh language"),
    "rural": N_("Rural and urban"), "deprivation": N_("Socio-economic duty: deprivation"),
}  # fmt: skip
_A_PERSON = Shown(
    1.0, 2, N_("hours a week and person"), N_("hours a week and person"), N_("{size} hours a week and person")
)
_REMARK = N_(
    "Median difference, and in how many futures. More unpaid help given is neither better nor worse in itself. Disability is "
    "need for help, whose wellbeing and giving are not counted apart. Nothing that people do depends on the language they speak: "
    "what stands under Welsh language is said of places where many speak it. Pregnancy, race, religion, sexual orientation, "
    "gender reassignment and marriage: the model cannot say. A council counts as the kind "
    "of place in which most of its residents live."
)


def assessment(comparison: Comparison) -> list[Table]:
    """Return the impact assessment, one table for each scenario but the reference."""
    columns = (_("Characteristic"), _("Group"), _("Unmet need (percentage points)"), _("Wellbeing (points of 10)"),
               _("Unpaid help given (hours a week and person)"))  # fmt: skip
    found = []
    for k, name in enumerate(comparison.names[1:]):
        rows = tuple(
            (_(_CHARACTERISTICS[group.characteristic]), _capital(group.name), *(_impact(pairs.get(key), key) for key in MEASURES))
            for group, pairs in impact(comparison, name)
        )
        caption = _(
            "Impact of {scenario} against {reference}",
            scenario=comparison.titles[name], reference=comparison.titles[comparison.names[0]],
        )  # fmt: skip
        found.append(Table(f"impact-{k}", caption, columns, rows, remark=_(_REMARK), data="impact.csv"))
    return found


def _impact(found: Paired | None, key: str) -> str:
    if found is None:
        return _(CANNOT_SAY).capitalize()
    look = shown(key) if key in INDICATORS else _A_PERSON
    return f"{look.signed(found.median)}: {look.verdict(found.median, found.verdict)}"


_BY_WOMEN = N_(
    "In {place} women give {here:.2f} percent of all unpaid help under {scenario} and {before:.2f} percent under {reference}: "
    "{verdict}."
)


def burden(comparison: Comparison) -> list[str]:
    """Return, for each scenario but the reference, which share of all unpaid help women give."""
    share, reference = share_by_women(comparison), comparison.titles[comparison.names[0]]
    sentences = []
    for k, name in list(enumerate(comparison.names))[1:]:
        found = paired(share[0], share[k], None)
        sentences.append(
            _(
                _BY_WOMEN, place=place(comparison), here=found.other, scenario=comparison.titles[name], before=found.reference,
                reference=reference, verdict=found.verdict,
            )
        )
    return sentences
