"""Delivery: as far as staff exist, never more than the need, and what did not come is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import delivery
from copro_sim.processes.delivery import arriving, found, missed
from copro_sim.state.context import orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

minutes = st.integers(0, 44_640)


def test_nine_tenths_of_a_package_worked_by_hand():
    assert arriving(1_000, 0.9) == 900
    assert missed(1_200, 1_000, 900) == 100
    assert missed(800, 1_000, 800) == 0


@given(need=minutes, package=minutes, share=st.floats(0, 1))
def test_received_and_missed_never_exceed_what_was_needed_and_arranged(need, package, share):
    came = min(need, arriving(package, share))
    assert 0 <= came + missed(need, package, came) <= min(need, package)
    assert came + missed(need, package, came) == min(need, package)


def test_what_holders_of_direct_payments_find_worked_by_hand():
    assert found(2, 0, 0.6, 0.3, 0.5, 6.0) == pytest.approx(0.6)
    assert found(2, 3, 0.6, 0.3, 0.5, 6.0) == pytest.approx(0.75)
    assert found(2, 9, 0.6, 0.3, 0.5, 6.0) == pytest.approx(0.9)
    assert found(3, 9, 0.6, 0.3, 0.5, 6.0) == pytest.approx(0.95)
    assert found(3, 9, 0.6, 0.3, 0.0, 6.0) == found(2, 9, 0.6, 0.3, 0.0, 6.0)
    assert found(2, 0, 1.0, 0.3, 0.5, 6.0) == 1.0


@pytest.mark.parametrize("mode", [2, 3, 4])
def test_modes_differ_from_arranged_hours_only_by_their_strengths(mode):
    """At the same share a direct payment brings what arranged hours bring; a care home brings all."""
    share, received = 0.9, {}
    for this in (1, mode):
        p = default_parameters(delivery={"found_alone": share, "found_by_company": 0.0, "circle_finds": 0.0})
        community = Society(random_world(5, (60,)), p, tables_for(p), seed=5).communities[0]
        community.orders = orders_for(some_policy(delivered_share=share), 0, 0)
        for citizen in community.citizens:
            citizen.mode, citizen.need, citizen.package = this, [1_000, 2_000], [900, 700]
        delivery.agents(community, p.delivery)
        received[this] = [citizen.received for citizen in community.citizens]
    if mode == 4:
        assert all(sum(map(sum, one)) == 1_600 for one in received[mode])
    else:
        assert received[mode] == received[1]
