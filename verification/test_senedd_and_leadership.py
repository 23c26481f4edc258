"""The chance in the Senedd and in councils against closed forms: who is convinced, who has left, with what courage.

Each member is a two-state chain of its own while the champion stays: reached with chance r a month, else forgetting with
chance f, so that after t months the share convinced is r / k * (1 - (1 - k)**t) from none, with k = r + (1 - r) f.
"""

from math import sqrt

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions import leadership, senedd
from copro_sim.scenario.government import FearParams, LeadershipParams, PanelParams, SeneddParams

ERRORS = 5
"""Standard errors that are let pass: one false alarm in 1.7 million."""

REACHED, FORGETS, MONTHS, SENEDDS = 0.03, 0.05, 24, 150
OTHERS = 59
"""Members besides the champion."""

TURNOVER, YEARS = 0.31, 200


def share_convinced(reached, forgets, months):
    """Return the share convinced after `months`, from none."""
    leaves = reached + (1 - reached) * forgets
    return reached / leaves * (1 - (1 - leaves) ** months)


def agrees(found, chance, number):
    """Return whether `found` of `number` is what independent draws of `chance` give."""
    return abs(found - number * chance) < ERRORS * sqrt(number * chance * (1 - chance))


@pytest.fixture(scope="module")
def convinced():
    """Members besides the champion who are convinced, over many Senedds of March 2015."""
    p = defaults(SeneddParams)._replace(
        first_convinced=0.0, champion_convinces=REACHED, forgets=FORGETS, seminars_per_year=0
    )  # fmt: skip
    panel, fear = defaults(PanelParams), defaults(FearParams)
    seen = senedd.Surroundings(0.0, 0.0, 0.0, 0.0)
    found = 0
    for seed in range(SENEDDS):
        one = senedd.Senedd.begin(p, fear, seed)
        now = [one.live_month(p, panel, fear, month, seen) for month in range(MONTHS)][-1]
        found += now.members_convinced - 1
    return found


def test_members_convinced(convinced):
    number = SENEDDS * OTHERS
    assert agrees(convinced, share_convinced(REACHED, FORGETS, MONTHS), number)
    assert not agrees(convinced, share_convinced(REACHED, FORGETS * 1.2, MONTHS), number)  # a wrong constant


def test_directors_leave_and_bring_courage_as_they_should():
    """Leavers are so many draws of the monthly chance; a twelfth of the yearly one would be too few."""
    p = defaults(LeadershipParams)._replace(director_turnover=TURNOVER, courage_mean=0.4, courage_spread=0.3)
    councils = np.arange(22)
    seen = leadership.Surroundings(0.0, np.zeros(22), np.zeros(22))
    led = leadership.Leadership.begin(p, councils, 7)
    left, brought = 0, []
    for month in range(YEARS * 12):
        now = led.live_month(p, month, seen)
        left += int(now.new_directors.sum())
        brought.append(led.brought[0][now.new_directors])
    number, chance = 22 * YEARS * 12, 1 - (1 - TURNOVER) ** (1 / 12)
    assert agrees(left, chance, number)
    assert not agrees(left, TURNOVER / 12, number)  # a wrong constant
    courage = np.concatenate(brought)
    error = 0.3 / sqrt(3 * courage.size)
    assert abs(courage.mean() - 0.4) < ERRORS * error < abs(courage.mean() - 0.45)  # the last is a wrong constant
