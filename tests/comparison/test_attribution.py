"""Attribution: a mechanism that does nothing has no effect at all, and one that does is found, on shared futures."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.comparison.attribution import attribute, mechanisms
from copro_sim.report.style import saved
from copro_sim.report.why import attribution_figure

SMALL = {"population.citizens": 8_800, "run.years": 3, "coproduction.practice_until_year": 2014}
KEYS = ("outlook.giving_weight", "care_service.natural_first", "panel.convinces")


@pytest.fixture(scope="module")
def scenario():
    return cs.load_scenario("co-production").replace(SMALL)


@pytest.fixture(scope="module")
def table(scenario):
    return attribute(scenario, of=KEYS, futures=2, workers=2)


def test_each_mechanism_is_measured_on_each_indicator_in_each_future(table):
    assert len(table) == 6
    assert set(table["mechanism"]) == set(KEYS)
    assert (table["futures"] == 2).all()


def test_what_acts_is_found_and_what_cannot_act_has_exactly_no_effect(table):
    """Practice is given in this scenario: what convinces members of the Senedd moves nothing that citizens feel."""
    effect = table.set_index(["mechanism", "indicator"])["effect"]
    assert effect["outlook.giving_weight", "wellbeing"] > 0.0
    assert effect["panel.convinces", "wellbeing"] == effect["panel.convinces", "unmet_share"] == 0.0


def test_the_effect_is_the_scenario_less_itself_without_the_mechanism(scenario, table):
    pair = cs.compare([scenario.without(["outlook.giving_weight"]), scenario], futures=2)
    values = pair.whole_run("wellbeing")
    row = table[(table["mechanism"] == "outlook.giving_weight") & (table["indicator"] == "wellbeing")].iloc[0]
    assert row["effect"] == pytest.approx(float(np.mean(values[1] - values[0])), rel=1e-9)


def test_the_strongest_on_the_first_indicator_comes_first(table):
    medians = table[table["indicator"] == "unmet_share"]["median"].abs().tolist()
    assert medians == sorted(medians, reverse=True)


def test_what_is_no_mechanism_or_is_at_zero_already_is_refused(scenario):
    with pytest.raises(ValueError, match="is no mechanism that acts in co-production"):
        attribute(scenario, of=["funding.basis"])
    with pytest.raises(ValueError, match="is no mechanism"):
        attribute(scenario.without(["outlook.giving_weight"]), of=["outlook.giving_weight"])
    assert not set(mechanisms(scenario.with_zero("co-production"))) & set(KEYS)


def test_the_figure_says_what_moves_most_and_is_the_same_bytes_each_time(table):
    figures = [attribution_figure(table, "wellbeing") for _ in range(2)]
    assert saved(figures[0], "svg") == saved(figures[1], "svg")
    assert figures[0].axes[0].get_title(loc="left").startswith("outlook.giving_weight moves wellbeing most:")
    with pytest.raises(ValueError, match="there is nothing of 'lonely'"):
        attribution_figure(table, "lonely")
