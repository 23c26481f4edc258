"""The documents name everything that there is, in order; what is new appears by itself; the same bytes every time."""

import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Annotated, NamedTuple

import jinja2
import pytest
from jinja2 import meta

from copro_sim import institutions, population
from copro_sim.cli import cli
from copro_sim.core.params import Record
from copro_sim.processes.month import MONTH, name_of
from copro_sim.report import describe as described
from copro_sim.report.describe import DOCUMENTS, cell, describe, environment, facts
from copro_sim.report.reading import fixed, module
from copro_sim.results.indicators import INDICATORS
from copro_sim.results.outcomes import OUTCOMES
from copro_sim.scenario import evidence
from copro_sim.scenario.load import shipped_scenarios
from copro_sim.scenario.schema import setting_records
from copro_sim.state.columns import CITIZEN_COLUMNS, COMMUNITY_COLUMNS
from copro_sim.state.context import Orders

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "copro_sim"
TEMPLATES = PACKAGE / "report" / "templates"
HEADINGS = ["Equation", "Reads", "Writes", "Chance", "Source", "Limits"]
ELEMENTS = {
    "odd": ["Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling", "Design concepts",
            "Initialization", "Input data", "Submodels"],
    "trace": ["Problem formulation", "Model description", "Data evaluation", "Conceptual model evaluation",
              "Implementation verification", "Model output verification", "Model analysis", "Model output corroboration"],
    "stress": ["Objectives", "Logic", "Data", "Experimentation", "Implementation", "Code access"],
}  # fmt: skip
CONCEPTS = ["Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
            "Stochasticity", "Collectives", "Observation"]  # fmt: skip
STRESS_ITEMS = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "3.1", "3.2", "3.3", "3.4",
                "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1"]  # fmt: skip


class WeatherParams(NamedTuple):
    """How the weather is."""

    rain: Annotated[float, Record(
        value=0.25, low=0.0, high=1.0, unit="share", likely=(0.1, 0.4), source="A barometer", grade="seen",
        meaning="Days with rain | drizzle apart")]  # fmt: skip


@pytest.fixture(scope="module")
def text():
    """Every document, by its name."""
    return {name: describe(name) for name in DOCUMENTS}


