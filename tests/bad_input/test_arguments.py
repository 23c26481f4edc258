"""Arguments that make no sense, from Python and on the command line: named, with what was expected, and nothing is run."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import copro_sim as cs
from copro_sim.cli import cli
from copro_sim.engines import simulate
from copro_sim.scenario.problems import ScenarioError

VILLAGE = cs.load_scenario("one-village")
STUDY = {"scenarios": ["one-village"], "factors": {"funding.clawback": [0.0, 0.5]}, "years": 1, "citizens": 500}
NO_NUMBERS = ("x", "", "1", True, -1, 1.5, float("nan"), float("inf"), -float("inf"), 10**30, [1], {}, object(), b"1")
NO_NAMES = ("x", "", 3, True, None, float("nan"), ["kernels"], b"kernels", "kernels\n", "\x1b[31m")
NO_SCENARIOS = (None, 3, 1.5, True, {}, object(), "", "no-such-village", "nowhere.toml", b"one-village", "a\0b.toml", "x" * 9_000)
NO_PATHS = (3, 1.5, True, b"study", "", " ", ["study"], object())
NO_SWITCHES = ("yes", 1, None, 0, [])
TEXT = {"number": NO_NUMBERS, "name": NO_NAMES, "scenario": NO_SCENARIOS, "path": NO_PATHS, "switch": NO_SWITCHES}


@pytest.fixture(autouse=True)
def nothing_runs(tmp_path, monkeypatch):
    """Work in an empty folder, where nothing may be run."""

    def ran(*_, **__):
        raise AssertionError("something was run")

    monkeypatch.setattr(simulate, "settle", ran)
    monkeypatch.setattr(simulate, "start", ran)
    monkeypatch.chdir(tmp_path)


def run(scenario=VILLAGE, **more):
    cs.run(scenario, **more)


def compare(scenario=VILLAGE, **more):
    cs.compare([scenario, VILLAGE.replace({"name": "other"})], **more)


def scenarios(given):
    cs.compare(given)


def estimate(scenario=VILLAGE, **more):
    cs.estimate(scenario, **more)


def sweep(**more):
    cs.sweep(STUDY, **more)


def study(**more):
    cs.sweep(STUDY | more)


def break_even(scenario="one-village", **more):
    cs.break_even(scenario, **({"setting": "funding.clawback", "against": VILLAGE} | more))


def attribute(scenario="one-village", **more):
    cs.attribute(scenario, **more)


def model(scenario="one-village", **more):
    cs.CareModel(scenario, **more)


ARGUMENTS = {
    run: {"scenario": "scenario", "seed": "number", "years": "number", "workers": "number", "keep": "number", "memory": "number",
          "engine": "name", "snapshots": "path", "resume": "switch"},
    compare: {"scenario": "scenario", "seed": "number", "futures": "number", "years": "number", "workers": "number",
              "memory": "number", "engine": "name", "stance": "name", "study": "path", "resume": "switch"},
    estimate: {"scenario": "scenario", "years": "number", "workers": "number", "runs": "number", "engine": "name"},
    sweep: {"workers": "number", "study": "path", "resume": "switch"},
    study: {"seed": "number", "seeds": "number", "points": "number", "years": "number", "citizens": "number", "design": "name"},
    break_even: {"scenario": "scenario", "points": "number", "indicator": "name", "futures": "number", "seed": "number"},
    attribute: {"scenario": "scenario", "futures": "number", "seed": "number", "stance": "name"},
    model: {"scenario": "scenario", "seed": "number"},
}  # fmt: skip
PYTHON = [(call, name, wrong) for call, names in ARGUMENTS.items() for name, kind in names.items() for wrong in TEXT[kind]]


@pytest.mark.parametrize(("call", "name"), [(call, name) for call, names in ARGUMENTS.items() for name in names])
def test_an_argument_that_makes_no_sense_is_named(call, name):
    for _, _, wrong in (case for case in PYTHON if case[:2] == (call, name)):
        with pytest.raises(ScenarioError) as refused:
            call(**{name: wrong})
        said = str(refused.value)
        assert name in said or wrong in ("", "x") or name == "scenario", said
        assert all(line.isprintable() and len(line) < 700 for line in said.splitlines()), said
        assert list(Path().iterdir()) == []


NO_LISTS = ("one-village", VILLAGE, None, 3, {"one-village": 1}, [], [3], [None], [VILLAGE, "nowhere.toml"])
NO_CHANGES = (None, 3, "run.years", [("run.years", 3)], {3: 4}, {None: 1}, {"": 1}, {"run": None}, {"run": 3})
NO_STUDIES = (None, 3, "x", 1.5, [], {}, {"scenarios": None}, {3: 4}, STUDY | {"factors": {3: [1]}}, b"")


@pytest.mark.parametrize("given", NO_LISTS)
def test_what_is_no_list_of_scenarios(given):
    with pytest.raises(ScenarioError, match=r"scenario|there is no such file"):
        scenarios(given)


@pytest.mark.parametrize("given", NO_CHANGES)
def test_what_is_no_change_of_a_scenario(given):
    with pytest.raises(ScenarioError):
        VILLAGE.replace(given)


@pytest.mark.parametrize("given", NO_STUDIES)
def test_what_is_no_study(given):
    with pytest.raises(ScenarioError):
        cs.sweep(given)


def test_all_arguments_that_make_no_sense_are_named_at_once():
    with pytest.raises(ScenarioError) as refused:
        compare("nowhere.toml", seed=-1, futures=0, workers="x", engine="abacus", stance="hopeful", resume=1)
    assert [problem.key for problem in refused.value.problems] == [
        "seed", "futures", "workers", "engine", "stance", "resume", "resume", "",
    ]  # fmt: skip


def test_whole_numbers_of_numpy_are_whole_numbers():
    import numpy as np

    with pytest.raises(AssertionError, match="something was run"):
        run(seed=np.int64(3), workers=np.uint8(1), years=np.int32(1))


BAD_TEXT = (
    "x", "", "-1", "1.5", "nan", "inf", "1e3", "0x10", "\u0661\u0662", "9" * 5_000, "None", "1;2", "\x1b[31m1", "--", "\u221e",
)  # fmt: skip
OPTIONS = {
    "run one-village": ("--citizens", "--years", "--seed", "--workers", "--keep", "--engine"),
    "compare": ("--citizens", "--years", "--seed", "--workers", "--futures", "--engine", "--stance"),
    "attribute one-village": ("--citizens", "--years", "--seed", "--workers", "--futures", "--engine"),
    "sweep study.toml": ("--workers", "--on"),
    "calibrate": ("--seed", "--workers"),
    "app": ("--port",),
}
COMMAND_LINE = [(command, option, text) for command, options in OPTIONS.items() for option in options for text in BAD_TEXT]


@pytest.mark.parametrize(("command", "option"), [(command, option) for command, options in OPTIONS.items() for option in options])
def test_an_option_that_makes_no_sense_is_named(command, option):
    for _, _, text in (case for case in COMMAND_LINE if case[:2] == (command, option)):
        result = CliRunner().invoke(cli, [*command.split(), f"{option}={text}"])
        assert (result.exit_code, result.stdout) == (2, ""), (text, result.output)
        assert option in result.stderr
        assert all(line.isprintable() and len(line) < 700 for line in result.stderr.splitlines()), result.stderr
        assert list(Path().iterdir()) == []


NO_COMMANDS = (
    ["--citizens", "500"], ["run"], ["run", "one-village", "--citizen", "500"], ["run", "one-village", "extra"], ["compere"],
    ["replay", "x"], ["replay", "nowhere", "x", "0"], ["explain", "no.such"], ["explain", "\x1b[31m"], ["check"], ["verify"],
    ["describe"], ["describe", "--odd", "--trace"], ["schema", "x"], ["month", "--year"], ["sweep"], ["calibrate", "x"],
    ["check", ""], ["check", "--", "-x"], ["run", "one-village", "--out"], ["compare", "--place", "Bangkok"],
)  # fmt: skip


@pytest.mark.parametrize("words", NO_COMMANDS)
def test_words_that_make_no_command(words):
    result = CliRunner().invoke(cli, words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    assert list(Path().iterdir()) == []
