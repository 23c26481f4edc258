"""No hour and no credit appears or vanishes, month by month; bonds stay in pairs; nobody gives what they do not have."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes.tally import Tally
from copro_sim.state.columns import MOST_BONDS
from laws import any_parameters, any_policy, default_parameters, some_policy, tables_for
from worlds import random_world

BONDS = ("HOUSEHOLD", "KIN", "FRIEND", "NEIGHBOUR")
SOURCES = (*BONDS, "CREDIT", "THIRD_SECTOR", "COUNCIL", "BOUGHT")


def check(society):
    """Hold one month's citizens, communities and tallies against the laws of conservation."""
    for community in society.communities:
        assert sum(citizen.balance for citizen in community.citizens) + community.issuer == 0
        for citizen in community.citizens:
            check_citizen(citizen)
    total = society.cells.sum(axis=(0, 1, 2))
    for need in ("PERSONAL", "PRACTICAL"):
        received = sum(total[Tally[f"{need}_{source}"]] for source in SOURCES)
        assert total[Tally[f"NEED_{need}"]] == received + total[Tally[f"UNMET_{need}"]]
    along_bonds = sum(total[Tally[f"{need}_{bond}"]] for need in ("PERSONAL", "PRACTICAL") for bond in BONDS)
    assert total[Tally.GIVEN] == along_bonds
    assert total[Tally.CREDIT_GIVEN] == total[Tally.CREDIT_RECEIVED] >= total[Tally.PRACTICAL_CREDIT]


def check_citizen(citizen):
    for need in range(2):
        assert citizen.need[need] == sum(citizen.received[need]) + citizen.unmet[need]
        assert min(citizen.received[need]) >= 0 <= citizen.unmet[need]
    assert citizen.spare >= 0
    assert citizen.given + citizen.credit_given == citizen.capacity - citizen.spare
    assert len(citizen.bonds) <= MOST_BONDS
    for other, bond in citizen.bonds.items():
        assert other.life == 1, "a bond to the dead"
        assert other.bonds[citizen].kind == bond.kind
    for name in ("reluctance", "belonging", "agency", "trust"):
        assert 0.0 <= getattr(citizen, name) <= 1.0
    assert 0.0 <= citizen.wellbeing <= 10.0


@settings(max_examples=10)
@given(p=any_parameters(), policy=any_policy(), seed=st.integers(0, 2**40))
def test_nothing_appears_or_vanishes_in_any_month(p, policy, seed):
    society = Society(random_world(seed % 1000, (45, 20)), p, tables_for(p, 0.1), seed=seed)
    before = sum(len(community.citizens) for community in society.communities)
    change = 0
    for _ in range(14):
        society.live_month(policy)
        check(society)
        total = society.cells.sum(axis=(0, 1, 2))
        change += int(total[Tally.BIRTHS] + total[Tally.NEWCOMERS] - total[Tally.DEATHS] - total[Tally.LEAVERS])
    assert before + change == sum(len(community.citizens) for community in society.communities)


def test_hours_do_move(monkeypatch):
    """The checks above are not about an empty world: every source that exists gives something here."""
    p = default_parameters()
    society = Society(random_world(3, (150,)), p, tables_for(p), seed=5)
    total = np.zeros(len(Tally), np.int64)
    for _ in range(12):
        society.live_month(some_policy())
        total += society.cells.sum(axis=(0, 1, 2))
    for name in ("PERSONAL_HOUSEHOLD", "PRACTICAL_KIN", "PRACTICAL_FRIEND", "PRACTICAL_NEIGHBOUR", "PRACTICAL_COUNCIL"):
        assert total[Tally[name]] > 0, name
    assert total[Tally.CREDIT_GIVEN] > 0 < total[Tally.UNMET_PERSONAL]


def test_a_lost_minute_would_be_noticed():
    p = default_parameters()
    society = Society(random_world(3, (40,)), p, tables_for(p), seed=5)
    society.live_month(some_policy())
    next(citizen for citizen in society.communities[0].citizens if citizen.unmet[0] > 0).unmet[0] -= 1
    with pytest.raises(AssertionError):
        check(society)
