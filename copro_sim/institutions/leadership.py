"""Leadership: the courage for whole-system change of each council, brought by people who come and go, moved in between.

Equation
    leadership  moves each month by `pace` * strength of the gap: towards the courage that director and leader brought
                (strength 1), towards 1 by the Senedd's commitment and by visible local success, towards the mean of the
                other councils, and by money stress towards 0 (stress_on_leadership below 0) or 1 (above)
    newcomer    a director (any month) or, after a council election, a leader: a courage drawn anew around the same mean
                for all councils, which takes over his or her share of the council's leadership at once
Chance   stream LEADERSHIP, by council: director leaves, leader changes, courage of the one, courage of the other
Source   Turnover of directors: ADCS for England. Everything else is an assumption.
Limits   Director and leader do not choose one another; cabinets, officers and inspectors are left out.
"""

from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, drawn, uniform
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.institutions.elections import councils_elected
from copro_sim.institutions.pulls import pulled
from copro_sim.scenario.government import LeadershipParams

Array = np.ndarray[Any, Any]
LEADERSHIP_CAUSES = ("director", "leader", "own", "commitment", "success", "example", "stress", "given")
"""What moves leadership, in the order of `MonthOfLeadership.by_cause`: newcomers, then what moves those who are there."""

_STREAM = int(Stream.LEADERSHIP)
_MONTHLY, _AT_FIRST = 0, 1
"""Blocks of chance."""


class Surroundings(NamedTuple):
    """What councils see: the Senedd's commitment (0 to 1), and of last year, each [councils] and from 0 to 1, two more."""

    commitment: float
    success: Array
    """How visible success is in the council's own area."""
    stress: Array
    """How short of money the council is."""


class MonthOfLeadership(NamedTuple):
    """How councils are led at the end of a month, and why that has changed."""

    leadership: Array
    """0 to 1, [councils]."""
    by_cause: Array
    """Changes by each of `LEADERSHIP_CAUSES`, [causes, councils]; they add up to the month's change."""
    new_directors: Array
    new_leaders: Array
    """Whether there is a new one, bool [councils]."""


def courage(p: LeadershipParams, luck: Array) -> Array:
    """Return the courage, 0 to 1, of newcomers by their luck (0 to 1): evenly spread around the mean.

    Within 0 to 1 on both sides, so that the mean is kept; in the limit a mean of 0 or 1 leaves no spread at all.
    """
    spread = min(p.courage_spread, p.courage_mean, 1.0 - p.courage_mean)
    return p.courage_mean + spread * (2.0 * luck - 1.0)


def leaves_in_month(chance_a_year: float) -> float:
    """Return the monthly chance of leaving that makes `chance_a_year` of those there in April be gone by the next."""
    return float(1.0 - (1.0 - chance_a_year) ** (1.0 / MONTHS_PER_YEAR))


class Leadership:
    """Directors and leaders of the councils of a run, month by month."""

    def __init__(self, seed: int, councils: Array, brought: Array, leadership: Array) -> None:
        """See `begin`."""
        self._seed, self._councils = seed, councils
        self.brought = brought
        """Courage that the present director (row 0) and leader (row 1) brought, 0 to 1, [2, councils]."""
        self.leadership = leadership
        """0 to 1, [councils]."""

    @classmethod
    def begin(cls, p: LeadershipParams, councils: Array, seed: int) -> "Leadership":
        """Return the councils of April 2013, before their first month.

        Parameters
        ----------
        p
            Settings in force in April 2013.
        councils
            Each council's number, int64 [councils]: its place among the 22, so that its luck is the same in a run of few.
        seed
            Key of all chance, 0 to 2**63 - 1.
        """
        brought = courage(p, uniform(drawn(seed, _STREAM, councils, -1, _AT_FIRST))[2:])
        return cls(seed, councils, brought, _shares(p) @ brought)

    def live_month(self, p: LeadershipParams, month: int, seen: Surroundings) -> MonthOfLeadership:
        """Live `month` (0 is April 2013) by the settings in force then, and return how councils are led.

        Months are lived in order, each once. Councils see one another as they were last month.
        """
        luck = uniform(drawn(self._seed, _STREAM, self._councils, month, _MONTHLY))
        new_directors = luck[0] < leaves_in_month(p.director_turnover)
        new_leaders = luck[1] < (p.leader_turnover if councils_elected(month) else 0.0)
        newcomers = np.stack([new_directors, new_leaders])
        self.brought = np.where(newcomers, courage(p, luck[2:]), self.brought)
        shares = _shares(p)
        self.leadership, parts = pulled(self.leadership, [
            (self.brought[0], new_directors * shares[0]),
            (self.brought[1], new_leaders * shares[1]),
            (shares @ self.brought, p.pace),
            (1.0, _weight(p.pace, p.commitment_raises * seen.commitment)),
            (1.0, _weight(p.pace, p.success_raises * seen.success)),
            (_others(self.leadership), _weight(p.pace, p.example)),
            (float(p.stress_on_leadership > 0.0), _weight(p.pace, abs(p.stress_on_leadership) * seen.stress)),
            (p.given_level, float(p.basis == "given")),
        ])  # fmt: skip
        by_cause = np.empty((len(parts), self.leadership.size))
        for cause, part in enumerate(parts):
            by_cause[cause] = part
        return MonthOfLeadership(self.leadership, by_cause, new_directors, new_leaders)


def _shares(p: LeadershipParams) -> Array:
    """Return whose courage counts how much: the director's and the leader's part."""
    return np.array([p.director_share, 1.0 - p.director_share])


def _weight(pace: float, strength: Any) -> Any:
    """Return how much of the gap goes in a month: at most all of it."""
    return np.minimum(1.0, pace * strength)


def _others(leadership: Array) -> Array:
    """Return, for each council, the mean of all others; its own if it is the only one."""
    many = leadership.size
    return (leadership.sum() - leadership) / (many - 1) if many > 1 else leadership
