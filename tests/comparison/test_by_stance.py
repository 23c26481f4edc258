"""By stance: what is said is true of the numbers, in the order of the stances, and only like is set beside like."""

import numpy as np
import pytest

from copro_sim.comparison.by_stance import SHOWN, in_order, stance_sentences, stance_table
from tests.comparison.fakes import fake_comparison

GAIN, LOSS, NONE = np.full(10, -0.02), np.full(10, 0.02), np.resize([0.01, -0.01], 10)


def comparisons(**effects):
    return [
        fake_comparison({"old": np.zeros(10), "new": effect}, stance=stance.replace("_", "-"))
        for stance, effect in effects.items()
    ]


def test_sentences_say_what_each_stance_gives():
    (told,) = stance_sentences(comparisons(advocate=GAIN, evidence_only=NONE, sceptic=LOSS))
    start = "The share of need left unmet under New, by stance: sceptic, "
    assert told.startswith(start)
    sceptic, evidence, advocate = told.removeprefix(start).split("; ")[:3]
    assert "worse" in sceptic
    assert "+2.0" in sceptic
    assert evidence.startswith("evidence-only, no clear difference")
    assert advocate.startswith("advocate, clearly better" if "clearly" in advocate else "advocate, better")
    assert "\N{MINUS SIGN}2.0" in advocate
    assert told.endswith("(median difference in percentage points; better is lower).")


def test_one_stance_says_nothing_of_stances():
    assert stance_sentences(comparisons(sceptic=LOSS)) == []


def test_the_table_has_a_row_for_each_indicator_and_stance():
    table = stance_table(comparisons(advocate=GAIN, sceptic=LOSS))
    assert list(table["indicator"]) == [name for name in SHOWN for _ in range(2)]
    unmet = table[table["indicator"] == "unmet_share"].set_index("stance")["difference"]
    assert unmet["sceptic"] == pytest.approx(0.02)
    assert unmet["advocate"] == pytest.approx(-0.02)


def test_only_the_same_scenarios_are_set_side_by_side_once_for_each_stance():
    other = fake_comparison({"old": np.zeros(10), "other": GAIN}, stance="sceptic")
    for wrong in ([*comparisons(advocate=GAIN), other], comparisons(advocate=GAIN) * 2):
        with pytest.raises(ValueError, match="one stance each, and the same scenarios"):
            in_order(wrong)
