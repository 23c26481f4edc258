"""Those who come forward, or are in crisis, are assessed by a practitioner, who works the old or the co-produced way.

Equation
    comes forward: asked for help, and unmet >= worth_asking; or felt need is critical and more than `crisis_share` of it
    is unmet; aged 18 or more, not yet a client
    eligible: need level >= the council's line; under the national test (since April 2016) need that nobody else meets >=
    test_minutes, and who is in crisis whatever the line: so what others do counts against entitlement; a share of those
    who newly come forward is then turned away at first contact
    assessed in the order (level, months waiting, keyed draw, id) while practitioners' minutes last: a case takes
    case_hours * (1 + extra_time where co-produced)
    package, by need = floor((unmet + delivered) * package_share * (1 - natural_first where co-produced or token))
    a new package is, by lot, a direct payment (the council's share), of these some citizen-directed, or arranged hours; for who
    is in critical need, or lives alone with need of `residential_from_level` or more, it may, when given or reviewed, be a place
    in a care home, which meets all need
    who is assessed during an acute episode may get reablement, which shortens it by `reablement_months`
    clients are reviewed every `review_months` (and end when below the line); everything holds from next month
Reads    life, birth_month, asked, need, unmet, received from the council, need_level, acute episode, mode, waiting, invited,
         bonds
Writes   mode, package, practice, waiting, refused, invited, acute_months, and the community's leftover assessment time
Chance   stream CARE_SERVICE, words 0 (order), 1 (way of working), 2 (token or real), 3 (invitation accepted); block 1, words 0
         (turned away at first contact), 1 (direct payment), 2 (citizen-directed), 3 (care home); block 2, word 0 (reablement)
Source   33 assessments a year for each 1,000 adults (82,100 in Wales, 2015-16) set the time a case can take
Limits   One practitioner's way, not individual practitioners; who goes into a care home keeps bonds and household; a package
         keeps its mode until it ends, but for a care home.
"""

from typing import Annotated, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, walk, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words
from copro_sim.core.order import pack_key, place_of, sort_keys
from copro_sim.core.params import Record
from copro_sim.core.units import MINUTES_PER_MONTH_OF_WEEKLY_HOUR
from copro_sim.state.bonds import bonds_beyond_home
from copro_sim.state.codes import Life, Mode, Need, NeedLevel, Practice, Source
from copro_sim.state.context import age_in_years

_STREAM = int(Stream.CARE_SERVICE)
_ALIVE, _NONE, _ARRANGED = int(Life.ALIVE), int(Mode.NONE), int(Mode.ARRANGED)
_DIRECT_PAYMENT, _CITIZEN_DIRECTED = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED)
_RESIDENTIAL = int(Mode.RESIDENTIAL)
_PERSONAL, _PRACTICAL, _COUNCIL = int(Need.PERSONAL), int(Need.PRACTICAL), int(Source.COUNCIL)
_OLD, _CO_PRODUCED, _TOKEN = int(Practice.OLD), int(Practice.CO_PRODUCED), int(Practice.TOKEN)
_CRITICAL = int(NeedLevel.CRITICAL)
_ADULT_FROM, _MOST_WAITING, _HOUR = 18, 250, 60


class Params(NamedTuple):
    """How cases are taken, and what the two ways of working do at an assessment."""

    worth_asking_hours_per_week: Annotated[float, Record(
        value=5.1, low=0.0, high=40.0, unit="hours a week", likely=(0.5, 8.0),
        meaning="Unmet need above which somebody who asks for help comes forward to the council")]
    crisis_share: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.3, 0.7),
        meaning="Share of critical need unmet above which the council learns of it unasked: risk of neglect")]
    case_hours: Annotated[float, Record(
        value=6.0, low=0.1, high=100.0, unit="hours", meaning="Practitioner's time for an assessment the old way")]
    extra_time: Annotated[float, Record(
        value=0.3, low=0.0, high=5.0, unit="extra share", likely=(0.0, 0.6), role="co-production", against=True,
        meaning="Additional time that a co-produced assessment takes: a cost")]
    natural_first: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="share", likely=(0.0, 0.25), role="co-production", against=True,
        meaning="Share of a package left to natural support by a co-produced assessment: saves money, moves work to "
        "families")]
    invitation: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="share", likely=(0.0, 0.8), role="co-production",
        meaning="Share of people assessed the co-produced way who take up the invitation to give")]
    tokenism: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share", likely=(0.0, 0.5), role="co-production", against=True,
        meaning="Share of co-produced assessments that are so in name only: natural support first, and nothing else")]
    review_months: Annotated[int, Record(
        value=12, low=1, high=120, unit="months", meaning="Months between reviews of a package",
        source="Yearly review is the statutory norm")]
    reablement_months: Annotated[int, Record(
        value=2, low=0, high=24, unit="months", meaning="Months by which reablement shortens an acute episode",
        source="Reablement lasts six weeks; how far it shortens an episode is an assumption")]
    least_hours_per_week: Annotated[float, Record(
        value=6.5, low=0.0, high=40.0, unit="hours a week", likely=(0.5, 8.0),
        meaning="Packages smaller than this are not arranged")]
    residential_from_level: Annotated[int, Record(
        value=3, low=1, high=4, unit="need level",
        meaning="Lowest level of need at which somebody who lives alone may get a place in a care home")]  # fmt: skip


