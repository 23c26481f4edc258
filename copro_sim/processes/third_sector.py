"""Befrienders and helpers of the third sector meet a little of the practical need that nobody else has met.

Equation
    received = min(unmet practical need, floor(third_sector_minutes)) for everybody with unmet practical need
    third_sector_minutes = hours that organisations with grants can give, for each citizen with need (see institutions/)
Reads    life, unmet
Writes   unmet, received
Chance   none
Source   see institutions/third_sector.py
Limits   Spread evenly over all who lack practical help; what some do not need is not given to others. Never personal care.
"""

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.state.codes import Life, Need, Source

_ALIVE, _PRACTICAL, _THIRD_SECTOR = int(Life.ALIVE), int(Need.PRACTICAL), int(Source.THIRD_SECTOR)


@rule
def helped(unmet, minutes_each):
    """Return whole minutes of unmet practical need that the third sector meets."""
    return min(unmet, int(minutes_each))


@walk
def columns(c, here):
    """Walk one community's arrays."""
    each = here.orders.third_sector_minutes
    if each < 1.0:
        return
    for i in range(c.id.size):
        unmet = whole(c.unmet[i, _PRACTICAL])
        if unmet > 0 and whole(c.life[i]) == _ALIVE:
            minutes = helped(unmet, each)
            c.unmet[i, _PRACTICAL] = unmet - minutes
            c.received[i, _PRACTICAL, _THIRD_SECTOR] = minutes


def agents(community):
    """Walk one community's citizens."""
    each = community.orders.third_sector_minutes
    for citizen in community.living():
        minutes = helped(citizen.unmet[_PRACTICAL], each)
        citizen.unmet[_PRACTICAL] -= minutes
        citizen.received[_PRACTICAL][_THIRD_SECTOR] = minutes
