"""A figure is drawn once: what comes of it is what matplotlib saves, and its body is all but what the page says itself."""

import io

import matplotlib as mpl
import numpy as np
import pytest

from copro_sim.report.figures import draw
from copro_sim.report.story import draw_story
from copro_sim.report.style import SETTINGS, saved, slim
from tests.comparison.fakes import fake_comparison
from tests.report.fake_story import fake_story

COMPARISON = fake_comparison({"old": np.zeros(20), "new": np.linspace(-0.06, -0.04, 20)})
DRAWINGS = {
    "one panel": lambda: draw(COMPARISON, "who-meets-need"),
    "a map": lambda: draw(COMPARISON, "councils"),
    "a legend of the figure's own": lambda: draw_story(fake_story(), "councils"),
}
"""Figures by what they have."""


@pytest.mark.parametrize("what", DRAWINGS)
def test_a_body_is_the_figure_with_title_measure_and_source_hidden(what):
    drawing = DRAWINGS[what]()
    body = drawing.body().decode()
    title, measure, source = drawing.figure.texts[:3]
    for text in (title, measure, source):
        text.set_visible(False)
    hidden = slim(saved(drawing.figure, "svg").decode())
    assert inside(body) == inside(hidden)
    assert len(body) < len(slim(drawing.svg().decode()))


def inside(svg):
    """Return an SVG without its opening, which says how much of it is seen."""
    return svg[svg.index(">") :]


@pytest.mark.parametrize("what", DRAWINGS)
@pytest.mark.parametrize(("kind", "settings"), [
    ("svg", {"metadata": {"Date": None, "Creator": None}}),
    ("png", {"metadata": {"Software": None}, "dpi": 150.0}),
])  # fmt: skip
def test_a_figure_is_saved_as_matplotlib_would(what, kind, settings):
    drawing = DRAWINGS[what]()
    theirs = io.BytesIO()
    with mpl.rc_context(SETTINGS):
        drawing.figure.savefig(theirs, format=kind, **settings)
    ours = DRAWINGS[what]()
    assert (ours.svg() if kind == "svg" else ours.png()) == theirs.getvalue()
