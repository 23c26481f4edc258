"""The page: one HTML file with everything in it, no script and no network, and the figures and data beside it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from copro_sim.comparison.by_stance import in_order
from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.essence import NAMES
from copro_sim.comparison.impact import impact_table
from copro_sim.comparison.places import at, find_place, problems_of
from copro_sim.comparison.story import Story
from copro_sim.comparison.why import Why
from copro_sim.language import CODES, SPOKEN, speaking
from copro_sim.report.further import further_parts
from copro_sim.report.half import Told, half, heading, parameters_page
from copro_sim.report.html import render
from copro_sim.report.methods import methods
from copro_sim.report.parameters import parameter_facts, parameter_table
from copro_sim.report.sections import Section, sections
from copro_sim.report.words import period
from copro_sim.report.words import place as place_of
from copro_sim.results.export import add, containing, write_text
from copro_sim.scenario.arguments import no_choice, others_wrong, refuse
from copro_sim.scenario.problems import Problem

More = Sequence[Section] | Callable[[], Sequence[Section]]


def report(
    comparison: Comparison,
    directory: str | Path,
    *,
    others: Sequence[Comparison] = (),
    place: str = "Wales",
    more: More = (),
    story: Story | None = None,
    why: Why | None = None,
    lang: str = "en",
) -> Path:
    """Write the page, its figures and its data, and return the path of the page.

    Parameters
    ----------
    comparison
        From `compare`.
    directory
        Made if it is not there. It receives `index.html`, `parameters.html`, `methods.txt`, and folders `figures` (SVG, PNG
        and CSV of each) and `data`, each with a provenance that lists its files; what is in Welsh goes to
        `parameters.cy.html` and `figures/cy`. Data are the same, and in English, for all.
        Every file is written whole or not at all, the page last.
    others
        The same scenarios compared under other stances: how the findings fare under each is then said, too.
    place
        English or Welsh name of a council or region that the page is to be about, with Wales beside it where that helps.
    more
        Further parts of the page (`sections.py`), or what makes them: called while each language is spoken.
    story, why
        Of the same comparison: two futures of one citizen (`cs.story`), and what further runs say of why and of what would
        have to be true (`cs.why`). Without one of them the page says how to have it.
    lang
        "en", "cy", or "both": one after the other on one page, the same content.

    Raises
    ------
    ValueError
        If `others` compare other scenarios, or two comparisons have the same stance.
    ScenarioError
        If an argument is not what it must be, there is no such place, or it was not simulated.
    """
    refuse(_wrong(comparison, others, directory, place, story, why, lang))
    in_order([comparison, *others])
    here, *elsewhere = (at(one, find_place(place)) for one in (comparison, *others))
    of = Told(here, comparison, in_order([here, *elsewhere]), SPOKEN[lang], why)
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    with speaking("en"):
        comparison.save(folder / "data")
        _write_tables(here, comparison, folder / "data")
        write_text(folder / "methods.txt", f"{methods(here)}\n")
        if story is not None:
            story.save(folder / "data" / "story")
    titles, halves = [], []
    for language in of.languages:
        with speaking(language):
            titles.append(f"{heading(here)}: {place_of(here)}, {period(here)}")
            further = [*further_parts(comparison, story, why), *(more() if callable(more) else more)]
            parts = sections(here, comparison, of.every, further)
            halves.append((language, CODES[language], Markup(half(of, parts, folder))))
            write_text(folder / parameters_page(), render("parameters.html.j2", **parameter_facts(comparison)))
    page = folder / "index.html"
    write_text(page, render("page.html.j2", title=" / ".join(titles), halves=halves))
    return page


def _wrong(
    comparison: Any, others: Any, directory: Any, place: Any, story: Any, why: Any, lang: Any
) -> Iterator[Problem]:  # fmt: skip
    """Yield what is wrong with what a page is to be made of."""
    for name, one, kind, makes in (
        ("comparison", comparison, Comparison, "compare"),
        *(("others", other, Comparison, "compare") for other in others),
        ("story", story, Story | None, "story"),
        ("why", why, Why | None, "why"),
    ):
        if not isinstance(one, kind):
            yield Problem(key=name, value=one, message=f"must come from cs.{makes}")
    yield from others_wrong(directory=directory)
    if isinstance(directory, str | Path) and Path(directory).exists() and not Path(directory).is_dir():
        yield Problem(key="directory", value=str(directory), message="is a file: name a folder, or one that is to be made")
    yield from no_choice("lang", lang, SPOKEN)
    if not isinstance(place, str):
        yield Problem(key="place", value=place, message="must be the name of a council or region")
    elif isinstance(comparison, Comparison):
        yield from problems_of(place, comparison.authorities)


def _write_tables(here: Comparison, wales: Comparison, folder: Path) -> None:
    """Write what the tables of the page show, beside what the comparison itself saves."""
    tables = {"parameters.csv": parameter_table(wales)}
    if len(wales.names) > 1:
        tables["impact.csv"] = impact_table(wales)
    if here is not wales:
        tables["differences_of_the_place.csv"] = here.table(NAMES)
    add(folder, {name: containing(table.to_csv(index=False, lineterminator="\n").encode()) for name, table in tables.items()})
