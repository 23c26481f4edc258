"""Sensitivity: what an outcome of a sweep hangs on, by the measure that fits the design; and where a scenario wins."""

import warnings
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from copro_sim.results.indicators import INDICATORS
from copro_sim.study.sweep import Swept

Array = np.ndarray[Any, Any]
_RESAMPLES = 200
_LEVEL = 0.9
_FEWEST = 64
"""Points below which a moment-independent measure says little."""


class Sensitivity(NamedTuple):
    """What an outcome hangs on.

    Parameters
    ----------
    outcome
        In words.
    measure
        "Sobol indices", "Morris's elementary effects" or "Borgonovo's delta".
    table
        One row for each factor: what it counts for, with 90% intervals from resampling; the most important first.
    """

    outcome: str
    measure: str
    table: pd.DataFrame


def sensitivity(swept: Swept, indicator: str = "unmet_share", *, difference: bool | None = None) -> Sensitivity:
    """Return what an outcome hangs on.

    Of a "sobol" design, first-order and total Sobol indices (Saltelli et al. 2010): shares of the variance. Of a "morris" design,
    the mean size of elementary effects, in the outcome's own unit over each factor's range, and their spread (Morris 1991).
    Of any other, Borgonovo's delta (2007), which asks how far the whole distribution moves and needs no variance. SALib does the
    mathematics.

    Parameters
    ----------
    swept
        What came of a sweep.
    indicator
        Its name.
    difference
        The last scenario's less the first's; so unless False where there are two or more.

    Raises
    ------
    ValueError
        If the indicator was not kept, the outcome is the same at every point, or points are too few.
    """
    values = swept.outcome(indicator, difference=difference)
    if np.ptp(values) == 0.0:
        raise ValueError(f"{indicator} is the same at every point: it hangs on none of the factors")
    problem, design, seed = swept.sweep.problem(), swept.sweep.values(), swept.sweep.seed % 2**31
    settings: Any = {"num_resamples": _RESAMPLES, "conf_level": _LEVEL, "seed": seed}
    if swept.sweep.design == "sobol":
        from SALib.analyze import sobol

        found = sobol.analyze(problem, values, calc_second_order=False, **settings)
        columns: dict[str, tuple[str, str | None]] = {"first_order": ("S1", "S1_conf"), "total": ("ST", "ST_conf")}
        measure, order = "Sobol indices", "total"
    elif swept.sweep.design == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem, design, values, num_levels=4, **settings)
        columns = {"mean_effect": ("mu_star", "mu_star_conf"), "spread": ("sigma", None)}
        measure, order = "Morris's elementary effects", "mean_effect"
    else:
        from SALib.analyze import delta

        if len(values) < _FEWEST:
            raise ValueError(f"{len(values)} points are too few for Borgonovo's delta: take {_FEWEST} or more")
        shown = warnings.formatwarning  # SALib puts one of its own in its place
        with warnings.catch_warnings(record=True):  # that it merges sparse bins: as it should
            found = delta.analyze(problem, design, values, method="delta", **settings)
        warnings.formatwarning = shown
        columns = {"delta": ("delta_balanced", "delta_balanced_conf")}
        measure, order = "Borgonovo's delta", "delta"
    table = pd.DataFrame({"factor": problem["names"]})
    for name, (value, half) in columns.items():
        table[name] = np.asarray(found[value], float)
        if half is not None:
            table[f"{name}_low"] = table[name] - np.asarray(found[half], float)
            table[f"{name}_high"] = table[name] + np.asarray(found[half], float)
    table = table.sort_values([order, "factor"], ascending=[False, True], ignore_index=True)
    return Sensitivity(_in_words(swept, indicator, difference), measure, table)


class Box(NamedTuple):
    """A part of the factors' ranges, and how often what is asked for is so in it."""

    conditions: str
    points: int
    share: float


def discover(
    swept: Swept, indicator: str = "unmet_share", *, below: float = 0.0, difference: bool | None = None, leaves: int = 4
) -> list[Box]:
    """Return the parts of the ranges in which an outcome is below a bound most and least often: scenario discovery.

    A classification tree (scikit-learn's; Lempert et al. 2008 compare it with PRIM) cuts the ranges; each leaf is a box.

    Parameters
    ----------
    swept
        What came of a sweep.
    indicator, difference
        As `sensitivity` has them.
    below
        The bound: 0, for a difference, asks where the last scenario has less of it than the first.
    leaves
        Boxes at most.
    """
    from sklearn.tree import DecisionTreeClassifier

    wins = swept.outcome(indicator, difference=difference) < below
    design, keys = swept.sweep.values(), swept.sweep.keys
    fewest = max(5, len(wins) // 20)
    tree = DecisionTreeClassifier(max_leaf_nodes=leaves, min_samples_leaf=fewest, random_state=0).fit(design, wins).tree_
    boxes: list[Box] = []

    def walk(node: int, conditions: dict[tuple[str, str], float], rows: Array) -> None:
        if tree.children_left[node] < 0:
            said = " and ".join(f"{key} {sign} {bound:.3g}" for (key, sign), bound in conditions.items())
            boxes.append(Box(said or "anywhere", int(rows.sum()), float(wins[rows].mean())))
            return
        key, bound = keys[tree.feature[node]], float(tree.threshold[node])
        under = rows & (design[:, tree.feature[node]] <= bound)
        walk(tree.children_left[node], conditions | {(key, "up to"): bound}, under)
        walk(tree.children_right[node], conditions | {(key, "above"): bound}, rows & ~under)

    walk(0, {}, np.ones(len(wins), bool))
    return sorted(boxes, key=lambda box: (-box.share, box.conditions))


def _in_words(swept: Swept, indicator: str, difference: bool | None) -> str:
    title, names = INDICATORS[indicator].title, swept.sweep.scenarios
    if len(names) > 1 and difference is not False:
        return f"{title}, {names[-1]} less {names[0]}"
    return f"{title}, {names[-1]}"
