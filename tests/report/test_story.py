"""A story in words and figures: what is there, plainly, by age, place and situation, whatever the ends."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copro_sim as cs
from copro_sim.comparison.followed import End
from copro_sim.language import speaking
from copro_sim.report.further import further_parts
from copro_sim.report.story import _turns, draw_story, figures, story_section, write_story
from copro_sim.report.told import described, ended, means, sentences, spread_title, title_of
from copro_sim.results.verify import verify
from tests.comparison.fakes import fake_comparison
from tests.report.fake_story import COUNCILS, fake_story


def test_somebody_is_described_by_age_place_and_situation():
    typical, helped, _ = fake_story().citizens
    assert described(typical) == (
        "Woman, 70 years old in April 2013; Gwynedd: a rural community, deprivation fifth 2 of 5 (1 is the most deprived); "
        "lives alone; moderate need in April 2013; need of later life"
    )
    assert "household of 2 people" in described(helped)
    assert "needs no help in April 2013" in described(typical._replace(need_level=0))
    assert "need of later life" not in described(typical._replace(need_level=0))
    with speaking("cy"):
        assert "Caerdydd" in described(typical._replace(council="Cardiff"))


def test_a_death_or_a_move_in_one_of_the_futures_is_said_plainly():
    story = fake_story(ends={("helped", "old"): End("died", 7), ("helped", "new"): End("moved away", 13)})
    helped = story.citizens[1]
    assert ended(story, helped) == [
        "Under “Old”: died in November 2013.",
        "Under “New”: moved away in May 2014; how it went on elsewhere is not known.",
    ]
    assert ended(story, story.citizens[0])[0] == "Under “Old”: still here at the end, in March 2015."
    assert " ".join(ended(story, helped)) in " ".join(sentences(story))


def test_care_homes_are_told():
    story = fake_story()
    at_home = story.table["who"].ne("harmed") | story.table["scenario"].ne("new") | story.table["month"].dt.year.ne(2013)
    story.table["support"] = story.table["support"].where(at_home, "residential")
    assert ended(story, story.citizens[2])[1] == "Under “New”: 9 months in a care home that the council pays for."


def test_titles_give_levels_over_the_whole_years_lived_in_both():
    story = fake_story({("helped", "old"): 8.0, ("helped", "new"): 1.0}, ends={("helped", "new"): End("died", 17)})
    story.table.loc[(story.table["scenario"] == "old") & (story.table["month"].ge("2014-04")), "unmet_hours"] = 99.0
    assert title_of(story, story.citizens[1]) == (
        "The most helped of 150 people with need: 1.0 hours a week unmet under “New”, 8.0 under “Old”, over the whole "
        "years lived in both"
    )


def test_who_is_chosen_by_wellbeing_is_told_by_it():
    story = fake_story(by="wellbeing")
    assert title_of(story, story.citizens[1]) == (
        "The most helped of 150 people with need: wellbeing of 7.00 (0 to 10) under “New”, 7.00 under “Old”, over the whole "
        "years lived in both"
    )


def test_it_says_which_future_and_how_they_were_chosen():
    said = sentences(fake_story())
    assert said[0].startswith("Future 4 of 20, whose difference in unmet need is nearest to the median of all.")
    assert "of 150 adults" in said[1]
    assert "owe much to luck" in said[-1]
    alone = sentences(fake_story(future=None, by="wellbeing", roles=("typical", "harmed")))
    assert alone[0].startswith("One future, seed 1.")
    assert "whose wellbeing rises most" in alone[1]
    assert "Nobody's wellbeing rises." in alone


def test_councils_are_told_by_whom_they_matter_to_or_not_at_all():
    assert spread_title(fake_story()) == "Under “New” the council makes no difference to the unmet need of those followed"
    told = spread_title(fake_story(spread=1.5))
    assert told.endswith("from 2.0 (council: Gwynedd) to 5.0 hours a week unmet (council: Cardiff)")


def test_the_table_adds_up_sources_and_what_was_given():
    table = means(fake_story({("typical", "new"): 4.0}))
    rows = {row[0]: row[1:] for row in table.rows}
    assert table.columns[1:] == ("Old", "New")
    assert rows["The most typical: Help from the council"] == ("8.0", "6.0")
    assert rows["The most typical: Gave to others"] == ("1.5", "1.5")


@pytest.mark.parametrize("ends", [{}, {("typical", "old"): End("died", 0)}, {("typical", "new"): End("moved away", 1)}])
def test_every_figure_can_be_drawn_however_it_ends(ends):
    story = fake_story(ends=ends, spread=1.0)
    assert figures(story) == ["typical", "helped", "harmed", "councils"]
    for name in figures(story):
        made = draw_story(story, name)
        assert made.svg() == draw_story(story, name).svg()
        assert len(made.alt) > 60
        assert len(made.table)
    assert len(cs.plot(story, "councils").axes) == 6
    with pytest.raises(ValueError, match=r"Did you mean typical\?"):
        draw_story(story, "typicl")


def test_the_figures_panels_are_the_scenarios():
    figure = cs.plot(fake_story(), "helped")
    assert [ax.get_title(loc="left") for ax in figure.axes if ax.get_visible()][:2] == ["Old", "New"]


def test_the_councils_rows_are_the_councils():
    figure = cs.plot(fake_story(), "councils")
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == list(COUNCILS)


def test_the_part_of_the_page_has_it_all():
    part = story_section(fake_story())
    assert part.name == "two-futures"
    assert [one.name for one in part.drawings] == ["citizen-typical", "citizen-helped", "citizen-harmed", "citizen-councils"]
    assert not re.search(r"\b(Mrs|Mr|Miss)\b", " ".join(part.sentences))


def test_without_it_the_page_says_how_to_have_it():
    comparison = fake_comparison({"old": [0.0] * 10, "new": [-0.1] * 10})
    parts = {part.name: part for part in further_parts(comparison, None, None)}
    assert "copro-sim story old new" in parts["two-futures"].sentences[0]
    assert "--why" in parts["true"].sentences[0]
    assert further_parts(fake_comparison({"only": [0.0] * 10}), None, None) == []


def test_a_story_says_what_it_is_in_a_line():
    assert repr(fake_story()).startswith("<Story of old, new: typical, helped, harmed, ")


def test_a_folder_receives_figures_and_data(tmp_path):
    said = write_story(fake_story(), tmp_path)
    assert said == sentences(fake_story())
    names = {path.name for path in tmp_path.iterdir()}
    assert {"helped.svg", "councils.png", "months.csv", "provenance.json"} <= names


def test_the_figures_of_both_languages_leave_a_folder_that_verify_finds_well(tmp_path):
    said = write_story(fake_story(), tmp_path, lang="both")
    assert said[: len(said) // 2] == sentences(fake_story())
    assert (tmp_path / "cy" / "helped.png").exists()
    assert verify(tmp_path).damage == []
    (tmp_path / "helped.png").write_bytes(b"another picture")
    assert "helped.png: damaged" in verify(tmp_path).damage[0]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30))
def test_steps_are_drawn_where_they_turn_and_nothing_is_lost(steps):
    one, other = np.array(steps, float).T
    at = _turns(one, other)
    kept = at[np.searchsorted(at, np.arange(len(one)), side="right") - 1]  # whose value stands in each month
    assert (one[kept] == one).all()
    assert (other[kept] == other).all()
    assert at[-1] == len(one) - 1
