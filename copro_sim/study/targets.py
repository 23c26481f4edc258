"""What Wales counted, and the same measured in a run of the actual past: the one definition of each.

A run of the past is `PAST` from April 2013: money as it was spent, the Act from 2016, no co-production. Surveys ask at some time
of a year; here each is answered by the citizens of one month, the last before the April named beside it. Surveys ask in private
households, the Census everybody: `surveyed` leaves out who lives in a care home.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR, PENCE, START_YEAR
from copro_sim.engines import simulate
from copro_sim.scenario import evidence
from copro_sim.scenario.schema import Scenario
from copro_sim.state.codes import Life, Mode, Need, NeedLevel, Sex, Source
from copro_sim.state.world import State

Array = np.ndarray[Any, Any]

PAST = "retreating-state"
"""The scenario whose first years are the actual past."""

YEARS = 10
"""Years of the past that are lived: until April 2023."""

_UNPAID = [Source.HOUSEHOLD, Source.KIN, Source.FRIEND, Source.NEIGHBOUR, Source.CREDIT]
_PAID = [source for source in Source if source not in _UNPAID]
_ADULT_FROM, _OLD_FROM, _ASKED_FROM, _CARERS_FROM = 18, 65, 16, 5
_HOUR = MINUTES_PER_MONTH_OF_WEEKLY_HOUR


@dataclass(frozen=True)
class Target:
    """One thing that was counted.

    Parameters
    ----------
    name
        Also that of its definition below.
    subject
        What it is about; tables and figures stand in the order of subjects.
    value
        What was counted.
    low, high
        Between which a run has hit it.
    year
        The year counted.
    fitted
        Whether calibration moves settings towards it; the others are only compared.
    grade, what, source
        How we know it, what it is and in which unit, and where it was counted.
    """

    name: str
    subject: str
    value: float
    low: float
    high: float
    year: int
    fitted: bool
    grade: str
    what: str
    source: str

    @property
    def middle(self) -> float:
        """Middle of what counts as hit: what calibration aims at, since the value may lie near an end."""
        return (self.high + self.low) / 2

    @property
    def tolerance(self) -> float:
        """Half the width of what counts as hit: the unit in which misses are compared."""
        return (self.high - self.low) / 2

    def hit(self, measured: float) -> bool:
        """Return whether a measured number counts as hit."""
        return self.low <= measured <= self.high


@cache
def targets() -> tuple[Target, ...]:
    """Return all targets, in the order of `scenario/data/targets.csv`."""
    return tuple(
        Target(
            row["name"], row["subject"], float(row["value"]), float(row["low"]), float(row["high"]), int(row["year"]),
            row["use"] == "fitted", row["grade"], row["what"], row["source"],
        )
        for row in evidence.rows("targets")
    )  # fmt: skip


@cache
def fitted() -> tuple[Target, ...]:
    """Return the targets to which settings are fitted."""
    return tuple(target for target in targets() if target.fitted)


def measured(scenario: Scenario, *, seed: int, threads: int = 1) -> Array:
    """Return what each of `targets` is in a run of the past, float64; NaN where nobody is of that kind.

    Parameters
    ----------
    scenario
        `PAST`, with settings as they are tried; how long it runs does not matter.
    seed
        Key of all chance.
    threads
        Threads over which communities are spread.
    """
    begin = simulate.start(scenario, seed=seed, threads=threads)
    asked = {START_YEAR, *(target.year for target in targets())}
    past = Past({}, np.zeros(0), [])
    for year, lived in enumerate(simulate.years(begin, seed=seed, threads=threads, count=YEARS), start=START_YEAR):
        past.lines.append(float(lived.policy.eligibility_line.mean()))
        if year in asked:
            past.people[year] = People(lived.state, begin.settled.weights)
    past = past._replace(spent=np.array(begin.government.accounts["care_spent"]).sum(axis=1) / PENCE)
    return np.array([_definition(target.name)(past, target.year) for target in targets()])


class Past(NamedTuple):
    """What a run of the past left of what targets are made of."""

    people: dict[int, "People"]
    """After the financial year from April of the year: who lives."""
    spent: Array
    """Councils' money for support at home, pounds of 2013-14: float64 [years]."""
    lines: list[float]
    """Mean eligibility line of the councils, by year from 2013-14."""


