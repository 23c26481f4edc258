"""The accounts of councils: what a year of care has cost, who paid for it, and what is counted apart.

For each council and year, to the penny: budget + charges + carried_in = clawed_back + reserved + coproduction_spent +
grants_spent + care_spent + respite_spent + handed_back + carried_out. Charges are what receivers paid to the council for the
year's care. Places in care homes and the NHS are counted apart.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MINUTES_PER_HOUR, MONTHS_PER_YEAR, PENCE, START_YEAR
from copro_sim.institutions import charges, hospital
from copro_sim.institutions.counted import Real
from copro_sim.processes.tally import Tally
from copro_sim.scenario.government import Settings
from copro_sim.scenario.schema import Scenario

Array = np.ndarray[Any, Any]
ACCOUNTS = (
    "budget", "charges", "carried_in", "clawed_back", "reserved", "coproduction_spent", "grants_spent", "care_spent",
    "respite_spent", "handed_back", "carried_out", "charges_paid_below", "charges_paid_above", "care_homes_spent",
    "care_homes_paid", "nhs_spent", "nhs_delay_spent", "other_grants_spent",
)  # fmt: skip
"""Pence of each council and year. After carried_out: charges by who paid them (capital below or above the limit), then what is
counted apart."""

INCOME, SPENDING = ACCOUNTS[:3], ACCOUNTS[3:9]
"""What comes in, and what is spent or taken away before what is left is handed back or carried over."""



def month_in_pence(pounds_per_head: float, citizens: Array) -> Array:
    """Return a month of yearly pounds for each of `citizens` real people, [council], in whole pence: int64 [council]."""
    return np.trunc(pounds_per_head * citizens / MONTHS_PER_YEAR * PENCE).astype(np.int64)


def left(entry: dict[str, int]) -> int:
    """Return what is left of a council's year, in pence, before any of it is handed back or carried over; less than 0: owed."""
    return sum(entry[name] for name in INCOME) - sum(entry[name] for name in SPENDING)


def home_charges(real: Real, year: int, now: Settings, price: float) -> charges.HomeCharges:
    """Return what clients pay for a year's care at home, at the rates of run year `year` and pounds an hour of `price`."""
    clients = real.year[Tally.COUNCIL_CLIENTS] - real.year[Tally.RESIDENTS]
    minutes = real.by_means(real.at_home(), real.year[Tally.HOME_MINUTES_ABOVE])
    return charges.home_charges(
        now.charges, START_YEAR + year, minutes, real.by_means(clients, real.year[Tally.HOME_CLIENTS_ABOVE]), price,
    )  # fmt: skip


def respite(real: Real, now: Settings) -> Array:
    """Return pence that each council spent on breaks for carers: int64 [council]."""
    return (real.year[Tally.RESPITE] * now.council.respite_pounds_per_month * PENCE).astype(np.int64)


def freed(real: Real, natural_first: float, price: float) -> Array:
    """Return pence that each council's co-produced packages saved by leaving a part of need to natural support: [council]."""
    if natural_first >= 1.0:
        return np.zeros(real.year.shape[1])
    left_to_others = real.year[Tally.COPRODUCED_PACKAGE] * natural_first / (1.0 - natural_first)
    return np.asarray(left_to_others / MINUTES_PER_HOUR * price * PENCE)


def in_hospital(real: Real, year: int, now: Settings, scenario: Scenario) -> hospital.MonthOfHospital:
    """Return a year in hospital, from all months together; episodes begun are months in them over their mean length."""
    mean_months = (1 + scenario.health.episode_most_months) / 2
    seen_there = hospital.Surroundings(
        real.year[Tally.ACUTE] / mean_months, real.year[Tally.WAITING], real.year[Tally.COUNCIL_CLIENTS],
        real.year[Tally.UNDELIVERED], real.at_home(),
    )  # fmt: skip
    return hospital.live_month(now.hospital, year * MONTHS_PER_YEAR, seen_there)


def enter(entries: list[dict[str, int]], real: Real, year: int, now: Settings, price: float, scenario: Scenario) -> None:
    """Enter what run year `year` has cost each council, at pounds an hour of `price`."""
    paid, at_home = home_charges(real, year, now, price), real.at_home()
    stays, breaks = in_hospital(real, year, now, scenario), respite(real, now)
    above = real.year[Tally.RESIDENTS_ABOVE] * charges.still_above(now.charges, START_YEAR + year)
    homes = charges.residential_money(now.charges, real.by_means(real.year[Tally.RESIDENTS], above))
    for a, entry in enumerate(entries):
        entry["charges"] = int(paid.received[a])
        entry["charges_paid_below"], entry["charges_paid_above"] = (int(part) for part in paid.paid[a])
        entry["care_spent"] = int(float(at_home[a]) / MINUTES_PER_HOUR * price * PENCE)
        entry["respite_spent"] = int(breaks[a])
        entry["care_homes_spent"], entry["care_homes_paid"] = int(homes.council[a]), int(homes.paid[a].sum())
        entry["nhs_spent"], entry["nhs_delay_spent"] = int(stays.nhs_cost[a]), int(stays.delay_cost[a])
