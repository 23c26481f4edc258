"""Befrienders and helpers of the third sector visit some of those whose practical need nobody else has met.

Equation
    reached, always the same people, with chance min(1, third_sector_minutes / third_sector_visit)
    received by who is reached = min(unmet practical need, third_sector_visit), in whole minutes
    third_sector_minutes = what organisations with grants can give, for each citizen with need (see institutions/)
Reads    life, id, unmet
Writes   unmet, received
Chance   stream THIRD_SECTOR, block 2, word 0, drawn once for a lifetime: reached or not
Source   see institutions/third_sector.py
Limits   Who is reached differs from who is not by luck alone; what some do not need is not given to others. Never personal care.
"""

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.state.codes import Life, Need, Source

_ALIVE, _PRACTICAL, _THIRD_SECTOR = int(Life.ALIVE), int(Need.PRACTICAL), int(Source.THIRD_SECTOR)
_STREAM, _ALWAYS, _REACHED = int(Stream.THIRD_SECTOR), 0, 2


@rule
def reached(draw, minutes_each, visit):
    """Return whether somebody is among those whom the third sector visits; nobody is where there is less than a minute."""
    return visit >= 1.0 and draw * visit < minutes_each


@rule
def helped(unmet, visit):
    """Return whole minutes of unmet practical need that a month's visits meet."""
    return min(unmet, int(visit))


@walk
def columns(c, here):
    """Walk one community's arrays."""
    each, visit = here.orders.third_sector_minutes, here.orders.third_sector_visit
    for i in range(c.id.size):
        unmet = whole(c.unmet[i, _PRACTICAL])
        if unmet > 0 and whole(c.life[i]) == _ALIVE:
            draw, _, _, _ = words(here.clock.seed, _STREAM, whole(c.id[i]), _ALWAYS, _REACHED)
            if reached(uniform(draw), each, visit):
                minutes = helped(unmet, visit)
                c.unmet[i, _PRACTICAL] = unmet - minutes
                c.received[i, _PRACTICAL, _THIRD_SECTOR] = minutes


def agents(community):
    """Walk one community's citizens."""
    orders = community.orders
    for citizen in community.living():
        draw = compiled_words(community.clock.seed, _STREAM, citizen.id, _ALWAYS, _REACHED)[0]
        if reached(uniform(draw), orders.third_sector_minutes, orders.third_sector_visit):
            minutes = helped(citizen.unmet[_PRACTICAL], orders.third_sector_visit)
            citizen.unmet[_PRACTICAL] -= minutes
            citizen.received[_PRACTICAL][_THIRD_SECTOR] = minutes
