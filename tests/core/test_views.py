"""Views: compiled code reads and writes the rows that Python does, and refuses columns that are not as declared."""

from typing import NamedTuple

import numpy as np
import pytest
from numba.core.errors import TypingError

from copro_sim.core.compiled import entry, making, walk
from copro_sim.core.views import compiled_view

SHAPES = ((), (2,), (3, 4))


class Columns(NamedTuple):
    one: np.ndarray
    pair: np.ndarray
    table: np.ndarray


def cut(columns, first, last):
    return Columns(*(column[first:last] for column in columns))


view = compiled_view(cut, Columns, SHAPES)


def made(rows):
    kinds = zip(("u1", "i4", "f8"), SHAPES, strict=True)
    return Columns(*(np.arange(rows * np.prod(shape, dtype=int)).astype(kind).reshape(rows, *shape) for kind, shape in kinds))


@walk
def shift(c, by):
    """Change every column, with what other columns hold."""
    for i in range(c.one.size):
        c.one[i] += by
        for k in range(2):
            c.pair[i, k] -= int(c.one[i])
        for j in range(c.table.shape[1]):
            for k in range(c.table.shape[2]):
                c.table[i, j, k] += c.pair[i, 1] * c.table.shape[0]


@entry()
def shift_part(columns, first, last, by):
    c = view(columns, first, last)
    shift(c, by)


@pytest.mark.parametrize(("first", "last"), [(0, 7), (2, 5), (6, 7), (3, 3)])
def test_compiled_code_sees_and_changes_the_rows_that_python_does(first, last):
    compiled, interpreted = made(7), made(7)
    shift_part(compiled, first, last, 3)
    shift(view(interpreted, first, last), 3)
    for one, other, before in zip(compiled, interpreted, made(7), strict=True):
        assert (one == other).all()
        assert (one[:first] == before[:first]).all()
        assert (one[last:] == before[last:]).all()
        assert first == last or (one[first:last] != before[first:last]).any()


def test_a_second_view_in_one_function_leaves_the_first_alone():
    @entry()
    def both(columns, others):
        one, two = view(columns, 0, 2), view(others, 1, 3)
        one.one[0] = two.one[1]
        return one.pair[1, 0] - two.pair[0, 0]

    here, there = made(3), made(3)
    there.pair[:] += 100
    assert both(here, there) == -100
    assert here.one[0] == 2


def test_places_and_parts_of_columns_are_pythons():
    def changed(c):
        c.one[-1] = c.pair[-2, -1] + c.table[-1, 0, -4]
        c.pair[1] = c.pair[2, ::-1]
        c.table[:, 1, 2] = 5.0
        return c.table[1, :2, 1].sum() + c.one[1:].sum()

    @entry()
    def compiled(columns):
        return inlined(view(columns, 2, 7))

    inlined, one, other = making(changed), made(9), made(9)
    assert compiled(one) == changed(view(other, 2, 7))
    assert all((here == there).all() for here, there in zip(one, other, strict=True))


def test_a_view_made_anew_in_a_loop_is_read_anew():
    """What is read of a view is read as unchanging, though the next round's view lies in the same place."""

    @entry()
    def summed(columns):
        total = 0
        for first in range(columns.one.size - 1):
            c = view(columns, first, first + 2)
            for i in range(c.one.size):
                c.one[i] += 1
                total += c.one[i] * c.pair[i, 1]
        return total

    one, other = made(40), made(40)
    assert summed(one) == summed.py_func(other)
    assert (one.one == other.one).all()


@pytest.mark.parametrize(
    "columns", [made(8)._replace(one=np.arange(16, dtype="u1")[::2]), made(8)._replace(pair=np.zeros(8, np.int32))]
)
def test_a_column_with_gaps_or_of_another_shape_is_refused(columns):
    with pytest.raises(TypingError, match=r"column (one|pair): .* not C-contiguous with rows of shape"):
        shift_part(columns, 0, 2, 1)


def test_an_unknown_column_is_refused():
    @entry()
    def reads(columns):
        return view(columns, 0, 2).three[0]

    with pytest.raises(TypingError, match="three"):
        reads(made(2))
