"""Co-production as an investment: what it costs, and when practice has changed."""

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions.coproduction import broker_minutes, invitation_chance, pounds_per_head, practice_share
from copro_sim.scenario.government import CoproductionParams

none = defaults(CoproductionParams)
some = none._replace(practice_percent=60.0, builders_per_100000=5.0, brokers_per_100000=3.0)


def test_practice_rises_in_equal_steps_and_stays():
    assert practice_share(some, -1) == 0.0
    assert practice_share(some, 29) == pytest.approx(0.3)
    assert practice_share(some, 59) == pytest.approx(0.6)
    assert practice_share(some, 300) == pytest.approx(0.6)


def test_five_builders_and_three_brokers_worked_by_hand():
    """5 * 45,000 + 3 * 35,000 = 330,000 pounds a year for 100,000 citizens."""
    assert pounds_per_head(some) == pytest.approx(3.30)
    assert pounds_per_head(none) == 0.0


def test_builders_reach_people_with_needs():
    """5 builders reach 300 people a year in 100,000; with a tenth in need, 25 of 10,000 a month."""
    assert invitation_chance(some, np.array([0.1, 0.0, 1e-6])).tolist() == pytest.approx([0.0025, 0.0, 1.0])
    assert invitation_chance(none, np.array([0.1])).tolist() == [0.0]


def test_brokers_time_a_citizen():
    assert broker_minutes(some) == pytest.approx(3 * 100 * 60 / 100_000)
