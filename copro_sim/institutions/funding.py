"""Funding: the money that councils have for care, in real terms, and what an hour of it costs.

All money is in pounds of 2013-14. Until 2023-24 the budget follows what was spent (or the level of 2009-10 per head of
65 and over, where a scenario restores it), afterwards the scenario's path. Of social care spending only a part buys
hours of support at home, which is what the model allots; residential care and fieldwork are not modelled yet.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.params import Record


class Params(NamedTuple):
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
