"""Households, and the young by themselves, leave the community for good; others come from elsewhere.

Equation
    when it is the turn of its oldest, a household leaves with chance leaving_ratio * leaving[alone or not, age];
        who lives with a parent and has no partner, in one's own turn, with chance leaving_ratio * away[age], alone
    parties that come in a month = floor(rate), one more with the chance of the rest,
        rate = citizens at the start * arrivals_per_1000 / people in a party / 12,000
    a party is somebody alone, a couple, a couple with one or two children, a parent with one or two, or three who share a
        home and are of about one age, by the head's age
Reads    life, turn, birth_month, partner, household, bonds; of the community: id, founded
Writes   life, partner, bonds and balance of who leaves; everything of who comes; of the community: issuer, size
Chance   stream MIGRATION, by citizen: block 2, words 0 (the household leaves) and 1 (goes away alone); of newcomers: block 2,
         words 0 (kind of need), 1 (level), 2 (kin) and 3 (age), block 3, words 0 (sex), 1 (Welsh) and 2 (means); by
         community: block 3, word 0 (one party more), block 16 + k, words 0 (age), 1 (who), 2 (one or two children) and 3
         (age within its band) of party k
Source   Mid-year estimates of Wales 2013 to 2021 and life tables (ONS): from one year's people of an age to the next
         year's, less deaths, 6,600 people a year came more than left: at 18 to 20, 3,200 (to study), and at 21 to 29 minus
         5,300; under 18, 2,400; at 30 to 64, 6,000; at 65 and over, 400. How many come and leave in all is an assumption
Limits   Where people leave to and come from is not known; no moves between communities; nobody moves for care or
         means; newcomers' bonds are those at home only.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, new_id, uniform, words, words_of_some
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.arrivals import NO_PLACE, arrival_values, arrive
from copro_sim.state.bonds import ties_of
from copro_sim.state.codes import Arrival, IdKind, Life, NeedKind
from copro_sim.state.columns import MOST_BONDS, NOBODY
from copro_sim.state.context import age_in_years, has_turn, whose_turn
from copro_sim.state.households import bind_at_home, go, housemates, own_sex, parent_at_home
from copro_sim.state.needs import kind_of, lifelong_level

_STREAM, _NEWCOMER, _HOME_NUMBER = int(Stream.MIGRATION), int(IdKind.NEWCOMER), int(IdKind.HOUSEHOLD)
_ALIVE, _LEFT, _CAME = int(Life.ALIVE), int(Life.LEFT), int(Arrival.CAME)
_LIFELONG = int(NeedKind.LIFELONG)
_AGES, _ADULT_FROM, _CHILD_UNTIL, _OLDEST_PARENT = 106, 18, 18, 45
_LEAVES, _FIRST_PARTY, _BY_COMING, _IN_PARTY, _MOST_PARTIES = 2, 16, 3, 8, 8_000
_NOT_OLDEST = -1
_ALONE, _COUPLE, _FAMILY, _LONE_PARENT, _SHARERS = 0, 1, 2, 3, 4
_ADULTS = (1, 2, 2, 1, 3)
_ONE_CHILD, _GIRLS, _WOMEN = 0.55, 0.488, 0.535
"""Chances of one child, not two, and that an adult is a woman: derived with LEAVING; that a child is a girl: as of births."""

_CHILDREN = 2 - _ONE_CHILD
_PEOPLE = (1.0, 2.0, 2 + _CHILDREN, 1 + _CHILDREN, 3.0)
"""People of a party, on average: its adults, and where it has children one or two."""

_ONE_MORE, _TRAITS = 3, 3
"""Blocks of chance: of a community, and of newcomers."""

_MOST_YEARS_APART, _RICHER = 4, 3.0
"""Years between partners at most, and how many times likelier newcomers of 45 and over have means: assumptions."""


LEAVING = (
    # from age, with others, alone
    (0, 13.0, 13.0), (18, 70.0, 93.0), (21, 84.0, 102.0), (25, 52.0, 78.0), (30, 13.4, 31.0), (45, 11.0, 20.5), (65, 5.5, 5.5),
    (80, 4.4, 4.4),
)  # fmt: skip
"""From what age of the oldest at home, households that leave in a year, of 1,000: derived with AWAY and ARRIVALS so that from
the people of 2013 come those of 2021, by sex and ten years of age within 2 percent (verification/test_population.py)."""

AWAY = ((0, 0.0), (18, 16.5), (21, 40.0), (25, 35.0), (30, 0.0))
"""From age, those living with a parent who leave by themselves in a year, of 1,000: derived so, too."""

ARRIVALS = (
    # from age, below, of 1,000 heads of parties; of 100: alone, a couple, a couple with children, a lone parent, sharers
    (18, 20, 83, 15, 5, 0, 0, 80), (20, 25, 127, 20, 20, 3, 2, 55), (25, 30, 220, 38, 29, 21, 9, 10),
    (30, 45, 208, 17, 14, 68, 14, 0), (45, 55, 161, 24, 24, 42, 10, 0), (55, 65, 152, 40, 60, 0, 0, 0),
    (65, 75, 44, 40, 60, 0, 0, 0), (75, 90, 26, 60, 40, 0, 0, 0),
)  # fmt: skip
"""Who comes: derived so, too."""

NEED_AT = ((0, 0, 0, 0), (20, 10, 4, 1), (50, 30, 15, 5))
"""Of 100 newcomers below 65, from 65 and from 80, those with need of band 1, 2, 3 or more, and so on: assumption."""

_FROM_65, _FROM_80 = 65, 80
_OWN_SEX_PERCENT = 3.0
"""Heads whose partner is of their own sex, as in moving: assumption."""


class Params(NamedTuple):
    """How many leave and come."""

    arrivals_per_1000: Annotated[float, Record(
        value=20.0, low=0.0, high=500.0, unit="people a year for each 1,000 citizens at the start", likely=(18.0, 22.0),
        meaning="People who come to live in a community from elsewhere",
        source="Assumed: 55,000 to 60,000 people a year come to Wales from other countries, and nearly as many leave")]
    leaving_ratio: Annotated[float, Record(
        value=1.0, low=0.0, high=10.0, unit="ratio", likely=(0.9, 1.1), grade="derived",
        meaning="How many people leave, over what keeps Wales growing by migration as from 2013 to 2021",
        source="Mid-year estimates by single age, less deaths by life table (ONS)")]
    lifelong_percent: Annotated[float, Record(
        value=1.2, low=0.0, high=20.0, unit="percent of people", meaning="Newcomers whose need is lifelong")]
    mental_percent: Annotated[float, Record(
        value=4.0, low=0.0, high=50.0, unit="percent of people", meaning="Newcomers prone to mental ill-health")]
    above_means_percent: Annotated[float, Record(
        value=35.0, low=0.0, high=100.0, unit="percent of people",
        meaning="Newcomers of 45 and over with capital above the limit for help; a third as many are younger")]
    welsh_percent: Annotated[float, Record(
        value=4.0, low=0.0, high=100.0, unit="percent of people", meaning="Newcomers whose language of choice is Welsh")]
    kin_elsewhere: Annotated[int, Record(
        value=5, low=0, high=15, unit="people",
        meaning="Most close kin whom a newcomer has left elsewhere; each number from one is as likely")]  # fmt: skip


class Tables(NamedTuple):
    """Chances a year of leaving by age, 0 to 105, and who comes."""

    leaving: np.ndarray[Any, Any]
    """Of a household, by age of its oldest: [with others or alone, age]."""
    away: np.ndarray[Any, Any]
    """Of somebody who lives with a parent, alone: [age]."""
    most: float
    """The largest of `leaving`."""
    parties: float
    """Parties a month for each citizen at the start."""
    heads: np.ndarray[Any, Any]
    """Share of heads of parties below the upper age of each band: [band]."""
    ages: np.ndarray[Any, Any]
    """Lower and upper age of each band, in months: [band, 2]."""
    party: np.ndarray[Any, Any]
    """Share of parties alone, at most a couple, a couple with children, a lone parent, all: [band, 5]."""


def tables(p: Params) -> Tables:
    """Return the chances that `p` means, computed once a run."""
    leaving, away = np.zeros((2, _AGES)), np.zeros(_AGES)
    for age, together, alone in LEAVING:
        leaving[0, age:], leaving[1, age:] = together, alone
    for age, by_themselves in AWAY:
        away[age:] = by_themselves
    who = np.array(ARRIVALS, float)
    shares, heads = who[:, 3:] / who[:, 3:].sum(axis=1, keepdims=True), who[:, 2] / who[:, 2].sum()
    people = heads @ (shares @ np.array(_PEOPLE))
    leaving = np.minimum(leaving * p.leaving_ratio / 1000.0, 1.0)
    return Tables(
        leaving, np.minimum(away * p.leaving_ratio / 1000.0, 1.0), float(leaving.max()),
        float(p.arrivals_per_1000 / 1000.0 / people / MONTHS_PER_YEAR), np.cumsum(heads),
        (who[:, :2] * MONTHS_PER_YEAR).astype(np.int64), np.cumsum(shares, axis=1),
    )  # fmt: skip


@rule
def happens(draw, chance):
    """Return whether something of this chance happens."""
    return draw < chance


@rule
def elder(birth_month, who, others_birth_month, other):
    """Return whether one is older than another, by id where they were born in the same month."""
    return birth_month < others_birth_month or (birth_month == others_birth_month and who < other)


@rule
def may_go_alone(age, partnered):
    """Return whether somebody is of an age to leave a parent's home for elsewhere, without a partner to keep him or her."""
    return age >= _ADULT_FROM and not partnered


