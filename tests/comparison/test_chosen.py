"""Whom a story is about: chosen by rule from means over whole years, and by nothing else."""

import numpy as np
import pytest

from copro_sim.comparison.chosen import ADULT_FROM, choose
from copro_sim.comparison.lives import MEASURES, Lived, people_of
from worlds import random_world

YEARS = 10


@pytest.fixture(scope="module")
def world():
    return random_world(3, (60, 60))


def lived(world, unmet, *, need=None, here=None, wellbeing=None, months=None):
    """Return a run of which only means over years are known: arrays [years, people], or numbers for all."""
    people = people_of(world)
    shape = (YEARS, len(people))
    here = np.ones(shape, bool) if here is None else here
    need = 10.0 if need is None else need
    values = (need, unmet, 7.0 if wellbeing is None else wellbeing, np.greater(need, 0.0) if months is None else months)
    by_year = {
        name: np.where(here, np.broadcast_to(value, shape), np.nan) for name, value in zip(MEASURES, values, strict=True)
    }
    settled = type("Settled", (), {"authorities": ("Gwynedd", "Cardiff")})
    return Lived(None, 1, world, settled, (), here, by_year)


def adults(world):
    """Return the places, in the order of ids, of all who are of age."""
    order = np.argsort(world.citizens.id)
    return np.flatnonzero(-world.citizens.birth_month[order].astype(int) // 12 >= ADULT_FROM)


def test_the_most_helped_and_the_most_harmed_are_at_the_ends(world):
    of_age = adults(world)
    change = np.zeros(len(people_of(world)))
    change[of_age[4]], change[of_age[7]], change[of_age[9]] = -3.0, 2.0, 1.0
    who, count = choose(lived(world, 5.0), lived(world, 5.0 + change))
    found = {one.role: one for one in who}
    assert count == len(of_age)
    assert found["helped"].id == people_of(world)[of_age[4]]
    assert found["harmed"].id == people_of(world)[of_age[7]]
    assert (found["helped"].change, found["harmed"].change) == (pytest.approx(-3.0), pytest.approx(2.0))
    assert found["typical"].change == 0.0
    by_wellbeing, _ = choose(lived(world, 5.0), lived(world, 5.0, wellbeing=7.0 + change), by="wellbeing")
    assert {one.role: one.id for one in by_wellbeing}["helped"] == found["harmed"].id  # more of it is better


def test_nobody_is_helped_where_nobody_is(world):
    who, _ = choose(lived(world, 5.0), lived(world, 5.0))
    assert [one.role for one in who] == ["typical"]
    worse, _ = choose(lived(world, 5.0), lived(world, 6.0))
    assert [one.role for one in worse] == ["typical", "harmed"]


def test_the_most_typical_is_in_the_middle_in_age_and_need(world):
    who, _ = choose(lived(world, 5.0), lived(world, 5.0))
    ages = np.sort((-world.citizens.birth_month.astype(int) // 12)[np.argsort(world.citizens.id)][adults(world)])
    assert abs(who[0].age - np.median(ages)) <= 2


def test_only_months_lived_in_both_count_and_few_are_too_few(world):
    of_age = adults(world)
    people = len(people_of(world))
    here = np.ones((YEARS, people), bool)
    here[3:, of_age[4]] = False  # three years: too few to be chosen
    here[6:, of_age[5]] = False
    unmet = np.full((YEARS, people), 5.0)
    unmet[:, of_age[4]] = 0.0
    unmet[:6, of_age[5]] = 4.0
    unmet[6:, of_age[5]] = 99.0  # after leaving: of no account
    who, count = choose(lived(world, 5.0), lived(world, unmet, here=here))
    helped = next(one for one in who if one.role == "helped")
    assert helped.id == people_of(world)[of_age[5]]
    assert helped.change == pytest.approx(-1.0)
    assert count == len(of_age) - 1


def test_who_has_no_need_is_not_followed_nor_who_lives_elsewhere(world):
    need = np.full((YEARS, len(people_of(world))), 10.0)
    need[:6, adults(world)[4]] = 0.0
    _, count = choose(lived(world, 5.0, need=need), lived(world, 5.0))
    assert count == len(adults(world)) - 1
    of_cardiff, fewer = choose(lived(world, 5.0), lived(world, 5.0), councils=["Cardiff"])
    assert {one.council for one in of_cardiff} == {"Cardiff"}
    assert 0 < fewer < len(adults(world))
    with pytest.raises(ValueError, match="nobody to follow"):
        choose(lived(world, 5.0, need=0.0), lived(world, 5.0))


def test_who_needs_help_in_few_months_of_every_year_is_not_followed(world):
    months = np.full((YEARS, len(people_of(world))), 0.5)
    months[:, adults(world)[4]] = 0.25
    _, count = choose(lived(world, 5.0, months=months), lived(world, 5.0))
    assert count == len(adults(world)) - 1


def test_what_is_said_of_somebody_is_what_the_columns_say(world):
    who, _ = choose(lived(world, 5.0), lived(world, 5.0))
    c, i = world.citizens, int(np.flatnonzero(world.citizens.id == who[0].id)[0])
    assert who[0].age == -int(c.birth_month[i]) // 12
    assert who[0].sex == ("male", "female")[c.sex[i]]
    assert who[0].need_level == c.need_level[i]
    assert who[0].fifth == world.communities.deprivation[who[0].community] + 1
    first = world.communities.start[who[0].community]
    assert first <= i < first + world.communities.size[who[0].community]
