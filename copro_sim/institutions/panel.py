"""A citizens' panel: heeded it gives voice and wins attention; heard but not heeded it costs trust, voice and members."""

from typing import NamedTuple

from copro_sim.institutions.elections import since_april
from copro_sim.institutions.pulls import held
from copro_sim.scenario.government import PanelParams


class MonthOfPanel(NamedTuple):
    """What a month's meeting has done; everything 0 where there was none."""

    met: int
    heeded: int
    agency: float
    """Added to every citizen's voice and control, 0 to 1."""
    trust: float
    """Added to every citizen's trust, 0 to 1."""
    membership: float
    """Below 0: chance that a member of a group leaves it."""


_NO_MEETING = MonthOfPanel(0, 0, 0.0, 0.0, 0.0)


def meet(p: PanelParams, month: int, luck: float) -> MonthOfPanel:
    """Return what the panel does in `month`, heeded if `luck` (from 0 up to 1) is below the chance of that."""
    sits = since_april(p.from_year, month) and not since_april(p.until_year, month)
    if not sits or not held(p.meetings_per_year, month):
        return _NO_MEETING
    if luck < p.heeded:
        return MonthOfPanel(1, 1, p.heeded_agency, 0.0, 0.0)
    return MonthOfPanel(1, 0, -p.unheeded_agency, -p.unheeded_trust, -p.unheeded_membership)
