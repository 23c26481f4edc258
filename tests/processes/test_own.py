"""Processes of one's own: where in the month they belong, and what is refused."""

import pytest

from copro_sim.processes import month
from copro_sim.processes.month import MONTH
from copro_sim.processes.own import Process, as_process, chance


def mine(community):
    """Do nothing."""


def test_each_way_gives_another_month_and_leaves_the_first_as_it_was():
    names = MONTH.names
    at = names.index("sharing")
    assert MONTH.replace("sharing", mine).names == (*names[:at], "mine", *names[at + 1 :])
    assert MONTH.before("sharing", mine).names == (*names[:at], "mine", *names[at:])
    assert MONTH.after("sharing", mine).names == (*names[: at + 1], "mine", *names[at + 1 :])
    assert MONTH.without("sharing").names == (*names[:at], *names[at + 1 :])
    assert MONTH.names == names
    assert MONTH.own == ()
    assert [process.name for process in MONTH.before("tally", mine).own] == ["mine"]


def test_a_month_is_shown_by_names():
    assert repr(MONTH.without("bonds")).startswith("<Month of ageing, births, ")
    assert "bonds" not in repr(MONTH.without("bonds"))


def test_what_replaces_a_process_may_have_its_name():
    assert MONTH.replace("sharing", Process("sharing", mine)).names == MONTH.names


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda: MONTH.replace("shering", mine), ValueError, "no process 'shering'.*did you mean 'sharing'"),
        (lambda: MONTH.without("x" * 50), ValueError, "It has ageing, births"),
        (lambda: MONTH.before("tally", 3), TypeError, "3 is no process"),
        (lambda: MONTH.before("tally", lambda: None), TypeError, r"must be a function \(community\) or \(community, p\)"),
        (lambda: MONTH.before("tally", Process("a", mine, mine)), TypeError, r"columns must be a function \(c, here\)"),
        (lambda: MONTH.before("tally", mine).after("sharing", mine), ValueError, "'mine' is in the month already"),
        (lambda: month.walk_of(Process("mine", mine)), ValueError, "mine has no walk over arrays"),
    ],
)
def test_what_cannot_be_is_refused(change, error, said):
    with pytest.raises(error, match=said):
        change()


def test_chance_differs_by_all_that_it_is_keyed_by_and_by_nothing_else():
    drawn = [chance(1, 2, 3, 0), chance(2, 2, 3, 0), chance(1, 3, 3, 0), chance(1, 2, 4, 0), chance(1, 2, 3, 1)]
    assert len(set(drawn)) == 5
    assert all(0 <= one < 1 for one in drawn)
    assert chance(1, 2, 3, 0) == drawn[0]


def test_a_module_is_a_process_if_it_has_both_walks():
    assert as_process(MONTH[0]) is MONTH[0]
    with pytest.raises(TypeError, match="is no process"):
        as_process(pytest)
