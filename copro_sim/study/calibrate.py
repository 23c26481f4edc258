"""Calibration: settings that nobody has measured are moved to where a run of the past gives what Wales counted.

Each draw begins as a future does: every setting with a likely range takes a value of its own from it (`scenario/futures.py`).
In rounds, all draws live the past. Before the first, the settings in `FITTED` are moved a little at random, to learn what they
do; then where a linear model of all that was lived says that the draw would hit its targets, no further than it must
(Gauss-Newton with bounds: `scipy.optimize.lsq_linear`). Draws share seeds, so that they differ by settings and not by luck. In
the end all live the past under seeds that they have not seen, and those that hit enough targets are kept: not one best fit, but
many that fit, in which whatever the past does not settle still differs.

Equation
    moved to x + argmin sum w(e) (e + J dx)**2 + |(x + dx - x0) / (WIDTH * range)|**2, |dx| <= STEP * range * left
    e = (m(x) - middle) / tolerance; m: what was measured, the mean over seeds; x0: as drawn; left: part of the rounds to come
    w(e) = 1 / max(1, |e|)**k, k = 1 in the first half of the rounds (Huber), then 4: a target that is still missed by far then
    hardly weighs, so that one which cannot be hit does not spoil the others
    J: slopes by ridge regression of what was measured on settings, within draws (each less its mean over the rounds): what else
    differs between draws has no part in it
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import lsq_linear

from copro_sim.comparison.compare import RunsFailed
from copro_sim.comparison.tasks import Progress, in_threads, said, seed_of_future
from copro_sim.core.draws import Stream, drawn
from copro_sim.results.plan import plan_of
from copro_sim.results.rows import Run
from copro_sim.results.store import Study
from copro_sim.scenario.futures import fitted_settings, varied_settings, vary
from copro_sim.scenario.load import load_scenario
from copro_sim.scenario.schema import Scenario
from copro_sim.study.fit import Calibration, Fit, moved_by_chance
from copro_sim.study.targets import PAST, fitted, measured, targets

Array = np.ndarray[Any, Any]

FITTED = (
    "health.onset_at_65_percent", "health.onset_growth_years", "health.women_ratio", "health.deepening_ratio",
    "health.recovery_percent",
    "health.low_hours_per_week", "health.moderate_hours_per_week", "health.substantial_hours_per_week",
    "health.critical_hours_per_week", "capacity.retired_hours_per_week", "capacity.old_hours_per_week",
    "capacity.employed_hours_per_week", "sharing.household_share", "sharing.kin_share", "sharing.friend_share",
    "sharing.neighbour_share", "asking.own_reluctance", "asking.urgency", "buying.above_share",
    "care_service.least_hours_per_week", "care_service.worth_asking_hours_per_week", "council.residential_percent",
    "council.direct_payment_percent", "council.test_hours_per_week", "funding.home_support_share", "outlook.own_wellbeing",
    "outlook.company_needed", "moving.separation_45_percent",
)  # fmt: skip
"""Settings that calibration moves within their likely ranges."""

_WIDTH, _STEP, _TRY, _RIDGE = 1.0, 0.3, 0.2, 0.02
"""How far a draw strays from where it began before that weighs as a target missed by its tolerance, how far it moves in a round,
and at most at random before the first, all over the likely range; and the ridge of the regression."""

_HALF, _SOON, _LATE = 0.5, 1.0, 4.0
"""Part of the rounds in which far misses still weigh, and the powers by which they weigh less, until then and after."""

_DIGITS = 6
"""Significant digits to which draws are held: as they are written."""

_TRIED = 3
"""What a draw of the stream of futures is for (`comparison/tasks.py` and `scenario/futures.py` have 0 to 2)."""


class Trial(NamedTuple):
    """One run of the past."""

    round: int
    draw: int
    seed: int
    """Number of the seed, from 0."""


PLAN = Calibration(draws=60, seeds=2, rounds=8, citizens=24_000)
"""The calibration of which the shipped draws come."""

QUICK = Calibration(draws=24, seeds=1, rounds=3, citizens=9_000)
"""A calibration of a few minutes, to see that it works."""


def calibrate(
    plan: Calibration, *, workers: int, study: str | Path, resume: bool = False, progress: Progress | None = None
) -> Fit:
    """Return draws moved to where they fit.

    Parameters
    ----------
    plan
        How many draws, seeds, rounds and citizens.
    workers
        Runs at a time; nothing depends on it.
    study
        File in which every run is kept as it ends.
    resume
        Go on with the study that is there.
    progress
        Called with (runs ended, runs in all) after each run.

    Raises
    ------
    StudyError, StudyNotWritten
        As `comparison.compare.compare` does.
    RunsFailed
        If runs failed; those that ended are kept.
    """
    past = load_scenario(PAST).replace({"population.citizens": plan.citizens})
    futures = [vary(past, seed=plan.seed, draw=draw, draws=plan.draws, shipped=False) for draw in range(plan.draws)]
    ranges = np.array([varied_settings()[key][1].likely for key in FITTED], float)
    begun = at = np.array([[scenario.get(key) for key in FITTED] for scenario in futures], float)
    lived: list[tuple[Array, Array]] = []
    about = plan_of(
        (past,) * (plan.rounds + 1), futures=plan.draws * plan.seeds, seed=plan.seed, engine="kernels",
        calibration=plan._asdict(), fitted=list(FITTED), targets=[[one.name, one.low, one.high, one.fitted] for one in targets()],
    )  # fmt: skip
    with Study.begin(study, about, resume=resume) as store:
        known = {run.scenario * about["futures"] + run.future: run.arrays for run in store.runs() if run.arrays is not None}
        for number in range(plan.rounds + 1):
            moved = [_moved(one, where) for one, where in zip(futures, at, strict=True)]
            trials = _Trials(plan, number, moved)
            by_seed = trials.lived(store, known, workers, progress)
            lived.append((at, by_seed.mean(axis=1)))
            if number == 0:
                at = _tried(at, ranges, plan)
            elif number < plan.rounds:
                at = _next(at, begun, ranges, lived, left=(plan.rounds - number) / plan.rounds)
    return Fit(plan, [_held(scenario) for scenario in moved], lived[0][1], lived[-1][1], moved_by_chance(by_seed))


class _Trials:
    """The runs of one round."""

    def __init__(self, plan: Calibration, number: int, scenarios: list[Scenario]) -> None:
        self._plan, self._number, self._scenarios = plan, number, scenarios

    def lived(self, store: Study, known: dict[int, Any], workers: int, progress: Progress | None) -> Array:
        """Return what was measured: float64 [draws, seeds, targets]; runs that are not known are run now."""
        plan, each = self._plan, self._plan.draws * self._plan.seeds
        every = [Trial(self._number, draw, seed) for draw in range(plan.draws) for seed in range(plan.seeds)]
        found: dict[Trial, Array] = {}
        for trial in every:
            kept = known.get(self._number * each + trial.draw * plan.seeds + trial.seed)
            if kept is not None:
                found[trial] = kept["measured"]
        failed: list[str] = []
        for trial, outcome in in_threads([trial for trial in every if trial not in found], self._live, workers):
            run = Run(trial.round, trial.draw * plan.seeds + trial.seed, self._seed(trial), trial.draw, arrays=None)
            if isinstance(outcome, BaseException):
                failed.append(f"round {trial.round}, draw {trial.draw}, seed {trial.seed}: {said(outcome)}")
                store.keep(run._replace(error=said(outcome)))
            else:
                found[trial] = outcome["measured"]
                store.keep(run._replace(arrays=outcome))
            if progress is not None:
                progress(self._number * each + len(found), (plan.rounds + 1) * each)
        if failed:
            raise RunsFailed("\n".join([*sorted(failed), f"{len(failed)} of {each} runs of a round failed."]))
        return np.array([found[trial] for trial in every]).reshape(plan.draws, plan.seeds, -1)

    def _seed(self, trial: Trial) -> int:
        """Return the seed of a run: the same in every round, but for the last."""
        return seed_of_future(self._plan.seed, trial.seed + (self._plan.seeds if self._number == self._plan.rounds else 0))

    def _live(self, trial: Trial, _: Progress) -> dict[str, Array]:
        return {"measured": measured(self._scenarios[trial.draw], seed=self._seed(trial))}


def _moved(scenario: Scenario, values: Array) -> Scenario:
    """Return a draw's scenario with the fitted settings at `values`, and all that a draw holds rounded as it will be written."""
    moved = scenario.replace(dict(zip(FITTED, values.tolist(), strict=True)))
    return moved.replace(_held(moved))


