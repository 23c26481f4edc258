"""The figure of the stances, and the page that shows all three."""

import numpy as np
import pytest

from copro_sim.report.page import report
from copro_sim.report.stances import stances
from tests.comparison.fakes import fake_comparison


@pytest.fixture(scope="module")
def three():
    effects = {"sceptic": 0.02, "evidence-only": 0.0, "advocate": -0.02}
    luck = np.linspace(-0.004, 0.004, 10)
    return [
        fake_comparison({"old": np.zeros(10), "new": effect + luck, "newer": effect - luck}, stance=stance)
        for stance, effect in effects.items()
    ]


def test_the_title_says_what_each_stance_finds(three):
    drawing = stances(three)
    for one in three:
        assert f"{one.stance} {one.paired('new', 'unmet_share').verdict}" in drawing.title
    assert len(drawing.table) == 3 * 3 * 2
    assert drawing.svg() == stances(three).svg()


def test_the_page_shows_all_three_and_says_what_its_figures_believe(three, tmp_path):
    page = report(three[1], tmp_path, others=[three[0], three[2]]).read_text()
    assert "By what one believes without evidence" in page
    assert "only effects whose sign some study has seen" in page
    assert page.index('id="who-meets-need"') < page.index('id="stances"') < page.index('id="money"')
    assert "--stance all" in page
    assert (tmp_path / "figures" / "stances.svg").exists()


def test_the_page_of_one_stance_says_which(three, tmp_path):
    page = report(three[0], tmp_path).read_text()
    assert 'id="stances"' not in page
    assert "what a sceptic would" in page
    assert "--stance sceptic" in page


def test_other_scenarios_are_refused(three, tmp_path):
    other = fake_comparison({"old": np.zeros(10), "else": np.zeros(10)}, stance="sceptic")
    with pytest.raises(ValueError, match="the same scenarios"):
        report(three[1], tmp_path, others=[other])
    assert not list(tmp_path.iterdir())