class People:
    """The living citizens after a month, one place each, with the real people that each stands for.

    Parameters
    ----------
    state
        The world after the month.
    weights
        Real people for each simulated citizen, float64 [authority].
    """

    def __init__(self, state: State, weights: Array) -> None:
        """Take the columns that targets are made of."""
        content = state.content()
        living = content["life"] == Life.ALIVE
        self._content = {name: column[living] for name, column in content.items()}
        order = np.argsort(state.communities.id)
        number = order[np.searchsorted(state.communities.id[order], self["community"])]
        self.weight = weights[state.communities.authority[number]]
        self.fifth = state.communities.deprivation[number]
        self.age = (state.month - 1 - self["birth_month"]) // MONTHS_PER_YEAR
        self.needs = self["need"].sum(axis=1) > 0
        self.personal_need = self["need"][:, Need.PERSONAL] > 0
        self.given = self["given"] / _HOUR
        self.carers = (self.given >= 1) & (self.age >= _CARERS_FROM)
        self.old = self.age >= _OLD_FROM
        self.men = self["sex"] == Sex.MALE
        home = np.stack([self["community"].astype(np.int64), self["household"].astype(np.int64)], axis=1)
        _, home_of, in_home = np.unique(home, axis=0, return_inverse=True, return_counts=True)
        self.alone = in_home[home_of.reshape(-1)] == 1

    def __getitem__(self, name: str) -> Array:
        """Return a column of all living citizens (`State.content`)."""
        return self._content[name]

    def count(self, true: Array) -> float:
        """Return how many real people something is true of."""
        return float(self.weight[true].sum())

    def share(self, true: Array, among: Array) -> float:
        """Return the share of some people of whom something is true; NaN if there are none."""
        of = self.count(among)
        return self.count(true & among) / of if of else float("nan")

    def mean(self, values: Array, among: Array) -> float:
        """Return the mean of something over some people; NaN if there are none."""
        of = self.count(among)
        return float((self.weight * values)[among].sum()) / of if of else float("nan")

    def aged(self, low: int, high: int = 200) -> Array:
        """Return who is from `low` to `high` years old."""
        return (self.age >= low) & (self.age <= high)

    def surveyed(self, low: int, high: int = 200) -> Array:
        """Return who is from `low` to `high` years old and does not live in a care home."""
        return self.aged(low, high) & (self["mode"] != Mode.RESIDENTIAL)

    def helped(self, sources: list[Source], need: Need | None = None) -> Array:
        """Return who got help from any of some sources this month, with one need or with any."""
        received = self["received"][:, :, sources] if need is None else self["received"][:, [need]][:, :, sources]
        return np.asarray(received.sum(axis=(1, 2)) > 0)


def _carers(low: float, high: float) -> Callable[[People], float]:
    return lambda p: 100 * p.share((p.given >= low) & (p.given < high), p.age >= _CARERS_FROM)


def _alone(low: int, high: int = 200) -> Callable[[People], float]:
    return lambda p: p.share(p.alone & (p["mode"] != Mode.RESIDENTIAL), p.aged(low, high))


def _informal_only(men: bool) -> Callable[[People], float]:
    def share(p: People) -> float:
        helped = p.surveyed(_OLD_FROM) & (p.men == men) & p.helped(list(Source), Need.PERSONAL)
        return p.share(~p.helped(_PAID, Need.PERSONAL), helped)

    return share


def _clients(p: People) -> Array:
    return p["mode"] != Mode.NONE


def _women_to_men(true: Callable[[People], Array], among: Callable[[People], Array]) -> Callable[[People], float]:
    return lambda p: p.share(true(p), among(p) & ~p.men) / p.share(true(p), among(p) & p.men)


