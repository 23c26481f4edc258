"""The table of citizens: who died is not in it, and nobody is in it twice."""

import numpy as np
import pytest

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.results.citizens import citizens_of, reciprocity_of
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength
from copro_sim.state.codes import Life
from tests.results.fakes import COUNCILS, random_world


def test_only_the_living_are_listed():
    state = random_world(3, (20, 25)).later(12)
    state.citizens.life[4], state.citizens.life[30] = Life.EMPTY, Life.DIED
    gone = set(state.citizens.id[[4, 30]].tolist())
    citizens = citizens_of(state, COUNCILS)
    assert len(citizens) == 43
    assert not gone & set(citizens["id"])
    assert {"male", "female"} == set(citizens["sex"])
    assert {"none", "arranged"} >= set(citizens["mode"])
    assert not citizens.isna().any().any()


def test_reciprocity_counts_who_gave_received_and_did_both_and_what_others_feel():
    state = random_world(3, (60,)).later(12)
    c = state.citizens
    c.birth_month[:] = -12 * 40
    c.need_level[:] = 2
    for name in ("given", "credit_given", "credit_received", "received"):
        getattr(c, name)[:] = 0
    c.given[:20] = 60
    c.received[10:40, 1, 2] = 60
    c.received[40:, 0, 6] = 60  # the council does not count
    table = reciprocity_of(state).loc["moderate"]
    assert table[["citizens", "gave", "received", "both"]].tolist() == [60, 20 / 60, 30 / 60, 10 / 60]
    bonds = [
        (bond_place(int(b)), bond_strength(int(b)) / STRENGTH_ONE)
        for i in range(60) for b in c.bond[i, : c.bonds[i]] if bond_kind(int(b)) != 0
    ]  # fmt: skip
    felt = [np.mean([s for j, s in bonds if j == i]) for i in range(20) if any(j == i for j, _ in bonds)]
    assert table["felt_for_givers"] == pytest.approx(np.mean(felt))
    assert reciprocity_of(state).loc["critical", "citizens"] == 0
