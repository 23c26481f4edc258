"""Everything that the project writes and reads back, written by itself: small, and quick, since what lives a run stands in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from copro_sim.comparison.compare import compare
from copro_sim.engines import simulate
from copro_sim.engines.snapshots import Snapshot, write_snapshot
from copro_sim.report.against_wales import write_fit
from copro_sim.results.store import STUDY
from copro_sim.study import calibrate as calibration
from copro_sim.study import sweep as sweeps
from copro_sim.study.fit import Calibration
from copro_sim.study.targets import targets
from tests.results.fakes import a_scenario, fake_results

SEED = 5
SCENARIOS = (a_scenario(), a_scenario(title="Other", name="other"))
SWEEP = {
    "scenarios": ["one-village"], "factors": {"funding.clawback": [0.0, 0.5]}, "years": 1, "citizens": 400,
    "indicators": ["unmet_share", "wellbeing"],
}  # fmt: skip
PARTS = ("results", "comparison", "snapshots", "sweep", "calibration")
"""Folders, one for each thing that writes files."""


def write(folder: Path) -> Path:
    """Write every part into its folder, and return where they are."""
    fake_results(SEED).save(folder / "results")
    with nothing_lives():
        compared = compare(SCENARIOS, futures=2, seed=SEED, workers=1, study=folder / "comparison" / STUDY)
        compared.save(folder / "comparison" / "data")
        swept = sweeps.sweep(SWEEP, study=folder / "sweep" / STUDY)
        swept.save(folder / "sweep")
        plan = Calibration(draws=2, seeds=1, rounds=1, citizens=9_000)
        fitted = calibration.calibrate(plan, workers=1, study=folder / "calibration" / STUDY)
    write_fit(fitted, folder / "calibration")
    lived = fake_results(SEED)
    snapshot = Snapshot(lived.state, lived.weights, lived.tallies.month, lived.tallies)
    write_snapshot(folder / "snapshots", snapshot, SCENARIOS[0], seed=SEED, engine="kernels")
    return folder


@contextmanager
def nothing_lives() -> Iterator[None]:
    """Put results that never were in the place of runs."""

    def run(scenario: Any, *, seed: int, **_: Any) -> Any:
        return fake_results(seed % 1000, scenario=scenario)

    def measured(scenario: Any, *, seed: int) -> Any:
        return np.array([target.value for target in targets()])

    def live(runs: Any, point: Any, progress: Any = None) -> Any:
        return {"means": np.array([0.25 * (1 + point.point), 7.5])}

    with (
        patch.object(simulate, "run", run),
        patch.object(simulate, "settle", lambda scenario, *, seed, population: None),
        patch.object(sweeps._Runs, "live", live),
        patch.object(calibration, "measured", measured),
    ):
        yield
