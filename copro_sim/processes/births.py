"""Women bear children, who join their household.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import walk
from copro_sim.core.params import Record


class Params(NamedTuple):
    """TODO."""

    placeholder: Annotated[float, Record(value=0.0, low=0.0, high=1.0, meaning="Placeholder births")]


class Tables(NamedTuple):
    """TODO."""

    placeholder: Any


def tables(p):
    """TODO."""
    return Tables(np.zeros((1,)))


@walk
def columns(c, here, p, t):
    """Walk one community's arrays."""


def agents(community, p, t):
    """Walk one community's citizens."""
