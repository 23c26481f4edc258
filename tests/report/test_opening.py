"""The five sentences with which a page opens say what the data say."""

import numpy as np
import pytest

from copro_sim.comparison.places import at, find_place
from copro_sim.report.opening import at_a_glance, opening
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.full(20, -0.05)


def said(comparison, *others):
    return {one.question: one.answer for one in opening(comparison, comparison, [comparison, *others])}


def pair(change, stance="evidence-only"):
    return fake_comparison({"old": NONE, "new": change}, stance=stance)


@pytest.mark.parametrize(
    ("change", "difference", "who"),
    [
        (LESS, "lower (better) under New", "18 are or tend to be left with less unmet need"),
        (-LESS, "higher (worse) under New", "18 are or tend to be left with more unmet need"),
        (NONE, "is the same under New and Old", "None of 18 groups"),
        (np.array([-0.05, 0.05] * 10), "no clear difference between New and Old", "None of 18 groups"),
    ],
)
def test_five_sentences(change, difference, who):
    found = said(pair(change))
    assert len(found) == 5
    assert difference in found["What is the difference, and how sure is it"]
    assert who in found["Who gains and who loses"]
    assert "April 2013 to March 2015, in the same 20 futures" in found["What was compared"]


def test_some_gain_and_others_lose():
    comparison = pair(LESS)
    unmet = comparison.data["group_unmet_share"]
    unmet.loc[{"scenario": "new", "group": "rural"}] = unmet.sel(scenario="old", group="rural") + 0.03
    who = said(comparison)["Who gains and who loses"]
    assert "17 are or tend to be left with less unmet need" in who
    assert "one is or tends to be left with more: rural places (typically by 3.0 percentage points)." in who


def test_costs_are_never_netted_against_unpaid_hours():
    comparison = pair(LESS)
    comparison.data["council_cost"].loc[{"scenario": "new"}] *= 0.5
    text = said(comparison)["What it costs"]
    assert "pull" not in text
    assert "is lower under New than under Old in 20 of 20 futures" in text
    assert "never set against money" in text


def test_average_costs_on_the_other_side_are_explained():
    comparison = pair(NONE)
    comparison.data["council_cost"].values[1, 1:] *= 0.999
    comparison.data["council_cost"].values[1, 0] *= 1.5
    assert "million pounds a year, as a few futures pull the average the other way. Hours" in said(comparison)["What it costs"]


def test_what_would_have_to_be_true_hangs_on_stances_only_where_it_does():
    turned = said(pair(NONE), pair(LESS, "advocate"), pair(-LESS, "sceptic"))["What would have to be true"]
    assert turned.startswith("It hangs on what one believes without evidence")
    assert turned.index("(sceptic) worse in 20 of 20") < turned.index("(advocate) better in 20 of 20")
    alike = said(pair(LESS), pair(LESS, "advocate"), pair(LESS, "sceptic"))["What would have to be true"]
    assert alike.startswith("What one believes without evidence does not turn it")
    assert "fewer than 20 draws" in alike
    assert "evidence-only alone" in said(pair(LESS))["What would have to be true"]


def test_a_stance_without_a_clear_difference_does_not_say_the_same():
    """Eleven of twenty futures are no finding, whichever side they are on: the quote and the easy words say so, too."""
    unclear = np.where(np.arange(20) < 11, -0.05, 0.05)
    text = said(pair(LESS), pair(unclear, "advocate"), pair(LESS, "sceptic"))["What would have to be true"]
    assert text.startswith("It hangs on what one believes without evidence")


def test_settings_are_those_of_the_page_and_not_of_a_stance_with_fewer_futures():
    here = fake_comparison({"old": np.zeros(40), "new": np.random.default_rng(1).normal(-0.02, 0.01, 40)})
    found = opening(here, here, [pair(LESS, "sceptic"), here, pair(LESS, "advocate")])
    assert "fewer than" not in found[-1].answer


def test_next_to_no_money_and_next_to_no_hours_are_said_to_be_very_little():
    comparison = pair(LESS / 10)
    comparison.data["council_cost"].loc[{"scenario": "new"}] *= 0.999
    found = said(comparison)
    assert "(better)" not in found["What it costs"]
    assert "in 20 of 20 futures, though by very little: typically" in found["What it costs"]
    women = found["Who gains and who loses"].partition("Unpaid help")[2]
    assert "though by very little: typically" in women


def test_of_enough_draws_it_names_settings_or_says_that_there_are_none():
    change = np.random.default_rng(1).normal(-0.02, 0.01, 40)
    text = said(fake_comparison({"old": np.zeros(40), "new": change}))["What would have to be true"]
    assert "settings that nobody knows" in text or "No single setting" in text
    assert "fewer than" not in text


def test_of_one_place_wales_stands_beside_it():
    wales = pair(LESS)
    unmet = wales.data["place_unmet_share"]
    unmet.loc[{"scenario": "new", "authority": "Powys"}] = unmet.sel(scenario="old", authority="Powys") + 0.02
    here = at(wales, find_place("Powys"))
    found = {one.question: one.answer for one in opening(here, wales, [here])}
    assert "higher (worse)" in found["What is the difference, and how sure is it"]
    assert "lower (better)" in found["The same for Wales as a whole"]
    glance = at_a_glance(here, wales)
    assert [column.partition(", ")[2] for column in glance.columns[1:3]] == ["Powys", "Wales"]
    assert glance.rows[0][1].startswith("+2.0: worse in 20")
    assert glance.rows[0][2].startswith("\N{MINUS SIGN}5.0: better in 20")


def test_a_single_scenario_opens_with_nothing():
    one = fake_comparison({"only": NONE})
    assert opening(one, one, [one]) == []
    assert at_a_glance(one, one) is None
