"""Between the tables of a population and the state that a run begins with, both ways.

What the tables do not say is drawn as for the model's own founders, part by part; what they say is put back after each part, so
that later parts follow from it: the level of need from its kind, wellbeing from the level of need.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from copro_sim.core.units import MONTHS_PER_YEAR, STRENGTH_ONE
from copro_sim.interchange.cells import DTYPES
from copro_sim.interchange.checks import ages
from copro_sim.interchange.population import Population
from copro_sim.interchange.tables import TABLES
from copro_sim.population import build, own
from copro_sim.population.own import Part
from copro_sim.population.places import chosen, residents
from copro_sim.scenario.evidence import authorities
from copro_sim.state.bonds import pack_bond
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.columns import CITIZEN_COLUMNS, COMMUNITY_COLUMNS, NOBODY, Citizens, Communities, empty
from copro_sim.state.context import turn_of
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_SAME = (
    "kin_elsewhere", "need_kind", "need_level", "above_means", "work_rank", "reserve", "contentment", "sociable",
    "reluctance", "wellbeing", "belonging", "agency", "trust",
)  # fmt: skip
"""Columns of citizens that a state holds under the same name."""

_OF_HOME = "prefers_welsh"
_MIDDLE_FIFTH = 2


def state_of(
    population: Population, *, seed: int, month: int, tables: build.Tables, params: build.Params, slack: float = 0.0
) -> tuple[State, Array]:
    """Return the world at its start and the real people for whom each council's citizens stand, as `build_state` does.

    Parameters
    ----------
    population
        Whoever lives there.
    seed, month, slack
        As for `build_state`.
    tables, params
        By which is drawn what the population does not say (`build.tables_of`).
    """
    places, found = _places(population), _people(population)
    c, held = _citizens(found), _held(found, population)
    place, bound = found["home"].to_numpy(np.int64), "bonds" in population.tables

    def drawn(part: Part) -> None:
        own.draw(part, c, places, place, _welsh(places, population), tables, params, seed=seed)
        _put_back(c, found)

    if bound:
        c.bonds[:] = np.bincount(held.row, minlength=len(found))
        c.bond[held.row, held.at] = held.bond
    for part in Part:
        if part != (Part.BONDS if bound else Part.STRENGTHS):
            drawn(part)
    if bound:
        c.bond[held.row[held.said], held.at[held.said]] = held.bond[held.said]
    c.around[:] = c.reluctance
    where = chosen(population.councils)
    people = np.bincount(places.authority, places.size, minlength=len(where)).astype(np.int64)
    return State(c, places, month).roomy(slack), residents()[where].sum(axis=(1, 2)) / people


def population_from(state: State, councils: tuple[str, ...]) -> Population:
    """Return the population that a state holds, every column said: `state_of` makes the same state of it.

    Parameters
    ----------
    state
        As `build_state` returns it: nobody has lived a month yet.
    councils
        English names, in the order of `communities.authority`.
    """
    content, places = state.content(), state.communities
    communities = pd.DataFrame(
        {"community": places.id, "council": np.array(councils)[places.authority], "deprivation": places.deprivation + 1,
         "setting": places.setting}
    )  # fmt: skip
    homes = pd.DataFrame({name: content[name] for name in ("community", "household", _OF_HOME)})
    citizens = pd.DataFrame(
        {"citizen": content["id"], "community": content["community"], "household": content["household"], "sex": content["sex"],
         "born": content["birth_month"], "partner": content["partner"], **{name: content[name] for name in _SAME}}
    )  # fmt: skip
    who, at = np.nonzero(content["bond_other"] >= 0)
    strengths = content["bond_strength"][who, at] / STRENGTH_ONE
    bonds = pd.DataFrame(
        {"citizen": content["id"][who], "other": content["bond_other"][who, at], "kind": content["bond_kind"][who, at],
         "strength": strengths}
    )  # fmt: skip
    homes = homes.drop_duplicates(["community", "household"]).sort_values(["community", "household"], kind="stable")
    tables = {"communities": communities, "households": homes.reset_index(drop=True), "citizens": citizens, "bonds": bonds}
    return Population({name: _as_read(name, table) for name, table in tables.items()})


def _as_read(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the types that reading it back gives; nobody is no partner."""
    found = {}
    for column in table:
        values = table[column].astype(DTYPES[TABLES[name][str(column)].kind])
        found[column] = values.mask(values < 0) if column == "partner" else values
    return pd.DataFrame(found)


