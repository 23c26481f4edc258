"""Tally: bands, rounding, and what councils set their budgets by."""

import pytest

from copro_sim.processes.tally import (
    AGE_BANDS,
    TALLIES,
    Tally,
    band_of_age,
    carer_band,
    demand_for_council,
    effective_sources,
    thousandths,
)


def test_age_bands_begin_where_they_say():
    assert [band_of_age(first) for first in AGE_BANDS] == list(range(7))
    assert [band_of_age(first - 1) for first in AGE_BANDS[1:]] == list(range(6))
    assert band_of_age(105) == 6


@pytest.mark.parametrize(
    ("hours", "band"), [(0.99, -1), (1, 0), (9.99, 0), (10, 1), (19.9, 1), (20, 2), (34.9, 2), (35, 3), (49.9, 3), (50, 4)]
)
def test_carers_fall_into_the_census_bands(hours, band):
    assert carer_band(int(hours * 260)) == band


def test_thousandths_round_half_up():
    assert [thousandths(value) for value in (0.0, 0.0004, 0.0005, 7.4321, 10.0)] == [0, 0, 1, 7_432, 10_000]


def test_demand_counts_those_in_touch_with_the_council():
    assert demand_for_council(1, 0, 0, 100, 50) == 150
    assert demand_for_council(0, 3, 0, 100, 0) == 100
    assert demand_for_council(0, 0, 1, 100, 0) == 100
    assert demand_for_council(0, 0, 0, 100, 0) == 0


def test_sources_stand_in_the_order_of_the_sources_and_need_before_unmet():
    from copro_sim.state.codes import Source

    for need in ("PERSONAL", "PRACTICAL"):
        assert [int(Tally[f"{need}_{source.name}"]) for source in Source] == list(
            range(Tally[f"{need}_HOUSEHOLD"], Tally[f"{need}_HOUSEHOLD"] + 8)
        )
    assert Tally.NEED_PRACTICAL == Tally.NEED_PERSONAL + 1
    assert Tally.UNMET_PRACTICAL == Tally.UNMET_PERSONAL + 1
    assert Tally.CARERS_50_PLUS == Tally.CARERS_1_9 + 4
    assert Tally.DEMAND_CRITICAL == Tally.DEMAND_LOW + 3
    assert TALLIES == Tally.STRAIN + 1


def test_the_effective_number_of_sources_worked_by_hand():
    assert effective_sources(100, 100 * 100) == 1.0
    assert effective_sources(100, 2 * 50 * 50) == 2.0
    assert effective_sources(100, 90 * 90 + 10 * 10) == pytest.approx(1.2195, abs=1e-4)
