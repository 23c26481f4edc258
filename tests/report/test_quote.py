# ruff: noqa: RUF001  (numbers are written with the minus sign)
"""The one sentence that may be quoted is true in every case: gain, loss, no difference, mixed; with and without a break-even."""

import re

import numpy as np
import pandas as pd
import pytest

from copro_sim.comparison.break_even import BreakEven, crossings
from copro_sim.comparison.places import at, find_place
from copro_sim.comparison.why import Why
from copro_sim.report.quote import CLAWBACK, quote
from tests.comparison.fakes import fake_comparison

NONE, LESS = np.zeros(20), np.full(20, -0.05)
MIXED = np.array([-0.05, 0.05] * 10)
MOSTLY = np.array([-0.05] * 16 + [0.05] * 4)


def pair(change, stance="evidence-only"):
    return fake_comparison({"old": NONE, "new": change}, stance=stance)


def clawback(at_zero, at_half, at_whole):
    """Return what came of moving clawback, by future."""
    values, changes = np.array([0.0, 0.5, 1.0]), np.array([at_zero, at_half, at_whole], float)
    found = BreakEven(
        CLAWBACK, "unmet_share", values, changes, crossings(values, changes), int((changes < 0).all(axis=0).sum()),
        int((changes > 0).all(axis=0).sum()),
    )  # fmt: skip
    return Why("new", "evidence-only", changes.shape[1], pd.DataFrame(), (found,))


def said(change, why=None, *others):
    comparison = pair(change)
    return quote(comparison, comparison, [comparison, *others], why)


@pytest.mark.parametrize(
    ("change", "start"),
    [
        (LESS, "“New” beats “Old” in unmet need in 20 of 20 futures, typically by 5.0 percentage points;"),
        (-LESS, "“New” does worse than “Old” in unmet need in 20 of 20 futures, typically by 5.0 percentage points;"),
        (LESS / 25, "“New” beats “Old” in unmet need in 20 of 20 futures, though by very little: typically 0.2 percentage "
    "points;"),
        (MOSTLY, "“New” tends to beat “Old” in unmet need (16 of 20 futures), typically by 5.0 percentage points;"),
        (-MOSTLY, "“New” tends to do worse than “Old” in unmet need (16 of 20 futures), typically by 5.0 percentage points;"),
        (NONE, "“New” and “Old” leave the same need unmet in all 20 futures;"),
        (MIXED, "Between “New” and “Old” there is no clear difference in unmet need: the former leaves less in 10, more in 10 "
    "of 20"),
    ],
)
def test_it_says_what_beats_what_in_how_many_futures(change, start):
    assert said(change).startswith(start)
    assert len(re.findall(r"\.(?!\d)", said(change))) == 1  # one sentence


@pytest.mark.parametrize(
    ("change", "women"),
    [
        (-LESS, "women aged 45 to 64 give less unpaid help, typically 50.0 hours a week (20 of 20 futures); "
        "everybody together: typically 0.0 hours a week."),
        (LESS, "women aged 45 to 64 give more unpaid help, typically 50.0 hours a week (20 of 20 futures); "
        "everybody together: typically 0.0 hours a week."),
        (LESS / 10, "give more unpaid help, typically 5.0 hours a week (20 of 20 futures), less than 1 percent of what they "
        "give;"),
        (-MOSTLY / 10, "tend to give less unpaid help, typically 5.0 hours a week (16 of 20 futures), less than 1 percent of "
        "what they give; "),
        (MOSTLY, "tend to give more unpaid help, typically 50.0 hours a week (16 of 20 futures); "),
        (-MOSTLY, "tend to give less unpaid help, typically 50.0 hours a week (16 of 20 futures); "),
        (NONE, "women aged 45 to 64 give as much unpaid help as before."),
        (MIXED, "what women aged 45 to 64 give without pay does not clearly change."),
    ],
)
def test_it_says_whose_work_it_takes(change, women):
    assert women in said(change)


def test_what_women_give_stands_beside_what_everybody_gives():
    wales = pair(LESS)
    wales.data["given_hours"].values[1] += 30_000.0
    assert quote(wales, wales, [wales]).endswith("(20 of 20 futures); everybody together: typically +30.0 thousand hours a week.")
    wales.data["given_hours"].values[1] -= 60_000.0
    assert quote(wales, wales, [wales]).endswith("(20 of 20 futures); everybody together: typically −30.0 thousand hours a week.")


def test_clawback_counts_only_where_a_gain_is_lost_by_it():
    lost = clawback([-1, -1, -1, 1], [0.5, 1, 1, 1], [1, 1, 1, 1])
    assert "unless councils claw back over 25 percent of what it frees (so in 3 of 4 futures tried)" in said(LESS, lost)
    kept = clawback([-1, -1, -1], [-1, -1, -1], [-1, -1, 1])
    assert "however much of what it frees is clawed back (in 2 of 3 futures tried)" in said(LESS, kept)
    frees_nothing = clawback([-1, -1, -2], [-1, -1, -2], [-1, -1, -2])
    assert "claw" not in said(LESS, frees_nothing)
    undecided = clawback([-1, -1, 1, 1], [-1, 1, 1, 1], [-1, 1, 1, 1])
    gains_by_it = clawback([1, 1, 1], [1, 1, 1], [-1, -1, -1])
    for why in (undecided, gains_by_it, None):
        assert "claw" not in said(LESS, why)
    for change in (-LESS, NONE, MIXED):  # nothing to lose
        assert "claw" not in said(change, lost)


def test_of_one_place_nothing_is_said_of_what_was_tried_over_all_councils():
    wales = pair(LESS)
    here = at(wales, find_place("Powys"))
    lost = clawback([-1, -1], [1, 1], [1, 1])
    assert "claw" not in quote(here, wales, [here], lost)
    assert "claw" in quote(wales, wales, [wales], lost)


def test_of_one_place_the_sentence_names_it_and_says_of_whom_else_it_speaks():
    wales = pair(LESS)
    here = at(wales, find_place("Powys"))
    said = quote(here, wales, [here])
    assert said.startswith("Powys: “New” beats “Old” in unmet need")
    assert re.search(r"\. Wales: women aged 45 to 64 give more unpaid help, typically 50\.0 hours a week", said)
    assert "Wales" not in quote(wales, wales, [wales])


def test_a_gain_that_hangs_on_belief_says_so():
    alike = said(LESS, None, pair(LESS, "advocate"), pair(LESS, "sceptic"))
    assert "the same way under all three stances" in alike
    turned = said(LESS, None, pair(LESS, "advocate"), pair(-LESS, "sceptic"))
    assert "but not so under the stance sceptic" in turned
    alone = said(LESS, None, pair(MIXED, "advocate"), pair(-LESS, "sceptic"))
    assert "but not so under either of the other stances;" in alone
    assert "so under the stance evidence-only, the only one tried" in said(LESS)
    assert "stance" not in said(MIXED, None, pair(LESS, "advocate"), pair(-LESS, "sceptic"))


def test_what_cannot_be_compared_is_not():
    assert said(np.full(20, np.nan)).startswith("“New” and “Old” cannot be compared in unmet need;")


def test_a_single_scenario_is_not_quoted():
    one = fake_comparison({"only": NONE})
    assert quote(one, one, [one]) == ""
