"""What a process is told besides the citizens: the clock, and what government has decided for this month."""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.flags import flagged, flags
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.codes import Life

_ALIVE = int(Life.ALIVE)
_PART_BITS = 22
_PARTS = 2**_PART_BITS


class Clock(NamedTuple):
    """The seed of all chance, the month (0 is April 2013) and the run's year (0 is April 2013 to March 2014)."""

    seed: int
    month: int
    year: int


OLDEST = 105
"""Ages in tables: from 0 to this, the last for everybody older."""

FRIENDS_FROM = 5
"""Age, that of school, from which children have friends of their own; until then home is company enough."""


@rule
def age_in_years(month, birth_month):
    """Return completed years of age, 0 to 105, in `month`; 0 before birth, as in the run-in for the youngest."""
    return min(divided(max(0, month - birth_month), MONTHS_PER_YEAR), OLDEST)


@rule
def divided(number, by):
    """Return `number` // `by`, of 0 to 65,535 and 1 to 64, as processors do it for many at a time: without dividing."""
    return (number * (_PARTS // by + 1)) >> _PART_BITS


@rule
def turn_of(who):
    """Return the month of the year, 0 (April) to 11, in which what comes once a year is a citizen's turn."""
    return who % MONTHS_PER_YEAR


@rule
def has_turn(turn, month):
    """Return whether this is the month of the year that is somebody's turn."""
    return turn == month % MONTHS_PER_YEAR


@making
def whose_turn(turn, life, month):
    """Return the places of the living whose turn it is in this month, and how many there are."""
    theirs, this = flags(turn.size), month % MONTHS_PER_YEAR
    for i in range(turn.size):
        theirs[i] = (turn[i] == this) & (life[i] == _ALIVE)
    return flagged(theirs)


class Orders(NamedTuple):
    """What government has decided for one authority in one month: plain numbers that processes only read."""

    eligibility_line: int
    """Lowest need level (1 to 4) for which the council arranges support."""
    package_share: float
    """Share of what is not met otherwise that a package covers, 0 to 1."""
    delivered_share: float
    """Share of arranged hours for which staff are found, 0 to 1."""
    coproduced_share: float
    """Share of assessments done the co-produced way, 0 to 1."""
    assessment_minutes: float
    """Practitioners' time for assessments, minutes a month for each citizen."""
    invitation_chance: float
    """Chance a month that a community builder reaches a citizen who has needs, 0 to 1."""
    broker_minutes: float
    """Brokers' time for matches, minutes a month for each citizen."""
    national_test: bool
    """Whether eligible is who has need that nobody else meets (since April 2016), not who reaches the line."""
    test_minutes: float
    """Need that nobody else meets, minutes a month, from which somebody is then eligible."""
    turned_away: float
    """Share of those who come forward who are then sent elsewhere at first contact, 0 to 1."""
    direct_payment_share: float
    """Share of new packages that are direct payments, 0 to 1."""
    citizen_directed_share: float
    """Share of these that are citizen-directed: with a circle of support, 0 to 1."""
    residential_share: float
    """Share of people in great need for whom a package is a place in a care home, 0 to 1."""
    reablement_share: float
    """Share of people assessed during an acute episode who get reablement, 0 to 1."""
    carers_offered: float
    """Chance a year that a carer of long hours is offered an assessment, 0 to 1."""
    third_sector_minutes: float
    """What the third sector can give, minutes a month for each citizen with need."""
    third_sector_visit: float
    """What it gives to whom it reaches, minutes a month."""
    panel_agency: float
    """What the citizens' panel adds to everybody's voice and control this month, -1 to 1."""
    panel_trust: float
    """What it adds to everybody's trust."""
    panel_membership: float
    """What it adds, 0 or below, to members' chance of staying in a group."""


class Policy(NamedTuple):
    """Orders for twelve months: every array is [12 months from April, authority]; engines only read them."""

    eligibility_line: np.ndarray[Any, Any]
    package_share: np.ndarray[Any, Any]
    delivered_share: np.ndarray[Any, Any]
    coproduced_share: np.ndarray[Any, Any]
    assessment_minutes: np.ndarray[Any, Any]
    invitation_chance: np.ndarray[Any, Any]
    broker_minutes: np.ndarray[Any, Any]
    national_test: np.ndarray[Any, Any]
    test_minutes: np.ndarray[Any, Any]
    turned_away: np.ndarray[Any, Any]
    direct_payment_share: np.ndarray[Any, Any]
    citizen_directed_share: np.ndarray[Any, Any]
    residential_share: np.ndarray[Any, Any]
    reablement_share: np.ndarray[Any, Any]
    carers_offered: np.ndarray[Any, Any]
    third_sector_minutes: np.ndarray[Any, Any]
    third_sector_visit: np.ndarray[Any, Any]
    panel_agency: np.ndarray[Any, Any]
    panel_trust: np.ndarray[Any, Any]
    panel_membership: np.ndarray[Any, Any]


def empty_policy(authorities: int) -> Policy:
    """Return a policy of zeros for `authorities` councils: int64 for the line, float64 for everything else."""
    shape = (MONTHS_PER_YEAR, authorities)
    return Policy(np.zeros(shape, np.int64), *(np.zeros(shape) for _ in Policy._fields[1:]))


@rule
def orders_for(policy, month_of_year, authority):
    """Return the orders of one authority for one month, 0 (April) to 11 (March)."""
    return Orders(
        whole(policy.eligibility_line[month_of_year, authority]),
        float(policy.package_share[month_of_year, authority]),
        float(policy.delivered_share[month_of_year, authority]),
        float(policy.coproduced_share[month_of_year, authority]),
        float(policy.assessment_minutes[month_of_year, authority]),
        float(policy.invitation_chance[month_of_year, authority]),
        float(policy.broker_minutes[month_of_year, authority]),
        float(policy.national_test[month_of_year, authority]) > 0.0,
        float(policy.test_minutes[month_of_year, authority]),
        float(policy.turned_away[month_of_year, authority]),
        float(policy.direct_payment_share[month_of_year, authority]),
        float(policy.citizen_directed_share[month_of_year, authority]),
        float(policy.residential_share[month_of_year, authority]),
        float(policy.reablement_share[month_of_year, authority]),
        float(policy.carers_offered[month_of_year, authority]),
        float(policy.third_sector_minutes[month_of_year, authority]),
        float(policy.third_sector_visit[month_of_year, authority]),
        float(policy.panel_agency[month_of_year, authority]),
        float(policy.panel_trust[month_of_year, authority]),
        float(policy.panel_membership[month_of_year, authority]),
    )


class Here(NamedTuple):
    """One community in one month, as a kernel walk sees it besides its citizens' columns."""

    communities: Any
    number: int
    clock: Clock
    orders: Orders
