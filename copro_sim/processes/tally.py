"""Everything is counted, in whole numbers, by sex and age band; who died or left this month is counted and goes.

Equation
    flows in minutes, people in heads, inner states in rounded thousandths
Reads    everything
Writes   life (from died or left to empty), arrived, and the month's cells: [sex, age band, tally]
Chance   none
Source   the definitions of the indicators made of these are in results/indicators.py
Limits   Cells are kept by sex and age band of the citizen whose column it is: receivers' for need, givers' for given.
"""

from enum import IntEnum, auto

import numpy as np

from copro_sim.core.aliasing import numbers
from copro_sim.core.compiled import making, rule, step, walk, whole
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR, THOUSANDTHS
from copro_sim.state.codes import Arrival, Assessed, Life, Mode, Need, NeedLevel, Practice, Source
from copro_sim.state.columns import SOURCES
from copro_sim.state.context import age_in_years


class Tally(IntEnum):
    """What is counted. The order is the order in every tally array."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):  # enum's own hook
        return count

    CITIZENS = auto()
    DEATHS = auto()
    BIRTHS = auto()
    NEWCOMERS = auto()
    LEAVERS = auto()
    NEED_PERSONAL = auto()
    NEED_PRACTICAL = auto()
    UNMET_PERSONAL = auto()
    UNMET_PRACTICAL = auto()
    PERSONAL_HOUSEHOLD = auto()
    PERSONAL_KIN = auto()
    PERSONAL_FRIEND = auto()
    PERSONAL_NEIGHBOUR = auto()
    PERSONAL_CREDIT = auto()
    PERSONAL_THIRD_SECTOR = auto()
    PERSONAL_COUNCIL = auto()
    PERSONAL_BOUGHT = auto()
    PRACTICAL_HOUSEHOLD = auto()
    PRACTICAL_KIN = auto()
    PRACTICAL_FRIEND = auto()
    PRACTICAL_NEIGHBOUR = auto()
    PRACTICAL_CREDIT = auto()
    PRACTICAL_THIRD_SECTOR = auto()
    PRACTICAL_COUNCIL = auto()
    PRACTICAL_BOUGHT = auto()
    UNDELIVERED = auto()
    GIVEN = auto()
    CREDIT_GIVEN = auto()
    CREDIT_RECEIVED = auto()
    EXCHANGES = auto()
    CREDITS_HELD = auto()
    PEOPLE_WITH_NEED = auto()
    PEOPLE_UNMET = auto()
    PEOPLE_HELPED = auto()
    PLURALITY = auto()
    CRITICAL_UNMET = auto()
    NEVER_ASKED = auto()
    CARERS_1_9 = auto()
    CARERS_10_19 = auto()
    CARERS_20_34 = auto()
    CARERS_35_49 = auto()
    CARERS_50_PLUS = auto()
    GAVE_AND_RECEIVED = auto()
    GAVE_WITH_NEED = auto()
    INVITED = auto()
    MEMBERS = auto()
    CREDIT_REQUESTS = auto()
    LONELY = auto()
    BURNT_OUT = auto()
    LEFT_WORK = auto()
    BONDS = auto()
    WAITING = auto()
    REFUSED = auto()
    COUNCIL_CLIENTS = auto()
    DIRECT_PAYMENT_CLIENTS = auto()
    CITIZEN_DIRECTED_CLIENTS = auto()
    RESIDENTS = auto()
    NOT_FOUND = auto()
    COPRODUCED_PACKAGE = auto()
    RESIDENT_MINUTES = auto()
    HOME_CLIENTS_ABOVE = auto()
    HOME_MINUTES_ABOVE = auto()
    RESIDENTS_ABOVE = auto()
    HARMED = auto()
    ACUTE = auto()
    CARERS_OFFERED = auto()
    CARERS_ASSESSED = auto()
    RESPITE = auto()
    DEMAND_LOW = auto()
    DEMAND_MODERATE = auto()
    DEMAND_SUBSTANTIAL = auto()
    DEMAND_CRITICAL = auto()
    WELLBEING = auto()
    BELONGING = auto()
    AGENCY = auto()
    TRUST = auto()
    RELUCTANCE = auto()
    STRAIN = auto()


TALLIES = len(Tally)
AGE_BANDS = (0, 16, 25, 45, 65, 75, 85)
"""First year of age of each band in which everything is counted."""

CARER_BANDS = (1, 10, 20, 35, 50)
"""Fewest hours a week of each band in which carers are counted: those of the Census."""

_HALF = 0.5
_BANDS = len(AGE_BANDS)
_ALIVE, _DIED, _LEFT, _EMPTY = int(Life.ALIVE), int(Life.DIED), int(Life.LEFT), int(Life.EMPTY)
_NOT, _BORN = int(Arrival.NOT), int(Arrival.BORN)
_PERSONAL, _PRACTICAL, _COUNCIL = int(Need.PERSONAL), int(Need.PRACTICAL), int(Source.COUNCIL)
_NONE, _CRITICAL = int(Mode.NONE), int(NeedLevel.CRITICAL)
_DIRECT_PAYMENT, _CITIZEN_DIRECTED = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED)
_CO_PRODUCED, _TOKEN, _TAKEN_UP = int(Practice.CO_PRODUCED), int(Practice.TOKEN), int(Assessed.TAKEN_UP)
_T = {tally.name: int(tally) for tally in Tally}
_CITIZENS, _DEATHS = _T["CITIZENS"], _T["DEATHS"]
_NEED, _UNMET = _T["NEED_PERSONAL"], _T["UNMET_PERSONAL"]
_FROM_PERSONAL, _FROM_PRACTICAL = _T["PERSONAL_HOUSEHOLD"], _T["PRACTICAL_HOUSEHOLD"]
_UNDELIVERED, _GIVEN, _CREDIT_GIVEN = _T["UNDELIVERED"], _T["GIVEN"], _T["CREDIT_GIVEN"]
_CREDIT_RECEIVED, _EXCHANGES, _CREDITS_HELD = _T["CREDIT_RECEIVED"], _T["EXCHANGES"], _T["CREDITS_HELD"]
_HELPED, _PLURALITY = _T["PEOPLE_HELPED"], _T["PLURALITY"]
_WITH_NEED, _PEOPLE_UNMET, _CRITICAL_UNMET = _T["PEOPLE_WITH_NEED"], _T["PEOPLE_UNMET"], _T["CRITICAL_UNMET"]
_NEVER_ASKED, _CARERS, _BOTH = _T["NEVER_ASKED"], _T["CARERS_1_9"], _T["GAVE_AND_RECEIVED"]
_GAVE_WITH_NEED, _INVITED, _MEMBERS, _LONELY = _T["GAVE_WITH_NEED"], _T["INVITED"], _T["MEMBERS"], _T["LONELY"]
_WAITING, _REFUSED, _CLIENTS, _DEMAND = _T["WAITING"], _T["REFUSED"], _T["COUNCIL_CLIENTS"], _T["DEMAND_LOW"]
_WELLBEING, _BELONGING, _AGENCY = _T["WELLBEING"], _T["BELONGING"], _T["AGENCY"]
_TRUST, _RELUCTANCE, _STRAIN = _T["TRUST"], _T["RELUCTANCE"], _T["STRAIN"]
_BIRTHS, _NEWCOMERS, _LEAVERS, _REQUESTS = _T["BIRTHS"], _T["NEWCOMERS"], _T["LEAVERS"], _T["CREDIT_REQUESTS"]
_BY_MODE, _RESIDENTS, _NOT_FOUND = _T["DIRECT_PAYMENT_CLIENTS"], _T["RESIDENTS"], _T["NOT_FOUND"]
_RESIDENTIAL, _RESIDENT_MINUTES, _ACUTE = int(Mode.RESIDENTIAL), _T["RESIDENT_MINUTES"], _T["ACUTE"]
_CLIENTS_ABOVE, _MINUTES_ABOVE, _RESIDENTS_ABOVE = (
    _T["HOME_CLIENTS_ABOVE"], _T["HOME_MINUTES_ABOVE"], _T["RESIDENTS_ABOVE"]
)  # fmt: skip
_COPRODUCED_PACKAGE, _HARMED = _T["COPRODUCED_PACKAGE"], _T["HARMED"]
_OFFERED, _ASSESSED, _RESPITE = _T["CARERS_OFFERED"], _T["CARERS_ASSESSED"], _T["RESPITE"]
_BURNT_OUT, _LEFT_WORK, _BONDS = _T["BURNT_OUT"], _T["LEFT_WORK"], _T["BONDS"]


_HALF_BITS, _THIRD_BITS = 32, 21
_HALF_WORD, _THIRD_WORD = 2**_HALF_BITS - 1, 2**_THIRD_BITS - 1
_PAIRS = (_WELLBEING, _BELONGING), (_AGENCY, _TRUST), (_RELUCTANCE, _STRAIN)
_THREES = (_CITIZENS, _LONELY, _BURNT_OUT), (_LEFT_WORK, _INVITED, _HARMED), (_BONDS, _ACUTE, _MEMBERS)
"""What is counted of everybody: two or three in one number."""

EVERYBODYS = len(_PAIRS) + len(_THREES)
"""Numbers in which these are."""


@rule
def band_of_age(age):
    """Return the number of the age band (0 to 6) of somebody of `age` years."""
    return (
        (age >= AGE_BANDS[1]) + (age >= AGE_BANDS[2]) + (age >= AGE_BANDS[3])
        + (age >= AGE_BANDS[4]) + (age >= AGE_BANDS[5]) + (age >= AGE_BANDS[6])
    )  # fmt: skip


@rule
def carer_band(given):
    """Return the Census band of unpaid care: -1 for none (under an hour a week), 0 for 1-9 hours, to 4 for 50 or more."""
    hours = given // MINUTES_PER_MONTH_OF_WEEKLY_HOUR
    return (
        (hours >= CARER_BANDS[0]) + (hours >= CARER_BANDS[1]) + (hours >= CARER_BANDS[2])
        + (hours >= CARER_BANDS[3]) + (hours >= CARER_BANDS[4]) - 1
    )  # fmt: skip


@rule
def thousandths(value):
    """Return a number from 0 to 10 as whole thousandths, rounded half up."""
    return int(value * THOUSANDTHS + _HALF)


@rule
def two_in_one(low, high):
    """Return two numbers of less than 2**32, as are the sums of them over a community, in one: they are added in one go."""
    return low | high << _HALF_BITS


@rule
def three_in_one(low, middle, high):
    """Return three numbers of less than 2**21, as are the sums of them over a community, in one."""
    return low | middle << _THIRD_BITS | high << 2 * _THIRD_BITS


@rule
def effective_sources(total, squares):
    """Return the effective number of sources that helped, 1 to 8: the square of the total over the sum of squares."""
    return total * total / squares


@rule
def demand_for_council(mode, waiting, refused, unmet, delivered):
    """Return minutes a month that those in touch with the council have met by nobody else: what budgets are set by.

    Nothing of people in care homes, which are paid for apart.
    """
    if mode == _RESIDENTIAL:
        return 0
    if mode != _NONE or waiting > 0 or refused == 1:
        return unmet + delivered
    return 0


@making
def columns(c, here, cells):
    """Walk one community's arrays, adding to `cells` [sex, age band, tally] (int64)."""
    places, month = c.id.size, here.clock.month
    cell, pair_0, pair_1 = numbers(places, "cell"), numbers(places, "pair 0"), numbers(places, "pair 1")
    pair_2, three_0, three_1 = numbers(places, "pair 2"), numbers(places, "three 0"), numbers(places, "three 1")
    three_2 = numbers(places, "three 2")
    for i in range(places):
        cell[i] = whole(c.sex[i]) * _BANDS + band_of_age(age_in_years(month, whole(c.birth_month[i])))
        pair_0[i] = two_in_one(thousandths(float(c.wellbeing[i])), thousandths(float(c.belonging[i])))
        pair_1[i] = two_in_one(thousandths(float(c.agency[i])), thousandths(float(c.trust[i])))
        pair_2[i] = two_in_one(thousandths(float(c.reluctance[i])), thousandths(float(c.strain[i])))
        three_0[i] = three_in_one(1, whole(c.lonely[i]), 1 if whole(c.burnout[i]) > 0 else 0)
        three_1[i] = three_in_one(whole(c.left_work[i]), whole(c.invited[i]), 1 if whole(c.harmed[i]) > 0 else 0)
        three_2[i] = three_in_one(whole(c.bonds[i]), 1 if whole(c.acute_months[i]) > 0 else 0, whole(c.member[i]))
    sums = np.zeros((2 * _BANDS, EVERYBODYS), np.int64)
    for i in range(places):
        life = whole(c.life[i])
        if life == _EMPTY:
            continue
        sex = whole(c.sex[i])
        band = cell[i] - sex * _BANDS
        if whole(c.arrived[i]) != _NOT:  # also of who leaves in the month of arrival
            cells[sex, band, _BIRTHS if whole(c.arrived[i]) == _BORN else _NEWCOMERS] += 1
            c.arrived[i] = _NOT
        if life != _ALIVE:
            cells[sex, band, _DEATHS if life == _DIED else _LEAVERS] += 1
            c.life[i] = _EMPTY
            continue
        to = cell[i]
        sums[to, 0] += pair_0[i]
        sums[to, 1] += pair_1[i]
        sums[to, 2] += pair_2[i]
        sums[to, 3] += three_0[i]
        sums[to, 4] += three_1[i]
        sums[to, 5] += three_2[i]
        if whole(c.member[i]) == 1 or whole(c.credit_given[i]) + whole(c.credit_received[i]) > 0:  # or was, this month
            _count_member(c, i, cells, sex, band)
        if whole(c.mode[i]) != _NONE:
            _count_client(c, i, cells, sex, band)
        if whole(c.given[i]) > 0 or whole(c.respite[i]) > 0:
            _count_giver(c, i, cells, sex, band)
        if whole(c.need[i, _PERSONAL]) + whole(c.need[i, _PRACTICAL]) > 0:
            _count_need(c, i, cells, sex, band)
    for sex in range(2):
        for band in range(_BANDS):
            _add_everybody(cells, sex, band, sums[sex * _BANDS + band])


