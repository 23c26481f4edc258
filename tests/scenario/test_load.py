"""Scenario files: what ships can be read, and whatever else is refused with file, line and advice."""

import os
import tomllib

import pytest

from copro_sim.scenario.load import LARGEST_FILE, changes_nothing, json_schema, load_scenario, shipped_scenarios
from copro_sim.scenario.locate import lines_of
from copro_sim.scenario.problems import ScenarioError
from copro_sim.scenario.schema import Scenario

QUESTION = 'question = "What if?"\n'
SETS = 'set.funding.basis = "restored"'


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name, text):
    """Write a file here and return its name."""
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return name


def refusal(name):
    """Return the lines that refuse a file, with single spaces, without the count."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    *lines, count = str(caught.value).splitlines()
    number = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    assert count == f"{number}; nothing was run."
    assert len(caught.value.problems) == len(lines)
    return [" ".join(line.split()) for line in lines]


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_loads_and_says_what_it_asks(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title
    assert len(scenario.question) > 200
    assert "?" in scenario.question
    assert scenario.run.years <= 30


def test_the_four_cross_money_with_practice():
    names = ("retreating-state", "co-production", "steady-state", "steady-and-co-produced")
    retreat, produced, steady, both = (load_scenario(name) for name in names)
    assert produced.funding == retreat.funding
    assert steady.coproduction == retreat.coproduction
    assert (both.funding, both.coproduction) == (steady.funding, produced.coproduction)
    assert len({scenario.content_hash for scenario in (retreat, produced, steady, both)}) == 4
    assert {scenario.parameters() for scenario in (retreat, produced, steady, both)} == {retreat.parameters()}


def test_the_example_of_the_papers_word_for_word():
    write("wales.toml", f"{QUESTION}\npopulation.citizens = -5\n\n\n[funding]\nreal_growth_percent_per_yaer = -1\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario("wales.toml")
    assert str(caught.value) == (
        "wales.toml:3: population.citizens = -5               must be a whole number from 50 to 50,000,000\n"
        "wales.toml:7: funding.real_growth_percent_per_yaer   unknown setting. "
        "Did you mean real_growth_percent_per_year (-20 to 20, percent a year)?\n"
        "2 problems; nothing was run."
    )


def test_every_mistake_is_found_at_its_line():
    text = '''# a comment with [brackets] and "quotes"
extends = "co-production"
question = """
[funding]
basis = "not a key, but text"
"""
[coproduction] # a comment
practice_from_year = 2050
"builders_per_10000" = 1
[population]
councils = [
  "Cardiff", # [the capital]
  "Swansee",
  3,
]
[fundng]
bsis = 1
[[events]]
date = "2018-04"
set = { coproduction.brokers_per_100000 = -1,
        "funding.basis" = "actul" }
[[events]]
date = 2018-05-01
[events.set]
"asking.label" = 1
[events.set.council]
reablement_prcent = 3
'''
    councils = "must be the English or Welsh name of one of the 22 councils of Wales."
    assert refusal(write("w.toml", text.replace('        "funding', '        "funding').replace("-1,\n", "-1,"))) == [
        "w.toml:8: coproduction.practice_from_year = 2050 must not be greater than "
        "coproduction.practice_until_year, which is 2018",
        "w.toml:9: coproduction.builders_per_10000 unknown setting. "
        "Did you mean builders_per_100000 (0 to 1000, posts per 100,000 citizens)?",
        f'w.toml:13: population.councils = "Swansee" {councils} Did you mean Swansea?',
        f"w.toml:14: population.councils = 3 {councils}",
        "w.toml:16: fundng unknown table. Did you mean funding?",
        'w.toml:17: fundng.bsis unknown setting. Did you mean basis ("actual" or "restored")?',
        'w.toml:20: funding.basis = "actul" must be "actual" or "restored"',
        "w.toml:20: coproduction.brokers_per_100000 = -1 must be a number from 0 to 1000, posts per 100,000 citizens",
        'w.toml:22: date = 2018-05-01 must be a year and a month, such as "2018-04"',
        "w.toml:24: asking.label cannot change during a run: events may set funding, council, coproduction, senedd, panel, fear, "
            "leadership, practitioners, alliance, third_sector, providers, charges and hospital",
        "w.toml:26: council.reablement_prcent unknown setting. "
        "Did you mean council.reablement_percent (0 to 100, percent)?",
    ]


@pytest.mark.parametrize("wrong", ["nan", "inf", "-inf", "true", '"0.1"', "2", "-0.1", "[0.1]", "{ a = 1 }", "07:30:00"])
def test_values_that_are_no_numbers_within_the_range(wrong):
    (line,) = refusal(write("w.toml", f"{QUESTION}[asking]\nlabel = {wrong}\n"))
    assert line.startswith("w.toml:3: asking.label = ")
    assert line.endswith("must be a number from 0 to 1")


def test_a_missing_question_is_not_inherited():
    write("w.toml", '# nothing asked\nextends = "co-production"\n')
    assert refusal("w.toml") == ["w.toml:1: question missing: say in a sentence or two what this scenario asks"]


def test_a_mistake_in_an_event_of_the_file_below_is_at_its_line_there():
    write("base.toml", f"{QUESTION}[[events]]\ndate = '2014-04'\ntitle = 3\n{SETS}\n")
    write("child.toml", f"extends = 'base.toml'\n{QUESTION}")
    assert refusal("child.toml") == ["base.toml:4: title = 3 must be text in quotes"]


def test_files_build_on_files_and_say_in_which_the_mistake_is(here):
    (here / "below").mkdir()
    write(
        "below/base.toml", f"{QUESTION}[run]\nyears = 6\n[[events]]\ndate = '2014-04'\nset = {{ 'funding.basis' = 'restored' }}\n"
    )
    write("child.toml", f"extends = 'below/base.toml'\n{QUESTION}[asking]\nlabel = 0\n[[events]]\ndate = '2015-04'\n{SETS}\n")
    child = load_scenario("child.toml")
    assert (child.run.years, child.asking.label, child.extends) == (6, 0.0, "below/base.toml")
    assert [event.date for event in child.events] == ["2014-04", "2015-04"]
    assert (child.name, child.title) == ("child", "child")
    write("below/base.toml", f"{QUESTION}[run]\nyears = 0\n[[events]]\ndate = '2014-4'\n{SETS}\n")
    write("child.toml", f"extends = 'below/base.toml'\n{QUESTION}[asking]\nlabel = 3\n[[events]]\ndate = '2015-4'\n{SETS}\n")
    assert [line.split(" ")[0] for line in refusal("child.toml")] == [
        "child.toml:4:",
        "child.toml:6:",
        "below/base.toml:3:",
        "below/base.toml:5:",
    ]


EVENT = '[[events]]\ndate = "2015-04"\nset = { "funding.basis" = "actual", "council.reablement_percent" = 20 }\n'


def test_an_event_that_sets_nothing_and_two_that_set_one_thing_differently_are_refused():
    text = f'{QUESTION}{EVENT}[[events]]\ndate = "2015-04"\n{SETS}\n[[events]]\ndate = "2016-04"\nset = {{}}\n'
    assert refusal(write("w.toml", text)) == [
        'w.toml:7: funding.basis = "restored" is "actual" by another event of 2015-04, in line 4: keep one',
        'w.toml:10: set = {} sets nothing: say what changes, such as set = { "funding.basis" = "restored" }',
    ]
    write("same.toml", QUESTION + 2 * EVENT)
    assert len(load_scenario("same.toml").events) == 2


def test_an_event_of_ones_own_has_the_last_word_over_one_of_the_file_below():
    write("base.toml", QUESTION + EVENT)
    own = '[[events]]\ndate = "2015-04"\nset.funding = { basis = "restored", clawback = 0.5 }\n'
    child = load_scenario(write("child.toml", f"{QUESTION}extends = 'base.toml'\n{own}"))
    settings = child.settings_at(24)
    assert (settings.funding.basis, settings.funding.clawback, settings.council.reablement_percent) == ("restored", 0.5, 20)
    assert child.replace({"run.years": 5}).settings_at(24) == settings


def test_circles_are_refused():
    write("a.toml", f"{QUESTION}extends = 'b.toml'\n")
    write("b.toml", f"{QUESTION}\nextends = './a.toml'\n")
    assert refusal("a.toml") == ['b.toml:3: extends = "./a.toml" goes round in a circle: a.toml > b.toml > a.toml']
    write("c.toml", f"{QUESTION}extends = 'c.toml'\n")
    assert refusal("c.toml") == ['c.toml:2: extends = "c.toml" goes round in a circle: c.toml > c.toml']


@pytest.mark.parametrize("parent", ["co-productoin", "nowhere.toml", "w.toml", "broken.toml"])
def test_a_parent_that_cannot_be_read_hides_no_other_mistake_and_makes_none(parent):
    write("broken.toml", "a = ")
    text = f"""extends = "{parent}"
{QUESTION}[population]
citizens = 60
[coproduction]
practice_from_year = 2050
[[events]]
date = "2090-04"
set = {{ "council.tightens_below" = 0.9, "council.widens_above" = 0.1 }}
"""
    (before,) = [line for line in refusal(write("w.toml", text)) if "must not be" not in line]
    assert "extends" in before or before.startswith("broken.toml:1:")
    lines = refusal(write("w.toml", text.replace("60", "6").replace("practice_from_year", "practice_from_yaer")))
    assert {line.split()[0] for line in lines} == {before.split()[0], "w.toml:4:", "w.toml:6:", "w.toml:9:"}


def test_what_contradicts_itself_within_a_file_whose_parent_is_missing_is_said():
    text = f"""extends = "nowhere.toml"
{QUESTION}run.years = 1
population = {{ citizens = 60, councils = ["Cardiff", "Powys"] }}
coproduction = {{ practice_from_year = 2050, practice_until_year = 2040 }}
[[events]]
date = "2090-04"
set = {{ "funding.basis" = "restored" }}
"""
    assert [line.split()[0] for line in refusal(write("w.toml", text))] == [f"w.toml:{k}:" for k in (1, 4, 5, 7)]


def test_a_name_that_ships_is_suggested():
    known = ", ".join(shipped_scenarios())
    text = f'"co-prodution" is not a scenario that ships. Did you mean co-production? There are {known}; '
    assert refusal("co-prodution") == [f"{text}the name of a file ends in .toml"]
    write("w.toml", f'{QUESTION}extends = "co-prodution"\n')
    assert refusal("w.toml") == [f"w.toml:2: extends {text}the name of a file ends in .toml"]
    assert refusal("")[0].startswith('"" is not a scenario that ships. There are')


def test_what_is_not_there_or_not_a_file(here):
    write("w.toml", f'{QUESTION}extends = "nowhere.toml"\n')
    os.symlink("round.toml", "round.toml")
    assert refusal("nowhere.toml") == ["nowhere.toml: there is no such file"]
    assert refusal("w.toml") == ['w.toml:2: extends = "nowhere.toml" there is no such file']
    assert refusal(here) == [f"{here}: is a folder, not a file"]
    assert refusal("/dev/null") == ["/dev/null: is not a file"]
    assert refusal("round.toml")[0].startswith("round.toml: cannot be read: ")
    assert refusal("x" * 5_000 + ".toml")[0].endswith("cannot be read: File name too long")
    assert refusal("a\0.toml") == ['"a\\u0000.toml": cannot be read: embedded null byte']


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text: byte 0 is not UTF-8"),
        (b"a = 1\n\0", "is not text: it holds zero bytes"),
        ("question = 'x'".encode("utf-16"), "is not text: byte 0 is not UTF-8"),
        (b"#" * (LARGEST_FILE + 1), "is larger than a scenario can be (1,000,000 bytes)"),
    ],
)
def test_files_that_are_not_text(content, text):
    assert refusal(write("w.toml", content)) == [f"w.toml: {text}"]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 500 + "]" * 500,
        "a = " + "[" * 100_000,
        "a = " + "{ a = " * 500 + "1" + " }" * 500,
        ".".join("a" * 500) + " = 1",
        "[" + ".".join("a" * 500) + "]",
        "[run]\nyears = " + "[" * 20 + "]" * 20,
    ],
)
def test_absurd_nesting_is_refused(text):
    (line,) = refusal(write("w.toml", f"{QUESTION}\n{text}\n"))
    depth_line = 4 if text.startswith("[run]") else 3
    assert line == f"w.toml:{depth_line}: is nested more than 8 deep"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[run\nyears = 3\n", "w.toml:2: is not valid TOML at column 5: Expected ']' at the end of a table declaration"),
        ("[run]\nyears = 3\nyears = 4\n", "w.toml:4: run.years is set twice, in line 3 too: keep one"),
        ("[[events]]\ndate = 1\n[[events]]\ndate = 1\ndate = 1\n", "w.toml:6: events.date is set twice, in line 5 too: keep one"),
        ("[run]\n[asking]\n[run]\n", "w.toml:4: [run] is set twice, in line 2 too: put all of it under one header"),
        ("[[run]]\n[run]\n", "w.toml:3: [run] is not valid TOML at column 5: Cannot declare ('run',) twice"),
        ("[run]\nyears = 3\n[run.years]\n", "w.toml:4: [run.years] is not valid TOML at column 11: Cannot overwrite a value"),
        ("run = { a = 1, a = 2 }\n", "w.toml:2: run a is set twice between the same braces: keep one"),
        ('title = "A\nname = "b"\n', "w.toml:2: title the closing quote is missing"),
        ("title = 'A\n", "w.toml:2: title the closing quote is missing, here or above"),
        ('title = "A', "w.toml:2: title the closing quote is missing"),
        ("[asking]\nlabel = 2,5 # half\n", "w.toml:3: asking.label write a decimal point, not a comma: 2.5"),
        ("run = { years = -2,5 }\n", "w.toml:2: run write a decimal point, not a comma: -2.5"),
        ("years = 2 5\n", "w.toml:2: years is not valid TOML at column 11: Expected newline or end of document"),
        ("[run]\n\n[asking]\nlabel = \n", "w.toml:5: asking.label is not valid TOML at column 9: Invalid value"),
        ("\n\n\n[asking]\nlabel = \n", "w.toml:6: asking.label is not valid TOML at column 9: Invalid value"),
        ("years = \n", "w.toml:2: years is not valid TOML at column 9: Invalid value"),
        ("title = '''\n\n", "w.toml:3: the closing quote is missing"),
        ("title = [\n\n", "w.toml:3: is not valid TOML at the end of the file: Invalid value"),
    ],
)
def test_what_is_not_toml_says_where(text, told):
    (line,) = refusal(write("w.toml", QUESTION + text))
    assert line.startswith(told)


def test_a_number_of_five_thousand_digits_is_refused():
    (line,) = refusal(write("w.toml", f"{QUESTION}[run]\nyears = {'9' * 5_000}\n"))
    assert line.startswith("w.toml:")
    assert "5000 digits" in line


def test_windows_line_ends_and_a_byte_order_mark_are_welcome():
    text = (QUESTION + "[run]\nyears = 7\n").replace("\n", "\r\n")
    assert load_scenario(write("w.toml", b"\xef\xbb\xbf" + text.encode())).run.years == 7
    bad = text.replace("7", "0")
    assert refusal(write("w.toml", b"\xef\xbb\xbf" + bad.encode()))[0].startswith("w.toml:3: run.years = 0 must be")


def test_lines_of_every_kind_of_key():
    text = r'''
"quoted \"key\".x" = "a = 1 # ]" # comment
'literal' = 'a\'
a.b . "c.d" = """
e = 1
\""" still"""
list = [ [1,
  2], {k = 3}, # comment ]
  '}' ]
