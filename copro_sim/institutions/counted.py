"""What councils count: tallies of simulated people weighted up to real ones, and evened out where a sample is small."""

from typing import Any, NamedTuple, Self

import numpy as np

from copro_sim.processes.tally import Tally

Array = np.ndarray[Any, Any]
_DEMAND = slice(int(Tally.DEMAND_LOW), int(Tally.DEMAND_CRITICAL) + 1)
COUNCIL = (int(Tally.PERSONAL_COUNCIL), int(Tally.PRACTICAL_COUNCIL))
"""Tallies of the minutes that councils deliver."""

_TRUSTED = 5_000
"""Simulated citizens of a council whose count weighs as much as all councils' does."""


class Real(NamedTuple):
    """Last year's tallies of the councils, in real numbers summed over its months."""

    year: Array
    """float64 [tally, council]."""

    @classmethod
    def of(cls, tallies: Array, weights: Array) -> Self:
        """Return twelve months' tallies, [month, council, tally] in simulated people, in real numbers."""
        return cls((tallies.sum(axis=0) * np.asarray(weights)[:, None]).T)

    def by_means(self, total: Array, above: Array) -> Array:
        """Return totals [council] as [council, 2]: of those with capital below and above the limit."""
        return np.stack([np.maximum(0.0, total - above), above], axis=1)

    def demand(self) -> Array:
        """Return minutes by need level, 1 to 4, that those in touch with each council have met by nobody else; [4, council]."""
        demanded: Array = self.year[_DEMAND]
        return demanded

    def at_home(self) -> Array:
        """Return minutes that councils delivered at home: [council]."""
        delivered: Array = self.year[list(COUNCIL)].sum(axis=0) - self.year[Tally.RESIDENT_MINUTES]
        return delivered


def no_sample(counted: Array, per: Array, sampled: Array) -> Array:
    """Return what is counted in councils, [..., council], as it would be were nothing a sample.

    A council's own count weighs the more the more of its citizens are simulated (`sampled`, [council]), and its part, by `per`
    ([council]), of what all councils together count the less. A real council is no sample: a few clients more or less by the
    luck of a small one must not decide who gets support, nor what it owes.
    """
    if per.sum() <= 0.0:
        return counted
    usual = counted.sum(axis=-1, keepdims=True) * (per / per.sum())
    trust = sampled / (sampled + _TRUSTED)
    return np.asarray(trust * counted + (1.0 - trust) * usual)
