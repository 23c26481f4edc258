"""Health: a Markov chain when nothing modifies it; modifiers that may be zero; hours worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.draws import compiled_words, uniform
from copro_sim.core.params import defaults
from copro_sim.processes.health import (
    Params,
    eased,
    felt_level,
    hastened,
    next_episode,
    next_level,
    share_of,
    tables,
    transition_matrix,
)

own = defaults(Params)
t = tables(own)
unit = st.floats(0, 1)


def test_hours_by_band_worked_by_hand():
    """30 hours a week of substantial need are 7,800 minutes a month; personal share (.2 + 2/3 * .35) = .4333."""
    minutes = tables(own._replace(substantial_hours_per_week=30.0)).minutes
    assert minutes[3].sum() == 30 * 260
    assert minutes[3, 0] == int(30 * 260 * (0.2 + 0.35 * 2 / 3))
    assert minutes[0].tolist() == [0, 0]


def test_onset_at_65_is_the_parameter_and_grows_by_e():
    man = t.more[2, 0, 0, 0]
    assert 1 - (1 - man[65]) ** 12 == pytest.approx(own.onset_at_65_percent / 100)
    assert (1 - (1 - man[80]) ** 12) / (1 - (1 - man[65]) ** 12) == pytest.approx(np.exp(15 / own.onset_growth_years))
    woman = 1 - (1 - t.more[2, 0, 1, 0, 65]) ** 12
    assert woman / (own.onset_at_65_percent / 100) == pytest.approx(own.women_ratio)


def test_the_most_deprived_fifth_stands_to_the_least_as_the_ratio():
    yearly = 1 - (1 - t.more[:, 0, 0, 0, 65]) ** 12
    assert yearly[0] / yearly[4] == pytest.approx(own.deprivation_ratio)


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_need_follows_the_power_of_its_transition_matrix(kind):
    """6,000 citizens from every level, 24 months: shares within 5 standard errors of the Markov chain's."""
    matrix = transition_matrix(t, kind, 1, 85, 0)
    assert matrix.sum(axis=1) == pytest.approx(np.ones(5))
    assert (matrix >= 0).all()
    expected = np.linalg.matrix_power(matrix, 24)
    for begin in range(5):
        levels = np.zeros(5)
        for who in range(1_200):
            level = begin
            for month in range(24):
                draw = uniform(compiled_words(3, 6, who * 5 + begin, month, 0)[0])
                level = next_level(level, draw, t.more[0, kind, 1, level, 85], t.less[kind, level])
            levels[level] += 1
        error = np.sqrt(expected[begin] * (1 - expected[begin]) / 1_200)
        assert (np.abs(levels / 1_200 - expected[begin]) <= 5 * error + 1e-9).all()


def test_without_strength_nothing_modifies_the_chain():
    assert hastened(0.01, 1.0, 1, 1.0, 0.0, 0.0, 0.0) == 0.01
    assert eased(0.02, 0.3, 0.0) == 0.02


@given(more=st.floats(0, 0.5), unmet=unit, lonely=st.integers(0, 1), strain=unit, a=st.floats(0, 5))
def test_unmet_need_loneliness_and_strain_never_slow_decline(more, unmet, lonely, strain, a):
    assert more <= hastened(more, unmet, lonely, strain, a, a, a) <= 0.5
    assert hastened(more, unmet, lonely, strain / 2, a, a, a) <= hastened(more, unmet, lonely, strain, a, a, a)


def test_a_strained_carer_declines_faster_by_the_parameter():
    assert hastened(0.01, 0.0, 0, 0.5, 0.5, 0.4, 0.6) == pytest.approx(0.013)


@given(less=st.floats(0, 0.5), unmet=unit, lower=unit, speed=st.floats(0, 5))
def test_more_met_need_never_slows_recovery(less, unmet, lower, speed):
    lower, unmet = sorted((lower, unmet))
    assert eased(less, unmet, speed) <= eased(less, lower, speed)


@given(level=st.integers(0, 4), draw=st.floats(0, 1, exclude_max=True), more=st.floats(0, 0.5), extra=st.floats(0, 0.4))
def test_a_greater_chance_never_lowers_the_level(level, draw, more, extra):
    more = min(more, 0.5)
    assert next_level(level, draw, min(0.5, more + extra), 0.3) >= next_level(level, draw, more, 0.3)


def test_an_episode_lasts_its_months_and_ends():
    months, lift = next_episode(0, 0, True, 0.5, 0.9, 4, 0.3)
    assert (months, lift) == (3, 1)
    seen = []
    for _ in range(4):
        seen.append(months)
        months, lift = next_episode(months, lift, False, 0.0, 0.0, 4, 0.3)
    assert seen == [3, 2, 1, 0]
    assert next_episode(0, 0, True, 0.999, 0.1, 4, 0.3) == (4, 2)


def test_an_episode_lifts_need_but_never_above_critical():
    assert felt_level(1, 2, 1) == 3
    assert felt_level(1, 2, 0) == 1
    assert felt_level(4, 2, 5) == 4


def test_the_share_of_nothing_is_nothing():
    assert share_of(0, 0) == 0.0
    assert share_of(1, 4) == 0.25
