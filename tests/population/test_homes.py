"""Small rules of making households, by hand."""

import numpy as np
import pytest

from copro_sim.population import luck
from copro_sim.population.homes import (
    HAS_HOME,
    LIVES_ELSEWHERE,
    MAY_BEAR,
    MAY_HOST,
    NONE,
    empty_homes,
    find_woman,
    gap_of,
    join,
    open_home,
    step_of,
)
from copro_sim.state.columns import CITIZEN_COLUMNS, Citizens, empty


def _women(*ages: int):
    """Return the making of a community of women of these ages, in rising order, none housed."""
    homes = empty_homes(Citizens(*empty(CITIZEN_COLUMNS, len(ages))))
    homes.age[:] = ages
    homes.women_from[:] = [sum(age < at for age in ages) for at in range(108)]
    homes.wants[:] = 1
    return homes


def _found(homes, *, aim: int, accept: int, low: int = 25, high: int = 45, i: int = 0, limit: int = 8) -> int:
    return find_woman(homes, i, low, high, aim, 0.0, accept, limit)


@pytest.mark.parametrize(("draw", "step"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.5, 2), (0.99, 2)])
def test_step_of(draw: float, step: int) -> None:
    assert step_of(draw, (0.2, 0.4)) == step


def test_the_woman_nearest_in_age_order_is_found_and_never_one_out_of_range() -> None:
    homes = _women(7, 24, 26, 30, 44, 46)
    assert _found(homes, aim=30, accept=MAY_BEAR) == 3
    homes.wants[3] = 0
    assert _found(homes, aim=30, accept=MAY_BEAR) in (2, 4)
    assert _found(homes, aim=30, accept=MAY_HOST) == 3
    homes.wants[:] = 0
    assert _found(homes, aim=30, accept=MAY_BEAR) == NONE
    assert _found(homes, aim=60, accept=MAY_HOST, low=50, high=70) == NONE


def test_people_living_alone_take_nobody_in_but_may_be_kin() -> None:
    homes = _women(7, 30)
    homes.alone[1] = 1
    assert _found(homes, aim=30, accept=MAY_HOST) == NONE
    homes.home[0] = 5
    assert _found(homes, aim=30, accept=LIVES_ELSEWHERE) == 1
    homes.home[1] = 5
    assert _found(homes, aim=30, accept=LIVES_ELSEWHERE) == NONE


def test_a_full_household_and_one_that_is_not_there_are_passed_over() -> None:
    homes = _women(7, 30)
    assert _found(homes, aim=30, accept=HAS_HOME) == NONE
    open_home(homes, 1)
    assert _found(homes, aim=30, accept=HAS_HOME) == 1
    assert _found(homes, aim=30, accept=HAS_HOME, limit=1) == NONE


def test_joining_opens_a_household_where_there_is_none() -> None:
    homes = _women(7, 9, 30)
    join(homes, 0, 2)
    join(homes, 1, 2)
    assert homes.home.tolist() == [0, 0, 0]
    assert homes.size[0] == 3
    assert homes.count[0] == 1


@pytest.mark.parametrize(("words", "gap"), [((0, 0), 18), ((2**32 - 1, 2**32 - 1), 40), ((2**31, 2**31), 29)])
def test_gap_between_mother_and_child(words: tuple[int, int], gap: int) -> None:
    homes = _women(7)
    homes.luck[0, [luck.GAP, luck.MORE_GAP]] = np.array(words)
    assert gap_of(homes, 0, luck.GAP, luck.MORE_GAP) == gap
