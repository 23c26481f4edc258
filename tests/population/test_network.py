"""Who is bound to whom: pairs, kinds, strengths, clustering and who has few bonds."""

from functools import cache

import numpy as np
import pytest

from copro_sim.core.units import STRENGTH_ONE
from copro_sim.state.codes import BondKind
from copro_sim.state.columns import MOST_BONDS
from tests.population.made import ages, bonds, households, wales

KINDS = [int(kind) for kind in BondKind]


@cache
def _bonds() -> list[dict[int, tuple[int, int]]]:
    return bonds(wales())


@cache
def _ties() -> np.ndarray:
    """Return every bond: holder, other, kind, strength."""
    return np.array([(i, j, *bond) for i, row in enumerate(_bonds()) for j, bond in row.items()])


def test_bonds_come_in_pairs_of_one_kind_and_nobody_is_bound_to_himself() -> None:
    held = _bonds()
    for i, row in enumerate(held):
        assert i not in row
        assert len(row) <= MOST_BONDS
        assert all(held[j][i][0] == kind for j, (kind, _) in row.items())


def test_household_bonds_are_between_all_who_share_a_household_and_no_others() -> None:
    home, ties = households(wales()), _ties()
    together = home[ties[:, 0]] == home[ties[:, 1]]
    np.testing.assert_array_equal(together, ties[:, 2] == int(BondKind.HOUSEHOLD))
    size = np.bincount(home)
    assert together.sum() == (size * (size - 1)).sum()


@pytest.mark.parametrize(("kind", "low", "high"), [(0, 0.7, 0.95), (1, 0.4, 0.8), (2, 0.25, 0.6), (3, 0.1, 0.4)])
def test_strengths_are_in_their_range_and_differ_between_people_and_directions(kind: int, low: float, high: float) -> None:
    ties = _ties()[_ties()[:, 2] == kind]
    strength = ties[:, 3] / STRENGTH_ONE
    assert low - 0.001 < strength.min()
    assert strength.max() < high
    assert abs(strength.mean() - (low + high) / 2) < 0.01
    assert strength.std() > (high - low) / 6
    back = np.array([_bonds()[j][i][1] for i, j in ties[:500, :2]])
    assert (back != ties[:500, 3]).mean() > 0.95


def test_there_are_about_eight_to_nine_bonds_a_citizen_and_a_tail_with_few() -> None:
    c, grown = wales().citizens, ages(wales()) >= 16
    assert 8.0 < c.bonds.mean() < 9.5
    assert 0.02 < (c.bonds[grown] <= 2).mean() < 0.15
    assert (c.bonds == MOST_BONDS).mean() < 0.08


def test_about_one_in_six_is_lonely_by_the_outlook_rule() -> None:
    c, grown = wales().citizens, ages(wales()) >= 16
    # National Survey for Wales 2017-18: 16 percent; the rule is `outlook.is_lonely` with its default of 4.5
    assert 0.12 < (c.bonds + 0.5 * c.kin_elsewhere < 4.5)[grown].mean() < 0.20


def test_some_adults_have_nobody_outside_the_household() -> None:
    ties, grown = _ties(), ages(wales()) >= 16
    outside = np.bincount(ties[ties[:, 2] != int(BondKind.HOUSEHOLD), 0], minlength=len(grown))
    assert 0.05 < (outside[grown] == 0).mean() < 0.15


@pytest.mark.parametrize(("kind", "low", "high"), [(0, 1.9, 2.4), (1, 0.6, 1.3), (2, 3.3, 4.5), (3, 1.3, 2.4)])
def test_bonds_of_each_kind(kind: int, low: float, high: float) -> None:
    assert low < (_ties()[:, 2] == kind).sum() / len(_bonds()) < high


def test_friends_are_alike_in_age() -> None:
    ties, age = _ties(), ages(wales())
    friends = ties[ties[:, 2] == int(BondKind.FRIEND)]
    apart = np.abs(age[friends[:, 0]] - age[friends[:, 1]])
    assert 1.0 < apart.mean() < 5.0
    assert apart.max() <= 30


def test_kin_are_a_generation_apart_or_siblings() -> None:
    ties, age = _ties(), ages(wales())
    kin = ties[ties[:, 2] == int(BondKind.KIN)]
    apart = np.abs(age[kin[:, 0]] - age[kin[:, 1]])
    assert 0.6 < (apart >= 16).mean() < 0.95


def test_neighbours_live_at_most_two_doors_apart() -> None:
    state, ties = wales(), _ties()
    home = state.citizens.household.astype(int)
    doors = np.repeat([state.community(k).household.max() + 1 for k in range(len(state.communities.id))],
                      state.communities.size)  # fmt: skip
    next_door = ties[ties[:, 2] == int(BondKind.NEIGHBOUR)]
    apart = (home[next_door[:, 0]] - home[next_door[:, 1]]) % doors[next_door[:, 0]]
    assert set(np.minimum(apart, doors[next_door[:, 0]] - apart)) == {1, 2}


def test_friends_of_friends_are_often_friends() -> None:
    held = _bonds()
    share = []
    for i in range(0, len(held), 13):
        others = set(held[i])
        if len(others) > 1:
            known = sum(len(others & held[j].keys()) for j in others)
            share.append(known / (len(others) * (len(others) - 1)))
    # personal support networks: about 0.35, between 0.2 and 0.5
    assert 0.25 < np.mean(share) < 0.45
