"""Sharing: who may, who is asked first, how much; every harm and benefit a strength; and an independent slow twin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.engines.agents import Society
from copro_sim.processes import sharing
from copro_sim.processes.sharing import (
    Params,
    allowance,
    council_share,
    may_give,
    priority,
    readiness,
    share_of_kind,
    split,
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
    assert priority(8_000, KIN, 1, 1.5) == 12_000
    assert priority(8_000, KIN, 0, 1.5) == 8_000
    assert priority(8_000, FRIEND, 1, 1.5) == 8_000
    assert priority(8_000, HOUSEHOLD, 0, 1.0) == priority(8_000, HOUSEHOLD, 1, 1.0)


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


def test_shares_by_kind_and_of_the_council():
    assert [share_of_kind(kind, 1.0, 0.5, 0.2, 0.1) for kind in range(4)] == [1.0, 0.5, 0.2, 0.1]
    assert council_share(30, 60) == 0.5
    assert council_share(0, 0) == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_a_slow_twin_made_of_lists_and_dicts_shares_alike(seed):
    p = default_parameters()
    society = Society(random_world(seed, (40,)), p, tables_for(p), seed=seed)
    community = society.communities[0]
    community.clock = Clock(seed, 0, 0)
    for k, citizen in enumerate(community.citizens):
        citizen.need = [(k * 937) % 3_000, (k * 613) % 2_000] if citizen.need_level else [0, 0]
        citizen.unmet, citizen.received = list(citizen.need), [[0] * 8, [0] * 8]
        citizen.asked, citizen.capacity, citizen.spare, citizen.given = k % 3 > 0, 5_000 - 90 * k, 5_000 - 90 * k, 0
    expected = twin(snapshot(community), seed)
    sharing.agents(community, defaults(Params))
    got = {citizen.id: (citizen.unmet, citizen.given, citizen.received) for citizen in community.citizens}
    assert got == {who: (one["unmet"], one["given"], one["received"]) for who, one in expected.items()}
    assert any(one["given"] for one in expected.values())


def snapshot(community):
    return {
        citizen.id: {
            "need": list(citizen.need), "unmet": list(citizen.unmet), "given": 0, "spare": citizen.spare,
            "capacity": citizen.capacity, "asked": citizen.asked, "practice": citizen.practice, "female": citizen.sex == 1,
            "open": citizen.need_level == 0 or citizen.invited == 1,
            "received": [[0] * 8, [0] * 8],
            "bonds": {other.id: (bond.kind, bond.strength) for other, bond in citizen.bonds.items()},
        }
        for citizen in community.citizens
    }  # fmt: skip


def twin(people, seed):
    """The same story told again from the docstring, with the records' own values."""
    from copro_sim.core.draws import compiled_words, pair_word

    shares = [1.0, 0.5, 0.2, 0.1]
    for kind in range(4):
        draws = {who: compiled_words(seed, 8, who, 0, kind) for who in people}
        queue = [who for who, one in people.items() if sum(one["unmet"]) > 0 and (kind == 0 or one["asked"])]
        queue.sort(key=lambda who: (-sum(people[who]["unmet"]), draws[who][0], who))
        for who in queue:
            one = people[who]
            ready = 1.15 if one["practice"] == 2 else 1.0
            ranked = []
            for other, (bond, _) in one["bonds"].items():
                giver = people[other]
                strength = giver["bonds"][who][1]
                if bond == kind and giver["spare"] > 0 and (kind == 0 or giver["open"]):
                    weight = int(strength * 1.5) if kind <= 1 and giver["female"] else strength
                    ranked.append((-weight, pair_word(draws[who][1], other & 0xFFFFFFFF), other, strength))
            for _, _, other, strength in sorted(ranked):
                giver = people[other]
                offer = min(giver["spare"], int(giver["capacity"] * shares[kind] * (strength / 16_383) * ready))
                for need in (0, 1):
                    if kind >= 2 and need == 0:
                        continue
                    minutes = min(offer, one["unmet"][need])
                    offer -= minutes
                    one["unmet"][need] -= minutes
                    one["received"][need][kind] += minutes
                    giver["spare"] -= minutes
                    giver["given"] += minutes
    return people
