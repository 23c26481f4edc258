"""What councils count: real people by weight, by means and need, and a small sample's luck evened out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from copro_sim.institutions.counted import Real, no_sample
from copro_sim.processes.tally import TALLIES, Tally


def a_year(**each_month):
    """Return a year's tallies of two councils, with these counts in each month: [12, 2, tally]."""
    tallies = np.zeros((12, 2, TALLIES), np.int64)
    for name, counts in each_month.items():
        tallies[:, :, Tally[name]] = counts
    return tallies


def test_a_count_stands_for_as_many_as_its_council_has_for_each_citizen():
    """3 a month are 36 a year: 3,600 where each stands for 100, 18 where for half a citizen."""
    real = Real.of(a_year(WAITING=3), np.array([100.0, 0.5]))
    assert real.year.shape == (TALLIES, 2)
    assert real.year[Tally.WAITING].tolist() == [3_600.0, 18.0]
    assert real.year.sum() == 3_618.0


def test_those_below_the_limit_are_all_but_those_above_and_never_fewer_than_none():
    found = Real.of(a_year(), np.ones(2)).by_means(np.array([10.0, 3.0]), np.array([4.0, 5.0]))
    assert found.tolist() == [[6.0, 4.0], [0.0, 5.0]]


def test_demand_is_that_of_the_four_levels_and_nothing_beside_them():
    levels = {"DEMAND_LOW": [1, 10], "DEMAND_MODERATE": [2, 20], "DEMAND_SUBSTANTIAL": [3, 30], "DEMAND_CRITICAL": [4, 40]}
    around = {Tally(Tally.DEMAND_LOW - 1).name: 999, Tally(Tally.DEMAND_CRITICAL + 1).name: 999}
    real = Real.of(a_year(**levels, **around), np.array([1.0, 2.0]))
    assert real.demand().tolist() == [[12 * k, 240 * k] for k in (1, 2, 3, 4)]


def test_hours_at_home_are_what_councils_delivered_but_not_to_residents():
    """30 + 20 minutes, 15 of them in care homes: 35 a month, 420 a year."""
    counts = a_year(PERSONAL_COUNCIL=30, PRACTICAL_COUNCIL=20, RESIDENT_MINUTES=15, PERSONAL_BOUGHT=70, UNDELIVERED=9)
    assert Real.of(counts, np.array([1.0, 10.0])).at_home().tolist() == [420.0, 4_200.0]


def test_evening_out_worked_by_hand():
    """Of 400 the parts by older people (3 to 1) are 300 and 100; 5,000 citizens count half, 15,000 three quarters."""
    found = no_sample(np.array([100.0, 300.0]), np.array([30.0, 10.0]), np.array([5_000, 15_000]))
    assert found.tolist() == [200.0, 250.0]
    by_level = no_sample(np.array([[100.0, 300.0], [0.0, 8.0]]), np.array([30.0, 10.0]), np.array([5_000, 15_000]))
    assert by_level.tolist() == [[200.0, 250.0], [3.0, 6.5]]


def test_what_there_is_nothing_to_share_by_stays_as_counted():
    counted = np.array([100.0, 300.0])
    assert no_sample(counted, np.zeros(2), np.array([10, 10])).tolist() == [100.0, 300.0]
    assert no_sample(counted, np.array([0.0, 0.5]), np.array([0, 0])).tolist() == [0.0, 400.0]


@given(counted=arrays(float, (4, 3), elements=st.floats(0, 1e9)), per=arrays(float, 3, elements=st.floats(0.1, 1e6)))
def test_where_all_are_sampled_alike_nothing_is_won_or_lost(counted, per):
    found = no_sample(counted, per, np.full(3, 700))
    assert found.sum(axis=-1) == pytest.approx(counted.sum(axis=-1))
    assert (found >= 0.0).all()
