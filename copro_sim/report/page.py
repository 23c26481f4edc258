"""The page: one HTML file with everything in it, no script and no network, and the figures and data beside it."""

import base64
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from copro_sim import __version__
from copro_sim.comparison.by_stance import in_order
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.essence import NAMES
from copro_sim.comparison.impact import impact_table
from copro_sim.comparison.places import at, find_place, problems_of
from copro_sim.population.places import chosen, residents, split
from copro_sim.report.methods import methods
from copro_sim.report.opening import at_a_glance, opening
from copro_sim.report.parameters import parameter_facts, parameter_table
from copro_sim.report.sections import Section, sections
from copro_sim.report.style import Drawing
from copro_sim.report.words import period
from copro_sim.report.words import place as place_of
from copro_sim.results.export import whole, write_text
from copro_sim.scenario.problems import ScenarioError

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


def report(
    comparison: Comparison,
    directory: str | Path,
    *,
    others: Sequence[Comparison] = (),
    place: str = "Wales",
    more: Sequence[Section] = (),
) -> Path:
    """Write the page, its figures and its data, and return the path of the page.

    Parameters
    ----------
    comparison
        From `compare`.
    directory
        Made if it is not there. It receives `index.html`, `parameters.html`, `methods.txt`, and folders `figures` (SVG, PNG
        and CSV of each) and `data`.
        Every file is written whole or not at all, the page last.
    others
        The same scenarios compared under other stances: how the findings fare under each is then said, too.
    place
        English or Welsh name of a council or region that the page is to be about, with Wales beside it where that helps.
    more
        Further parts of the page (`sections.py`).

    Raises
    ------
    ValueError
        If `others` compare other scenarios, or two comparisons have the same stance.
    ScenarioError
        If there is no such place, or it was not simulated.
    """
    in_order([comparison, *others])
    if problems := problems_of(place, comparison.authorities):
        raise ScenarioError(problems)
    here, *elsewhere = (at(one, find_place(place)) for one in (comparison, *others))
    every = in_order([here, *elsewhere])
    folder = Path(directory)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    comparison.save(folder / "data")
    _write_tables(here, comparison, folder / "data")
    parts = [_part(one, folder / "figures") for one in sections(here, comparison, every, more)]
    write_text(folder / "parameters.html", _environment().get_template("parameters.html.j2").render(parameter_facts(comparison)))
    write_text(folder / "methods.txt", f"{methods(here)}\n")
    page = folder / "index.html"
    write_text(page, _html(here, comparison, every, parts))
    return page


def _write_tables(here: Comparison, wales: Comparison, folder: Path) -> None:
    """Write what the tables of the page show, beside what the comparison itself saves."""
    tables = {"parameters.csv": parameter_table(wales)}
    if len(wales.names) > 1:
        tables["impact.csv"] = impact_table(wales)
    if here is not wales:
        tables["differences_of_the_place.csv"] = here.table(NAMES)
    for name, table in tables.items():
        with whole(folder / name) as temporary:
            table.to_csv(temporary, index=False, lineterminator="\n")


def _part(section: Section, folder: Path) -> dict[str, Any]:
    """Write a part's figures, and return what the template shows of the part."""
    return section._asdict() | {"figures": [_figure(drawing, _save(drawing, folder)) for drawing in section.drawings]}


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


def _html(here: Comparison, wales: Comparison, every: Sequence[Comparison], parts: list[dict[str, Any]]) -> str:
    called = place_of(here)
    return _environment().get_template("page.html.j2").render(
        title=_heading([here.titles[name] for name in here.names]),
        place=called,
        period=period(here),
        comparison=here,
        version=__version__,
        opening=opening(here, wales, every),
        glance=at_a_glance(here, wales),
        believed=BELIEVED[here.stance],
        limits=LIMITS if here is wales else (_OF_ONE_PLACE.format(place=called, count=_simulated(here)), *LIMITS),
        parts=parts,
        differences="differences.csv" if here is wales else "differences_of_the_place.csv",
        scenarios=[
            {"name": name, "title": here.titles[name], "question": " ".join(scenario.question.split()),
             "hash": scenario.content_hash}
            for name, scenario in zip(here.names, here.scenarios, strict=True)
        ],
        methods=methods(here),
        command=_command(here, called if here is not wales else "", len(every) > 1),
    )  # fmt: skip


_OF_ONE_PLACE = (
    "This page is of {place}, where {count:,} of the simulated citizens live: its numbers are rougher than those of "
    "Wales. For more certainty run it with more --citizens."
)


def _simulated(here: Comparison) -> int:
    """Return how many simulated citizens live in a place at the start."""
    population = here.scenarios[0].population
    people = residents()[chosen(population.councils)].sum(axis=(1, 2))
    by_council = dict(zip(population.councils, split(population.citizens, people), strict=True))
    return int(sum(by_council[name] for name in here.authorities))


def _command(comparison: Comparison, place: str, all_stances: bool) -> str:
    """Return the command that makes the page again."""
    where = f" --place {shlex.quote(place)}" if place else ""
    return (
        f"copro-sim compare {shlex.join(comparison.names)} --futures {comparison.futures} --seed {comparison.seed} "
        f"--years {comparison.years} --citizens {comparison.scenarios[0].population.citizens} "
        f"--stance {'all' if all_stances else comparison.stance}{where}"
    )


def _heading(titles: list[str]) -> str:
    """Return what the page is called: the others against the reference."""
    return f"{', '.join(titles[1:])} against {titles[0]}" if len(titles) > 1 else titles[0]
