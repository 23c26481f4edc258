"""What a page says in one language, and the figures that it shows: a page has one such half, or two."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from copro_sim import __version__
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.why import Why
from copro_sim.language import CODES, LANGUAGES, N_, _, speaking, spoken
from copro_sim.population.places import chosen, residents, split
from copro_sim.report.easy_read import easy_read
from copro_sim.report.html import render
from copro_sim.report.methods import methods
from copro_sim.report.opening import at_a_glance, opening
from copro_sim.report.quote import quote
from copro_sim.report.sections import Section
from copro_sim.report.style import Drawing, address
from copro_sim.report.words import DRAFT, futures_of, period
from copro_sim.report.words import place as place_of
from copro_sim.results.export import Writer, containing, save
from copro_sim.results.provenance import LICENCE

LIMITS = (
    N_(
        "Levels are fitted to what Wales counted, within tolerances, and some are missed: the model knows about half of the "
        "hours of unpaid care that the Census does, because far fewer people give 35 hours a week or more, although more give "
        "fewer hours. Quote differences and how sure they are, not levels."
    ),
    N_(
        "People are born, move and die as in 2013 to 2021 and in the official projections of mortality; fertility and migration "
        "after 2021 stay as they were."
    ),
    N_(
        "There is no controlled estimate of what co-production does to need or cost. Its strengths, and those of the harms of "
        "conventional service, are ranges, most of which begin at zero; futures are drawn from these ranges."
    ),
    N_(
        "What practitioners, councils, providers, the Senedd and the alliance do to one another follows assumptions that nobody "
        "has measured, but for the speed at which products spread (Bass). Care homes and hospitals are counted, not rationed, "
        "and discharge hardly answers to what councils do: make no claim about delayed discharge."
    ),
    N_(
        "Clear means at least 90 percent of the futures (and at least ten), tends means at least 75. That is a share of the "
        "futures tried, not a probability. Very little means less than 1 percentage point of need, 0.1 points of wellbeing, or 1 "
        "percent of the hours or the money that there were."
    ),
)
"""What a reader should know before any number."""

BELIEVED = {
    "sceptic": N_(
        "What follows believes what a sceptic would: strengths of co-production near the bottom of their ranges, its harms near "
        "the top."
    ),
    "evidence-only": N_("What follows believes only effects whose sign some study has seen; all others are zero."),
    "advocate": N_(
        "What follows believes what an advocate would: strengths of co-production near the top of their ranges, its harms near "
        "the bottom."
    ),
}
"""What each stance means for the figures of a page."""

_OF_ONE_PLACE = N_(
    "This page is of {place}, where {count:,} of the simulated citizens live: its numbers are rougher than those of Wales. For "
    "more certainty run it with more --citizens."
)


class Told(NamedTuple):
    """What a page is of: the comparison of its place, the same over Wales, the first under every stance, and the languages."""

    here: Comparison
    wales: Comparison
    every: Sequence[Comparison]
    languages: tuple[str, ...]
    why: Why | None = None


def half(of: Told, parts: Sequence[Section], folder: Path) -> str:
    """Write the figures of a page into a folder, and return the HTML of its body in the language spoken.

    Figures of a language other than English have a folder of their own in `folder`/figures.
    """
    here, wales = of.here, of.wales
    called = place_of(here)
    at = "figures" if spoken() == "en" else f"figures/{spoken()}"
    save(folder / at, _files([drawing for section in parts for drawing in section.drawings]), here.about())
    return render(
        "half.html.j2",
        title=heading(here),
        place=called,
        period=period(here),
        comparison=here,
        futures=futures_of(here),
        version=__version__,
        quote=quote(here, wales, of.every, of.why),
        easy=easy_read(here, wales, of.every),
        opening=opening(here, wales, of.every),
        glance=at_a_glance(here, wales),
        believed=_(BELIEVED[here.stance]),
        limits=_limits(here, wales),
        parts=[section._asdict() | {"figures": [_figure(drawing) for drawing in section.drawings]} for section in parts],
        at=at,
        differences="differences.csv" if here is wales else "differences_of_the_place.csv",
        scenarios=_scenarios(here),
        methods=methods(here),
        command=_command(of, called if here is not wales else ""),
        parameters=parameters_page(),
        alone=len(of.languages) == 1,
        mark="" if spoken() == of.languages[0] else f"{spoken()}-",
        others=[(code, CODES[code], LANGUAGES[code]) for code in of.languages if code != spoken()],
        draft=_draft(of.languages),
        licence=_(LICENCE),
    )


def parameters_page() -> str:
    """Return the name of the page of parameters in the language spoken."""
    return "parameters.html" if spoken() == "en" else f"parameters.{spoken()}.html"


def heading(here: Comparison) -> str:
    """Return what the page is called: the others against the reference."""
    reference, *others = (here.titles[name] for name in here.names)
    return _("{scenario} against {reference}", scenario=", ".join(others), reference=reference) if others else reference


def _draft(languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what is said of the Welsh, each with its language: in Welsh and in English where the page has both."""
    if languages == ("en",):
        return []
    found = []
    for language in ("cy", "en") if languages == ("cy",) else (spoken(),):
        with speaking(language):
            found.append((CODES[language], _(DRAFT)))
    return found


