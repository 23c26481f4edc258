"""The people of Wales in April 2013: citizens, households and bonds, a pure function of what is asked for.

Each community is made on its own, from its council's residents by age and sex, in threads over blocks of communities;
every draw is keyed by an id, so that neither threads nor blocks matter.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import entry, whole
from copro_sim.core.params import Record, defaults
from copro_sim.population import homes as making
from copro_sim.population import households, network, people, places
from copro_sim.population.long_run import level_shares
from copro_sim.processes import asking, health, outlook
from copro_sim.scenario import evidence
from copro_sim.scenario.evidence import AGES
from copro_sim.state.columns import Communities, view
from copro_sim.state.world import State, nobody_in

Array = np.ndarray[Any, Any]
_BLOCKS_PER_THREAD = 4
_WORTH_A_THREAD = 20_000
"""Citizens below which a second thread costs more than it saves."""

_MOTHERS_AGE = 29
"""Age of mothers at birth, for the chance that one is alive: derived from mean ages at birth in the 1950s to 1990s."""

_AT_HOME = ((16, 0.95), (20, 0.65), (25, 0.5), (35, 0.45), (50, 0.4))
"""From age: chance that somebody not in a couple, alone or a parent lives with his or her mother: assumption."""

_ABOVE_MEANS = ((16, 0.05), (25, 0.15), (45, 0.35), (65, 0.45))
"""From age: chance of capital above the limit for help, in the middle fifth of communities: assumption."""


class Params(NamedTuple):
    """Who the citizens are at the start, and how they are bound to one another."""

    lifelong_percent: Annotated[float, Record(
        value=1.2, low=0.0, high=20.0, unit="percent of people", likely=(0.8, 2.0),
        meaning="People with lifelong need: learning disability, early disability")]
    mental_percent: Annotated[float, Record(
        value=4.0, low=0.0, high=40.0, unit="percent of people", likely=(2.0, 6.0),
        meaning="People prone to mental ill-health that can mean need for support")]
    parents_near_percent: Annotated[float, Record(
        value=50.0, low=0.0, high=100.0, unit="percent", likely=(35.0, 60.0),
        meaning="Adults with a living mother elsewhere than at home whose mother lives in the same community",
        source="57 percent live within 10 miles of parents (Age UK); half of older parents within 30 minutes")]
    friends_percent: Annotated[float, Record(
        value=73.0, low=0.0, high=100.0, unit="percent of people", likely=(65.0, 85.0),
        meaning="People who belong to a circle of friends and call on neighbours",
        source="Set, with the next, for 16 percent lonely (National Survey for Wales 2017-18)")]
    second_circle_percent: Annotated[float, Record(
        value=56.0, low=0.0, high=100.0, unit="percent of people", likely=(45.0, 65.0),
        meaning="People who belong to two circles of friends")]
    neighbourly_percent: Annotated[float, Record(
        value=90.0, low=0.0, high=100.0, unit="percent of people",
        meaning="People who welcome a neighbour who calls",
        source="6 percent know no neighbours, General Household Survey 2000; more keep to themselves")]
    next_door_percent: Annotated[float, Record(
        value=90.0, low=0.0, high=100.0, unit="percent of adults", meaning="Adults who call on somebody next door",
        source="75 percent chat with neighbours monthly, Community Life Survey England 2013-14")]
    second_door_percent: Annotated[float, Record(
        value=65.0, low=0.0, high=100.0, unit="percent of adults", meaning="Adults who call on somebody two doors away",
        source="42 percent exchange favours with neighbours, Community Life Survey England 2013-14")]  # fmt: skip


class Tables(NamedTuple):
    """What the walks read: shares, chances and settings."""

    couples: Array
    """Share in a couple: [sex, age]."""
    alone: Array
    """Share living alone: [sex, age]."""
    at_home: Array
    """Chance of living with one's mother: [age]."""
    mother_alive: Array
    """Chance that one's mother is alive: [age]."""
    means: Array
    """Chance of capital above the limit: [age]."""
    levels: Array
    """Chance of a need level or a lower one: [kind, sex, fifth, age, level]."""
    minutes: Array
    """Minutes of need a month: [level, need], int64."""
    own_reluctance: float
    reluctance_spread: float
    own_wellbeing: float
    wellbeing_spread: float


@entry()
def build_block(citizens, communities, first, last, councils, tables, p, seed):
    """Fill communities `first` to `last` - 1, in place."""
    for number in range(first, last):
        start, size = whole(communities.start[number]), whole(communities.size[number])
        c = view(citizens, start, start + size)
        homes = making.empty_homes(c)
        people.arrive(c, homes, communities, number, councils, tables, seed)
        households.settle(homes, tables, whole(communities.id[number]))
        network.bind(homes, tables, p)
        fifth, council = whole(communities.deprivation[number]), whole(communities.authority[number])
        people.endow(c, homes, fifth, float(councils.welsh[council]), tables, p)
        people.feel(c, homes, tables)


