"""The household sees need unasked; beyond it one must ask, and reluctance holds people back.

Equation
    reluctance' = reluctance + drift * (target - reluctance)
    target = (1 - norm) * own level + norm * around + label * labelled
             - giving_lowers * gave - belonging_lowers * belonging, held to 0..1
    around = mean reluctance of those one is bound to, seen once a year in one's own month; one's own where there is nobody
    chance of asking beyond the household = 1 - reluctance * (1 - urgency * need level / 4)
Reads    life, turn, reserve, unmet, need_level, practice, gave_last_month, belonging, reluctance, bonds
Writes   reluctance, around, asked
Chance   stream ASKING, word 0; only where something is unmet
Source   Help had been sought for 24 percent of unmet needs (Walters, Iliffe and Orrell 2001, London 75+); 60 percent
         of people of 65+ without support too embarrassed to raise care needs (YouGov for Centra 2014)
Limits   Everybody whom one is bound to counts alike in the norm, whether close or not, and whether or not in need.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words_of_some
from copro_sim.core.flags import flagged, flags
from copro_sim.core.params import Record
from copro_sim.state.bonds import bond_place
from copro_sim.state.codes import Life, Need, Practice
from copro_sim.state.context import has_turn, whose_turn

_STREAM = int(Stream.ASKING)
_ALIVE = int(Life.ALIVE)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_CO_PRODUCED, _NOT_ASSESSED = int(Practice.CO_PRODUCED), int(Practice.NOT_ASSESSED)
_MOST_LEVEL, _RANKS = 4.0, 250.0
_MIDDLE = 0.5
"""Of a rank, of all ranks from 0 to 1, and of belonging."""

_MILLIONTHS = 1_000_000
"""What those around one feel is added up in whole millionths, so that the order does not matter."""


class Params(NamedTuple):
    """What keeps people from asking."""

    own_reluctance: Annotated[float, Record(
        value=0.87, low=0.0, high=1.0, unit="0 to 1", grade="derived", likely=(0.5, 1.0),
        meaning="Reluctance to which people return when nothing moves it",
        source="Help sought for 24 percent of unmet needs, Walters, Iliffe and Orrell 2001")]
    spread: Annotated[float, Record(
        value=0.4, low=0.0, high=2.0, unit="0 to 1", likely=(0.2, 0.6),
        meaning="Difference in own reluctance between the most and the least reserved citizen")]
    drift: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of the gap a month", meaning="Pace at which reluctance moves")]
    norm: Annotated[float, Record(
        value=0.25, low=0.0, high=1.0, unit="share", likely=(0.0, 0.5),
        meaning="How far the reluctance to which people return is that of those around them rather than their own")]
    urgency: Annotated[float, Record(
        value=0.33, low=0.0, high=1.0, unit="share", likely=(0.0, 0.9),
        meaning="How much of reluctance critical need overcomes; lesser need in proportion")]
    label: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="reluctance, 0 to 1", likely=(0.0, 0.2), role="conventional harm",
        meaning="Reluctance added by being assessed as 'a person in need' by a service-led practitioner")]
    label_spared: Annotated[float, Record(
        value=0.7, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of the label that a co-produced assessment spares")]
    giving_lowers: Annotated[float, Record(
        value=0.15, low=0.0, high=1.0, unit="reluctance, 0 to 1", likely=(0.0, 0.3), role="co-production",
        meaning="Reluctance taken away by having given through the group last month")]
    belonging_lowers: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="reluctance, 0 to 1", likely=(0.0, 0.2),
        meaning="Reluctance taken away by belonging wholly to the community rather than half")]  # fmt: skip


@rule
def own_level(reserve, own_reluctance, spread):
    """Return the reluctance to which a citizen of the given reserve (rank 0 to 249) returns, 0 to 1."""
    return min(1.0, max(0.0, own_reluctance + spread * ((reserve + _MIDDLE) / _RANKS - _MIDDLE)))


@rule
def labelled(practice, label_spared):
    """Return how far somebody carries the label, 0 to 1, by the way of the last assessment (Practice)."""
    if practice == _NOT_ASSESSED:
        return 0.0
    if practice == _CO_PRODUCED:
        return 1.0 - label_spared
    return 1.0


@rule
def millionths(reluctance):
    """Return reluctance in whole millionths."""
    return int(reluctance * _MILLIONTHS)


@rule
def mean_around(total, count, own):
    """Return the mean reluctance, 0 to 1, of `count` people who have so many millionths in all; one's own without any."""
    if count == 0:
        return own
    return (total // count) / _MILLIONTHS


@rule
def next_reluctance(reluctance, own, around, push, norm, drift):
    """Return next month's reluctance, 0 to 1: a step towards own level and norm, plus what pushes it up or down."""
    target = min(1.0, max(0.0, (1.0 - norm) * own + norm * around + push))
    return reluctance + drift * (target - reluctance)


@rule
def asks(draw, reluctance, level, urgency):
    """Return whether help is asked for beyond the household, at a need level of 0 to 4."""
    return draw < 1.0 - reluctance * (1.0 - urgency * level / _MOST_LEVEL)


@rule
def push_on_reluctance(label, gave, belonging, giving_lowers, belonging_lowers):
    """Return what is added to one's own reluctance by the label (0 to 1), giving (0 or 1) and belonging (0 to 1)."""
    return label - giving_lowers * gave - belonging_lowers * (belonging - _MIDDLE)


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock = here.clock
    turn, turns = whose_turn(c.turn, c.life, clock.month)
    for k in range(turns):  # before anybody's reluctance changes this month
        i = turn[k]
        total, count = 0, whole(c.bonds[i])
        for at in range(count):
            total += millionths(float(c.reluctance[bond_place(whole(c.bond[i, at]))]))
        c.around[i] = mean_around(total, count, float(c.reluctance[i]))
    for i in range(c.id.size):
        c.asked[i] = 0
        if whole(c.life[i]) != _ALIVE:
            continue
        label = p.label * labelled(whole(c.practice[i]), p.label_spared)
        push = push_on_reluctance(
            label, whole(c.gave_last_month[i]), float(c.belonging[i]), p.giving_lowers, p.belonging_lowers
        )
        own = own_level(whole(c.reserve[i]), p.own_reluctance, p.spread)
        c.reluctance[i] = next_reluctance(float(c.reluctance[i]), own, float(c.around[i]), push, p.norm, p.drift)
    in_need = flags(c.id.size)
    for i in range(c.id.size):
        unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
        in_need[i] = (unmet > 0) & (whole(c.life[i]) == _ALIVE)
    some, count = flagged(in_need)
    drawn = words_of_some(clock.seed, _STREAM, c.id, some, count, clock.month, 0)
    for at in range(count):
        i = some[at]
        c.asked[i] = 1 if asks(uniform(whole(drawn[0, at])), float(c.reluctance[i]), whole(c.need_level[i]), p.urgency) else 0


def agents(community, p):
    """Walk one community's citizens."""
    clock = community.clock
    for citizen in community.living():
        if has_turn(citizen.turn, clock.month):
            total = sum(millionths(other.reluctance) for other in citizen.bonds)
            citizen.around = mean_around(total, len(citizen.bonds), citizen.reluctance)
    for citizen in community.living():
        citizen.asked = 0
        label = p.label * labelled(citizen.practice, p.label_spared)
        push = push_on_reluctance(
            label, citizen.gave_last_month, citizen.belonging, p.giving_lowers, p.belonging_lowers
        )
        own = own_level(citizen.reserve, p.own_reluctance, p.spread)
        citizen.reluctance = next_reluctance(citizen.reluctance, own, citizen.around, push, p.norm, p.drift)
        if sum(citizen.unmet) > 0:
            word, _, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            citizen.asked = 1 if asks(uniform(word), citizen.reluctance, citizen.need_level, p.urgency) else 0
