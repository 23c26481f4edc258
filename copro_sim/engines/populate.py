"""With whom a run begins: the model's own people, or a population of somebody's own; and the model's own as tables."""

from typing import Any

import numpy as np

from copro_sim.core.params import defaults
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines import kernels
from copro_sim.engines.people import People
from copro_sim.interchange.making import population_from, state_of
from copro_sim.interchange.population import Population
from copro_sim.population.build import Params, build_state, tables_of
from copro_sim.population.long_run import average_levels, level_shares
from copro_sim.processes import ageing, births, health, migration, moving
from copro_sim.processes.month import Tables
from copro_sim.scenario import evidence
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario

Array = np.ndarray[Any, Any]
RUN_IN_YEARS = 4
"""Support settles for some years: a first package for everybody, then packages that the money of 2013-14 can pay for; as many as
most people stay in a care home."""


def hazards(scenario: Scenario) -> tuple[Tables, Array]:
    """Return the tables that a scenario's parameters mean, and the need levels they lead to (`long_run.level_shares`)."""
    parameters, people = scenario.parameters(), defaults(Params)
    need = health.tables(parameters.health)
    death = parameters.ageing.wales_ratio * evidence.mortality()[0]
    levels = level_shares(health.usual(parameters.health, need), death=death, need_ratio=parameters.ageing.need_ratio)
    average = average_levels(levels, lifelong=people.lifelong_percent / 100, mental=people.mental_percent / 100)
    tables = Tables(
        ageing.tables(parameters.ageing, evidence.mortality(), average),
        births.tables(parameters.births, evidence.children_per_woman()), moving.tables(parameters.moving),
        migration.tables(parameters.migration), need,
    )  # fmt: skip
    return tables, levels


def populated(
    people: People, scenario: Scenario, tables: Tables, levels: Array, *, seed: int, population: Population | None = None
) -> tuple[Any, Array]:
    """Return everybody as `people` hold them, before support settles, and the weights of councils.

    Parameters
    ----------
    people
        What holds them.
    scenario, tables, levels, seed
        By which they are made; `hazards` gives the tables and levels.
    population
        Somebody's own; what it does not say is drawn. The model's unless given.
    """
    asked = _asked(scenario, tables, levels, seed)
    if population is None:
        return people.build(asked)
    made = tables_of(asked["health_tables"], asked["asking_params"], asked["outlook_params"], levels)
    state, weights = state_of(
        population, seed=seed, month=asked["month"], tables=made, params=asked["params"], slack=asked["slack"]
    )
    return people.take(state), weights


def build_population(scenario: Scenario | str, *, seed: int = 1) -> Population:
    """Return the people with whom a run of a scenario begins, as tables to be saved, changed and run with.

    Parameters
    ----------
    scenario
        Or the name or path of one: its size, councils and parameters decide.
    seed
        Key of all chance, 0 to 2**63 - 1. A run of the same scenario and seed with this population comes to what it would
        come to without, to the bit.

    Examples
    --------
    >>> people = build_population(load_scenario("one-village"), seed=1)
    >>> people.save(folder / "village").name
    'village'
    """
    scenario = scenario_of(scenario)
    state, _ = build_state(**_asked(scenario, *hazards(scenario), seed))
    return population_from(state, scenario.council_names())


def lived_by(scenario: Scenario, population: Population | None) -> Scenario:
    """Return the scenario that says by whom it is lived (`Population.of`).

    Raises
    ------
    ScenarioError
        If `population` is no `Population`.
    """
    if population is None:
        return scenario
    if not isinstance(population, Population):
        message = "must be a Population: cs.load_population(FOLDER) reads one"
        raise ScenarioError([Problem(key="population", value=str(population), message=message)])
    return population.of(scenario)


def _asked(scenario: Scenario, tables: Tables, levels: Array, seed: int) -> dict[str, Any]:
    """Return the arguments of `population.build.build_state`."""
    parameters = scenario.parameters()
    return {
        "citizens": scenario.population.citizens,
        "community_size": scenario.population.community_size,
        "councils": scenario.council_names(),
        "seed": seed,
        "month": -RUN_IN_YEARS * MONTHS_PER_YEAR,
        "health_tables": tables.health,
        "asking_params": parameters.asking,
        "outlook_params": parameters.outlook,
        "params": defaults(Params),
        "levels": levels,
        "slack": kernels.ROOM,
    }
