"""Citizens followed month by month through one future, under their own council and every other: communities lived again."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from copro_sim.comparison.chosen import Who
from copro_sim.comparison.lives import Lived
from copro_sim.core.draws import Stream, compiled_words, uniform
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.engines.apart import under_each_council
from copro_sim.engines.month_by_month import live_months
from copro_sim.processes.ageing import dies
from copro_sim.state.codes import Life, Mode, NeedLevel, Source
from copro_sim.state.columns import Citizens
from copro_sim.state.context import age_in_years
from copro_sim.state.world import State

SOURCES = tuple(f"{source.name.lower()}_hours" for source in Source)

Row = dict[str, Any]


class End(NamedTuple):
    """How a story ends: "died", "moved away" or "followed to the end", after how many months lived."""

    how: str
    months: int


class Told(NamedTuple):
    """One citizen under one council: a row for each month lived here, and how it ends."""

    rows: list[Row]
    end: End


def follow(
    lived: Lived, who: Sequence[Who], *, threads: int = 1
) -> list[list[Told]]:
    """Return what becomes of each citizen under each council: the same people, needs and luck, another council's decisions.

    Under the own council it is what the run itself came to. Rows of the own council say all there is; those of others say need,
    help of the council, unmet need and wellbeing. Years in which nobody is left to follow are not lived.
    """
    councils = len(lived.names)
    state = under_each_council(lived.begin, [one.community for one in who], councils)
    months: list[list[Row | None]] = []
    for policy in lived.decided:
        if not months or any(months[-1]):
            by = (lived.settled.parameters, lived.settled.tables)
            see = partial(_rows, lived=lived, who=who)
            state, _, seen = live_months(state, policy, *by, seed=lived.seed, see=see, threads=threads)
            months += seen
    by_copy = list(zip(*months, strict=True))
    return [
        [_until_gone(lived, one, by_copy[k * councils + c], len(lived.decided) * MONTHS_PER_YEAR) for c in range(councils)]
        for k, one in enumerate(who)
    ]


def _rows(state: State, lived: Lived, who: Sequence[Who]) -> list[Row | None]:
    """Return what is said of each citizen under each council after a month; None for who is gone."""
    c, here = state.citizens, state.communities
    rows: list[Row | None] = []
    for number, (first, size) in enumerate(zip(here.start.tolist(), here.capacity.tolist(), strict=True)):
        one = who[number // len(lived.names)]
        found = np.flatnonzero((c.id[first : first + size] == one.id) & (c.life[first : first + size] == Life.ALIVE))
        if not found.size:
            rows.append(None)
            continue
        i = first + int(found[0])
        row = _in_short(c, i)
        own = lived.names[number % len(lived.names)] == one.council
        rows.append({"age": age_in_years(state.month - 1, int(c.birth_month[i])), **row, **_in_full(c, i)} if own else row)
    return rows


def _in_short(c: Citizens, i: int) -> Row:
    return {
        "need_level": NeedLevel(int(c.need_level[i])).name.lower(),
        "need_hours": _hours(c.need[i]), "unmet_hours": _hours(c.unmet[i]),
        "council_hours": _hours(c.received[i, :, Source.COUNCIL]), "wellbeing": float(c.wellbeing[i]),
    }  # fmt: skip


def _in_full(c: Citizens, i: int) -> Row:
    """Return what is said besides; need is exactly what all sources give and what is left unmet."""
    return {
        "acute": bool(c.acute_months[i] > 0), **{name: _hours(c.received[i, :, k]) for k, name in enumerate(SOURCES)},
        "undelivered_hours": _hours(c.undelivered[i]), "given_hours": _hours(c.given[i]),
        "credit_given_hours": _hours(c.credit_given[i]), "strain": float(c.strain[i]), "lonely": bool(c.lonely[i]),
        "member": bool(c.member[i]), "support": Mode(int(c.mode[i])).name.lower().replace("_", " "),
        "waiting": bool(c.waiting[i] > 0),
    }  # fmt: skip


def _hours(minutes: Any) -> float:
    return int(np.sum(minutes, dtype=np.int64)) / MINUTES_PER_MONTH_OF_WEEKLY_HOUR


def _until_gone(lived: Lived, one: Who, months: Sequence[Row | None], all_months: int) -> Told:
    """Return the months lived here, and what came after the last of them."""
    rows: list[Row] = []
    level = NeedLevel(one.need_level).name.lower()
    for month, row in enumerate(months):
        if row is None:
            return Told(rows, End("died" if _died(lived, one.id, month, level) else "moved away", month))
        rows.append(row)
        level = row["need_level"]
    assert len(rows) == all_months
    return Told(rows, End("followed to the end", all_months))


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
