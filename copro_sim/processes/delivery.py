"""Council packages arrive first, as far as staff or assistants are found; what was arranged, needed and did not come is counted.

Equation
    arriving = floor(package * share), share = delivered_share of the council's providers for arranged hours; 1 in a care home;
        of a direct payment what its holder finds assistants for: found_alone + found_by_company * company, and where it is
        citizen-directed the circle finds `circle_finds` of the rest
    received = min(need, arriving); undelivered = min(need, package) - received; unmet = need - received
    company = min(1, bonds with kin, friends and neighbours / usual_company)
Reads    life, need, mode, package, bonds
Writes   received (all sources begin the month at zero), unmet, undelivered
Chance   none
Source   Vacancies in Welsh social care: 9 percent of posts (Social Care Wales 2022); what holders find is an assumption
Limits   Every client of a council loses the same share of hours; no missed single visits; assistants do not leave.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.params import Record
from copro_sim.state.bonds import bonds_beyond_home
from copro_sim.state.codes import Life, Mode, Source

_ALIVE, _NONE, _COUNCIL = int(Life.ALIVE), int(Mode.NONE), int(Source.COUNCIL)
_ALONE, _CIRCLE, _RESIDENTIAL = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED), int(Mode.RESIDENTIAL)


class Params(NamedTuple):
    """For how many hours of a direct payment assistants are found."""

    found_alone: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="share", likely=(0.4, 0.8),
        meaning="Hours of a direct payment for which somebody without any company finds assistants")]
    found_by_company: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", likely=(0.1, 0.4),
        meaning="Further hours for which somebody with usual company does: most assistants are found by acquaintance")]
    circle_finds: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of the hours still not found for which a circle of support finds somebody")]
    usual_company: Annotated[float, Record(
        value=6.0, low=1.0, high=15.0, unit="bonds", grade="derived",
        meaning="Bonds beyond the home with which one finds as many as by company one can",
        source="About the mean of the founders' population")]  # fmt: skip


@rule
def found(mode, bonds, found_alone, found_by_company, circle_finds, usual_company):
    """Return the share of a direct payment's hours for which assistants are found, 0 to 1."""
    share = min(1.0, found_alone + found_by_company * min(1.0, bonds / usual_company))
    return share + circle_finds * (1.0 - share) if mode == _CIRCLE else share


@rule
def arriving(package, share):
    """Return whole minutes that arrive of a package."""
    return int(package * share)


@rule
def missed(need, package, received):
    """Return minutes arranged and needed that did not arrive."""
    return max(0, min(need, package) - received)


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    c.received[:] = 0
    c.undelivered[:] = 0
    c.unmet[:] = 0
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        mode, lost, share = whole(c.mode[i]), 0, here.orders.delivered_share
        if mode in (_ALONE, _CIRCLE):
            company = bonds_beyond_home(c.bonds, c.bond, i)
            share = found(mode, company, p.found_alone, p.found_by_company, p.circle_finds, p.usual_company)
        elif mode == _RESIDENTIAL:
            share = 1.0
        for need in range(2):
            needed = whole(c.need[i, need])
            came = 0
            if mode != _NONE:
                package = whole(c.package[i, need])
                came = min(needed, arriving(package, share))
                lost += missed(needed, package, came)
                c.received[i, need, _COUNCIL] = came
            c.unmet[i, need] = needed - came
        c.undelivered[i] = lost


def agents(community, p):
    """Walk one community's citizens."""
    for citizen in community.living():
        citizen.received = [[0] * len(Source), [0] * len(Source)]
        citizen.undelivered, share = 0, community.orders.delivered_share
        if citizen.mode in (_ALONE, _CIRCLE):
            company = citizen.bonds_beyond_home()
            share = found(citizen.mode, company, p.found_alone, p.found_by_company, p.circle_finds, p.usual_company)
        elif citizen.mode == _RESIDENTIAL:
            share = 1.0
        for need, needed in enumerate(citizen.need):
            came = 0
            if citizen.mode != _NONE:
                came = min(needed, arriving(citizen.package[need], share))
                citizen.undelivered += missed(needed, citizen.package[need], came)
                citizen.received[need][_COUNCIL] = came
            citizen.unmet[need] = needed - came
