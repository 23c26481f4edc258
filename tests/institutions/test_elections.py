"""Elections: the months in which Wales votes, and how many members that gives."""

from copro_sim.core.units import month_label, month_number
from copro_sim.institutions.elections import councils_elected, seats, senedd_elected, since_april

YEARS = range(-24, 360)


def test_the_senedd_is_elected_every_five_years_then_every_four():
    found = [month_label(month) for month in YEARS if senedd_elected(month)]
    assert found == [f"{year}-05" for year in (2016, 2021, 2026, 2030, 2034, 2038, 2042)]


def test_councils_are_elected_every_five_years():
    found = [month_label(month) for month in YEARS if councils_elected(month)]
    assert found == [f"{year}-05" for year in (2012, 2017, 2022, 2027, 2032, 2037, 2042)]


def test_ninety_six_members_from_may_2026():
    assert [seats(month_number(label)) for label in ("2013-04", "2026-04", "2026-05", "2042-01")] == [60, 60, 96, 96]


def test_april_has_come_from_its_first_day():
    assert not since_april(2016, month_number("2016-03"))
    assert since_april(2016, month_number("2016-04"))
