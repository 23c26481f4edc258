"""Pictures of the village: everybody has a place and keeps it, and what is drawn is what happened."""

import numpy as np
import pytest

from copro_sim.engines.village import Village
from copro_sim.report.village import hours_by_source, in_words, place_citizens, so_far, who_helps_whom
from copro_sim.results.indicators import INDICATORS, measured


@pytest.fixture(scope="module")
def village():
    return Village()


def test_everybody_has_a_place_within_the_circle(village):
    places = place_citizens(village)
    assert set(places) == {one.id for one in village.citizens}
    assert max(np.hypot(*place) for place in places.values()) <= 1


def test_who_has_a_place_keeps_it_and_newcomers_find_one():
    village = Village()
    before = place_citizens(village)
    for _ in range(12):
        village.step()
    after = place_citizens(village, before)
    assert set(after) == {one.id for one in village.citizens}
    assert set(after) - set(before)
    assert all(after[who] is before[who] for who in set(after) & set(before))


def test_a_line_for_everybody_who_helped_and_a_dot_for_everybody(village):
    ax = who_helps_whom(village, place_citizens(village)).axes[0]
    beyond = sum(len(who) for who in village.helped_beyond_bonds().values())
    assert len(ax.lines) == len(village.helped) + beyond
    assert sum(len(dots.get_offsets()) for dots in ax.collections) == len(village.citizens)


def test_hours_by_source_add_up_to_need(village):
    need = measured(INDICATORS["need_hours"], village.months[-1].astype(float))
    assert sum(hours_by_source(village).values()) == pytest.approx(float(need))


def test_the_run_before_is_dashed(village):
    alone, beside = so_far(village, None), so_far(village, Village(cut=20))
    assert [len(ax.lines) for ax in alone.axes] == [1, 1, 0]
    assert [[line.get_linestyle() for line in ax.lines] for ax in beside.axes[:2]] == [["--", "-"]] * 2


def test_words_say_what_is_counted(village):
    said = " ".join(in_words(village))
    assert f"of {len(village.citizens)} people need help" in said
