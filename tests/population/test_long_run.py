"""The distribution over need levels against the health process's own chain, step by step."""

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.population.long_run import _matrices, average_levels, level_shares, turnover
from copro_sim.processes.health import Params, transition_matrix, usual
from copro_sim.scenario import evidence
from copro_sim.state.codes import NeedKind
from copro_sim.state.needs import LIFELONG_START
from tests.population.made import HEALTH, LEVELS


def test_all_matrices_are_the_health_processes_own() -> None:
    matrices = _matrices(HEALTH)
    for kind, sex, fifth, age in [(0, 0, 0, 0), (0, 1, 4, 80), (1, 0, 2, 30), (2, 1, 1, 15), (2, 0, 3, 16), (0, 1, 0, 105)]:
        np.testing.assert_array_equal(matrices[kind, sex, fifth, age], transition_matrix(HEALTH, kind, sex, age, fifth))


def test_shares_are_shares() -> None:
    assert LEVELS.shape == (3, 2, 5, 106, 5)
    assert LEVELS.min() >= 0.0
    np.testing.assert_allclose(LEVELS.sum(axis=-1), 1.0, atol=1e-12)


@pytest.mark.parametrize("kind", list(NeedKind))
def test_month_by_month_comes_to_the_same(kind: NeedKind) -> None:
    sex, fifth = 1, 0
    now = np.array(LIFELONG_START if kind == NeedKind.LIFELONG else (1.0, 0.0, 0.0, 0.0, 0.0))
    for age in range(90):
        for month in range(12):
            if month == 6:
                np.testing.assert_allclose(LEVELS[kind, sex, fifth, age], now, atol=1e-12)
            now = now @ transition_matrix(HEALTH, kind, sex, age, fifth)


def test_nobody_falls_ill_without_hazards() -> None:
    still = HEALTH._replace(more=np.zeros_like(HEALTH.more), less=np.zeros_like(HEALTH.less))
    shares = level_shares(still)
    np.testing.assert_array_equal(shares[NeedKind.LATER_LIFE, ..., 0], 1.0)
    np.testing.assert_allclose(shares[NeedKind.LIFELONG], np.broadcast_to(LIFELONG_START, (2, 5, 106, 5)))


def test_need_rises_with_age_deprivation_and_is_more_common_in_women() -> None:
    some = 1.0 - LEVELS[NeedKind.LATER_LIFE, ..., 0]
    assert (np.diff(some, axis=-1) > 0.0).all()
    assert (np.diff(some[:, :, 20:], axis=1) < 0.0).all()
    assert (some[1, :, 20:] > some[0, :, 20:]).all()


def test_survivors_are_healthier_and_the_ratio_alone_or_deaths_alone_change_nothing() -> None:
    death = 1.08 * evidence.mortality()[0]
    np.testing.assert_allclose(level_shares(HEALTH, death=death, need_ratio=1.0), LEVELS, atol=1e-12)
    np.testing.assert_array_equal(level_shares(HEALTH, need_ratio=1.4), LEVELS)
    survivors = level_shares(HEALTH, death=death, need_ratio=1.4)
    np.testing.assert_allclose(survivors.sum(axis=-1), 1.0, atol=1e-12)
    level = np.arange(5)
    assert ((survivors @ level)[0, :, :, 60:] < (LEVELS @ level)[0, :, :, 60:]).all()


def test_everybody_dying_at_once_leaves_no_gap() -> None:
    shares = level_shares(HEALTH, death=np.ones((2, 106)), need_ratio=1.4)
    np.testing.assert_allclose(shares.sum(axis=-1), 1.0, atol=1e-12)


def test_need_comes_and_goes_in_a_run_in_as_often_as_in_life_and_stays_as_common() -> None:
    p = defaults(Params)
    people, as_usual = evidence.population_by_age(), usual(p, HEALTH)
    shares = level_shares(as_usual, death=1.08 * evidence.mortality()[0], need_ratio=1.4)
    lived = usual(p, turnover(HEALTH, as_usual, shares, people))
    after = (shares[..., None, :] @ np.linalg.matrix_power(_matrices(lived), 12))[..., 0, :]
    np.testing.assert_allclose(after, shares, atol=1e-12)

    def moves_up(chances):
        return (shares * chances.more.transpose(1, 2, 0, 4, 3))[NeedKind.LATER_LIFE, :, :, : people.shape[1]].sum(axis=(1, -1))

    as_in_life, here = ((moves_up(chances) * people).sum() for chances in (as_usual, lived))
    assert here == pytest.approx(as_in_life, rel=0.01)


def test_nothing_moves_in_a_run_in_of_people_whose_need_never_does() -> None:
    still = HEALTH._replace(more=np.zeros_like(HEALTH.more), less=np.zeros_like(HEALTH.less))
    found = turnover(still, still, LEVELS, evidence.population_by_age())
    assert not found.more.any()
    assert not found.less.any()


def test_average_weighs_kinds() -> None:
    average = average_levels(LEVELS, lifelong=0.012, mental=0.04)
    assert average.shape == (2, 106, 5)
    expected = 0.948 * LEVELS[0] + 0.012 * LEVELS[1] + 0.04 * LEVELS[2]
    np.testing.assert_allclose(average, expected.mean(axis=1), atol=1e-12)
