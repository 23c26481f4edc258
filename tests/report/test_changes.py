"""Figures of differences show the differences of the comparison, on one axis for all panels."""

import numpy as np
import pytest

from copro_sim.comparison.comparison import CROSS
from copro_sim.report.changes import by_deprivation, money_and_practice, paired_differences, unpaid_work
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.linspace(-0.06, -0.04, 20)


@pytest.fixture
def comparison():
    return fake_comparison(dict(zip(CROSS, (NONE, LESS, 2 * LESS, 3 * LESS), strict=True)))


def test_bands_are_quantiles_of_paired_differences(comparison):
    table = paired_differences(comparison).table
    row = table[table.Measure.str.contains("unmet")].iloc[0]
    assert row["Median"] == pytest.approx(-5.0)
    assert (row["Low 90"], row["High 90"]) == pytest.approx((-5.9, -4.1))


def test_the_line_of_no_difference_is_in_every_panel(comparison):
    for ax in paired_differences(comparison).figure.axes:
        low, high = ax.get_ylim()
        assert low == pytest.approx(-high)


def test_effects_that_only_add_up_have_no_interaction(comparison):
    drawing = money_and_practice(comparison)
    assert "both together, beyond their sum, no difference in any of 20 futures" in drawing.title


def test_panels_share_their_axis(comparison):
    for make in (unpaid_work, by_deprivation):
        drawing = make(comparison)
        assert len({ax.get_xlim() for ax in drawing.figure.axes if ax.get_visible()}) == 1


def test_unpaid_work_counts_its_futures(comparison):
    drawing = unpaid_work(comparison)
    assert drawing.title.startswith("Unpaid help given by women aged 45 to 64 is higher under Co-Production")
    assert (drawing.table["Futures higher"] == 20).all()


def test_the_numbers_behind_a_figure_are_the_medians_that_it_draws():
    """A mean beside a title that says a median would look like a mistake, and be one."""
    lopsided = np.array([-0.01] * 19 + [0.8])
    pair = fake_comparison({"old": np.zeros(20), "new": lopsided})
    given = pair.data["given_by_sex_age"].mean("year").values
    women = unpaid_work(pair).table.query("Sex == 'women' and Age == '45 to 64'").iloc[0]
    assert women["Median (hours a week)"] == pytest.approx(np.median(given[1, :, 1, 3] - given[0, :, 1, 3]))
    fifth = by_deprivation(pair).table.iloc[0]
    assert fifth["Median difference (percentage points)"] == pytest.approx(-1.0)


def test_a_gap_that_hardly_moves_is_said_to_hardly_move():
    pair = fake_comparison({"old": np.zeros(20), "new": np.zeros(20)})
    unmet = pair.data["group_unmet_share"]
    unmet.loc[{"scenario": "new", "group": "most deprived fifth"}] += 0.002
    assert "though by very little: typically 0.2 percentage points" in by_deprivation(pair).title


def test_a_gap_that_turns_round_is_said_to_be_a_size():
    pair = fake_comparison({"old": np.zeros(20), "new": np.zeros(20)})
    unmet = pair.data["group_unmet_share"]
    unmet.loc[{"scenario": "old", "group": "most deprived fifth"}] += 0.01
    unmet.loc[{"scenario": "new", "group": "least deprived fifth"}] += 0.03
    title = by_deprivation(pair).title
    assert "(its size, whichever has more) is higher (worse) under New than under Old in 20 of 20 futures" in title
    assert "typically by 2.0 percentage points" in title


def test_a_gap_that_stays_is_said_to_stay(comparison):
    assert "is the same under" in by_deprivation(comparison).title
