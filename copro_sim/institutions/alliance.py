"""The alliance of practitioners, third sector and people who use services: what it carries over council boundaries.

Equation
    ties   each month gain by what the network does together (seminars) and by recognition a part of what is left to 1,
           then fade by ties_fade of themselves
    hope   each month falls by what disappoints, rises where success is visible, then returns towards first_hope
    link   share of contacts that are with other councils' practitioners = ties * unrecognised_link, or, while the alliance
           is recognised, ties * recognised_link; only then does it carry training and give hope to the isolated
Chance   none
Source   Wales Alliance for Citizen Directed Support (from 2012) and its kind; strengths are assumptions.
Limits   One alliance, one hope for all of Wales. Contacts with other councils take the place of contacts with one's own, so
         that a link may also thin out a strong band among many who do not practise.
"""

from typing import NamedTuple

from copro_sim.institutions.elections import since_april
from copro_sim.institutions.pulls import pulled
from copro_sim.scenario.government import AllianceParams

TIES_CAUSES = ("together", "recognition", "fading")
"""What moves ties, in the order of `MonthOfAlliance.ties_by_cause`."""

HOPE_CAUSES = ("disappointment", "success", "return")
"""What moves hope, in the order of `MonthOfAlliance.hope_by_cause`."""


class Surroundings(NamedTuple):
    """What the alliance meets with in a month."""

    network_tie_gain: float
    """Share of what its ties lack that it gains by what it does together, 0 or above: `MonthOfSenedd.network_tie_gain`."""
    hope_change: float
    """0 or below: share of its hope that seminars without members have cost: `MonthOfSenedd.hope_change`."""
    success: float
    """How visible success is, 0 to 1."""


class MonthOfAlliance(NamedTuple):
    """How the alliance stands at the end of a month, what it carries, and why that has changed."""

    recognised: int
    ties: float
    hope: float
    """0 to 1, as ties."""
    link: float
    """Share of practitioners' contacts that are with other councils, 0 to 1."""
    training: float
    """Rate a year of training that it carries to every council."""
    hope_for_isolated: float
    """How much of what hope lacks it gives to who is wholly isolated, 0 to 1."""
    ties_by_cause: tuple[float, ...]
    hope_by_cause: tuple[float, ...]


class Alliance:
    """The alliance of a run, month by month."""

    def __init__(self, ties: float, hope: float) -> None:
        """See `begin`."""
        self._ties, self._hope = ties, hope

    @classmethod
    def begin(cls, p: AllianceParams) -> "Alliance":
        """Return the alliance of April 2013, before its first month."""
        return cls(p.first_ties, p.first_hope)

    def live_month(self, p: AllianceParams, month: int, met: Surroundings) -> MonthOfAlliance:
        """Live `month` (0 is April 2013) by the settings in force then, and return how the alliance stands.

        Months are lived in order, each once.
        """
        recognised = int(since_april(p.recognised_year, month) and not since_april(p.until_year, month))
        self._ties, by_ties = pulled(self._ties, [
            (1.0, min(1.0, met.network_tie_gain)), (1.0, recognised * p.recognition_ties), (0.0, p.ties_fade),
        ])  # fmt: skip
        self._hope, by_hope = pulled(self._hope, [
            (0.0, min(1.0, -met.hope_change)), (1.0, met.success * p.success_hope), (p.first_hope, p.hope_returns),
        ])  # fmt: skip
        carried = recognised * self._ties
        link = self._ties * (p.recognised_link if recognised else p.unrecognised_link)
        return MonthOfAlliance(
            recognised, self._ties, self._hope, link, carried * p.training, carried * p.hope_for_isolated,
            tuple(by_ties), tuple(by_hope),
        )  # fmt: skip
