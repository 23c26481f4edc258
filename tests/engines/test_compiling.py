"""Compiling: what of one's own cannot be compiled is refused in words, before anybody is built."""

import pytest

import copro_sim as cs
from copro_sim.engines import people


def happen(community):
    """Do nothing."""


@cs.rule
def misspelt(c, here, p):
    for i in range(c.id.size):
        c.wellbeing[i] = c.welbeing[i] * p.sharing.kin_share


@cs.rule
def unknown(c, here):
    for i in range(c.id.size):
        c.wellbeing[i] = better(c.wellbeing[i])  # noqa: F821


@cs.rule
def no_parameter(c, here, p):
    c.wellbeing[0] = p.sharing.kin_shares


def unmarked(wellbeing):
    return wellbeing


def calls_unmarked(c, here):
    c.wellbeing[0] = unmarked(c.wellbeing[0])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (None, ["process mine has no walk over arrays"]),
        (misspelt, ["'welbeing'", "View(Citizens", "test_compiling.py", "c.wellbeing[i] = c.welbeing[i]"]),
        (unknown, ["name 'better' is not defined"]),
        (no_parameter, ["'kin_shares'", "Lent(Params", "= p.sharing.kin_shares"]),
        (calls_unmarked, ["'unmarked'", "= unmarked("]),
    ],
)
def test_a_walk_that_cannot_be_compiled_is_refused_before_anybody_is_built(columns, said, monkeypatch):
    monkeypatch.setattr(people, "build_state", None)
    mine = cs.MONTH.before("tally", cs.Process("mine", happen, columns))
    with pytest.raises(ValueError, match="process mine") as refused:
        cs.run("one-village", seed=1, years=1, processes=mine)
    assert [part for part in said if part not in str(refused.value)] == []
    assert len(str(refused.value)) < 400
