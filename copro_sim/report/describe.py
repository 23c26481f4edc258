"""Documents that cannot drift: the ODD protocol, all parameters, TRACE notes and STRESS-ABS, made from the code itself.

What code holds (columns, processes, institutions, records, evidence, indicators, scenarios, versions) is read from where it is
stated; only what no code holds is prose, in `templates/*.md.j2`.
"""

import inspect
import re
from collections import Counter
from inspect import cleandoc
from types import ModuleType
from typing import Any, NamedTuple

import jinja2

from copro_sim import institutions, population
from copro_sim.comparison.paired import FEWEST_FOR_CLEAR, SEEDS_PER_DRAW
from copro_sim.core.draws import Stream
from copro_sim.core.params import GRADES, ROLES, Record, records
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, START_YEAR
from copro_sim.engines.simulate import RUN_IN_YEARS
from copro_sim.institutions.accounts import ACCOUNTS
from copro_sim.population.build import Params as PopulationParams
from copro_sim.processes.month import MONTH, SETTLING
from copro_sim.report.half import LIMITS
from copro_sim.report.reading import fields, fixed, inside, module
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.institutions import COUNCIL, NATION, PRACTICE
from copro_sim.results.outcomes import NOT_MODELLED, OUTCOMES
from copro_sim.results.provenance import LICENCE, versions
from copro_sim.scenario import evidence
from copro_sim.scenario.futures import shipped_draws
from copro_sim.scenario.load import load_scenario, shipped_scenarios
from copro_sim.scenario.problems import number
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.tables import TABLES, dotted
from copro_sim.state import codes, context
from copro_sim.state.columns import CITIZEN_COLUMNS, COMMUNITY_COLUMNS, MOST_BONDS, MOST_CITIZENS

DOCUMENTS = ("odd", "parameters", "trace", "stress")
"""What can be printed, each from the template of its name."""

class Table(NamedTuple):
    """The records of one table of settings."""

    name: str
    meaning: str
    records: dict[str, tuple[type, Record]]


def describe(document: str) -> str:
    """Return one of `DOCUMENTS` as Markdown: of the same sources and versions, always the same.

    Parameters
    ----------
    document
        "odd" (the ODD protocol), "parameters", "trace" (TRACE notes) or "stress" (the STRESS-ABS checklist).

    Raises
    ------
    ValueError
        If there is no such document.

    Examples
    --------
    >>> describe("odd").splitlines()[0]
    '# ODD protocol of copro_sim'
    """
    if document not in DOCUMENTS:
        raise ValueError(f"{document!r} is no document: ask for one of {', '.join(DOCUMENTS)}")
    text = environment().get_template(f"{document}.md.j2").render(facts())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def environment() -> jinja2.Environment:
    """Return what reads the templates: a name that does not exist is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("copro_sim.report"),
        autoescape=False,  # Markdown, of nothing but our own sources
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"cell": cell, "number": _said}
    return made


def facts() -> dict[str, Any]:
    """Return all that templates may speak of, by name."""
    tables = [_table(name, params) for name, params in TABLES.items()]
    known = [record for table in tables for _, record in table.records.values()]
    return {
        "processes": [module(process) for process in MONTH if isinstance(process, ModuleType)],
        "resting": SETTLING,
        "institutions": [module(source) for source in inside(institutions)],
        "population": [module(source) for source in inside(population)],
        "citizen_columns": CITIZEN_COLUMNS,
        "community_columns": COMMUNITY_COLUMNS,
        "codes": {kind.__name__: _members(kind) for kind in _enums()},
        "orders": fields(context, "Orders"),
        "accounts": ACCOUNTS,
        "recorded": {"councils": COUNCIL, "practitioners": PRACTICE, "nation": NATION},
        "tables": tables,
        "values": {f"{table.name}.{key}": _said(r.value) for table in tables for key, (_, r) in table.records.items()},
        "founders": _table("copro_sim/population/build.py", PopulationParams),
        "grades": GRADES,
        "roles": ROLES,
        "count": Counter((record.role, record.grade) for record in known),
        "count_by_role": Counter(record.role for record in known),
        "count_by_grade": Counter(record.grade for record in known),
        "known": len(known),
        "varied": sum(record.likely is not None for record in known),
        "unvaried": sum(record.grade == "assumption" and record.likely is None for record in known),
        "fixed": [number for place in (*MONTH, *inside(institutions), *inside(population)) for number in fixed(place)],
        "evidence": {name: evidence.notes(name) for name in evidence.tables()},
        "indicators": INDICATORS,
        "outcomes": OUTCOMES,
        "not_modelled": NOT_MODELLED,
        "scenarios": (scenarios := [load_scenario(name) for name in shipped_scenarios()]),
        "differences": {scenario.name: _differences(scenario) for scenario in scenarios},
        "streams": [stream.name for stream in Stream],
        "versions": versions(),
        "limits": LIMITS,
        "draws": len(shipped_draws()),
        "licence": LICENCE,
        "months_per_year": MONTHS_PER_YEAR,
        "start_year": START_YEAR,
        "run_in_years": RUN_IN_YEARS,
        "minutes_of_weekly_hour": MINUTES_PER_MONTH_OF_WEEKLY_HOUR,
        "most_bonds": MOST_BONDS,
        "most_citizens": MOST_CITIZENS,
        "councils": len(evidence.authorities()),
        "seeds_per_draw": SEEDS_PER_DRAW,
        "fewest_for_clear": FEWEST_FOR_CLEAR,
    }


def cell(text: Any) -> str:
    """Return a text as it may stand in a cell of a Markdown table: on one line, without a bar."""
    return " ".join(str(text).split()).replace("|", "\\|")


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_said(part) for part in value)
    return number(value) if isinstance(value, int | float) else str(value)


def _table(name: str, params: type) -> Table:
    return Table(name, cleandoc(params.__doc__ or "").split("\n")[0], records(params))


def _differences(scenario: Scenario) -> dict[str, Any]:
    """Return the settings, by dotted key, that are otherwise than in the scenario on which this one builds, or in the records."""
    base = load_scenario(scenario.extends) if scenario.extends else Scenario(question=scenario.question)
    here, there = dotted(scenario.dump()), dotted(base.dump())
    return {key: value for key, value in here.items() if "." in key and value != there[key]}


def _enums() -> list[Any]:
    """Return the classes of words for the whole numbers that columns hold."""
    return [kind for kind in vars(codes).values() if inspect.isclass(kind) and kind.__module__ == codes.__name__]


def _members(kind: Any) -> str:
    return ", ".join(f"{int(word)} {word.name.lower().replace('_', ' ')}" for word in kind)
