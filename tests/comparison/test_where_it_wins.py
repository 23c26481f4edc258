"""Where it wins: a line is drawn only where it tells draws apart that it has not seen."""

import numpy as np
import pytest

from copro_sim.comparison import where_it_wins as module
from copro_sim.comparison.dependence import varied_values
from copro_sim.comparison.where_it_wins import where_it_wins
from copro_sim.report.wins import too_few_draws, where_wins
from tests.comparison.fakes import fake_comparison

DRAWS = 60
DECIDES = "sharing.displacement"
"""A strength whose sign was seen: it differs in every draw, and no shipped draw holds it."""


def compared(effect):
    """Return a comparison whose difference in unmet need is `effect` of one setting's values, float64 [draws]."""
    blank = fake_comparison({"old": np.zeros(2 * DRAWS), "new": np.zeros(2 * DRAWS)})
    change = np.repeat(effect(varied_values(blank, 0, DRAWS)[DECIDES]), 2)
    return fake_comparison({"old": np.zeros(2 * DRAWS), "new": change})


@pytest.fixture(scope="module")
def decided():
    return compared(lambda values: 0.2 * (values - 0.2))


def test_a_setting_that_decides_is_an_axis_and_the_line_lies_at_its_break_even(decided):
    found = where_it_wins(decided, "new")
    assert found.across.setting == DECIDES
    assert found.draws == DRAWS
    assert (found.wins == (found.across.values < 0.2)).all()
    assert found.better[found.wins].tolist() == [2] * int(found.wins.sum())
    assert found.accuracy > 0.9
    constant, across, up = found.line
    middle = found.up.values.mean()
    assert -(constant + up * middle) / across == pytest.approx(0.2, abs=0.05)
    assert across < 0
    assert found.across.likely == (0.0, 0.5)


def test_the_map_says_so(decided):
    drawing = where_wins(decided)
    wins = int(where_it_wins(decided, "new").wins.sum())
    assert f"in {wins} of {DRAWS} draws; on these two settings a line tells where (" in drawing.title
    assert len(drawing.table) == DRAWS
    assert too_few_draws(decided) == []


@pytest.mark.parametrize("luck", range(2, 6))
def test_where_chance_decides_no_line_is_drawn(luck):
    comparison = compared(lambda values: np.random.default_rng(luck).normal(0, 0.01, DRAWS))
    found = where_it_wins(comparison, "new")
    assert found.line is None
    assert "no line on these two settings tells where" in where_wins(comparison).title


def test_from_few_draws_no_line_is_drawn_though_chance_would_draw_one():
    for luck in range(60):  # of which a fifth would
        change = np.repeat(np.random.default_rng(luck).normal(0, 0.01, 20), 2)
        comparison = fake_comparison({"old": np.zeros(40), "new": change}, years=1)
        found = where_it_wins(comparison, "new")
        assert found.line is None
        if module._line(np.stack([found.across.values, found.up.values], axis=1), found.wins)[1] is not None:
            break
    else:
        pytest.fail("chance would have drawn none")
    assert where_wins(comparison).title.endswith("draws; to tell where takes 40 draws or more")


@pytest.mark.full
def test_chance_alone_hardly_ever_draws_a_line_from_the_fewest_draws():
    """The two settings are chosen by the same draws, so that chance has many tries: counted over 60 comparisons."""
    drawn = 0
    for luck in range(60):
        change = np.repeat(np.random.default_rng(luck).normal(0, 0.01, module.FEWEST_FOR_LINE), 2)
        comparison = fake_comparison({"old": np.zeros(change.size), "new": change}, years=1)
        drawn += where_it_wins(comparison, "new").line is not None
    assert drawn <= 3


@pytest.mark.parametrize(("sign", "said"), [(-1.0, "in every one of 60 draws"), (1.0, "in none of 60 draws")])
def test_where_all_is_one_way_there_is_nothing_to_tell_apart(sign, said):
    comparison = compared(lambda values: sign * (0.1 + values))
    found = where_it_wins(comparison, "new")
    assert np.isnan(found.accuracy)
    assert said in where_wins(comparison).title


def test_draws_with_the_same_values_are_guessed_together():
    """Many draws of few pairs of values are few: what recurs counts once, and is guessed from the other pairs only."""
    points = np.stack([np.arange(12.0), np.arange(12.0)], axis=1)
    won = np.array([True, False] * 6)
    accuracy, line = module._line(np.repeat(points, 6, axis=0), np.repeat(won, 6))
    assert accuracy < 0.6
    assert line is None
    assert module._pairs(np.repeat(points, 6, axis=0)).tolist() == np.repeat(np.arange(12), 6).tolist()
    few = np.repeat(points[:8], 6, axis=0), np.repeat(won[:8], 6)  # 48 draws, but four pairs on each side
    assert np.isnan(module._line(*few)[0])


def test_few_draws_show_nothing_and_the_page_says_what_would():
    few = fake_comparison({"old": np.zeros(20), "new": np.full(20, -0.05)})
    with pytest.raises(ValueError, match="a map takes 20 draws or more"):
        where_it_wins(few, "new")
    (said,) = too_few_draws(few)
    assert said.startswith("10 draws of what nobody knows are too few")
    assert said.endswith("copro-sim compare --futures 40")


def test_settings_that_the_past_speaks_to_carry_what_fits_it():
    axis = module._axis("council.first_contact_step", np.array([0.1]), "evidence-only")
    assert len(axis.fitted) > 1
    assert all(axis.likely[0] <= value <= axis.likely[1] for value in axis.fitted)
    assert module._axis(DECIDES, np.array([0.1]), "evidence-only").fitted == ()
