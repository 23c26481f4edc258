"""Sex, age, need and traits of founders against what they are drawn from."""

import numpy as np
import pytest

from copro_sim.core.params import defaults
from copro_sim.population import places
from copro_sim.processes import asking
from copro_sim.state.codes import NeedKind
from copro_sim.state.needs import kind_of
from tests.population.made import HEALTH, LEVELS, ages, households, made, wales


def test_sex_and_age_of_every_council_follow_its_residents_to_within_one_person() -> None:
    state = wales()
    authority = np.repeat(state.communities.authority, state.communities.size)
    age, sex = ages(state), state.citizens.sex.astype(int)
    for council, residents in enumerate(places.residents()):
        here = authority == council
        counted = np.bincount(sex[here] * 106 + age[here], minlength=212)
        expected = here.sum() * residents.ravel() / residents.sum()
        assert np.abs(np.cumsum(counted) - np.cumsum(expected)).max() <= 1.0


def test_each_community_of_a_council_is_a_fair_sample_too() -> None:
    state, _ = made(citizens=6_000, community_size=1_000)
    older = [(ages(state)[first : first + 1_000] >= 65).sum() for first in range(0, 6_000, 1_000)]
    assert max(older) - min(older) <= 4


def test_months_of_birth_are_spread_over_the_year_of_age() -> None:
    month = -wales().citizens.birth_month.astype(int) % 12
    share = np.bincount(month, minlength=12) / len(month)
    assert np.abs(share - 1 / 12).max() < 5 * np.sqrt(1 / 12 / len(month))


@pytest.mark.parametrize("rank", ["work_rank", "reserve", "contentment"])
def test_ranks_are_even(rank: str) -> None:
    values = getattr(wales().citizens, rank)
    assert values.min() == 0
    assert values.max() == 249
    assert abs(values.mean() - 124.5) < 5 * 72.2 / np.sqrt(len(values))


@pytest.mark.parametrize(("low", "high"), [(0, 16), (16, 65), (65, 80), (80, 106)])
@pytest.mark.parametrize("sex", [0, 1])
def test_need_is_the_long_run_within_sampling_error(sex: int, low: int, high: int) -> None:
    state = wales()
    age, c = ages(state), state.citizens
    fifth = np.repeat(state.communities.deprivation, state.communities.size)
    who = (c.sex == sex) & (age >= low) & (age < high)
    chance = LEVELS[c.need_kind[who], sex, fifth[who], age[who]]
    for level in range(5):
        expected, variance = chance[:, level].sum(), (chance[:, level] * (1 - chance[:, level])).sum()
        assert abs((c.need_level[who] == level).sum() - expected) <= 5 * np.sqrt(variance) + 1


def test_minutes_of_need_are_those_of_the_level() -> None:
    c = wales().citizens
    np.testing.assert_array_equal(c.need, HEALTH.minutes[c.need_level])
    assert (c.unmet == 0).all()


def test_kinds_of_need_have_their_shares() -> None:
    kind = wales().citizens.need_kind
    assert abs((kind == NeedKind.LIFELONG).mean() - 0.012) < 5 * np.sqrt(0.012 / len(kind))
    assert abs((kind == NeedKind.MENTAL_HEALTH).mean() - 0.04) < 5 * np.sqrt(0.04 / len(kind))


@pytest.mark.parametrize(
    ("draw", "kind"), [(0.0, NeedKind.LIFELONG), (0.0119, NeedKind.LIFELONG), (0.012, NeedKind.MENTAL_HEALTH),
                       (0.0519, NeedKind.MENTAL_HEALTH), (0.0521, NeedKind.LATER_LIFE), (0.99, NeedKind.LATER_LIFE)],
)  # fmt: skip
def test_kind_of(draw: float, kind: NeedKind) -> None:
    assert kind_of(draw, 1.2, 4.0) == int(kind)


def test_a_household_speaks_one_language_and_gwynedd_more_welsh_than_newport() -> None:
    state, _ = made(citizens=8_000, community_size=1_000, councils=("Gwynedd", "Newport"))
    welsh, home = state.citizens.prefers_welsh, households(state)
    speakers = np.bincount(home, weights=welsh)
    assert set(speakers / np.bincount(home)) <= {0.0, 1.0}
    authority = np.repeat(state.communities.authority, state.communities.size)
    # 4 standard errors of a share among about 3,000 households of uneven size
    assert abs(welsh[authority == 0].mean() - 0.654) < 0.05
    assert abs(welsh[authority == 1].mean() - 0.093) < 0.04


def test_means_rise_with_age_and_fall_with_deprivation() -> None:
    state = wales()
    fifth = np.repeat(state.communities.deprivation, state.communities.size)
    age, rich = ages(state), state.citizens.above_means
    assert rich[age < 16].sum() == 0
    assert rich[(age >= 16) & (age < 45)].mean() < rich[(age >= 45) & (age < 65)].mean() < rich[age >= 65].mean()
    assert rich[(age >= 16) & (fifth == 0)].mean() < rich[(age >= 16) & (fifth == 4)].mean() - 0.08


def test_wellbeing_begins_near_the_survey_mean_and_lower_with_need() -> None:
    c = wales().citizens
    assert 7.2 < c.wellbeing.mean() < 7.6
    assert c.wellbeing[c.need_level == 4].mean() < c.wellbeing[c.need_level == 0].mean() - 0.8
    assert c.reluctance.mean() == pytest.approx(defaults(asking.Params).own_reluctance, abs=0.02)
