"""Carers of long hours are offered an assessment of their own; some take it up, and for some that means respite.

Equation
    when it is one's turn in the year, who gave more than long_hours a week along bonds is offered an assessment with the
    council's chance, takes it up with chance take_up, and then gets respite for `respite_months` with chance `respite`
    respite lightens what a carer has to bear (see strain)
Reads    life, turn, given, respite
Writes   respite, assessed
Chance   stream CARERS, words 0 (offered), 1 (taken up) and 2 (respite)
Source   Councils must offer carers an assessment (2014 Act); how many are made, and what comes of them, is counted in Wales
         but not held here: assumption
Limits   Respite costs the council money but its hours do not meet need in the model: who is cared for stays with the carer.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.state.codes import Assessed, Life
from copro_sim.state.context import has_turn, whose_turn

_STREAM, _ALIVE = int(Stream.CARERS), int(Life.ALIVE)
_NONE, _OFFERED, _TAKEN_UP = int(Assessed.NONE), int(Assessed.OFFERED), int(Assessed.TAKEN_UP)


class Params(NamedTuple):
    """Whom councils count as carers, and what becomes of their assessments."""

    long_hours_per_week: Annotated[float, Record(
        value=10.0, low=0.0, high=112.0, unit="hours a week", likely=(5.0, 20.0),
        meaning="Hours given from which a council knows somebody as a carer")]
    take_up: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.3, 0.7),
        meaning="Carers offered an assessment who have it made", source="Assumed; many decline")]
    respite: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.1, 0.5),
        meaning="Carers' assessments that lead to respite")]
    respite_months: Annotated[int, Record(
        value=12, low=0, high=120, unit="months", meaning="Months for which respite is then granted")]  # fmt: skip


@rule
def known_as_carer(given, long_hours):
    """Return whether somebody gave so much this month that the council may know of it."""
    return given > long_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR


@rule
def outcome(offer, accept, offered, take_up):
    """Return what becomes of a carer's assessment (Assessed)."""
    if offer >= offered:
        return _NONE
    return _TAKEN_UP if accept < take_up else _OFFERED


@rule
def next_respite(respite, granted, respite_months):
    """Return the months of respite that lie ahead."""
    return max(respite_months, respite - 1) if granted else max(0, respite - 1)


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock, offered = here.clock, here.orders.carers_offered
    for i in range(c.id.size):
        c.respite[i] = next_respite(whole(c.respite[i]), False, p.respite_months)
        c.assessed[i] = _NONE
    if offered <= 0.0:
        return
    turn, turns = whose_turn(c.turn, c.life, clock.month)
    for at in range(turns):
        i = turn[at]
        if known_as_carer(whole(c.given[i]), p.long_hours_per_week):
            offer, accept, grant, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            came = outcome(uniform(offer), uniform(accept), offered, p.take_up)
            c.assessed[i] = came
            granted = came == _TAKEN_UP and uniform(grant) < p.respite
            c.respite[i] = next_respite(whole(c.respite[i]) + 1, granted, p.respite_months)


def agents(community, p):
    """Walk one community's citizens."""
    clock, offered = community.clock, community.orders.carers_offered
    for citizen in community.living():
        citizen.respite, citizen.assessed = next_respite(citizen.respite, False, p.respite_months), _NONE
        if offered > 0.0 and has_turn(citizen.turn, clock.month) and known_as_carer(citizen.given, p.long_hours_per_week):
            offer, accept, grant, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            citizen.assessed = outcome(uniform(offer), uniform(accept), offered, p.take_up)
            granted = citizen.assessed == _TAKEN_UP and uniform(grant) < p.respite
            citizen.respite = next_respite(citizen.respite + 1, granted, p.respite_months)