@rule
def in_crisis(felt_critical, unmet, needed, crisis_share):
    """Return whether critical need goes so far unmet that the council learns of it unasked."""
    return felt_critical and unmet > crisis_share * needed


@rule
def comes_forward(asked, unmet, worth_asking_hours):
    """Return whether somebody asks the council: asking for help this month, and with enough unmet."""
    return asked == 1 and unmet >= worth_asking_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR and unmet > 0


@rule
def eligible(level, line, national_test, left, test_minutes, crisis):
    """Return whether somebody with `left` minutes a month of need that nobody else meets is eligible."""
    if national_test:
        return crisis or (level > 0 and left >= test_minutes)
    return level >= line


@rule
def sent_elsewhere(waiting, crisis, draw, turned_away):
    """Return whether somebody who newly comes forward is turned away at first contact; nobody in crisis is."""
    return waiting == 0 and not crisis and draw < turned_away


@rule
def way_of_working(share_draw, token_draw, coproduced_share, tokenism):
    """Return how the practitioner works this case (Practice)."""
    if share_draw >= coproduced_share:
        return _OLD
    return _TOKEN if token_draw < tokenism else _CO_PRODUCED


@rule
def case_minutes(practice, case_hours, extra_time):
    """Return whole minutes that an assessment takes."""
    extra = extra_time if practice == _CO_PRODUCED else 0.0
    return int(case_hours * _HOUR * (1.0 + extra))


@rule
def package_minutes(unmet, delivered, package_share, practice, natural_first):
    """Return minutes a month arranged for one need, of what is met neither by oneself nor by others."""
    left = 1.0 if practice == _OLD else 1.0 - natural_first
    return int((unmet + delivered) * package_share * left)


@rule
def worth_arranging(personal, practical, least_hours):
    """Return whether a package is large enough to be arranged."""
    return personal + practical > 0 and personal + practical >= least_hours * MINUTES_PER_MONTH_OF_WEEKLY_HOUR


@rule
def mode_of(mode, level, alone, draws, shares, residential_from_level):
    """Return how a package is given (Mode), new or reviewed; draws, shares: direct payment, citizen-directed, care home."""
    if (level == _CRITICAL or (alone and level >= residential_from_level)) and draws[2] < shares[2]:
        return _RESIDENTIAL
    if mode != _NONE:
        return mode
    if draws[0] >= shares[0]:
        return _ARRANGED
    return _CITIZEN_DIRECTED if draws[1] < shares[1] else _DIRECT_PAYMENT


@rule
def shortened(acute_months, draw, reablement_share, reablement_months):
    """Return the months left of an acute episode after an assessment."""
    return max(0, acute_months - reablement_months) if draw < reablement_share else acute_months


@rule
def review_due(who, month, review_months):
    """Return whether a client's package is reviewed this month: each has a fixed month of the cycle."""
    return (who + month) % review_months == 0


@rule
def next_waiting(waiting):
    """Return months waiting after another month without an assessment."""
    return min(waiting + 1, _MOST_WAITING)


@rule
def assessment_time(leftover, minutes_each, citizens, minutes_a_case):
    """Return minutes for assessments this month: this month's and at most one case's carried over from last month."""
    return min(leftover, minutes_a_case) + int(minutes_each * citizens)


@rule
def order_of_cases(level, waiting):
    """Return the place in the queue, smallest first: higher need first, then longer waiting."""
    return (_CRITICAL - level) * (_MOST_WAITING + 1) + (_MOST_WAITING - waiting)


