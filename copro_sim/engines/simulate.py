"""One run: a scenario and a seed become results, by either engine. Governments live in years, communities in months."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.engines.memory import refuse_what_cannot_fit
from copro_sim.engines.people import ENGINES, InProcess, People, Terms, people_of
from copro_sim.engines.populate import RUN_IN_YEARS, hazards, lived_by, populated
from copro_sim.engines.snapshots import Snapshot, found_in, write_snapshot
from copro_sim.institutions.government import Government
from copro_sim.interchange.population import Population
from copro_sim.population.long_run import turnover
from copro_sim.processes import health
from copro_sim.processes.month import MONTH, Parameters, Tables
from copro_sim.processes.own import Month
from copro_sim.processes.tally import TALLIES
from copro_sim.results.institutions import record
from copro_sim.results.results import Results
from copro_sim.results.tallies import Tallies
from copro_sim.scenario import evidence
from copro_sim.scenario.arguments import no_choice, numbers_wrong, others_wrong, refuse
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.schema import Scenario
from copro_sim.state.context import Policy

Array = np.ndarray[Any, Any]
Progress = Callable[[int, int], None]


class Settled(NamedTuple):
    """The people of April 2013 and the support they have: all that does not depend on what is done from then on."""

    state: Any
    """As `People` hold it; None once a run that made it for itself has taken it over."""
    weights: Array
    authorities: tuple[str, ...]
    parameters: Parameters
    tables: Tables
    tallies: Array
    """Of the run-in's last year: [12 months, authority, tally]."""

    def terms(self, seed: int) -> Terms:
        """Return what every year is lived by, besides its policy."""
        return Terms(seed, self.weights, self.parameters, self.tables)


class Start(NamedTuple):
    """Where a run begins in April 2013: what has settled, members enrolled, and the government that takes over."""

    settled: Settled
    state: Any
    """As `People` hold it: in this process, a `State`."""
    government: Government


def settles_alike(scenario: Scenario) -> Any:
    """Return all of a scenario that `settle` reads: scenarios in which it is equal settle alike under one seed."""
    settings = scenario.settings_at(0)
    return scenario.population, scenario.parameters(), settings.funding, settings.council, settings.providers, settings.charges


def settle(
    scenario: Scenario, *, seed: int, threads: int = 1, people: People | None = None, population: Population | None = None
) -> Settled:
    """Build the population, unless somebody's own is given, and let support settle.

    The run-in is policy-free: nobody ages or dies, and need comes and goes so that as many as ever have each level, while every
    council works the old way under one rule.
    """
    people = InProcess(threads=threads) if people is None else people
    scenario = lived_by(scenario, population)
    parameters = scenario.parameters()
    tables, levels = hazards(scenario)
    authorities = scenario.council_names()
    state, weights = populated(people, scenario, tables, levels, seed=seed, population=population)
    settled = Settled(state, weights, authorities, parameters, tables, np.zeros((0, len(authorities), TALLIES), np.int64))
    government = Government(scenario, authorities, weights, seed)  # of the run-in only: a run begins with one of its own
    need = turnover(tables.health, health.usual(parameters.health, tables.health), levels, evidence.population_by_age())
    terms = settled._replace(tables=tables._replace(health=need)).terms(seed)
    for _ in range(RUN_IN_YEARS):
        policy = government.run_in(settled.tallies)
        state, lived = people.live(settled.state, policy, terms, settling=True, in_place=True)
        settled = settled._replace(state=state, tallies=lived.month)
    return settled


