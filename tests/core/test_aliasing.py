"""Aliasing: what compiled code is told to be apart is apart."""

from typing import NamedTuple

import numba
import numpy as np
import pytest

from copro_sim.core.aliasing import ColumnType, numbers
from copro_sim.core.compiled import entry, making
from copro_sim.core.views import compiled_view


class Columns(NamedTuple):
    number: np.ndarray
    pair: np.ndarray


def cut(columns, first, last):
    return Columns(*(column[first:last] for column in columns))


view = compiled_view(cut, Columns, ((), (2,)))


def made(rows):
    return Columns(np.arange(rows, dtype=np.uint8), np.arange(2 * rows, dtype=np.int32).reshape(rows, 2))


@making
def swap(c):
    """Let a column and half of another change places, by way of numbers of one's own."""
    first, second = numbers(c.number.size, "first"), numbers(c.number.size, "second")
    for i in range(c.number.size):
        first[i], second[i] = c.number[i], c.pair[i, 0]
    for i in range(c.number.size):
        c.pair[i, 0], c.number[i] = first[i], second[i] % 7
    return first.sum() - second.sum()


@pytest.mark.parametrize("size", [0, 3, 200])
def test_numbers_of_different_names_are_different_numbers(size):
    @entry()
    def swap_all(columns):
        return swap(view(columns, 0, columns.number.size))

    one, other = made(size), made(size)
    assert swap_all(one) == swap(view(other, 0, size))
    assert all((here == there).all() for here, there in zip(one, other, strict=True))


def test_what_may_not_be_written_stays_so():
    kept = numba.types.Array(numba.uint8, 1, "C", readonly=True, aligned=False)
    column = ColumnType(kept, "kept")
    assert (column.mutable, column.aligned) == (False, False)
    assert ColumnType(kept.copy(readonly=False), "kept") != column
