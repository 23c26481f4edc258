"""Government: what all institutions together decide each April, from last year's tallies only, and the accounts after it.

Real numbers whatever the size of the sample: tallies are weighted up before anybody decides (`counted.py`). Money is whole pence
(`accounts.py`).
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_HOUR, MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, START_YEAR
from copro_sim.institutions import coproduction, council, funding
from copro_sim.institutions.accounts import ACCOUNTS, enter, freed, home_charges, left, month_in_pence, respite
from copro_sim.institutions.change import Change, seen
from copro_sim.institutions.counted import COUNCIL, Real, no_sample
from copro_sim.institutions.providers import Providers, usual_vacancies
from copro_sim.institutions.third_sector import ThirdSector
from copro_sim.processes.tally import Tally
from copro_sim.scenario import evidence
from copro_sim.scenario.government import Settings
from copro_sim.scenario.schema import Scenario
from copro_sim.state.codes import Setting
from copro_sim.state.context import Policy, empty_policy

Array = np.ndarray[Any, Any]
_FIRST_SHARE = 0.4
"""Package share in the first year of the run-in; the second year's follows from the money of 2013-14."""

_RECENT = 3
"""Last months of a year by whose pace a council plans the next: what it will come to in a whole year, not what it came to."""

_TINY = 1e-9
"""Keeps a mean over no hours at all from being asked for."""

_ADULT_YEARS, _YEARS = 7, 9
"""Years of age from 18 among those from 16 to 24, and how many those are."""

_RUN_IN_MINUTES = 10_000.0
"""Minutes a month for each citizen during the run-in: nobody waits, so that the start owes nothing to a queue."""