@rule
def takes_up(practice, invited, draw, invitation):
    """Return whether a citizen is invited to give after the assessment: before, or by taking up the invitation now."""
    return 1 if invited == 1 or (practice == _CO_PRODUCED and draw < invitation) else 0


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock, orders = here.clock, here.orders
    keys = np.empty(c.id.size, np.int64)
    queue, living = 0, 0
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        living += 1
        c.refused[i] = 0
        if whole(c.mode[i]) != _NONE:
            if review_due(whole(c.id[i]), clock.month, p.review_months):
                _review(c, i, clock, orders, p)
            continue
        unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
        if unmet == 0:
            c.waiting[i] = 0
            continue
        level, waiting = whole(c.need_level[i]), whole(c.waiting[i])
        needed = whole(c.need[i, _PERSONAL]) + whole(c.need[i, _PRACTICAL])
        crisis = in_crisis(level == _CRITICAL, unmet, needed, p.crisis_share)
        forward = crisis or waiting > 0 or comes_forward(whole(c.asked[i]), unmet, p.worth_asking_hours_per_week)
        if not forward or age_in_years(clock.month, whole(c.birth_month[i])) < _ADULT_FROM:
            continue
        joins = eligible(level, orders.eligibility_line, orders.national_test, unmet, orders.test_minutes, crisis)
        if joins and orders.turned_away > 0.0:
            draw, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 1)
            joins = not sent_elsewhere(waiting, crisis, uniform(draw), orders.turned_away)
        if joins:
            order, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
            keys[queue] = pack_key(order_of_cases(level, waiting), order, i)
            queue += 1
        else:
            c.refused[i] = 1
            c.waiting[i] = 0
    sort_keys(keys, queue, c.id)
    most = int(p.case_hours * _HOUR * (1.0 + p.extra_time))
    left = assessment_time(whole(here.communities.leftover[here.number]), orders.assessment_minutes, living, most)
    at = 0
    while at < queue:
        i = place_of(keys[at])
        _, way, token, accepts = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 0)
        practice = way_of_working(uniform(way), uniform(token), orders.coproduced_share, p.tokenism)
        minutes = case_minutes(practice, p.case_hours, p.extra_time)
        if minutes > left:
            break
        left -= minutes
        c.practice[i] = practice
        c.waiting[i] = 0
        c.invited[i] = takes_up(practice, whole(c.invited[i]), uniform(accepts), p.invitation)
        if orders.reablement_share > 0.0 and whole(c.acute_months[i]) > 0:
            reabled, _, _, _ = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 2)
            c.acute_months[i] = shortened(
                whole(c.acute_months[i]), uniform(reabled), orders.reablement_share, p.reablement_months
            )
        _arrange(c, i, clock, orders, p)
        at += 1
    for rest in range(at, queue):
        i = place_of(keys[rest])
        c.waiting[i] = next_waiting(whole(c.waiting[i]))
    here.communities.leftover[here.number] = left


@walk
def _review(c, i, clock, orders, p):
    """Adjust a client's package, whose review is due."""
    unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
    left = unmet + whole(c.received[i, _PERSONAL, _COUNCIL]) + whole(c.received[i, _PRACTICAL, _COUNCIL])
    if eligible(whole(c.need_level[i]), orders.eligibility_line, orders.national_test, left, orders.test_minutes, False):
        _arrange(c, i, clock, orders, p)
    else:
        c.refused[i] = 1
        _end(c, i)


@walk
def _arrange(c, i, clock, orders, p):
    practice, mode = whole(c.practice[i]), whole(c.mode[i])
    personal = package_minutes(
        whole(c.unmet[i, _PERSONAL]), whole(c.received[i, _PERSONAL, _COUNCIL]), orders.package_share, practice,
        p.natural_first,
    )  # fmt: skip
    practical = package_minutes(
        whole(c.unmet[i, _PRACTICAL]), whole(c.received[i, _PRACTICAL, _COUNCIL]), orders.package_share, practice,
        p.natural_first,
    )  # fmt: skip
    if worth_arranging(personal, practical, p.least_hours_per_week):
        _, direct, directed, home = words(clock.seed, _STREAM, whole(c.id[i]), clock.month, 1)
        draws = (uniform(direct), uniform(directed), uniform(home))
        shares = (orders.direct_payment_share, orders.citizen_directed_share, orders.residential_share)
        alone = bonds_beyond_home(c.bonds, c.bond, i) == whole(c.bonds[i])
        mode = mode_of(mode, whole(c.need_level[i]), alone, draws, shares, p.residential_from_level)
        if mode == _RESIDENTIAL:
            personal, practical = whole(c.need[i, _PERSONAL]), whole(c.need[i, _PRACTICAL])
        c.mode[i] = mode
        c.package[i, _PERSONAL], c.package[i, _PRACTICAL] = personal, practical
    else:
        _end(c, i)