def build_state(
    *,
    citizens: int,
    community_size: int,
    seed: int,
    month: int,
    health_tables: health.Tables,
    asking_params: asking.Params,
    outlook_params: outlook.Params,
    councils: tuple[str, ...] | None = None,
    params: Params | None = None,
    levels: Array | None = None,
    slack: float = 0.0,
    threads: int = 1,
    within: tuple[int, int] | None = None,
) -> tuple[State, Array]:
    """Return the world at its start and the real people for whom each council's simulated citizens stand.

    Parameters
    ----------
    citizens
        Simulated citizens, at least 50 for each council.
    community_size
        Citizens of a community, about; at most 60,000.
    seed
        Key of all chance, 0 to 2**63 - 1.
    month
        The month about to be lived; 0 is April 2013, at which ages stand whatever the month.
    health_tables, asking_params, outlook_params
        What the processes will live by: need, reluctance and wellbeing begin accordingly.
    councils
        English names of the councils of the run; all 22 unless named.
    params
        Settings of the population; the records' own values unless given.
    levels
        What `long_run.level_shares` returns; without deaths unless given.
    slack
        Empty places in each community, as a share of its citizens.
    threads
        Threads over which communities are spread; the result does not depend on it.
    within
        First community to build and the one after the last, if not all: these are what they are among all.

    Returns
    -------
    tuple
        The state, and float64 [authority]: people living in mid-2013 over simulated citizens.

    Raises
    ------
    ValueError
        If a council's name is not known, or there are too few citizens for the councils.
    """
    names = tuple(a.name for a in evidence.authorities()) if councils is None else tuple(councils)
    if citizens < places.FEWEST * len(names):
        raise ValueError(f"citizens: {citizens} for {len(names)} councils: give at least {places.FEWEST} for each")
    communities, drawn, weights = places.place(
        citizens=citizens, community_size=community_size, councils=names, seed=seed, slack=slack
    )
    first, after = (0, len(communities.id)) if within is None else within
    communities.capacity[:first], communities.capacity[after:] = 0, 0
    communities.start[:] = np.cumsum(communities.capacity) - communities.capacity
    made = nobody_in(communities)
    tables = tables_of(health_tables, asking_params, outlook_params, levels)
    settings = defaults(Params) if params is None else params

    def build(begin: int, end: int) -> None:
        build_block(made, communities, begin, end, drawn, tables, settings, seed)

    _spread(build, first, after, int(communities.size[first:after].sum()), threads)
    built = Communities(*(column[first:after] for column in communities))
    _check_ids(made.id[made.life > 0], built.id)
    return State(made, built, month), weights


def _spread(build: Any, first: int, after: int, people: int, threads: int) -> None:
    """Build blocks of communities, in threads where that is worth it."""
    count = after - first
    if threads == 1 or count == 1 or people < _WORTH_A_THREAD:
        build(first, after)
        return
    edges = np.linspace(first, after, min(count, threads * _BLOCKS_PER_THREAD) + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(build, edges[:-1].tolist(), edges[1:].tolist()))


def _check_ids(citizens: Array, communities: Array) -> None:
    for ids in (citizens, communities):
        ordered = np.sort(ids)
        assert not (ordered[1:] == ordered[:-1]).any(), "two of the same id (one chance in a million): take another seed"


def tables_of(
    health_tables: health.Tables, asking_params: asking.Params, outlook_params: outlook.Params, levels: Array | None
) -> Tables:
    """Return what the walks read, from what the processes will live by (see `build_state`)."""
    shares = level_shares(health_tables) if levels is None else levels
    return Tables(
        couples=evidence.couples(), alone=evidence.living_alone(), at_home=_steps(_AT_HOME), mother_alive=_mother_alive(),
        means=_steps(_ABOVE_MEANS), levels=np.cumsum(shares, axis=-1), minutes=health_tables.minutes,
        own_reluctance=asking_params.own_reluctance, reluctance_spread=asking_params.spread,
        own_wellbeing=outlook_params.own_wellbeing, wellbeing_spread=outlook_params.wellbeing_spread,
    )  # fmt: skip


@cache
def _steps(steps: tuple[tuple[int, float], ...]) -> Array:
    table = np.zeros(AGES)
    for age, value in steps:
        table[age:] = value
    return table


@cache
def _mother_alive() -> Array:
    """Return the chance that a mother is alive, by her child's age, from the women's chances of death of 2013."""
    yearly = 1.0 - evidence.mortality()[0, 1]
    survives = np.append(np.cumprod(yearly[_MOTHERS_AGE:]), np.zeros(_MOTHERS_AGE))
    return np.concatenate([[1.0], survives[: AGES - 1]])
