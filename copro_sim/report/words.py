"""What all figures have in common: place, period, source, and titles that are findings."""

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import finding, shown, subject
from copro_sim.comparison.paired import interval
from copro_sim.comparison.places import places
from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR, month_label
from copro_sim.language import N_, _, ngettext, spoken
from copro_sim.report.style import Drawing, Sheet
from copro_sim.results.provenance import LICENCE

Array = np.ndarray[Any, Any]


def place(comparison: Comparison) -> str:
    """Return where a comparison plays: Wales, a region, or its councils."""
    names = comparison.authorities
    known = {frozenset(one.councils): (one.name_cy if spoken() == "cy" else one.name) for one in places()}
    if frozenset(names) in known:
        return known[frozenset(names)]
    few = ", ".join(known[frozenset([name])] for name in names)
    return few if len(names) <= 3 else _("{count} councils of Wales", count=len(names))


def period(comparison: Comparison) -> str:
    """Return the months of a comparison in words."""
    last = month_label(comparison.years * MONTHS_PER_YEAR - 1)[:4]
    return _("April {first} to March {last}", first=START_YEAR, last=last)


def footer(comparison: Comparison) -> str:
    """Return where the numbers of a figure come from."""
    hashes = "; ".join(
        f"{name} {scenario.content_hash[:10]}"
        for name, scenario in zip(comparison.names, comparison.scenarios, strict=True)
    )
    return _(
        "Source: copro_sim {version}, a simulation. Seed {seed}, {futures}. Scenarios: {hashes}. {licence}",
        version=__version__, seed=comparison.seed, futures=futures_of(comparison), hashes=hashes, licence=_(LICENCE),
    )  # fmt: skip


def futures_of(comparison: Comparison) -> str:
    return ngettext("{n} future", "{n} futures", comparison.futures)


def subtitle_of(comparison: Comparison, measure: str) -> str:
    return f"{measure}. {place(comparison)}, {period(comparison)}"


def focus(comparison: Comparison) -> str:
    """Return the scenario that titles speak of: the first that is not the reference."""
    return comparison.names[1] if len(comparison.names) > 1 else comparison.names[0]


def title_of(comparison: Comparison, indicator: str) -> str:
    """Return the finding on an indicator; of a single scenario, only its level."""
    if len(comparison.names) > 1:
        return finding(comparison, focus(comparison), indicator)
    low, high = interval(comparison.whole_run(indicator)[0], 0.9)
    look, text = shown(indicator), subject(indicator)
    return _(
        "{what} is from {low} to {high} {unit} under {scenario} in 90 percent of futures", what=text[0].upper() + text[1:],
        low=look.number(low), high=look.number(high), unit=look.words, scenario=comparison.titles[comparison.names[0]],
    )  # fmt: skip


def years_of(comparison: Comparison) -> Array:
    return np.asarray(comparison.data["year"].values)


DRAFT = N_("The Welsh of this page is a draft that still awaits a native reader.")
"""What a page with Welsh on it says of it, in both languages."""

HOURS = {
    1e9: N_("billion hours a week"), 1e6: N_("million hours a week"), 1e3: N_("thousand hours a week"), 1.0: N_("hours a week")
}  # fmt: skip
POUNDS = {1e9: N_("billion pounds"), 1e6: N_("million pounds"), 1e3: N_("thousand pounds"), 1.0: N_("pounds")}
"""Units by how many of what is counted make one of them, the largest first."""


def scale(highest: float, units: Mapping[float, str]) -> tuple[float, str]:
    """Return what to divide by, and the unit that it makes, so that numbers are short."""
    size = next((size for size in units if highest >= 2 * size), 1.0)
    return size, _(units[size])


def drawing(name: str, title: str, subtitle: str, alt: str, table: pd.DataFrame, made: Sheet) -> Drawing:
    return Drawing(name, title, subtitle, alt, table, made.figure, made.header, made.footer)


def grid(count: int, columns: int) -> tuple[int, int]:
    columns = min(columns, count)
    return -(-count // columns), columns


def by_scenario_year(comparison: Comparison, columns: dict[str, Array]) -> pd.DataFrame:
    """Return a table with one row for each scenario and year from arrays [scenario, year]."""
    titles = [comparison.titles[name] for name in comparison.names]
    index = pd.MultiIndex.from_product([titles, years_of(comparison)], names=[_("Scenario"), _("Year from April")])
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index).reset_index()


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=2, placeholder="…") or [""]
