"""A year of deaths follows the life table, and need without modifiers its transition matrix, in the compiled engine."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import kernels, simulate
from copro_sim.processes.health import transition_matrix
from copro_sim.scenario import evidence
from verdicts import shares

CITIZENS = 200_000
NO_MODIFIERS = {
    "health.unmet_speeds_decline": 0.0,
    "health.loneliness_speeds_decline": 0.0,
    "health.met_speeds_recovery": 0.0,
    "health.strain_harms": 0.0,
    "ageing.need_ratio": 1.0,
    "births.fertility_ratio": 0.0,
    "migration.arrivals_per_1000": 0.0,
    "migration.leaving_ratio": 0.0,
    "population.citizens": CITIZENS,
}


@pytest.fixture(scope="module")
def begun():
    scenario = cs.load_scenario("retreating-state").replace(NO_MODIFIERS)
    return simulate.start(scenario, seed=4, threads=2)


def lived(begin, seed=4):
    policy = begin.government.run_in(begin.settled.tallies)
    state, _ = kernels.live_year(begin.state, policy, begin.settled.parameters, begin.settled.tables, seed=seed, threads=2)
    return begin.state.content(), state.content()


def deaths_by_age(before, after, ratio):
    """Compare deaths with the life table by sex and ten years of age in April 2013, from age 20."""
    died = ~np.isin(before["id"], after["id"])
    age = np.clip(-before["birth_month"] // 12, 0, 105)
    # a month at each age: the chance of the year mixes two ages according to the birthday
    first = (-before["birth_month"] % 12).astype(int)
    monthly = 1 - (1 - np.clip(ratio * evidence.mortality()[0], 0, 1)) ** (1 / 12)
    alive = np.ones(len(age))
    for k in range(12):
        alive *= 1 - monthly[before["sex"], np.minimum(age + (first + k) // 12, 105)]
    chance = 1 - alive
    found = []
    for sex in (0, 1):
        for decade in range(20, 110, 10):
            cell = (before["sex"] == sex) & (age >= decade) & (age < decade + 10)
            if cell.sum() > 100:
                spread = np.sqrt((chance[cell] * (1 - chance[cell])).sum())
                found.append((died[cell].sum(), cell.sum(), chance[cell].mean(), spread))
    assert len(found) >= 14
    return shares(*np.array(found).T)


def test_deaths_follow_the_life_table(begun, check):
    ratio = begun.settled.parameters.ageing.wales_ratio
    before, after = lived(begun)
    check(
        "Deaths in a year",
        "the life table, by sex and ten years of age: independent draws of 1 - (1 - yearly)^(1/12) a month",
        deaths_by_age(before, after, ratio),
        {"mortality .3 higher": deaths_by_age(before, after, ratio * 1.3)},
    )


def need_by_level(before, after, matrix, pick):
    """Compare need after a year, by need before, with the twelfth power of a month's transition matrix."""
    who = np.flatnonzero(pick)
    kept = np.isin(before["id"][who], after["id"])
    order = np.argsort(after["id"])
    place = order[np.searchsorted(after["id"][order], before["id"][who[kept]])]
    begin, end = before["need_level"][who[kept]], after["need_level"][place]
    power = np.linalg.matrix_power(matrix, 12)
    found = []
    for level in range(1, 5):
        ended = np.bincount(end[begin == level], minlength=5)
        common = ended.sum() * power[level] > 5
        found.extend((ended[k], ended.sum(), power[level, k]) for k in np.flatnonzero(common))
    return shares(*np.array(found).T)


def test_need_follows_the_power_of_its_matrix(begun, check):
    """Lifelong need does not depend on age, so all ages of one community fifth share one matrix."""
    before, after = lived(begun)
    fifth = dict(zip(begun.state.communities.id.tolist(), begun.state.communities.deprivation.tolist(), strict=True))
    fifths = np.array([fifth[one] for one in before["community"].tolist()])
    pick = (before["need_kind"] == 1) & (fifths == 2)
    matrix = transition_matrix(begun.settled.tables.health, 1, 0, 40, 2)
    assert pick.sum() > 300
    check(
        "Need after a year, without modifiers",
        "a Markov chain: the twelfth power of the month's transition matrix",
        need_by_level(before, after, matrix, pick),
        {"a month that is a year": need_by_level(before, after, np.linalg.matrix_power(matrix, 12), pick)},
    )
