"""Lending: a walk called by its address reads what Python's own reads, and is called with nothing but what it is made for."""

from typing import NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from copro_sim.core.compiled import entry
from copro_sim.core.lent import Walks, call, lent, type_lent
from copro_sim.core.views import compiled_view


class Rows(NamedTuple):
    amount: np.ndarray


class Inner(NamedTuple):
    by: float
    twice: bool


class Outer(NamedTuple):
    rows: Rows
    table: np.ndarray
    inner: Inner
    count: int


def cut(rows, first, last):
    return Rows(rows.amount[first:last])


view = compiled_view(cut, Rows, ((),))


def add(given):
    for k in range(given.rows.amount.size):
        given.rows.amount[k] += given.inner.by * given.table[k % 2, 1] * (2 if given.inner.twice else 1)


def number(given):
    for k in range(given.rows.amount.size):
        given.rows.amount[k] = 10 * given.rows.amount[k] + given.count


def fail(given):
    if given.count == 3:
        raise ValueError("three")


def live(walks, rows, table, inner, rounds):
    for count in range(rounds):
        given = lent(Outer(view(rows, 1, rows.amount.size), table, inner, count))
        for at in range(len(walks)):
            call(walks, at, given)
    return rows.amount.sum()


def made():
    return Rows(np.arange(4.0)), np.arange(4.0).reshape(2, 2), Inner(0.5, True)


def kind(**changed):
    rows, table, inner = made()
    return type_lent(Outer(view(rows, 0, 0), table, inner, 0)._replace(**changed))


def compiled(*walks):
    return Walks([entry(cache=False)(walk) for walk in walks], kind())


@pytest.mark.parametrize("walks", [(add, number), (number, add), (add, add), ()])
def test_compiled_walks_do_what_pythons_own_do(walks):
    ours, theirs = made(), made()
    total = entry(cache=False)(live)(compiled(*walks), *ours, 5)
    assert total == live(walks, *theirs, 5)
    assert ours[0].amount.tolist() == theirs[0].amount.tolist()


def test_other_walks_need_no_new_compilation_of_who_calls_them():
    caller = entry(cache=False)(live)
    for walks in ((add,), (number, add, add), ()):
        caller(compiled(*walks), *made(), 1)
    assert len(caller.signatures) == 1


def test_who_lends_may_read_what_is_lent():
    def read(table, rounds):
        total = 0.0
        for count in range(rounds):
            given = lent(Outer(view(Rows(table[0]), 0, 1), table, Inner(count / 2, True), count))
            total += given.count * given.inner.by + given.table[1, 0]
        return total

    table = np.arange(4.0).reshape(2, 2)
    assert entry()(read)(table, 5) == read(table, 5)


def test_what_a_walk_raises_reaches_python():
    with pytest.raises(ValueError, match="three"):
        entry(cache=False)(live)(compiled(add, fail), *made(), 5)


def test_walks_for_something_else_are_refused():
    walks = Walks([], kind(count=0.5))
    with pytest.raises(TypingError, match="walks made for"):
        entry(cache=False)(live)(walks, *made(), 1)


def test_tuples_of_other_names_are_of_another_type():
    class Other(NamedTuple):
        by: float
        thrice: bool

    assert str(numba.typeof(Other(0.5, True)).types) == str(numba.typeof(Inner(0.5, True)).types)
    assert kind(inner=Other(0.5, True)) != kind()
    assert kind(inner=Inner(1.5, False)) == kind()


def test_a_field_that_is_not_there_is_named():
    with pytest.raises(TypingError, match="amounts"):
        Walks([entry(cache=False)(lambda given: given.amounts)], kind())