@rule
def parties_now(founded, parties, draw):
    """Return how many parties come this month: the whole number below the rate, and one more by the chance of the rest."""
    rate = min(founded * parties, _MOST_PARTIES)
    return int(rate) + (1 if draw < rate - int(rate) else 0)


@rule
def months_old_within(low, high, draw):
    """Return an age in months from `low` up to but not including `high`."""
    return low + int(draw * (high - low))


@rule
def partners_months_old(months_old, draw):
    """Return the age in months of a head's partner: up to four years more or less, and of age."""
    return max(_ADULT_FROM * MONTHS_PER_YEAR, months_old + int((2.0 * draw - 1.0) * _MOST_YEARS_APART * MONTHS_PER_YEAR))


@rule
def sharers_months_old(months_old, draw):
    """Return the age in months of somebody who shares a home with a head: up to a year more or less, and of age."""
    return max(_ADULT_FROM * MONTHS_PER_YEAR, months_old + int((2.0 * draw - 1.0) * MONTHS_PER_YEAR))


@rule
def childs_months_old(heads_months_old, draw):
    """Return the age in months of a head's child, under 18, born when the head was from 18 to 45."""
    low = max(0, heads_months_old - _OLDEST_PARENT * MONTHS_PER_YEAR)
    high = min(_CHILD_UNTIL * MONTHS_PER_YEAR, heads_months_old - _ADULT_FROM * MONTHS_PER_YEAR)
    return min(low + int(draw * max(0, high - low)), _CHILD_UNTIL * MONTHS_PER_YEAR - 1)


