"""Paired differences: the arithmetic of comparing two scenarios that share every future, and its verdict in words.

Future f is one draw of what nobody knows (f // 2) and one of two seeds (f % 2); both scenarios live through the same.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from copro_sim.language import N_, _, ngettext
from copro_sim.results.indicators import Better

Array = np.ndarray[Any, Any]
SEEDS_PER_DRAW = 2
CLEAR, TENDS = 0.9, 0.75
"""Share of futures on one side from which a finding is clear, and from which it tends that way: of 20 tosses of a coin, 15 or
more fall on one side in 4 of 100 trials, but 12 or more in 50."""

FEWEST_FOR_CLEAR = 10
"""With fewer futures than this nothing is called clear."""

_SAME = 1e-12
"""Differences smaller than this share of what is compared are rounding, not differences."""


UNDEFINED = N_("not defined in every future")
"""The verdict where a number is missing, such as a mean over people of whom there are none."""


class Interval(NamedTuple):
    """The middle share of futures lies from `low` to `high`."""

    low: float
    high: float


@dataclass(frozen=True)
class Paired:
    """One indicator in one scenario, less the same in the reference, over all futures.

    Parameters
    ----------
    reference, other
        Means over futures.
    difference, median
        Mean and median of other less reference: from three in four futures on one side, the median is on that side, too.
    half, ninety
        Intervals that hold 50 and 90 percent of the futures' differences.
    better, worse
        In how many futures the difference is for the better or worse; of an indicator without a better side, higher
        or lower. Futures without any difference are in neither.
    futures
        How many there are.
    verdict
        The finding in words, with its count.
    variance_reduction
        By how much sharing futures divides the variance of the difference; NaN if there is none.
    parameter_share
        Share of the difference's variance due to what nobody knows, 0 to 1; the rest is chance. NaN if unknown.
    """

    reference: float
    other: float
    difference: float
    median: float
    half: Interval
    ninety: Interval
    better: int
    worse: int
    futures: int
    verdict: str
    variance_reduction: float
    parameter_share: float

    @property
    def undefined(self) -> bool:
        """Whether a number is missing in some future."""
        return bool(np.isnan(self.difference))


def paired(reference: Array, other: Array, direction: Better) -> Paired:
    """Return the comparison of two arrays float64 [futures], of the same futures in the same order.

    Raises
    ------
    ValueError
        If the arrays are not of one length of at least one future.
    """
    if reference.shape != other.shape or reference.ndim != 1 or not len(reference):
        raise ValueError(f"cannot pair {reference.shape} with {other.shape} futures")
    change = difference(reference, other)
    better, worse = sides(change, direction)
    return Paired(
        reference=float(reference.mean()),
        other=float(other.mean()),
        difference=float(change.mean()),
        median=float(np.median(change)),
        half=interval(change, 0.5),
        ninety=interval(change, 0.9),
        better=better,
        worse=worse,
        futures=len(change),
        verdict=verdict_of(change, direction),
        variance_reduction=variance_reduction(reference, other),
        parameter_share=parameter_share(change),
    )


def difference(reference: Array, other: Array) -> Array:
    """Return other less reference, exactly zero where they differ by no more than rounding."""
    change = other - reference
    return np.where(np.abs(change) <= _SAME * np.maximum(np.abs(reference), np.abs(other)), 0.0, change)


def interval(differences: Array, share: float) -> Interval:
    """Return the middle `share` (0 to 1) of the futures, by linear interpolation between them."""
    low, high = np.quantile(differences, [(1 - share) / 2, (1 + share) / 2])
    return Interval(float(low), float(high))


def sides(differences: Array, direction: Better) -> tuple[int, int]:
    """Return in how many futures the difference is for the better and for the worse (None: higher and lower)."""
    higher, lower = int((differences > 0).sum()), int((differences < 0).sum())
    return (lower, higher) if direction == "less" else (higher, lower)


def verdict_of(differences: Array, direction: Better) -> str:
    """Return the verdict on differences float64 [futures]; `UNDEFINED` if one of them is not a number."""
    better, worse = sides(differences, direction)
    return _(UNDEFINED) if np.isnan(differences).any() else verdict(better, len(differences), direction, worse=worse)


def _said(word: str, sure: str, count: int, n: int) -> str:
    """Return a finding, whole, by its side, how sure it is, and its counts."""
    return {
        ("better", "clear"): lambda: ngettext(
            "better in {count} of {n} future", "better in {count} of {n} futures", n, count=count
        ),
        ("worse", "clear"): lambda: ngettext(
            "worse in {count} of {n} future", "worse in {count} of {n} futures", n, count=count
        ),
        ("higher", "clear"): lambda: ngettext(
            "higher in {count} of {n} future", "higher in {count} of {n} futures", n, count=count
        ),
        ("lower", "clear"): lambda: ngettext(
            "lower in {count} of {n} future", "lower in {count} of {n} futures", n, count=count
        ),
        ("better", "tends"): lambda: ngettext(
            "tends to be better ({count} of {n} future)", "tends to be better ({count} of {n} futures)", n, count=count
        ),
        ("worse", "tends"): lambda: ngettext(
            "tends to be worse ({count} of {n} future)", "tends to be worse ({count} of {n} futures)", n, count=count
        ),
        ("higher", "tends"): lambda: ngettext(
            "tends to be higher ({count} of {n} future)", "tends to be higher ({count} of {n} futures)", n, count=count
        ),
        ("lower", "tends"): lambda: ngettext(
            "tends to be lower ({count} of {n} future)", "tends to be lower ({count} of {n} futures)", n, count=count
        ),
        ("better", "unclear"): lambda: ngettext(
            "no clear difference (better in {count} of {n} future)", "no clear difference (better in {count} of {n} futures)",
            n, count=count,
        ),
        ("worse", "unclear"): lambda: ngettext(
            "no clear difference (worse in {count} of {n} future)", "no clear difference (worse in {count} of {n} futures)",
            n, count=count,
        ),
        ("higher", "unclear"): lambda: ngettext(
            "no clear difference (higher in {count} of {n} future)", "no clear difference (higher in {count} of {n} futures)",
            n, count=count,
        ),
        ("lower", "unclear"): lambda: ngettext(
            "no clear difference (lower in {count} of {n} future)", "no clear difference (lower in {count} of {n} futures)",
            n, count=count,
        ),
    }[word, sure]()  # fmt: skip


def verdict(better: int, futures: int, direction: Better = "more", *, worse: int | None = None) -> str:
    """Return a finding, in the language spoken, in words that are true of its counts.

    Clear needs 90 percent of the futures, and ten futures; from 75 percent it tends that way; otherwise there is no
    clear difference.

    Parameters
    ----------
    better, worse
        Futures on each side (worse: all the others, if not given); what is left over shows no difference.
    futures
        Futures in all, at least 1.
    direction
        "less" or "more", whose sides are called better and worse, or None: higher and lower.

    Raises
    ------
    ValueError
        If the counts cannot be.

    Examples
    --------
    >>> verdict(19, 20), verdict(12, 20)
    ('better in 19 of 20 futures', 'tends to be better (12 of 20 futures)')
    """
    worse = futures - better if worse is None else worse
    if futures < 1 or better < 0 or worse < 0 or better + worse > futures:
        raise ValueError(f"{better} and {worse} of {futures} futures cannot be")
    if not better and not worse:
        return ngettext("no difference in the one future", "no difference in any of {n} futures", futures)
    good, bad = ("higher", "lower") if direction is None else ("better", "worse")
    word, count = (bad, worse) if worse > better else (good, better)
    share = count / futures
    sure = "clear" if share >= CLEAR and futures >= FEWEST_FOR_CLEAR else "tends" if share >= TENDS else "unclear"
    return _said(word, sure, count, futures)


def variance_reduction(reference: Array, other: Array) -> float:
    """Return the variance of a difference of unpaired futures over that of the paired ones."""
    if len(reference) < 2:
        return float("nan")
    together = float(difference(reference, other).var(ddof=1))
    apart = float(reference.var(ddof=1) + other.var(ddof=1))
    return apart / together if together > 0 else float("nan")


def parameter_share(differences: Array) -> float:
    """Return the share of variance that lies between draws of parameters rather than between seeds, 0 to 1.

    One-way analysis of variance with two seeds in each draw: the component between draws is half of the mean squares
    between less those within, and not less than zero. NaN with fewer than two whole draws, or without any variance.
    """
    draws = len(differences) // SEEDS_PER_DRAW
    if draws < 2:
        return float("nan")
    nested = differences[: draws * SEEDS_PER_DRAW].reshape(draws, SEEDS_PER_DRAW)
    within = float(nested.var(axis=1, ddof=1).mean())
    between = max(0.0, float(nested.mean(axis=1).var(ddof=1)) - within / SEEDS_PER_DRAW)
    return between / (between + within) if between + within > 0 else float("nan")


class Crossed(NamedTuple):
    """Effects of money alone and of practice alone, float64 [futures] each; `interaction` is what both do beyond that sum."""

    money: Array
    practice: Array
    interaction: Array


def crossed(neither: Array, practice: Array, money: Array, both: Array) -> Crossed:
    """Return the effects of a two-by-two of scenarios, which in each future add up to both less neither.

    money = money - neither, practice = practice - neither, interaction = both - money - practice + neither.
    """
    effects = (money - neither, practice - neither, both - money - practice + neither)
    scale = np.max(np.abs([neither, practice, money, both]), axis=0)
    return Crossed(*(np.where(np.abs(effect) <= 4 * _SAME * scale, 0.0, effect) for effect in effects))
