"""Citizens followed month by month through one future, and under every council: their communities are lived again alone."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from copro_sim.comparison.chosen import Who
from copro_sim.comparison.lives import Lived
from copro_sim.core.draws import Stream, compiled_words, uniform
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.engines.apart import alone, under_each_council
from copro_sim.engines.month_by_month import live_months
from copro_sim.processes.ageing import dies
from copro_sim.state.codes import Life, Mode, NeedLevel, Source
from copro_sim.state.columns import Citizens
from copro_sim.state.context import age_in_years
from copro_sim.state.world import State

SOURCES = tuple(f"{source.name.lower()}_hours" for source in Source)
HELD = ("need_hours", *SOURCES, "unmet_hours")
"""Hours a week: exactly, need is what all sources give and what is left unmet."""


class End(NamedTuple):
    """How a story ends: "died" or "moved away", or "followed to the end", and after how many months lived."""

    how: str
    months: int


Row = dict[str, Any]


def follow(lived: Lived, who: Sequence[Who], *, threads: int = 1) -> list[tuple[list[Row], End]]:
    """Return each one's months, one row each while he or she is here, and how it ends."""
    found = []
    for one in who:
        months = _relived(lived, alone(lived.begin, one.community), lambda now, one=one: _row(now, one.id), threads)
        found.append(_until_gone(lived, one.id, months, _row(lived.begin, one.id)))
    return found


def under_councils(lived: Lived, who: Who, *, threads: int = 1) -> list[tuple[list[Row], End]]:
    """Return somebody's months and end under each council: the same people, needs and luck, another council's decisions."""
    councils = len(lived.names)
    copies = under_each_council(lived.begin, who.community, councils)
    months = _relived(lived, copies, lambda now: [_row(now, who.id, k) for k in range(councils)], threads)
    start = _row(lived.begin, who.id)
    return [_until_gone(lived, who.id, [rows[k] for rows in months], start) for k in range(councils)]


def _relived[Seen](lived: Lived, state: State, see: Callable[[State], Seen], threads: int) -> list[Seen]:
    months: list[Seen] = []
    for policy in lived.decided:
        by = (lived.settled.parameters, lived.settled.tables)
        state, _, seen = live_months(state, policy, *by, seed=lived.seed, see=see, threads=threads)
        months += seen
    return months


def _row(state: State, who: int, number: int | None = None) -> Row | None:
    """Return what is said of somebody after a month; None for who is gone. Without a number, wherever he or she lives."""
    c = state.citizens if number is None else state.places(number)
    found = np.flatnonzero((c.id == who) & (c.life == Life.ALIVE))
    return _said(c, int(found[0]), state.month) if found.size else None


def _said(c: Citizens, i: int, month: int) -> Row:
    hours = MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    received = c.received[i].sum(axis=0, dtype=np.int64) / hours
    return {
        "age": age_in_years(month - 1, int(c.birth_month[i])),
        "need_level": NeedLevel(int(c.need_level[i])).name.lower(), "acute": bool(c.acute_months[i] > 0),
        "need_hours": c.need[i].sum(dtype=np.int64) / hours, **dict(zip(SOURCES, received.tolist(), strict=True)),
        "unmet_hours": c.unmet[i].sum(dtype=np.int64) / hours, "undelivered_hours": int(c.undelivered[i]) / hours,
        "given_hours": int(c.given[i]) / hours, "credit_given_hours": int(c.credit_given[i]) / hours,
        "wellbeing": float(c.wellbeing[i]), "strain": float(c.strain[i]), "lonely": bool(c.lonely[i]),
        "member": bool(c.member[i]), "support": Mode(int(c.mode[i])).name.lower().replace("_", " "),
        "waiting": bool(c.waiting[i] > 0),
    }  # fmt: skip


def _until_gone(lived: Lived, who: int, months: Sequence[Row | None], before: Row | None) -> tuple[list[Row], End]:
    """Return the months lived here, and what came after the last of them."""
    rows: list[Row] = []
    for month, row in enumerate(months):
        if row is None:
            last = rows[-1] if rows else before
            assert last is not None
            return rows, End("died" if _died(lived, who, month, last["need_level"]) else "moved away", month)
        rows.append(row)
    return rows, End("followed to the end", len(rows))


def _died(lived: Lived, who: int, month: int, need_level: str) -> bool:
    """Return whether somebody who is gone after a month died in it: the rule of `processes/ageing.py`, asked again.

    Death comes first in the month, from the need level at its beginning; whoever lives through it and is gone has moved.
    """
    c = lived.begin.citizens
    i = int(np.flatnonzero((c.id == who) & (c.life == Life.ALIVE))[0])
    death = lived.settled.tables.ageing.death
    age, year = age_in_years(month, int(c.birth_month[i])), min(month // MONTHS_PER_YEAR, len(death) - 1)
    word = compiled_words(lived.seed, int(Stream.AGEING), who, month, 0)[0]
    return bool(dies(uniform(word), death[year, int(c.sex[i]), NeedLevel[need_level.upper()], age]))
