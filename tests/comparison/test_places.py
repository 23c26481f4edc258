"""One council or region of a comparison: found by its name, and with its own numbers."""

import numpy as np
import pytest

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.places import at, find_place, places, problems_of
from copro_sim.scenario.evidence import authorities, regions
from copro_sim.scenario.problems import ScenarioError
from tests.comparison.fakes import fake_comparison


@pytest.fixture
def comparison():
    found = fake_comparison({"old": np.zeros(4), "new": np.full(4, -0.05)})
    people = found.data["place_citizens"].sel(authority="Swansea")
    found.data["place_citizens"].loc[{"authority": "Swansea"}] = 3 * people  # and so weighs three times as much
    found.data["place_wellbeing"].loc[{"authority": "Swansea"}] = 4.0
    found.data["place_wellbeing"].loc[{"authority": "Neath Port Talbot"}] = 8.0
    return found


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Ceredigion", "Ceredigion"), ("abertawe", "Swansea"), ("Ynys Mon", "Isle of Anglesey"), ("Anglesey", "Isle of Anglesey"),
        ("VALE OF  GLAMORGAN", "The Vale of Glamorgan"), ("Gogledd Cymru", "North Wales"), ("Cymru", "Wales"), ("powys", "Powys"),
    ],
)  # fmt: skip
def test_names_in_english_and_welsh(word, name):
    assert find_place(word).name == name


@pytest.mark.parametrize(("word", "hint"), [("Ceredigon", "Ceredigion"), ("Caerdyd", "Caerdydd"), ("Gwemt", "Gwent")])
def test_a_misspelling_gets_a_suggestion(word, hint):
    with pytest.raises(ScenarioError, match=rf"Did you mean {hint}\?"):
        find_place(word)


def test_what_is_nothing_like_a_place_gets_none():
    with pytest.raises(ScenarioError) as caught:
        find_place("<script>")
    assert "Did you mean" not in str(caught.value)
    assert "must be a council of Wales" in str(caught.value)


def test_every_council_is_in_one_region_and_every_place_is_found_by_both_names():
    assert sorted(name for one in regions() for name in one.councils) == sorted(one.name for one in authorities())
    for place in places():
        assert find_place(place.name) == find_place(place.name_cy) == place


def test_hours_add_up_and_means_are_weighted_by_people(comparison):
    here = at(comparison, find_place("West Glamorgan"))
    assert here.authorities == ("Swansea", "Neath Port Talbot")
    np.testing.assert_allclose(here.whole_run("wellbeing"), (3 * 4.0 + 8.0) / 4)
    two = comparison.data["place_need_hours"].sel(authority=list(here.authorities)).sum("authority").mean("year")
    np.testing.assert_allclose(here.whole_run("need_hours"), two)
    np.testing.assert_allclose(here.whole_run("unmet_share"), comparison.whole_run("unmet_share"))


def test_of_one_place_nothing_is_known_by_group(comparison):
    with pytest.raises(KeyError):
        at(comparison, find_place("Powys")).of_group("unmet_share", "women")


def test_all_of_wales_is_the_comparison_itself(comparison):
    assert at(comparison, find_place("Wales")) is comparison


def test_a_council_that_is_not_simulated_is_named(comparison):
    few = comparison.data.sel(authority=["Swansea", "Cardiff"])
    few = Comparison(comparison.scenarios, 1, "kernels", "evidence-only", few)
    (problem,) = problems_of("West Glamorgan", few.authorities)
    assert "do not simulate Neath Port Talbot" in problem.message
    assert problems_of("Swansea", few.authorities) == problems_of("Wales", few.authorities) == []
    assert at(few, find_place("Wales")) is few
