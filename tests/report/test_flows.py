"""The figure of flows: whose hours become more, whose fewer."""

import numpy as np
import pytest

from copro_sim.report.figures import draw
from tests.comparison.fakes import fake_comparison


@pytest.mark.parametrize(
    ("kin", "council", "title"),
    [
        (
            5000.0,
            -300.0,
            "most hours are gained from “Kin elsewhere”: +5.0 thousand hours a week, higher in 12 of 12 futures; most are lost "
            "from “Council”: \N{MINUS SIGN}0.3 thousand hours a week, lower in 12 of 12 futures",
        ),
        (5.0, 0.0, "no hours are lost; most are gained from “Kin elsewhere”"),
        (0.0, -3.0, "no hours are gained; most are lost from “Council”"),
        (0.0, 0.0, "help from every source is the same"),
    ],
)
def test_the_title_says_what_is_gained_and_lost(kin, council, title):
    comparison = fake_comparison({"old": np.zeros(12), "new": np.zeros(12)})
    comparison.data["kin_hours"].values[1] += kin
    comparison.data["council_hours"].values[1] += council
    drawing = draw(comparison, "flows")
    assert title in drawing.title
    median = dict(zip(drawing.table["Source"], drawing.table["Median (hours a week)"], strict=True))
    assert (median["Kin elsewhere"], median["Council"]) == (pytest.approx(kin), pytest.approx(council))
    assert median["Need itself"] == 0.0
