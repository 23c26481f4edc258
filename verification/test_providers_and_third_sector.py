"""Chance among providers and in the third sector against closed forms: how often providers fail, how many have grants.

An organisation has a grant for w = grant_months / (1 - renewal) months on average, then none for 1 / q months, q the monthly
chance to win one: in the long run the share w / (w + 1 / q) has one. Many organisations on the same day are independent draws.
"""

from math import sqrt

import numpy as np

from copro_sim.core.params import defaults
from copro_sim.institutions.providers import Providers
from copro_sim.institutions.third_sector import ThirdSector
from copro_sim.scenario.government import ProviderParams, ThirdSectorParams

ERRORS = 5
"""Standard errors that are let pass: one false alarm in 1.7 million."""

COUNCILS = np.arange(22)
FAILURE, YEARS = 0.3, 400
RENEWAL, AGAIN, GRANT_MONTHS, SETTLED = 0.5, 0.3, 24, 360


def agrees(found, chance, number):
    """Return whether `found` of `number` is what independent draws of `chance` give."""
    return abs(found - number * chance) < ERRORS * sqrt(number * chance * (1 - chance))


def monthly(yearly):
    """Return the monthly chance whose twelve months make `yearly`."""
    return 1 - (1 - yearly) ** (1 / 12)


def test_providers_fail_as_often_as_they_should():
    p = defaults(ProviderParams)._replace(failure=FAILURE, failure_loses=0.1)
    hours = np.full(22, 90_000.0)
    providers = Providers.begin(p, COUNCILS, np.zeros(22), hours, 3)
    failed = sum(int((providers.live_month(p, month, hours).lost[0] > 0).sum()) for month in range(YEARS * 12))
    number = 22 * YEARS * 12
    assert agrees(failed, monthly(FAILURE), number)
    assert not agrees(failed, FAILURE / 12, number)  # a wrong constant


def test_as_many_organisations_have_grants_as_the_long_run_says():
    p = defaults(ThirdSectorParams)._replace(
        organisations_per_100000=1_000.0, first_granted=1.0, renewal=RENEWAL, again=AGAIN, grant_months=GRANT_MONTHS
    )  # fmt: skip
    third, citizens = ThirdSector.begin(p, COUNCILS, np.full(22, 100_000), 3), np.full(22, 20_000.0)
    granted = [third.live_month(p, month, citizens).granted.sum() for month in range(SETTLED)][-1]
    with_grant, without = GRANT_MONTHS / (1 - RENEWAL), 1 / monthly(AGAIN)
    assert agrees(granted, with_grant / (with_grant + without), 22_000)
    assert not agrees(granted, with_grant / (with_grant + 12 / AGAIN), 22_000)  # a wrong constant
