"""What must hold between the tables of a population: who is where, who lives with whom, who is bound to whom."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.interchange.cells import Rows
from copro_sim.interchange.tables import FEWEST, MOST_AT_THE_START, MOST_BONDS
from copro_sim.population.homes import ADULT_FROM
from copro_sim.scenario.problems import Problem
from copro_sim.state.codes import BondKind

Tables = dict[str, pd.DataFrame]
_HOUSEHOLD = int(BondKind.HOUSEHOLD)


def problems_between(tables: Tables, rows: dict[str, Rows]) -> Iterator[Problem]:
    """Yield all that is wrong between tables whose cells are well."""
    yield from _places(tables, rows)
    yield from _citizens(tables, rows)
    yield from _homes(tables, rows)
    if "bonds" in tables:
        yield from _bonds(tables, rows)


def ages(citizens: pd.DataFrame) -> Any:
    """Return years of age in April 2013, from `born` where it is known; missing where neither is."""
    given = citizens["age"] if "age" in citizens else pd.Series(pd.NA, citizens.index, dtype="Int64")
    return (-citizens["born"] // 12).fillna(given) if "born" in citizens else given


def _places(tables: Tables, rows: dict[str, Rows]) -> Iterator[Problem]:
    communities, households, citizens = (tables[name] for name in ("communities", "households", "citizens"))
    where = rows["communities"]
    yield from where.problems(communities["community"].duplicated(), "is there before: each community once", "community")
    clash = communities["community"].isin(citizens["citizen"])
    message = "is a citizen's number, too: luck is drawn by number, so give communities numbers of their own"
    yield from where.problems(clash, message, "community")
    people = communities["community"].map(citizens["community"].value_counts()).fillna(0)
    yield from where.problems(people == 0, "has no citizens", "community")
    message = f"has more than {MOST_AT_THE_START:,} citizens: divide it"
    yield from where.problems(people > MOST_AT_THE_START, message, "community")
    of_council = people.groupby(communities["council"]).transform("sum")
    first = ~communities["council"].duplicated()
    yield from where.problems(
        first & (of_council < FEWEST),
        lambda row: f"has {int(of_council.iloc[row])} citizens in all: a council needs at least {FEWEST}", "council",
    )  # fmt: skip
    where = rows["households"]
    yield from where.problems(_twice(households, "community", "household"), "is there before in its community", "household")
    nowhere = ~households["community"].isin(communities["community"])
    yield from where.problems(nowhere, "is no community in communities", "community")


def _citizens(tables: Tables, rows: dict[str, Rows]) -> Iterator[Problem]:
    households, citizens, where = tables["households"], tables["citizens"], rows["citizens"]
    yield from where.problems(citizens["citizen"].duplicated(), "is there before: each citizen once", "citizen")
    yield from where.problems(~_in(citizens, households), "is no household of that community in households", "household")
    unknown = ages(citizens).isna()
    yield from where.problems(unknown, "is empty, and so is born: give one of the two", "age")
    if "age" in citizens and "born" in citizens:
        differ = (citizens["age"] != -citizens["born"] // 12).fillna(False)
        yield from where.problems(differ, "is not the age in April 2013 of somebody born in that month: leave out one", "age")
    if "need_kind" in citizens:
        level = citizens["need_level"] if "need_level" in citizens else pd.Series(pd.NA, citizens.index, dtype="Int64")
        yield from where.problems(citizens["need_kind"].notna() & level.isna(), "needs need_level beside it", "need_kind")
    if "partner" in citizens:
        yield from _partners(citizens, where)


def _partners(citizens: pd.DataFrame, where: Rows) -> Iterator[Problem]:
    coupled = citizens["partner"].notna()
    by_id = citizens.drop_duplicates("citizen").set_index("citizen")
    known = citizens["partner"].isin(by_id.index)
    yield from where.problems(coupled & ~known, "is no citizen in citizens", "partner")
    couple = citizens[coupled & known]
    other = by_id.loc[couple["partner"]].set_index(couple.index)
    itself = (couple["partner"] == couple["citizen"]).reindex(citizens.index, fill_value=False)
    yield from where.problems(itself, "is the citizen himself or herself", "partner")
    wrong = (other["partner"] != couple["citizen"]).fillna(True).reindex(citizens.index, fill_value=False)
    yield from where.problems(wrong & ~itself, "has another partner, or none: partners name each other", "partner")
    apart = ((other["household"] != couple["household"]) | (other["community"] != couple["community"]))
    yield from where.problems(apart.reindex(citizens.index, fill_value=False), "lives in another household", "partner")
    young = (ages(citizens) < ADULT_FROM).fillna(False)
    yield from where.problems(coupled & young, f"must be empty below the age of {ADULT_FROM}", "partner")


def _homes(tables: Tables, rows: dict[str, Rows]) -> Iterator[Problem]:
    households, citizens, where = tables["households"], tables["citizens"], rows["households"]
    living, key = citizens.assign(grown=ages(citizens) >= ADULT_FROM), ["community", "household"]
    found = households[key].merge(living.groupby(key)["grown"].agg(["size", "sum"]).reset_index(), how="left", on=key)
    size, grown = found["size"].fillna(0), found["sum"].fillna(0)
    yield from where.problems(size == 0, "has nobody in citizens", "household")
    yield from where.problems((size > 0) & (grown == 0), f"has nobody of {ADULT_FROM} or over", "household")
    yield from where.problems(size > MOST_BONDS + 1, f"has more than {MOST_BONDS + 1} people", "household")


def _bonds(tables: Tables, rows: dict[str, Rows]) -> Iterator[Problem]:
    citizens, bonds, where = tables["citizens"].drop_duplicates("citizen"), tables["bonds"], rows["bonds"]
    by_id = citizens.set_index("citizen")
    for name in ("citizen", "other"):
        yield from where.problems(~bonds[name].isin(by_id.index), "is no citizen in citizens", name)
    itself = bonds["citizen"] == bonds["other"]
    yield from where.problems(itself, "is bound to himself or herself", "other")
    yield from where.problems(_twice(bonds, "citizen", "other"), "is bound to that other in a row before", "other")
    back = bonds.rename(columns={"citizen": "other", "other": "citizen", "kind": "back"})[["citizen", "other", "back"]]
    kinds = bonds.merge(back.drop_duplicates(["citizen", "other"]), how="left", on=["citizen", "other"])["back"]
    known = bonds["citizen"].isin(by_id.index) & bonds["other"].isin(by_id.index) & ~itself
    yield from where.problems(known & kinds.isna(), "has no row the other way: bonds come in pairs", "other")
    yield from where.problems((known & kinds.notna() & (kinds != bonds["kind"])).fillna(False), "differs the other way", "kind")
    one, two = (by_id.reindex(bonds[name]).reset_index(drop=True) for name in ("citizen", "other"))
    apart = (one["community"] != two["community"]).fillna(False)
    yield from where.problems(known & apart, "lives in another community: bonds stay within one", "other")
    at_home = (~apart & (one["household"] == two["household"])).fillna(False)
    message = "must be household for those who live together, and only for them"
    yield from where.problems(known & ~apart & (at_home != (bonds["kind"] == _HOUSEHOLD)), message, "kind")
    yield from _too_many(citizens, bonds, rows["citizens"])


def _too_many(citizens: pd.DataFrame, bonds: pd.DataFrame, where: Rows) -> Iterator[Problem]:
    """Find who holds too many bonds, together with those to everybody at home."""
    at_home = citizens.groupby(["community", "household"])["citizen"].transform("size") - 1
    outside = citizens["citizen"].map(bonds[bonds["kind"] != _HOUSEHOLD]["citizen"].value_counts()).fillna(0)
    many = (at_home + outside).reindex(range(len(where.lines)), fill_value=0)
    yield from where.problems(
        many > MOST_BONDS,
        lambda row: f"has {int(many[row])} bonds, those to everybody at home among them: at most {MOST_BONDS}", "citizen",
    )  # fmt: skip


def _twice(table: pd.DataFrame, *names: str) -> Any:
    return table.duplicated(list(names)) & table[list(names)].notna().all(axis=1)


def _in(citizens: pd.DataFrame, households: pd.DataFrame) -> Any:
    key = ["community", "household"]
    marked = households[key].drop_duplicates().assign(there=True)
    return np.asarray(citizens[key].merge(marked, how="left", on=key)["there"].notna())
