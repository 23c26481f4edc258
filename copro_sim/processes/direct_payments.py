"""Who employs assistants with a direct payment may come to harm by one: the less likely, the more company one has.

Equation
    chance of harm a month = harm * (1 - bonds_protect * company) * (1 - circle_protects where citizen-directed) / 12
    company = min(1, bonds with kin, friends and neighbours / usual_company)
    a harm weighs for `harm_months` (see outlook)
Reads    life, mode, bonds
Writes   harmed
Chance   stream DIRECT_PAYMENTS, word 0 (harm); only for those who have one
Source   Proven fraud is of the order of 1 in 1,000 clients a year; harm that is not proven is not known: assumption
Limits   Harm comes from assistants only, not from agencies or families; it neither ends the payment nor moves others.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.bonds import bonds_beyond_home
from copro_sim.state.codes import Life, Mode

_STREAM, _ALIVE = int(Stream.DIRECT_PAYMENTS), int(Life.ALIVE)
_ALONE, _CIRCLE = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED)


class Params(NamedTuple):
    """What harm assistants do, and what protects from it."""

    harm: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="chance a year", likely=(0.0, 0.04),
        role="co-production", against=True, sign_seen=True,
        meaning="Chance that somebody with a direct payment and no company at all is exploited or neglected by an assistant")]
    bonds_protect: Annotated[float, Record(
        value=0.7, low=0.0, high=1.0, unit="share", likely=(0.4, 1.0),
        meaning="Share of that harm from which usual company protects")]
    circle_protects: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of what is left of it from which a circle of support protects")]
    usual_company: Annotated[float, Record(
        value=6.0, low=1.0, high=15.0, unit="bonds", grade="derived",
        meaning="Bonds beyond the home with which protection is full", source="About the mean of the founders' population")]
    harm_months: Annotated[int, Record(
        value=12, low=0, high=120, unit="months", meaning="Months for which a harm weighs on wellbeing")]  # fmt: skip


@rule
def company_of(bonds, usual):
    """Return company as a share of the usual, 0 to 1."""
    return min(1.0, bonds / usual)


@rule
def chance_of_harm(mode, company, harm, bonds_protect, circle_protects):
    """Return the chance of harm in a month."""
    spared = circle_protects if mode == _CIRCLE else 0.0
    return harm * (1.0 - bonds_protect * company) * (1.0 - spared) / MONTHS_PER_YEAR


@rule
def next_harmed(harmed, comes, harm_months):
    """Return the months for which harm weighs from now on."""
    return harm_months if comes else max(0, harmed - 1)


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    clock = here.clock
    for i in range(c.id.size):
        mode, harmed, comes = whole(c.mode[i]), whole(c.harmed[i]), False
        if mode in (_ALONE, _CIRCLE) and whole(c.life[i]) == _ALIVE:
            company = company_of(bonds_beyond_home(c.bonds, c.bond, i), p.usual_company)
            word, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            comes = uniform(word) < chance_of_harm(mode, company, p.harm, p.bonds_protect, p.circle_protects)
        if comes or harmed > 0:
            c.harmed[i] = next_harmed(harmed, comes, p.harm_months)


def agents(community, p):
    """Walk one community's citizens."""
    clock = community.clock
    for citizen in community.living():
        comes = False
        if citizen.mode in (_ALONE, _CIRCLE):
            company = company_of(citizen.bonds_beyond_home(), p.usual_company)
            word, _, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            comes = uniform(word) < chance_of_harm(citizen.mode, company, p.harm, p.bonds_protect, p.circle_protects)
        citizen.harmed = next_harmed(citizen.harmed, comes, p.harm_months)
