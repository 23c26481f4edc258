"""What came of a calibration: how many targets its draws hit, which are kept, and the file that ships."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from copro_sim.results.export import write_text
from copro_sim.results.provenance import LICENCE, versions
from copro_sim.scenario.futures import fitted_settings
from copro_sim.study.targets import fitted, targets

Array = np.ndarray[Any, Any]

_COMMAS_FROM = 1_000

ENOUGH = 0.8
"""Share of the fitted targets that a draw must hit to be kept."""


class Calibration(NamedTuple):
    """What to do.

    Parameters
    ----------
    draws
        Draws that are tried.
    seeds
        Runs of each draw in each round.
    rounds
        Times that draws are moved, the first at random.
    citizens
        In each run.
    seed
        Key of all chance.
    """

    draws: int
    seeds: int
    rounds: int
    citizens: int
    seed: int = 1


class Fit(NamedTuple):
    """What came of a calibration."""

    plan: Calibration
    settings: list[dict[str, Any]]
    """Of every draw, at the end: the value of each setting that varies and is no strength."""
    first: Array
    """What was measured before any setting was moved, mean over seeds: float64 [draws, targets]."""
    last: Array
    """The same at the end, under seeds to which nothing was fitted."""
    chance: Array
    """By how much chance alone moves what was measured at the end, a standard deviation, float64 [targets]; NaN if unknown."""

    def hits(self, measured: Array) -> Array:
        """Return the share of fitted targets that each draw hits: float64 [draws]."""
        hit = [[target.hit(value) for target, value in zip(targets(), row, strict=True) if target.fitted] for row in measured]
        return np.array(hit).mean(axis=1)

    @property
    def kept(self) -> list[int]:
        """Draws that hit enough targets, in order."""
        return [int(draw) for draw in np.flatnonzero(self.hits(self.last) >= ENOUGH)]


def moved_by_chance(by_seed: Array) -> Array:
    """Return by how much chance moves the mean over seeds of what was measured, [draws, seeds, targets]: float64 [targets].

    NaN where there is one seed only; draws in which somebody's kind was missing say nothing.
    """
    seeds = by_seed.shape[1]
    if seeds < 2:  # a single seed says nothing about it
        return np.full(by_seed.shape[-1], np.nan)
    spread = by_seed.var(axis=1, ddof=1)
    known = np.isfinite(spread)
    return np.asarray(np.sqrt(np.where(known, spread, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0)) / seeds))


def table(fit: Fit) -> pd.DataFrame:
    """Return one row for each target: what was counted, and what all draws came to at first and the kept ones at the end.

    `first`, `low_5`, `median`, `high_95` are over draws, which differ by what nobody knows and, `chance` (a standard deviation),
    by luck; `hit` is the share of kept draws that hit the target. Those fitted come first, each part by subject.
    """
    kept = fit.kept or list(range(len(fit.last)))
    rows = []
    for k, target in enumerate(targets()):
        values = fit.last[kept, k]
        low, median, high = np.nanquantile(values, (0.05, 0.5, 0.95))
        rows.append({
            "target": target.name, "subject": target.subject, "use": "fitted" if target.fitted else "checked",
            "value": target.value, "low": target.low, "high": target.high, "first": float(np.nanmedian(fit.first[:, k])),
            "low_5": low, "median": median, "high_95": high, "chance": float(fit.chance[k]),
            "hit": float(np.mean([target.hit(value) for value in values])), "grade": target.grade, "what": target.what,
            "source": target.source,
        })  # fmt: skip
    subjects = list(dict.fromkeys(target.subject for target in targets()))
    rows.sort(key=lambda row: (row["use"] != "fitted", subjects.index(row["subject"])))
    return pd.DataFrame(rows)


def written(value: float) -> str:
    """Return a number as people read it: three digits, with commas from a thousand."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= _COMMAS_FROM else f"{rounded:g}"


def sentences(fit: Fit) -> list[str]:
    """Return what came of a calibration."""
    first, last = (100 * float(fit.hits(values).mean()) for values in (fit.first, fit.last))
    found = table(fit)
    missed = [f"{row['what']} ({written(row['median'])}, counted {written(row['value'])})" for row in found.to_dict("records")
              if row["use"] == "fitted" and row["hit"] < 0.5]  # fmt: skip
    return [
        f"Draws hit {first:.0f} percent of {len(fitted())} targets at first and {last:.0f} percent in the end, under seeds to "
        "which nothing was fitted.",
        f"{len(fit.kept)} of {fit.plan.draws} draws hit at least {100 * ENOUGH:.0f} percent and are kept.",
        f"Missed by most of these: {'; '.join(missed) or 'none'}.",
    ]


def write_draws(fit: Fit, path: Path) -> None:
    """Write the kept draws, a row each, with how they came about: what `scenario/futures.py` reads where it is shipped."""
    plan = ", ".join(f"{name} {value}" for name, value in fit.plan._asdict().items())
    lines = [
        "# Draws of what nobody has measured, each a set of values with which a run of the past gives what Wales counted",
        f"# Made by copro-sim calibrate: {plan}; {versions()}",
        f"# Each hits at least {100 * ENOUGH:.0f} percent of the fitted targets (targets.csv) under seeds not used to fit",
        "# Grade: derived",
        f"# {LICENCE}",
    ]
    kept = pd.DataFrame([fit.settings[draw] for draw in fit.kept], columns=list(fitted_settings()))
    write_text(path, "\n".join(lines) + "\n" + kept.to_csv(index=False, lineterminator="\n"))
