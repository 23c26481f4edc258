"""The page: escaped, self-contained, readable without pictures, and the same bytes from the same comparison."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from copro_sim.comparison.comparison import CROSS
from copro_sim.report.figures import FIGURES
from copro_sim.report.half import LIMITS
from copro_sim.report.opening import opening
from copro_sim.report.page import report
from copro_sim.report.sections import Section
from copro_sim.report.style import WIDTH
from copro_sim.results.verify import verify
from copro_sim.scenario.problems import ScenarioError
from copro_sim.scenario.schema import Scenario
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.linspace(-0.06, -0.04, 20)
EVIL = '<script>alert("1")</script>'


def test_the_limit_on_unpaid_care_is_what_the_fit_says():
    fit = pd.read_csv(Path(__file__).parents[2] / "verification" / "against_wales" / "fit.csv").set_index("target")
    part = fit["median"] / fit["value"]
    assert "about half of the hours" in LIMITS[0]
    assert 0.4 < part["unpaid_hours"] < 0.6
    assert "far fewer people give 35 hours a week or more, although more give fewer" in LIMITS[0]
    assert (part[["carers_1_9", "carers_10_19", "carers_20_34"]] > 1.2).all()
    assert (part[["carers_35_49", "carers_50_plus"]] < 0.7).all()


class Page(HTMLParser):
    """Collects tags and text, and checks that what is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    four = {name: np.tile(k * LESS, 2) for k, name in enumerate(CROSS)}
    comparison = fake_comparison(four, co_production=EVIL)
    path = report(comparison, tmp_path_factory.mktemp("out") / "deep")
    return comparison, path


def test_what_the_user_wrote_is_escaped(written):
    _, path = written
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert not any(tag == "script" for tag, _ in page.tags)
    assert "alert(" in " ".join(page.text)
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_nothing_is_fetched(written):
    _, path = written
    for tag, attributes in Page(path.read_text(encoding="utf-8")).tags:
        for name in ("src", "href"):
            if attributes.get(name):
                inside = ("data:image/svg+xml", "figures/", "data/", "parameters.html", "#")
                assert attributes[name].startswith(inside), (tag, name)
    assert "http:" not in re.sub(r"data:image[^\"]*", "", path.read_text(encoding="utf-8"))


def test_links_lead_somewhere(written):
    _, path = written
    links = {a["href"] for tag, a in Page(path.read_text(encoding="utf-8")).tags if tag == "a"}
    assert len(links) > 3 * len(FIGURES)
    ids = {a["id"] for _, a in Page(path.read_text(encoding="utf-8")).tags if "id" in a}
    for link in links:
        assert link.removeprefix("#") in ids if link.startswith("#") else (path.parent / link).is_file(), link


def test_five_sentences_then_limits_then_findings_and_every_finding_is_there(written):
    comparison, path = written
    text = " ".join(Page(path.read_text(encoding="utf-8")).text)
    for limit in LIMITS:
        assert limit in text
    for said in opening(comparison, comparison, [comparison]):
        assert text.index(said.answer) < text.index(LIMITS[0])
    for sentence in comparison.headlines():
        assert text.index(LIMITS[0]) < text.rindex(sentence)


def test_every_figure_has_words_for_those_who_cannot_see_it(written):
    _, path = written
    images = [a for tag, a in Page(path.read_text(encoding="utf-8")).tags if tag == "img"]
    assert len(images) == len(FIGURES)
    assert all(len(a["alt"]) > 40 for a in images)


def test_on_a_phone_figures_are_wide_enough_to_be_read_and_on_paper_no_wider_than_it(written):
    """Scrolled sideways, the smallest letters of a figure (7.5 points of 691 across) are eight pixels high there."""
    screen, paper = written[1].read_text(encoding="utf-8").split("@media print")
    widths = [float(rem) for rem in re.findall(r"\.wide img \{[^}]*min-width: ([\d.]+)rem", screen)]
    assert widths
    assert min(widths) * 16 * 7.5 / (72 * WIDTH) >= 7.9
    assert ".wide img { min-width: 0; }" in paper
    assert "details:not(.easy[open]) { display: none; }" in paper  # easy words that are open are printed, tables are not


