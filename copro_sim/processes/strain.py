"""Caring beyond what can be kept up wears carers down: strain builds, passes slowly, and may end in burnout.

Equation
    load = minutes given along bonds * (1 - respite_relief during respite) / minutes that can be kept up
    strain' = strain + (pace if rising, recovery if falling) * (target - strain), target = load - 1 held to 0..1
    where strain is above `burnout_from`: burnt out for `burnout_months` months with monthly chance `burnout_chance`
Reads    life, given, respite, strain, burnout
Writes   strain, burnout
Chance   stream STRAIN, word 0 (burns out); only for those who may
Source   Threshold: distress is commonest in carers of 20 or more hours a week and in those who live with whom they care for
         (Hirst 2003, British Household Panel Survey 1991-2000); paces and burnout: assumption
Limits   An hour strains whatever it is given for and to whomever; what is given for credits does not strain. Burnout
         stops giving altogether (see capacity), and need then falls on others at once.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.state.codes import Life

_STREAM, _ALIVE = int(Stream.STRAIN), int(Life.ALIVE)


class Params(NamedTuple):
    """What can be kept up, how strain comes and goes, and when a carer can give no more."""

    sustainable_hours_per_week: Annotated[float, Record(
        value=20.0, low=1.0, high=112.0, unit="hours a week", likely=(15.0, 30.0),
        meaning="Care that can be kept up without harm", source="Distress from 20 hours a week, Hirst 2003; size assumed")]
    pace: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.0, 0.2),
        meaning="Pace at which strain builds up in those who give more than that")]
    recovery: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.05, 0.2),
        meaning="Pace at which strain passes")]
    respite_relief: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.1, 0.5),
        meaning="Share of care that does not weigh on who has respite")]
    burnout_from: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="strain, 0 to 1", likely=(0.4, 0.8),
        meaning="Strain above which carers may burn out")]
    burnout_chance: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="chance a month", likely=(0.0, 0.04),
        meaning="Chance that a carer so strained burns out")]
    burnout_months: Annotated[int, Record(
        value=3, low=0, high=24, unit="months", meaning="Months for which a burnt-out carer gives nothing")]  # fmt: skip


@rule
def borne(given, respite, respite_relief):
    """Return minutes given that weigh on the carer."""
    return given * (1.0 - respite_relief) if respite > 0 else float(given)


@rule
def next_strain(strain, given, sustainable_hours, pace, recovery):
    """Return next month's strain, 0 to 1: a step towards care beyond what can be kept up, as a share of that."""
    target = min(1.0, max(0.0, given / (sustainable_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR) - 1.0))
    step = pace if target > strain else recovery
    return min(1.0, max(0.0, strain + step * (target - strain)))


@rule
def may_burn_out(burnout, strain, burnout_from):
    """Return whether somebody may burn out this month: so strained, and not burnt out already."""
    return burnout == 0 and strain > burnout_from


@rule
def next_burnout(burnout, burns_out, burnout_months):
    """Return the months of burnout that lie ahead: one less, or all of them for somebody who burns out now."""
    return burnout_months if burns_out else max(0, burnout - 1)


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    clock = here.clock
    for i in range(c.id.size):
        if whole(c.life[i]) == _ALIVE:
            load = borne(whole(c.given[i]), whole(c.respite[i]), p.respite_relief)
            c.strain[i] = next_strain(float(c.strain[i]), load, p.sustainable_hours_per_week, p.pace, p.recovery)
    for i in range(c.id.size):
        burnout, burns_out = whole(c.burnout[i]), False
        may = may_burn_out(burnout, float(c.strain[i]), p.burnout_from)
        if not (may or burnout > 0) or whole(c.life[i]) != _ALIVE:
            continue
        if may:
            word, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            burns_out = uniform(word) < p.burnout_chance
        c.burnout[i] = next_burnout(burnout, burns_out, p.burnout_months)


def agents(community, p):
    """Walk one community's citizens."""
    clock = community.clock
    for citizen in community.living():
        load = borne(citizen.given, citizen.respite, p.respite_relief)
        citizen.strain = next_strain(citizen.strain, load, p.sustainable_hours_per_week, p.pace, p.recovery)
        burns_out = False
        if may_burn_out(citizen.burnout, citizen.strain, p.burnout_from):
            word, _, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            burns_out = uniform(word) < p.burnout_chance
        citizen.burnout = next_burnout(citizen.burnout, burns_out, p.burnout_months)
