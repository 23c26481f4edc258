"""Paired differences by hand, and words that are true of their counts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.comparison.paired import (
    crossed,
    difference,
    interval,
    paired,
    parameter_share,
    sides,
    variance_reduction,
    verdict,
)


@pytest.mark.parametrize(
    ("better", "futures", "words"),
    [
        (20, 20, "better in 20 of 20 futures"),
        (18, 20, "better in 18 of 20 futures"),
        (17, 20, "tends to be better (17 of 20 futures)"),
        (15, 20, "tends to be better (15 of 20 futures)"),
        (14, 20, "no clear difference (better in 14 of 20 futures)"),
        (10, 20, "no clear difference (better in 10 of 20 futures)"),
        (5, 20, "tends to be worse (15 of 20 futures)"),
        (3, 20, "tends to be worse (17 of 20 futures)"),
        (2, 20, "worse in 18 of 20 futures"),
        (0, 20, "worse in 20 of 20 futures"),
        (9, 10, "better in 9 of 10 futures"),
        (9, 9, "tends to be better (9 of 9 futures)"),
        (1, 1, "tends to be better (1 of 1 future)"),
    ],
)
def test_verdicts_at_their_edges(better, futures, words):
    assert verdict(better, futures, "less") == words


def test_futures_without_a_difference_are_on_neither_side():
    assert verdict(0, 20, worse=0) == "no difference in any of 20 futures"
    assert verdict(0, 1, worse=0) == "no difference in the one future"
    assert verdict(11, 20, worse=0) == "no clear difference (better in 11 of 20 futures)"
    assert verdict(2, 20, worse=10) == "no clear difference (worse in 10 of 20 futures)"


def test_without_a_better_side_it_is_higher_or_lower():
    assert verdict(19, 20, None) == "higher in 19 of 20 futures"
    assert verdict(0, 20, None) == "lower in 20 of 20 futures"


@pytest.mark.parametrize(("better", "futures", "worse"), [(-1, 5, 0), (6, 5, 0), (3, 5, 3), (0, 0, 0), (1, 5, -1)])
def test_counts_that_cannot_be_are_refused(better, futures, worse):
    with pytest.raises(ValueError, match="cannot be"):
        verdict(better, futures, worse=worse)


@given(st.integers(1, 200), st.data())
def test_a_clear_word_is_never_said_of_less_than_nine_tenths(futures, data):
    better = data.draw(st.integers(0, futures))
    worse = data.draw(st.integers(0, futures - better))
    words = verdict(better, futures, "less", worse=worse)
    clear = words.startswith(("better in", "worse in"))
    assert clear == (futures >= 10 and max(better, worse) / futures >= 0.9)
    assert words.startswith("tends") <= (max(better, worse) / futures >= 0.6)
    assert ("better" in words) <= (better >= worse)
    assert ("worse" in words) <= (worse > better)


def test_a_pair_by_hand():
    reference, other = np.array([10.0, 20.0, 30.0, 40.0, 50.0]), np.array([9.0, 18.0, 30.0, 41.0, 46.0])
    found = paired(reference, other, "less")
    assert (found.reference, found.other, found.difference) == (30.0, 28.8, -1.2)
    assert (found.better, found.worse, found.futures) == (3, 1, 5)
    assert tuple(found.half) == (-2.0, 0.0)
    assert found.ninety == pytest.approx((-3.6, 0.8))
    assert found.verdict == "no clear difference (better in 3 of 5 futures)"
    # Differences -1, -2, 0, 1, -4 have variance 3.7; the two alone have 250 and 238.7.
    assert found.variance_reduction == pytest.approx((250 + 238.7) / 3.7)


def test_pairs_must_be_of_the_same_futures():
    with pytest.raises(ValueError, match="cannot pair"):
        paired(np.zeros(3), np.zeros(4), None)
    with pytest.raises(ValueError, match="cannot pair"):
        paired(np.zeros(0), np.zeros(0), None)


def test_rounding_is_no_difference():
    assert difference(np.array([1e9]), np.array([1e9 + 1e-7])).tolist() == [0.0]
    assert difference(np.array([1e9]), np.array([1e9 + 1.0])).tolist() == [1.0]
    assert sides(np.array([0.0, 1.0, -2.0, -3.0]), "less") == (2, 1)
    assert sides(np.array([0.0, 1.0, -2.0, -3.0]), None) == (1, 2)


def test_an_interval_by_hand():
    assert interval(np.arange(21.0), 0.9) == pytest.approx((1.0, 19.0))
    assert interval(np.arange(21.0), 0.5) == pytest.approx((5.0, 15.0))


def test_variance_is_split_between_what_nobody_knows_and_chance():
    """Two draws: (1, 3) and (7, 9). Within 2; between (8 - 2) * (8 - 2) / 2 = 18, less 2 / 2: 17 of 19."""
    assert parameter_share(np.array([1.0, 3.0, 7.0, 9.0])) == pytest.approx(17 / 19)
    assert parameter_share(np.array([1.0, 1.0, 7.0, 7.0])) == 1.0
    assert parameter_share(np.array([1.0, 9.0, 9.0, 1.0])) == 0.0
    for too_few in ([1.0], [1.0, 2.0, 3.0], [4.0, 4.0, 4.0, 4.0]):
        assert math.isnan(parameter_share(np.array(too_few)))


def test_nothing_is_known_of_variance_from_one_future():
    assert math.isnan(variance_reduction(np.array([1.0]), np.array([2.0])))
    assert math.isnan(variance_reduction(np.array([1.0, 2.0]), np.array([2.0, 3.0])))


def test_money_by_practice_by_hand():
    """Neither 10, practice 8, money 7, both 4: practice -2, money -3, beyond the sum -1, in all -6."""
    found = crossed(*(np.array([value]) for value in (10.0, 8.0, 7.0, 4.0)))
    assert (found.money[0], found.practice[0], found.interaction[0]) == (-3.0, -2.0, -1.0)
    assert sum(effect[0] for effect in found) == 4.0 - 10.0


def test_effects_that_add_up_do_not_interact():
    level = np.array([1e9, 3.3, 0.1])
    found = crossed(level, level + 0.1, level + 0.7, level + 0.1 + 0.7)
    assert found.interaction.tolist() == [0.0, 0.0, 0.0]
    assert (crossed(level, level, level, level).interaction == 0).all()
