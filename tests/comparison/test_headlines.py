# ruff: noqa: RUF001  (numbers are written with the minus sign)
"""Headlines say better, worse and no difference when that is what the futures say, with their count."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.comparison.headlines import claim, finding, headlines, sentence, shown
from copro_sim.comparison.paired import paired
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.full(20, -0.05)
MIXED = np.array([-0.05, 0.05] * 10)


def told(change, key="unmet_share"):
    return finding(fake_comparison({"old": NONE, "new": change}), "new", key)


def test_better():
    need = "The share of need left unmet is lower (better) under New than under Old in 20 of 20 futures"
    assert told(LESS) == f"{need}, typically by 5.0 percentage points"
    wellbeing = "Wellbeing is higher (better) under New than under Old in 20 of 20 futures"
    assert told(LESS, "wellbeing") == f"{wellbeing}, typically by 0.500 points of 10"


def test_worse():
    need = "The share of need left unmet is higher (worse) under New than under Old in 20 of 20 futures"
    assert told(-LESS) == f"{need}, typically by 5.0 percentage points"
    wellbeing = "Wellbeing is lower (worse) under New than under Old in 20 of 20 futures"
    assert told(-LESS, "wellbeing") == f"{wellbeing}, typically by 0.500 points of 10"


def test_no_clear_difference_and_none_at_all():
    assert told(MIXED) == (
        "The share of need left unmet: no clear difference between New and Old (lower (better) in 10 of 20 futures)"
    )
    assert told(NONE) == "The share of need left unmet is the same under New and Old in all 20 futures"


def test_a_tendency_counts_its_futures():
    change = np.where(np.arange(20) < 16, -0.05, 0.05)
    assert told(change) == (
        "The share of need left unmet tends to be lower (better) under New than under Old (16 of 20 futures), "
        "typically by 5.0 percentage points"
    )


def test_what_is_sure_but_tiny_is_said_to_be_tiny():
    assert told(LESS / 50).endswith("in 20 of 20 futures, though by very little: typically 0.1 percentage points")


def test_the_side_is_that_of_the_count_even_where_the_mean_is_on_the_other():
    change = np.where(np.arange(20) < 19, -0.001, 0.2)
    assert change.mean() > 0
    assert "lower (better) under New than under Old in 19 of 20" in told(change)


def test_an_average_on_the_other_side_is_explained():
    lopsided = np.where(np.arange(20) < 19, -0.001, 0.2)
    text = sentence(fake_comparison({"old": NONE, "new": lopsided}), "new", "unmet_share")
    assert text.endswith("percentage points), as a few futures pull the average the other way.")
    for change in (LESS, -LESS, MIXED, -lopsided * np.where(lopsided < 0, 1, 0)):
        assert "pull" not in sentence(fake_comparison({"old": NONE, "new": change}), "new", "unmet_share")


def test_a_sentence_has_its_size():
    text = sentence(fake_comparison({"old": NONE, "new": LESS}), "new", "unmet_share")
    assert text.endswith("(90 percent of futures: −5.0 to −5.0 percentage points).")


def test_without_a_better_side_nothing_is_called_better():
    found = paired(np.ones(20), np.full(20, 6.0), None)
    text = claim("work", "B", "A", found, None, shown("members"))
    assert text == "Work is higher under B than under A in 20 of 20 futures, typically by 5 people"


def test_what_is_not_defined_is_never_called_the_same():
    comparison = fake_comparison({"old": NONE, "new": LESS})
    comparison.data["wellbeing"].values[1, 3] = np.nan
    text = sentence(comparison, "new", "wellbeing")
    assert text == "Wellbeing: New and Old cannot be compared, as it is not defined in every future."
    assert comparison.paired("new", "wellbeing").verdict == "not defined in every future"


CHANGES = st.lists(st.sampled_from([-0.2, -0.011, -0.003, 0.0, 0.002, 0.01, 0.3]), min_size=1, max_size=30).map(np.array)


@given(CHANGES, st.sampled_from(["less", "more", None]))
def test_a_claim_never_contradicts_its_numbers(change, direction):
    found = paired(np.ones(len(change)), 1 + change, direction)
    text = claim("what", "B", "A", found, direction, shown("unmet_share"), little=0.01)
    lower, higher = int((change < 0).sum()), int((change > 0).sum())
    if "is the same" in text:
        assert lower == higher == 0
        return
    count, total = (int(number) for number in re.search(r"(\d+) of (\d+) future", text).groups())
    side = "higher" if "higher" in text else "lower"
    assert ("higher" in text) != ("lower" in text)
    assert (count, total) == ({"higher": higher, "lower": lower}[side], len(change))
    assert count == max(lower, higher)
    assert ("(better)" in text) == (direction == {"higher": "more", "lower": "less"}[side])
    assert ("(worse)" in text) == (direction == {"higher": "less", "lower": "more"}[side])
    assert ("no clear difference" in text) == (count / total < 0.75)
    if "no clear difference" not in text:
        assert (np.median(change) > 0) == (side == "higher")
        assert float(re.search(r"typically (?:by )?([\d.]+)", text)[1]) == pytest.approx(100 * abs(np.median(change)), abs=0.06)
        assert ("tends to be" not in text) == (count / total >= 0.9 and total >= 10)
        assert ("very little" in text) == (abs(np.median(change)) < 0.01 - 1e-9)


def test_every_scenario_and_the_cross_are_told():
    four = {"retreating-state": NONE, "co-production": LESS, "steady-state": LESS, "steady-and-co-produced": 2 * LESS}
    lines = headlines(fake_comparison(four))
    assert len(lines) == 3 * 4 + 1
    assert "both together, beyond the sum 0.0, " in lines[-1]
    assert all(line.endswith(".") for line in lines)


def test_what_money_and_practice_do_alone_and_beyond_the_sum_adds_up_to_having_both():
    change = np.linspace(0.02, 0.06, 20) ** 1.5  # means and medians differ
    four = fake_comparison(
        {"retreating-state": NONE, "co-production": -change, "steady-state": -3 * change, "steady-and-co-produced": -3 * change}
    )
    effects = four.money_by_practice(["unmet_share"])["difference"]
    both = four.paired("steady-and-co-produced", "unmet_share")
    assert effects.sum() == pytest.approx(both.difference)
    *parts, total = (float(text.replace("−", "-")) for text in re.findall(r"[−+]\d\.\d", headlines(four)[-1]))
    assert total == pytest.approx(sum(parts), abs=0.11)
    assert total == pytest.approx(100 * both.difference, abs=0.051)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.051, "+5.1"),
        (-0.051, "−5.1"),
        (0.0001, "+0.01"),
        (-0.00001, "−0.001"),
        (-2.4e-6, "0.0"),
        (0.0, "0.0"),
        (float("nan"), "unknown"),
    ],
)
def test_signed_numbers(value, text):
    assert shown("unmet_share").signed(value) == text
