"""Government: what all institutions together decide each April, from last year's tallies only, and the accounts after it.

Real numbers whatever the size of the sample: tallies are weighted up before anybody decides, money is whole pence.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR, PENCE, START_YEAR
from copro_sim.institutions import coproduction, council, funding
from copro_sim.processes.tally import Tally
from copro_sim.scenario import evidence
from copro_sim.scenario.schema import Scenario, Settings
from copro_sim.state.context import Policy, empty_policy

Array = np.ndarray[Any, Any]
ACCOUNTS = ("budget", "carried_in", "reserved", "coproduction_spent", "care_spent", "carried_out")
_DEMAND = slice(int(Tally.DEMAND_LOW), int(Tally.DEMAND_CRITICAL) + 1)
_COUNCIL = (int(Tally.PERSONAL_COUNCIL), int(Tally.PRACTICAL_COUNCIL))
_HOUR = 60
_FIRST_SHARE = 0.4
"""Package share in the first year of the run-in; the second year's follows from the money of 2013-14."""

_RUN_IN_MINUTES = 10_000.0
"""Minutes a month for each citizen during the run-in: nobody waits, so that the start owes nothing to a queue."""


def month_in_pence(pounds_per_head: float, citizens: float) -> int:
    """Return a month of yearly pounds for each of `citizens` real people, in whole pence."""
    return int(pounds_per_head * citizens / MONTHS_PER_YEAR * PENCE)


class Government:
    """The councils of a run: their lines and accounts, year by year.

    Parameters
    ----------
    scenario
        Settings of funding, council and co-production, with their dated events.
    authorities
        English names of the councils, in the order of all arrays.
    weights
        Real people for each simulated citizen, by council.
    """

    def __init__(self, scenario: Scenario, authorities: tuple[str, ...], weights: Array) -> None:
        """Begin in April 2013 with every council at the scenario's first line and nothing carried over."""
        self._scenario, self._weights = scenario, weights
        table = {authority.name: authority for authority in evidence.authorities()}
        older = sum(authority.people_65_plus for authority in table.values())
        self._share = [table[name].people_65_plus / older for name in authorities]
        self._line = [scenario.settings_at(0).council.first_line] * len(authorities)
        self._carried = [0] * len(authorities)
        self._year: list[dict[str, int]] = []
        self.accounts: dict[str, list[list[int]]] = {name: [] for name in ACCOUNTS}
        self.prices: list[float] = []

    def run_in(self, tallies: Array) -> Policy:
        """Return the policy of a year of the run-in, in which support settles: the first line, the old way, no queue.

        `tallies` are those of the run-in's year before, int64 [12 months, authority, tally]: packages cover what the money
        of 2013-14 can pay for. No months in the first year, in which packages cover `_FIRST_SHARE`.
        """
        settings = self._scenario.settings_at(0)
        policy = empty_policy(len(self._line))
        policy.eligibility_line[:] = settings.council.first_line
        policy.package_share[:] = _FIRST_SHARE
        if len(tallies):
            policy.package_share[:] = [self._first_share(a, tallies[:, a]) for a in range(len(self._line))]
        policy.delivered_share[:] = settings.council.delivered_percent / 100.0
        policy.assessment_minutes[:] = _RUN_IN_MINUTES
        return policy

    def _first_share(self, a: int, tallies: Array) -> float:
        settings = self._scenario.settings_at(0)
        money = funding.home_support_budget(settings.funding, START_YEAR, self._share[a])
        demand = tallies[:, _DEMAND].sum(axis=0) * float(self._weights[a])
        price = funding.hour_price(settings.funding, START_YEAR)
        delivered = settings.council.delivered_percent / 100.0
        return council.affordable_share(demand, settings.council.first_line, price, delivered, money)

    def april(self, year: int, tallies: Array) -> Policy:
        """Return the policy of the twelve months from April of run year `year` (0 is 2013-14).

        `tallies` are last year's, int64 [12 months, authority, tally], in simulated people.
        """
        policy = empty_policy(len(self._line))
        settings = [self._scenario.settings_at(year * MONTHS_PER_YEAR + k) for k in range(MONTHS_PER_YEAR)]
        self.prices.append(funding.hour_price(settings[0].funding, START_YEAR + year))
        self._year = [self._money(a, year, tallies[:, a], settings) for a in range(len(self._line))]
        for a, entry in enumerate(self._year):
            demand = tallies[:, a, _DEMAND].sum(axis=0) * float(self._weights[a])
            money = entry["budget"] + entry["carried_in"] - entry["reserved"] - entry["coproduction_spent"]
            decision = council.ration(settings[0].council, self._line[a], demand, self.prices[-1], money)
            self._line[a] = decision.line
            policy.eligibility_line[:, a], policy.package_share[:, a] = decision
        self._instruct(policy, year, tallies[-1], settings)
        return policy

    def close(self, tallies: Array) -> None:
        """Enter what the year that was lived has cost into the accounts; what is left, or owed, is carried over."""
        minutes = tallies[:, :, _COUNCIL].sum(axis=(0, 2))
        for a, entry in enumerate(self._year):
            entry["care_spent"] = int(float(minutes[a]) * self._weights[a] / _HOUR * self.prices[-1] * PENCE)
            spent = entry["reserved"] + entry["coproduction_spent"] + entry["care_spent"]
            entry["carried_out"] = self._carried[a] = entry["budget"] + entry["carried_in"] - spent
        for name in ACCOUNTS:
            self.accounts[name].append([entry[name] for entry in self._year])

    def _money(self, a: int, year: int, tallies: Array, settings: list[Settings]) -> dict[str, int]:
        """Return authority `a`'s money for the year, in pence, before anything is spent on care."""
        funds, citizens = settings[0].funding, float(tallies[-1, Tally.CITIZENS]) * float(self._weights[a])
        return {
            "budget": funding.home_support_budget(funds, START_YEAR + year, self._share[a]),
            "carried_in": self._carried[a],
            "reserved": sum(month_in_pence(s.funding.reserved_pounds_per_head, citizens) for s in settings),
            "coproduction_spent": sum(
                month_in_pence(coproduction.pounds_per_head(s.coproduction), citizens) for s in settings
            ),
        }

    def _instruct(self, policy: Policy, year: int, tallies: Array, settings: list[Settings]) -> None:
        """Write into `policy` what all councils alike are told for each month; `tallies` are last March's."""
        with_need = tallies[:, Tally.PEOPLE_WITH_NEED] / np.maximum(1, tallies[:, Tally.CITIZENS])
        for k, now in enumerate(settings):
            policy.delivered_share[k] = now.council.delivered_percent / 100.0
            policy.assessment_minutes[k] = now.council.assessment_hours_per_1000_citizens * _HOUR / 1000.0
            policy.coproduced_share[k] = coproduction.practice_share(now.coproduction, year * MONTHS_PER_YEAR + k)
            policy.broker_minutes[k] = coproduction.broker_minutes(now.coproduction)
            policy.invitation_chance[k] = [coproduction.invitation_chance(now.coproduction, one) for one in with_need]
