"""Tables of the page, in words: paired differences, money crossed with practice, outcomes, impact, the burden of care."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from copro_sim.comparison.comparison import KEY, Comparison
from copro_sim.comparison.headlines import EFFECTS, Shown, shown
from copro_sim.comparison.impact import CANNOT_SAY, MEASURES, impact, share_by_women
from copro_sim.comparison.paired import Paired, paired
from copro_sim.report.words import focus
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
    columns = ("Measure", "Finding", "Reference", "Here", "Median difference", "50% of futures", "90% of futures",
               "From assumptions")  # fmt: skip
    table, reference = comparison.table(KEY), comparison.titles[comparison.names[0]]
    return [
        Table(f"differences-{k}", f"{comparison.titles[str(name)]} against {reference}", columns,
              tuple(_difference(row) for row in part.to_dict("records")), numbers=2)
        for k, (name, part) in enumerate(table.groupby("scenario", sort=False))
    ]  # fmt: skip


def _difference(row: Mapping[Any, Any]) -> tuple[str, ...]:
    look, known = shown(row["indicator"]), row["parameter_share"]
    return (
        f"{_capital(str(row['title']))} ({look.words})", str(row["verdict"]), look.number(row["reference_mean"]),
        look.number(row["scenario_mean"]), look.signed(row["median"]), _span(look, row["low_50"], row["high_50"]),
        _span(look, row["low_90"], row["high_90"]), "not known" if pd.isna(known) else f"{100 * known:.0f}%",
    )  # fmt: skip


def _span(look: Shown, low: float, high: float) -> str:
    return f"{look.signed(low)} to {look.signed(high)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def cross(comparison: Comparison) -> list[Table]:
    """Return the table of money and practice; nothing without the four scenarios."""
    if not comparison.crosses:
        return []
    rows = []
    for row in comparison.money_by_practice().to_dict("records"):
        look = shown(str(row["indicator"]))
        rows.append((f"{_capital(str(row['title']))} ({look.change})", EFFECTS[str(row["effect"])], str(row["verdict"]),
                     look.signed(row["median"]), _span(look, row["low_90"], row["high_90"])))  # fmt: skip
    caption = "Money and practice, and what they do only together"
    columns = ("Measure", "Effect of", "Finding", "Median", "90% of futures")
    return [Table("cross", caption, columns, tuple(rows), numbers=3, data="money_by_practice.csv")]


def outcomes(comparison: Comparison) -> list[Table]:
    """Return the eight headings of the National Outcomes Framework, for the scenario that titles speak of."""
    if len(comparison.names) < 2:
        return []
    name, rows = focus(comparison), []
    for heading, keys in OUTCOMES.items():
        for key in keys:
            found, look = comparison.paired(name, key), shown(key)
            measure = f"{_capital(INDICATORS[key].title)} ({look.words})"
            rows.append((heading, measure, found.verdict, look.number(found.reference), look.signed(found.median)))
        if not keys:
            rows.append((heading, NOT_MODELLED, "", "", ""))
    caption = f"The National Outcomes Framework: {comparison.titles[name]} against {comparison.titles[comparison.names[0]]}"
    columns = ("Heading", "Measure", "Finding", "Reference", "Median difference")
    return [Table("outcomes", caption, columns, tuple(rows), numbers=3)]


_CHARACTERISTICS = {
    "age": "Age", "sex": "Sex", "disability": "Disability", "Welsh language": "Welsh language", "rural": "Rural and urban",
    "deprivation": "Socio-economic duty: deprivation",
}  # fmt: skip
_A_PERSON = Shown(1.0, 2, "hours a week and person", "hours a week and person")
_REMARK = (
    "Median difference, and in how many futures. More unpaid help given is neither better nor worse in itself. Disability is "
    "need for help, whose wellbeing and giving are not counted apart. Nothing that people do depends on the language they speak: "
    "what stands under Welsh language is said of places where many speak it. Pregnancy, race, religion, sexual orientation, "
    "gender reassignment and marriage: the model cannot say. A council counts as the kind "
    "of place in which most of its residents live."
)


def assessment(comparison: Comparison) -> list[Table]:
    """Return the impact assessment, one table for each scenario but the reference."""
    columns = ("Characteristic", "Group", "Unmet need (percentage points)", "Wellbeing (points of 10)",
               "Unpaid help given (hours a week and person)")  # fmt: skip
    found = []
    for k, name in enumerate(comparison.names[1:]):
        rows = tuple(
            (_CHARACTERISTICS[group.characteristic], _capital(group.name), *(_impact(pairs.get(key), key) for key in MEASURES))
            for group, pairs in impact(comparison, name)
        )
        caption = f"Impact of {comparison.titles[name]} against {comparison.titles[comparison.names[0]]}"
        found.append(Table(f"impact-{k}", caption, columns, rows, remark=_REMARK, data="impact.csv"))
    return found


def _impact(found: Paired | None, key: str) -> str:
    if found is None:
        return CANNOT_SAY.capitalize()
    look = shown(key) if key in INDICATORS else _A_PERSON
    return f"{look.signed(found.median)}: {found.verdict}"


_BY_WOMEN = (
    "Women give {here:.2f} percent of all unpaid help under {scenario} and {before:.2f} percent under {reference}: {verdict}."
)


def burden(comparison: Comparison) -> list[str]:
    """Return, for each scenario but the reference, which share of all unpaid help women give."""
    share, reference = share_by_women(comparison), comparison.titles[comparison.names[0]]
    sentences = []
    for k, name in list(enumerate(comparison.names))[1:]:
        found = paired(share[0], share[k], None)
        sentences.append(
            _BY_WOMEN.format(
                here=found.other, scenario=comparison.titles[name], before=found.reference, reference=reference,
                verdict=found.verdict,
            )
        )
    return sentences
