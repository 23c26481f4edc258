"""Two processes share work from both ends; whatever becomes of the second, everything is done once."""

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


def test_the_second_does_everything_if_nobody_asks_for_the_rest_for_long(tmp_path):
    notes = tmp_path / "notes"
    ahead = Ahead(NAMES, DILIGENT.format(notes=str(notes)))
    ahead._dealing.join()
    assert notes.read_text().splitlines() == NAMES
    assert list(ahead.rest()) == []


@pytest.mark.parametrize(("code", "done"), [("raise SystemExit(1)", 0), ("no Python", 0), (DIES, 1)])
def test_what_a_second_that_dies_leaves_behind_the_first_does(code, done):
    ahead = Ahead(NAMES, code)
    ahead._dealing.join()
    assert list(ahead.rest()) == NAMES[:done:-1] + NAMES[done : done + 1]
    assert list(ahead.rest()) == []
