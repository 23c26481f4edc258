"""A scenario is only ever whole and valid, and says everything that is wrong at once."""

import json
import pickle
import warnings

import pytest

from copro_sim.core.params import records
from copro_sim.processes.month import MONTH, Parameters, name_of
from copro_sim.scenario.evidence import authorities
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.problems import ScenarioError
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.tables import AT_START, POLICY, TABLES, Fields

USUAL = Scenario(question="What if?")


def refusal(**raw):
    """Return the lines that refuse a scenario."""
    with pytest.raises(ScenarioError) as caught:
        Scenario(**({"question": "?"} | raw))
    return str(caught.value).splitlines()


def told(**raw):
    """Return the only problem of a scenario, with single spaces."""
    lines = refusal(**raw)
    assert lines[1:] == ["1 problem; nothing was run."]
    return " ".join(lines[0].split())


def test_every_process_with_parameters_has_a_table_and_so_has_every_policy():
    assert set(Parameters._fields) < set(TABLES)
    assert set(POLICY) < set(TABLES)
    assert {name_of(process) for process in MONTH if hasattr(process, "Params")} == set(Parameters._fields)
    assert set(TABLES) < set(Fields.model_fields)
    assert set(AT_START) < set(setting_records())


def test_what_is_left_out_is_as_in_the_records_and_of_the_declared_types():
    for key, (kind, record) in setting_records().items():
        assert USUAL.get(key) == record.value, key
        assert type(USUAL.get(key)) is kind, key


def test_a_whole_number_given_for_a_real_one_becomes_real_for_compiled_code():
    scenario = USUAL.replace({"asking.label": 1, "coproduction.builders_per_100000": 5})
    assert type(scenario.parameters().asking.label) is float
    assert type(scenario.settings_at(0).coproduction.builders_per_100000) is float
    for name, params in zip(Parameters._fields, scenario.parameters(), strict=True):
        assert [type(value) for value in params] == [kind for kind, _ in records(TABLES[name]).values()]


def test_dump_and_back_is_the_same_scenario():
    scenario = USUAL.replace({"events": [{"date": "2018-04", "set": {"funding": {"basis": "restored"}}}]})
    assert Scenario.of(scenario.dump()) == scenario
    assert Scenario.of(json.loads(json.dumps(scenario.dump()))) == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert hash(Scenario.of(scenario.dump())) == hash(scenario)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert json.loads(scenario.model_dump_json())["events"][0]["set"] == {"funding.basis": "restored"}


def test_a_scenario_is_shown_in_a_line():
    scenario = load_scenario("one-village")
    shown = "<Scenario one-village: 500 citizens, councils 1, years 5; .replace(), .get(), .dump()>"
    assert repr(scenario) == str(scenario) == shown


def test_a_scenario_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        USUAL.run = None
    with pytest.raises(AttributeError):
        USUAL.run.years = 3


def test_replace_takes_dotted_and_nested_keys_and_leaves_the_original_alone():
    changed = USUAL.replace({"run.years": 10, "population": {"citizens": 5_000, "councils": ["Caerdydd"]}})
    assert (changed.run.years, changed.population.citizens, changed.council_names()) == (10, 5_000, ("Cardiff",))
    assert (USUAL.run.years, USUAL.population.citizens, len(USUAL.council_names())) == (30, 10_000, 22)


def test_numpy_numbers_are_numbers():
    numpy = pytest.importorskip("numpy")
    assert USUAL.replace({"run.years": numpy.int64(7), "asking.label": numpy.float32(0.5)}).run.years == 7


def test_councils_may_be_named_in_english_or_welsh_and_stand_in_the_order_of_their_codes():
    for authority in authorities():
        for name in (authority.name, authority.name_cy):
            assert USUAL.replace({"population.councils": [name]}).council_names() == (authority.name,)
    names = ["Merthyr Tydfil", "Ynys Môn", "Cardiff"]
    assert USUAL.replace({"population.councils": names}).council_names() == (
        "Isle of Anglesey",
        "Cardiff",
        "Merthyr Tydfil",
    )


def test_content_hash_covers_numbers_and_not_words():
    assert USUAL.replace({"title": "Other", "name": "other", "question": "Why?"}).content_hash == USUAL.content_hash
    assert USUAL.replace({"asking.label": 0.11}).content_hash != USUAL.content_hash
    assert USUAL.replace({"run.years": 29}).content_hash != USUAL.content_hash
    first = {"date": "2015-04", "set": {"funding.basis": "restored"}}
    second = {"date": "2016-04", "set": {"council.reablement_percent": 90}}
    one = USUAL.replace({"events": [first, second]})
    assert one.content_hash != USUAL.content_hash
    assert USUAL.replace({"events": [second, first | {"title": "Money"}]}).content_hash == one.content_hash


