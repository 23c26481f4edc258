"""Somebody new in a community, born or come: a free place, and what everybody begins with."""

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.draws import Stream, words
from copro_sim.state.codes import Life
from copro_sim.state.columns import NOBODY
from copro_sim.state.context import turn_of

_TRAITS, _ALIVE = int(Stream.TRAITS), int(Life.ALIVE)
_RANKS = 250
NO_PLACE = -1
BEGIN_RELUCTANCE, BEGIN_WELLBEING = 0.7, 7.5
BEGIN_HALF = 0.5
"""Inner states at arrival; each drifts to a person's own within months."""


@rule
def ranks_of(seed, who):
    """Return the ranks that last a life, 0 to 249 each: work, reserve, contentment, sociability."""
    a, b, c, d = words(seed, _TRAITS, who, 0, 0)
    return (a * _RANKS) >> 32, (b * _RANKS) >> 32, (c * _RANKS) >> 32, (d * _RANKS) >> 32


@walk
def arrive(c, here, who, birth_month, sex, household, arrival):
    """Put a new citizen into the next free place and return it; NO_PLACE (and the community overflows) if there is none."""
    i = whole(here.communities.size[here.number])
    if i >= c.id.size:
        here.communities.overflow[here.number] = 1
        return NO_PLACE
    here.communities.size[here.number] = i + 1
    c.id[i], c.life[i], c.arrived[i], c.turn[i] = who, _ALIVE, arrival, turn_of(who)
    c.birth_month[i], c.sex[i], c.household[i], c.partner[i] = birth_month, sex, household, NOBODY
    work, reserve, contentment, sociable = ranks_of(here.clock.seed, who)
    c.work_rank[i], c.reserve[i], c.contentment[i], c.sociable[i] = work, reserve, contentment, sociable
    c.reluctance[i], c.around[i], c.wellbeing[i] = BEGIN_RELUCTANCE, BEGIN_RELUCTANCE, BEGIN_WELLBEING
    c.belonging[i], c.agency[i], c.trust[i] = BEGIN_HALF, BEGIN_HALF, BEGIN_HALF
    return i


def arrival_values(seed, who, birth_month, sex, household, arrival):
    """Return what `arrive` writes, by column, for the agents engine."""
    work, reserve, contentment, sociable = ranks_of(seed, who)
    return {
        "id": who, "life": _ALIVE, "arrived": arrival, "turn": turn_of(who), "birth_month": birth_month, "sex": sex,
        "household": household,        "work_rank": work, "reserve": reserve, "contentment": contentment, "sociable": sociable,
        "reluctance": BEGIN_RELUCTANCE, "around": BEGIN_RELUCTANCE, "wellbeing": BEGIN_WELLBEING,
        "belonging": BEGIN_HALF, "agency": BEGIN_HALF, "trust": BEGIN_HALF,
    }  # fmt: skip