def _places(population: Population) -> Communities:
    """Return the communities, those of a council together, stored without gaps."""
    table = _communities(population)
    rows = Communities(*empty(COMMUNITY_COLUMNS, len(table)))
    rows.id[:] = table["community"]
    rows.authority[:] = table["authority"]
    usual = np.array([int(authorities()[k].setting) for k in chosen(population.councils)])[rows.authority]
    rows.setting[:] = _said(table, "setting", usual)
    rows.deprivation[:] = _said(table, "deprivation", np.full(len(table), _MIDDLE_FIFTH + 1)) - 1
    rows.size[:] = table["community"].map(population.tables["citizens"]["community"].value_counts())
    rows.founded[:] = rows.capacity[:] = rows.size
    rows.start[:] = np.cumsum(rows.capacity) - rows.capacity
    return rows


def _communities(population: Population) -> pd.DataFrame:
    table = population.tables["communities"]
    number = {name: k for k, name in enumerate(population.councils)}
    return table.assign(authority=table["council"].map(number).astype(np.int64)).sort_values("authority", kind="stable")


def _people(population: Population) -> pd.DataFrame:
    """Return the citizens as they are stored (men first, then by age) with what is said of their households.

    `number` is that of the community, `home` counts households in the order of streets, `place` is the place in the community.
    """
    number = pd.Series(range(len(population.tables["communities"])), _communities(population)["community"])
    said = population.tables["citizens"]
    found = said.assign(age=ages(said), number=said["community"].map(number))
    found = found.sort_values(["number", "sex", "age", "citizen"], ignore_index=True)
    found["home"] = found.groupby("number")["household"].rank("dense").astype(np.int64) - 1
    found["place"] = found.groupby("number").cumcount()
    return found.merge(population.tables["households"], how="left", on=["community", "household"])


def _citizens(found: pd.DataFrame) -> Citizens:
    """Return citizens of whom only is known what must be said."""
    c = Citizens(*empty(CITIZEN_COLUMNS, len(found)))
    c.id[:], c.household[:], c.sex[:] = found["citizen"], found["household"], found["sex"]
    c.life[:], c.turn[:] = int(Life.ALIVE), turn_of(c.id)
    c.birth_month[:] = -MONTHS_PER_YEAR * found["age"].to_numpy(np.int64)
    c.partner[:] = NOBODY
    if "partner" in found:
        coupled = found["partner"].notna().to_numpy()
        c.partner[coupled] = _place_of(found, found["partner"][coupled])
    return c


def _place_of(found: pd.DataFrame, citizens: Any) -> Array:
    """Return the places within their communities of citizens with these numbers."""
    return found.set_index("citizen")["place"].loc[citizens].to_numpy()


class _Held(NamedTuple):
    """Bonds as they are stored: of whom, at which place among his or hers, packed, and whether the strength is said."""

    row: Array
    at: Array
    bond: Array
    said: Array


def _held(found: pd.DataFrame, population: Population) -> _Held:
    """Return the bonds that are said, and those between people at home that are not."""
    key = ["number", "household"]
    at_home = found[["citizen", *key]].merge(found[["citizen", *key]].rename(columns={"citizen": "other"}), on=key)
    at_home = at_home[at_home["citizen"] != at_home["other"]][["citizen", "other"]].assign(kind=int(BondKind.HOUSEHOLD))
    said = population.tables.get("bonds", at_home[:0])
    bonds = pd.concat([said, at_home], ignore_index=True).drop_duplicates(["citizen", "other"], ignore_index=True)
    row = pd.Series(found.index, found["citizen"]).loc[bonds["citizen"]].to_numpy()
    strength = bonds["strength"] if "strength" in bonds else pd.Series(pd.NA, bonds.index, dtype="Float64")
    fixed = np.rint(strength.fillna(0.0).to_numpy(float) * STRENGTH_ONE).astype(np.int64)
    packed = pack_bond(_place_of(found, bonds["other"]), bonds["kind"].to_numpy(np.int64), fixed)
    return _Held(row, bonds.groupby("citizen").cumcount().to_numpy(), packed, strength.notna().to_numpy())


def _welsh(places: Communities, population: Population) -> Array:
    shares = np.array([authorities()[k].welsh_percent / 100.0 for k in chosen(population.councils)])
    return shares[places.authority]


def _put_back(c: Citizens, found: pd.DataFrame) -> None:
    """Write what is said over what was drawn."""
    for name in (*_SAME, _OF_HOME):
        column = getattr(c, name)
        column[:] = _said(found, name, column)
    c.birth_month[:] = _said(found, "born", c.birth_month)


def _said(table: pd.DataFrame, name: str, otherwise: Array) -> Array:
    """Return a column of a table, and `otherwise` where nothing is said."""
    if name not in table:
        return otherwise
    known = table[name].notna().to_numpy()
    return np.where(known, table[name].fillna(0).to_numpy(otherwise.dtype), otherwise)
