"""What a comparison holds, and the questions that it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import xarray

from copro_sim.comparison.essence import GROUPED, GROUPS, NAMES
from copro_sim.comparison.paired import Crossed, Paired, crossed, interval, paired, verdict_of
from copro_sim.language import _
from copro_sim.results import export
from copro_sim.results.canonical import content_hash
from copro_sim.results.indicators import INDICATORS, Indicator, no_indicator
from copro_sim.results.provenance import provenance
from copro_sim.scenario.arguments import refuse
from copro_sim.scenario.schema import Scenario

Array = np.ndarray[Any, Any]
KEY = (
    "unmet_share", "unmet_hours", "people_unmet", "critical_unmet", "wellbeing", "lonely", "agency", "reluctance",
    "given_hours", "carers_50_plus", "gave_with_need", "credit_hours", "council_hours", "council_cost",
    "coproduction_cost", "unpaid_value",
)  # fmt: skip
"""Indicators that tables show unless others are asked for."""

CROSS = ("retreating-state", "co-production", "steady-state", "steady-and-co-produced")
"""Names of the scenarios that cross money with practice: neither, practice, money, both."""

_BY_SEX_AGE = ("given_by_sex_age", "carers_by_sex_age")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios that lived through the same futures; the first is the reference for the others.

    Parameters
    ----------
    scenarios
        As given, before anything is varied from future to future; names differ.
    seed
        Key of all chance of the comparison.
    engine
        What ran it; the content does not depend on it.
    stance
        How strengths for which there is no evidence were drawn (`scenario/stances.py`).
    data
        xarray: every indicator, national, by (scenario, future, month); `place_...` by (scenario, future, authority,
        year), `..._by_sex_age` by year, sex and age, `group_...` by year and group; the coordinate `run_seed` by future.
        What `at` returns has one place's indicators instead, and nothing by place, sex or group.
    population
        Content hash of somebody's own population with whom every run began; None if the model's.
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    engine: str
    stance: str
    data: xarray.Dataset
    population: str | None = None

    def __repr__(self) -> str:
        """Return a line, for notebooks: whole scenarios and tables would fill pages."""
        return f"<Comparison of {', '.join(self.names)} in {self.futures} futures; .table(), .headlines(), .data>"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, the reference first."""
        return tuple(str(name) for name in self.data.variables["scenario"].values)

    @property
    def titles(self) -> dict[str, str]:
        """Title of each scenario by its name, in the language spoken, on one line; those that came before get a number."""
        return titles_of(self.names, self.scenarios)

    @property
    def futures(self) -> int:
        """Number of futures."""
        return int(self.data.sizes["future"])

    @property
    def years(self) -> int:
        """Years lived."""
        return int(self.data.sizes["year"])

    @property
    def authorities(self) -> tuple[str, ...]:
        """English names of the councils."""
        return tuple(str(name) for name in self.data.variables["authority"].values)

    def whole_run(self, name: str) -> Array:
        """Return the mean of an indicator over the months of the run, float64 [scenario, future].

        Raises
        ------
        KeyError
            If there is no such indicator.
        """
        if name not in INDICATORS:
            raise KeyError(f"there is no indicator {name!r}: there are {', '.join(NAMES)}")
        return np.asarray(self.data.variables[name].values.mean(axis=-1))

    def by_year(self, name: str) -> Array:
        """Return the mean of an indicator over the months of each year, float64 [scenario, future, year]."""
        values = self.data.variables[name].values
        return np.asarray(values.reshape(*values.shape[:2], self.years, -1).mean(axis=-1))

    def paired(self, scenario: str, indicator: str) -> Paired:
        """Return one indicator of one scenario compared with the reference, over the whole run."""
        values = self.whole_run(indicator)
        return paired(values[0], values[self.names.index(scenario)], INDICATORS[indicator].better)

    def table(self, indicators: str | Iterable[str] = KEY) -> pd.DataFrame:
        """Return paired differences to the reference: one row for each other scenario and indicator.

        Parameters
        ----------
        indicators
            Their names, or a single one (see `results/indicators.py`).

        Raises
        ------
        ScenarioError
            If there is no such indicator.
        """
        wanted = _indicators(indicators)
        rows = [
            _row(name, INDICATORS[key], self.paired(name, key)) for name in self.names[1:] for key in wanted
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=_COLUMNS)

    def of_group(self, name: str, group: str) -> Array:
        """Return one of `essence.GROUPED` for a group of people, the mean over the years, float64 [scenario, future]."""
        of_all, names = self.data.variables[f"group_{name}"], self.data.variables["group"].values.tolist()
        return np.asarray(of_all.isel(group=names.index(group)).mean("year").values)

    @property
    def crosses(self) -> bool:
        """Whether all four scenarios that cross money with practice are here."""
        return set(CROSS) <= set(self.names)

    def crossed(self, indicator: str) -> Crossed:
        """Return the effects of money alone, of practice alone and their interaction on an indicator, float64 [futures] each.

        Raises
        ------
        ValueError
            If one of the four scenarios is missing.
        """
        if not self.crosses:
            missing = ", ".join(name for name in CROSS if name not in self.names)
            raise ValueError(f"money by practice needs {', '.join(CROSS)}; missing: {missing}")
        values = self.whole_run(indicator)
        return crossed(*(values[self.names.index(name)] for name in CROSS))

    def money_by_practice(
        self, indicators: str | Iterable[str] = ("unmet_share", "wellbeing", "lonely", "given_hours")
    ) -> pd.DataFrame:
        """Return effects of money alone and of practice alone and their interaction: one row for each indicator and effect.

        In each future, and in the mean (`difference`), the three add up to having both against neither; medians need not.
        """
        rows = []
        for key in _indicators(indicators):
            for effect, change in self.crossed(key)._asdict().items():
                rows.append(
                    {"indicator": key, "title": INDICATORS[key].title, "unit": INDICATORS[key].unit, "effect": effect,
                     "difference": float(change.mean()), "median": float(np.median(change)),
                     **_ends(interval(change, 0.5), interval(change, 0.9)),
                     "futures": len(change), "verdict": verdict_of(change, INDICATORS[key].better)}
                )  # fmt: skip
        return pd.DataFrame(rows)

    def headlines(self) -> list[str]:
        """Return what came out, in plain sentences with the actual count of futures."""
        from copro_sim.comparison.headlines import headlines

        return headlines(self)

    def content_hash(self) -> str:
        """Return the SHA-256 of all that came of the runs, as hexadecimal digits; the engine has no part in it."""
        about = [[scenario.dump() for scenario in self.scenarios], self.seed, self.stance, self.names, self.authorities]
        return content_hash(about, {str(name): column.values for name, column in self.data.data_vars.items()})

    def save(self, directory: str | Path) -> Path:
        """Write the data, the tables, and provenance to a folder and return it; `Comparison.load` reads it back."""
        writers = {
            "comparison.nc": lambda path: export.write_dataset(self.data, path),
            "national.csv": lambda path: self.frame().to_csv(path, index=False, lineterminator="\n"),
            "differences.csv": lambda path: self.table(NAMES).to_csv(path, index=False, lineterminator="\n"),
        }
        if self.crosses:
            writers["money_by_practice.csv"] = lambda path: self.money_by_practice().to_csv(
                path, index=False, lineterminator="\n"
            )
        return export.save(Path(directory), writers, self.about())

    def about(self) -> dict[str, Any]:
        """Return where the numbers come from, as plain values that JSON can hold."""
        return provenance(
            self.scenarios, seed=self.seed, engine=self.engine, stance=self.stance, futures=self.futures,
            content_hash=self.content_hash(), **({} if self.population is None else {"population": self.population}),
        )  # fmt: skip

    @classmethod
    def load(cls, directory: str | Path) -> Self:
        """Return a comparison that `save` wrote.

        Raises
        ------
        ValueError
            If a file is missing or damaged, or of another version that kept other things.
        """
        about = export.load_provenance(Path(directory))
        data = export.load_dataset(Path(directory) / "comparison.nc")
        missing = [name for name in NAMES if name not in data]
        if "group" in data.coords:
            missing += sorted(set(_groups()) - set(data["group"].values.tolist()))
        try:
            raws = [{key: value for key, value in raw.items() if key != "content_hash"} for raw in about["scenarios"]]
            seed, engine, stance, written_by = about["seed"], about["engine"], about["stance"], about["versions"]["copro_sim"]
        except (KeyError, TypeError, AttributeError):
            raise ValueError(f"{directory}: is not a comparison, or its provenance is damaged; compare again") from None
        if missing:
            raise ValueError(
                f"{directory}: was written by copro_sim {written_by}, which did not keep {', '.join(missing[:3])}: "
                "use that version, or compare again"
            )
        return cls(tuple(Scenario.of(raw) for raw in raws), seed, engine, stance, data, about.get("population"))

    def frame(self) -> pd.DataFrame:
        """Return national means: one row for each scenario, future and year, one column for each indicator."""
        index = pd.MultiIndex.from_product(
            [self.names, range(self.futures), self.data["year"].values], names=["scenario", "future", "year"]
        )
        return pd.DataFrame({name: self.by_year(name).ravel() for name in NAMES}, index).reset_index()


