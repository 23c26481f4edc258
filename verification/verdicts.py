"""How what was found is compared with theory, and how often luck alone would refuse it: one function for each kind of comparison.

The chance of a false alarm is that new seeds, with the model as it is, give what would be refused. Where theory says how the
found number is spread, the chance follows from theory. Where it only says a sign or a range, the chance follows from the runs:
new runs have the mean and spread of those found, both known as well as so many runs of a normal distribution tell (Student's t).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

ERRORS = 5.0
"""Standard errors from theory that are let pass."""

ERRORS_OF_RUNS = 4.0
"""Standard errors from other runs that are let pass."""


@dataclass(frozen=True)
class Verdict:
    """What a comparison says.

    Parameters
    ----------
    holds
        Whether what was found agrees.
    found
        The numbers.
    refused
        Which numbers would have been refused.
    chance
        That new seeds give such numbers; NaN where it follows from runs that were refused themselves.
    """

    holds: bool
    found: str
    refused: str
    chance: float

    @classmethod
    def of(cls, holds: bool, found: str, refused: str, chance: float) -> Self:
        """Return the verdict of a comparison whose chance follows from the runs."""
        return cls(bool(holds), found, refused, float(chance) if holds else nan)


def exact(holds: bool, found: str, refused: str) -> Verdict:
    """Return the verdict of a comparison in which luck has no part."""
    return Verdict(bool(holds), found, refused, 0.0)


def shares(found: ArrayLike, numbers: ArrayLike, theory: ArrayLike, spread: ArrayLike | None = None) -> Verdict:
    """Compare counts with independent draws.

    Parameters
    ----------
    found, numbers, theory
        Counted, of how many, and the chance of each: [cells] or one.
    spread
        Standard deviation of each count where the draws of a cell differ in their chance, with `theory` their mean: then the
        binomial is a bound of its tails (Hoeffding 1956).
    """
    counted, of, chance = np.broadcast_arrays(np.asarray(found, float), np.asarray(numbers, float), np.asarray(theory, float))
    expected = of * chance
    width = ERRORS * (np.sqrt(expected * (1 - chance)) if spread is None else np.asarray(spread, float))
    least, most = np.floor(expected - width + 1e-9), np.ceil(expected + width - 1e-9)
    tails = stats.binom.cdf(least, of, chance) + stats.binom.sf(most - 1, of, chance)
    off = np.atleast_1d((counted - expected) / width * ERRORS)
    worst = int(np.abs(off).argmax())
    at = tuple(float(np.atleast_1d(part)[worst]) for part in (counted, of, expected))
    cells = f"; the farthest of {off.size}" if off.size > 1 else ""
    return Verdict(
        bool((np.abs(off) < ERRORS).all()),
        f"{at[0]:,.0f} of {at[1]:,.0f} where {at[2]:,.1f} were expected ({off[worst]:+.1f} standard errors{cells})",
        f"{ERRORS:g} standard errors or more",
        float(np.sum(tails)),
    )


def _runs(found):
    """Return what runs found, [runs, measures].

    Raises
    ------
    ValueError
        If there are fewer than two runs, or anything is not a number: an error planted would seem caught.
    """
    runs = np.asarray(found, float)
    if len(runs) < 2 or not np.isfinite(runs).all():
        raise ValueError(f"{len(runs)} runs, {np.isfinite(runs).sum()} of {runs.size} numbers finite; two runs are the fewest, "
                         "and every number must be finite")  # fmt: skip
    return runs.reshape(len(runs), -1)


def mean(found: ArrayLike, theory: float) -> Verdict:
    """Compare the mean of independent runs with theory, within the errors that their own spread gives."""
    runs = _runs(found)
    error = runs.std(ddof=1) / sqrt(runs.size)
    off = (runs.mean() - theory) / error
    return Verdict(
        bool(abs(off) < ERRORS),
        f"{runs.mean():.4g} where theory says {theory:.4g} ({off:+.1f} standard errors of {runs.size} runs)",
        f"{ERRORS:g} standard errors ({ERRORS * error:.2g}) or more",
        float(2 * stats.t.sf(ERRORS, runs.size - 1)),
    )


def within(
    found: ArrayLike, low: float = -inf, high: float = inf, names: Sequence[str] | None = None, common: bool = False
) -> Verdict:
    """Ask that the mean over runs lies between two bounds.

    Parameters
    ----------
    found
        [runs], or [runs, measures] of which each is asked.
    names
        What the measures are called, [measures].
    common
        Whether all measures are as widely spread as one another, so that all of them tell how much.
    """
    runs = _runs(found)
    number, means, spread = len(runs), runs.mean(axis=0), runs.std(axis=0, ddof=1)
    freedom = number - 1
    if common:
        freedom, spread = freedom * spread.size, np.full_like(spread, sqrt((spread**2).mean()))
    error = spread / sqrt(number)
    room = np.minimum(means - low, high - means)
    chance = sum(_beyond(error * sqrt(2), side, freedom) for side in (means - low, high - means)).sum()
    worst = int(room.argmin())
    which = "" if runs.shape[1] == 1 else f"; the nearest to a bound of {runs.shape[1]}" + (
        "" if names is None else f": {names[worst]}"
    )
    return Verdict.of(
        (room > 0).all(),
        f"{means[worst]:.4g} (standard error {error[worst]:.2g}, {number} runs{which})",
        _bounds(low, high),
        chance,
    )


def _bounds(low, high):
    """Return in words what lies outside two bounds, of which one may be infinite."""
    return " or ".join([f"{low:.4g} or less"] * bool(np.isfinite(low)) + [f"{high:.4g} or more"] * bool(np.isfinite(high)))


def _beyond(spread, room, freedom):
    """Return the chance that what is spread so, known with so many degrees of freedom, is beyond a bound `room` away."""
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(spread > 0, room / spread, np.where(room > 0, inf, -inf))
    return stats.t.sf(steps, freedom)


def each_within(found: ArrayLike, low: ArrayLike = -inf, high: ArrayLike = inf) -> Verdict:
    """Ask that every run lies between two bounds: [runs, measures], and bounds of each measure."""
    runs = _runs(found)
    number, means, spread = len(runs), runs.mean(axis=0), runs.std(axis=0, ddof=1)
    room = np.minimum(runs - low, np.asarray(high) - runs)
    one_more = spread * sqrt(1 + 1 / number)
    chance = number * sum(_beyond(one_more, side, number - 1).sum() for side in (means - low, high - means))
    run, measure = np.unravel_index(room.argmin(), room.shape)
    low, high = (np.broadcast_to(bound, means.shape)[measure] for bound in (low, high))
    return Verdict.of(
        (room > 0).all(),
        f"{runs[run, measure]:.4g} in the run nearest to a bound (mean {means[measure]:.4g}, standard deviation "
        f"{spread[measure]:.2g}, {number} runs)",
        f"any run of {_bounds(low, high)}",
        chance,
    )


def above_zero(found: ArrayLike, least: float) -> Verdict:
    """Ask that paired differences lie above zero by `least` standard errors of their mean."""
    return _clear(_runs(found), least, 1)


def below_zero(found: ArrayLike, least: float) -> Verdict:
    """Ask that paired differences lie below zero by `least` standard errors of their mean."""
    return _clear(_runs(found), least, -1)


def _clear(found, least, sign):
    middle, error = found.mean(), found.std(ddof=1) / sqrt(found.size)
    clear = middle / error if error > 0 else inf * np.sign(middle) if middle else 0.0
    return Verdict.of(
        sign * clear > least,
        f"a difference of {middle:.4g} ({clear:+.1f} standard errors of {found.size} pairs)",
        f"less than {sign * least:+g} standard errors" if sign > 0 else f"more than {sign * least:+g} standard errors",
        unclear_again(sign * clear, least, found.size),
    )


def alike(found: ArrayLike, known: ArrayLike, variance: float, names: Sequence[str]) -> Verdict:
    """Compare the means of a few runs with those of many.

    Parameters
    ----------
    found, known
        [runs, measures]: few, and many, from which the error is known.
    variance
        Of a run of `found`, as a share of that of a run of `known`.
    names
        What the measures are called, [measures].
    """
    few, many = np.asarray(found, float), _runs(known)
    error = many.std(axis=0, ddof=1) * sqrt(1 / len(many) + variance / len(few))
    off = (few.mean(axis=0) - many.mean(axis=0)) / error
    shown = ", ".join(
        f"{name} {one:+.5f} where {other:+.5f} was known ({steps:+.1f} standard errors)"
        for name, one, other, steps in zip(names, few.mean(axis=0), many.mean(axis=0), off, strict=True)
    )
    refused = f"{ERRORS_OF_RUNS:g} standard errors of {len(many)} runs or more"
    chance = 2 * off.size * stats.t.sf(ERRORS_OF_RUNS, len(many) - 1)
    return Verdict(bool((np.abs(off) < ERRORS_OF_RUNS).all()), shown, refused, float(chance))


def unclear_again(clear: float, least: float, number: int) -> float:
    """Return the chance that as many new pairs have a mean of at most `least` standard errors, had these `clear`.

    With x and y independent, chi-distributed with n - 1 degrees of freedom (the spread of these pairs, and of the new ones):
    E[Normal((least y - clear x) / sqrt(2 (n - 1)))], from a prior that knows nothing (p(mean, spread) = 1 / spread).
    """
    if not np.isfinite(clear):
        return 0.0
    freedom = number - 1
    x = np.linspace(stats.chi.ppf(1e-13, freedom), stats.chi.isf(1e-13, freedom), 400)
    weight = stats.chi.pdf(x, freedom) * (x[1] - x[0])
    return float(weight @ stats.norm.cdf((least * x[:, None] - clear * x) / sqrt(2 * freedom)) @ weight)


def misfit(counts: ArrayLike, chances: ArrayLike, most: float) -> Verdict:
    """Compare counts with a distribution by chi-squared, which is refused from `most` on in any run.

    Parameters
    ----------
    counts
        [runs, clusters, classes]: members of a cluster may hang together, so that chi-squared is spread as the clusters'
        own differences say (Rao and Scott 1981, second order); what it is larger on average is a shift that is there to stay.
    chances
        [classes].
    """
    counted, chance = np.asarray(counts, float), np.asarray(chances, float)
    expected = counted.sum(axis=(1, 2))[:, None] * chance
    squared = ((counted.sum(axis=1) - expected) ** 2 / expected).sum(axis=1)
    apart = (counted - counted.sum(axis=2, keepdims=True) * chance) / np.sqrt(expected)[:, None]
    weights = np.linalg.eigvalsh(np.einsum("rci,rcj->ij", apart, apart) / len(counted))
    scale = (weights**2).sum() / weights.sum()
    shift = max(0.0, squared.mean() - weights.sum())
    return Verdict.of(
        (squared < most).all(),
        f"chi-squared {', '.join(f'{one:.1f}' for one in squared)} of {counted[0].sum():,.0f}",
        f"{most:g} or more",
        len(counted) * stats.ncx2.sf(most / scale, weights.sum() / scale, shift / scale),
    )
