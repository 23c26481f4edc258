"""What happens in a month, in order: the only statement of it.

`MONTH` is the list; `columns` is the same list written out as calls, because compiled code cannot walk a list of
modules (a test holds the two equal). The agents engine walks the list itself.
"""

from types import ModuleType
from typing import Any, NamedTuple

from copro_sim.core.compiled import walk
from copro_sim.processes import (
    ageing,
    asking,
    capacity,
    care_service,
    delivery,
    health,
    outlook,
    sharing,
    tally,
    time_credits,
)

MONTH: tuple[ModuleType, ...] = (
    ageing,
    health,
    capacity,
    delivery,
    asking,
    sharing,
    time_credits,
    care_service,
    outlook,
    tally,
)
"""Every process, in the order of the month."""

SETTLING = ("ageing", "health")
"""Processes that rest in the run-in: support settles while nobody ages, falls ill or dies."""


class Parameters(NamedTuple):
    """The parameters of every process that has some."""

    ageing: ageing.Params
    health: health.Params
    capacity: capacity.Params
    asking: asking.Params
    sharing: sharing.Params
    time_credits: time_credits.Params
    care_service: care_service.Params
    outlook: outlook.Params


class Tables(NamedTuple):
    """The hazards that the parameters mean, computed once a run."""

    ageing: ageing.Tables
    health: health.Tables


def name_of(process: ModuleType) -> str:
    """Return the process's short name, as it stands in scenario files."""
    return process.__name__.rpartition(".")[2]


def summary(process: ModuleType) -> str:
    """Return the first sentence of the process's docstring."""
    return (process.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")


@walk
def columns(c, here, p, t, cells, settling):
    """Live one month in one community's arrays."""
    if not settling:
        ageing.columns(c, here, p.ageing, t.ageing)
        health.columns(c, here, p.health, t.health)
    capacity.columns(c, here, p.capacity)
    delivery.columns(c, here)
    asking.columns(c, here, p.asking)
    sharing.columns(c, here, p.sharing)
    time_credits.columns(c, here, p.time_credits)
    care_service.columns(c, here, p.care_service)
    outlook.columns(c, here, p.outlook)
    tally.columns(c, here, cells)


def agents(process: ModuleType, community: Any, p: Parameters, t: Tables, cells: Any) -> None:
    """Let one process happen to one community's `Citizen`s."""
    name = name_of(process)
    if process is tally:
        process.agents(community, cells)
    elif name in Tables._fields:
        process.agents(community, getattr(p, name), getattr(t, name))
    elif name in Parameters._fields:
        process.agents(community, getattr(p, name))
    else:
        process.agents(community)
