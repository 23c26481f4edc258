"""The page of parameters: every one with value, range, source and grade, and how far a comparison's answer goes with it."""

from collections import Counter
from typing import Any

import pandas as pd

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.dependence import FEWEST_DRAWS, dependence
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.core.params import Record, records
from copro_sim.language import CODES, N_, _, spoken
from copro_sim.population.build import Params as PopulationParams
from copro_sim.report.words import DRAFT, focus, futures_of
from copro_sim.results.provenance import LICENCE
from copro_sim.scenario.problems import number
from copro_sim.scenario.schema import setting_records

HANGS_ON = ("unmet_share", "wellbeing")
"""Indicators whose differences are set beside the parameters."""

_SAID = (N_("seen"), N_("derived"), N_("assumption"), N_("co-production"), N_("investment"), N_("conventional harm"))
"""Grades and roles of records, for the catalogue."""


def parameter_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Return what the page says of each parameter, of scenarios first, then of the population at the start."""
    name = focus(comparison)
    rho = {key: _correlations(comparison, name, key) for key in HANGS_ON}
    return [
        _row(key, record) | {"elsewhere": _elsewhere(comparison, key, record)} | {one: rho[one].get(key) for one in HANGS_ON}
        for key, (_table, record) in setting_records().items()
    ] + [
        _row(_("population at the start: {key}", key=key), record) | {"elsewhere": [], "likely": ""} | dict.fromkeys(HANGS_ON)
        for key, (_table, record) in records(PopulationParams).items()
    ]


def parameter_facts(comparison: Comparison) -> dict[str, Any]:
    """Return what the template `parameters.html.j2` speaks of."""
    rows, found = parameter_rows(comparison), dependence(comparison)
    of = found[found["scenario"] == focus(comparison)]
    title, reference = comparison.titles[focus(comparison)], comparison.titles[comparison.names[0]]
    against = _("{scenario} against {reference}", scenario=title, reference=reference)
    return {
        "title": against if len(comparison.names) > 1 else title,
        "lang": CODES[spoken()],
        "draft": "" if spoken() == "en" else _(DRAFT),
        "licence": _(LICENCE),
        "rows": rows,
        "grades": dict(Counter(row["grade"] for row in rows).most_common()),
        "least": float(of["beyond_chance"].iloc[0]) if len(of) else None,
        "fewest": FEWEST_DRAWS * SEEDS_PER_DRAW,
        "draws": int(of["draws"].iloc[0]) if len(of) else 0,
        "version": __version__,
        "futures": futures_of(comparison),
        "seed": comparison.seed,
    }


def parameter_table(comparison: Comparison) -> pd.DataFrame:
    """Return the rows as a table."""
    return pd.DataFrame(parameter_rows(comparison)).assign(elsewhere=lambda t: t["elsewhere"].str.join("; "))


def _correlations(comparison: Comparison, name: str, indicator: str) -> dict[str, float]:
    found = dependence(comparison, indicator)
    of = found[found["scenario"] == name]
    return {str(key): float(rho) for key, rho in zip(of["setting"], of["correlation"], strict=True)}


def _row(key: str, record: Record) -> dict[str, Any]:
    span = _("{low} to {high}", low=_said(record.low), high=_said(record.high))
    between = _(" or ").join(map(str, record.options)) if record.options else span
    likely = _("{low} to {high}", low=number(record.likely[0]), high=number(record.likely[1])) if record.likely else ""
    return {
        "parameter": key, "value": _said(record.value), "range": between, "unit": record.unit, "meaning": record.meaning,
        "likely": likely, "source": record.source, "grade": _(record.grade), "role": _(record.role),
    }  # fmt: skip


def _elsewhere(comparison: Comparison, key: str, record: Record) -> list[str]:
    """Return in words which scenarios set something otherwise."""
    table, _dot, name = key.partition(".")
    values = [getattr(getattr(scenario, table), name) for scenario in comparison.scenarios]
    return [
        _("{value} in {scenario}", value=_said(value), scenario=comparison.titles[scenario])
        for scenario, value in zip(comparison.names, values, strict=True)
        if value != record.value
    ]


def _said(value: Any) -> str:
    return number(value) if isinstance(value, int | float) else str(value)
