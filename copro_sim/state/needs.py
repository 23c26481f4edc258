"""Where a citizen's need comes from, and how much of it lifelong need is at first: for founders, newborns and newcomers alike."""

from copro_sim.core.compiled import rule
from copro_sim.state.codes import NeedKind

LIFELONG_START = (0.0, 0.2, 0.3, 0.3, 0.2)
"""Levels at which lifelong need begins, from none to critical: assumption."""

_LATER_LIFE, _LIFELONG, _MENTAL = int(NeedKind.LATER_LIFE), int(NeedKind.LIFELONG), int(NeedKind.MENTAL_HEALTH)
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
