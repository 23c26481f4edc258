"""The state: where somebody is stored does not matter, and the columns hold what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.state.arrange import compact, rows_of
from copro_sim.state.bonds import add_bond, bond_kind, bond_place, bond_strength, find_bond, pack_bond, remove_bond
from copro_sim.state.columns import CITIZEN_COLUMNS, Citizens, bytes_per_citizen, empty
from laws import default_parameters, tables_for
from worlds import random_world


@given(place=st.integers(0, 65_534), kind=st.integers(0, 3), strength=st.integers(0, 16_383))
def test_a_bond_packs_into_32_bits_and_comes_back(place, kind, strength):
    bond = pack_bond(place, kind, strength)
    assert 0 <= bond < 2**32
    assert (bond_place(bond), bond_kind(bond), bond_strength(bond)) == (place, kind, strength)


def test_bonds_are_added_found_and_removed():
    c = Citizens(*empty(CITIZEN_COLUMNS, 4))
    for other in (1, 2, 3):
        add_bond(c, 0, other, 2, 100 + other)
    assert [find_bond(c, 0, other) for other in (1, 2, 3, 0)] == [0, 1, 2, -1]
    remove_bond(c, 0, 2)
    remove_bond(c, 0, 2)
    assert int(c.bonds[0]) == 2
    assert [bond_place(int(bond)) for bond in c.bond[0, :2]] == [1, 3]
    assert bond_strength(int(c.bond[0, 1])) == 103
    assert c.bond[0, 2] == 0


def test_permuted_storage_holds_the_same_content():
    world = random_world(2, (60, 30))
    other = world.permuted(np.random.default_rng(1))
    assert (other.citizens.id != world.citizens.id).any()
    assert other.content_hash() == world.content_hash()


def test_compaction_closes_ranks_and_bonds_follow():
    world = random_world(2, (60,))
    content = world.content()
    c = world.community(0)
    for dead in (3, 7, 59):
        for other in range(60):
            remove_bond(c, other, dead)
        c.partner[c.partner == dead] = 65_535
        c.life[dead] = 0
    gone = set(c.id[[3, 7, 59]].tolist())
    assert compact(c, rows_of(world.citizens), 0) == 57
    world.communities.size[0] = 57
    assert not any(column[57:60].any() for column in world.citizens)
    after = world.content()
    kept = ~np.isin(content["id"], list(gone))
    for name in ("wellbeing", "package", "sex", "balance"):
        assert (after[name] == content[name][kept]).all()
    assert not np.isin(after["bond_other"], list(gone)).any()


def test_agents_and_columns_turn_into_one_another():
    world = random_world(6, (40, 20))
    p = default_parameters()
    assert Society(world, p, tables_for(p), seed=1).to_state().content_hash() == world.content_hash()


@pytest.mark.parametrize("name", ["wellbeing", "need_level", "balance", "birth_month"])
def test_a_changed_column_changes_the_hash(name):
    world = random_world(2, (30,))
    before = world.content_hash()
    getattr(world.citizens, name)[5] += 1
    assert world.content_hash() != before


def test_a_changed_bond_or_account_changes_the_hash():
    world = random_world(2, (30,))
    hashes = {world.content_hash()}
    world.citizens.bond[int(np.argmax(world.citizens.bonds)), 0] += 1 << 18
    hashes.add(world.content_hash())
    world.communities.issuer[0] += 1
    hashes.add(world.content_hash())
    assert len(hashes) == 3


def test_columns_hold_their_stated_ranges_and_a_citizen_takes_under_250_bytes():
    for column in CITIZEN_COLUMNS:
        assert column.meaning, column.name
        if column.dtype[0] in "iu" and column.name != "bond":
            limits = np.iinfo(column.dtype)
            assert limits.min <= column.low <= column.high <= limits.max, column.name
    assert bytes_per_citizen() <= 250


def test_rows_of_columns_with_gaps_are_refused():
    gaps = Citizens(*(column[::2] for column in empty(CITIZEN_COLUMNS, 4)))
    with pytest.raises(ValueError, match="columns with gaps"):
        rows_of(gaps)
