"""Councils: each April, who is eligible and how much of need a package covers, from last year's demand and this year's money."""

from typing import Annotated, NamedTuple

from copro_sim.core.params import Record


class Params(NamedTuple):
    """How a council rations."""

    first_line: Annotated[int, Record(
        value=3, low=1, high=4, unit="need level", grade="derived",
        meaning="Eligibility line in April 2013: 3 is substantial need",
        source="Most Welsh councils met critical and substantial need before April 2016")]
    tightens_below: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share",
        meaning="Package share below which the line is raised rather than packages shrunk further")]
    widens_above: Annotated[float, Record(
        value=0.95, low=0.0, high=1.0, unit="share",
        meaning="Package share that must be affordable at a lower line before it is lowered")]
    assessment_hours_per_1000_adults: Annotated[float, Record(
        value=18.0, low=0.0, high=1000.0, unit="hours a month for each 1,000 adults", grade="derived",
        meaning="Practitioners' time for new assessments",
        source="82,100 assessments in 2015-16 at about 6 hours, 2.5 million adults: 16 to 17 hours")]
    delivered_percent: Annotated[float, Record(
        value=95.0, low=0.0, high=100.0, unit="percent of arranged hours", likely=(90.0, 99.0),
        meaning="Arranged hours for which staff are found", source="9 percent of posts vacant, Social Care Wales 2022")]  # fmt: skip
