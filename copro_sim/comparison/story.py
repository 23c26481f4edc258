"""Two futures of one citizen: the same person, by the same chance, in each scenario, and under each council."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from copro_sim.comparison.chosen import BY, Who, choose
from copro_sim.comparison.compare import chosen_of
from copro_sim.comparison.comparison import Comparison, distinct, titles_of
from copro_sim.comparison.followed import End, follow
from copro_sim.comparison.lives import Lived, live_all
from copro_sim.comparison.paired import difference
from copro_sim.comparison.places import find_place, problems_of
from copro_sim.comparison.tasks import Task, Tasks
from copro_sim.engines.simulate import Progress
from copro_sim.results import export
from copro_sim.results.provenance import provenance
from copro_sim.results.results import months
from copro_sim.scenario.arguments import no_choice, numbers_wrong, others_wrong, refuse
from copro_sim.scenario.futures import unlike
from copro_sim.scenario.problems import Problem, ScenarioError
from copro_sim.scenario.schema import Scenario

USUAL = ("retreating-state", "co-production")
"""Whose futures are told unless others are named."""

_OF_COUNCILS = ("need_hours", "council_hours", "unmet_hours", "wellbeing")


@dataclass(frozen=True, eq=False)
class Story:
    """Citizens followed month by month through one future of some scenarios.

    Parameters
    ----------
    scenarios, names
        As lived, and how each is called in tables; the first is the reference.
    seed
        Key of all chance of this future.
    future, futures
        Which future of a comparison it is, and how many that has; None and 0 of scenarios by themselves.
    place, by, people
        Where those followed live in April 2013, by what, and of how many they were chosen (`comparison/chosen.py`).
    citizens
        Who is followed: the most typical, the most helped and the most harmed, if there is anybody.
    table
        One row for each citizen (column `who`), scenario and month lived here: age, need, hours a week of help by source and
        unmet, hours given, wellbeing, support and more. Need is exactly what all sources and `unmet_hours` add up to.
    ends
        How each story ends, by (who, scenario): died, moved away or followed to the end, after how many months.
    councils
        One row for each citizen, scenario and council: means over the months lived were that council the citizen's.
    """

    scenarios: tuple[Scenario, ...]
    names: tuple[str, ...]
    seed: int
    future: int | None
    futures: int
    place: str
    by: str
    people: int
    citizens: tuple[Who, ...]
    table: pd.DataFrame
    ends: dict[tuple[str, str], End]
    councils: pd.DataFrame

    def __repr__(self) -> str:
        """Return a line, for notebooks: whole scenarios and tables would fill pages."""
        who = ", ".join(who.role for who in self.citizens)
        return f"<Story of {', '.join(self.names)}: {who}, {self.years} years; .table, .frame(), .councils>"

    @property
    def titles(self) -> dict[str, str]:
        """Title of each scenario by its name, in the language spoken."""
        return titles_of(self.names, self.scenarios)

    @property
    def years(self) -> int:
        """Years lived."""
        return self.scenarios[0].run.years

    def of(self, who: str, scenario: str) -> pd.DataFrame:
        """Return the months of one citizen in one scenario."""
        return self.table[(self.table["who"] == who) & (self.table["scenario"] == scenario)]

    def frame(self) -> pd.DataFrame:
        """Return one row for each citizen and scenario: who it is, how it ends, and means over the months lived here.

        `change_in_...` is what the choice was by, the second scenario's less the first's: mean over the whole years (April to
        March) lived in both.
        """
        rows = []
        for who in self.citizens:
            for name in self.names:
                end, lived = self.ends[who.role, name], self.of(who.role, name)
                means = {str(key): value for key, value in lived.mean(numeric_only=True).items() if key != "age"}
                about = {"who": who.role, "scenario": name, **_about(who, self.by)}
                rows.append({**about, "end": end.how, "months": end.months, **means})
        return pd.DataFrame(rows)

    def save(self, directory: str | Path) -> Path:
        """Write `months.csv`, `citizens.csv`, `councils.csv` and provenance to a folder, and return it."""

        def as_csv(table: pd.DataFrame) -> export.Writer:
            return lambda path: table.to_csv(path, index=False, lineterminator="\n")

        writers = {"months.csv": as_csv(self.table), "citizens.csv": as_csv(self.frame()), "councils.csv": as_csv(self.councils)}
        about = provenance(
            self.scenarios, seed=self.seed, engine="kernels", future=self.future, place=self.place, by=self.by,
        )  # fmt: skip
        return export.save(Path(directory), writers, about)


def story(
    given: Comparison | Iterable[str | Path | Scenario] = USUAL, *, seed: int = 1, years: int | None = None,
    place: str = "Wales", by: str = "unmet_hours", workers: int | None = None, progress: Progress | None = None,
) -> Story:  # fmt: skip
    """Follow the same citizens month by month through one future of several scenarios, and under each council.

    Citizens are chosen by rule: of all adults of April 2013 who need help in at least half of the whole years that they live
    in the first two scenarios, the one nearest to the middle in age, need and what differs, the one whom the second scenario
    helps most against the first, and the one whom it harms most: means over all months of these years. The extremes owe
    much to luck: who met whom.

    Parameters
    ----------
    given
        A comparison, of which the first two scenarios are told, in the future whose difference in unmet need is nearest to
        the median; or two scenarios or more, which are lived as they are.
    seed
        Key of all chance, 0 to 2**63 - 1; a comparison has its own.
    years
        Years to live, 1 to 100; the scenarios' own number if not given. A comparison has its own.
    place
        English or Welsh name of the council or region where those chosen live in April 2013.
    by
        By what somebody is helped or harmed: "unmet_hours" or "wellbeing".
    workers
        Threads; 1 if not given. Nothing depends on it.
    progress
        Called with (years lived, years in all).

    Raises
    ------
    ValueError
        If the scenarios differ in place, size or years.
    ScenarioError
        If scenarios are fewer than two or cannot be loaded, an argument makes no sense, there is no such place, or there is
        nobody to choose.

    Examples
    --------
    >>> import copro_sim as cs
    >>> told = cs.story(years=10)  # doctest: +SKIP
    >>> cs.plot(told, "helped")  # doctest: +SKIP
    """
    problems = [
        *numbers_wrong(seed=seed, years=years, workers=workers), *no_choice("by", by, BY), *others_wrong(progress=progress),
    ]  # fmt: skip
    asked, more = (_of_comparison(given), []) if isinstance(given, Comparison) else _alone(given, seed, years, problems)
    if len(asked.scenarios) < 2 and not more:
        more = [Problem(key="given", message="must be two scenarios or more: the first is what the second is compared with")]
    if isinstance(given, Comparison) and given.population is not None:
        more.append(Problem(key="story", message="cannot be told of a population of one's own; give scenarios"))
    if asked.scenarios:
        more += problems_of(place, asked.scenarios[0].council_names())
    refuse([*problems, *more])
    refuse(unlike(asked.scenarios))
    lived = live_all(asked.scenarios, seed=asked.seed, threads=workers or 1, progress=progress)
    where = find_place(place)
    councils = None if set(where.councils) >= set(lived[0].names) else where.councils
    try:
        who, people = choose(lived[0], lived[1], by=by, councils=councils)
    except ValueError as error:
        raise ScenarioError([Problem(key="story", message=f"{error}; take more citizens, years or places")]) from None
    tables = _told(lived, asked.names, who, workers or 1)
    return Story(
        asked.scenarios, asked.names, asked.seed, asked.future, asked.futures, where.name, by, people, tuple(who), *tables
    )


class _Asked(NamedTuple):
    """What is to be lived: scenarios as they are in one future, by one seed."""

    names: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    seed: int
    future: int | None = None
    futures: int = 0


def _alone(given: Any, seed: int, years: int | None, wrong: list[Problem]) -> tuple[_Asked, list[Problem]]:
    """Return scenarios as they are, and what is wrong with them; years are left alone if something is `wrong` already."""
    scenarios, problems = chosen_of(given, None if wrong else years)
    return _Asked(distinct([one.name or "scenario" for one in scenarios]), scenarios, seed), problems


def _of_comparison(comparison: Comparison) -> _Asked:
    """Return the first two scenarios as lived in the future whose difference in unmet need is in the middle of all."""
    names, unmet = comparison.names[:2], comparison.whole_run("unmet_share")
    change = difference(unmet[0], unmet[len(names) - 1])
    order = sorted(range(len(change)), key=lambda f: (change[f], f))
    future = order[(len(order) - 1) // 2]
    tasks = Tasks(comparison.scenarios, comparison.futures, comparison.seed, comparison.engine, comparison.stance)
    scenarios = tuple(tasks.scenario_of(Task(k, future)) for k in range(len(names)))
    return _Asked(names, scenarios, tasks.seed_of(Task(0, future)), future, comparison.futures)


class _Tables(NamedTuple):
    """What `Story` has of these names."""

    table: pd.DataFrame
    ends: dict[tuple[str, str], End]
    councils: pd.DataFrame


def _told(lived: list[Lived], names: tuple[str, ...], who: list[Who], threads: int) -> _Tables:
    rows: list[dict[str, Any]] = []
    spread: list[dict[str, Any]] = []
    ends = {}
    days = months(lived[0].scenario.run.years)
    for name, run in zip(names, lived, strict=True):
        for one, by_council in zip(who, follow(run, who, threads=threads), strict=True):
            about = {"who": one.role, "scenario": name}
            for council, told in zip(run.names, by_council, strict=True):
                hours = pd.DataFrame(told.rows, columns=list(_OF_COUNCILS)).mean()
                means = {name: float(hours[name]) for name in _OF_COUNCILS}
                own, end = council == one.council, {"end": told.end.how, "months": told.end.months}
                spread.append({**about, "council": council, "own": own, **means, **end})
                if own:
                    rows += [{**about, "month": days[k], **row} for k, row in enumerate(told.rows)]
                    ends[one.role, name] = told.end
    return _Tables(pd.DataFrame(rows), ends, pd.DataFrame(spread))


def _about(who: Who, by: str) -> dict[str, Any]:
    found = {name: value for name, value in who._asdict().items() if name not in ("role", "id", "community", "need_hours")}
    return {f"change_in_{by}" if name == "change" else name: value for name, value in found.items()}
