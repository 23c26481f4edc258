"""Parameters, tables and policies for tests: the records' own values, or anything within their ranges."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from copro_sim.core.params import cast, defaults, records
from copro_sim.processes import ageing, births, health, migration, month, moving
from copro_sim.processes.month import Parameters, Tables
from copro_sim.state.context import Policy, empty_policy


def default_parameters(**changes: dict[str, Any]) -> Parameters:
    """Return every process's own values, but for `changes` by process."""
    own = {name: defaults(getattr(month, name).Params) for name in Parameters._fields}
    return Parameters(**{name: params._replace(**changes.get(name, {})) for name, params in own.items()})


def tables_for(parameters: Parameters, yearly_death: float = 0.03) -> Tables:
    """Return hazards with one chance of death for everybody, and as many citizens at every need level."""
    levels = np.full((2, 106, 5), 0.2)
    deaths = np.full((31, 2, 106), yearly_death)
    return Tables(
        ageing.tables(parameters.ageing, deaths, levels), births.tables(parameters.births, np.array([1.8, 1.6])),
        moving.tables(parameters.moving), migration.tables(parameters.migration),
        health.tables(parameters.health),
    )  # fmt: skip


def some_policy(authorities: int = 2, **values: float) -> Policy:
    """Return a policy in which everything happens, the same in all months but for what is given."""
    usual = {
        "eligibility_line": 2, "package_share": 0.7, "delivered_share": 0.9, "coproduced_share": 0.5,
        "assessment_minutes": 3.0, "invitation_chance": 0.02, "broker_minutes": 1.5,
        "national_test": 0.0, "test_minutes": 1_500.0, "turned_away": 0.1, "direct_payment_share": 0.5,
        "citizen_directed_share": 0.5, "residential_share": 0.3, "reablement_share": 0.5, "carers_offered": 0.8,
        "third_sector_minutes": 30.5, "third_sector_visit": 75.0,
        "panel_agency": 0.002, "panel_trust": -0.002, "panel_membership": -0.01,
    }  # fmt: skip
    policy = empty_policy(authorities)
    for name, value in (usual | values).items():
        getattr(policy, name)[:] = value
    return policy


@st.composite
def any_parameters(draw: Any) -> Parameters:
    """Any parameters within the records' ranges, with both ends and the own value likelier than what lies between."""
    return Parameters(**{name: draw(_any_params(name)) for name in Parameters._fields})


@st.composite
def any_of(draw: Any, process: str) -> Parameters:
    """Every process's own parameters, but of one anything within its records' ranges."""
    return default_parameters()._replace(**{process: draw(_any_params(process))})


@st.composite
def _any_params(draw: Any, process: str) -> Any:
    params = getattr(month, process).Params
    return cast(params, {key: draw(_any_value(kind, record)) for key, (kind, record) in records(params).items()})


def _any_value(kind: type, record: Any) -> st.SearchStrategy[Any]:
    ends = st.sampled_from([record.value, record.low, record.high])
    between = st.integers(int(record.low), int(record.high)) if kind is int else st.floats(record.low, record.high)
    return st.one_of(ends, between)


@st.composite
def any_policy(draw: Any, authorities: int = 2) -> Policy:
    """Any policy: other orders for each month and authority, switched off or on."""
    policy = empty_policy(authorities)
    highest = {
        "assessment_minutes": 20.0, "broker_minutes": 5.0, "test_minutes": 5_000.0, "third_sector_minutes": 60.0,
        "third_sector_visit": 90.0, "panel_membership": -0.1,
    }  # fmt: skip
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    for name, column in policy._asdict().items():
        if name == "eligibility_line":
            column[:] = chance.integers(1, 5, column.shape)
        elif draw(st.booleans()):
            column[:] = chance.random(column.shape) * highest.get(name, 1.0)
    return policy
