"""The methods paragraph says what was done, and changes when that does."""

import copro_sim as cs
from copro_sim.report.methods import methods
from tests.comparison.fakes import fake_comparison


def test_of_a_comparison_it_names_futures_seed_stance_and_scenarios():
    comparison = fake_comparison({"old": [0.0] * 20, "new": [0.01] * 20}, stance="sceptic")
    text = methods(comparison)
    for said in ("Old and New lived through the same futures (20 in all, seed 1)", "stance 'sceptic'", "all 22 councils",
                 "nobody knows (10 in all, each for up to 2 seeds)", "from April 2013 to March 2015",
                 f"copro_sim {cs.__version__}", "no confidence intervals"):  # fmt: skip
        assert said in text
    assert methods(comparison) == text
    for scenario in comparison.scenarios:
        assert scenario.content_hash[:10] in text


def test_few_futures_are_counted_as_people_count():
    for futures, draws in ((1, 1), (2, 1), (3, 2)):
        few = methods(fake_comparison({"old": [0.0] * futures, "new": [0.01] * futures}))
        assert f"the same futures ({futures} in all, seed 1)" in few
        assert f"settings that nobody knows ({draws} in all, each for up to 2 seeds)" in few


def test_of_a_run_it_says_that_one_run_shows_no_uncertainty():
    scenario = cs.load_scenario("one-village").replace({"population.citizens": 400, "run.years": 1})
    text = methods(cs.run(scenario, seed=7))
    assert "One village was run once, with seed 7" in text
    assert "400 simulated citizens of 1 of 22 councils" in text
    assert "own" not in text.partition("Processes of the authors'")[2]
    kinder = cs.run(scenario, seed=7, engine="agents", processes=cs.MONTH.before("tally", lambda community: None))
    assert "Processes of the authors' own: <lambda>." in methods(kinder)
