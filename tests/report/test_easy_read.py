"""The opening in easy words: true in every case, each line short, hard words explained before they are used."""

import numpy as np
import pytest

from copro_sim.comparison.places import at, find_place
from copro_sim.report.easy_read import easy_read
from tests.comparison.fakes import fake_comparison

NONE, LESS = np.zeros(20), np.full(20, -0.05)
MIXED = np.array([-0.05, 0.05] * 10)
MOSTLY = np.array([-0.05] * 16 + [0.05] * 4)


def pair(change, stance="evidence-only"):
    return fake_comparison({"old": NONE, "new": change}, stance=stance)


def lines(change, *others):
    comparison = pair(change)
    return easy_read(comparison, comparison, [comparison, *others])


@pytest.mark.parametrize(
    ("change", "result", "women"),
    [
        (LESS, "“New” is better. In nine of ten futures or more it leaves less unmet need.", "give more help"),
        (-LESS, "“New” is worse. In nine of ten futures or more it leaves more unmet need.", "give less help"),
        (MOSTLY, "“New” is often better.", "give more help"),
        (-MOSTLY, "“New” is often worse.", "give less help"),
        (NONE, "Both plans leave the same amount of unmet need.", "hardly changes, or we cannot tell"),
        (MIXED, "No plan is clearly better.", "hardly changes, or we cannot tell"),
        (np.full(20, np.nan), "The two plans cannot be compared.", "hardly changes, or we cannot tell"),
    ],
)
def test_it_says_what_the_data_say(change, result, women):
    text = " ".join(lines(change))
    assert result in text
    assert women in text


def test_levels_are_those_of_the_data_and_little_is_called_little():
    comparison = pair(LESS)
    before, here = 100 * comparison.whole_run("unmet_share").mean(axis=1)
    text = " ".join(lines(LESS))
    assert f"{before:.1f} are missing under “Old”." in text
    assert f"{here:.1f} are missing under “New”." in text
    assert "The difference is very small." in lines(LESS / 20)
    assert "The difference is very small." not in lines(LESS)


def test_averages_on_the_other_side_are_explained():
    lopsided = np.where(np.arange(20) < 19, -0.001, 0.2)
    pulled = "These numbers are averages. A few futures pull them the other way."
    assert pulled in lines(lopsided)
    assert pulled not in lines(LESS)


def test_money_and_hours_that_hardly_change_are_said_to():
    comparison = pair(-LESS / 20)
    comparison.data["council_cost"].loc[{"scenario": "new"}] *= 0.999
    text = easy_read(comparison, comparison, [comparison])
    for start in ("In most futures women from 45 to 64 give less help", "In most futures “New” costs councils less money"):
        at = next(k for k, line in enumerate(text) if line.startswith(start))
        assert text[at + 1] == "The difference is very small."
    comparison.data["council_cost"].loc[{"scenario": "new"}] *= 0.5
    text = easy_read(comparison, comparison, [comparison])
    at = next(k for k, line in enumerate(text) if "costs councils less money" in line)
    assert text[at + 1] != "The difference is very small."


def test_of_one_place_it_says_that_women_are_those_of_all_of_wales():
    wales = pair(LESS)
    here = at(wales, find_place("Powys"))
    said, line = easy_read(here, wales, [here]), "What we say of these women is about all of Wales."
    assert "women" in said[said.index(line) - 1]
    assert line not in easy_read(wales, wales, [wales])


def test_hard_words_are_explained_first_and_lines_are_short():
    said = lines(LESS)
    explained = next(k for k, line in enumerate(said) if line.startswith("Unmet need means"))
    assert all("nmet need" not in line for line in said[:explained])
    assert all(len(sentence.split()) <= 18 for line in said for sentence in line.split(". "))
    assert "stance" not in " ".join(said)


def test_beliefs_are_told_of_where_all_three_were_tried():
    alike = lines(LESS, pair(LESS, "advocate"), pair(LESS, "sceptic"))
    turned = lines(LESS, pair(LESS, "advocate"), pair(-LESS, "sceptic"))
    assert any("The answer was the same each time." in line for line in alike)
    assert any("The answer was not always the same." in line for line in turned)
    assert not any("guess" in line for line in lines(LESS))


def test_of_a_single_scenario_there_is_nothing_to_say():
    one = fake_comparison({"only": NONE})
    assert easy_read(one, one, [one]) == []