def test_the_same_comparison_has_the_same_page(written, tmp_path):
    comparison, path = written
    again = report(comparison, tmp_path)
    for file in [path, *sorted((path.parent / "figures").iterdir())]:
        assert file.read_bytes() == (again.parent / file.relative_to(path.parent)).read_bytes(), file.name


def test_another_comparison_in_the_same_folder_leaves_nothing_of_the_first_and_verify_finds_all_well(tmp_path):
    four = fake_comparison(dict.fromkeys(CROSS, NONE[:2]), years=1)
    report(four, tmp_path)
    assert (tmp_path / "figures" / "money-and-practice.svg").exists()
    report(fake_comparison({"old": NONE[:2], "new": LESS[:2]}, years=1), tmp_path)
    assert not [*tmp_path.rglob("money-and-practice.*"), *tmp_path.rglob("money_by_practice.csv")]
    found = verify(tmp_path)
    assert found.damage == []
    figure = tmp_path / "figures" / "wellbeing.png"
    figure.write_bytes(figure.read_bytes()[:-1] + b"?")
    assert "wellbeing.png" in verify(tmp_path).damage[0]


def test_a_very_long_description_does_no_harm(tmp_path):
    one = fake_comparison({"only": NONE[:2]}, years=1)
    scenario = Scenario(name="only", title="n" * 200, question="Why? " * 2_000, run={"years": 1})
    path = report(replace(one, scenarios=(scenario,)), tmp_path)
    assert path.stat().st_size < 3_000_000
    assert " ".join(["Why?"] * 2_000) in path.read_text(encoding="utf-8")


def test_the_page_of_a_place_has_wales_beside_it(tmp_path):
    comparison = fake_comparison({"old": NONE[:2], "new": LESS[:2]}, years=1)
    text = " ".join(Page(report(comparison, tmp_path, place="sir benfro").read_text(encoding="utf-8")).text)
    assert "Pembrokeshire, April 2013" in text
    assert "The same for Wales as a whole" in text
    assert "simulated citizens live" in text
    assert "--place Pembrokeshire" in text
    assert (tmp_path / "figures" / "councils.svg").is_file()
    assert (tmp_path / "data" / "differences_of_the_place.csv").is_file()


def test_a_place_that_there_is_not_leaves_nothing_behind(written, tmp_path):
    with pytest.raises(ScenarioError, match=r'^place = "Ceredigon" .* Did you mean Ceredigion\?'):
        report(written[0], tmp_path, place="Ceredigon")
    assert not list(tmp_path.iterdir())


def test_all_that_a_page_cannot_be_made_of_is_named_at_once(written, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ScenarioError) as refused:
        report(written[0], tmp_path / "file", story=3, why="money", place=3, others=[None], lang="fr")
    said = {problem.key: problem.message for problem in refused.value.problems}
    assert list(said) == ["others", "story", "why", "directory", "lang", "place"]
    assert said["story"] == "must come from cs.story"
    assert said["directory"].startswith("is a file: name a folder")


def test_others_may_add_a_part_of_the_page(tmp_path):
    told = Section("two-futures", sentences=("Somebody of 84 in Gwynedd.",))
    more = [told, Section("else", "Something else", ("<b>Else.</b>",))]
    text = report(fake_comparison({"only": NONE[:2]}, years=1), tmp_path, more=more).read_text(encoding="utf-8")
    assert text.index(">Two futures of one citizen</h2>") < text.index("Somebody of 84") < text.index(">Something else</h2>")
    assert "&lt;b&gt;Else.&lt;/b&gt;" in text


def test_a_single_scenario_has_a_page_too(tmp_path):
    text = report(fake_comparison({"only": NONE[:2]}, years=1), tmp_path).read_text(encoding="utf-8")
    assert "<h1>Only</h1>" in text
    assert "What came out" not in text
