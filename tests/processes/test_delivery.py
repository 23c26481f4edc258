"""Delivery: as far as staff exist, never more than the need, and what did not come is counted."""

from hypothesis import given
from hypothesis import strategies as st

from copro_sim.processes.delivery import arriving, missed

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
