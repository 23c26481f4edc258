"""The whole building: a pure function of what is asked for, compiled or not, on any number of threads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.params import defaults, records
from copro_sim.population import build, places
from copro_sim.state.bonds import bond_place
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.columns import CITIZEN_COLUMNS, COMMUNITY_COLUMNS, MOST_BONDS, NOBODY, Citizens, empty
from tests.population.made import HEALTH, LEVELS, ages, bonds, households, made, wales


def test_everybody_is_alive_with_an_own_id_and_every_column_is_within_its_range() -> None:
    state = wales()
    assert len(np.unique(state.citizens.id)) == len(state.citizens.id) == 44_000
    assert len(np.unique(state.communities.id)) == len(state.communities.id) == 44
    assert (state.citizens.life == int(Life.ALIVE)).all()
    for columns, values in ((CITIZEN_COLUMNS, state.citizens), (COMMUNITY_COLUMNS, state.communities)):
        for column in columns:
            if column.high > column.low:
                stored = getattr(values, column.name)
                assert column.low <= stored.min(), column.name
                assert stored.max() <= column.high, column.name


def test_threads_and_blocks_do_not_matter_but_the_seed_does() -> None:
    alone = made(citizens=21_000, community_size=500, threads=1)[0]
    assert made(citizens=21_000, community_size=500, threads=3)[0].content_hash() == alone.content_hash()
    assert made(citizens=21_000, community_size=500, threads=3, seed=8)[0].content_hash() != alone.content_hash()


def test_plain_python_makes_the_same_people() -> None:
    compiled, _ = made(citizens=90, community_size=45)
    communities, drawn, _ = places.place(citizens=90, community_size=45, councils=("Gwynedd",), seed=7, slack=0.0)
    plain = Citizens(*empty(CITIZEN_COLUMNS, 90))
    tables = build.tables_of(HEALTH, *(_defaults_of(module) for module in ("asking", "outlook")), LEVELS)
    build.build_block.py_func(plain, communities, 0, 2, drawn, tables, defaults(build.Params), 7)
    for name in Citizens._fields:
        np.testing.assert_array_equal(getattr(plain, name), getattr(compiled.citizens, name), err_msg=name)


def _defaults_of(module: str) -> object:
    return defaults(getattr(build, module).Params)


def test_compiled_once() -> None:
    made(citizens=50, community_size=50)
    made(citizens=22 * 50, community_size=50, councils=None, slack=0.2)
    assert len(build.build_block.signatures) == 1


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    citizens=st.integers(50, 400),
    community_size=st.integers(30, 400),
    seed=st.integers(0, 2**63 - 1),
    council=st.sampled_from(["Gwynedd", "Cardiff", "Blaenau Gwent"]),
)
def test_any_village_holds_together(citizens: int, community_size: int, seed: int, council: str) -> None:
    state, weights = made(citizens=citizens, community_size=community_size, seed=seed, councils=(council,))
    age, home, held = ages(state), households(state), bonds(state)
    assert len(age) == citizens
    assert len(weights) == 1
    assert not set(home[age < 16]) - set(home[age >= 16])
    for i, row in enumerate(held):
        assert len(row) <= MOST_BONDS
        assert i not in row
        assert all(held[j][i][0] == kind for j, (kind, _) in row.items())
        at_home = {j for j, (kind, _) in row.items() if kind == int(BondKind.HOUSEHOLD)}
        assert at_home == set(np.flatnonzero(home == home[i]).tolist()) - {i}


def test_slack_leaves_empty_places_and_changes_nobody() -> None:
    tight, roomy = made(citizens=400, community_size=200)[0], made(citizens=400, community_size=200, slack=0.1)[0]
    assert tight.communities.capacity.tolist() == [200, 200]
    assert roomy.communities.capacity.tolist() == [220, 220]
    assert len(roomy.citizens.id) == 440 + 40 // 4  # behind all, for communities that run out of places
    assert (roomy.citizens.life[200:220] == int(Life.EMPTY)).all()
    assert roomy.content_hash() == tight.content_hash()


def test_ages_stand_at_april_2013_in_a_run_in_too() -> None:
    before, now = made(month=-12)[0], made(month=0)[0]
    assert before.month == -12
    np.testing.assert_array_equal(before.citizens.birth_month, now.citizens.birth_month)


def test_bonds_of_a_community_stay_inside_it() -> None:
    state = wales()
    for number, size in enumerate(state.communities.size):
        c = state.community(number)
        assert c.partner[c.partner != NOBODY].max() < size
        assert bond_place(c.bond.astype(int)).max() < size


def test_too_few_citizens_and_unknown_councils_are_refused() -> None:
    with pytest.raises(ValueError, match="citizens: 49 for 1 councils"):
        made(citizens=49)
    with pytest.raises(ValueError, match="Gwynedd"):
        made(councils=("Bristol",))


def test_every_setting_is_recorded() -> None:
    assert list(records(build.Params)) == list(build.Params._fields)


def test_mothers_live_as_the_life_table_says() -> None:
    alive = build._mother_alive()
    assert alive[0] == 1.0
    assert (np.diff(alive) <= 0.0).all()
    assert 0.75 < alive[45] < 0.90
    assert alive[77] < 0.01
