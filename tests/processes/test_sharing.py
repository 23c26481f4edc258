"""Sharing: who may, who is asked first, how much; every harm and benefit a strength (the naive twin: tests/twins)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import sharing
from copro_sim.processes.sharing import (
    allowance,
    faded,
    may_give,
    priority,
    readiness,
    returned,
    share_of_kind,
    split,
    warmed,
)
from copro_sim.state.context import Clock
from laws import default_parameters, tables_for
from worlds import random_world

HOUSEHOLD, KIN, FRIEND, NEIGHBOUR = range(4)
unit = st.floats(0, 1)


def test_people_with_needs_give_beyond_the_home_only_if_invited():
    assert may_give(HOUSEHOLD, 3, 0)
    assert not may_give(FRIEND, 1, 0)
    assert may_give(FRIEND, 1, 1)
    assert may_give(NEIGHBOUR, 4, 1)
    assert may_give(KIN, 0, 0)


def test_women_are_asked_first_only_in_the_family_and_only_by_the_weight():
    assert priority(8_000, KIN, 1, False, 1.5, 2.0) == 12_000
    assert priority(8_000, KIN, 0, False, 1.5, 2.0) == 8_000
    assert priority(8_000, FRIEND, 1, False, 1.5, 2.0) == 8_000
    assert priority(8_000, HOUSEHOLD, 0, False, 1.0, 2.0) == priority(8_000, HOUSEHOLD, 1, False, 1.0, 2.0)


def test_partners_are_asked_first_only_at_home_and_only_by_the_weight():
    assert priority(8_000, HOUSEHOLD, 0, True, 1.5, 2.0) == 16_000
    assert priority(8_000, HOUSEHOLD, 1, True, 1.5, 2.0) == 24_000
    assert priority(8_000, KIN, 0, True, 1.5, 2.0) == 8_000
    assert priority(8_000, HOUSEHOLD, 0, True, 1.5, 1.0) == priority(8_000, HOUSEHOLD, 0, False, 1.5, 1.0)


def test_gratitude_and_fading_worked_by_hand():
    """A hundredth of the 8,383 that 8,000 lacks is 83; half of that for half the two hours; a fifth of .004 fades."""
    assert warmed(8_000, 520, 0.01) == warmed(8_000, 5_200, 0.01) == 8_083
    assert warmed(8_000, 260, 0.01) == 8_041
    assert faded(10_000, KIN, 0.8, 0.005) == 10_000 - 9  # int(.005 * 10,000 * .19999...)
    assert faded(10_000, FRIEND, 0.0, 0.004) == 9_960
    assert faded(10_000, HOUSEHOLD, 0.0, 1.0) == 10_000


def test_help_is_returned_by_company_and_by_giving_if_giving_counts():
    assert [returned(level, 0, 0, 0.8, 1.0) for level in (0, 1, 4)] == [1.0, 0.8, 0.8]
    assert returned(2, 1, 0, 0.8, 1.0) == returned(2, 0, 1, 0.8, 1.0) == pytest.approx(1.0)
    assert returned(2, 1, 1, 0.8, 0.5) == pytest.approx(0.9)
    assert returned(2, 1, 1, 0.8, 0.0) == returned(2, 0, 0, 0.8, 0.0)


@given(strength=st.integers(0, 16_383), minutes=st.integers(1, 44_640), kind=st.integers(0, 3), returns=unit, much=unit)
def test_gratitude_never_lowers_and_one_sided_help_never_raises_a_bond(strength, minutes, kind, returns, much):
    assert strength <= warmed(strength, minutes, much) <= 16_383
    assert 0 <= faded(strength, kind, returns, much) <= strength
    assert faded(strength, kind, 1.0, much) == strength
    assert warmed(strength, minutes, 0.0) == faded(strength, kind, returns, 0.0) == strength


def test_an_offer_worked_by_hand():
    """20 hours of capacity (5,200 minutes), half for kin, a bond of full strength: 2,600 minutes, or what is spare."""
    assert allowance(5_200, 5_200, 0.5, 16_383, 1.0) == 2_600
    assert allowance(1_000, 5_200, 0.5, 16_383, 1.0) == 1_000
    assert allowance(5_200, 5_200, 0.5, 0, 1.0) == 0


def test_half_a_need_met_by_arranged_hours_displaces_half_the_strength():
    assert readiness(1, 0.5, 0.4, 0.9, 0.3) == pytest.approx(0.8)
    assert readiness(2, 0.5, 0.4, 0.5, 0.0) == pytest.approx(0.9)
    assert readiness(2, 0.0, 0.4, 0.5, 0.3) == pytest.approx(1.3)
    assert readiness(3, 0.5, 0.4, 0.9, 0.3) == readiness(1, 0.5, 0.4, 0.9, 0.3)


@given(share=unit, displacement=unit, spared=unit, practice=st.integers(0, 3))
def test_with_harms_and_circle_at_zero_everybody_is_as_ready(share, displacement, spared, practice):
    assert readiness(practice, share, 0.0, spared, 0.0) == 1.0
    assert readiness(practice, share, displacement, spared, 0.0) >= readiness(1, share, displacement, 0.0, 0.0)


@given(offer=st.integers(0, 9_000), personal=st.integers(0, 9_000), practical=st.integers(0, 9_000), kind=st.integers(0, 3))
def test_an_offer_is_split_without_loss_and_personal_care_stays_in_the_family(offer, personal, practical, kind):
    given_personal, given_practical = split(offer, personal, practical, kind, 0.0)
    assert 0 <= given_personal <= personal
    assert 0 <= given_practical <= practical
    assert given_personal + given_practical <= offer
    if kind >= FRIEND:
        assert given_personal == 0
    else:
        assert given_personal + given_practical == min(offer, personal + practical)


def test_shares_by_kind():
    assert [share_of_kind(kind, 1.0, 0.5, 0.2, 0.1) for kind in range(4)] == [1.0, 0.5, 0.2, 0.1]


def with_needs(seed, p):
    """Return 40 citizens, some of whom need help this month, and nothing is shared yet."""
    community = Society(random_world(seed, (40,)), p, tables_for(p), seed=seed).communities[0]
    community.clock = Clock(seed, 0, 0)
    for k, citizen in enumerate(community.citizens):
        citizen.need = [(k * 937) % 3_000, (k * 613) % 2_000] if citizen.need_level else [0, 0]
        citizen.unmet, citizen.received = list(citizen.need), [[0] * 8, [0] * 8]
        citizen.asked, citizen.capacity, citizen.spare, citizen.given = k % 3 > 0, 5_000 - 90 * k, 5_000 - 90 * k, 0
    return community


def hours(community):
    """Return what everybody gave and received."""
    return {citizen.id: (citizen.given, citizen.received) for citizen in community.citizens}


def test_without_weights_the_sexes_are_alike():
    """All men made women and all women men: with asked_first 1, everybody gives and receives the same."""
    for weight, alike in ((1.0, True), (2.0, False)):
        p = default_parameters(sharing={"asked_first_women": weight})
        one, other = with_needs(2, p), with_needs(2, p)
        for citizen in other.citizens:
            citizen.sex = 1 - citizen.sex
        sharing.agents(one, p.sharing)
        sharing.agents(other, p.sharing)
        assert (hours(one) == hours(other)) == alike


@pytest.mark.parametrize("strength", [0.0, 0.1])
def test_who_is_helped_feels_closer_and_who_helps_unreturned_less(strength):
    p = default_parameters(sharing={"gratitude": strength, "one_sided_fades": strength, "company_returns": 0.0})
    community = with_needs(1, p)
    before = {citizen: dict(citizen.bonds) for citizen in community.citizens}
    sharing.agents(community, p.sharing)
    closer = [c.bonds[o].strength - b.strength for c, bonds in before.items() for o, b in bonds.items()]
    assert all(
        bond.kind == before[citizen][other].kind for citizen in community.citizens for other, bond in citizen.bonds.items()
    )
    assert [list(citizen.bonds) for citizen in before] == [list(bonds) for bonds in before.values()]
    if strength == 0.0:
        assert not any(closer)
    else:
        assert min(closer) < 0 < max(closer)
        for citizen, bonds in before.items():
            for other, bond in bonds.items():
                if not citizen.given:
                    assert citizen.bonds[other].strength >= bond.strength
                if not sum(map(sum, citizen.received)):
                    assert citizen.bonds[other].strength <= bond.strength


def test_burnt_out_and_others_without_capacity_give_nothing():
    p = default_parameters()
    community = with_needs(0, p)
    for citizen in community.citizens[::2]:
        citizen.capacity = citizen.spare = 0
    sharing.agents(community, p.sharing)
    assert not any(citizen.given for citizen in community.citizens[::2])
    assert any(citizen.given for citizen in community.citizens[1::2])