@rule
def people_in(party, draw):
    """Return how many people a party is: its adults, and one or two children where it has children."""
    if party != _FAMILY and party != _LONE_PARENT:
        return _ADULTS[party]
    return _ADULTS[party] + (1 if draw < _ONE_CHILD else 2)


@rule
def sex_of(role, adults, draw, heads_sex, heads_own_sex):
    """Return the sex of a party's member (Sex); that of the head's partner by whom the head looks for."""
    if role == 1 and adults == 2:
        return heads_sex if heads_own_sex else 1 - heads_sex
    return 1 if draw < (_WOMEN if role < adults else _GIRLS) else 0


@rule
def level_of(kind, months_old, draw):
    """Return a newcomer's level of need."""
    if kind == _LIFELONG:
        return lifelong_level(draw)
    age, level = months_old // MONTHS_PER_YEAR, 0
    shares = NEED_AT[2 if age >= _FROM_80 else 1 if age >= _FROM_65 else 0]
    for share in shares:
        level += 1 if draw * 100.0 < share else 0
    return level


@rule
def has_means(months_old, draw, above_means_percent):
    """Return 1 if a newcomer has capital above the limit."""
    share = above_means_percent if months_old >= _OLDEST_PARENT * MONTHS_PER_YEAR else above_means_percent / _RICHER
    return 1 if draw * 100.0 < share else 0


@rule
def kin_left(draw, most):
    """Return how many close kin a newcomer has elsewhere."""
    return min(most, 1 + int(draw * most))