def _held(scenario: Scenario) -> dict[str, Any]:
    """Return what a draw holds: the value of every setting that varies and is no strength, to `_DIGITS` digits."""
    return {key: kind(f"{scenario.get(key):.{_DIGITS}g}") for key, (kind, _) in fitted_settings().items()}


def _next(at: Array, begun: Array, ranges: Array, lived: list[tuple[Array, Array]], *, left: float) -> Array:
    """Return where each draw goes from `at`, [draws, settings], by what was measured, with `left` of the rounds to come."""
    low, width = ranges[:, 0], ranges[:, 1] - ranges[:, 0]
    aims = [k for k, target in enumerate(targets()) if target.fitted]
    middle = np.array([target.middle for target in fitted()])
    tolerance = np.array([target.tolerance for target in fitted()])
    errors = [np.nan_to_num((m[:, aims] - middle) / tolerance) for _, m in lived]  # of a kind that nobody is: nothing to move to
    slopes = _slopes(np.array([(x - low) / width for x, _ in lived]), np.array(errors))
    moved = []
    for x, x0, error in zip((at - low) / width, (begun - low) / width, errors[-1], strict=True):
        weight = np.maximum(1.0, np.abs(error)) ** (-_SOON / 2 if left > _HALF else -_LATE / 2)
        rows = np.concatenate([slopes * weight[:, None], np.eye(len(FITTED)) / _WIDTH])
        aim = np.concatenate([-error * weight, (x0 - x) / _WIDTH])
        least, most = np.maximum(-_STEP * left, -x), np.minimum(_STEP * left, 1.0 - x)
        step = lsq_linear(rows, aim, (np.minimum(least, 0.0) - 1e-9, np.maximum(most, 0.0) + 1e-9)).x
        moved.append(np.clip(x + step, 0.0, 1.0))
    return np.clip(low + width * np.array(moved), low, ranges[:, 1])


def _tried(at: Array, ranges: Array, plan: Calibration) -> Array:
    """Return where each draw goes at random, [draws, settings]."""
    luck = drawn(plan.seed, int(Stream.FUTURES), np.arange(at.size), 0, _TRIED)[0].reshape(at.shape) * 2.0**-32
    step = (2.0 * luck - 1.0) * _TRY * (ranges[:, 1] - ranges[:, 0])
    return np.clip(at + step, ranges[:, 0], ranges[:, 1])


def _slopes(where: Array, miss: Array) -> Array:
    """Return how misses change with each setting, float64 [targets, settings], from both, [rounds, draws, ...]."""
    x, y = (np.concatenate(values - values.mean(axis=0)) for values in (where, miss))
    ridge = _RIDGE * np.diag((x * x).sum(axis=0) + 1e-12)
    return np.asarray(np.linalg.solve(x.T @ x + ridge, x.T @ y).T)
