"""The chance in the Senedd and in councils against closed forms: who is convinced, who has left, with what courage."""

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.institutions import leadership, senedd
from copro_sim.scenario.government import FearParams, LeadershipParams, PanelParams, SeneddParams
from verdicts import mean, shares

REACHED, FORGETS, MONTHS, SENEDDS = 0.03, 0.05, 24, 150
OTHERS = 59
"""Members besides the champion."""

TURNOVER, COURAGE, SPREAD, YEARS = 0.31, 0.4, 0.3, 200


def share_convinced(reached, forgets, months):
    """Return the share convinced after `months`, from none."""
    leaves = reached + (1 - reached) * forgets
    return reached / leaves * (1 - (1 - leaves) ** months)


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


def test_members_convinced(convinced, check):
    number = SENEDDS * OTHERS
    check(
        "Members convinced after two years with a champion",
        "each a two-state chain, reached with chance r a month, else forgetting with chance f: r / k (1 - (1 - k)^t) from none, "
        "k = r + (1 - r) f",
        shares(convinced, number, share_convinced(REACHED, FORGETS, MONTHS)),
        {"f a fifth larger": shares(convinced, number, share_convinced(REACHED, FORGETS * 1.2, MONTHS))},
    )


def test_directors_leave_and_bring_courage_as_they_should(check):
    p = defaults(LeadershipParams)._replace(director_turnover=TURNOVER, courage_mean=COURAGE, courage_spread=SPREAD)
    councils = np.arange(22)
    seen = leadership.Surroundings(0.0, np.zeros(22), np.zeros(22))
    led = leadership.Leadership.begin(p, councils, 7)
    left, brought = 0, []
    for month in range(YEARS * 12):
        now = led.live_month(p, month, seen)
        left += int(now.new_directors.sum())
        brought.append(led.brought[0][now.new_directors])
    number = 22 * YEARS * 12
    check(
        "Directors who leave",
        "independent draws of 1 - (1 - yearly)^(1/12) a month",
        shares(left, number, 1 - (1 - TURNOVER) ** (1 / 12)),
        {"a twelfth of the yearly chance": shares(left, number, TURNOVER / 12)},
    )
    courage = np.concatenate(brought)
    check(
        "Courage that new directors bring",
        "evenly spread about its mean: standard deviation spread / sqrt(3)",
        mean(courage, COURAGE),
        {"a mean that is .05 larger": mean(courage, COURAGE + 0.05)},
    )
