"""The figure of institutions: its title says what is the case, with the count of futures."""

import pytest

from copro_sim.report.figures import draw
from tests.comparison.fakes import fake_comparison


def practising(more):
    """A comparison in which so many more of 100 practitioners practise under the second scenario in each future."""
    comparison = fake_comparison({"old": [0.0] * len(more), "new": [0.0] * len(more)}, years=1)
    data = comparison.data.copy(deep=True)
    data["practitioners"][:] = 100.0
    data["adopters"][0] = 20.0
    for future, extra in enumerate(more):
        data["adopters"][1, future] = 20.0 + extra
    object.__setattr__(comparison, "data", data)
    return comparison


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([10.0] * 20, "30 percent of practitioners work the co-produced way at the end under New, 20 percent under Old: higher"),
        ([-10.0] * 20, "lower in 20 of 20 futures"),
        ([10.0] * 15 + [-10.0] * 5, "tends to be higher (15 of 20 futures)"),
        ([10.0, -10.0] * 10, "no clear difference (higher in 10 of 20 futures)"),
        ([0.0] * 20, "no difference in any of 20 futures"),
    ],
)
def test_the_title_says_in_how_many_futures_more_practise(more, words):
    drawing = draw(practising(more), "institutions")
    assert words in drawing.title
    assert drawing.name == "institutions"
    assert len(drawing.table) == 2


def test_numbers_below_zero_have_a_sign_of_minus():
    comparison = practising([10.0] * 20)
    comparison.data["implementation_gap"][0] = 0.0
    comparison.data["implementation_gap"][1] = -0.044
    drawing = draw(comparison, "institutions")
    assert "Promoted less practised (points): " in drawing.alt
    assert "\N{MINUS SIGN}4.4" in drawing.alt
    assert "-4.4" not in drawing.alt
    assert any(text.get_text().endswith("New \N{MINUS SIGN}4.4") for ax in drawing.figure.axes for text in ax.texts)
