"""What happens in a month, in order: the only statement of it.

`MONTH` is the list. Both engines walk it: `agents` lets one process happen to a community's citizens, `walk_of` makes of
one a walk over a community's columns.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from copro_sim.processes import (
    ageing,
    asking,
    births,
    bonds,
    buying,
    capacity,
    care_service,
    carers,
    delivery,
    direct_payments,
    health,
    joining,
    migration,
    moving,
    outlook,
    sharing,
    strain,
    tally,
    third_sector,
    time_credits,
)
from copro_sim.processes.own import Month, Process, name_of, parameters_taken
from copro_sim.state.context import Here

MONTH = Month(
    (
        ageing,
        births,
        moving,
        migration,
        health,
        capacity,
        delivery,
        direct_payments,
        asking,
        sharing,
        time_credits,
        third_sector,
        buying,
        care_service,
        carers,
        strain,
        bonds,
        outlook,
        joining,
        tally,
    )
)
"""Every process, in the order of the month."""

SETTLING = ("ageing", "births", "moving", "migration", "direct_payments", "bonds", "joining")
"""Processes that rest in the run-in: support settles while nobody ages, is born, moves, dies or meets."""


class Parameters(NamedTuple):
    """The parameters of every process that has some."""

    ageing: ageing.Params
    births: births.Params
    moving: moving.Params
    migration: migration.Params
    health: health.Params
    capacity: capacity.Params
    delivery: delivery.Params
    direct_payments: direct_payments.Params
    asking: asking.Params
    sharing: sharing.Params
    time_credits: time_credits.Params
    buying: buying.Params
    care_service: care_service.Params
    carers: carers.Params
    strain: strain.Params
    bonds: bonds.Params
    outlook: outlook.Params
    joining: joining.Params


class Tables(NamedTuple):
    """The hazards that the parameters mean, computed once a run."""

    ageing: ageing.Tables
    births: births.Tables
    moving: moving.Tables
    migration: migration.Tables
    health: health.Tables


def summary(process: ModuleType | Process) -> str:
    """Return the first sentence of the process's docstring."""
    return (process.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


_WITH_PARAMETERS = 3


class Loan(NamedTuple):
    """What every process's walk is lent, and takes of it what it needs."""

    c: Any
    """The community's citizens, a view."""
    here: Here
    p: Parameters
    t: Tables
    cells: Any
    """Tallies of this year so far, [sex, age band, tally]."""


def walk_of(
    process: ModuleType | Process, marked: Callable[[Any], Any] = lambda columns: columns
) -> Callable[[Loan], None]:
    """Return a walk over one community's columns that takes a `Loan`; compiled code calls it by its address (core/lent.py).

    `marked` makes of the process's own function what the walk calls, as compiled code is to know it (core/compiled.py).

    Raises
    ------
    ValueError
        If the process has none.
    """
    name = name_of(process)
    columns = process.columns
    if columns is None:
        wanted = f"cs.Process({name!r}, agents, columns)"
        raise ValueError(f"process {name} has no walk over arrays: run it with engine='agents', or give {wanted}")
    taken, columns = parameters_taken(columns), marked(columns)
    if isinstance(process, Process):
        if taken == _WITH_PARAMETERS:

            def live(loan):
                columns(loan.c, loan.here, loan.p)
        else:

            def live(loan):
                columns(loan.c, loan.here)
    elif process is tally:

        def live(loan):
            columns(loan.c, loan.here, loan.cells)
    elif name in Tables._fields:

        def live(loan):
            columns(loan.c, loan.here, getattr(loan.p, name), getattr(loan.t, name))
    elif name in Parameters._fields:

        def live(loan):
            columns(loan.c, loan.here, getattr(loan.p, name))
    else:

        def live(loan):
            columns(loan.c, loan.here)

    live.__name__ = live.__qualname__ = name  # each in a file of its own where compiled code is kept
    return live


def agents(process: ModuleType | Process, community: Any, p: Parameters, t: Tables, cells: Any) -> None:
    """Let one process happen to one community's `Citizen`s."""
    name = name_of(process)
    if isinstance(process, Process):
        process.agents(*(community, p)[: parameters_taken(process.agents)])
    elif process is tally:
        process.agents(community, cells)
    elif name in Tables._fields:
        process.agents(community, getattr(p, name), getattr(t, name))
    elif name in Parameters._fields:
        process.agents(community, getattr(p, name))
    else:
        process.agents(community)