class Government:
    """The institutions of a run: decisions and accounts, year by year.

    Parameters
    ----------
    scenario
        Settings of every institution, with their dated events.
    authorities
        English names of the councils, in the order of all arrays.
    weights
        Real people for each simulated citizen, by council.
    seed
        Key of all chance, 0 to 2**63 - 1.
    """

    def __init__(self, scenario: Scenario, authorities: tuple[str, ...], weights: Array, seed: int) -> None:
        """Begin in April 2013 with every council at the scenario's first line and nothing carried over."""
        self._scenario, self._weights = scenario, weights
        first, table = scenario.settings_at(0), evidence.authorities()
        number = {authority.name: k for k, authority in enumerate(table)}
        chosen = [table[number[name]] for name in authorities]
        older = sum(authority.people_65_plus for authority in table)
        self._share = [authority.people_65_plus / older for authority in chosen]
        self._older = np.array([authority.people_65_plus for authority in chosen], float)
        self._wales = sum(authority.people for authority in table)
        councils = np.array([number[name] for name in authorities], np.int64)
        self._decided = [council.Rationing(first.council.first_line, 1.0)] * len(authorities)
        self._comes_to = np.ones(len(authorities))
        self._delivered = np.ones(len(authorities))  # share of arranged hours for which staff are found, at the year's end
        self._carried, self._clawed_back = [0] * len(authorities), [0] * len(authorities)
        self._councils, self._seed = councils, seed
        self._providers: Providers | None = None
        self._rural = np.array([one.setting == Setting.RURAL for one in chosen], float)
        people = np.array([one.people for one in chosen])
        self._third_sector = ThirdSector.begin(first.third_sector, councils, people, seed)
        self._change = Change(first, councils, np.array([_adults(one) for one in chosen]), seed)
        self._year: list[dict[str, int]] = []
        self._settings: list[Settings] = []
        self.accounts: dict[str, list[list[int]]] = {name: [] for name in ACCOUNTS}
        self.prices: list[float] = []
        self.months: list[dict[str, Any]] = []
        """What institutions did in each month lived, by name: numbers, or arrays [councils], [causes], [causes, councils]."""

    def run_in(self, tallies: Array) -> Policy:
        """Return the policy of a year of the run-in, in which support settles: the first line, the old way, no queue.

        `tallies` are those of the run-in's year before, int64 [12 months, authority, tally]: packages cover what the money
        of 2013-14 can pay for. No months in the first year, in which packages cover `_FIRST_SHARE`.
        """
        settings, many = self._scenario.settings_at(0), len(self._decided)
        delivered = np.full(many, 1.0 - usual_vacancies(settings.providers) * (1.0 - settings.providers.cover))
        policy = empty_policy(many)
        policy.eligibility_line[:] = settings.council.first_line
        policy.package_share[:] = _FIRST_SHARE
        if len(tallies):
            real = Real.of(tallies, self._weights)
            demand = no_sample(real.demand(), self._older, tallies[-1, :, Tally.CITIZENS])
            charged = home_charges(real, 0, settings, funding.hour_price(settings.funding, START_YEAR)).received
            shares = [self._first_share(a, demand[:, a], float(delivered[a]), int(charged[a])) for a in range(many)]
            policy.package_share[:] = shares
        policy.delivered_share[:] = delivered
        policy.assessment_minutes[:] = _RUN_IN_MINUTES
        policy.residential_share[:] = settings.council.residential_percent / 100.0
        policy.direct_payment_share[:] = settings.council.direct_payment_percent / 100.0
        return policy

    def _first_share(self, a: int, demand: Array, delivered: float, charged: int) -> float:
        settings = self._scenario.settings_at(0)
        money = funding.home_support_budget(settings.funding, START_YEAR, self._share[a]) + charged
        price = funding.hour_price(settings.funding, START_YEAR)
        return council.affordable_share(demand, settings.council.first_line, price, delivered, money)

    def april(self, year: int, tallies: Array) -> Policy:
        """Return the policy of the twelve months from April of run year `year` (0 is 2013-14).

        `tallies` are last year's, int64 [12 months, authority, tally], in simulated people.
        """
        policy = empty_policy(len(self._decided))
        settings = [self._scenario.settings_at(year * MONTHS_PER_YEAR + k) for k in range(MONTHS_PER_YEAR)]
        self._settings = settings
        stress = np.array([1.0 - decided.share for decided in self._decided])
        promotion = self._staff(policy, year, tallies, settings)
        self._year = self._money(year, tallies[-1, :, Tally.CITIZENS] * self._weights, settings, promotion)
        ends = self._grant(policy, year, tallies, settings)
        self._decide(policy, year, tallies, settings[0])
        self._instruct(policy, year, tallies, settings, stress, ends)
        return policy

    def _decide(self, policy: Policy, year: int, tallies: Array, now: Settings) -> None:
        """Write into `policy` whom each council supports with the money that is not spoken for."""
        real, demand = Real.of(tallies, self._weights), self._comes_to * self._demand(tallies)
        charged = home_charges(real, year, now, self.prices[-1]).received  # as last year's care would be this year
        breaks = respite(real, now)
        for a, entry in enumerate(self._year):
            owed = sum(entry[name] for name in ("clawed_back", "reserved", "coproduction_spent", "grants_spent"))
            forward = funding.brought_forward(now.funding, entry["carried_in"])
            money = entry["budget"] + forward + int(charged[a]) - owed - int(breaks[a])
            self._decided[a] = self._ration(a, year, demand[:, a], money, float(policy.delivered_share[0, a]), now)
            policy.eligibility_line[:, a], policy.package_share[:, a], policy.turned_away[:, a] = self._decided[a]

    def _demand(self, tallies: Array) -> Array:
        """Return minutes a year, [4, council], that demand comes to at the pace of a year's last months."""
        recent = Real.of(tallies[-_RECENT:], self._weights).demand() * (MONTHS_PER_YEAR / _RECENT)
        return no_sample(recent, self._older, tallies[-1, :, Tally.CITIZENS])

    def _learn(self, year: int, tallies: Array, now: Settings) -> None:
        """Take from the last months of the year lived what demand comes to."""
        demand, tested = self._demand(tallies), START_YEAR + year >= now.council.national_test_from_year
        lines = [council.LOWEST_LINE if tested else decided.line for decided in self._decided]
        planned = np.array([
            council.planned(demand[:, a], line, self._decided[a].share, float(self._delivered[a])) for a, line in enumerate(lines)
        ])  # fmt: skip
        came = Real.of(tallies[-_RECENT:], self._weights).at_home() * (MONTHS_PER_YEAR / _RECENT)
        came = no_sample(came, planned, tallies[-1, :, Tally.CITIZENS])
        self._comes_to = council.comes_to(now.council, self._comes_to, planned, came)

    def _ration(self, a: int, year: int, demand: Array, money: int, delivered: float, now: Settings) -> council.Rationing:
        """Return what council `a` decides for the year."""
        price = self.prices[-1]
        if START_YEAR + year >= now.council.national_test_from_year:
            return council.ration_by_test(now.council, self._decided[a], demand, price, delivered, money)
        return council.ration(now.council, self._decided[a].line, demand, price, delivered, money)

    def close(self, tallies: Array) -> None:
        """Enter what the year that was lived has cost into the accounts; what is left, or owed, is carried over
        as far as `funding.carried_over` lets it."""
        now, price, year = self._settings[0], self.prices[-1], len(self.prices) - 1
        real = Real.of(tallies, self._weights)
        enter(self._year, real, year, now, price, self._scenario)
        saved = freed(real, self._scenario.care_service.natural_first, price)
        self._clawed_back = [int(now.funding.clawback * pence) for pence in saved.tolist()]
        self._learn(year, tallies, now)
        self._carry_over(tallies[-1, :, Tally.CITIZENS], now)
        for name in ACCOUNTS:
            self.accounts[name].append([entry[name] for entry in self._year])

    def _carry_over(self, sampled: Array, now: Settings) -> None:
        """Enter what each council hands back and carries over; `sampled` are its simulated citizens, [council]."""
        over = np.array([left(entry) for entry in self._year])
        budgets = np.array([entry["budget"] for entry in self._year])
        kept = no_sample(over, budgets, sampled)
        for a, entry in enumerate(self._year):
            entry["carried_out"] = self._carried[a] = funding.carried_over(now.funding, int(kept[a]), entry["budget"])
            entry["handed_back"] = int(over[a]) - entry["carried_out"]

    def _staff(self, policy: Policy, year: int, tallies: Array, settings: list[Settings]) -> Array:
        """Let providers live twelve months from the hours that were bought in each month of last year.

        Writes for which share staff are found into `policy`, and the year's price. Returns what promoting co-operatives costs
        each council, in pence.
        """
        bought = tallies[:, :, [*COUNCIL, int(Tally.UNDELIVERED)]].sum(axis=2) - tallies[:, :, Tally.RESIDENT_MINUTES]
        hours = np.maximum(0, bought) * self._weights / MINUTES_PER_HOUR
        if self._providers is None:
            first = settings[0].providers
            self._providers = Providers.begin(first, self._councils, self._rural, hours[0], self._seed)
        lived = [
            self._providers.live_month(now.providers, year * MONTHS_PER_YEAR + k, hours[k]) for k, now in enumerate(settings)
        ]
        policy.delivered_share[:] = [month.delivered_share for month in lived]
        self._delivered = policy.delivered_share[-_RECENT:].mean(axis=0)
        posts = np.array([month.posts.sum(axis=0) for month in lived])  # one price for Wales: by where the work is
        ratio = float(np.average([month.price_ratio for month in lived], weights=np.maximum(posts, _TINY)))
        self.prices.append(funding.hour_price(settings[0].funding, START_YEAR + year) * ratio)
        return np.sum([month.promotion_cost for month in lived], axis=0)

    def _grant(self, policy: Policy, year: int, tallies: Array, settings: list[Settings]) -> Array:
        """Let the third sector live twelve months: grants into the accounts, its hours into `policy`.

        Returns which share of its posts each month's ends of grants take: [month, council].
        """
        need = tallies[:, :, Tally.PEOPLE_WITH_NEED] * self._weights
        third = [now.third_sector for now in settings]
        lived = [self._third_sector.live_month(p, year * MONTHS_PER_YEAR + k, need[k]) for k, p in enumerate(third)]
        policy.third_sector_minutes[:] = [month.minutes_each for month in lived]
        policy.third_sector_visit[:] = [[p.visit_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR] for p in third]
        own, others = (np.sum([getattr(month, cost) for month in lived], axis=0) for cost in ("council_cost", "others_cost"))
        for a, entry in enumerate(self._year):
            entry["grants_spent"], entry["other_grants_spent"] = int(own[a]), int(others[a])
        lost = np.array([month.posts_lost for month in lived])
        return lost / np.maximum(1, np.array([month.posts for month in lived]) + lost)

    def _money(self, year: int, people: Array, settings: list[Settings], promotion: Array) -> list[dict[str, int]]:
        """Return each council's money for the year, in pence, before anything is spent on care.

        `people` are real ones and `promotion` what promoting co-operatives costs, both [council].
        """
        funds = settings[0].funding
        monthly = [(now.funding.reserved_pounds_per_head, coproduction.pounds_per_head(now.coproduction)) for now in settings]
        reserved, invested = np.sum([[month_in_pence(pounds, people) for pounds in month] for month in monthly], axis=0)
        return [
            {
                "budget": funding.home_support_budget(funds, START_YEAR + year, self._share[a]),
                "carried_in": self._carried[a],
                "clawed_back": self._clawed_back[a],
                "reserved": int(reserved[a]),
                "coproduction_spent": int(invested[a] + promotion[a]),
            }
            for a in range(len(people))
        ]

    def _instruct(
        self, policy: Policy, year: int, tallies: Array, settings: list[Settings], stress: Array, grant_ends: Array
    ) -> None:
        """Write into `policy` what institutions decide for each month; `tallies` are last year's."""
        last = tallies[-1]
        with_need = last[:, Tally.PEOPLE_WITH_NEED] / np.maximum(1, last[:, Tally.CITIZENS])
        changed = self._change.live_year(year, settings, seen(tallies, self._weights, stress), grant_ends)
        policy.coproduced_share[:] = changed.coproduced_share
        for name in ("panel_agency", "panel_trust", "panel_membership"):
            getattr(policy, name)[:] = getattr(changed, name)[:, None]
        for k, now in enumerate(settings):
            lost = changed.practitioner_hours_lost[k] * MINUTES_PER_HOUR / self._wales
            minutes = now.council.assessment_hours_per_1000_citizens * MINUTES_PER_HOUR / 1000.0
            policy.assessment_minutes[k] = max(0.0, minutes - lost)
            policy.broker_minutes[k] = coproduction.broker_minutes(now.coproduction)
            policy.invitation_chance[k] = coproduction.invitation_chance(now.coproduction, with_need)
            policy.national_test[k] = float(START_YEAR + year >= now.council.national_test_from_year)
            policy.test_minutes[k] = now.council.test_hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR
            offered = max(0.0, 1.0 - now.council.fear_deters * changed.practitioners_feared_harm[k])
            policy.direct_payment_share[k] = now.council.direct_payment_percent / 100.0 * offered
            policy.citizen_directed_share[k] = now.council.citizen_directed_percent / 100.0
            policy.residential_share[k] = now.council.residential_percent / 100.0
            policy.reablement_share[k] = now.council.reablement_percent / 100.0
            policy.carers_offered[k] = now.council.carers_offered_percent / 100.0
        self.months = self._change.months


def _adults(authority: evidence.Authority) -> float:
    """Return residents of 18 and over, nearly: seven ninths of those from 16 to 24, and all who are older."""
    return authority.persons[2] * _ADULT_YEARS / _YEARS + sum(authority.persons[3:])