def start(
    scenario: Scenario, *, seed: int, threads: int = 1, settled: Settled | None = None, people: People | None = None,
    population: Population | None = None,
) -> Start:
    """Return where a run begins: `settled` (made here unless given), with the members of time-credit groups enrolled."""
    scenario = lived_by(scenario, population)
    people = InProcess(threads=threads) if people is None else people
    if settled is None:
        made = settle(scenario, seed=seed, people=people, population=population)
        state, settled = made.state, made._replace(state=None)
    else:
        state = settled.state.copy() if settled.state is not None else None
    if state is None:
        raise ValueError("settled: a run that made it for itself has taken it over; settle again")
    parameters, coproduction = settled.parameters, scenario.settings_at(0).coproduction
    state = people.enrol(
        state,
        {
            "seed": seed,
            "groups": coproduction.groups_percent / 100.0,
            "members": coproduction.members_percent / 100.0,
            "credits": parameters.time_credits,
            "joins": parameters.joining,
        },
    )
    return Start(settled, state, Government(scenario, settled.authorities, settled.weights, seed))


class Year(NamedTuple):
    """One lived year."""

    state: Any
    """As `People` hold it: in this process, a `State`."""
    policy: Policy
    month: Array
    """[12 months, authority, tally], int64, simulated people."""
    group: Array
    """[sex, age band, fifth, setting, tally], int64, weighted, in millionths of a person."""


def years(
    begin: Start, *, seed: int, engine: str = "kernels", threads: int = 1, count: int = 1, lived: Sequence[Year] = (),
    in_place: bool = False, people: People | None = None,
) -> Iterator[Year]:
    """Yield the years up to `count` that come after those `lived`: April's decisions, then twelve months of life.

    In place, each year is lived in the arrays of the one before, which is then lost: `begin.state` is the first.
    """
    people = InProcess(engine, threads) if people is None else people
    state, terms = begin.state, begin.settled.terms(seed)
    tallies = lived[-1].month if lived else begin.settled.tallies
    for year in range(len(lived), count):
        policy = begin.government.april(year, tallies)
        state, (tallies, group) = people.live(state, policy, terms, in_place=in_place)
        begin.government.close(tallies)
        yield Year(state, policy, tallies, group)


def resumed(scenario: Scenario, snapshot: Snapshot, *, seed: int) -> tuple[Start, list[Year]]:
    """Return where a run goes on in the April of a snapshot, and the years lived until then (whose states are gone).

    Governments see tallies only: one that is shown those of the years lived decides as the run's own did.
    """
    authorities, weights = scenario.council_names(), snapshot.weights
    settled = Settled(snapshot.state, weights, authorities, scenario.parameters(), hazards(scenario)[0], snapshot.settled)
    government, tallies = Government(scenario, authorities, weights, seed), snapshot.settled
    lived: list[Year] = []
    for year, group in enumerate(snapshot.tallies.group):
        policy = government.april(year, tallies)
        tallies = snapshot.tallies.month[year * MONTHS_PER_YEAR : (year + 1) * MONTHS_PER_YEAR]
        government.close(tallies)
        lived.append(Year(None, policy, tallies, group))
    return Start(settled, snapshot.state, government), lived


