"""What several causes pull at moves by each in turn, and every cause's part of the movement is kept for the record."""

from collections.abc import Iterable
from typing import Any

from copro_sim.core.units import MONTHS_PER_YEAR


def pulled(value: Any, pulls: Iterable[tuple[Any, Any]]) -> tuple[Any, list[Any]]:
    """Return where `value` is after all pulls, and how far each of them moved it.

    Each pull is (towards, weight) and moves what is there by `weight` of the gap, so that what begins from 0 to 1 and
    is pulled towards such values stays there, and the parts add up to the change. One after the other, in the order
    given: a later cause finds what the earlier ones have left.

    Parameters
    ----------
    value
        A number or an array; so are what it is pulled towards and the weights, 0 to 1.

    Examples
    --------
    >>> pulled(0.5, [(0.0, 0.5), (1.0, 0.2)])
    (0.4, [-0.25, 0.15000000000000002])
    """
    parts = []
    for towards, weight in pulls:
        part = weight * (towards - value)
        value = value + part
        parts.append(part)
    return value, parts


def held(per_year: int, month: int) -> int:
    """Return how many of `per_year` meetings spread over each year fall into `month`: whole ones, all of them by March."""
    of_year = month % MONTHS_PER_YEAR
    return (of_year + 1) * per_year // MONTHS_PER_YEAR - of_year * per_year // MONTHS_PER_YEAR
