"""Co-production as a public investment: practice, community builders and brokers, paid out of the same envelope.

What these do to citizens is not here but in the processes, each effect a strength that can be zero.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_HOUR, MONTHS_PER_YEAR, START_YEAR
from copro_sim.scenario.government import CoproductionParams

Array = np.ndarray[Any, Any]
_PER = 100_000


def practice_share(p: CoproductionParams, month: int) -> float:
    """Return the share of assessments done the co-produced way in `month`: rising in equal steps, then level."""
    first = (p.practice_from_year - START_YEAR) * MONTHS_PER_YEAR
    steps = max(1, (p.practice_until_year - p.practice_from_year) * MONTHS_PER_YEAR)
    done = min(steps, max(0, month + 1 - first))
    return p.practice_percent / 100.0 * done / steps


def pounds_per_head(p: CoproductionParams) -> float:
    """Return what builders and brokers cost a year, in pounds for each citizen."""
    yearly = p.builders_per_100000 * p.builder_pounds_per_year + p.brokers_per_100000 * p.broker_pounds_per_year
    return yearly / _PER


def invitation_chance(p: CoproductionParams, share_with_need: Array) -> Array:
    """Return the chance that a citizen with needs is reached by a builder in a month, [council]; 0 where nobody has needs."""
    reached = p.builders_per_100000 / _PER * p.people_reached_per_builder / MONTHS_PER_YEAR
    each = np.divide(reached, share_with_need, out=np.zeros(np.shape(share_with_need)), where=share_with_need > 0)
    return np.minimum(1.0, each)


def broker_minutes(p: CoproductionParams) -> float:
    """Return brokers' time for matches, minutes a month for each citizen."""
    return p.brokers_per_100000 / _PER * p.broker_match_hours_per_month * MINUTES_PER_HOUR
