"""Whom a story is about: citizens of April 2013 chosen by rule, never by hand."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from copro_sim.comparison.comparison import Array
from copro_sim.comparison.lives import Lived, people_of
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.state.codes import Life, NeedKind, NeedLevel, Setting, Sex
from copro_sim.state.world import State

ROLES = ("typical", "helped", "harmed")
"""Nearest to the middle of all in age, need and what differs; whom the second scenario leaves best off; whom worst."""

BY = {"unmet_hours": -1.0, "wellbeing": 1.0}
"""By what somebody is helped or harmed, and its sign: what counts as better."""

ADULT_FROM = 18
_SHARE_WITH_NEED, _YEARS = 0.5, 5
"""In what share of the months somebody needs help, of at least how many whole years lived in both (a short run: all of it)."""


class Who(NamedTuple):
    """Somebody, as in April 2013.

    Parameters
    ----------
    role
        One of `ROLES`.
    id, community
        Own id, and the number of the community in the run.
    age, sex
        Completed years; "male" or "female".
    council, setting, fifth
        English name; "city", "valley", "town" or "rural"; deprivation fifth of the community, 1 the most deprived.
    household
        People in the household.
    need_kind, need_level, need_hours
        "later life", "lifelong" or "mental health"; 0 (none) to 4 (critical); hours a week.
    change
        What the choice is by, the second scenario's less the first's: mean over all months of the whole years (April to March)
        lived in both, which is what titles report.
    """

    role: str
    id: int
    community: int
    age: int
    sex: str
    council: str
    setting: str
    fifth: int
    household: int
    need_kind: str
    need_level: int
    need_hours: float
    change: float


def choose(
    first: Lived, second: Lived, *, by: str = "unmet_hours", councils: Sequence[str] | None = None
) -> tuple[list[Who], int]:
    """Return whom to follow, in the order of `ROLES`, and of how many they were chosen.

    Chosen are adults of April 2013 who in both futures need help in at least half of the months of the whole years that they
    live here in both. Nobody is helped, or harmed, if nobody's `by` is for the better, or the worse. Of equals the one with the
    smallest id.

    Raises
    ------
    ValueError
        If nobody can be chosen.
    """
    state, people = first.begin, people_of(first.begin)
    both = first.here & second.here
    years = both.sum(axis=0)
    needed = np.minimum(*(_mean(lived, "in_need", both) for lived in (first, second)))
    place, number = _where(state, people)
    adult = _age(state, place) >= ADULT_FROM
    enough = min(_YEARS, len(both))
    may = adult & (years >= enough) & (needed >= _SHARE_WITH_NEED)
    if councils is not None:
        wanted = [first.names.index(name) for name in councils]
        may &= np.isin(state.communities.authority[number], wanted)
    found = np.flatnonzero(may)
    if not found.size:
        when = f"in most months of {enough} years in both futures"
        raise ValueError(f"nobody to follow: no adult of April 2013 there needs help {when}")
    change = _mean(second, by, both)[found] - _mean(first, by, both)[found]
    age, need = _age(state, place)[found], _mean(first, "need_hours", both)[found]
    chosen = {"typical": int(np.argmin(_from_middle(age) + _from_middle(need) + _from_middle(change)))}
    gain = change * BY[by]
    if gain.max() > 0.0:
        chosen["helped"] = int(np.argmax(gain))
    if gain.min() < 0.0:
        chosen["harmed"] = int(np.argmin(gain))
    return [
        _who(role, first, int(place[found[k]]), int(number[found[k]]), float(change[k])) for role, k in chosen.items()
    ], len(found)


def _mean(lived: Lived, name: str, both: Array) -> Array:
    """Return the mean of a measure over the whole years lived in both futures, float64 [people]; 0 where there is none."""
    total = np.where(both, lived.by_year[name], 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(1, both.sum(axis=0)))


def _from_middle(values: Array) -> Array:
    """Return how far each is from the middle in the order of all, 0 to 1/2; equals are equally far."""
    ordered = np.sort(values)
    rank = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2
    return np.asarray(np.abs(rank / len(values) - 0.5))


def _where(state: State, people: Array) -> tuple[Array, Array]:
    """Return the place in the columns and the number of the community of each of these people, int64 [people]."""
    alive = np.flatnonzero(state.citizens.life == Life.ALIVE)
    place = alive[np.argsort(state.citizens.id[alive], kind="stable")]
    stored = np.argsort(state.communities.start)
    return place, stored[np.searchsorted(state.communities.start, place, "right", sorter=stored) - 1]


def _age(state: State, place: Array) -> Array:
    return np.asarray((state.month - state.citizens.birth_month[place].astype(int)) // MONTHS_PER_YEAR)


def _who(role: str, lived: Lived, i: int, number: int, change: float) -> Who:
    state = lived.begin
    c, here = state.citizens, state.communities
    community = state.community(number)
    together = (community.household == c.household[i]) & (community.life == Life.ALIVE)
    return Who(
        role, int(c.id[i]), number, int(_age(state, np.array([i]))[0]), Sex(int(c.sex[i])).name.lower(),
        lived.names[int(here.authority[number])], Setting(int(here.setting[number])).name.lower(),
        int(here.deprivation[number]) + 1, int(together.sum()),
        NeedKind(int(c.need_kind[i])).name.lower().replace("_", " "), NeedLevel(int(c.need_level[i])).value,
        float(c.need[i].sum() / MINUTES_PER_MONTH_OF_WEEKLY_HOUR), change,
    )  # fmt: skip
