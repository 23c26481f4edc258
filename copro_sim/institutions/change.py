"""Change: who carries co-production - the Senedd, councils' leaders, the alliance, practitioners - month by month.

Each April their twelve months are lived ahead, in real numbers, from what last year's tallies show. The order of a month:
the Senedd, councils' leadership, the alliance, practitioners. Everything is recorded with its causes, so that a run itself
displays why practice spread or died out.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.institutions.alliance import Alliance
from copro_sim.institutions.alliance import Surroundings as AllianceSees
from copro_sim.institutions.coproduction import practice_share
from copro_sim.institutions.leadership import Leadership
from copro_sim.institutions.leadership import Surroundings as LeadersSee
from copro_sim.institutions.practitioners import Practitioners, coproduced_share, implementation_gap
from copro_sim.institutions.practitioners import Surroundings as PractitionersSee
from copro_sim.institutions.senedd import Senedd
from copro_sim.institutions.senedd import Surroundings as SeneddSees
from copro_sim.processes.tally import Tally
from copro_sim.scenario.government import Settings

Array = np.ndarray[Any, Any]
_HOLDERS = [int(Tally.DIRECT_PAYMENT_CLIENTS), int(Tally.CITIZEN_DIRECTED_CLIENTS)]


class Seen(NamedTuple):
    """What is seen of last year: arrays [councils]."""

    success: Array
    """Share of people with need who both gave and received, 0 to 1."""
    stress: Array
    """How short of money the council is, 0 to 1: what its packages leave uncovered."""
    overload: Array
    """How far the queue is beyond practitioners' time, 0 to 1: those who wait, over those who wait or are served."""
    people: Array
    """Real citizens."""
    harm_rate: float
    """Share of people with direct payments on whom a harm weighs, 0 to 1."""
    direct_payment_share: float
    """Share of councils' clients who have direct payments, 0 to 1."""
    direct_payment_clients: float
    """People with direct payments, real ones."""


def seen(tallies: Array, weights: Array, stress: Array) -> Seen:
    """Return what last year's tallies, int64 [12 months, councils, tally] in simulated people, show.

    `weights` are real people for each simulated one, [councils].
    """
    year = tallies.sum(axis=0)
    real = (year * weights[:, None]).sum(axis=0)
    waiting, served, holders = year[:, Tally.WAITING], year[:, Tally.COUNCIL_CLIENTS], float(real[_HOLDERS].sum())
    return Seen(
        success=year[:, Tally.GAVE_AND_RECEIVED] / np.maximum(1, year[:, Tally.PEOPLE_WITH_NEED]),
        stress=stress,
        overload=waiting / np.maximum(1, waiting + served),
        people=tallies[-1, :, Tally.CITIZENS] * weights,
        harm_rate=min(1.0, float(real[Tally.HARMED]) / holders) if holders else 0.0,
        direct_payment_share=min(1.0, holders / float(real[Tally.COUNCIL_CLIENTS])) if holders else 0.0,
        direct_payment_clients=holders / MONTHS_PER_YEAR,
    )


class YearOfChange(NamedTuple):
    """What a year of change means for citizens, by month."""

    coproduced_share: Array
    """Share of assessments done the co-produced way, 0 to 1, [12, councils]."""
    practitioner_hours_lost: Array
    """Hours that seminars take in all of Wales, [12]."""
    panel_agency: Array
    panel_trust: Array
    panel_membership: Array
    """What the citizens' panel adds to each citizen's agency and trust, and to members' chance of leaving, [12]."""
    practitioners_feared_harm: Array
    """What practitioners fear for somebody with a direct payment, chance a year, [12]."""


class Change:
    """The Senedd, leaders, alliance and practitioners of a run.

    Parameters
    ----------
    first
        Settings in force in April 2013.
    councils
        Each council's number among the 22, int64 [councils].
    adults
        Real adults of each council's area, [councils].
    seed
        Key of all chance, 0 to 2**63 - 1.
    """

    def __init__(self, first: Settings, councils: Array, adults: Array, seed: int) -> None:
        """Begin before April 2013."""
        self._senedd = Senedd.begin(first.senedd, first.fear, seed)
        self._leadership = Leadership.begin(first.leadership, councils, seed)
        self._alliance = Alliance.begin(first.alliance)
        self._practitioners = Practitioners.begin(first.practitioners, adults, councils, seed)
        self.months: list[dict[str, Any]] = []
        """What happened in each month lived, by name: numbers, or arrays [councils], [causes] or [causes, councils]."""

    def live_year(self, year: int, settings: list[Settings], last: Seen, grant_ends: Array) -> YearOfChange:
        """Live the twelve months from April of run year `year` by the settings of each, and return what they mean.

        `grant_ends` are chances that a post hosted by the third sector ends in a month, [12, councils].
        """
        lived = [self._live_month(year * MONTHS_PER_YEAR + k, now, last, grant_ends[k]) for k, now in enumerate(settings)]
        self.months.extend(lived)
        return YearOfChange(*(np.array([month[name] for month in lived]) for name in YearOfChange._fields))

    def _live_month(self, month: int, now: Settings, last: Seen, grant_ends: Array) -> dict[str, Any]:
        success = float((last.success * last.people).sum() / max(1.0, last.people.sum()))
        politics = self._senedd.live_month(
            now.senedd, now.panel, now.fear, month,
            SeneddSees(success, last.harm_rate, last.direct_payment_share, last.direct_payment_clients),
        )  # fmt: skip
        led = self._leadership.live_month(now.leadership, month, LeadersSee(politics.commitment, last.success, last.stress))
        tied = self._alliance.live_month(
            now.alliance, month, AllianceSees(politics.network_tie_gain, politics.hope_change, success)
        )
        promoted, emerges = practice_share(now.coproduction, month), now.practitioners.adoption == "emerges"
        practice = self._practitioners.live_month(now.practitioners, month, PractitionersSee(
            led.leadership, last.overload, np.full(len(last.people), tied.hope), grant_ends, politics.duty_on_practice,
            tied.link, tied.training, tied.hope_for_isolated,
        )) if emerges else self._practitioners.as_given(promoted)  # fmt: skip
        return {
            **politics._asdict(), **led._asdict(), **practice._asdict(),
            **{name: value for name, value in tied._asdict().items() if name != "training"},
            "leadership_by_cause": led.by_cause, "promoted_share": promoted,
            "coproduced_share": coproduced_share(now.practitioners, promoted, practice),
            "implementation_gap": implementation_gap(promoted, practice) * emerges,
        }  # fmt: skip
