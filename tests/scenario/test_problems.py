"""What is said of mistakes: columns line up, and values, keys and names of files stay short and on one line."""

import pytest

from copro_sim.scenario.problems import Problem, ScenarioError, shown, shown_file, shown_key


def lines(*problems):
    return str(ScenarioError(problems)).splitlines()


def test_explanations_stand_in_a_column_which_one_long_line_does_not_widen():
    short, long, other = Problem(message="a", key="k" * 10), Problem(message="b", key="k" * 81), Problem(message="c", key="k")
    first, second, third, count = lines(short, long, other)
    assert (first, second, third) == ("k" * 10 + "   a", "k" * 81 + "   b", "k" + " " * 12 + "c")
    assert count == "3 problems; nothing was run."
    assert lines(Problem(message="a", key="k" * 80), other)[1] == "k" + " " * 82 + "c"
    assert lines(Problem(message="only this"))[0] == "only this"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"), ({}, "{}"), ({"a": 1}, "{...}"), ((1, "b"), '[1, "b"]'), ("a\nb", '"a\\nb"'), (10**20, "1" + "0" * 20),
        (10**40, "1" + "0" * 40), (-(10**41), "-a number of more than 40 digits"), (10**41, "a number of more than 40 digits"),
        ("x" * 40, '"' + "x" * 40 + '"'), ("x" * 41, '"' + "x" * 40 + '"'), ([1] * 14, "[" + "1, " * 13 + "1]"),
        ([1] * 15, ("[" + "1, " * 13)[:39] + "..."),
    ],
)  # fmt: skip
def test_values_are_shown_short_and_on_one_line(value, text):
    assert shown(value) == text
    assert len(shown(value)) <= 42


def test_keys_and_files_are_shown_short_and_on_one_line():
    assert shown_key("funding.clawback") == "funding.clawback"
    assert shown_key("a b") == '"a b"'
    assert shown_key("") == '""'
    assert shown_key("k" * 80) == "k" * 80
    assert shown_key("k" * 81) == '"' + "k" * 77 + '..."'
    assert shown_file("f" * 200) == "f" * 200
    assert shown_file("x" + "f" * 200) == "..." + "f" * 200
    assert shown_file("a\tb") == '"a\\tb"'
