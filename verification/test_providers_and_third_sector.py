"""Chance among providers and in the third sector against closed forms: how often providers fail, how many have grants."""

import numpy as np

from copro_sim.core.params import defaults
from copro_sim.institutions.providers import Providers
from copro_sim.institutions.third_sector import ThirdSector
from copro_sim.scenario.government import ProviderParams, ThirdSectorParams
from verdicts import shares

COUNCILS = np.arange(22)
FAILURE, YEARS = 0.3, 400
RENEWAL, AGAIN, GRANT_MONTHS, SETTLED = 0.5, 0.3, 24, 360


def monthly(yearly):
    """Return the monthly chance whose twelve months make `yearly`."""
    return 1 - (1 - yearly) ** (1 / 12)


def test_providers_fail_as_often_as_they_should(check):
    p = defaults(ProviderParams)._replace(failure=FAILURE, failure_loses=0.1)
    hours = np.full(22, 90_000.0)
    providers = Providers.begin(p, COUNCILS, np.zeros(22), hours, 3)
    failed = sum(int((providers.live_month(p, month, hours).lost[0] > 0).sum()) for month in range(YEARS * 12))
    number = 22 * YEARS * 12
    check(
        "Months in which a provider fails",
        "independent draws of 1 - (1 - yearly)^(1/12) a month",
        shares(failed, number, monthly(FAILURE)),
        {"a twelfth of the yearly chance": shares(failed, number, FAILURE / 12)},
    )


def test_as_many_organisations_have_grants_as_the_long_run_says(check):
    p = defaults(ThirdSectorParams)._replace(
        organisations_per_100000=1_000.0, first_granted=1.0, renewal=RENEWAL, again=AGAIN, grant_months=GRANT_MONTHS
    )  # fmt: skip
    third, citizens = ThirdSector.begin(p, COUNCILS, np.full(22, 100_000), 3), np.full(22, 20_000.0)
    granted = [third.live_month(p, month, citizens).granted.sum() for month in range(SETTLED)][-1]
    with_grant, without = GRANT_MONTHS / (1 - RENEWAL), 1 / monthly(AGAIN)
    check(
        "Organisations that have a grant",
        "alternating renewals: in the long run w / (w + 1/q) have one, w = grant months / (1 - renewal), q the monthly chance "
        "to win one",
        shares(granted, 22_000, with_grant / (with_grant + without)),
        {"q a twelfth of the yearly chance": shares(granted, 22_000, with_grant / (with_grant + 12 / AGAIN))},
    )
