"""Some of what is still unmet is bought by those with means.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import walk
from copro_sim.core.params import Record


class Params(NamedTuple):
    """TODO."""

    placeholder: Annotated[float, Record(value=0.0, low=0.0, high=1.0, meaning="Placeholder buying")]


@walk
def columns(c, here, p):
    """Walk one community's arrays."""


def agents(community, p):
    """Walk one community's citizens."""
