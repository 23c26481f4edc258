"""What one run leaves behind: exact tallies, and everything that can be read from them."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray

from copro_sim.core.units import MONTHS_PER_YEAR, START_MONTH, START_YEAR
from copro_sim.language import N_, _
from copro_sim.processes.tally import AGE_BANDS, Tally
from copro_sim.results import export
from copro_sim.results.canonical import canonical_bytes
from copro_sim.results.citizens import citizens_of, reciprocity_of
from copro_sim.results.graph import bonds_of
from copro_sim.results.indicators import COUNTED, INDICATORS, measured, money
from copro_sim.results.institutions import COUNCIL, PRACTICE, by_council, leadership_flows, of_the_nation, orders
from copro_sim.results.outcomes import outcomes_table
from copro_sim.results.provenance import provenance
from copro_sim.results.tallies import Tallies
from copro_sim.scenario.schema import Scenario
from copro_sim.state.codes import Setting, Sex
from copro_sim.state.context import Policy
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
AGE_NAMES = (*(f"{a} to {b - 1}" for a, b in pairwise(AGE_BANDS)), f"{AGE_BANDS[-1]} and over")
SEX_NAMES = (N_("men"), N_("women"))
FIFTH_NAMES = (N_("most deprived fifth"), N_("second most deprived fifth"), N_("middle fifth"), N_("second least deprived fifth"),
               N_("least deprived fifth"))  # fmt: skip
_GROUPS = ("year", "sex", "age_band", "fifth", "setting")
assert (Sex.MALE, Sex.FEMALE) == (0, 1)


def group_name(name: str) -> str:
    """Return what a group of `AGE_NAMES`, `SEX_NAMES` or `FIFTH_NAMES` is called in the language spoken."""
    low, to, high = name.partition(" to ")
    if to:
        return _("{low} to {high}", low=low, high=high)
    age, over, _rest = name.partition(" and over")
    return _("{age} and over", age=age) if over else _(name)


@dataclass(frozen=True, eq=False)
class Results:
    """What came of one run.

    Parameters
    ----------
    scenario
        As it was run.
    seed
        Key of all chance.
    engine
        What ran it; results do not depend on it.
    authorities
        English names of the councils, in the order of every array.
    weights
        Real people for each simulated citizen, float64 [authorities].
    tallies
        The exact counts.
    decided
        What councils decided, one for each year; every array [12 months, authorities].
    accounts
        Pence of 2013-14, int64 [years, authorities]: budget, carried_in, care_spent, coproduction_spent, reserved and
        carried_out.
    prices
        Pounds of 2013-14 an hour of council support, float64 [years].
    institutions
        What institutions did in each month, by name (`results.institutions.RECORDED`).
    state
        The world after the last month.
    own_processes
        Names of processes that are not the model's own but the user's; nobody else can relive such a run.
    population
        Somebody's own with whom the run began (`interchange.population.Population`); None if the model's.
    """

    scenario: Scenario
    seed: int
    engine: str
    authorities: tuple[str, ...]
    weights: Array
    tallies: Tallies
    decided: tuple[Policy, ...]
    accounts: dict[str, Array]
    prices: Array
    institutions: dict[str, Array]
    state: State
    own_processes: tuple[str, ...] = ()
    population: Any = None

    def __repr__(self) -> str:
        """Return a line, for notebooks: whole scenarios and tables would fill pages."""
        return f"<Results of {self.scenario.name}, seed {self.seed}, {self.years} years; .data, .citizens(), .bonds()>"

    @property
    def years(self) -> int:
        """Years lived."""
        return len(self.tallies.group)

    @cached_property
    def data(self) -> xarray.Dataset:
        """Every indicator, for real people, by month and authority (see `results/indicators.py`)."""
        values = self.by_authority
        coords = {"month": months(self.years), "authority": list(self.authorities)}
        return _dataset(values, ("month", "authority"), coords)

    @cached_property
    def groups(self) -> xarray.Dataset:
        """Every counted indicator by year, sex, age band, deprivation fifth and setting: means of the year's months."""
        tallies = self.tallies.by_group()
        coords = {
            "year": [START_YEAR + k for k in range(self.years)],
            "sex": list(SEX_NAMES),
            "age_band": list(AGE_NAMES),
            "fifth": list(FIFTH_NAMES),
            "setting": [setting.name.lower() for setting in Setting],
        }
        return _dataset({name: measured(INDICATORS[name], tallies) for name in COUNTED}, _GROUPS, coords)

    def frame(self) -> pd.DataFrame:
        """Return `data` as a tidy table: one row for each month, authority and indicator."""
        wide = self._wide(self.data)
        return wide.melt(id_vars=["month", "authority"], var_name="indicator", value_name="value")

    def national(self) -> xarray.Dataset:
        """Return every indicator over all authorities by month: hours, people, money added up; means by citizens."""
        return _dataset(self.national_values(), ("month",), {"month": months(self.years)})

    def national_values(self) -> dict[str, Array]:
        """Return what `national` holds as float64 [months], by name of the indicator."""
        weighted = self._weighted
        total = weighted.sum(axis=1)
        people = weighted[..., Tally.CITIZENS]
        shares = np.divide(people, people.sum(axis=1, keepdims=True), out=np.full(people.shape, np.nan), where=people > 0)
        found = {}
        for name, values in self.by_authority.items():
            indicator = INDICATORS[name]
            if indicator.of:
                found[name] = measured(indicator, total)
            else:
                adds_up = indicator.kind in ("money", "heads")
                found[name] = values.sum(axis=1) if adds_up else np.nansum(values * shares, axis=1)
        return found

    @cached_property
    def by_authority(self) -> dict[str, Array]:
        """What `data` holds as float64 [months, authorities], by name of the indicator, in the order of `INDICATORS`."""
        pounds = money(self._weighted, self.accounts, self.prices)
        found = {}
        for name, indicator in INDICATORS.items():
            if name in self.institutions:
                record = self.institutions[name].astype(np.float64)
                found[name] = record if record.ndim == 2 else np.repeat(record[:, None], len(self.authorities), axis=1)
            elif indicator.kind == "policy":
                found[name] = np.concatenate([getattr(policy, name) for policy in self.decided]).astype(np.float64)
            else:
                found[name] = measured(indicator, self._weighted) if indicator.of else pounds[name]
        return found

    def citizens(self) -> pd.DataFrame:
        """Return the last month's living citizens, one row each, ordered by community and id.

        Help received and given, need and unmet need are in hours a week; other columns as in `state/columns.py`.
        """
        return citizens_of(self.state, self.authorities)

    def bonds(self) -> Any:
        """Return the last month's bonds as a networkx.DiGraph: who (an id of `citizens()`) feels bound to help whom.

        Nodes have the columns of `citizens()` as attributes; edges have `kind` (household, kin, friend or neighbour) and
        `strength`, 0 to 1.
        """
        return bonds_of(self.state, self.authorities)

    def reciprocity(self) -> pd.DataFrame:
        """Return who gave and received in the last month, and how others feel bound to them, by need level.

        See `results.citizens.reciprocity_of` for the columns.
        """
        return reciprocity_of(self.state)

    def councils(self) -> pd.DataFrame:
        """Return one row for each month and council: leadership and what moved it, practice, and the implementation gap."""
        kept = self.institutions | leadership_flows(self.institutions)
        return by_council(kept, (*COUNCIL, *leadership_flows(self.institutions)), months(self.years), self.authorities)

    def practitioners(self) -> pd.DataFrame:
        """Return one row for each month and council: practitioners, those who practise, and why they became more or fewer."""
        return by_council(self.institutions, PRACTICE, months(self.years), self.authorities)

    def members(self) -> pd.DataFrame:
        """Return one row for each month: the Senedd's attention, commitment and members, and what moved them."""
        return of_the_nation(self.institutions, months(self.years))

    def policies(self) -> pd.DataFrame:
        """Return one row for each month and council: what the council had decided (`state.context.Orders`)."""
        return orders(self.decided, months(self.years), self.authorities)

    def outcomes(self) -> pd.DataFrame:
        """Return the eight headings of the National Outcomes Framework with the run's mean of each indicator for them."""
        return outcomes_table({name: float(np.nanmean(values)) for name, values in self.national_values().items()})

    def content_hash(self) -> str:
        """Return the SHA-256 of all that came of the run, as hexadecimal digits; the engine has no part in it."""
        digest = hashlib.sha256(json.dumps(self.scenario.dump(), sort_keys=True).encode())
        digest.update(json.dumps([self.seed, *self.authorities]).encode())
        arrays = [self.weights, self.prices, self.tallies.month, self.tallies.group]
        arrays += [column for policy in self.decided for column in policy]
        arrays += [self.accounts[name] for name in sorted(self.accounts)]
        arrays += [self.institutions[name] for name in sorted(self.institutions)]
        for array in arrays:
            digest.update(canonical_bytes(array))
        digest.update(self.state.content_hash().encode())
        return digest.hexdigest()

    def save(self, directory: str | Path) -> Path:
        """Write data, groups and provenance to a folder and return it.

        `months.nc` and `groups.nc` are compressed NetCDF, `months.csv` holds the same as `months.nc`, the folder `population` the
        people that the run began with if they are somebody's own, and
        `provenance.json`, written last, says how all came about.
        """
        about = provenance(
            (self.scenario,), seed=self.seed, engine=self.engine, content_hash=self.content_hash(),
            **({"own_processes": list(self.own_processes)} if self.own_processes else {}),
            **({} if self.population is None else {"population": self.population.content_hash}),
        )  # fmt: skip
        if self.population is not None:
            self.population.keep(directory)
        return export.save(
            Path(directory),
            {
                "months.nc": lambda path: export.write_dataset(self.data, path),
                "groups.nc": lambda path: export.write_dataset(self.groups, path),
                "months.csv": lambda path: self._wide(self.data).to_csv(path, index=False, lineterminator="\n"),
            },
            about,
        )

    @cached_property
    def _weighted(self) -> Array:
        return self.tallies.weighted(self.weights)

    @staticmethod
    def _wide(data: xarray.Dataset) -> pd.DataFrame:
        return data.to_dataframe().reset_index()


def months(years: int) -> Array:
    """Return the first day of each month from April 2013, datetime64[ns] [months]."""
    first = np.datetime64(f"{START_YEAR}-{START_MONTH:02d}", "M")
    return (first + np.arange(years * MONTHS_PER_YEAR)).astype("datetime64[ns]")


def _dataset(values: dict[str, Array], dims: tuple[str, ...], coords: dict[str, Any]) -> xarray.Dataset:
    """Return named arrays as a dataset that says what each is."""
    return xarray.Dataset({name: (dims, array, attributes(name)) for name, array in values.items()}, coords)


def attributes(name: str) -> dict[str, str]:
    """Return what a dataset says of an indicator: unit, long_name and meaning."""
    indicator = INDICATORS[name]
    return {"unit": indicator.unit, "long_name": indicator.title, "meaning": indicator.meaning}
