"""Council packages arrive first, as far as staff exist; what was arranged and needed but did not come is counted.

Equation
    arriving = floor(package * delivered_share); received = min(need, arriving)
    undelivered = min(need, package) - received
    unmet = need - received
Reads    life, need, mode, package
Writes   received (all sources begin the month at zero), unmet, undelivered
Chance   none
Source   Vacancies in Welsh social care: 9 percent of posts (Social Care Wales 2022)
Limits   Every client of a council loses the same share of hours; no missed single visits.
"""

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.state.codes import Life, Mode, Source

_ALIVE, _NONE, _COUNCIL = int(Life.ALIVE), int(Mode.NONE), int(Source.COUNCIL)


@rule
def arriving(package, delivered_share):
    """Return whole minutes that arrive of a package."""
    return int(package * delivered_share)


@rule
def missed(need, package, received):
    """Return minutes arranged and needed that did not arrive."""
    return max(0, min(need, package) - received)


@walk
def columns(c, here):
    """Walk one community's arrays."""
    share = here.orders.delivered_share
    c.received[:] = 0
    c.undelivered[:] = 0
    c.unmet[:] = 0
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        lost = 0
        for need in range(2):
            needed = whole(c.need[i, need])
            came = 0
            if whole(c.mode[i]) != _NONE:
                package = whole(c.package[i, need])
                came = min(needed, arriving(package, share))
                lost += missed(needed, package, came)
                c.received[i, need, _COUNCIL] = came
            c.unmet[i, need] = needed - came
        c.undelivered[i] = lost


def agents(community):
    """Walk one community's citizens."""
    share = community.orders.delivered_share
    for citizen in community.living():
        citizen.received = [[0] * len(Source), [0] * len(Source)]
        citizen.undelivered = 0
        for need, needed in enumerate(citizen.need):
            came = 0
            if citizen.mode != _NONE:
                came = min(needed, arriving(citizen.package[need], share))
                citizen.undelivered += missed(needed, citizen.package[need], came)
                citizen.received[need][_COUNCIL] = came
            citizen.unmet[need] = needed - came
