"""The figure of money shows what its title speaks of: public money less charges, against the budget, unpaid help apart."""

import numpy as np
import pytest

from copro_sim.comparison.headlines import public_money
from copro_sim.report.figures import draw
from tests.comparison.fakes import fake_comparison


@pytest.fixture
def comparison():
    found = fake_comparison({"old": np.zeros(10), "new": np.full(10, -0.05)})
    found.data["charges"].values[:] *= 0.25
    return found


def test_bars_are_as_long_as_the_public_money_that_the_title_speaks_of(comparison):
    public, _unpaid = draw(comparison, "money").figure.axes
    ends = {round(bar.get_y() + bar.get_height() / 2): 0.0 for bar in public.patches}
    for bar in public.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        ends[row] = max(ends[row], bar.get_x() + bar.get_width())
    found = public_money(comparison, "new")
    million = 1e-6 if "million" in public.get_title(loc="left") else 1e-3
    assert [ends[0], ends[1]] == pytest.approx([found.reference * million, found.other * million])


def test_charges_stand_beside_the_bars_and_in_the_table(comparison):
    drawing = draw(comparison, "money")
    public, _unpaid = drawing.figure.axes
    beside = [text for text in public.texts if "\ncharges " in text.get_text()]
    assert len(beside) == 2
    drawing.figure.draw_without_rendering()
    room = public.get_window_extent()
    bars = [bar.get_window_extent() for bar in public.patches]
    for text in beside:  # on white, and not over the edge
        box = text.get_window_extent()
        assert box.x1 < room.x1
        assert not any(box.overlaps(bar) for bar in bars)
    table = drawing.table.set_index("Scenario")
    np.testing.assert_allclose(table["Charges (pounds a year)"], comparison.whole_run("charges").mean(axis=1))
    assert "of which people pay" in drawing.alt


def test_unpaid_help_stands_apart_from_public_money(comparison):
    drawing = draw(comparison, "money")
    assert "never netted" in drawing.subtitle
    table = drawing.table.set_index("Scenario")
    np.testing.assert_allclose(table["Care (pounds a year)"], comparison.whole_run("council_cost").mean(axis=1))
    public, unpaid = drawing.figure.axes
    assert unpaid.get_title(loc="left").startswith("Unpaid help")
    assert len(public.patches) == 2 * 2
