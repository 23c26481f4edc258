"""Some of what is still unmet is bought: a good part by those with means, little by anybody else.

Equation
    would buy, by need = floor(unmet * share), share = above_share where capital is above the limit, below_share elsewhere
    together at most `most_hours_per_week`, personal need first; less than `shortest_minutes` together is not bought
Reads    life, birth_month, above_means, unmet
Writes   unmet, received
Chance   none
Source   25.8 percent of people who use care in the community in England pay for it themselves (ONS, from providers' returns
         2021-22, preliminary, thought too low)
Limits   No prices, no spending down of capital, no search for a provider: who has means buys in the month of need. Adults
         only. Council support is not refused to who has means: what is bought is simply no longer asked for.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import rule, walk, whole
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, MONTHS_PER_YEAR
from copro_sim.state.codes import Life, Need, Source

_ALIVE, _BOUGHT = int(Life.ALIVE), int(Source.BOUGHT)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_ADULT_FROM = 18


class Params(NamedTuple):
    """What people buy of what nobody gives them."""

    above_share: Annotated[float, Record(
        value=0.034, low=0.0, high=1.0, unit="share", likely=(0.02, 0.4),
        meaning="Share of what is still unmet that people with capital above the limit buy",
        source="Three in ten of those who use council or bought care then have bought care only; 25.8 percent of users of "
        "community care in England fund themselves, thought too low (ONS 2021-22)")]
    below_share: Annotated[float, Record(
        value=0.02, low=0.0, high=1.0, unit="share", likely=(0.0, 0.05),
        meaning="Share of what is still unmet that everybody else buys")]
    most_hours_per_week: Annotated[float, Record(
        value=14.0, low=0.0, high=112.0, unit="hours a week", likely=(7.0, 28.0), meaning="Most that anybody buys")]
    shortest_minutes: Annotated[int, Record(
        value=120, low=1, high=2_000, unit="minutes a month",
        meaning="Less than this in a month is not bought")]  # fmt: skip


@rule
def is_adult(month, birth_month):
    """Return whether somebody is of an age to buy care."""
    return month - birth_month >= _ADULT_FROM * MONTHS_PER_YEAR


@rule
def share_bought(above_means, above_share, below_share):
    """Return the share of what is unmet that somebody would buy."""
    return above_share if above_means == 1 else below_share


@rule
def bought_minutes(personal, practical, share, most_hours, shortest):
    """Return whole minutes bought for personal and for practical need, of what is unmet of each."""
    most = int(most_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR)
    for_personal = min(int(personal * share), most)
    for_practical = min(int(practical * share), most - for_personal)
    if for_personal + for_practical < shortest:
        return 0, 0
    return for_personal, for_practical


@walk
def columns(c, here, p):
    """Walk one community's arrays."""
    for i in range(c.id.size):
        personal, practical = whole(c.unmet[i, _PERSONAL]), whole(c.unmet[i, _PRACTICAL])
        if personal + practical == 0 or whole(c.life[i]) != _ALIVE:
            continue
        if not is_adult(here.clock.month, whole(c.birth_month[i])):
            continue
        share = share_bought(whole(c.above_means[i]), p.above_share, p.below_share)
        personal, practical = bought_minutes(personal, practical, share, p.most_hours_per_week, p.shortest_minutes)
        c.unmet[i, _PERSONAL] -= personal
        c.unmet[i, _PRACTICAL] -= practical
        c.received[i, _PERSONAL, _BOUGHT] += personal
        c.received[i, _PRACTICAL, _BOUGHT] += practical


def agents(community, p):
    """Walk one community's citizens."""
    for citizen in community.living():
        if not is_adult(community.clock.month, citizen.birth_month):
            continue
        share = share_bought(citizen.above_means, p.above_share, p.below_share)
        personal, practical = citizen.unmet
        bought = bought_minutes(personal, practical, share, p.most_hours_per_week, p.shortest_minutes)
        for need, minutes in enumerate(bought):
            citizen.unmet[need] -= minutes
            citizen.received[need][_BOUGHT] += minutes