def sections(markdown, level="## "):
    """Return a document's parts by their headings."""
    parts = re.split(rf"^{level}", markdown, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


def files_in(package):
    return sorted(Path(package.__file__).parent.glob("[!_]*.py"))


@pytest.mark.parametrize("document", ELEMENTS)
def test_every_element_is_there_in_order(text, document):
    assert list(sections(text[document])) == [f"{k}. {name}" for k, name in enumerate(ELEMENTS[document], 1)]


def test_every_design_concept_and_every_item_of_the_checklist_says_something(text):
    concepts = re.findall(r"^\*\*([^*]+)\.\*\* \S", sections(text["odd"])["4. Design concepts"], re.MULTILINE)
    assert concepts == CONCEPTS
    assert re.findall(r"^\*\*([\d.]+\d) [^*]+\.\*\*\s+\S", text["stress"], re.MULTILINE) == STRESS_ITEMS


def test_every_column_is_described(text):
    entities = sections(text["odd"])["2. Entities, state variables and scales"]
    for heading, columns in (("Citizens", CITIZEN_COLUMNS), ("Communities", COMMUNITY_COLUMNS)):
        rows = sections(entities, "### ")[heading].splitlines()
        found = [row.split(" | ") for row in rows if row.startswith("| `")]
        assert [row[0] for row in found] == [f"| `{column.name}`" for column in columns]
        assert [row[-1] for row in found] == [f"{column.meaning} |" for column in columns]
    for order in Orders._fields:
        assert re.search(rf"^\| `{order}` \| \w.* \|$", entities, re.MULTILINE), order


def test_every_process_in_the_order_of_the_month_with_all_that_it_says(text):
    names = [name_of(process) for process in MONTH]
    schedule = re.findall(r"^\d+\. \*\*(\w+)\*\* \S", sections(text["odd"])["3. Process overview and scheduling"], re.MULTILINE)
    assert schedule == names
    submodels = sections(text["odd"], "#### ")
    for k, (name, process) in enumerate(zip(names, MONTH, strict=True), 1):
        said, about = module(process), submodels[f"{k}. {name} (`copro_sim/processes/{name}.py`)"]
        assert list(said.parts) == HEADINGS, name
        assert said.parts["Equation"] in about
        for heading in HEADINGS[1:]:
            assert f"**{heading}** {cell(said.parts[heading])}\n" in about


@pytest.mark.parametrize("package", [institutions, population])
def test_every_institution_and_every_maker_of_the_population(text, package):
    for path in files_in(package):
        assert f"{path.stem}" in text["odd"]
        first = path.read_text(encoding="utf-8").removeprefix('"""').split('"""')[0].split("\n\n")[0]
        assert " ".join(first.split()) in text["odd"], path


def test_every_parameter_with_everything_that_its_record_says(text):
    rows = [row.strip("| ").split(" | ") for row in text["parameters"].splitlines() if re.match(r"\| `\w+\.\w+` ", row)]
    known = setting_records()
    assert [row[0].strip("`") for row in rows] == list(known)
    for row, (_, record) in zip(rows, known.values(), strict=True):
        assert row[5] == cell(record.source)
        assert row[6] == record.grade
        assert row[7].startswith(cell(record.meaning))
        assert (row[4] == "the same") == (record.likely is None)


def test_the_counts_by_grade_are_those_of_the_records(text):
    grades = [record.grade for _, record in setting_records().values()]
    for grade in set(grades):
        row = re.search(rf"^\| {grade} \| (.*) \| \d+% \|$", text["parameters"], re.MULTILINE)
        *parts, together = (int(count) for count in row[1].split(" | "))
        assert sum(parts) == together == grades.count(grade)
    assert f"**{grades.count('assumption')} of {len(grades)} are assumptions**" in text["parameters"]


def test_every_indicator_outcome_scenario_and_table_of_evidence(text):
    for name, indicator in INDICATORS.items():
        for document in ("odd", "stress"):
            assert re.search(rf"^\| `{name}` \|.*{re.escape(cell(indicator.meaning))} \|$", text[document], re.MULTILINE), name
    for heading in OUTCOMES:
        assert f"| {heading} |" in text["odd"]
    for name in shipped_scenarios():
        assert f"| `{name}` |" in text["stress"]
        assert f"(`{name}`)" in text["trace"]
    for name in evidence.tables():
        for document in ("odd", "stress"):
            assert f"`copro_sim/scenario/data/{name}.csv`\n\n```text\n{evidence.notes(name)}\n```\n" in text[document]


def test_what_a_scenario_sets_otherwise_is_what_its_file_says(text):
    rows = {row[1]: row for row in re.finditer(r"^\| `([\w-]+)` \| (.*) \| (.*) \|$", text["stress"], re.MULTILINE)}
    for name in shipped_scenarios():
        raw = tomllib.loads((ROOT / "scenarios" / f"{name}.toml").read_text(encoding="utf-8"))
        keys = {f"{table}.{key}" for table, values in raw.items() if isinstance(values, dict) for key in values}
        assert set(re.findall(r"`([\w.]+)`", rows[name][2])) <= keys
        assert all(event["title"] in rows[name][3] for event in raw.get("events", []))
    assert "`coproduction.practice_percent` 60," in rows["co-production"][2]
    assert rows["one-village"][2].endswith("`population.councils` Ceredigion")
    assert "(`funding.reserved_pounds_per_head` 55)" in rows["volunteers-overstretched"][3]


def test_a_new_process_and_a_new_record_appear(monkeypatch):
    weather = ModuleType("copro_sim.processes.weather", "It rains.\n\nEquation\n    wet = rain\n\nLimits   No snow.\n")
    monkeypatch.setattr(described, "MONTH", (*MONTH, weather))
    monkeypatch.setattr(described, "fixed", lambda source: [])  # that needs the module's file
    monkeypatch.setattr(described, "TABLES", described.TABLES | {"weather": WeatherParams})
    odd, parameters = describe("odd"), describe("parameters")
    assert f"{len(MONTH) + 1}. **weather** It rains.\n" in odd
    assert "```text\nwet = rain\n```\n\n**Limits** No snow.\n" in odd
    row = "| `weather.rain` | 0.25 | 0 to 1 | share | 0.1 to 0.4 | A barometer | seen | Days with rain \\| drizzle apart |"
    assert "## weather\n\nHow the weather is.\n\n| key |" in parameters
    assert row in parameters.splitlines()


def test_numbers_that_code_names_are_listed(text):
    from copro_sim.processes import sharing

    (thanks,) = [number for number in fixed(sharing) if number.code.startswith("_FULL_THANKS")]
    assert thanks.code == f"_FULL_THANKS = {sharing._FULL_THANKS}"
    assert f"| `copro_sim/processes/sharing.py` | `{thanks.code}` | {thanks.meaning} |" in text["parameters"]


def test_the_same_bytes_twice(text):
    assert {name: describe(name) for name in DOCUMENTS} == text


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.md.j2")))
def test_no_template_names_what_does_not_exist(template):
    parsed = environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    assert meta.find_undeclared_variables(parsed) <= set(facts())
    for planted in ("{{ no_such_name }}", "{{ processes[0].no_such_part }}"):
        with pytest.raises(jinja2.UndefinedError):
            environment().from_string(planted).render(facts())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_and_commands_that_are_named_exist(text, document):
    for path in re.findall(r"`((?:copro_sim|verification|tests)/[\w/.]+)`", text[document]):
        assert (ROOT / path).exists(), path
    for command, option in re.findall(r"`copro-sim (\w+)(?: --(\w+))?`", text[document]):
        options = [name for parameter in cli.commands[command].params for name in parameter.opts]
        assert not option or f"--{option}" in options


def test_a_document_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="'oddd' is no document: ask for one of odd, parameters, trace, stress"):
        describe("oddd")
