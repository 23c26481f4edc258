"""Who lives with whom, against the tables of couples and of people living alone."""

import numpy as np
import pytest

from copro_sim.population.homes import MOST_AT_HOME
from copro_sim.scenario import evidence
from copro_sim.state.columns import NOBODY
from tests.population.made import ages, households, wales

BANDS = [(19, 25), (25, 35), (35, 45), (45, 55), (55, 65), (65, 75), (75, 85), (85, 106)]
TOLERANCE = 0.02
"""Shares by sex and age band may differ by this from the tables, besides rounding of single people in each community."""


def _partners() -> np.ndarray:
    """Return the place of everybody's partner over all communities, -1 for none."""
    state = wales()
    partner = state.citizens.partner.astype(int)
    return np.where(partner == NOBODY, -1, partner + np.repeat(state.communities.start, state.communities.size))


@pytest.mark.parametrize("sex", [0, 1])
@pytest.mark.parametrize(("low", "high"), BANDS)
def test_living_alone_follows_the_table(sex: int, low: int, high: int) -> None:
    state = wales()
    age, home = ages(state), households(state)
    who = (state.citizens.sex == sex) & (age >= low) & (age < high)
    alone = np.bincount(home)[home[who]] == 1
    assert abs(alone.mean() - evidence.living_alone()[sex, age[who]].mean()) < TOLERANCE


@pytest.mark.parametrize("sex", [0, 1])
@pytest.mark.parametrize(("low", "high"), BANDS)
def test_couples_follow_the_table(sex: int, low: int, high: int) -> None:
    state = wales()
    age = ages(state)
    who = (state.citizens.sex == sex) & (age >= low) & (age < high)
    assert abs((_partners()[who] >= 0).mean() - evidence.couples()[sex, age[who]].mean()) < TOLERANCE


def test_partners_are_mutual_grown_up_and_live_together() -> None:
    state, partner, home = wales(), _partners(), households(wales())
    paired = np.flatnonzero(partner >= 0)
    np.testing.assert_array_equal(partner[partner[paired]], paired)
    np.testing.assert_array_equal(home[partner[paired]], home[paired])
    assert ages(state)[paired].min() >= 16
    assert (state.citizens.sex[paired] != state.citizens.sex[partner[paired]]).all()


def test_women_are_about_two_years_younger_than_their_partners() -> None:
    age, partner = ages(wales()), _partners()
    women = np.flatnonzero((wales().citizens.sex == 1) & (partner >= 0))
    gap = age[partner[women]] - age[women]
    assert 1.5 < gap.mean() < 3.0
    assert 2.5 < gap.std() < 6.0


def test_children_live_with_grown_ups_and_mostly_with_a_mother_of_the_right_age() -> None:
    state, age, home = wales(), ages(wales()), households(wales())
    assert not set(home[age < 16]) - set(home[age >= 16])
    women = [age[(home == h) & (state.citizens.sex == 1)] for h in np.unique(home[age < 16])[:500]]
    youngest = [age[home == h].min() for h in np.unique(home[age < 16])[:500]]
    fits = [((w - y >= 18) & (w - y <= 45)).any() for w, y in zip(women, youngest, strict=True)]
    assert np.mean(fits) > 0.97


def test_about_a_quarter_of_families_with_children_have_one_parent() -> None:
    age, home, partner = ages(wales()), households(wales()), _partners()
    children = np.bincount(home, weights=age < 16) > 0
    couple = np.bincount(home, weights=partner >= 0) > 0
    assert 0.18 < (~couple[children]).mean() < 0.30


def test_households_are_as_large_as_in_the_census() -> None:
    size = np.bincount(households(wales()))
    assert size.max() <= MOST_AT_HOME
    # 2.31 in 2021, communal establishments included
    assert 2.2 < size.mean() < 2.45


def test_household_numbers_run_from_zero_in_every_community() -> None:
    state = wales()
    for number in range(len(state.communities.id)):
        home = np.unique(state.community(number).household)
        np.testing.assert_array_equal(home, np.arange(len(home)))