@walk
def _end(c, i):
    c.mode[i] = _NONE
    c.package[i, _PERSONAL], c.package[i, _PRACTICAL] = 0, 0


def agents(community, p):
    """Walk one community's citizens."""
    clock, orders = community.clock, community.orders
    living = community.living()
    queue = []
    for citizen in living:
        citizen.refused = 0
        if citizen.mode != _NONE:
            _review_client(citizen, clock, orders, p)
        elif _joins_queue(citizen, clock, orders, p):
            draws = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
            queue.append((order_of_cases(citizen.need_level, citizen.waiting), draws[0], citizen.id, citizen, draws))
    queue.sort()
    most = int(p.case_hours * _HOUR * (1.0 + p.extra_time))
    left = assessment_time(community.leftover, orders.assessment_minutes, len(living), most)
    full = False
    for _, _, _, citizen, (_, way, token, accepts) in queue:
        practice = way_of_working(uniform(way), uniform(token), orders.coproduced_share, p.tokenism)
        minutes = case_minutes(practice, p.case_hours, p.extra_time)
        full = full or minutes > left
        if full:
            citizen.waiting = next_waiting(citizen.waiting)
            continue
        left -= minutes
        citizen.practice = practice
        citizen.waiting = 0
        citizen.invited = takes_up(practice, citizen.invited, uniform(accepts), p.invitation)
        reabled = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 2)[0]
        citizen.acute_months = shortened(
            citizen.acute_months, uniform(reabled), orders.reablement_share, p.reablement_months
        )
        _arrange_package(citizen, clock, orders, p)
    community.leftover = left


def _joins_queue(citizen, clock, orders, p):
    unmet = sum(citizen.unmet)
    if unmet == 0:
        citizen.waiting = 0
        return False
    crisis = in_crisis(citizen.need_level == _CRITICAL, unmet, sum(citizen.need), p.crisis_share)
    forward = crisis or comes_forward(citizen.asked, unmet, p.worth_asking_hours_per_week)
    age = age_in_years(clock.month, citizen.birth_month)
    if age < _ADULT_FROM or not (forward or citizen.waiting > 0):
        return False
    may = eligible(
        citizen.need_level, orders.eligibility_line, orders.national_test, unmet, orders.test_minutes, crisis
    )
    draw = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 1)[0]
    if not may or sent_elsewhere(citizen.waiting, crisis, uniform(draw), orders.turned_away):
        citizen.refused = 1
        citizen.waiting = 0
        return False
    return True


def _review_client(citizen, clock, orders, p):
    if not review_due(citizen.id, clock.month, p.review_months):
        return
    left = sum(citizen.unmet) + sum(received[_COUNCIL] for received in citizen.received)
    if eligible(citizen.need_level, orders.eligibility_line, orders.national_test, left, orders.test_minutes, False):
        _arrange_package(citizen, clock, orders, p)
    else:
        citizen.refused = 1
        citizen.mode, citizen.package = _NONE, [0, 0]


def _arrange_package(citizen, clock, orders, p):
    package = [
        package_minutes(unmet, received[_COUNCIL], orders.package_share, citizen.practice, p.natural_first)
        for unmet, received in zip(citizen.unmet, citizen.received, strict=True)
    ]
    if worth_arranging(package[_PERSONAL], package[_PRACTICAL], p.least_hours_per_week):
        _, *words_drawn = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 1)
        draws, alone = [uniform(word) for word in words_drawn], not citizen.housemates()
        shares = (orders.direct_payment_share, orders.citizen_directed_share, orders.residential_share)
        citizen.mode = mode_of(citizen.mode, citizen.need_level, alone, draws, shares, p.residential_from_level)
        citizen.package = list(citizen.need) if citizen.mode == _RESIDENTIAL else package
    else:
        citizen.mode, citizen.package = _NONE, [0, 0]