@rule
def speaks_welsh(draw, welsh_percent):
    """Return 1 if Welsh is a newcomer's language of choice."""
    return 1 if draw * 100.0 < welsh_percent else 0


@making
def columns(c, here, p, t):
    """Walk one community's arrays."""
    clock, count = here.clock, 0
    community = whole(here.communities.id[here.number])
    leaving, mates = np.empty(2 * c.id.size, np.int64), np.empty(MOST_BONDS, np.int64)
    ties, (turn, turns) = ties_of(c), whose_turn(c.turn, c.life, clock.month)
    drawn = words_of_some(clock.seed, _STREAM, c.id, turn, turns, clock.month, _LEAVES)
    for at in range(turns):
        i = turn[at]
        age = age_in_years(clock.month, whole(c.birth_month[i]))
        all_go, goes = whole(drawn[0, at]), whole(drawn[1, at])
        if happens(uniform(all_go), t.most):
            others = _if_oldest(ties, i, mates)
            if others != _NOT_OLDEST and happens(uniform(all_go), float(t.leaving[0 if others else 1, age])):
                leaving[count] = i
                leaving[count + 1 : count + 1 + others] = mates[:others]
                count += 1 + others
                continue
        alone = happens(uniform(goes), float(t.away[age])) and may_go_alone(age, whole(c.partner[i]) != NOBODY)
        if alone and parent_at_home(ties, i):
            leaving[count] = i
            count += 1
    for k in range(count):
        if whole(c.life[leaving[k]]) == _ALIVE:  # who goes alone may be of a household that goes, and stand here twice
            go(c, here, leaving[k], _LEFT)
    more, _, _, _ = words(clock.seed, _STREAM, community, clock.month, _ONE_MORE)
    for k in range(parties_now(whole(here.communities.founded[here.number]), t.parties, uniform(more))):
        if not _come(c, here, k, p, t):
            return


@walk
def _if_oldest(ties, i, mates):
    """Write into `mates` who lives with i, and return how many do; _NOT_OLDEST if one of them is older."""
    count, oldest = housemates(ties, i, mates), True
    for k in range(count):
        j = mates[k]
        if elder(whole(ties.birth_month[j]), whole(ties.id[j]), whole(ties.birth_month[i]), whole(ties.id[i])):
            oldest = False
    return count if oldest else _NOT_OLDEST


@making
def _come(c, here, k, p, t):
    """Let party k of the month come; return whether there was room."""
    clock, community = here.clock, whole(here.communities.id[here.number])
    age, who, children, within = words(clock.seed, _STREAM, community, clock.month, _FIRST_PARTY + k)
    band, party = 0, 0
    while uniform(age) >= float(t.heads[band]) and band < t.heads.size - 1:
        band += 1
    while uniform(who) >= float(t.party[band, party]) and party < _SHARERS:
        party += 1
    old = months_old_within(whole(t.ages[band, 0]), whole(t.ages[band, 1]), uniform(within))
    head = new_id(clock.seed, _NEWCOMER, community, clock.month, _IN_PARTY * k)
    number = new_id(clock.seed, _HOME_NUMBER, head, clock.month, _BY_COMING)
    adults, people, heads_sex = _ADULTS[party], people_in(party, uniform(children)), 0
    ties, places = ties_of(c), np.empty(_IN_PARTY, np.int64)
    for m in range(people):
        one = new_id(clock.seed, _NEWCOMER, community, clock.month, _IN_PARTY * k + m)
        kind, level, kin, age = words(clock.seed, _STREAM, one, clock.month, 2)
        sex, welsh, means, _ = words(clock.seed, _STREAM, one, clock.month, _TRAITS)
        months_old = _months_old(m, adults, old, uniform(age))
        ones_sex = sex_of(m, adults, uniform(sex), heads_sex, own_sex(head, _OWN_SEX_PERCENT))
        i = arrive(c, here, one, clock.month - months_old, ones_sex, number, _CAME)
        if i == NO_PLACE:
            return False
        heads_sex = ones_sex if m == 0 else heads_sex
        need_kind = kind_of(uniform(kind), p.lifelong_percent, p.mental_percent)
        c.need_kind[i], c.need_level[i] = need_kind, level_of(need_kind, months_old, uniform(level))
        c.kin_elsewhere[i] = kin_left(uniform(kin), p.kin_elsewhere)
        c.prefers_welsh[i] = speaks_welsh(uniform(welsh), p.welsh_percent)
        c.above_means[i] = has_means(months_old, uniform(means), p.above_means_percent)
        places[m] = i
        for before in range(m):
            bind_at_home(ties, places[before], i, clock.seed)
    if adults == 2:
        c.partner[places[0]], c.partner[places[1]] = places[1], places[0]
    return True