@walk
def _add_everybody(cells, sex, band, sums):
    """Take apart the sums of what is counted of everybody, and add them to a cell."""
    for word in range(len(_PAIRS)):
        total, (low, high) = sums[word], _PAIRS[word]
        cells[sex, band, low] += total & _HALF_WORD
        cells[sex, band, high] += total >> _HALF_BITS
    for word in range(len(_THREES)):
        total, (low, middle, high) = sums[len(_PAIRS) + word], _THREES[word]
        cells[sex, band, low] += total & _THIRD_WORD
        cells[sex, band, middle] += total >> _THIRD_BITS & _THIRD_WORD
        cells[sex, band, high] += total >> 2 * _THIRD_BITS


@step
def _count_member(c, i, cells, sex, band):
    cells[sex, band, _CREDIT_GIVEN] += whole(c.credit_given[i])
    cells[sex, band, _CREDIT_RECEIVED] += whole(c.credit_received[i])
    cells[sex, band, _EXCHANGES] += 1 if whole(c.credit_received[i]) > 0 else 0
    cells[sex, band, _REQUESTS] += 1 if whole(c.wanted[i]) > 0 else 0
    cells[sex, band, _CREDITS_HELD] += whole(c.balance[i])


@step
def _count_giver(c, i, cells, sex, band):
    cells[sex, band, _GIVEN] += whole(c.given[i])
    hours = carer_band(whole(c.given[i]))
    if hours >= 0:
        cells[sex, band, _CARERS + hours] += 1
    cells[sex, band, _OFFERED] += 1 if whole(c.assessed[i]) > 0 else 0
    cells[sex, band, _ASSESSED] += 1 if whole(c.assessed[i]) == _TAKEN_UP else 0
    cells[sex, band, _RESPITE] += 1 if whole(c.respite[i]) > 0 else 0


