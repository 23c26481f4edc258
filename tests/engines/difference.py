"""Where two engines part: the first month, process, citizen and column that differ, not two hashes."""

from typing import Any

import numpy as np

from copro_sim.engines.agents import Society
from copro_sim.processes import month as processes
from copro_sim.processes.tally import AGE_BANDS, TALLIES
from copro_sim.state.codes import Life
from copro_sim.state.context import Clock, Here, Policy, orders_for
from copro_sim.state.world import State


def live_one_process(process: Any, state: State, number: int, here: Here, p: Any, t: Any, cells: Any) -> None:
    """Let one process happen to one community's columns, as plain Python."""
    name = processes.name_of(process)
    args: list[Any] = [state.places(number), here]
    if name in processes.Parameters._fields:
        args.append(getattr(p, name))
    if name in processes.Tables._fields:
        args.append(getattr(t, name))
    if name == "tally":
        args.append(cells[number])
    process.columns(*args)


def first_difference(state: State, policies: list[Policy], p: Any, t: Any, seed: int) -> str:
    """Return where the agents' walk first parts from the (interpreted) walk over columns; '' if nowhere."""
    columns, society = state.roomy(8.0), Society(state, p, t, seed=seed)
    count = len(columns.communities.id)
    for at in range(12 * len(policies)):
        month, policy = state.month + at, policies[at // 12]
        cells = np.zeros((2, count, 2, len(AGE_BANDS), TALLIES), np.int64)
        clock = Clock(seed, month, max(0, month) // 12)
        for process in processes.MONTH:
            for number, community in enumerate(society.communities):
                orders = orders_for(policy, month % 12, int(columns.communities.authority[number]))
                here = Here(columns.communities, number, clock, orders)
                live_one_process(process, columns, number, here, p, t, cells[0])
                community.clock, community.orders = clock, orders
                processes.agents(process, community, p, t, cells[1][number])
            where = f"month {month}, process {processes.name_of(process)}"
            found = _differ(columns.content(), society.to_state().content())
            if found or (cells[0] != cells[1]).any():
                return f"{where}: {found or 'the tallies'}"
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
