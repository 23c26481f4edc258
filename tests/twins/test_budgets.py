"""Councils' lines, shares and accounts come to what the naive twin comes to, over years of any counts and settings.

Lines are equal, shares to the rounding of a sum whose order is another, and so money to the penny.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copro_sim as cs
from copro_sim.institutions.government import Government
from copro_sim.processes.tally import TALLIES, Tally
from copro_sim.scenario import evidence

from .budgets import Councils

NAMES = ("Cardiff", "Gwynedd", "Merthyr Tydfil")
ENTRIES = (
    "budget", "charges", "carried_in", "clawed_back", "reserved", "coproduction_spent", "grants_spent", "care_spent",
    "respite_spent", "handed_back", "carried_out", "charges_paid_below", "charges_paid_above",
)  # fmt: skip
YEARS = 6
FIGURES = {
    "budget": evidence.real_budget, "older": evidence.people_65_plus, "cap": evidence.weekly_cap, "deflator": evidence.deflator,
}  # fmt: skip
any_settings = st.fixed_dictionaries(
    {
        "funding.basis": st.sampled_from(["actual", "restored"]),
        "funding.home_support_share": st.sampled_from([0.02, 0.15, 0.29, 0.9]),
        "funding.clawback": st.sampled_from([0.0, 0.5, 1.0]),
        "funding.carry_over_percent": st.sampled_from([0.0, 5.0, 100.0]),
        "funding.reserved_pounds_per_head": st.sampled_from([0.0, 3.3]),
        "council.first_line": st.integers(1, 4),
        "council.national_test_from_year": st.integers(2013, 2019),
        "council.outturn_weight": st.floats(0, 1),
        "charges.packages_differ": st.floats(0, 1),
        "charges.cap_percent": st.sampled_from([0.0, 100.0, 300.0]),
        "care_service.natural_first": st.sampled_from([0.0, 0.1, 1.0]),
    }
)


def counted(chance, demand):
    """Return a year's tallies, [12 months, council, tally]: any, but more clients than residents."""
    tallies = chance.integers(0, 200, (12, len(NAMES), TALLIES))
    tallies[:, :, Tally.CITIZENS] = chance.integers(400, 9_000, len(NAMES))
    tallies[:, :, Tally.COUNCIL_CLIENTS] += 400
    for name in ("PERSONAL_COUNCIL", "PRACTICAL_COUNCIL", "HOME_MINUTES_ABOVE", "COPRODUCED_PACKAGE"):
        tallies[:, :, Tally[name]] *= 400
    tallies[:, :, Tally.DEMAND_LOW : Tally.DEMAND_CRITICAL + 1] *= demand
    tallies[:, :, Tally.RESIDENT_MINUTES] = tallies[:, :, Tally.PERSONAL_COUNCIL] // 2
    return tallies


RECENT = 3
"""Last months of a year by whose pace councils plan."""


def real(tallies, weights):
    """Return a year's counts of real people by council and name, the pace of its last months, and the citizens at its end."""

    def counts(months):
        found = months.sum(axis=0).tolist()
        return [{one.name: found[a][one] * weights[a] * (12 / len(months)) for one in Tally} for a in range(len(NAMES))]

    return counts(tallies), counts(tallies[-RECENT:]), tallies[-1, :, Tally.CITIZENS].tolist()


def plain(scenario):
    now = scenario.settings_at(0)
    tables = {name: getattr(now, name)._asdict() for name in ("funding", "council", "charges")}
    return tables | {"care_service": {"natural_first": scenario.care_service.natural_first}}


@settings(max_examples=30)
@given(changes=any_settings, demand=st.sampled_from([0, 1, 300, 5_000, 100_000]), seed=st.integers(0, 2**32))
def test_a_twin_made_of_lists_and_dicts_budgets_alike(changes, demand, seed):
    scenario = cs.load_scenario("co-production").replace(changes)
    chance, weights = np.random.default_rng(seed), [100.0, 50.0, 12.5]
    government = Government(scenario, NAMES, np.array(weights), 1)
    known = {one.name: one for one in evidence.authorities()}
    older = [known[name].people_65_plus for name in NAMES]
    wales = sum(one.people_65_plus for one in known.values())
    councils = [{"older": o, "share": o / wales, "weight": w} for o, w in zip(older, weights, strict=True)]
    figures = {name: {year: of(year) for year in range(2009, 2030)} for name, of in FIGURES.items()}
    twin = Councils(councils, plain(scenario), figures)
    last = counted(chance, demand)
    for year in range(YEARS):
        policy = government.april(year, last)
        entries, price = government._year, government.prices[-1]
        given_in = {
            "price": price, "delivered": policy.delivered_share[0].tolist(),
            "delivered_late": policy.delivered_share[-RECENT:].mean(axis=0).tolist(),
            "coproduction": [entry["coproduction_spent"] for entry in entries],
            "grants": [entry["grants_spent"] for entry in entries],
        }  # fmt: skip
        twin.april(year, *real(last, weights), given_in)
        decided = [policy.eligibility_line[0], policy.package_share[0], policy.turned_away[0]]
        lines, shares, turned_away = (row.tolist() for row in decided)
        assert [lines, pytest.approx(shares), pytest.approx(turned_away)] == [
            list(part) for part in zip(*twin.decided, strict=True)
        ]
        last = counted(chance, demand)
        government.close(last)
        twin.close(year, *real(last, weights), price)
        for name in ENTRIES:
            found = government.accounts[name][year]
            assert found == pytest.approx([entry[name] for entry in twin.entries], rel=0, abs=1), (year, name)