def _limits(here: Comparison, wales: Comparison) -> list[str]:
    of_one_place = [] if here is wales else [_(_OF_ONE_PLACE, place=place_of(here), count=_simulated(here))]
    return of_one_place + [_(limit) for limit in LIMITS]


def _scenarios(here: Comparison) -> list[dict[str, str]]:
    """Return what the template shows of each scenario."""
    lines = [" ".join(scenario.question.split()) for scenario in here.scenarios]
    return [
        {"name": name, "title": here.titles[name], "question": _(line), "hash": scenario.content_hash}
        for name, line, scenario in zip(here.names, lines, here.scenarios, strict=True)
    ]


def _simulated(here: Comparison) -> int:
    """Return how many simulated citizens live in a place at the start."""
    population = here.scenarios[0].population
    people = residents()[chosen(population.councils)].sum(axis=(1, 2))
    by_council = dict(zip(population.councils, split(population.citizens, people), strict=True))
    return int(sum(by_council[name] for name in here.authorities))


def _command(of: Told, place: str) -> str:
    """Return the command that makes the page again."""
    here = of.here
    where = f" --place {shlex.quote(place)}" if place else ""
    language = "" if of.languages == ("en",) else f" --lang {'both' if len(of.languages) > 1 else of.languages[0]}"
    return (
        f"copro-sim compare {shlex.join(here.names)} --futures {here.futures} --seed {here.seed} --years {here.years} "
        f"--citizens {here.scenarios[0].population.citizens} --stance {'all' if len(of.every) > 1 else here.stance}"
        f"{where}{language}"
    )


def _files(drawings: Sequence[Drawing]) -> dict[str, Writer]:
    """Return what writes each figure as SVG, PNG and CSV, by the name of the file."""
    files: dict[str, Writer] = {}
    for drawing in drawings:
        text = drawing.table.to_csv(index=False, lineterminator="\n")
        for suffix, content in (("svg", drawing.svg()), ("png", drawing.png()), ("csv", text.encode())):
            files[f"{drawing.name}.{suffix}"] = containing(content)
    return files


def _figure(drawing: Drawing) -> dict[str, Any]:
    """Return what the template shows of a figure."""
    columns = [str(column) for column in drawing.table.columns]
    return {
        "name": drawing.name,
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "alt": drawing.alt,
        "image": address(drawing.body()),
        "columns": columns,
        "rows": [
            [_cell(value, english=column in drawing.english) for column, value in zip(columns, row, strict=True)]
            for row in drawing.table.itertuples(index=False)
        ],
    }


def _cell(value: Any, *, english: bool) -> str:
    """Return a value as text; what stays English says so on a page that is not."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"
    if english and spoken() != "en":
        return Markup('<span lang="en-GB">{}</span>').format(value)
    return str(value)
