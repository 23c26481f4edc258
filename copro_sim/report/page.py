"""The page: one HTML file with everything in it, no script and no network, and the figures and data beside it."""

import base64
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import matplotlib as mpl
import pandas as pd

from copro_sim import __version__
from copro_sim.comparison.by_stance import in_order, stance_sentences
from copro_sim.comparison.comparison import KEY, Comparison
from copro_sim.comparison.headlines import EFFECTS, cross_sentence, shown, told
from copro_sim.report.figures import available, draw
from copro_sim.report.parameters import parameter_facts, parameter_table
from copro_sim.report.stances import stances
from copro_sim.report.style import SETTINGS, Drawing
from copro_sim.report.words import period, place
from copro_sim.results.export import whole, write_text
from copro_sim.results.indicators import INDICATORS

LIMITS = (
    "Levels are fitted to what Wales counted, within tolerances, and some are missed: the model knows far less unpaid care than "
    "the Census, most of all by people who give 50 hours a week or more. Quote differences and how sure they are, not levels.",
    "People are born, move and die as in 2013 to 2021 and in the official projections of mortality; fertility and migration "
    "after 2021 stay as they were.",
    "There is no controlled estimate of what co-production does to need or cost. Its strengths, and those of the harms "
    "of conventional service, are ranges, most of which begin at zero; futures are drawn from these ranges.",
    "What practitioners, councils, providers, the Senedd and the alliance do to one another follows assumptions that nobody has "
    "measured, but for the speed at which products spread (Bass). Care homes and hospitals are counted, not "
    "rationed, and discharge hardly answers to what councils do: make no claim about delayed discharge.",
    "Clear means at least 90 percent of the futures (and at least ten), tends means at least 60. That is a share of "
    "the futures tried, not a probability. Very little means less than 1 percentage point of need or 0.1 points of "
    "wellbeing.",
)
"""What a reader should know before any number."""


BELIEVED = {
    "sceptic": "What follows believes what a sceptic would: strengths of co-production near the bottom of their ranges, its "
    "harms near the top.",
    "evidence-only": "What follows believes only effects whose sign some study has seen; all others are zero.",
    "advocate": "What follows believes what an advocate would: strengths of co-production near the top of their ranges, its "
    "harms near the bottom.",
}
"""What each stance means for the figures of a page."""


def report(comparison: Comparison, directory: str | Path, *, others: Sequence[Comparison] = ()) -> Path:
    """Write the page, its figures and its data, and return the path of the page.

    Parameters
    ----------
    comparison
        From `compare`.
    directory
        Made if it is not there. It receives `index.html`, `parameters.html`, and folders `figures` (SVG, PNG and CSV of each) and
        `data`.
        Every file is written whole or not at all, the page last.
    others
        The same scenarios compared under other stances: how the findings fare under each is then said first.

    Raises
    ------
    ValueError
        If `others` compare other scenarios, or two comparisons have the same stance.
    """
    every = in_order([comparison, *others])
    folder = Path(directory)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    comparison.save(folder / "data")
    figures = []
    for name in available(comparison):
        drawing = draw(comparison, name)
        figures.append(_figure(drawing, _save(drawing, folder / "figures")))
    if others and len(comparison.names) > 1:
        with mpl.rc_context(SETTINGS):
            drawing = stances(every)
        figures.insert(0, _figure(drawing, _save(drawing, folder / "figures")))
    with whole(folder / "data" / "parameters.csv") as temporary:
        parameter_table(comparison).to_csv(temporary, index=False, lineterminator="\n")
    write_text(folder / "parameters.html", _environment().get_template("parameters.html.j2").render(parameter_facts(comparison)))
    page = folder / "index.html"
    write_text(page, _html(comparison, every, figures))
    return page


