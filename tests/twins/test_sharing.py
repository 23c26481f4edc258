"""Both walks of sharing come to what the naive twin comes to, whatever the settings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.draws import Stream
from copro_sim.processes import sharing
from laws import any_of, default_parameters, some_policy

from . import sharing as twin
from .cases import account, assert_alike, busy, by_both_walks, pair, told, words_of


def hold(world, p, seed):
    """Hold both walks against the twin, and return its story of everybody."""
    people, community, chance = told(world), account(world), words_of(Stream.SHARING, seed, world.month)
    for one in people.values():
        one["given"] = 0
    found = by_both_walks(sharing, world, p, some_policy(), seed)
    twin.live(people, p.sharing._asdict(), lambda who: chance(who, 0), pair)
    assert_alike(found, people, community)
    return people.values()


@settings(max_examples=30)
@given(p=any_of("sharing"), seed=st.integers(0, 2**40), month=st.integers(0, 23))
def test_a_twin_made_of_lists_and_dicts_shares_alike(p, seed, month):
    hold(busy(seed % 1_000, 40).later(month), p, seed)


def test_with_the_usual_settings_there_is_something_to_compare():
    everybody = [one for seed in range(4) for one in hold(busy(seed, 60), default_parameters(), seed)]
    for need in range(2):
        met = [sum(one["received"][need][kind] for one in everybody) for kind in range(4)]
        assert all(met) if need else (all(met[:2]) and not any(met[2:]))