@step
def _count_client(c, i, cells, sex, band):
    mode, practice = whole(c.mode[i]), whole(c.practice[i])
    if mode >= _DIRECT_PAYMENT:
        cells[sex, band, _BY_MODE + mode - _DIRECT_PAYMENT] += 1
    if mode in (_DIRECT_PAYMENT, _CITIZEN_DIRECTED):
        cells[sex, band, _NOT_FOUND] += whole(c.undelivered[i])
    minutes = whole(c.received[i, _PERSONAL, _COUNCIL]) + whole(c.received[i, _PRACTICAL, _COUNCIL])
    above = whole(c.above_means[i])
    if mode == _RESIDENTIAL:
        cells[sex, band, _RESIDENT_MINUTES] += minutes
        cells[sex, band, _RESIDENTS_ABOVE] += above
    else:
        cells[sex, band, _CLIENTS_ABOVE] += above
        cells[sex, band, _MINUTES_ABOVE] += minutes * above
    if practice in (_CO_PRODUCED, _TOKEN):
        cells[sex, band, _COPRODUCED_PACKAGE] += whole(c.package[i, _PERSONAL]) + whole(c.package[i, _PRACTICAL])


@step
def _count_need(c, i, cells, sex, band):
    unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
    needed = whole(c.need[i, _PERSONAL]) + whole(c.need[i, _PRACTICAL])
    delivered = whole(c.received[i, _PERSONAL, _COUNCIL]) + whole(c.received[i, _PRACTICAL, _COUNCIL])
    gave = whole(c.given[i]) + whole(c.credit_given[i]) > 0
    level = whole(c.need_level[i])
    for need in range(2):
        cells[sex, band, _NEED + need] += whole(c.need[i, need])
        cells[sex, band, _UNMET + need] += whole(c.unmet[i, need])
    total, squares = 0, 0
    for source in range(SOURCES):
        personal, practical = whole(c.received[i, _PERSONAL, source]), whole(c.received[i, _PRACTICAL, source])
        cells[sex, band, _FROM_PERSONAL + source] += personal
        cells[sex, band, _FROM_PRACTICAL + source] += practical
        total, squares = total + personal + practical, squares + (personal + practical) * (personal + practical)
    if total > 0:
        cells[sex, band, _HELPED] += 1
        cells[sex, band, _PLURALITY] += thousandths(effective_sources(total, squares))
    cells[sex, band, _UNDELIVERED] += whole(c.undelivered[i])
    cells[sex, band, _WITH_NEED] += 1
    cells[sex, band, _PEOPLE_UNMET] += unmet > 0
    cells[sex, band, _CRITICAL_UNMET] += level == _CRITICAL and unmet > 0
    cells[sex, band, _NEVER_ASKED] += unmet > 0 and whole(c.asked[i]) == 0 and whole(c.mode[i]) == _NONE
    cells[sex, band, _BOTH] += gave and unmet < needed
    cells[sex, band, _GAVE_WITH_NEED] += gave
    cells[sex, band, _WAITING] += whole(c.waiting[i]) > 0
    cells[sex, band, _REFUSED] += whole(c.refused[i])
    cells[sex, band, _CLIENTS] += whole(c.mode[i]) != _NONE
    if level > 0:
        cells[sex, band, _DEMAND + level - 1] += demand_for_council(
            whole(c.mode[i]), whole(c.waiting[i]), whole(c.refused[i]), unmet, delivered
        )