def _save(drawing: Drawing, folder: Path) -> bytes:
    """Write a figure as SVG, PNG and CSV, and return its SVG."""
    svg = drawing.svg()
    text = drawing.table.to_csv(index=False, lineterminator="\n")
    for suffix, content in (("svg", svg), ("png", drawing.png()), ("csv", text.encode())):
        with whole(folder / f"{drawing.name}.{suffix}") as temporary:
            temporary.write_bytes(content)
    return svg


def _figure(drawing: Drawing, svg: bytes) -> dict[str, Any]:
    """Return what the template shows of a figure."""
    return {
        "name": drawing.name,
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "alt": drawing.alt,
        "image": base64.b64encode(drawing.body(svg)).decode(),
        "columns": list(drawing.table.columns),
        "rows": [[_cell(value) for value in row] for row in drawing.table.itertuples(index=False)],
    }


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"
    return str(value)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("copro_sim.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _html(comparison: Comparison, every: Sequence[Comparison], figures: list[dict[str, Any]]) -> str:
    return _environment().get_template("page.html.j2").render(
        title=_heading([comparison.titles[name] for name in comparison.names]),
        place=place(comparison),
        period=period(comparison),
        comparison=comparison,
        version=__version__,
        headlines=[(comparison.titles[name], told(comparison, name)) for name in comparison.names[1:]],
        by_stance=[line for key in ("unmet_share", "wellbeing") for line in stance_sentences(every, key)],
        believed=BELIEVED[comparison.stance],
        together=cross_sentence(comparison) if comparison.crosses else "",
        limits=LIMITS,
        figures=figures,
        table=_differences(comparison),
        cross=_cross(comparison),
        scenarios=[
            {"name": name, "title": comparison.titles[name], "question": " ".join(scenario.question.split()),
             "hash": scenario.content_hash}
            for name, scenario in zip(comparison.names, comparison.scenarios, strict=True)
        ],
        command=f"copro-sim compare {shlex.join(comparison.names)} --futures {comparison.futures} "
        f"--seed {comparison.seed} --years {comparison.years} "
        f"--citizens {comparison.scenarios[0].population.citizens} --stance {'all' if len(every) > 1 else comparison.stance}",
    )  # fmt: skip


def _heading(titles: list[str]) -> str:
    """Return what the page is called: the others against the reference."""
    return f"{', '.join(titles[1:])} against {titles[0]}" if len(titles) > 1 else titles[0]


def _differences(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the paired differences, in words, by scenario."""
    found = []
    table = comparison.table(KEY)
    for name, part in table.groupby("scenario", sort=False):
        rows = [_difference(row) for row in part.to_dict("records")]
        found.append({"title": comparison.titles[str(name)], "rows": rows})
    return found


def _difference(row: Mapping[Any, Any]) -> dict[str, str]:
    look = shown(row["indicator"])
    luck = row["parameter_share"]
    return {
        "measure": str(row["title"]),
        "unit": look.words,
        "meaning": INDICATORS[row["indicator"]].meaning,
        "reference": look.number(row["reference_mean"]),
        "scenario": look.number(row["scenario_mean"]),
        "difference": look.signed(row["difference"]),
        "half": f"{look.signed(row['low_50'])} to {look.signed(row['high_50'])}",
        "ninety": f"{look.signed(row['low_90'])} to {look.signed(row['high_90'])}",
        "verdict": str(row["verdict"]),
        "assumptions": "not known" if pd.isna(luck) else f"{100 * luck:.0f}%",
    }


def _cross(comparison: Comparison) -> list[dict[str, str]]:
    """Return the table of money and practice in words; empty without the four scenarios."""
    if not comparison.crosses:
        return []
    rows = comparison.money_by_practice().to_dict("records")
    return [
        {
            "measure": str(row["title"]),
            "unit": shown(str(row["indicator"])).change,
            "effect": EFFECTS[str(row["effect"])],
            "difference": shown(str(row["indicator"])).signed(row["difference"]),
            "ninety": " to ".join(shown(str(row["indicator"])).signed(row[end]) for end in ("low_90", "high_90")),
            "verdict": str(row["verdict"]),
        }
        for row in rows
    ]
