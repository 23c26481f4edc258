"""The councils as tiles: each has one, roughly where it lies, and never colour alone."""

from dataclasses import replace

import numpy as np
import pytest

from copro_sim.report.figures import draw
from copro_sim.report.tiles import AT, COLUMNS, ROWS
from copro_sim.scenario.evidence import authorities
from tests.comparison.fakes import fake_comparison


@pytest.fixture
def comparison():
    found = fake_comparison({"old": np.zeros(20), "new": np.full(20, -0.05)})
    unmet = found.data["place_unmet_share"]
    for name, change in (("Cardiff", 0.04), ("Gwynedd", 0.0), ("Powys", -0.001)):
        unmet.loc[{"scenario": "new", "authority": name}] = unmet.sel(scenario="old", authority=name) + change
    swing = np.where(np.arange(20) < 16, 0.02, -0.02)
    old = unmet.sel(scenario="old", authority="Newport").values
    unmet.loc[{"scenario": "new", "authority": "Newport"}] = old + swing[:, None]
    return found


def test_every_council_has_a_tile_of_its_own_on_the_map():
    assert set(AT) == {one.name for one in authorities()}
    assert len(set(AT.values())) == len(AT)
    assert all(0 <= row < ROWS and 0 <= column < COLUMNS for row, column in AT.values())


@pytest.mark.parametrize(
    ("one", "other", "axis", "sign"),
    [("Isle of Anglesey", "Cardiff", 0, 1), ("Pembrokeshire", "Monmouthshire", 1, 1), ("Gwynedd", "Swansea", 0, 1),
     ("Flintshire", "Conwy", 1, -1), ("Powys", "Ceredigion", 1, -1)],
)  # fmt: skip
def test_north_is_up_and_west_is_left(one, other, axis, sign):
    assert sign * (AT[other][axis] - AT[one][axis]) > 0


def test_a_tile_says_names_size_and_certainty_in_words(comparison):
    drawing = draw(comparison, "councils")
    words = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert {"Gwynedd", "Cardiff", "Caerdydd", "Casnewydd", "Vale of Glamorgan", "Bro Morgannwg"} <= set(words)
    cardiff = words[words.index("Cardiff") :]
    assert cardiff[1:5] == ["Caerdydd", "+4.0", "20 of 20", "worse"]
    newport = words[words.index("Newport") :]
    assert newport[1:5] == ["Casnewydd", "+2.0", "16 of 20", "tends to be worse"]
    gwynedd = words[words.index("Gwynedd") :]
    assert gwynedd[1:4] == ["0.0", "the same", "no clear difference"]
    assert "better in 19 of 22 councils and worse in 2, by 1 percentage point or more in 20" in drawing.title
    table = drawing.table.set_index("Council")
    assert table.loc["Cardiff", "Finding"] == "worse in 20 of 20 futures"
    assert table.loc["Powys", "Cyngor"] == "Powys"


def test_a_tile_that_hardly_differs_is_white(comparison):
    patches = {patch.get_xy(): patch.get_facecolor()[:3] for patch in draw(comparison, "councils").figure.axes[0].patches}

    def face(name):
        return next(colour for (x, y), colour in patches.items() if (int(y), int(x)) == AT[name])

    assert face("Powys") == (1.0, 1.0, 1.0)  # better in every future, by a tenth of a point
    assert face("Cardiff") != face("Swansea") != (1.0, 1.0, 1.0)


def test_small_panels_stand_where_the_tiles_are_on_one_scale(comparison):
    drawing = draw(comparison, "councils-over-time")
    seen = [ax for ax in drawing.figure.axes if ax.get_visible()]
    assert len(seen) == len(AT)
    assert len({ax.get_ylim() for ax in seen}) == 1
    row = drawing.table[(drawing.table["Council"] == "Cardiff")].iloc[-1]
    assert row["Median"] == pytest.approx(4.0)


def test_years_of_neighbouring_panels_do_not_run_together():
    drawing = draw(fake_comparison({"old": np.zeros(2), "new": np.zeros(2)}, years=30), "councils-over-time")
    drawing.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for ax in drawing.figure.axes if ax.get_visible() for label in ax.get_xticklabels()]
    assert len(boxes) == 2 * len(AT)
    assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])
    gaps = [abs(one.x0 - other.x1) for one in boxes for other in boxes if abs(one.y0 - other.y0) < 1 and one is not other]
    assert min(gaps) > 4


def test_of_a_few_councils_only_those_are_drawn(comparison):
    few = replace(comparison, data=comparison.data.sel(authority=["Swansea", "Cardiff"]))
    assert "better in 1 of 2 councils and worse in 1" in draw(few, "councils").title
    assert len(draw(few, "councils").table) == 2
