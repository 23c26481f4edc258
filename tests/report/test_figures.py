"""Figures: titles true of better, worse and no difference; data beside them; the same bytes again."""


import numpy as np
import pytest

from copro_sim.comparison.comparison import CROSS
from copro_sim.report.figures import FIGURES, available, draw, plot
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.linspace(-0.06, -0.04, 20)


def pair(change):
    return fake_comparison({"old": NONE, "new": change})


def four():
    return fake_comparison({name: np.tile(k * LESS, 2) for k, name in enumerate(CROSS)})


def every_way(change):
    """Return a comparison in which everything that a title speaks of moves with `change`, where more is worse or costs more."""
    comparison = pair(change)
    for name in ("council_cost", "coproduction_cost", "adopters"):
        comparison.data[name].loc[{"scenario": "new"}] *= 1 + change[:, None]
    comparison.data["council_hours"].loc[{"scenario": "new"}] *= 1 - change[:, None]
    unmet = comparison.data["group_unmet_share"]
    unmet.loc[{"group": "most deprived fifth"}] = unmet.sel(group="most deprived fifth") + 0.2
    unmet.loc[{"group": "most deprived fifth", "scenario": "new"}] += change[:, None]
    return comparison


GAIN, SAME, MIXED = LESS, NONE, np.array([-0.05, 0.05] * 10)
CLEAR = "under New than under Old in 20 of 20 futures, typically by"
UNCLEAR = "no clear difference between New and Old"
SAME_IN_ALL = "is the same under New and Old in all 20 futures"
TITLES = {
    "who-meets-need": (f"is lower (better) {CLEAR} 5.0 percentage points", f"is higher (worse) {CLEAR} 5.0 percentage points",
                       SAME_IN_ALL, UNCLEAR),
    "wellbeing": (f"Wellbeing is higher (better) {CLEAR} 0.500 points", f"Wellbeing is lower (worse) {CLEAR} 0.500 points",
                  SAME_IN_ALL, UNCLEAR),
    "paired-differences": ("New better in 20 of 20 futures, typically \N{MINUS SIGN}5.0 points",
                           "New worse in 20 of 20 futures, typically +5.0 points", "New no difference in any of 20 futures",
                           "New no clear difference"),
    "money": (f"co-production is lower {CLEAR}", f"co-production is higher {CLEAR}", SAME_IN_ALL, UNCLEAR),
    "unpaid-work": (f"is higher {CLEAR}", f"is lower {CLEAR}", SAME_IN_ALL, UNCLEAR),
    "by-deprivation": (f"is lower (better) {CLEAR} 5.0 percentage points", f"is higher (worse) {CLEAR} 5.0 percentage points",
                       SAME_IN_ALL, UNCLEAR),
    "councils": ("better in 22 of 22 councils and worse in 0, by 1 percentage point or more in 22",
                 "better in 0 of 22 councils and worse in 22, by 1 percentage point or more in 22",
                 "better in 0 of 22 councils and worse in 0, by 1 percentage point or more in 0",
                 "better in 0 of 22 councils and worse in 0, by 1 percentage point or more in 0"),
    "institutions": ("under Old: lower in 20 of 20 futures", "under Old: higher in 20 of 20 futures",
                     "under Old: no difference in any of 20 futures",
                     "under Old: no clear difference (higher in 10 of 20 futures)"),
    "flows": ("no hours are lost; most are gained from “Council”: +65.2 thousand hours a week, higher in 20 of 20 futures",
              "no hours are gained; most are lost from “Council”: \N{MINUS SIGN}65.2 thousand hours a week, lower in 20 of 20 "
              "futures",
              "help from every source is the same in 20 futures", "no source tends to give more or fewer hours in 20 futures"),
}  # fmt: skip
TITLES["councils-over-time"] = TITLES["councils"]
"""What each title must say of a clear gain, a clear loss, no difference, and a mixed picture."""


@pytest.mark.parametrize(("case", "change"), list(enumerate((GAIN, -GAIN, SAME, MIXED))))
def test_every_title_says_its_finding(case, change):
    comparison = every_way(change)
    assert set(available(comparison)) == set(TITLES)
    for name, words in TITLES.items():
        assert words[case] in draw(comparison, name).title, name


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (LESS, "is lower (better) under New than under Old in 20 of 20 futures"),
        (-LESS, "is higher (worse) under New than under Old in 20 of 20 futures"),
        (np.array([-0.05, 0.05] * 10), "no clear difference between New and Old"),
        (NONE, "is the same under New and Old in all 20 futures"),
    ],
)
def test_titles_say_what_is_the_case(change, words):
    drawing = draw(pair(change), "who-meets-need")
    assert words in drawing.title
    shown = "\n".join(text.get_text() for text in drawing.figure.texts).replace("\n", " ")
    assert words in shown


def test_every_figure_of_the_four_has_title_alt_and_table():
    comparison = four()
    assert available(comparison) == list(FIGURES)
    for name in FIGURES:
        drawing = draw(comparison, name)
        assert drawing.name == name
        assert "Wales, April 2013 to March 2015" in drawing.subtitle
        assert len(drawing.alt) > 40
        assert not drawing.table.empty
        assert ("draws" if name == "where-it-wins" else "futures") in drawing.title


def test_sources_that_give_nothing_are_left_out():
    table = draw(pair(LESS), "who-meets-need").table
    assert "Bought (hours a week)" not in table
    assert "Council (hours a week)" in table


def test_one_scenario_has_the_figures_that_need_no_other():
    comparison = fake_comparison({"only": NONE[:1]}, years=1)
    assert available(comparison) == ["who-meets-need", "money", "wellbeing", "institutions"]
    for name in available(comparison):
        assert draw(comparison, name).svg().startswith(b"<?xml")


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match=r"'pie' is unknown: this comparison has who-meets-need, .*institutions\.$"):
        plot(pair(LESS), "pie")
    with pytest.raises(ValueError, match=r"Did you mean who-meets-need\?"):
        plot(pair(LESS), "who-meet-needs")
    with pytest.raises(ValueError, match="needs other scenarios"):
        plot(pair(LESS), "money-and-practice")


def test_the_same_figure_has_the_same_bytes():
    one, other = (draw(pair(LESS), "paired-differences") for _ in range(2))
    assert one.svg() == other.svg()
    assert one.png() == other.png()
    assert b"<dc:date>" not in one.svg()


def test_a_place_without_every_deprivation_fifth_has_no_figure_of_them():
    comparison = pair(LESS)
    comparison.data["group_unmet_share"].loc[{"group": "middle fifth"}] = np.nan
    assert "by-deprivation" not in available(comparison)


def test_signs_that_the_font_lacks_warn_nobody():
    assert draw(fake_comparison({"old": NONE, "new": LESS}, new="\N{ROCKET}"), "wellbeing").png()


def test_dollars_in_a_title_are_not_mathematics():
    drawing = draw(fake_comparison({"old": NONE, "new": LESS}, new="$x_1$ and $"), "wellbeing")
    assert "$x_1$ and $" in drawing.title
    assert drawing.svg()


def test_the_page_leaves_out_title_and_footer():
    drawing = draw(pair(LESS), "wellbeing")
    body = drawing.body().decode()
    height = drawing.figure.get_size_inches()[1] - drawing.header - drawing.footer
    assert f'viewBox="0 {72 * drawing.header:.1f} 691.2 {72 * height:.1f}"' in body
    assert body.count("viewBox") == 1
