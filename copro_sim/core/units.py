"""Units in one place: what citizens exchange is counted in whole minutes a month, credits in minutes, money in pence."""

MINUTES_PER_MONTH_OF_WEEKLY_HOUR = 260
"""One hour a week is 60 * 52 / 12 = 260 minutes a month, exactly: a year has 52 weeks here."""

MINUTES_PER_HOUR = 60
MONTHS_PER_YEAR = 12
START_YEAR = 2013
"""Month 0 is April 2013."""

START_MONTH = 4
STRENGTH_ONE = 16_383
"""A bond of full strength, 1.0, in the fixed point in which bonds are stored (14 bits)."""

THOUSANDTHS = 1_000
"""A citizen's inner state enters tallies as rounded thousandths, so that sums are exact."""

PENCE = 100


def monthly_minutes(hours_per_week: float) -> int:
    """Return whole minutes a month for `hours_per_week`, rounded to the nearest minute."""
    return round(hours_per_week * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)


def weekly_hours(minutes_per_month: float) -> float:
    """Return hours a week for `minutes_per_month`."""
    return minutes_per_month / MINUTES_PER_MONTH_OF_WEEKLY_HOUR


def month_label(month: int) -> str:
    """Return a month counted from April 2013 as year-month, such as 2013-04 for month 0."""
    years, rest = divmod(month + START_MONTH - 1, MONTHS_PER_YEAR)
    return f"{START_YEAR + years}-{rest + 1:02d}"


def month_number(label: str) -> int:
    """Return the month counted from April 2013 for a label such as 2016-04.

    Raises
    ------
    ValueError
        If `label` is not a year and a month from 01 to 12.
    """
    year, sep, rest = label.partition("-")
    if not (sep and len(year) == 4 and len(rest) == 2 and year.isdigit() and rest.isdigit() and 1 <= int(rest) <= 12):
        raise ValueError(f"{label!r} is not a month: write year-month, such as 2016-04")
    return (int(year) - START_YEAR) * MONTHS_PER_YEAR + int(rest) - START_MONTH
