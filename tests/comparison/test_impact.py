"""Who gains and who loses: every characteristic has its groups, and what cannot be said is not made up."""

import numpy as np
import pytest

from copro_sim.comparison.impact import CANNOT_SAY, gains, groups, impact_table, share_by_women
from copro_sim.report.changes import by_deprivation
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.full(20, -0.05)


@pytest.fixture
def mixed():
    found = fake_comparison({"old": NONE, "new": LESS})
    unmet = found.data["group_unmet_share"]
    before = unmet.sel(scenario="old")
    unmet.loc[{"scenario": "new", "group": "women"}] = before.sel(group="women") + 0.02
    unmet.loc[{"scenario": "new", "group": "rural"}] = before.sel(group="rural") + 0.04
    unmet.loc[{"scenario": "new", "group": "men"}] = before.sel(group="men") - 0.09
    unmet.loc[{"scenario": "new", "group": "town"}] = before.sel(group="town")
    return found


def test_every_characteristic_is_there_and_disability_says_only_what_is_counted(mixed):
    table = impact_table(mixed)
    assert list(table["characteristic"].unique()) == ["age", "sex", "disability", "Welsh language", "rural", "deprivation"]
    disabled = table[table["characteristic"] == "disability"].set_index("measure")["verdict"]
    assert disabled["unmet_share"] == "better in 20 of 20 futures"
    assert disabled["wellbeing"] == disabled["given_a_person"] == CANNOT_SAY
    women = table[(table["group"] == "women") & (table["measure"] == "unmet_share")].iloc[0]
    assert women["verdict"] == "worse in 20 of 20 futures"
    assert women["difference"] == women["median"] == pytest.approx(0.02)


def test_a_fifth_is_called_in_the_assessment_as_in_the_figure(mixed):
    shown = by_deprivation(mixed).table["Fifth"]
    assert list(impact_table(mixed).query("characteristic == 'deprivation'")["group"].unique()) == [f"the {one}" for one in shown]


def test_who_gains_and_who_loses_the_most_comes_first(mixed):
    found = gains(mixed, "new")
    assert [name for name, _ in found.worse] == ["rural places", "women"]
    assert found.better[0][0] == "men"
    assert len(found.better) == found.groups - 3  # women and rural places lose, towns stay
    assert gains(fake_comparison({"old": NONE, "new": NONE}), "new")[:2] == ([], [])


def test_councils_in_which_many_speak_welsh_are_told_apart(mixed):
    unmet = mixed.data["place_unmet_share"]
    unmet.loc[{"scenario": "new", "authority": "Gwynedd"}] = 0.9
    welsh, others = (group.measures["unmet_share"] for group in groups(mixed) if group.characteristic == "Welsh language")
    assert (welsh[1] > others[1]).all()
    np.testing.assert_allclose(others[1], mixed.whole_run("unmet_share")[1])


def test_a_group_without_people_has_no_numbers(mixed):
    mixed.data["group_citizens"].loc[{"group": "city"}] = 0.0
    table = impact_table(mixed)
    assert set(table[table["group"] == "cities"]["verdict"]) == {CANNOT_SAY}


def test_the_share_that_women_give(mixed):
    mixed.data["group_given_hours"].loc[{"group": "women", "scenario": "new"}] = 3.0
    mixed.data["group_given_hours"].loc[{"group": "men", "scenario": "new"}] = 1.0
    np.testing.assert_allclose(share_by_women(mixed), [[50.0] * 20, [75.0] * 20])


def test_the_file_has_the_median_that_the_page_says():
    """The mean of a lopsided difference may lie on the other side than most futures."""
    lopsided = np.array([-0.01] * 19 + [0.8])
    table = impact_table(fake_comparison({"old": np.zeros(20), "new": lopsided}))
    one = table[(table["group"] == "women") & (table["measure"] == "unmet_share")].iloc[0]
    assert one["median"] == pytest.approx(-0.01)
    assert one["difference"] > 0
    assert one["verdict"] == "better in 19 of 20 futures"