[t]
x = 1979-05-27 07:32:00
[t.u.'v w']
y = {}
[[t.many]]
[t.many.deep]
z = 1
[[t.many]]
"\u00e9" = 1
'''
    tomllib.loads(text)
    assert lines_of(text) == {
        ('quoted "key".x',): 2,
        ("literal",): 3,
        ("a",): 4,
        ("a", "b"): 4,
        ("a", "b", "c.d"): 4,
        ("list",): 7,
        ("list", 0): 7,
        ("list", 0, 0): 7,
        ("list", 0, 1): 8,
        ("list", 1): 8,
        ("list", 1, "k"): 8,
        ("list", 2): 9,
        ("t",): 10,
        ("t", "x"): 11,
        ("t", "u"): 12,
        ("t", "u", "v w"): 12,
        ("t", "u", "v w", "y"): 13,
        ("t", "many"): 14,
        ("t", "many", 0): 14,
        ("t", "many", 0, "deep"): 15,
        ("t", "many", 0, "deep", "z"): 16,
        ("t", "many", 1): 17,
        ("t", "many", 1, "é"): 18,
    }


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        (f'{QUESTION}extends = "one-village"\n', True),
        (f'{QUESTION}extends = "one-village"\n[run]\nyears = 29\n', False),
        (f"{QUESTION}[run]\nyears = 3\n", False),
    ],
)
def test_a_file_that_says_nothing_new_is_known(text, idle):
    assert changes_nothing(write("w.toml", text)) is idle


def test_the_schema_for_editors_is_the_scenarios_and_begins_with_the_form_of_the_file():
    schema, ours = json_schema(), Scenario.model_json_schema()
    assert list(schema["properties"]) == ["form", *ours["properties"]]
    assert schema["properties"]["form"]["const"] == schema["properties"]["form"]["default"]
    assert {**schema, "properties": None} == {**ours, "properties": None}
