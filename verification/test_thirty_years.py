"""Thirty years without a change of policy: what the community is like stays as it was, unless demography moves it.

Each measure is compared with its own start twice: as it is, and at the start's mix of sex and age ('standardised'), which
takes demography out. Strain is standardised by who shares a home with somebody in need, too: homes grow smaller, and those
of working age live with a parent in need less and less. Only the standardised one must stay within the stated bound; the
table printed says which of them demography has moved. Run with `-s` to read it.
"""

import numpy as np
import pandas as pd
import pytest

import copro_sim as cs
from copro_sim.engines import simulate
from copro_sim.processes.tally import AGE_BANDS
from copro_sim.results.citizens import citizens_of
from copro_sim.state.codes import NeedLevel
from verdicts import within

YEARS, LATER = 30, (10, 20, 30)
SEEDS = range(1, 17)
WITH_AN_ERROR = (1, 2, 3)
"""Seeds of runs with an error planted, of which fewer tell."""
BOUNDS = {
    "household size": 0.15,
    "share living alone": 0.15,
    "bonds a citizen": 0.15,
    "strain": 0.35,
    "balance of members, hours": 0.35,
    "share lonely": 0.30,
}
"""Largest change of the standardised measure over thirty years, as a share of its start."""


CELLS = {name: ["sex", "band"] for name in BOUNDS} | {"strain": ["sex", "band", "need at home"]}
"""What demography is taken to be for each measure."""


def measures(state, authorities):
    """Return one row for each citizen: sex, age band and each measure (NaN where it does not apply)."""
    citizens = citizens_of(state, authorities)
    bands = np.searchsorted(AGE_BANDS, citizens["age"], side="right") - 1
    homes = citizens.assign(needy=citizens["need_level"] >= NeedLevel.MODERATE).groupby(["community", "household"])
    home, needy = homes["id"].transform("size"), homes["needy"].transform("sum")
    return pd.DataFrame(
        {
            "sex": citizens["sex"],
            "band": bands,
            "need at home": needy > (citizens["need_level"] >= NeedLevel.MODERATE),
            "household size": home,
            "share living alone": (home == 1).where(citizens["age"] >= 16).astype(float),
            "bonds a citizen": citizens["bonds"],
            "strain": citizens["strain"],
            "balance of members, hours": (citizens["balance"] / 60).where(citizens["member"] == 1),
            "share lonely": citizens["lonely"],
        }
    )


def standardised(then, start):
    """Return means of `then` at the mix of CELLS that those to whom a measure applies had at the start."""
    found = {}
    for name in BOUNDS:
        mix = start.dropna(subset=name).groupby(CELLS[name]).size()
        by_cell = then.groupby(CELLS[name])[name].mean().reindex(mix.index)
        known = by_cell.notna()
        found[name] = float((by_cell * mix)[known].sum() / mix[known].sum())
    return found


def measured(seed, **changes):
    """Return the measures after a year and after each ten years, as they are and standardised."""
    scenario = cs.load_scenario("steady-and-co-produced").replace(
        {"coproduction.practice_from_year": 2013, "coproduction.practice_until_year": 2013, "population.citizens": 20_000}
        | changes
    )
    begin = simulate.start(scenario, seed=seed, threads=2)
    rows, start = {}, None
    for year, lived in enumerate(simulate.years(begin, seed=seed, threads=2, count=YEARS), 1):
        if year in (1, *LATER):
            now = measures(lived.state, begin.settled.authorities)
            start = now if start is None else start
            rows[year, "as it is"] = now[list(BOUNDS)].mean()
            rows[year, "standardised"] = pd.Series(standardised(now, start))
    return pd.DataFrame(rows).T


@pytest.fixture(scope="module")
def tables():
    """What was measured with each seed; the mean is printed with what demography has moved."""
    tables = [measured(seed) for seed in SEEDS]
    found = sum(tables) / len(tables)
    print(found.round(3).to_string())
    raw, same = (found.xs(way, level=1) for way in ("as it is", "standardised"))
    moved = (raw.loc[YEARS] / raw.loc[1] - same.loc[YEARS] / same.loc[1]).abs() > 0.05
    print("moved by demography:", ", ".join(moved.index[moved]) or "none")
    return tables


def changes_of(tables, name):
    """Return changes of a standardised measure as shares of its start, [seeds, LATER]."""
    found = np.array([[table.loc[(year, "standardised"), name] for year in (1, *LATER)] for table in tables])
    return found[:, 1:] / found[:, :1] - 1


@pytest.mark.parametrize(
    ("name", "error", "planted"),
    [
        ("household size", "nobody is born", {"births.fertility_ratio": 0.0}),
        ("share living alone", "nobody finds a partner", {"moving.partner_percent": 0.0}),
        ("bonds a citizen", "nobody looks for company", {"bonds.seeking": 0.0}),
        ("strain", "strain hardly passes", {"strain.recovery": 0.001}),
        ("balance of members, hours", "who joins begins with nothing", {"joining.opening_hours": 0.0}),
        ("share lonely", "nobody looks for company", {"bonds.seeking": 0.0}),
    ],
)
def test_what_demography_does_not_move_stays_within_the_range_of_the_start(tables, name, error, planted, check):
    def stays(tables):
        years = [f"after {year} years" for year in LATER]
        return within(changes_of(tables, name), -BOUNDS[name], BOUNDS[name], years)

    check(
        f"Change over thirty years without a change of policy: {name}, as a share of its start",
        "what demography does not move stays as it was: the mix of sex and age held",
        stays(tables),
        {error: stays([measured(seed, **planted) for seed in WITH_AN_ERROR])},
    )
