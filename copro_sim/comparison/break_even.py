"""Break-even: at which value of a setting a scenario is no better and no worse than the reference, future by future."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from copro_sim.comparison.compare import compare
from copro_sim.comparison.paired import Interval, difference, interval
from copro_sim.results.indicators import INDICATORS, no_indicator
from copro_sim.scenario.arguments import numbers_wrong, refuse
from copro_sim.scenario.check import unknown_setting
from copro_sim.scenario.load import scenario_of
from copro_sim.scenario.problems import Problem
from copro_sim.scenario.schema import Scenario, setting_records

Array = np.ndarray[Any, Any]


class BreakEven(NamedTuple):
    """Where a scenario breaks even.

    Parameters
    ----------
    setting, indicator
        What was moved, and what was watched.
    values
        Values of the setting that were lived, float64 [values].
    differences
        The scenario's indicator less the reference's, float64 [values, futures].
    at
        Where each future breaks even, float64 [futures]: between the first two values on different sides, in proportion;
        NaN where all are on one side.
    better_throughout, worse_throughout
        Futures in which the scenario is better, or worse, at every value.
    """

    setting: str
    indicator: str
    values: Array
    differences: Array
    at: Array
    better_throughout: int
    worse_throughout: int

    @property
    def idle(self) -> bool:
        """Whether the setting changes nothing in any future: what it acts upon is not at work, as under some stances."""
        return bool((self.differences == self.differences[0]).all())

    @property
    def ninety(self) -> Interval | None:
        """Where nine in ten of the futures that break even do so; None if none does."""
        found = self.at[~np.isnan(self.at)]
        return interval(found, 0.9) if len(found) else None

    def sentence(self) -> str:
        """Return the finding, with its count of futures."""
        futures, crossing = len(self.at), int((~np.isnan(self.at)).sum())
        span = f"{self.values[0]:g} to {self.values[-1]:g}"
        title = INDICATORS[self.indicator].title
        if self.idle:
            return (
                f"{self.setting} from {span} changes {title} in none of {futures} futures: what it acts upon is not at work, as "
                f"under some stances. Whatever its value, it is better in {self.better_throughout} and worse in "
                f"{self.worse_throughout}."
            )
        counts = (("better", self.better_throughout), ("worse", self.worse_throughout))
        throughout = " and ".join(f"{word} throughout in {n}" for word, n in counts if n)
        if self.ninety is None:
            more = f": {throughout}" if throughout else ""
            return f"No break-even of {title} for {self.setting} from {span} in any of {futures} futures{more}."
        middle, (low, high) = float(np.nanmedian(self.at)), self.ninety
        more = f"; from {span} it is {throughout}" if throughout else ""
        return (
            f"By {title} it breaks even at a {self.setting} of {middle:.3g} (90 percent: {low:.3g} to {high:.3g}) in "
            f"{crossing} of {futures} futures{more}."
        )


def break_even(
    scenario: Scenario | str | Path, setting: str, *, against: Scenario | str | Path = "retreating-state",
    low: float | None = None, high: float | None = None, points: int = 6, indicator: str = "unmet_share", futures: int = 10,
    seed: int = 1, **more: Any,
) -> BreakEven:
    """Return at which value of a setting a scenario breaks even with a reference, in each of the same futures.

    Parameters
    ----------
    scenario, against
        The scenario whose setting is moved, and the reference, which stays as it is.
    setting
        Dotted name of a setting that is a number.
    low, high
        Between which values; the setting's likely range, or else all that it may be, unless given.
    points
        How many values are lived, at least 2.
    indicator
        One with a better side.
    futures, seed
        As `compare` has them.
    **more
        Anything else that `compare` takes: `stance`, `workers`, `study`, `resume`, `cluster`, `progress`, `years`.

    Raises
    ------
    ValueError
        If the setting is no number, low is not below high, or the indicator has no better side; and as `compare`.
    """
    refuse([*numbers_wrong(points=points), *no_indicator(indicator)])
    refuse([] if setting in setting_records() else [Problem(key="setting", value=setting, message=unknown_setting(str(setting)))])
    base, reference = scenario_of(scenario), scenario_of(against)
    if setting_records()[setting][0] is not float:
        raise ValueError(f"{setting} is no setting that can be moved: `copro-sim explain` says which are numbers with decimals")
    direction = INDICATORS[indicator].better
    if direction is None:
        raise ValueError(f"{indicator} is neither better nor worse in itself: there is nothing to break even by")
    record = setting_records()[setting][1]
    least, most = (float(end) for end in record.likely or (record.low, record.high))  # type: ignore[arg-type]
    values = np.linspace(least if low is None else low, most if high is None else high, points)
    if not values[0] < values[-1]:
        raise ValueError(f"break-even needs low below high: {points} values from {low} to {high}")
    moved = [base.replace({setting: _held(value, record.value), "name": f"{setting} = {value:.6g}"}) for value in values.tolist()]
    comparison = compare([reference, *moved], futures=futures, seed=seed, **more)
    whole = comparison.whole_run(indicator)
    differences = np.array([difference(whole[0], one) for one in whole[1:]])
    better = differences if direction == "more" else -differences
    return BreakEven(
        setting, indicator, values, differences, crossings(values, differences),
        int((better > 0).all(axis=0).sum()), int((better < 0).all(axis=0).sum()),
    )  # fmt: skip


def crossings(values: Array, differences: Array) -> Array:
    """Return where differences, [values, futures], first cross or reach zero, in proportion, [futures]; NaN where they do not."""
    found = np.full(differences.shape[1], np.nan)
    for future, change in enumerate(differences.T):
        zero = np.flatnonzero(change == 0.0)
        if len(zero) == len(change):
            continue  # no difference at any value breaks even nowhere in particular
        turns = np.flatnonzero(change[:-1] * change[1:] < 0.0)
        places = [float(values[k]) for k in zero]
        places += [float(values[k] + (values[k + 1] - values[k]) * change[k] / (change[k] - change[k + 1])) for k in turns]
        found[future] = min(places, default=np.nan)
    return found


def _held(value: float, usual: Any) -> float:
    """Return a value next to a setting's own: at its own it would differ from future to future, as what is left alone does."""
    return float(np.nextafter(value, np.inf)) if value == usual else value
