"""Processes share work from both ends; whatever becomes of the others, everything is done once."""

import sys

import pytest

from copro_sim.core.ahead import Ahead

NAMES = [f"part {k}" for k in range(6)]
DILIGENT = """
for name in sys.stdin:
    with open({notes!r}, "a") as notes:
        notes.write(name)
    print(flush=True)
"""
DIES = """
sys.stdin.readline()
print(flush=True)
sys.stdin.readline()
"""


def test_what_one_does_the_other_need_not(tmp_path):
    notes = tmp_path / "notes"
    ahead = Ahead(NAMES, DILIGENT.format(notes=str(notes)))
    rest = list(ahead.rest())
    theirs = notes.read_text().splitlines() if notes.exists() else []
    assert theirs + rest[::-1] == NAMES


def test_of_several_others_each_does_its_share(tmp_path):
    notes = tmp_path / "notes"
    ahead = Ahead(NAMES, DILIGENT.format(notes=str(notes)), others=3)
    rest = list(ahead.rest())
    theirs = notes.read_text().splitlines() if notes.exists() else []
    assert sorted(theirs + rest) == NAMES


def test_the_second_does_everything_if_nobody_asks_for_the_rest_for_long(tmp_path):
    notes = tmp_path / "notes"
    ahead = Ahead(NAMES, DILIGENT.format(notes=str(notes)))
    ahead.wait()
    assert notes.read_text().splitlines() == NAMES
    assert list(ahead.rest()) == []


@pytest.mark.parametrize(("code", "done"), [("raise SystemExit(1)", 0), ("no Python", 0), (DIES, 1)])
@pytest.mark.parametrize("others", [1, 2])
def test_what_others_that_die_leave_behind_the_first_does(code, done, others):
    ahead = Ahead(NAMES, code, others)
    ahead.wait()
    assert sorted(ahead.rest()) == NAMES[done * others :]
    assert list(ahead.rest()) == []


def test_nothing_is_lost_where_no_other_process_can_start(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert sorted(Ahead(NAMES, DIES).rest()) == NAMES