def test_events_are_in_force_from_their_month_and_the_later_one_wins():
    scenario = USUAL.replace(
        {
            "events": [
                {"date": "2016-01", "set": {"coproduction.builders_per_100000": 3}},
                {"date": "2014-04", "set": {"coproduction.builders_per_100000": 7, "funding.basis": "restored"}},
            ]
        }
    )
    builders = [scenario.settings_at(month).coproduction.builders_per_100000 for month in (-12, 0, 11, 12, 32, 33, 359)]
    assert builders == [0, 0, 0, 7, 7, 3, 3]
    assert [scenario.settings_at(month).funding.basis for month in (11, 12, 33)] == ["actual", "restored", "restored"]
    assert scenario.settings_at(40).council == USUAL.council


@pytest.mark.parametrize("role", ["co-production", "investment", "conventional harm"])
def test_with_zero_switches_off_exactly_one_role(role):
    event = {"date": "2018-04", "set": {"coproduction.builders_per_100000": 9, "council.reablement_percent": 90}}
    scenario = USUAL.replace({"coproduction.groups_percent": 50, "events": [event]})
    zero = scenario.with_zero(role)
    for key, (_, record) in setting_records().items():
        assert zero.get(key) == (0 if record.role == role else scenario.get(key)), key
    later = zero.settings_at(100)
    assert later.coproduction.builders_per_100000 == (0 if role == "investment" else 9)
    assert later.council.reablement_percent == 90


def test_with_zero_refuses_a_role_that_nothing_has():
    roles = "must be co-production, investment or conventional harm"
    for role in ("", "coproduction", None, 3):
        with pytest.raises(ScenarioError, match=rf"role = .* {roles}\."):
            USUAL.with_zero(role)
    with pytest.raises(ScenarioError, match=rf"{roles}\. Did you mean co-production\?"):
        USUAL.with_zero("co-productoin")


@pytest.mark.parametrize("month", ["2015-04", None, 1.5, True])
def test_a_month_that_is_no_number_is_refused_in_words(month):
    with pytest.raises(ScenarioError, match=r"month = .* must be a whole number of months from April 2013: .* 24 is April 2015"):
        USUAL.settings_at(month)


def test_wrong_types_and_values_out_of_range_say_both_limits_and_the_unit():
    for key, (kind, record) in setting_records().items():
        table, _, name = key.partition(".")
        if record.options is not None:
            assert told(**{table: {name: "neither"}}).startswith(f'{key} = "neither" must be "')
            continue
        for wrong in (record.low - 1, record.high + 1, float("nan"), float("inf"), True, "1", None, [1]):
            text = told(**{table: {name: wrong}})
            assert text.startswith(f"{key} = "), text
            assert f"must be a {'whole ' if kind is int else ''}number from " in text
            assert " to " in text
            assert record.unit in text or " to " in record.unit


def test_examples_of_values_that_are_wrong():
    assert told(population={"citizens": -5}) == "population.citizens = -5 must be a whole number from 50 to 50,000,000"
    assert told(population={"citizens": 10.5}).startswith("population.citizens = 10.5 must be a whole number from 50")
    assert told(run={"years": True}) == "run.years = true must be a whole number from 1 to 100, years"
    assert told(funding={"real_growth_percent_per_year": float("nan")}) == (
        "funding.real_growth_percent_per_year = nan must be a number from -20 to 20, percent a year"
    )
    assert told(run={"years": 10**5000}).startswith("run.years = a number of more than 40 digits must be")
    assert told(funding=3) == "funding = 3 must be a table, [funding]"
    assert told(title=3) == "title = 3 must be text in quotes"
    assert told(question=" \n") == ('question = " \\n" is empty: say in a sentence or two what this scenario asks')


def test_a_missing_question_is_a_problem():
    with pytest.raises(ScenarioError, match="question   missing: say in a sentence or two what this scenario asks"):
        Scenario(run={"years": 3})


def test_all_mistakes_are_said_at_once_in_a_column():
    assert refusal(funding={"real_growth_percent_per_yaer": 1}, population={"citizens": -5}) == [
        "population.citizens = -5               must be a whole number from 50 to 50,000,000",
        "funding.real_growth_percent_per_yaer   unknown setting. "
        "Did you mean real_growth_percent_per_year (-20 to 20, percent a year)?",
        "2 problems; nothing was run.",
    ]


