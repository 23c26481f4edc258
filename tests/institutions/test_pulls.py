"""Pulls: one after the other, parts that add up, nothing out of range; meetings in whole numbers over the year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.institutions.pulls import held, pulled

unit = st.floats(0, 1)


def test_two_pulls_worked_by_hand():
    """Half of .5 goes, .25 is left; a fifth of the .75 that is missing then is .15."""
    value, parts = pulled(0.5, [(0.0, 0.5), (1.0, 0.2)])
    assert value == pytest.approx(0.4)
    assert parts == pytest.approx([-0.25, 0.15])


@given(value=unit, pulls=st.lists(st.tuples(unit, unit), max_size=6))
def test_parts_add_up_and_nothing_leaves_the_range(value, pulls):
    after, parts = pulled(value, pulls)
    assert 0.0 <= after <= 1.0
    assert value + sum(parts) == pytest.approx(after)


def test_no_weight_moves_nothing():
    before = np.array([0.2, 0.9])
    after, parts = pulled(before, [(1.0, 0.0), (0.0, np.zeros(2))])
    assert after.tolist() == before.tolist()
    assert not np.any(parts)


@given(per_year=st.integers(0, 60), year=st.integers(0, 40))
def test_all_meetings_of_a_year_are_held_evenly(per_year, year):
    months = [held(per_year, 12 * year + k) for k in range(12)]
    assert sum(months) == per_year
    assert max(months) - min(months) <= 1


def test_two_seminars_a_year_are_in_september_and_march():
    assert [month for month in range(24) if held(2, month)] == [5, 11, 17, 23]
