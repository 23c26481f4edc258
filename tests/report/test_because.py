"""What further runs say on the page: break-evens with their counts, mechanisms the largest first."""

import numpy as np
import pandas as pd

from copro_sim.comparison.break_even import BreakEven, crossings
from copro_sim.comparison.why import Why
from copro_sim.report.because import because, break_even_sentence
from tests.comparison.fakes import fake_comparison

VALUES = np.array([0.0, 0.5, 1.0])
_COLUMNS = ["mechanism", "meaning", "indicator", "median", "low_50", "high_50", "low_90", "high_90", "futures"]


def even(changes, setting="funding.clawback"):
    change = np.array(changes, float)
    return BreakEven(
        setting, "unmet_share", VALUES, change, crossings(VALUES, change), int((change < 0).all(axis=0).sum()),
        int((change > 0).all(axis=0).sum()),
    )  # fmt: skip


def parts(medians, break_evens):
    rows = [
        (f"bonds.{k}", f"What `bond` {k} does", "unmet_share", m, m - 0.01, m + 0.01, m - 0.02, m + 0.02, 4)
        for k, m in enumerate(medians)
    ]
    comparison = fake_comparison({"old": np.zeros(20), "new": np.full(20, -0.05)})
    why = Why("new", "evidence-only", 4, pd.DataFrame(rows, columns=_COLUMNS), break_evens)
    return {part.name: part for part in because(comparison, why)}


def test_a_break_even_is_told_in_units_that_people_read():
    said = break_even_sentence(even([[-1] * 6 + [1], [1] * 5 + [-1, 1], [1] * 5 + [-1, 1]]))
    assert said == (
        "Clawback: percent of the money it frees that is taken away: breaks even at 25 (90 percent of these futures: 25 to 25) "
        "in 5 of 7 futures; better throughout in 1, worse throughout in 1."
    )


def test_of_a_few_break_evens_no_interval_is_said():
    said = break_even_sentence(even([[-1, -1, -1, 1], [1, 1, -1, 1], [1, 1, -1, 1]]))
    assert said.endswith(
        "breaks even in only 2 of 4 futures, typically at 25; better throughout in 1, worse throughout in 1."
    )


def test_halves_in_which_there_is_no_future_are_left_out_and_all_are_not_called_few():
    said = break_even_sentence(even([[-1] * 4, [1] * 4, [1] * 4]))
    assert said.endswith("breaks even in 4 of 4 futures, typically at 25.")
    assert even([[-1] * 4, [1] * 4, [1] * 4]).sentence().endswith("in 4 of 4 futures.")
    assert break_even_sentence(even([[1, 1], [1, 1], [2, 1]])).endswith("in any of 2 futures; worse throughout in 2.")


def test_small_values_are_said_with_a_decimal():
    said = break_even_sentence(even([[-1] * 6, [1] * 6, [1] * 6], "funding.reserved_pounds_per_head"))
    assert "breaks even at 0.2 (90 percent of these futures: 0.2 to 0.2) in 6 of 6" in said


def test_no_words_of_the_figures_are_cut_off():
    found = parts([0.001, -0.03, 0.0], (even([[-1, -1], [1, -1], [1, -1]]), even([[1, 1]] * 3, "coproduction.practice_percent")))
    for drawing in (*found["why"].drawings, *found["true"].drawings):
        drawing.figure.draw_without_rendering()
        for ax in drawing.figure.axes:
            assert "…" not in ax.get_xlabel()
            box = ax.xaxis.label.get_window_extent()
            assert box.x0 > 0
            assert box.x1 < drawing.figure.bbox.x1
            assert box.y0 > drawing.footer * drawing.figure.dpi


def test_a_setting_that_changes_nothing_is_said_to():
    idle = even([[-1, 1, 0]] * 3)
    assert break_even_sentence(idle).endswith("moved from 0 to 100 it changes unmet need in none of 3 futures.")
    assert not even([[-1, 1], [-1, 1], [-1, 2]]).idle


def test_mechanisms_are_called_by_what_they_do():
    (mechanisms,) = parts([0.04, -0.03], (even([[1, 1]] * 3),))["why"].drawings
    labels = [label.get_text() for label in mechanisms.figure.axes[0].get_yticklabels()]
    assert labels == ["What bond 1 does", "What bond 0 does"]
    assert mechanisms.english == ("Meaning",)


def test_no_break_even_is_told_with_what_was_tried():
    said = break_even_sentence(even([[-1, 1], [-1, 1], [-2, 1]]))
    assert said.endswith("no break-even between 0 and 100 in any of 2 futures; better throughout in 1, worse throughout in 1.")


def test_the_page_has_both_figures_with_titles_from_the_data():
    found = parts([0.001, -0.03, 0.0], (even([[-1, -1], [1, -1], [1, -1]]), even([[1, 1]] * 3, "coproduction.practice_percent")))
    (mechanisms,), (evens,) = found["why"].drawings, found["true"].drawings
    assert mechanisms.title == (
        "Of 3 mechanisms switched off one at a time “bonds.1” moves unmet need most: down by 3.0 percentage points in the median "
        "future"
    )
    assert evens.title.endswith("Clawback: in 1 of 2 futures; Practice: in 0 of 2 futures")
    assert len(evens.table) == 2 * len(VALUES)
    assert "stance evidence-only, over 4 futures" in found["true"].sentences[-1]


def test_the_title_says_which_way_the_strongest_mechanism_moves_unmet_need():
    (mechanisms,) = parts([0.04, -0.03], (even([[1, 1]] * 3),))["why"].drawings
    assert "“bonds.0” moves unmet need most: up by 4.0 percentage points" in mechanisms.title


def test_where_no_mechanism_moves_anything_it_says_so():
    (mechanisms,) = parts([0.0, 0.0], (even([[1, 1]] * 3),))["why"].drawings
    assert mechanisms.title == "None of 2 mechanisms switched off one at a time moves unmet need in half of 4 futures"
