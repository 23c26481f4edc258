"""Where a scenario wins: over the two settings that decide most, the draws in which it is better and those in which it is worse.

Equation
    A straight line tells better from worse draws if, over the two settings, logistic regression guesses the draws of each pair of
    values from those of all other pairs with a balanced accuracy of at least `HONEST`; a coin has 0.5. (Draws that fit the past
    are few and recur: a draw must not be guessed from its like.)
Limits  Two settings of many: what the others do is the noise of the map. Draws of what nobody knows, not a probability.
"""

import warnings
from typing import Any, NamedTuple

import numpy as np

from copro_sim.comparison.comparison import Array, Comparison
from copro_sim.comparison.dependence import FEWEST_DRAWS, dependence, varied_values
from copro_sim.comparison.paired import SEEDS_PER_DRAW, difference, sides
from copro_sim.results.indicators import INDICATORS
from copro_sim.scenario.futures import shipped_draws
from copro_sim.scenario.schema import setting_records
from copro_sim.scenario.stances import range_in

HONEST = 0.8
"""Balanced accuracy from which the line is shown. The two settings are chosen by the same draws, so chance beats a coin: of
60 comparisons of 60 draws in which nothing but chance decided, seven reached 0.7, three 0.75 and one 0.8."""

FEWEST_FOR_LINE = 40
"""Draws from which a line is sought: of 60 comparisons in which nothing but chance decided, 13 reached `HONEST` by 20 draws,
none by 40, one by 60."""

_FEWEST_A_SIDE = 5


class Axis(NamedTuple):
    """A setting: its values in the draws, float64 [draws], and what is known of it.

    Parameters
    ----------
    usual, likely
        What scenarios hold unless they say otherwise; between which values the stance takes it.
    fitted
        Its values in the shipped draws, with which a run of the past gives what Wales counted; empty for strengths.
    """

    setting: str
    meaning: str
    values: Array
    usual: float
    likely: tuple[float, float]
    fitted: tuple[float, ...]


class Where(NamedTuple):
    """Where one scenario is better than the reference.

    Parameters
    ----------
    scenario, indicator
        Which, and by what.
    across, up
        The two settings that go with the difference most.
    better, worse
        Futures of each draw in which it is better, and worse, int [draws]; each draw has `SEEDS_PER_DRAW`.
    wins
        Whether the mean over each draw's futures is better, bool [draws].
    accuracy
        Balanced accuracy of the line, 0 to 1; NaN if draws, or pairs of values on one side, are too few, or scikit-learn is not
        installed.
    line
        Where it wins: constant + a * across + b * up > 0; None unless it is honest.
    """

    scenario: str
    indicator: str
    across: Axis
    up: Axis
    better: Array
    worse: Array
    wins: Array
    accuracy: float
    line: tuple[float, float, float] | None

    @property
    def at(self) -> Array:
        """Which pair of values each draw has, int [draws], from 0."""
        return _pairs(np.stack([self.across.values, self.up.values], axis=1))

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.wins)


def where_it_wins(comparison: Comparison, scenario: str, indicator: str = "unmet_share") -> Where:
    """Return where a scenario is better than the reference, over the two settings that go with the difference most.

    Parameters
    ----------
    comparison
        Of at least two scenarios.
    scenario
        One that is not the reference.
    indicator
        One with a better side.

    Raises
    ------
    ValueError
        If the comparison has fewer than `FEWEST_DRAWS` draws, or two settings that vary.
    """
    draws, direction = comparison.futures // SEEDS_PER_DRAW, INDICATORS[indicator].better
    table = dependence(comparison, indicator)
    keys = [str(key) for key in table[table["scenario"] == scenario]["setting"].head(2)]
    if draws < FEWEST_DRAWS or len(keys) < 2:
        raise ValueError(f"a map takes {FEWEST_DRAWS} draws or more of two settings or more: there are {draws} of {len(keys)}")
    held = varied_values(comparison, 0, draws)
    across, up = (_axis(key, held[key], comparison.stance) for key in keys)
    whole = comparison.whole_run(indicator)[:, : draws * SEEDS_PER_DRAW]
    change = difference(whole[0], whole[comparison.names.index(scenario)]).reshape(draws, SEEDS_PER_DRAW)
    counted = np.array([sides(one, direction) for one in change])
    wins = change.mean(axis=1) * (1.0 if direction == "more" else -1.0) > 0.0
    points = np.stack([across.values, up.values], axis=1)
    accuracy, line = _line(points, wins) if draws >= FEWEST_FOR_LINE else (float("nan"), None)
    return Where(scenario, indicator, across, up, counted[:, 0], counted[:, 1], wins, accuracy, line)


def _axis(key: str, values: Array, stance: str) -> Axis:
    record = setting_records()[key][1]
    likely = range_in(record, stance)
    assert likely is not None, "what varies has a likely range"
    fitted = tuple(float(held[key]) for held in shipped_draws() if key in held)
    meaning = str(record.meaning).replace("`", "")
    return Axis(key, meaning, values, float(record.value), (float(likely[0]), float(likely[1])), fitted)


def _line(points: Array, wins: Array) -> tuple[float, tuple[float, float, float] | None]:
    """Return how well a straight line tells the sides apart, and the line if that is well enough."""
    pairs = _pairs(points)
    won = np.bincount(pairs, wins) / np.bincount(pairs) > 0.5
    if min(won.sum(), (~won).sum()) < _FEWEST_A_SIDE:
        return float("nan"), None
    try:
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import balanced_accuracy_score
        from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
    except ImportError:
        return float("nan"), None
    middle, spread = points.mean(axis=0), points.std(axis=0)
    scaled = (points - middle) / spread
    classifier: Any = LogisticRegression(class_weight="balanced")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        guessed = cross_val_predict(classifier, scaled, wins, groups=pairs, cv=LeaveOneGroupOut())
        fitted = classifier.fit(scaled, wins)
    accuracy = float(balanced_accuracy_score(wins, guessed))
    slopes = fitted.coef_[0] / spread
    line = (float(fitted.intercept_[0] - slopes @ middle), float(slopes[0]), float(slopes[1]))
    return accuracy, line if accuracy >= HONEST else None


def _pairs(points: Array) -> Array:
    """Return which distinct pair of values each draw has, int [draws]."""
    return np.asarray(np.unique(points, axis=0, return_inverse=True)[1]).ravel()
