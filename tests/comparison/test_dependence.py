"""What a difference hangs on: a planted cause is found and named first, and where nothing matters hardly anything is named."""

import numpy as np
import pytest

from copro_sim.comparison.dependence import FEWEST_DRAWS, SURE, dependence
from copro_sim.comparison.paired import SEEDS_PER_DRAW
from copro_sim.scenario.futures import vary
from tests.comparison.fakes import fake_comparison

DRAWS = 40
CAUSE = "outlook.company_needed"


def of(change):
    return fake_comparison({"old": np.zeros(len(change)), "new": change})


def cause():
    """Return the values of one setting in every future of a comparison that `of` makes, float64 [futures]."""
    scenario = of(np.zeros(2)).scenarios[0]
    values = [vary(scenario, seed=1, draw=draw, draws=DRAWS).outlook.company_needed for draw in range(DRAWS)]
    return np.repeat((values - np.mean(values)) / np.std(values), SEEDS_PER_DRAW)


def test_what_causes_the_difference_comes_first_with_its_sign():
    luck = np.random.default_rng(3).normal(0, 0.002, DRAWS * SEEDS_PER_DRAW)
    for sign in (1, -1):
        first = dependence(of(sign * 0.02 * cause() + luck)).iloc[0]
        assert first["setting"] == CAUSE
        assert sign * first["correlation"] > first["beyond_chance"]
        assert first["draws"] == DRAWS


def test_where_nothing_matters_lists_seldom_name_anything():
    """With chance `SURE` for a list, more than 8 of 50 name something in less than one case in a thousand."""
    named = [
        int((table["correlation"].abs() > table["beyond_chance"]).any())
        for table in (dependence(of(np.random.default_rng(k).normal(0, 0.01, DRAWS * SEEDS_PER_DRAW))) for k in range(50))
    ]
    assert SURE == 0.05
    assert sum(named) <= 8


def test_a_setting_that_scenarios_set_themselves_is_left_out_and_few_draws_tell_nothing():
    table = dependence(of(0.02 * cause()))
    assert CAUSE in set(table["setting"])
    assert set(table["scenario"]) == {"new"}
    assert table["correlation"].abs().max() <= 1.0
    assert len(dependence(of(np.zeros(SEEDS_PER_DRAW * FEWEST_DRAWS - 1)))) == 0
    assert len(dependence(fake_comparison({"only": np.zeros(80)}))) == 0


def test_no_difference_hangs_on_nothing():
    table = dependence(of(np.zeros(DRAWS * SEEDS_PER_DRAW)))
    assert table["correlation"].to_numpy() == pytest.approx(0.0)
