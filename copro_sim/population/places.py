"""Where people live: citizens over councils and communities, and each community's deprivation and setting.

Deprivation of small areas within a council is taken as normal around its score, as wide as makes the council's published
extent the share beyond one national line; fifths of all small areas of Wales follow (derived). A council's communities
then take its fifths in turn, the most deprived first; what rounding leaves over is carried to the next council by
deprivation, so that fifths come out even in small samples too.
"""

from functools import cache
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.draws import Stream, compiled_words, uniform
from copro_sim.scenario import evidence
from copro_sim.scenario.evidence import AGES, BANDS_FROM, Authority
from copro_sim.state.columns import COMMUNITY_COLUMNS, MOST_CITIZENS, Communities, empty

Array = np.ndarray[Any, Any]
FIFTHS = 5
LEAST_CITIZENS = 400
"""No council has fewer simulated citizens than this, unless a run has fewer than this for each of its councils."""

FEWEST = 50
"""Citizens of a council at least."""

MOST_AT_THE_START = 60_000
"""Citizens of one community at the start at most: places hold a few thousand more."""

_DEPRIVED_SCORE = 34.0
"""WIMD 2019 score from which a small area counts towards a council's extent (about the most deprived fifth): assumption."""

_NORMAL = NormalDist()


class Councils(NamedTuple):
    """How each council's citizens are drawn: one row for each council of the run."""

    place: Array
    """Place among the 22: int64 [authority]."""
    first: Array
    """The council's first community: int64 [authority]; its others follow."""
    citizens: Array
    """Simulated citizens: int64 [authority]."""
    communities: Array
    """Communities: int64 [authority]."""
    offset: Array
    """Where the systematic sample of people begins, 0 to 1: float64 [authority]."""
    cells: Array
    """Share of residents up to and including each sex and age, men first: float64 [authority, 2 * 106]."""
    welsh: Array
    """Share of residents who speak Welsh: float64 [authority]."""


@cache
def residents() -> Array:
    """Return the persons of mid-2013 by council, sex and age: float64 [22, 2, 106].

    Each council's age bands of 2011 are brought to the national total of the band in 2013; within a band all councils
    have the national mix of sex and single age.
    """
    national = np.zeros((2, AGES))
    counted = evidence.population_by_age()
    national[:, : counted.shape[1]] = counted
    persons = np.array([authority.persons for authority in evidence.authorities()], float)
    band = np.searchsorted(BANDS_FROM, np.arange(AGES), side="right") - 1
    share = (persons / persons.sum(axis=0))[:, band]
    return share[:, None, :] * national


def chosen(names: tuple[str, ...]) -> list[int]:
    """Return the places of the named councils among the 22.

    Raises
    ------
    ValueError
        If a name is not the English name of a council, or none is given, or one twice.
    """
    known = {authority.name: k for k, authority in enumerate(evidence.authorities())}
    wrong = [name for name in names if name not in known]
    if wrong or not names or len(set(names)) < len(names):
        raise ValueError(f"councils: {list(names)}: name each council once, out of {', '.join(known)}")
    return [known[name] for name in names]


def split(citizens: int, people: Array) -> Array:
    """Return citizens by council, int64, in proportion to `people`, none below `LEAST_CITIZENS` if that can be."""
    councils = len(people)
    if citizens <= LEAST_CITIZENS * councils:
        return citizens // councils + (np.arange(councils) < citizens % councils)
    least = np.zeros(councils, bool)
    while True:
        rest = citizens - LEAST_CITIZENS * least.sum()
        share = np.where(least, LEAST_CITIZENS, rest * people / people[~least].sum())
        below = ~least & (share < LEAST_CITIZENS)
        if not below.any():
            return rounded(share, citizens)
        least |= below


def rounded(wanted: Array, total: int) -> Array:
    """Return whole numbers, int64, nearest to `wanted` that add up to `total` (largest remainders)."""
    whole = np.floor(wanted).astype(np.int64)
    by_remainder = np.argsort(whole - wanted, kind="stable")
    for at in range(total - int(whole.sum())):
        whole[by_remainder[at % len(whole)]] += 1
    return whole


