"""From the people of 2013 come those of 2021: by sex and ten years of age, births and deaths."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import simulate
from copro_sim.processes.tally import Tally
from copro_sim.scenario import evidence
from copro_sim.state.codes import Life
from verdicts import within

CITIZENS, YEARS, SEEDS = 300_000, 9, range(1, 17)
EARLIER, LATER = 0.75, 0.25
"""Weights of April 2021 and April 2022 that make mid-2021."""


def persons(state, weights):
    """Return real people by sex and single age, the last for 90 and over: float64 [2, 91]."""
    found, c = np.zeros((2, 91)), state.citizens
    for number, authority in enumerate(state.communities.authority.tolist()):
        start = int(state.communities.start[number])
        places = slice(start, start + int(state.communities.size[number]))
        alive = c.life[places] == Life.ALIVE
        ages = np.clip((state.month - 1 - c.birth_month[places][alive].astype(int)) // 12, 0, 90)  # babies of the first April: 0
        np.add.at(found, (c.sex[places][alive], ages), weights[authority])
    return found


def lived(seed):
    """Return people each April from 2013, and births and deaths each year, lived with the records' own values."""
    scenario = cs.load_scenario("retreating-state").replace({"population.citizens": CITIZENS})
    begin = simulate.start(scenario, seed=seed, threads=2)
    weights = begin.settled.weights
    people, tallies = [persons(begin.state, weights)], []
    for year in simulate.years(begin, seed=seed, threads=2, count=YEARS):
        people.append(persons(year.state, weights))
        tallies.append((year.month * weights[:, None]).sum(axis=(0, 1)))
    return np.array(people), np.array(tallies)


@pytest.fixture(scope="module")
def past():
    """Return people, [seeds, Aprils, 2, 91], and tallies, [seeds, years, tallies]."""
    people, tallies = zip(*map(lived, SEEDS), strict=True)
    return np.array(people), np.array(tallies)


def by_decade(people):
    """Return people by sex and ten years of age, the last for 80 and over: [..., 2, 9]."""
    return np.add.reduceat(people, np.arange(0, 90, 10), axis=-1)


def beside_2021(people):
    """Compare every band with mid-2021."""
    off = by_decade(EARLIER * people[:, 8] + LATER * people[:, 9]) / by_decade(evidence.population_2021()) - 1
    bands = [f"{sex} of {age} to {age + 9}" for sex in ("men", "women") for age in range(0, 80, 10)]
    bands.insert(8, "men of 80 and over")
    return within(off.reshape(len(people), -1), -0.02, 0.02, [*bands, "women of 80 and over"])


def test_every_band_of_2021_is_within_two_percent(past, check):
    people, _ = past
    moved = people.copy()
    moved[:, :, 1, 20:30] *= 0.96
    check(
        "People of mid-2021 by sex and ten years of age, relative difference",
        "those who were counted, within 2 percent",
        beside_2021(people),
        {"one woman in 25 of 20 to 29 has left": beside_2021(moved)},
    )


def by_year(found, theory):
    """Compare the numbers of each year, [seeds, years], with theirs by theory."""
    years = [str(2013 + year) for year in range(found.shape[1])]
    return within(found / theory - 1, -0.05, 0.05, years, common=True)


def test_deaths_are_those_that_the_tables_imply_and_births_those_that_were_counted(past, check):
    people, tallies = past
    deaths, births = tallies[..., Tally.DEATHS], tallies[..., Tally.BIRTHS]
    implied = np.array([[((one[k] + one[k + 1]) / 2 * _death_rates(k)).sum() for k in range(YEARS)] for one in people])
    check(
        "Deaths each year, relative difference",
        "people of mid-year by age times death rates: life tables of the UK and Wales' ratio to them, within 5 percent",
        by_year(deaths, implied),
        {"a tenth more deaths": by_year(1.1 * deaths, implied)},
    )
    counted = np.array([float(row["aged_0_next_year"]) for row in evidence.rows("fertility")])
    from_july = (EARLIER * births[:, :-1] + LATER * births[:, 1:])[:, : len(counted)]  # a year of the table begins in July
    check(
        "Births each year from July, relative difference",
        "those who were counted, within 5 percent",
        by_year(from_july, counted),
        {"a tenth more births": by_year(1.1 * from_july, counted)},
    )


_WALES_OVER_UK = 1.08
"""Life expectancy of Welsh authorities against UK tables: 1.05 to 1.12."""


def _death_rates(year):
    """Return deaths a year for each person alive in its middle, by sex and age, 90 and over as those of 2013 are: [2, 91]."""
    rates, old = -np.log1p(-_WALES_OVER_UK * evidence.mortality()[year]), evidence.population_by_age()[:, 90:]
    found = rates[:, :91].copy()
    found[:, 90] = (rates[:, 90:101] * old).sum(axis=1) / old.sum(axis=1)
    return found