def run(
    scenario: Scenario | str | Path,
    *,
    seed: int = 1,
    years: int | None = None,
    engine: str = "kernels",
    workers: int | None = None,
    cluster: Any = None,
    progress: Progress | None = None,
    settled: Settled | None = None,
    snapshots: str | Path | None = None,
    resume: bool = False,
    keep: int = 1,
    memory: int | None = None,
    processes: Month = MONTH,
    population: Population | None = None,
) -> Results:
    """Live a scenario from April 2013 and return what came of it.

    Parameters
    ----------
    scenario
        A scenario, or the name or path of one.
    seed
        Key of all chance, 0 to 2**63 - 1. Same scenario and seed: same results, whatever the engine and threads.
    years
        Years to live, 1 to 100; the scenario's own number if not given.
    engine
        "kernels" (Numba, the default), "agents" (Mesa) or "dask" (the kernels on a cluster).
    workers
        Threads over which communities are spread (1 if not given); of Dask's own cluster, processes.
    cluster
        For Dask: address of a scheduler, or a `distributed.Client`; one on this machine, for this run, if not given.
    progress
        Called with (years done, years in all) after each year.
    settled
        What `settle` returned for this seed and a scenario that settles alike: saves making it again.
    snapshots
        Folder in which each April's snapshot is kept, so that the run can be stopped at any moment; none unless given.
    resume
        Whether to go on from the latest snapshot in that folder, if there is one: results are those of a run that never
        stopped. The scenario must be the same, but the run may be longer; engine and workers may differ.
    keep
        How many of the latest snapshots stay in the folder.
    memory
        Bytes that the run may take; what this machine has left unless given. Not asked where `settled` is given, for much
        of it is then taken, or a cluster, which has its own.
    processes
        What happens in a month: `cs.MONTH`, or one with processes of one's own, which need a walk over arrays (`cs.Process`) if
        the kernels live them, and are compiled before anybody is built. The run-in is lived by the usual month.
    population
        Of one's own (`cs.load_population`): its citizens and councils take the place of the scenario's. The model's own people
        of April 2013 unless given.

    Raises
    ------
    ValueError
        If the cluster cannot be used, or processes of one's own have no walk for the engine, or one that cannot be compiled,
        or are to be snapshot.
    ScenarioError
        If an argument is not what it must be, with every one that is not; if the folder's snapshot is damaged or of
        another run, there is one and the run is not to go on from it, or there is none to be resumed; or if the run cannot fit
        into memory.
    """
    refuse(
        [
            *numbers_wrong(seed=seed, years=years, workers=workers, keep=keep, memory=memory),
            *no_choice("engine", engine, ENGINES),
            *others_wrong(resume=resume, progress=progress, snapshots=snapshots),
        ]
    )
    scenario, seed = scenario_of(scenario), int(seed)
    if years is not None:
        scenario = scenario.replace({"run.years": years})
    scenario = lived_by(scenario, population)
    if snapshots is not None and processes != MONTH:
        raise ValueError("snapshots do not keep processes of one's own: leave out one of the two")
    if settled is None and cluster is None:
        refuse_what_cannot_fit(scenario, engine=engine, workers=workers, limit=memory)
    total, folder = scenario.run.years, None if snapshots is None else Path(snapshots)
    own = None if population is None else population.content_hash
    found = found_in(folder, scenario, seed=seed, population=own, resume=resume, keep=keep)
    with people_of(engine, workers, cluster, processes) as people:
        lived: list[Year] = []
        if found is None:
            begin = start(scenario, seed=seed, settled=settled, people=people, population=population)
        else:
            begin, lived = resumed(scenario, found, seed=seed)
            begin = begin._replace(state=people.take(begin.state))
        state = begin.state
        for year in _years(begin, seed=seed, count=total, lived=tuple(lived), in_place=True, people=people):
            state = year.state
            lived.append(year._replace(state=None))
            if folder is not None:
                snapshot = Snapshot(people.whole(state), begin.settled.weights, begin.settled.tallies, _tallies(lived))
                write_snapshot(folder, snapshot, scenario, seed=seed, engine=engine, population=own, keep=keep)
            if progress is not None:
                progress(len(lived), total)
        state = people.whole(state)
    accounts = {name: np.array(rows, np.int64) for name, rows in begin.government.accounts.items()}
    return Results(
        scenario=scenario,
        seed=seed,
        engine=engine,
        authorities=begin.settled.authorities,
        weights=begin.settled.weights,
        tallies=_tallies(lived),
        decided=tuple(year.policy for year in lived),
        accounts=accounts,
        prices=np.array(begin.government.prices),
        institutions=record(begin.government.months),
        state=state,
        own_processes=tuple(process.name for process in processes.own),
        population=population,
    )


_years = years
"""The generator, under a name that the argument `years` of `run` does not hide."""


def _tallies(lived: list[Year]) -> Tallies:
    return Tallies(month=np.concatenate([year.month for year in lived]), group=np.stack([year.group for year in lived]))