@rule
def _months_old(role, adults, heads_months_old, draw):
    """Return the age in months of a party's member."""
    if role == 0:
        return heads_months_old
    if role >= adults:
        return childs_months_old(heads_months_old, draw)
    return partners_months_old(heads_months_old, draw) if adults == 2 else sharers_months_old(heads_months_old, draw)


def agents(community, p, t):
    """Walk one community's citizens."""
    clock = community.clock
    leaving = {one for citizen in community.living() if has_turn(citizen.turn, clock.month) for one in _who_go(citizen, t)}
    for citizen in leaving:
        citizen.go(_LEFT)
    more = compiled_words(clock.seed, _STREAM, community.id, clock.month, _ONE_MORE)[0]
    for k in range(parties_now(community.founded, t.parties, uniform(more))):
        _admit(community, k, p, t)


def _who_go(citizen, t):
    """Return who leaves in a citizen's turn: all at home, the citizen alone, or nobody."""
    clock, mates = citizen.community.clock, citizen.housemates()
    age = age_in_years(clock.month, citizen.birth_month)
    all_go, goes, _, _ = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, _LEAVES)
    oldest = not any(elder(mate.birth_month, mate.id, citizen.birth_month, citizen.id) for mate in mates)
    if oldest and happens(uniform(all_go), t.leaving[0 if mates else 1, age]):
        return [citizen, *mates]
    alone = happens(uniform(goes), t.away[age]) and may_go_alone(age, citizen.partner is not None)
    return [citizen] if alone and citizen.parent_at_home() else []


def _admit(community, k, p, t):
    """Let party k of the month come."""
    clock = community.clock
    draws = compiled_words(clock.seed, _STREAM, community.id, clock.month, _FIRST_PARTY + k)
    age, who, children, within = (uniform(word) for word in draws)
    band = min(int(np.searchsorted(t.heads, age, side="right")), len(t.heads) - 1)
    party = min(int(np.searchsorted(t.party[band], who, side="right")), _SHARERS)
    old = months_old_within(int(t.ages[band, 0]), int(t.ages[band, 1]), within)
    ids = [new_id(clock.seed, _NEWCOMER, community.id, clock.month, _IN_PARTY * k + m) for m in range(_IN_PARTY)]
    number = new_id(clock.seed, _HOME_NUMBER, ids[0], clock.month, _BY_COMING)
    adults, heads_sex = _ADULTS[party], 0
    together: list[Any] = []
    for m in range(people_in(party, children)):
        kind, level, kin, age = (uniform(word) for word in compiled_words(clock.seed, _STREAM, ids[m], clock.month, 2))
        sex, welsh, means, _ = (uniform(word) for word in compiled_words(clock.seed, _STREAM, ids[m], clock.month, _TRAITS))
        months_old = _months_old(m, adults, old, age)
        ones_sex = sex_of(m, adults, sex, heads_sex, own_sex(ids[0], _OWN_SEX_PERCENT))
        values = arrival_values(clock.seed, ids[m], clock.month - months_old, ones_sex, number, _CAME)
        heads_sex = ones_sex if m == 0 else heads_sex
        need_kind = kind_of(kind, p.lifelong_percent, p.mental_percent)
        one = community.admit(values | {
            "need_kind": need_kind,
            "need_level": level_of(need_kind, months_old, level),
            "kin_elsewhere": kin_left(kin, p.kin_elsewhere),
            "prefers_welsh": speaks_welsh(welsh, p.welsh_percent),
            "above_means": has_means(months_old, means, p.above_means_percent),
        })  # fmt: skip
        for mate in together:
            mate.bind_at_home(one)
        together.append(one)
    if adults == 2:
        together[0].partner, together[1].partner = together[1], together[0]
