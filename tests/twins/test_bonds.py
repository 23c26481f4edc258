"""Both walks of bonds come to what the naive twin comes to, over a year in which everybody has a turn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.draws import Stream, compiled_words
from copro_sim.processes import bonds
from copro_sim.state.columns import MOST_BONDS
from laws import any_of, default_parameters, some_policy

from . import bonds as twin
from .cases import account, assert_alike, busy, by_both_walks, crowded, pair, told

FOUNDERS_BLOCK = 9


def hold(world, p, seed):
    """Hold both walks of a month against the twin; return what it makes of everybody's bonds."""
    people, community = told(world), account(world)
    found = by_both_walks(bonds, world, p, some_policy(), seed)
    twin.live(
        people, community["id"], p.bonds._asdict(), world.month,
        lambda who, block, month: compiled_words(seed, Stream.BONDS_TENDED, who, month, block),
        lambda who: compiled_words(seed, Stream.BONDS, who, 0, FOUNDERS_BLOCK), pair,
    )  # fmt: skip
    assert_alike(found, people, community)
    return {(who, other): bond for who, one in people.items() for other, bond in one["bonds"].items()}


@settings(max_examples=30)
@given(p=any_of("bonds"), seed=st.integers(0, 2**40), month=st.integers(-13, 30))
def test_a_twin_made_of_lists_and_dicts_tends_the_same_bonds(p, seed, month):
    hold(busy(seed % 1_000, 40).later(month), p, seed)


def test_bonds_of_those_who_can_hold_no_more_are_tended_alike():
    for month in range(12):
        world = crowded(busy(month % 3, 24).later(month))
        assert (world.citizens.bonds == MOST_BONDS).sum() > 12
        hold(world, default_parameters(), month)


@pytest.mark.parametrize("circle", [2, 3, 4])
def test_with_the_usual_settings_there_is_something_to_compare(circle):
    p, begun, ended, moved = default_parameters(bonds={"circle": circle, "lapse_percent": 20.0}), set(), set(), set()
    for month in range(12):
        world = busy(month % 3, 90).later(month)
        before = {(who, other): bond for who, one in told(world).items() for other, bond in one["bonds"].items()}
        after = hold(world, p, 7)
        begun |= after.keys() - before.keys()
        ended |= before.keys() - after.keys()
        moved |= {pair for pair in before.keys() & after.keys() if before[pair] != after[pair]}
    assert min(map(len, (begun, ended, moved))) > 20
