"""What a scenario may say of government: funding, councils, co-production as an investment.

Each field is a parameter record. How the institutions act on them is in `copro_sim/institutions/`.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.params import Record


class FundingParams(NamedTuple):
    """Where the money comes from and what it buys."""

    basis: Annotated[str, Record(
        value="actual", options=("actual", "restored"), meaning="'actual': what was spent until 2023-24, then "
        "real_growth_percent_per_year; 'restored': 2009-10 real funding per head of people of 65 and over, every year")]
    real_growth_percent_per_year: Annotated[float, Record(
        value=-0.7, low=-20.0, high=20.0, unit="percent a year", grade="derived", likely=(-1.5, 0.5),
        meaning="Real growth of the budget after 2023-24 where the basis is 'actual'",
        source="-14 percent per head of 65+ in the seven years from 2009-10, with 65+ growing by about 1.4 percent a year")]
    home_support_share: Annotated[float, Record(
        value=0.45, low=0.0, high=1.0, unit="share", likely=(0.35, 0.55),
        meaning="Share of spending on older people that buys hours of support at home",
        source="59,300 adults supported in the community on 31 March 2016 at about 8 hours a week; assumed")]
    younger_adults_ratio: Annotated[float, Record(
        value=1.0, low=0.0, high=5.0, unit="ratio", grade="derived",
        meaning="Spending on adults under 65 over spending on people of 65 and over",
        source="508.9 against 499.6 million pounds in 2009-10, StatsWales outturn")]
    price_growth_percent_per_year: Annotated[float, Record(
        value=1.0, low=-10.0, high=20.0, unit="percent a year", likely=(0.0, 2.0),
        meaning="Real growth of the price of an hour of support after 2023-24: wages")]
    reserved_pounds_per_head: Annotated[float, Record(
        value=0.0, low=0.0, high=1000.0, unit="pounds a year for each citizen",
        meaning="Money held back from care for anything else")]  # fmt: skip


class CouncilParams(NamedTuple):
    """How a council rations."""

    first_line: Annotated[int, Record(
        value=3, low=1, high=4, unit="need level", grade="derived",
        meaning="Eligibility line in April 2013: 3 is substantial need",
        source="Most Welsh councils met critical and substantial need before April 2016")]
    tightens_below: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share",
        meaning="Package share below which the line is raised rather than packages shrunk further")]
    widens_above: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share",
        meaning="Package share that must be affordable at a lower line before it is lowered")]
    assessment_hours_per_1000_citizens: Annotated[float, Record(
        value=14.0, low=0.0, high=1000.0, unit="hours a month for each 1,000 citizens", grade="derived",
        meaning="Practitioners' time for new assessments",
        source="82,100 assessments in 2015-16 at 6 hours each, 3.08 million citizens: 13.3 hours a month")]
    delivered_percent: Annotated[float, Record(
        value=95.0, low=0.0, high=100.0, unit="percent of arranged hours", likely=(90.0, 99.0),
        meaning="Arranged hours for which staff are found",
        source="9 percent of posts vacant, Social Care Wales 2022")]  # fmt: skip

_NATIONAL_LAC = "Local Area Coordination: 11 coordinators for Swansea's 245,000 people in 2018, aiming at 22"


class CoproductionParams(NamedTuple):
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