def agents(community, cells):
    """Walk one community's citizens, adding to `cells` [sex, age band, tally] (int64)."""
    for citizen in community.citizens:
        age = age_in_years(community.clock.month, citizen.birth_month)
        counted = {}
        if citizen.arrived != _NOT:
            counted[_BIRTHS if citizen.arrived == _BORN else _NEWCOMERS] = 1
            citizen.arrived = _NOT
        if citizen.life != _ALIVE:
            counted[_DEATHS if citizen.life == _DIED else _LEAVERS] = 1
        else:
            _count_citizen(citizen, counted)
        row = cells[citizen.sex, band_of_age(age)]
        for tally, amount in counted.items():
            row[tally] += amount
    community.remove_the_gone()


def _count_citizen(citizen, counted):
    counted[_CITIZENS] = 1
    counted[_WELLBEING] = thousandths(citizen.wellbeing)
    counted[_BELONGING] = thousandths(citizen.belonging)
    counted[_AGENCY] = thousandths(citizen.agency)
    counted[_TRUST] = thousandths(citizen.trust)
    counted[_RELUCTANCE] = thousandths(citizen.reluctance)
    counted[_STRAIN] = thousandths(citizen.strain)
    counted[_LONELY] = citizen.lonely
    counted[_BURNT_OUT] = int(citizen.burnout > 0)
    counted[_LEFT_WORK] = citizen.left_work
    counted[_BONDS] = len(citizen.bonds)
    counted[_INVITED] = citizen.invited
    if citizen.member or citizen.credit_given + citizen.credit_received > 0:
        counted[_MEMBERS] = citizen.member
        counted[_CREDIT_GIVEN] = citizen.credit_given
        counted[_CREDIT_RECEIVED] = citizen.credit_received
        counted[_EXCHANGES] = int(citizen.credit_received > 0)
        counted[_REQUESTS] = int(citizen.wanted > 0)
        counted[_CREDITS_HELD] = citizen.balance
    counted[_HARMED] = int(citizen.harmed > 0)
    counted[_ACUTE] = int(citizen.acute_months > 0)
    if citizen.mode != _NONE:
        if citizen.mode >= _DIRECT_PAYMENT:
            counted[_BY_MODE + citizen.mode - _DIRECT_PAYMENT] = 1
        if citizen.mode in (_DIRECT_PAYMENT, _CITIZEN_DIRECTED):
            counted[_NOT_FOUND] = citizen.undelivered
        minutes = sum(received[_COUNCIL] for received in citizen.received)
        if citizen.mode == _RESIDENTIAL:
            counted[_RESIDENT_MINUTES], counted[_RESIDENTS_ABOVE] = minutes, citizen.above_means
        else:
            counted[_CLIENTS_ABOVE], counted[_MINUTES_ABOVE] = citizen.above_means, minutes * citizen.above_means
        if citizen.practice in (_CO_PRODUCED, _TOKEN):
            counted[_COPRODUCED_PACKAGE] = sum(citizen.package)
    counted[_OFFERED] = int(citizen.assessed > 0)
    counted[_ASSESSED] = int(citizen.assessed == _TAKEN_UP)
    counted[_RESPITE] = int(citizen.respite > 0)
    if citizen.given > 0:
        counted[_GIVEN] = citizen.given
        band = carer_band(citizen.given)
        if band >= 0:
            counted[_CARERS + band] = 1
    if sum(citizen.need) > 0:
        _count_needy(citizen, counted)