def _indicators(named: str | Iterable[str]) -> list[str]:
    """Return names of indicators, one or several, or refuse those that there are not."""
    names = [named] if isinstance(named, str) else list(named)
    refuse(problem for name in names for problem in no_indicator(name))
    return names


def _groups() -> list[str]:
    """Return the names of all groups of people, in the order in which a comparison keeps them."""
    return [name for names in GROUPS.values() for name in names]


def titles_of(names: Sequence[str], scenarios: Sequence[Scenario]) -> dict[str, str]:
    """Return the title of each scenario by its name, in the language spoken, on one line; those that came before get a number."""
    lines = [" ".join(scenario.title.split()) for scenario in scenarios]
    found = [_(line) or name for name, line in zip(names, lines, strict=True)]
    return dict(zip(names, distinct(found), strict=True))


def distinct(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words, with a number after those that came before."""
    found: list[str] = []
    for word in words:
        same, number = word, 1
        while same in found:
            number += 1
            same = f"{word} ({number})"
        found.append(same)
    return tuple(found)


_COLUMNS = [
    "scenario", "indicator", "title", "unit", "reference_mean", "scenario_mean", "difference", "median", "low_50", "high_50",
    "low_90", "high_90", "better", "worse", "higher", "lower", "futures", "verdict", "variance_reduction",
    "parameter_share",
]  # fmt: skip


def _ends(half: tuple[float, float], ninety: tuple[float, float]) -> dict[str, float]:
    return {"low_50": half[0], "high_50": half[1], "low_90": ninety[0], "high_90": ninety[1]}


def _row(name: str, indicator: Indicator, found: Paired) -> dict[str, Any]:
    directed = indicator.better is not None
    lower_first = indicator.better == "less"
    return {
        "scenario": name, "indicator": indicator.name, "title": indicator.title, "unit": indicator.unit,
        "reference_mean": found.reference, "scenario_mean": found.other, "difference": found.difference, "median": found.median,
        **_ends(found.half, found.ninety),
        "better": found.better if directed else pd.NA, "worse": found.worse if directed else pd.NA,
        "higher": found.worse if lower_first else found.better, "lower": found.better if lower_first else found.worse,
        "futures": found.futures, "verdict": found.verdict, "variance_reduction": found.variance_reduction,
        "parameter_share": found.parameter_share,
    }  # fmt: skip


def assemble(
    scenarios: tuple[Scenario, ...], names: tuple[str, ...], kept: list[list[dict[str, Array]]], *, seed: int,
    engine: str, stance: str, coords: dict[str, Any], population: str | None = None,
) -> Comparison:  # fmt: skip
    """Return a comparison from what was kept of each run, by scenario and future (see `comparison/essence.py`).

    `coords` holds month, authority, year, sex, age_band and run_seed.
    """
    from copro_sim.results.results import attributes

    stacked = {key: np.array([[run[key] for run in row] for row in kept]) for key in kept[0][0]}
    data: dict[str, Any] = {}
    for k, name in enumerate(NAMES):
        data[name] = (("scenario", "future", "month"), np.ascontiguousarray(stacked["month"][..., k]), attributes(name))
        dims = ("scenario", "future", "authority", "year")
        data[f"place_{name}"] = (dims, np.ascontiguousarray(stacked["place"][..., k]), attributes(name))
    for k, name in enumerate(GROUPED):
        values = np.ascontiguousarray(stacked["group"][..., k])
        data[f"group_{name}"] = (("scenario", "future", "year", "group"), values, attributes(name))
    for name in _BY_SEX_AGE:
        data[name] = (("scenario", "future", "year", "sex", "age_band"), stacked[name])
    run_seed = ("future", np.array(coords.pop("run_seed"), np.int64))
    found = xarray.Dataset(
        data,
        {"scenario": list(names), "future": np.arange(len(kept[0])), **coords, "group": _groups(), "run_seed": run_seed},
    )
    return Comparison(scenarios, seed, engine, stance, found, population)
