"""Where a citizen's need comes from, how much of it lifelong need is at first, and what share of it is met or unmet."""

import numpy as np

from copro_sim.core.compiled import making, rule, whole
from copro_sim.state.codes import Need, NeedKind

LIFELONG_START = (0.0, 0.2, 0.3, 0.3, 0.2)
"""Levels at which lifelong need begins, from none to critical: assumption."""

_LATER_LIFE, _LIFELONG, _MENTAL = int(NeedKind.LATER_LIFE), int(NeedKind.LIFELONG), int(NeedKind.MENTAL_HEALTH)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_CRITICAL = 4


@rule
def kind_of(draw, lifelong_percent, mental_percent):
    """Return where somebody's need comes from, or would come from (NeedKind)."""
    if draw * 100.0 < lifelong_percent:
        return _LIFELONG
    return _MENTAL if draw * 100.0 < lifelong_percent + mental_percent else _LATER_LIFE


@rule
def lifelong_level(draw):
    """Return the level (NeedLevel) at which lifelong need begins."""
    level = 0
    while level < _CRITICAL and draw >= LIFELONG_START[level]:
        draw -= LIFELONG_START[level]
        level += 1
    return level


@rule
def share_of(part, needed):
    """Return the share of need that `part` of it is, 0 to 1; 0 where there is no need."""
    return part / needed if needed > 0 else 0.0


@making
def shares_unmet(c):
    """Return the share of everybody's need that is unmet (float64, by place)."""
    shares = np.empty(c.id.size)
    for i in range(c.id.size):
        unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
        shares[i] = share_of(unmet, whole(c.need[i, _PERSONAL]) + whole(c.need[i, _PRACTICAL]))
    return shares
