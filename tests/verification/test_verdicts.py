"""Each comparison's chance of a false alarm is the share of new seeds that it would refuse."""

import numpy as np
import pytest
from scipy import stats

import verdicts
from verdicts import above_zero, alike, below_zero, each_within, exact, mean, misfit, shares, unclear_again, within

REPEATS = 10_000


@pytest.mark.parametrize(("number", "chance"), [(200, 0.5), (1_000, 0.004), (93, 0.97)])
def test_the_chance_of_a_count_is_that_of_all_counts_which_are_refused(number, chance, monkeypatch):
    monkeypatch.setattr(verdicts, "ERRORS", 2.0)
    counts = np.arange(number + 1)
    refused = [not shares(count, number, chance).holds for count in counts]
    assert shares(0, number, chance).chance == pytest.approx(stats.binom.pmf(counts, number, chance)[refused].sum())


def test_chances_of_cells_add_up_and_the_farthest_is_said():
    one, other = shares(50, 100, 0.5), shares(30, 100, 0.1)
    both = shares([50, 30], 100, [0.5, 0.1])
    assert both.chance == pytest.approx(one.chance + other.chance)
    assert (one.holds, other.holds, both.holds) == (True, False, False)
    assert "30 of 100 where 10.0 were expected" in both.found


def test_draws_that_differ_are_less_spread_than_the_binomial_says():
    chances = np.array([0.1, 0.9] * 50)
    spread = np.sqrt((chances * (1 - chances)).sum())
    assert not shares(66, 100, 0.5, spread).holds
    assert shares(66, 100, 0.5).holds


def test_the_chance_of_a_mean_is_the_share_of_samples_that_are_refused(monkeypatch):
    monkeypatch.setattr(verdicts, "ERRORS", 2.5)
    samples = np.random.default_rng(1).normal(7.0, 3.0, (REPEATS, 5))
    refused = np.mean([not mean(sample, 7.0).holds for sample in samples])
    assert refused == pytest.approx(mean(samples[0], 7.0).chance, rel=0.1)


def test_the_chance_that_a_new_mean_is_out_of_bounds_is_the_share_that_is():
    old, new = np.random.default_rng(2).normal(0.0, 1.0, (2, REPEATS, 6))
    bounds = old.mean(axis=1) + 1.2 * old.std(axis=1, ddof=1)
    out = (new.mean(axis=1) >= bounds).mean()
    assert within(old[0], high=bounds[0]).chance == pytest.approx(out, rel=0.1)


def test_measures_that_are_as_widely_spread_tell_together_how_much():
    runs = np.random.default_rng(7).normal(0.0, [1.0] * 50, (3, 50))
    one = within(runs[:, :1], high=4.0).chance
    together = within(runs, high=4.0, common=True).chance / 50
    assert together == pytest.approx(stats.norm.sf(4.0 / np.sqrt(2 / 3)), rel=2)
    assert one > 10 * together


def test_the_chance_that_any_new_run_is_out_of_bounds_is_no_less_than_the_share_in_which_one_is():
    old, new = np.random.default_rng(3).normal(0.0, 1.0, (2, REPEATS, 6))
    lows = old.mean(axis=1) - 6.0 * old.std(axis=1, ddof=1)
    assert 0.5 * each_within(old[0], low=lows[0]).chance < (new <= lows[:, None]).any(axis=1).mean()
    assert (new <= lows[:, None]).any(axis=1).mean() <= each_within(old[0], low=lows[0]).chance * 1.1


@pytest.mark.parametrize(("clear", "least", "number"), [(5.0, 3.0, 8), (4.0, 2.0, 24)])
def test_the_chance_that_new_pairs_are_not_clear_is_the_share_that_is_not(clear, least, number):
    chance = np.random.default_rng(4)
    spread = np.sqrt((number - 1) / chance.chisquare(number - 1, REPEATS))
    middle = clear / np.sqrt(number) + chance.normal(size=REPEATS) * spread / np.sqrt(number)
    new = middle[:, None] + chance.normal(size=(REPEATS, number)) * spread[:, None]
    steps = new.mean(axis=1) / (new.std(axis=1, ddof=1) / np.sqrt(number))
    assert unclear_again(clear, least, number) == pytest.approx((steps <= least).mean(), rel=0.05)


def test_signs():
    pairs = np.array([1.0, 2.0, 3.0, 2.0])
    assert above_zero(pairs, 3).holds
    assert below_zero(-pairs, 3).holds
    assert above_zero(pairs, 3).chance == below_zero(-pairs, 3).chance
    assert not above_zero(-pairs, 3).holds
    assert not above_zero(pairs, 5).holds


def test_runs_that_are_all_alike_leave_nothing_to_luck():
    assert above_zero(np.full(4, 0.1), 3).chance == 0.0
    assert not above_zero(np.zeros(4), 3).holds
    assert within(np.full(4, 0.1), low=0.0).chance == 0.0
    assert each_within(np.full(4, 0.1), low=0.0).chance == 0.0
    assert exact(True, "4", "any but 4").chance == 0.0


def test_the_chance_of_what_was_refused_itself_is_not_reckoned():
    assert np.isnan(within([0.9, 1.0, 1.3], high=1.0).chance)
    assert np.isnan(above_zero([-1.0, 2.0, 0.0], 3).chance)


@pytest.mark.parametrize("found", [[1.0], [1.0, np.nan]])
def test_what_tells_nothing_is_no_planted_error_that_was_caught(found):
    for compared in (lambda runs: mean(runs, 0.0), within, each_within, lambda runs: above_zero(runs, 3)):
        with pytest.raises(ValueError, match="two runs are the fewest, and every number must be finite"):
            compared(found)


def test_bounds_of_each_measure_are_asked_and_the_nearest_is_named():
    found = within([[0.0, 1.0], [0.2, 1.2]], high=1.05, names=("first", "second"))
    assert not found.holds
    assert "second" in found.found
    assert "1.05 or more" in found.refused


def test_a_few_runs_are_compared_with_many():
    many = np.random.default_rng(5).normal([0.0, 5.0], 1.0, (30, 2))
    assert alike([[0.1, 5.1]], many, 0.1, ("first", "second")).holds
    assert not alike([[0.1, 7.5]], many, 0.1, ("first", "second")).holds
    assert alike([[0.1, 5.1]], many, 0.1, ("first", "second")).chance == pytest.approx(4 * stats.t.sf(4, 29))


def test_chi_squared_of_members_who_hang_together_is_spread_more():
    chances = np.array([0.2, 0.3, 0.5])
    alone = np.random.default_rng(6).multinomial(100, chances, (2, 400))
    apart, together = misfit(alone, chances, 30), misfit(10 * alone, chances, 300)
    assert apart.holds
    assert apart.chance == pytest.approx(together.chance)
    assert apart.chance < misfit(10 * alone, chances, 100).chance
    assert not misfit(alone, [0.25, 0.3, 0.45], 30).holds
