"""When Wales votes: elections to the Senedd and to the councils, by month counted from April 2013."""

from copro_sim.core.units import MONTHS_PER_YEAR, START_YEAR

_MAY = 1
"""Both are held early in May; months of a year count from April."""

_FIVE_YEARLY_SENEDD = (2016, 2021)
_FOUR_YEARLY_SENEDD_FROM, _SENEDD_TERM = 2026, 4
"""Terms are of four years again from the election of 2026 (Senedd Cymru (Members and Elections) Act 2024)."""

_COUNCILS_IN, _COUNCIL_TERM = 2012, 5
"""Councils were elected in May 2012, 2017 and 2022, for five years."""

FIRST_SEATS, LATER_SEATS = 60, 96
"""Members of the Senedd before and from the election of May 2026."""


def _year_of_may(month: int) -> int | None:
    """Return the calendar year if `month` is a May."""
    year, of_year = divmod(month, MONTHS_PER_YEAR)
    return START_YEAR + year if of_year == _MAY else None


def senedd_elected(month: int) -> bool:
    """Return whether the Senedd is elected in `month`: May 2016, 2021, 2026 and every four years after."""
    year = _year_of_may(month)
    if year is None or year < _FOUR_YEARLY_SENEDD_FROM:
        return year in _FIVE_YEARLY_SENEDD
    return (year - _FOUR_YEARLY_SENEDD_FROM) % _SENEDD_TERM == 0


def councils_elected(month: int) -> bool:
    """Return whether councils are elected in `month`: May 2017, 2022, 2027 and every five years after."""
    year = _year_of_may(month)
    return year is not None and (year - _COUNCILS_IN) % _COUNCIL_TERM == 0


def seats(month: int) -> int:
    """Return the members of the Senedd in `month`: 60, and 96 from May 2026."""
    return LATER_SEATS if month >= (_FOUR_YEARLY_SENEDD_FROM - START_YEAR) * MONTHS_PER_YEAR + _MAY else FIRST_SEATS


def since_april(year: int, month: int) -> bool:
    """Return whether April of the calendar year `year` has come by `month`."""
    return month >= (year - START_YEAR) * MONTHS_PER_YEAR
