"""Stances: one rule makes the range of every strength, zero is in it where nobody has seen an effect, and the rest stays."""

import pytest

from copro_sim.core.params import Record
from copro_sim.scenario.futures import varied_settings, vary
from copro_sim.scenario.schema import Scenario
from copro_sim.scenario.stances import STANCES, STRENGTHS, range_in

BASE = Scenario(question="What if?")


def strength(**more):
    return Record(value=0.3, low=0.0, high=1.0, meaning="So much", likely=(0.0, 0.6), role="co-production", **more)


@pytest.mark.parametrize(
    ("record", "ranges"),
    [
        (strength(), [(0.0, 0.2), (0.0, 0.0), (0.4, 0.6)]),
        (strength(sign_seen=True), [(0.0, 0.2), (0.0, 0.6), (0.4, 0.6)]),
        (strength(against=True), [(0.4, 0.6), (0.0, 0.0), (0.0, 0.2)]),
        (Record(value=1.0, low=0.0, high=2.0, meaning="No strength", likely=(0.5, 1.5)), [(0.5, 1.5)] * 3),
        (Record(value=1.0, low=0.0, high=2.0, meaning="Not varied"), [None] * 3),
    ],
)
def test_ranges_worked_by_hand(record, ranges):
    for stance, expected in zip(STANCES, ranges, strict=True):
        assert range_in(record, stance) == (None if expected is None else pytest.approx(expected)), stance


def test_an_unknown_stance_is_refused():
    with pytest.raises(ValueError, match='stance = "hopeful"   must be sceptic, evidence-only or advocate'):
        range_in(strength(), "hopeful")
    with pytest.raises(ValueError, match='stance = "hopeful"'):
        vary(BASE, 1, 0, 1, stance="hopeful")


@pytest.mark.parametrize("stance", STANCES)
def test_futures_stay_within_the_stance(stance):
    futures = [vary(BASE, seed=4, draw=draw, draws=6, stance=stance) for draw in range(6)]
    for key, (_, record) in varied_settings().items():
        if record.role in STRENGTHS:
            low, high = range_in(record, stance)
            assert all(low <= future.get(key) <= high for future in futures), key


def test_stances_differ_in_strengths_alone():
    one, other = (vary(BASE, seed=4, draw=2, draws=6, stance=stance) for stance in ("sceptic", "advocate"))
    for key, (_, record) in varied_settings().items():
        assert (one.get(key) != other.get(key)) == (record.role in STRENGTHS), key


def test_every_strength_of_the_argument_can_be_zero_and_some_have_been_seen():
    strengths = [record for _, record in varied_settings().values() if record.role in STRENGTHS]
    assert all(record.low == 0 for record in strengths)
    assert 0 < sum(record.sign_seen for record in strengths) < len(strengths)
    assert any(record.against for record in strengths)