def _count_needy(citizen, counted):
    unmet, needed = sum(citizen.unmet), sum(citizen.need)
    gave = citizen.given + citizen.credit_given > 0
    for need in (_PERSONAL, _PRACTICAL):
        counted[_NEED + need] = citizen.need[need]
        counted[_UNMET + need] = citizen.unmet[need]
    for source in range(SOURCES):
        counted[_FROM_PERSONAL + source] = citizen.received[_PERSONAL][source]
        counted[_FROM_PRACTICAL + source] = citizen.received[_PRACTICAL][source]
    by_source = [personal + practical for personal, practical in zip(*citizen.received, strict=True)]
    if any(by_source):
        counted[_HELPED] = 1
        counted[_PLURALITY] = thousandths(effective_sources(sum(by_source), sum(got * got for got in by_source)))
    counted[_UNDELIVERED] = citizen.undelivered
    counted[_WITH_NEED] = 1
    counted[_PEOPLE_UNMET] = int(unmet > 0)
    counted[_CRITICAL_UNMET] = int(citizen.need_level == _CRITICAL and unmet > 0)
    counted[_NEVER_ASKED] = int(unmet > 0 and not citizen.asked and citizen.mode == _NONE)
    counted[_BOTH] = int(gave and unmet < needed)
    counted[_GAVE_WITH_NEED] = int(gave)
    counted[_WAITING] = int(citizen.waiting > 0)
    counted[_REFUSED] = citizen.refused
    counted[_CLIENTS] = int(citizen.mode != _NONE)
    if citizen.need_level > 0:
        delivered = citizen.received[_PERSONAL][_COUNCIL] + citizen.received[_PRACTICAL][_COUNCIL]
        counted[_DEMAND + citizen.need_level - 1] = demand_for_council(
            citizen.mode, citizen.waiting, citizen.refused, unmet, delivered
        )
