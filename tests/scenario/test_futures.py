"""What nobody knows differs from future to future, and never between scenarios of one future."""

import statistics

import pytest

from copro_sim.scenario.futures import fitted_settings, shipped_draws, unlike, varied_settings, vary
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.stances import range_in

BASE = Scenario(question="What if?")
DRAWS = 20


def test_only_settings_with_a_likely_range_move_and_they_stay_within_it():
    varied = vary(BASE, seed=1, draw=3, draws=DRAWS)
    for key, (kind, record) in setting_records().items():
        value = varied.get(key)
        if record.likely is None:
            assert value == record.value, key
        else:
            assert record.likely[0] <= value <= record.likely[1] or value == 0, key
            assert type(value) is kind, key
    moved = [key for key in varied_settings() if varied.get(key) != BASE.get(key)]
    assert len(moved) >= 0.9 * len(varied_settings())


def test_futures_take_what_was_fitted_from_shipped_draws_another_each_while_they_last():
    many = len(shipped_draws())
    assert many >= 10
    seen = []
    for draw in range(many):
        future = vary(BASE, seed=3, draw=draw, draws=many)
        held = {key: future.get(key) for key in fitted_settings()}
        seen.append([k for k, row in enumerate(shipped_draws()) if row == held])
    assert sorted(seen) == [[k] for k in range(many)]
    assert vary(BASE, seed=3, draw=many, draws=2 * many).health == vary(BASE, seed=3, draw=0, draws=2 * many).health


def test_scenarios_share_the_values_that_neither_sets_itself():
    other = BASE.replace({"coproduction.practice_percent": 60, "asking.label": 0.03, "population.citizens": 2_000})
    one, two = (vary(scenario, seed=7, draw=11, draws=DRAWS) for scenario in (BASE, other))
    assert two.asking.label == 0.03
    differ = [key for key in setting_records() if one.get(key) != two.get(key)]
    assert set(differ) == {"coproduction.practice_percent", "asking.label", "population.citizens"}


def test_a_part_that_is_switched_off_stays_off():
    varied = vary(BASE.with_zero("co-production"), seed=1, draw=0, draws=DRAWS)
    assert all(varied.get(key) == 0 for key, (_, record) in setting_records().items() if record.role == "co-production")


@pytest.mark.parametrize("stance", ["sceptic", "evidence-only", "advocate"])
def test_each_future_has_its_own_twentieth_of_every_range(stance):
    futures = [vary(BASE, seed=5, draw=draw, draws=DRAWS, stance=stance, shipped=False) for draw in range(DRAWS)]
    for key, (kind, record) in varied_settings().items():
        low, high = range_in(record, stance)
        if kind is float and low < high:
            parts = sorted(int((future.get(key) - low) / (high - low) * DRAWS * (1 - 1e-12)) for future in futures)
            assert parts == list(range(DRAWS)), key


def test_settings_vary_independently_of_each_other():
    futures = [vary(BASE, seed=2, draw=draw, draws=200, shipped=False) for draw in range(200)]
    keys = [key for key, (kind, _) in varied_settings().items() if kind is float][:12]
    columns = [[future.get(key) for future in futures] for key in keys]
    for i in range(len(keys)):
        for j in range(i):
            # the standard error is 0.07: one false alarm in about 2,000 with 66 pairs, and the draws are fixed
            assert abs(statistics.correlation(columns[i], columns[j])) < 0.3, (keys[i], keys[j])


def test_same_seed_and_draw_same_future_and_another_seed_another():
    assert vary(BASE, seed=1, draw=4, draws=DRAWS) == vary(BASE, seed=1, draw=4, draws=DRAWS)
    assert vary(BASE, seed=1, draw=4, draws=DRAWS).content_hash != vary(BASE, seed=2, draw=4, draws=DRAWS).content_hash


def test_whole_numbers_reach_both_ends_of_their_range():
    values = {vary(BASE, seed=1, draw=draw, draws=400, shipped=False).time_credits.minutes_per_match for draw in range(400)}
    low, high = setting_records()["time_credits.minutes_per_match"][1].likely
    assert values == set(range(int(low), int(high) + 1))


@pytest.mark.parametrize("draw", [-1, DRAWS])
def test_a_draw_that_is_not_one_of_them_is_refused(draw):
    with pytest.raises(ValueError, match=f"draw {draw} must be from 0 to 19"):
        vary(BASE, seed=1, draw=draw, draws=DRAWS)


def test_shipped_draws_hold_every_fitted_setting_within_its_range():
    for draw in shipped_draws():
        assert set(draw) == set(fitted_settings())
        for key, value in draw.items():
            low, high = fitted_settings()[key][1].likely
            assert low <= value <= high, (key, value)


def test_settings_that_keep_scenarios_from_sharing_futures_are_all_named():
    """Only the first is held against the others, and what may differ is not spoken of."""
    first = BASE.replace({"coproduction.practice_percent": 60})
    larger = BASE.replace({"population.citizens": 2_000})
    longer = larger.replace({"run.years": 3})
    assert unlike([]) == unlike([first]) == unlike([first, BASE]) == unlike([larger, larger, larger]) == []
    found = unlike([first, larger, BASE, longer])
    assert [problem.key for problem in found] == ["population.citizens", "run.years", "population.citizens"]
    assert "2000" in found[0].message.replace(",", "")
    assert first.name in found[0].message
    assert [problem.key for problem in unlike([longer, first])] == ["run.years", "population.citizens"]
