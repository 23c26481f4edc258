"""Whether a process does the same to agents and to arrays: where the two part first, by month, process, citizen and column."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR, month_label
from copro_sim.engines.agents import Society
from copro_sim.engines.simulate import start
from copro_sim.processes.month import MONTH, Loan, walk_of
from copro_sim.processes.month import agents as let_happen
from copro_sim.processes.own import Month, Process, name_of
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.schema import Scenario
from copro_sim.state.codes import Life
from copro_sim.state.context import Clock, Here, Policy, orders_for
from copro_sim.state.world import State

_ROOM = 8.0
"""Free places for a year's arrivals, as a share of the citizens: far more than a year brings."""


class Parity(NamedTuple):
    """What came of a comparison of both walks."""

    agrees: bool
    where: str
    """Month, process, citizen and column that differ first; '' if nothing does."""


def check_parity(
    process: Process | Month, *, scenario: Scenario | str = "one-village", seed: int = 1, months: int = 12
) -> Parity:
    """Return whether a process does the same over citizens and over arrays, bit for bit.

    Parameters
    ----------
    process
        With both walks (`cs.Process`): it is let happen just before the tally. Or a whole month, with it where it belongs:
        `cs.MONTH.replace("outlook", mine)`.
    scenario
        A small one: both walks run as plain Python.
    seed
        Key of all chance.
    months
        From April 2013, at most twelve.

    Raises
    ------
    ValueError
        If the process has no walk over arrays, or months are not 1 to 12.
    """
    if not 1 <= months <= MONTHS_PER_YEAR:
        raise ValueError(f"months={months}: give 1 to {MONTHS_PER_YEAR}")
    month = process if isinstance(process, Month) else _with(process)
    for one in month:
        walk_of(one)  # raises where a walk is missing
    begin = start(load_scenario(scenario) if isinstance(scenario, str) else scenario, seed=seed)
    policy = begin.government.april(0, begin.settled.tallies)
    where = first_difference(begin.state, [policy], *begin.settled[3:5], seed, month=month, months=months)
    return Parity(not where, where)


def _with(process: Process) -> Month:
    if (name := name_of(process)) in map(name_of, MONTH):
        raise ValueError(
            f"a process named {name!r} is in the month already: give yours another name, or, to put it in that one's place, "
            f"check the month: cs.check_parity(cs.MONTH.replace({name!r}, yours))"
        )
    return MONTH.before("tally", process)


def first_difference(
    state: State, policies: Sequence[Policy], p: Any, t: Any, seed: int, *, month: Month = MONTH,
    months: int | None = None,
) -> str:
    """Return where the agents' walk first parts from the (interpreted) walk over columns; '' if nowhere."""
    columns, society = state.roomy(_ROOM), Society(state, p, t, seed=seed)
    count = len(columns.communities.id)
    for at in range(MONTHS_PER_YEAR * len(policies) if months is None else months):
        now, policy = state.month + at, policies[at // MONTHS_PER_YEAR]
        cells = np.zeros((2, count, 2, len(AGE_BANDS), TALLIES), np.int64)
        clock = Clock(seed, now, max(0, now) // MONTHS_PER_YEAR)
        for process in month:
            for number, community in enumerate(society.communities):
                orders = orders_for(policy, now % MONTHS_PER_YEAR, int(columns.communities.authority[number]))
                here = Here(columns.communities, number, clock, orders)
                walk_of(process)(Loan(columns.places(number), here, p, t, cells[0][number]))
                community.clock, community.orders = clock, orders
                let_happen(process, community, p, t, cells[1][number])
            found = _differ(columns.content(), society.to_state().content())
            if found or (cells[0] != cells[1]).any():
                return f"{month_label(now)}, process {name_of(process)}: {found or 'the tallies'}"
    return ""


def _differ(one: dict[str, Any], other: dict[str, Any]) -> str:
    alive = [content["life"] == int(Life.ALIVE) for content in (one, other)]
    for name in one:
        a, b = one[name][alive[0]], other[name][alive[1]]
        if a.shape != b.shape:
            return f"{len(a)} against {len(b)} living citizens"
        rows = np.flatnonzero((a != b).reshape(len(a), -1).any(axis=1))
        if len(rows):
            who = one["id"][alive[0]][rows[0]]
            return f"citizen {who}, column {name}: {a[rows[0]]} (columns) against {b[rows[0]]} (agents)"
    return ""
