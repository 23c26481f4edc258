"""What a process is told: ages, and whose turn it is."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.state.context import age_in_years, divided, whose_turn


@pytest.mark.parametrize("by", range(1, 65))
def test_dividing_without_dividing_is_exact(by):
    numbers = np.arange(65_536)
    assert (divided(numbers, by) == numbers // by).all()


def test_who_is_not_born_yet_is_no_year_old():
    """As the youngest in the run-in: an age below 0 would be looked up from the end of a table, as that of the oldest."""
    assert [age_in_years(-40, birth) for birth in (-52, -41, -40, -5, 0)] == [1, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 3)), max_size=40), st.integers(-40, 400))
def test_whose_turn_it_is(people, month):
    turn, life = (np.array([person[k] for person in people], np.uint8) for k in range(2))
    expected = [i for i, (their, lives) in enumerate(people) if their == month % 12 and lives == 1]
    for found, count in (whose_turn(turn, life, month), COMPILED(turn, life, month)):
        assert found[:count].tolist() == expected


COMPILED = numba.njit(lambda turn, life, month: whose_turn(turn, life, month))
