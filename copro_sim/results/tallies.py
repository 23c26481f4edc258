"""The exact integers of a run, from which every indicator is made."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.processes.tally import AGE_BANDS, TALLIES

Array = np.ndarray[Any, Any]
MILLION = 1_000_000
SEXES, FIFTHS, SETTINGS = 2, 5, 4
_GROUP = (SEXES, len(AGE_BANDS), FIFTHS, SETTINGS, TALLIES)


@dataclass(frozen=True, eq=False)
class Tallies:
    """What was counted in a run.

    Parameters
    ----------
    month
        int64 [months, authorities, tally]: simulated people and their minutes, unweighted.
    group
        int64 [years, 2 sexes, 7 age bands, 5 deprivation fifths, 4 settings, tally]: sums over each year's twelve
        months times the weight of the authority in whole millionths.

    Raises
    ------
    ValueError
        If the arrays are not int64, of other shapes, or of other lengths of time.
    """

    month: Array
    group: Array

    def __post_init__(self) -> None:
        """Refuse arrays that cannot be tallies of whole years."""
        for array in (self.month, self.group):
            if array.dtype != np.int64:
                raise ValueError(f"tallies must be int64, not {array.dtype}")
        if self.month.ndim != 3 or self.month.shape[-1] != TALLIES or self.group.shape[1:] != _GROUP:
            raise ValueError(f"tallies have the wrong shape: {self.month.shape} and {self.group.shape}")
        if len(self.month) != len(self.group) * MONTHS_PER_YEAR:
            raise ValueError(f"{len(self.month)} months are not {len(self.group)} years")

    def weighted(self, weights: Array) -> Array:
        """Return float64 [months, authorities, tally] of real people, for `weights` float64 [authorities]."""
        return self.month * weights[:, None]

    def by_group(self) -> Array:
        """Return float64 [years, sex, age band, fifth, setting, tally] of real people: means of each year's months."""
        return self.group / (MILLION * MONTHS_PER_YEAR)
