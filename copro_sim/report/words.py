"""What all figures have in common: place, period, source, and titles that are findings."""

import textwrap
from typing import Any

import numpy as np
import pandas as pd

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.headlines import finding, shown, subject
from copro_sim.comparison.paired import interval
from copro_sim.comparison.places import places
from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR, month_label
from copro_sim.report.style import Drawing, Sheet
from copro_sim.results.provenance import LICENCE

Array = np.ndarray[Any, Any]


def place(comparison: Comparison) -> str:
    """Return where a comparison plays: Wales, a region, or its councils."""
    names = comparison.authorities
    known = {frozenset(one.councils): one.name for one in places()}
    if frozenset(names) in known:
        return known[frozenset(names)]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} councils of Wales"


def period(comparison: Comparison) -> str:
    """Return the months of a comparison in words."""
    return f"April {START_YEAR} to March {month_label(comparison.years * MONTHS_PER_YEAR - 1)[:4]}"


def footer(comparison: Comparison) -> str:
    """Return where the numbers of a figure come from."""
    hashes = "; ".join(
        f"{name} {scenario.content_hash[:10]}"
        for name, scenario in zip(comparison.names, comparison.scenarios, strict=True)
    )
    return (
        f"Source: copro_sim {__version__}, a simulation. Seed {comparison.seed}, "
        f"{futures_of(comparison)}. Scenarios: {hashes}. {LICENCE}"
    )


def futures_of(comparison: Comparison) -> str:
    return f"{comparison.futures} future{'s' if comparison.futures > 1 else ''}"


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
    about = f"from {look.number(low)} to {look.number(high)} {look.words}"
    title = comparison.titles[comparison.names[0]]
    return f"{text[0].upper()}{text[1:]} is {about} under {title} in 90 percent of futures"


def years_of(comparison: Comparison) -> Array:
    return np.asarray(comparison.data["year"].values)


def scale(highest: float) -> tuple[float, str]:
    """Return what to divide by, and its word, so that numbers are short."""
    for size, word in ((1e9, "billion "), (1e6, "million "), (1e3, "thousand ")):
        if highest >= 2 * size:
            return size, word
    return 1.0, ""


def drawing(name: str, title: str, subtitle: str, alt: str, table: pd.DataFrame, made: Sheet) -> Drawing:
    return Drawing(name, title, subtitle, alt, table, made.figure, made.header, made.footer)


def grid(count: int, columns: int) -> tuple[int, int]:
    columns = min(columns, count)
    return -(-count // columns), columns


def by_scenario_year(comparison: Comparison, columns: dict[str, Array]) -> pd.DataFrame:
    """Return a table with one row for each scenario and year from arrays [scenario, year]."""
    titles = [comparison.titles[name] for name in comparison.names]
    index = pd.MultiIndex.from_product([titles, years_of(comparison)], names=["Scenario", "Year from April"])
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index).reset_index()


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=2, placeholder="…") or [""]