def test_a_contradiction_is_said_beside_other_mistakes():
    years = {"practice_from_year": 2030, "practice_until_year": 2020}
    assert refusal(coproduction=years | {"practice_percnt": 3}, run={"years": 0})[-2:] == [
        "coproduction.practice_from_year = 2030   must not be greater than coproduction.practice_until_year, which is 2020",
        "3 problems; nothing was run.",
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            {"council": {"tightens_below": 0.97}},
            "council.tightens_below = 0.97 must not be greater than council.widens_above, which is 0.8",
        ),
        (
            {"council": {"widens_above": 0.1}},
            "council.widens_above = 0.1 must not be less than council.tightens_below, which is 0.2",
        ),
        (
            {"population": {"citizens": 500}},
            "population.citizens = 500 is too few: 22 councils need at least 1,100; name fewer in population.councils",
        ),
        (
            {"population": {"councils": ["Cardiff", "Powys", "Caerdydd"]}},
            'population.councils = ["Cardiff", "Powys", "Caerdydd"] names Cardiff more than once',
        ),
        (
            {"population": {"councils": []}},
            "population.councils = [] must name at least one council, or be left out for all 22",
        ),
        (
            {"population": {"councils": ["Cardif"]}},
            'population.councils = "Cardif" must be the English or Welsh name of one of the 22 councils of Wales. '
            "Did you mean Cardiff?",
        ),
        ({"population": {"councils": "Cardiff"}}, 'population.councils = "Cardiff" must be a list of names of councils'),
        (
            {"events": [{"date": "2013-03", "set": {"funding.basis": "restored"}}]},
            'events[0].date = "2013-03" is outside the run, which lasts from 2013-04 to 2043-03',
        ),
        (
            {"run": {"years": 5}, "events": [{"date": "2018-04", "set": {"funding.basis": "restored"}}]},
            'events[0].date = "2018-04" is outside the run, which lasts from 2013-04 to 2018-03',
        ),
        (
            {"events": [{"date": "2018-04", "set": {}}]},
            'events[0].set = {} sets nothing: say what changes, such as set = { "funding.basis" = "restored" }',
        ),
        (
            {"events": [{"date": "2018-04", "set": {"funding.basis": basis}} for basis in ("restored", "actual")]},
            'events[1].funding.basis = "actual" is "restored" by another event of 2018-04, in events[0]: keep one',
        ),
        (
            {"events": [{"date": "2018-4", "set": {"funding.basis": "actual"}}]},
            'events[0].date = "2018-4" must be a year and a month, such as "2018-04"',
        ),
        (
            {"events": [{"date": "2018-04", "set": {"ageing.grief_months": 3}}]},
            "events[0].ageing.grief_months cannot change during a run: events may set funding, council, coproduction, "
            "senedd, panel, fear, leadership, practitioners, alliance, third_sector, providers, charges and hospital",
        ),
        (
            {"events": [{"date": "2018-04", "set": {"council.first_line": 3}}]},
            "events[0].council.first_line acts only when a run begins: set it in its own table, not in an event",
        ),
        (
            {"events": [{"date": "2018-04", "set": {"council.tightens_below": 1.0}}]},
            "events[0].council.tightens_below = 1.0 must not be greater than council.widens_above, which is 0.8",
        ),
        (
            {"events": [{"date": "2018-04", "set": {"coproduction.practice_percnt": 1}}]},
            "events[0].coproduction.practice_percnt unknown setting. "
            "Did you mean coproduction.practice_percent (0 to 100, percent of assessments)?",
        ),
        (
            {"events": [{"date": "2018-04"}]},
            'events[0].set missing: say what changes, such as set = { "funding.basis" = "restored" }',
        ),
        ({"events": 3}, "events = 3 must be [[events]] tables"),
    ],
)
def test_contradictions_and_events(raw, text):
    assert told(**raw) == text


def test_a_misspelt_table_is_named_and_what_stands_in_it_is_checked_as_well():
    assert [" ".join(line.split()) for line in refusal(fundng={"basis": "actul", "price_growth": 1})] == [
        "fundng unknown table. Did you mean funding?",
        'fundng.basis = "actul" must be "actual" or "restored"',
        "fundng.price_growth unknown setting. Did you mean price_growth_percent_per_year (-10 to 20, percent a year)?",
        "3 problems; nothing was run.",
    ]


def test_a_setting_in_the_wrong_table_is_sent_to_its_own():
    hint = "unknown setting. Did you mean coproduction.builders_per_100000 (0 to 1000, posts per 100,000 citizens)?"
    assert told(funding={"builders_per_100000": 1}) == f"funding.builders_per_100000 {hint}"
    assert told(builders_per_100000=1) == f"builders_per_100000 {hint}"
    assert told(years=1) == "years unknown setting. Did you mean run.years (1 to 100, years)?"


def test_from_python_the_same_problems_without_a_file():
    with pytest.raises(ScenarioError) as caught:
        USUAL.replace({"funding.x": 1, "run.years": -1, "population.citizens.x": 3, "fundin.basis": 3})
    assert [problem.key for problem in caught.value.problems] == ["population.citizens.x"]
    with pytest.raises(ScenarioError) as caught:
        USUAL.replace({"funding.x": 1, "run.years": -1, "fundin.basis": 3})
    assert [(p.key, p.file, p.line) for p in caught.value.problems] == [
        ("run.years", None, None),
        ("funding.x", None, None),
        ("fundin", None, None),
    ]


def test_get_refuses_what_is_not_there_with_a_suggestion():
    assert USUAL.get("title") == ""
    with pytest.raises(ScenarioError, match=r"funding\.bais   unknown setting. Did you mean basis \("):
        USUAL.get("funding.bais")


def test_an_error_travels_between_processes():
    with pytest.raises(ScenarioError) as caught:
        USUAL.replace({"run.years": -1})
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.problems == caught.value.problems


def test_the_json_schema_describes_every_setting():
    definitions = Scenario.model_json_schema()["$defs"]
    described = {name for table in definitions.values() for name, about in table["properties"].items() if "description" in about}
    assert {key.rpartition(".")[2] for key in setting_records()} <= described
