"""Citizens over councils and communities, weights, deprivation and settings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copro_sim.population import places
from copro_sim.scenario import evidence
from copro_sim.state.codes import Setting
from tests.population.made import made

WALES = tuple(authority.name for authority in evidence.authorities())


def _place(citizens: int, size: int, councils: tuple[str, ...] = WALES) -> tuple:
    return places.place(citizens=citizens, community_size=size, councils=councils, seed=1, slack=0.0)


def test_residents_add_up_to_wales_in_2013() -> None:
    np.testing.assert_allclose(places.residents().sum(axis=0)[:, :101], evidence.population_by_age(), rtol=1e-12)


@pytest.mark.parametrize("citizens", [1_100, 10_000, 31_000, 300_000])
def test_weights_times_citizens_are_the_real_people(citizens: int) -> None:
    communities, drawn, weights = _place(citizens, 500)
    assert communities.size.sum() == drawn.citizens.sum() == citizens
    assert weights @ drawn.citizens == pytest.approx(3_071_058, rel=1e-9)


@settings(max_examples=200, derandomize=True)
@given(citizens=st.integers(1, 3_000_000), people=st.lists(st.floats(1.0, 4e5), min_size=1, max_size=22))
def test_split_gives_every_council_its_least(citizens: int, people: list[float]) -> None:
    shares = places.split(citizens, np.array(people))
    assert shares.sum() == citizens
    if citizens > places.LEAST_CITIZENS * len(people):
        assert shares.min() >= places.LEAST_CITIZENS
        if shares.min() > places.LEAST_CITIZENS:
            np.testing.assert_allclose(shares, citizens * np.array(people) / sum(people), atol=1.0)
    else:
        assert shares.max() - shares.min() <= 1


@settings(max_examples=100, derandomize=True)
@given(wanted=st.lists(st.integers(0, 1_000), min_size=1, max_size=9), total=st.integers(1, 500))
def test_rounded_is_within_one_and_adds_up(wanted: list[int], total: int) -> None:
    share = np.array(wanted, float) + 0.5
    share *= total / share.sum()
    whole = places.rounded(share, total)
    assert whole.sum() == total
    assert np.abs(whole - share).max() < 1.0 + 1e-9


def test_communities_of_a_council_differ_by_one_citizen_at_most() -> None:
    communities, drawn, _ = _place(100_003, 1_900)
    for council in range(22):
        size = communities.size[communities.authority == council]
        assert size.max() - size.min() <= 1
        assert len(size) == drawn.communities[council]
    np.testing.assert_array_equal(communities.start, np.cumsum(communities.size) - communities.size)


def test_no_community_is_larger_than_places_allow() -> None:
    communities, _, _ = _place(345_000, 300_000, ("Cardiff",))
    assert communities.size.max() <= places.MOST_AT_THE_START


@pytest.mark.parametrize("citizens", [10_000, 100_000, 1_000_000])
def test_fifths_are_about_equal_over_wales(citizens: int) -> None:
    communities, _, weights = _place(citizens, 500)
    people = np.bincount(communities.deprivation, weights=communities.size * weights[communities.authority], minlength=5)
    assert np.abs(people / people.sum() - 0.2).max() < 0.04


def test_deprivation_of_councils_is_that_of_the_index() -> None:
    shares = places.deprivation_shares()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert shares.min() > 0.0
    people = np.array([authority.people for authority in evidence.authorities()])
    np.testing.assert_allclose(people @ shares / people.sum(), 0.2, atol=1e-6)
    extent = [authority.wimd_extent for authority in evidence.authorities()]
    assert np.abs(shares[:, 0] - extent).max() < 0.06
    named = dict(zip(WALES, shares, strict=True))
    assert named["Blaenau Gwent"][0] > 0.35
    assert named["Monmouthshire"][0] < 0.05


def test_communities_have_their_councils_setting_and_are_ordered_by_deprivation() -> None:
    communities, _, _ = _place(100_000, 500)
    for council, authority in enumerate(evidence.authorities()):
        here = communities.authority == council
        assert set(communities.setting[here]) == {int(authority.setting)}
        assert (np.diff(communities.deprivation[here]) >= 0).all()
    assert set(communities.setting) == {int(setting) for setting in Setting}


def test_councils_keep_the_order_in_which_they_are_named() -> None:
    communities, drawn, weights = _place(2_000, 500, ("Swansea", "Powys"))
    assert drawn.place.tolist() == [WALES.index("Swansea"), WALES.index("Powys")]
    assert communities.authority.tolist() == sorted(communities.authority.tolist())
    assert weights[0] > weights[1] or drawn.citizens[0] > drawn.citizens[1]


@pytest.mark.parametrize("names", [(), ("Powys", "Powys"), ("Powis",)])
def test_councils_that_cannot_be_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="name each council once, out of Isle of Anglesey"):
        places.chosen(names)


def test_a_village_of_fifty() -> None:
    state, weights = made(citizens=50, community_size=500)
    assert len(state.communities.id) == 1
    assert len(state.citizens.id) == 50
    assert weights.tolist() == [pytest.approx(places.residents()[WALES.index("Gwynedd")].sum() / 50)]