@cache
def deprivation_shares() -> Array:
    """Return the share of each council's residents in each fifth of small areas of Wales: float64 [22, 5], sums 1."""
    councils = evidence.authorities()
    people = np.array([authority.people for authority in councils], float)
    spread = [_spread(authority) for authority in councils]

    def beyond(score: float) -> Array:
        return np.array([1.0 - local.cdf(score) for local in spread])

    above = [beyond(_score_beyond(beyond, people, (k + 1) / FIFTHS)) for k in range(FIFTHS - 1)]
    return np.diff(np.array([np.zeros(len(councils)), *above, np.ones(len(councils))]), axis=0).T


def _spread(authority: Authority) -> NormalDist:
    deviation = (_DEPRIVED_SCORE - authority.wimd_score) / _NORMAL.inv_cdf(1.0 - authority.wimd_extent)
    return NormalDist(authority.wimd_score, deviation)


def _score_beyond(beyond: Any, people: Array, share: float) -> float:
    low, high = -100.0, 200.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if people @ beyond(middle) > share * people.sum() else (low, middle)
    return low


def fifths(councils: list[int], citizens: Array, communities: Array) -> list[Array]:
    """Return each council's communities by fifth, int64 [5] each, as even over the run as can be."""
    scores = [evidence.authorities()[k].wimd_score for k in councils]
    carried = np.zeros(FIFTHS)
    counts = [np.zeros(FIFTHS, np.int64) for _ in councils]
    for a in sorted(range(len(councils)), key=lambda a: -scores[a]):
        size = citizens[a] / communities[a]
        wanted = np.maximum(0.0, deprivation_shares()[councils[a]] * communities[a] + carried / size)
        wanted *= communities[a] / wanted.sum()
        counts[a] = rounded(wanted, int(communities[a]))
        carried += (deprivation_shares()[councils[a]] * communities[a] - counts[a]) * size
    return counts


def place(
    *, citizens: int, community_size: int, councils: tuple[str, ...], seed: int, slack: float
) -> tuple[Communities, Councils, Array]:
    """Return the communities of a run (still without ids), how their citizens are drawn, and the councils' weights.

    The parameters are those of `population.build.build_state`.
    """
    where = chosen(councils)
    people = residents()[where]
    total = people.sum(axis=(1, 2))
    sizes = split(citizens, total)
    number = np.maximum(np.rint(sizes / community_size).astype(np.int64), -(-sizes // MOST_AT_THE_START))
    number = np.clip(number, 1, sizes)
    every = [evidence.authorities()[k] for k in where]
    cells = np.cumsum(people.reshape(len(where), -1), axis=1) / total[:, None]
    cells[:, -1] = 1.0
    offset = np.array([uniform(compiled_words(seed, int(Stream.POPULATION), k, 0, 0)[0]) for k in where])
    welsh = np.array([authority.welsh_percent / 100.0 for authority in every])
    rows = Communities(*empty(COMMUNITY_COLUMNS, int(number.sum())))
    rows.authority[:] = np.repeat(np.arange(len(where)), number)
    rank = np.arange(len(rows.id)) - np.repeat(np.cumsum(number) - number, number)
    rows.size[:] = sizes[rows.authority] // number[rows.authority] + (rank < (sizes % number)[rows.authority])
    rows.founded[:] = rows.size
    rows.capacity[:] = np.minimum(rows.size + np.rint(rows.size * slack), MOST_CITIZENS)
    rows.start[:] = np.cumsum(rows.capacity) - rows.capacity
    counts = fifths(where, sizes, number)
    rows.deprivation[:] = np.concatenate([np.repeat(np.arange(FIFTHS), count) for count in counts])
    rows.setting[:] = np.repeat([int(authority.setting) for authority in every], number)
    drawn = Councils(np.array(where), np.cumsum(number) - number, sizes, number, offset, cells, welsh)
    return rows, drawn, total / sizes

