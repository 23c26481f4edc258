"""What a difference hangs on: how far each setting that nobody knows goes with it over the futures of a comparison.

Equation
    rho = Spearman's rank correlation, over draws, of a setting's value with the mean difference over the draw's seeds
    beyond chance: |rho| > tanh(z * sqrt(1.06 / (draws - 3))), z the normal quantile of 1 - SURE / (2 * settings) (Fieller;
        Bonferroni), so that where nothing matters, about one list in twenty names any setting at all
Source  Spearman 1904; Fieller, Hartley and Pearson 1957
Limits  What rises and falls again with a setting shows no correlation, nor does what only two settings do together. A screening,
        no sensitivity analysis.
"""

from statistics import NormalDist

import numpy as np
import pandas as pd

from copro_sim.comparison.comparison import Comparison
from copro_sim.comparison.paired import SEEDS_PER_DRAW, difference
from copro_sim.scenario.futures import varied_settings, vary

FEWEST_DRAWS = 20
"""With fewer draws than this the bound of chance is too rough, and no correlation tells much."""

SURE = 0.05
"""Chance that a list names any setting where none matters."""


def dependence(comparison: Comparison, indicator: str = "unmet_share") -> pd.DataFrame:
    """Return how an indicator's difference from the reference goes with each setting that differs from future to future.

    Parameters
    ----------
    comparison
        Of at least two scenarios and `FEWEST_DRAWS` draws; with fewer there are no rows.
    indicator
        Its name (`results/indicators.py`).

    Returns
    -------
    pandas.DataFrame
        One row for each other scenario and setting that varies in both it and the reference, strongest first: scenario, setting,
        meaning, role, grade, correlation (-1 to 1), beyond_chance (the least |correlation| that is more than chance), draws.
    """
    draws = comparison.futures // SEEDS_PER_DRAW
    if draws < FEWEST_DRAWS or len(comparison.names) < 2:
        return pd.DataFrame(columns=list(_COLUMNS))
    values = comparison.whole_run(indicator)[:, : draws * SEEDS_PER_DRAW]
    settings = [varied_values(comparison, k, draws) for k in range(len(comparison.names))]
    tables = []
    for k, name in list(enumerate(comparison.names))[1:]:
        change = difference(values[0], values[k]).reshape(draws, SEEDS_PER_DRAW).mean(axis=1)
        shared = [key for key in settings[0] if np.array_equal(settings[0][key], settings[k][key])]
        varying = [key for key in shared if np.ptp(settings[0][key]) > 0.0]
        least = _beyond_chance(draws, len(varying))
        found = [_row(name, key, settings[0][key], change) | {"beyond_chance": least, "draws": draws} for key in varying]
        table = pd.DataFrame(found, columns=list(_COLUMNS))
        tables.append(table.sort_values("correlation", key=np.abs, ascending=False, kind="stable"))
    return pd.concat(tables, ignore_index=True)


_FIELLER = 1.06
"""Variance of Fisher's z of a rank correlation, times the draws less three."""

_COLUMNS = ("scenario", "setting", "meaning", "role", "grade", "correlation", "beyond_chance", "draws")


def varied_values(comparison: Comparison, number: int, draws: int) -> dict[str, np.ndarray]:
    """Return every varied setting of a scenario, float64 [draws]."""
    of = -(-comparison.futures // SEEDS_PER_DRAW)
    varied = [
        vary(comparison.scenarios[number], seed=comparison.seed, draw=draw, draws=of, stance=comparison.stance)
        for draw in range(draws)
    ]
    keys = {key: key.partition(".")[::2] for key in varied_settings()}
    return {
        key: np.array([getattr(getattr(scenario, table), name) for scenario in varied], float)
        for key, (table, name) in keys.items()
    }


def _row(scenario: str, key: str, setting: np.ndarray, change: np.ndarray) -> dict[str, object]:
    record = varied_settings()[key][1]
    ranks = pd.DataFrame({"setting": setting, "change": change}).rank()
    rho = 0.0 if np.ptp(change) == 0.0 else float(np.corrcoef(ranks["setting"], ranks["change"])[0, 1])
    return {
        "scenario": scenario, "setting": key, "meaning": record.meaning, "role": record.role, "grade": record.grade,
        "correlation": rho,
    }  # fmt: skip


def _beyond_chance(draws: int, settings: int) -> float:
    quantile = NormalDist().inv_cdf(1.0 - SURE / (2 * max(1, settings)))
    return float(np.tanh(quantile * np.sqrt(_FIELLER / (draws - 3))))
