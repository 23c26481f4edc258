"""The citizens at the end of a run as a table: words for codes, hours a week for minutes a month."""

from enum import IntEnum
from typing import Any

import numpy as np
import pandas as pd

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.state.codes import Life, Mode, Need, NeedKind, Practice, Sex, Source
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]
_WORDS: dict[str, type[IntEnum]] = {"sex": Sex, "need_kind": NeedKind, "mode": Mode, "practice": Practice}
_LEFT_OUT = ("life", "id", "birth_month", "community")
_MINUTES = ("spare", "capacity", "given", "undelivered", "credit_given", "credit_received")


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
