"""Both walks of the care service come to what the naive twin comes to, whatever the settings and the council's orders."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.core.draws import Stream
from copro_sim.processes import care_service
from copro_sim.state.context import orders_for
from laws import any_of, any_policy, default_parameters, some_policy

from . import care_service as twin
from .cases import account, assert_alike, busy, by_both_walks, told, words_of


def hold(world, p, policy, seed):
    """Hold both walks against the twin, and return its story of everybody."""
    people, community = told(world), account(world)
    orders = orders_for(policy, world.month % 12, 0)._asdict()
    found = by_both_walks(care_service, world, p, policy, seed)
    chance = words_of(Stream.CARE_SERVICE, seed, world.month)
    twin.live(people, community, p.care_service._asdict(), orders, world.month, chance)
    assert_alike(found, people, community)
    return people.values()


@settings(max_examples=30)
@given(p=any_of("care_service"), policy=any_policy(), seed=st.integers(0, 2**40), month=st.integers(0, 23))
def test_a_twin_made_of_lists_and_dicts_arranges_alike(p, policy, seed, month):
    hold(busy(seed % 1_000, 40).later(month), p, policy, seed)


@pytest.mark.parametrize("national_test", [0.0, 1.0])
@pytest.mark.parametrize("minutes", [3.0, 30.0])
def test_with_the_usual_settings_there_is_something_to_compare(national_test, minutes):
    """Packages of every mode, both ways of working, people waiting and people turned away."""
    everybody = []
    for seed in range(8):
        policy = some_policy(assessment_minutes=minutes, national_test=national_test, test_minutes=800.0)
        p = default_parameters(care_service={"review_months": 3, "least_hours_per_week": 2.0})
        everybody += hold(busy(seed, 60).later(seed), p, policy, seed)
    assert {one["mode"] for one in everybody} == {0, 1, 2, 3, 4}
    assert {one["practice"] for one in everybody} == {0, 1, 2, 3}
    assert 0 < sum(one["refused"] for one in everybody) < len(everybody)
    assert any(one["waiting"] > 0 for one in everybody)
