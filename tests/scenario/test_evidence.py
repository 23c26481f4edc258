"""The evidence tables: shapes, known totals, and that every file says where it is from."""

import numpy as np
import pytest

from copro_sim.scenario import evidence
from copro_sim.state.codes import Setting


@pytest.mark.parametrize("table", evidence.tables())
def test_every_table_names_its_source_grade_and_licence(table: str) -> None:
    notes = evidence.notes(table)
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in notes
    assert any(grade in notes.lower() for grade in ("seen", "derived", "assumption"))


def test_population_is_wales_in_2013() -> None:
    people = evidence.population_by_age()
    assert people.shape == (2, 101)
    assert people.dtype == np.int64
    assert people.sum() == pytest.approx(3_071_060, abs=5)
    # mid-2013 by age band, as published
    assert people[0, 0:5].sum() == pytest.approx(91_252, abs=1)
    assert people[1, 85:].sum() == pytest.approx(51_484, abs=1)
    assert people[0, 65:70].sum() == pytest.approx(92_378, abs=1)


def test_population_of_2021_is_as_the_other_tables_say() -> None:
    persons = evidence.population_2021()
    assert persons.shape == (2, 91)
    assert persons.sum() == pytest.approx(3_105_633, abs=5)
    assert persons[:, 65:].sum() == pytest.approx(evidence.people_65_plus(2021), abs=5)


def test_mortality_is_a_chance_that_falls_over_the_years_and_rises_with_age() -> None:
    death = evidence.mortality()
    assert death.shape == (31, 2, 106)
    assert death.dtype == np.float64
    assert death.min() > 0.0
    assert death.max() < 1.0
    assert death[0, 0, 0] == pytest.approx(433.4e-5)
    assert (death[:, 0, 60:] > death[:, 1, 60:]).mean() > 0.95
    assert (np.diff(death[:, :, 40:100], axis=2) > 0.0).mean() > 0.99
    assert (death[30, :, 50:90] < death[0, :, 50:90]).all()


def test_life_expectancy_at_birth_is_the_united_kingdoms() -> None:
    survive = np.cumprod(1.0 - evidence.mortality()[0], axis=1).sum(axis=1) + 0.5
    # period life expectancy 2013: men 79.2, women 82.9
    assert survive[0] == pytest.approx(79.1, abs=0.6)
    assert survive[1] == pytest.approx(82.8, abs=0.6)


def test_authorities_are_the_census() -> None:
    councils = evidence.authorities()
    assert len(councils) == 22
    assert len({authority.code for authority in councils}) == 22
    assert sum(authority.people for authority in councils) == pytest.approx(3_063_456, abs=50)
    assert sum(authority.people_65_plus for authority in councils) == pytest.approx(0.184 * 3_063_456, rel=0.005)
    cardiff = {authority.name: authority for authority in councils}["Cardiff"]
    assert cardiff.name_cy == "Caerdydd"
    assert cardiff.setting == Setting.CITY
    assert cardiff.people == 346_090


def test_living_alone_is_the_projection_for_2022() -> None:
    alone = evidence.living_alone()
    assert alone.shape == (2, 106)
    assert alone[:, :16].max() == 0.0
    people = np.pad(evidence.population_by_age(), ((0, 0), (0, 5)))
    assert (alone * people)[:, 65:].sum() / people[:, 65:].sum() == pytest.approx(0.306, abs=0.005)
    assert alone[1, 80] > alone[0, 80]
    assert alone[0, 35] > alone[1, 35]


def test_couples_are_as_many_men_as_women_and_leave_room_for_living_alone() -> None:
    couples = evidence.couples()
    people = np.pad(evidence.population_by_age(), ((0, 0), (0, 5)))
    men, women = (couples * people).sum(axis=1)
    assert men == pytest.approx(women, rel=0.002)
    assert (men + women) / people[:, 16:].sum() == pytest.approx(0.58, abs=0.01)
    assert (couples + evidence.living_alone()).max() < 1.0


@pytest.mark.parametrize(("year", "people"), [(2011, 566_393), (2013, 599_018), (2021, 665_805)])
def test_people_of_65_and_over(year: int, people: int) -> None:
    assert evidence.people_65_plus(year) == people


def test_older_people_grow_without_jumps_until_the_2030s() -> None:
    people = np.array([evidence.people_65_plus(year) for year in range(2009, 2044)])
    growth = np.diff(people) / people[:-1]
    assert (growth[:-6] > 0.0).all()
    assert np.abs(growth).max() < 0.035
    assert evidence.people_65_plus(2000) == people[0]
    assert evidence.people_65_plus(2060) == people[-1]


def test_real_spending_per_head_fell_by_14_percent_in_seven_years() -> None:
    head = {year: evidence.real_budget(year) / evidence.people_65_plus(year) for year in range(2009, 2024)}
    assert head[2016] / head[2009] == pytest.approx(0.86, abs=0.001)
    assert head[2017] / head[2009] == pytest.approx(0.852, abs=0.001)
    # 2013-14 is its own base: 554.1 million pounds in cash, 925 pounds a head
    assert evidence.deflator(2013) == 1.0
    assert evidence.real_budget(2013) == pytest.approx(554_098_000)
    assert head[2013] == pytest.approx(925, abs=1)
    assert evidence.real_budget(2009) * evidence.deflator(2009) == pytest.approx(499_552_000, rel=1e-4)


@pytest.mark.parametrize(("year", "cash"), [(2014, 15.74), (2019, 18.93), (2023, 28.64)])
def test_price_of_an_hour(year: int, cash: float) -> None:
    assert evidence.hour_price(year) * evidence.deflator(year) == pytest.approx(cash, abs=0.01)
    assert evidence.hour_price(year) <= evidence.hour_price(year + 1)


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        evidence.mortality()[0, 0, 0] = 1.0