_OF_PEOPLE: dict[str, Callable[[People], float]] = {
    "need_65_69": lambda p: p.share(p.needs, p.surveyed(65, 69)),
    "need_80_plus": lambda p: p.share(p.needs, p.surveyed(80)),
    "great_need_65_69": lambda p: p.share(p["need_level"] >= NeedLevel.MODERATE, p.surveyed(65, 69)),
    "great_need_80_plus": lambda p: p.share(p["need_level"] >= NeedLevel.MODERATE, p.surveyed(80)),
    "need_women_to_men": _women_to_men(lambda p: p.needs, lambda p: p.surveyed(_OLD_FROM)),
    "unmet_personal": lambda p: p.share(p["unmet"][:, Need.PERSONAL] > 0, p.surveyed(_OLD_FROM)),
    "carers_1_9": _carers(1, 10),
    "carers_10_19": _carers(10, 20),
    "carers_20_34": _carers(20, 35),
    "carers_35_49": _carers(35, 50),
    "carers_50_plus": _carers(50, np.inf),
    "informal_only_men": _informal_only(True),
    "informal_only_women": _informal_only(False),
    "clients": lambda p: 100 * p.share(_clients(p), p.age >= _ADULT_FROM),
    "residents": lambda p: p.count(p["mode"] == Mode.RESIDENTIAL),
    "direct_payments": lambda p: 100 * p.share(np.isin(p["mode"], (Mode.DIRECT_PAYMENT, Mode.CITIZEN_DIRECTED)), _clients(p)),
    "lonely": lambda p: p.share(p["lonely"] == 1, p.surveyed(_ASKED_FROM)),
    "wellbeing": lambda p: p.mean(p["wellbeing"], p.surveyed(_ASKED_FROM)),
    "alone_16_64": _alone(16, 64),
    "alone_65_74": _alone(65, 74),
    "alone_75_84": _alone(75, 84),
    "alone_85_plus": _alone(85),
    "help_sought": lambda p: p.share(p["asked"] == 1, p.surveyed(_OLD_FROM) & (p["unmet"].sum(axis=1) > 0)),
    "unpaid_hours": lambda p: p.mean(p.given, p.age >= _CARERS_FROM),
    "carers_women_to_men": _women_to_men(lambda p: p.carers, lambda p: p.age >= _CARERS_FROM),
    "women_give_50_54": lambda p: p.share(p["given"] > 0, p.surveyed(50, 54) & ~p.men),
    "men_give_50_54": lambda p: p.share(p["given"] > 0, p.surveyed(50, 54) & p.men),
    "helped_65_69": lambda p: p.share(p.helped(list(Source), Need.PERSONAL), p.surveyed(65, 69)),
    "helped_85_plus": lambda p: p.share(p.helped(list(Source), Need.PERSONAL), p.surveyed(85)),
    "no_help": lambda p: p.share(~p.helped(list(Source)), p.surveyed(_OLD_FROM) & p.needs),
    "need_most_to_least_deprived": lambda p: p.share(p.needs, p.fifth == 0) / p.share(p.needs, p.fifth == 4),
    "age_of_residents": lambda p: p.mean(p.age, p.old & (p["mode"] == Mode.RESIDENTIAL)),
    "share_65_plus": lambda p: p.share(p.old, p.age >= 0),
    "share_85_plus": lambda p: p.share(p.aged(85), p.age >= 0),
    "people_65_plus": lambda p: p.count(p.old),
    "carers_who_need_help": lambda p: p.share(p.needs, p.carers) / p.share(p.needs, ~p.carers & (p.age >= _CARERS_FROM)),
}
"""How targets are measured that people answer, by name: shares from 0 to 1, or as the unit says."""


def _spending_change(past: Past, year: int) -> float:
    """Return by what share councils' spending at home for each person of 65 and over differs from that of 2013-14."""
    first, last = (past.spent[y - START_YEAR] / past.people[y].count(past.people[y].old) for y in (START_YEAR, year))
    return float(last / first - 1)


def _carers_to_need(past: Past, year: int) -> float:
    """Return by what carers for each person in need have multiplied since 2013-14."""
    then, now = past.people[START_YEAR], past.people[year]
    return float(now.count(now.carers) / now.count(now.needs) / (then.count(then.carers) / then.count(then.needs)))


_OF_THE_PAST: dict[str, Callable[[Past, int], float]] = {
    "spending_change": _spending_change,
    "carers_to_need": _carers_to_need,
    "eligibility_line": lambda past, year: past.lines[year - START_YEAR],
}
"""How targets are measured for which the people of one year are not enough."""


def _definition(name: str) -> Callable[[Past, int], float]:
    if name in _OF_THE_PAST:
        return _OF_THE_PAST[name]
    return lambda past, year: _OF_PEOPLE[name](past.people[year])
