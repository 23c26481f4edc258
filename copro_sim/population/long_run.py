"""Who has how much need at the start: the distribution over levels that the health process itself leads to.

Equation
    x(birth) = start of that kind; x(next birthday) = x @ M(kind, sex, age, fifth)**12, with the health process's
    monthly matrix M; people of an age are taken in the middle of their year of age
    where deaths are given, a year leaves of each level the share 1 - q * r(level) / (mean r), r = need_ratio**level
    in a run-in without ageing and deaths, by kind, sex, fifth and age, x[level] * more[level] = x[level + 1] * less[level + 1]
    with less[kind, level + 1] such that as many move up in all as in life (`turnover`), or fewer where more would be too much
Source   the parameters of `processes/health.py`
Limits   One share of unmet need and of loneliness for all (`health.usual`). Without deaths given nobody dies, and old people come
         out too frail.
"""

from typing import Any

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.processes import health
from copro_sim.state.codes import NeedKind
from copro_sim.state.needs import LIFELONG_START

Array = np.ndarray[Any, Any]

_HALF_YEAR = MONTHS_PER_YEAR // 2


def level_shares(health_tables: health.Tables, *, death: Array | None = None, need_ratio: float = 1.0) -> Array:
    """Return the distribution over need levels: float64 [3 kinds, 2 sexes, 5 fifths, 106 ages, 5 levels], sums 1.

    Parameters
    ----------
    health_tables
        What `processes.health.usual` returns, or `processes.health.tables` where nothing hastens or eases.
    death
        Yearly chance of death, [2 sexes, 106 ages]; nobody dies unless given.
    need_ratio
        How much likelier death is with each band of need (`processes.ageing.Params.need_ratio`).
    """
    half = np.linalg.matrix_power(_matrices(health_tables), _HALF_YEAR)
    kinds, sexes, fifths, ages, levels, _ = half.shape
    ratio = need_ratio ** np.arange(levels)
    chance = np.zeros((sexes, ages)) if death is None else death
    now = np.zeros((kinds, sexes, fifths, 1, levels))
    now[..., 0] = 1.0
    now[NeedKind.LIFELONG] = LIFELONG_START
    shares = np.empty((kinds, sexes, fifths, ages, levels))
    for age in range(ages):
        middle = now @ half[:, :, :, age]
        shares[:, :, :, age] = middle[..., 0, :]
        now = _survivors(middle, chance[:, age], ratio) @ half[:, :, :, age]
    return shares


def _survivors(levels: Array, chance: Array, ratio: Array) -> Array:
    """Return the distribution over levels, [kind, sex, fifth, 1, level], among those who outlive a year."""
    mean = levels[NeedKind.LATER_LIFE].mean(axis=(1, 2)) @ ratio
    left = levels * (1.0 - np.minimum(1.0, (chance / mean)[:, None] * ratio))[:, None, None, :]
    total = left.sum(axis=-1, keepdims=True)
    return np.where(total > 0.0, left / np.where(total > 0.0, total, 1.0), levels)


def average_levels(shares: Array, *, lifelong: float, mental: float) -> Array:
    """Return the distribution over need levels of everybody: float64 [2 sexes, 106 ages, 5 levels], sums 1.

    Parameters
    ----------
    shares
        What `level_shares` returns; its fifths count equally.
    lifelong, mental
        Shares of people, 0 to 1, with lifelong need and prone to mental ill-health; all others are of the kind that
        comes with later life.
    """
    kinds = np.zeros(len(NeedKind))
    kinds[NeedKind.LATER_LIFE] = 1.0 - lifelong - mental
    kinds[NeedKind.LIFELONG], kinds[NeedKind.MENTAL_HEALTH] = lifelong, mental
    return np.einsum("k,ksfal->sal", kinds, shares) / shares.shape[2]


def turnover(t: health.Tables, usual: health.Tables, shares: Array, people: Array) -> health.Tables:
    """Return the chances by which need moves in a run-in without ageing, births and deaths: as many as ever have each level.

    As many people as in life come to more need; as many leave it, on whatever way they do in life: recovery, or death while
    others grow older. For each level the moves up and down are in balance, so that nothing drifts; where the oldest would need a
    chance above `health.MOST_A_MONTH` for that, everybody of the kind moves less between the two levels.

    Parameters
    ----------
    t
        What a run's health process is given (`processes.health.tables`).
    usual
        The same for people as they usually are (`processes.health.usual`): each month's modifiers are as in life.
    shares
        The distribution over levels that stays (`level_shares`).
    people
        Whom moves up are added up over: persons, [2 sexes, at most 106 ages].
    """
    persons = np.zeros((shares.shape[1], shares.shape[3]))
    persons[:, : people.shape[1]] = people
    there = shares * persons[:, None, :, None]
    up = usual.more.transpose(1, 2, 0, 4, 3)
    less = np.zeros_like(usual.less)
    less[:, 1:] = _ratio((there * up)[..., :-1].sum(axis=(1, 2, 3)), there[..., 1:].sum(axis=(1, 2, 3)))
    each = _ratio(shares[..., 1:], shares[..., :-1])
    less[:, 1:] = np.minimum(less[:, 1:], _ratio(np.array(health.MOST_A_MONTH), each.max(axis=(1, 2, 3)), np.inf))
    more = np.zeros_like(up)
    more[..., :-1] = each * less[:, None, None, None, 1:]
    faster, easier = _ratio(usual.more, t.more, 1.0), _ratio(usual.less, t.less, 1.0)
    return t._replace(more=np.ascontiguousarray(more.transpose(2, 0, 1, 4, 3) / faster), less=less / easier)


def _ratio(part: Array, whole: Array, without: float = 0.0) -> Array:
    """Return part / whole, and `without` where there is no whole."""
    return np.where(whole > 0.0, part / np.where(whole > 0.0, whole, 1.0), without)


def _matrices(t: health.Tables) -> Array:
    """Return every `health.transition_matrix` at once: [kind, sex, fifth, age, level, level]."""
    more = t.more.transpose(1, 2, 0, 4, 3)
    less = np.broadcast_to(t.less[:, None, None, None, :], more.shape)
    level = np.arange(more.shape[-1])
    matrices = np.zeros((*more.shape, more.shape[-1]))
    matrices[..., level, level] = 1.0 - more - less
    matrices[..., level[:-1], level[1:]] = more[..., :-1]
    matrices[..., level[1:], level[:-1]] = less[..., 1:]
    return matrices
