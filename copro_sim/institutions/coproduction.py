"""Co-production as a public investment: practice, community builders, brokers and groups, paid out of the same envelope.

What these do to citizens is not here but in the processes, each effect a strength that can be zero.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.params import Record

_NATIONAL_LAC = "Local Area Coordination: 11 coordinators for Swansea's 245,000 people in 2018, aiming at 22"


class Params(NamedTuple):
    """How much co-production there is, when, and what it costs."""

    practice_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of assessments",
        meaning="Share of assessments done the co-produced way once practice has changed")]
    practice_from_year: Annotated[int, Record(
        value=2013, low=2013, high=2100, unit="year", meaning="April in which practice begins to change")]
    practice_until_year: Annotated[int, Record(
        value=2018, low=2013, high=2100, unit="year", meaning="April by which practice has changed, in equal steps")]
    builders_per_100000: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="posts per 100,000 citizens", role="investment",
        meaning="Community builders, who go round and invite people with needs to give", source=_NATIONAL_LAC)]
    builder_pounds_per_year: Annotated[float, Record(
        value=45_000.0, low=0.0, high=500_000.0, unit="pounds a year", likely=(40_000.0, 55_000.0),
        meaning="Full cost of a community builder", source="Local Area Coordination, from memory: 40,000 to 55,000")]
    people_reached_per_builder: Annotated[float, Record(
        value=60.0, low=0.0, high=1000.0, unit="people a year", likely=(40.0, 80.0),
        meaning="People with needs whom a builder gets to know in a year",
        source="Local Area Coordination design norm: 50 to 65 people a coordinator")]
    brokers_per_100000: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="posts per 100,000 citizens", role="investment",
        meaning="Time-credit brokers, who make matches between members")]
    broker_pounds_per_year: Annotated[float, Record(
        value=35_000.0, low=0.0, high=500_000.0, unit="pounds a year", likely=(28_000.0, 42_000.0),
        meaning="Full cost of a broker")]
    broker_match_hours_per_month: Annotated[float, Record(
        value=100.0, low=0.0, high=200.0, unit="hours a month", meaning="Broker's time that goes into matches")]
    groups_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of communities", role="investment",
        meaning="Communities in which a time-credit group runs, from April 2013")]
    members_percent: Annotated[float, Record(
        value=0.0, low=0.0, high=100.0, unit="percent of adults", role="investment",
        meaning="Adults in a community with a group who are members, drawn at the start")]  # fmt: skip
