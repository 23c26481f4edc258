"""The citizens at the end of a run as a table: words for codes, hours a week for minutes a month."""

from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, STRENGTH_ONE
from copro_sim.state.codes import BondKind, Life, Mode, Need, NeedKind, NeedLevel, Practice, Sex, Source
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_WORDS: dict[str, type[IntEnum]] = {"sex": Sex, "need_kind": NeedKind, "mode": Mode, "practice": Practice}
_LEFT_OUT = ("life", "arrived", "id", "birth_month", "community")
_MINUTES = ("spare", "capacity", "given", "undelivered", "credit_given", "credit_received", "wanted")
_ADULT_FROM = 18
_UNPAID = (Source.HOUSEHOLD, Source.KIN, Source.FRIEND, Source.NEIGHBOUR)


def citizens_of(state: State, authorities: tuple[str, ...]) -> pd.DataFrame:
    """Return one row for each living citizen, ordered by community and id.

    Parameters
    ----------
    state
        The world after a month; ages are those of the month that has just been lived.
    authorities
        Names of the councils, in the order of `communities.authority`.
    """
    content = state.content()
    living = content["life"] == Life.ALIVE
    found = {name: column[living] for name, column in content.items()}
    columns: dict[str, Any] = {"id": found["id"], "age": (state.month - 1 - found["birth_month"]) // MONTHS_PER_YEAR}
    columns["community"], columns["authority"] = found["community"], _authority(state, found["community"], authorities)
    for name, column in found.items():
        if column.ndim == 1 and name not in _LEFT_OUT:
            columns[name] = _column(name, column)
    return pd.DataFrame(columns | _by_need("need", found) | _by_need("unmet", found) | _by_source(found["received"]))


def reciprocity_of(state: State) -> pd.DataFrame:
    """Return who gave and received in the last month, and how strongly others feel bound to them, by need level.

    One row for each need level, of adults: `citizens`; the shares who `gave`, `received` and did `both` (along bonds or
    through the group; from anybody but the council and what was bought); and the mean strength, 0 to 1, that others
    outside the household feel towards those who gave (`felt_for_givers`) and who did not (`felt_for_others`). A measure of
    process: reciprocity is no win by itself.
    """
    content = state.content()
    age = (state.month - 1 - content["birth_month"]) // MONTHS_PER_YEAR
    adults = (content["life"] == Life.ALIVE) & (age >= _ADULT_FROM)
    gave = content["given"].astype(int) + content["credit_given"] > 0
    unpaid = content["received"][:, :, list(_UNPAID)].sum(axis=(1, 2), dtype=np.int64) + content["credit_received"]
    felt = _felt(content)
    rows = []
    for level in NeedLevel:
        here = adults & (content["need_level"] == level)
        shares = {"gave": gave, "received": unpaid > 0, "both": gave & (unpaid > 0)}
        row: dict[str, Any] = {"need_level": level.name.lower(), "citizens": int(here.sum())}
        row |= {name: _mean(true[here]) for name, true in shares.items()}
        row |= {"felt_for_givers": _mean(felt[here & gave]), "felt_for_others": _mean(felt[here & ~gave])}
        rows.append(row)
    return pd.DataFrame(rows).set_index("need_level")


def _felt(content: dict[str, Array]) -> Array:
    """Return the mean strength that others outside the household feel towards each citizen; NaN where nobody does."""
    held = (content["bond_other"] >= 0) & (content["bond_kind"] != BondKind.HOUSEHOLD)
    order = np.argsort(content["id"], kind="stable")
    place = order[np.searchsorted(content["id"][order], content["bond_other"][held])]
    count = np.bincount(place, minlength=len(order))
    total = np.bincount(place, weights=content["bond_strength"][held], minlength=len(order)) / STRENGTH_ONE
    return np.divide(total, count, out=np.full(len(order), np.nan), where=count > 0)


def _mean(values: Array) -> float:
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    return float(known.mean()) if len(known) else float("nan")


def _column(name: str, column: Array) -> Array:
    if name in _WORDS:
        return np.array([code.name.lower().replace("_", " ") for code in _WORDS[name]])[column]
    return column / MINUTES_PER_MONTH_OF_WEEKLY_HOUR if name in _MINUTES else column


def _authority(state: State, community: Array, authorities: tuple[str, ...]) -> Array:
    order = np.argsort(state.communities.id)
    number = order[np.searchsorted(state.communities.id[order], community)]
    return np.array(authorities)[state.communities.authority[number]]


def _by_need(name: str, found: dict[str, Array]) -> dict[str, Array]:
    hours = found[name] / MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    return {f"{need.name.lower()}_{name}_hours": hours[:, need] for need in Need}


def _by_source(received: Array) -> dict[str, Array]:
    hours = received.sum(axis=1, dtype=np.int64) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    return {f"{source.name.lower()}_hours": hours[:, source] for source in Source}
