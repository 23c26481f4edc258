"""What happens in a month, in order: the only statement of it.

`MONTH` is the list; `columns` is the same list written out as calls, because compiled code cannot walk a list of
modules (a test holds the two equal). The agents engine walks the list itself.
"""

from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

from copro_sim.core.compiled import making, walk
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


@walk
def columns(c, here, p, t, cells, settling):
    """Live one month in one community's arrays."""
    if not settling:
        ageing.columns(c, here, p.ageing, t.ageing)
        births.columns(c, here, p.births, t.births)
        moving.columns(c, here, p.moving, t.moving)
        migration.columns(c, here, p.migration, t.migration)
    health.columns(c, here, p.health, t.health)
    capacity.columns(c, here, p.capacity)
    delivery.columns(c, here, p.delivery)
    if not settling:
        direct_payments.columns(c, here, p.direct_payments)
    asking.columns(c, here, p.asking)
    sharing.columns(c, here, p.sharing)
    time_credits.columns(c, here, p.time_credits)
    third_sector.columns(c, here)
    buying.columns(c, here, p.buying)
    care_service.columns(c, here, p.care_service)
    carers.columns(c, here, p.carers)
    strain.columns(c, here, p.strain)
    if not settling:
        bonds.columns(c, here, p.bonds)
    outlook.columns(c, here, p.outlook)
    if not settling:
        joining.columns(c, here, p.joining)
    tally.columns(c, here, cells)


_KEPT = 8
"""Months of one's own whose calls are kept: more than anybody tries in one session."""


@lru_cache(maxsize=_KEPT)
def columns_of(month: Month) -> Callable[..., None]:
    """Return what `columns` is for another month, which never settles: calls written out, as there.

    Raises
    ------
    ValueError
        If a process has no walk over arrays.
    """
    walks: dict[str, Any] = {}
    lines = ["def columns(c, here, p, t, cells, settling):"]
    for k, process in enumerate(month):
        name = name_of(process)
        if not isinstance(process, Process):
            walks[f"walk_{k}"] = process.columns
            arguments = ["c", "here", *(f"{held}.{name}" for held, known in _HELD if name in known._fields)]
            arguments += ["cells"] if process is tally else []
        elif process.columns is None:
            given = f"cs.Process({name!r}, agents, columns)"
            raise ValueError(f"process {name} has no walk over arrays: run it with engine='agents', or give {given}")
        else:
            walks[f"walk_{k}"] = making(process.columns)
            arguments = ["c", "here", "p"][: parameters_taken(process.columns)]
        lines.append(f"    walk_{k}({', '.join(arguments)})")
    exec("\n".join(lines), walks)
    return making(walks["columns"])


_HELD = (("p", Parameters), ("t", Tables))


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
