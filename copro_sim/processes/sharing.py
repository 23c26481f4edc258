"""Those who need help get it along their bonds: household first, then kin, friends and neighbours who were asked.

Equation
    rounds by kind of bond; in each, askers by (greatest remaining need, keyed draw, id), and for each asker the givers
    by (strength of bond * expectation, keyed draw, id), every giver at most
        min(spare, capacity * share(kind) * strength * readiness)
    expectation: in household and kin, `asked_first_women` for women; in the household, `asked_first_partner` for partners
    readiness = 1 - displacement * council share of need * (not spared) for the old way; 1 + circle where co-produced
    after help, strength of receiver's bond to giver += gratitude * (1 - strength) * min(1, minutes / 520); beyond the
        household, strength of giver's bond to receiver -= one_sided_fades * strength * (1 - returned)
    returned = 1 without lasting need; else company_returns, and `giving_returns` of the rest from who is invited to give or
        gave through the group last month
    friends and neighbours give `volunteers_personal_share` of that to personal need at most; household and kin any
Reads    life, asked, need, need_level, invited, gave_last_month, sex, partner, capacity, practice, received from the
         council, bonds
Writes   unmet, received, spare, given, strengths of bonds
Chance   stream SHARING, block 0, words 0 to 3, one a round: order among askers; mixed with the asker's id: choice among
         equal givers
Source   Shares of capacity by kind: informal supply halves with each step of kin distance (Gostoli and Silverman 2020)
Limits   Each round is gone through once. A giver serves askers in the askers' order, not by who is dearest. Whether help
         is returned is judged by whether it could be, not by an account of favours.
"""

from typing import Annotated, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, step, whole
from copro_sim.core.draws import Stream, compiled_words, pair_word, words_of_some
from copro_sim.core.flags import flagged, flags
from copro_sim.core.order import pack_key, place_of, sort_keys, word_of
from copro_sim.core.params import Record
from copro_sim.core.units import STRENGTH_ONE
from copro_sim.state.bonds import bond_kind, bond_place, bond_strength, find_bond, pack_bond, ties_of
from copro_sim.state.codes import BondKind, Life, Need, Practice, Sex, Source
from copro_sim.state.columns import MOST_BONDS
from copro_sim.state.needs import share_of

_STREAM = int(Stream.SHARING)
_ALIVE, _FEMALE, _COUNCIL = int(Life.ALIVE), int(Sex.FEMALE), int(Source.COUNCIL)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_HOUSEHOLD, _KIN, _FRIEND = int(BondKind.HOUSEHOLD), int(BondKind.KIN), int(BondKind.FRIEND)
_CO_PRODUCED = int(Practice.CO_PRODUCED)
_KINDS, _MOST_KEY, _ID_WORD = 4, 32_767, 0xFFFF_FFFF
_PARTS = 6
_FULL_THANKS = 520
"""Minutes a month (two hours a week) of help beyond which more help earns no more gratitude: assumption."""

_DISTANCE = "Informal supply halves with each step of kin distance, Gostoli and Silverman 2020"


class Params(NamedTuple):
    """Who is expected to help, with how much of their time, and what makes them hold back or come forward."""

    household_share: Annotated[float, Record(
        value=0.98, low=0.0, high=1.0, unit="share of capacity", source=_DISTANCE, likely=(0.6, 1.0),
        meaning="Share of their capacity that people in the household give at a bond of full strength")]
    kin_share: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share of capacity", source=_DISTANCE, likely=(0.1, 0.8),
        meaning="Share of their capacity that kin outside the household give at a bond of full strength")]
    friend_share: Annotated[float, Record(
        value=0.19, low=0.0, high=1.0, unit="share of capacity", source=_DISTANCE, likely=(0.02, 0.3),
        meaning="Share of their capacity that friends give at a bond of full strength")]
    neighbour_share: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="share of capacity", source=_DISTANCE, likely=(0.01, 0.15),
        meaning="Share of their capacity that neighbours give at a bond of full strength")]
    volunteers_personal_share: Annotated[float, Record(
        value=0.0, low=0.0, high=1.0, unit="share", meaning="Share of friends' and neighbours' help that may be personal "
        "care: an hour is not an hour")]
    asked_first_women: Annotated[float, Record(
        value=1.5, low=0.1, high=10.0, unit="ratio", likely=(1.0, 2.0),
        meaning="Weight of women over men in who of household and kin is asked first; 1 is equal",
        source="Women provide more unpaid care than men, Census 2021; size assumed")]
    asked_first_partner: Annotated[float, Record(
        value=2.0, low=0.1, high=10.0, unit="ratio", likely=(1.0, 3.0),
        meaning="Weight of one's partner over others of the household in who is asked first; 1 is equal",
        source="Partners come before children: hierarchical compensatory model (Cantor 1979); size assumed")]
    displacement: Annotated[float, Record(
        value=0.25, low=0.0, high=1.0, unit="share", likely=(0.0, 0.5), role="conventional harm", sign_seen=True,
        meaning="Share of natural support that stands back in proportion to need met by hours arranged for a person",
        source="Sign: formal care substitutes informal care within households of 75+ (Saloniki et al. 2024)")]
    displacement_spared: Annotated[float, Record(
        value=0.5, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of that displacement which a co-produced assessment avoids")]
    circle: Annotated[float, Record(
        value=0.15, low=0.0, high=1.0, unit="extra share", likely=(0.0, 0.3), role="co-production",
        meaning="Extra help that a co-produced assessment's circle of support draws from each bond")]
    gratitude: Annotated[float, Record(
        value=0.01, low=0.0, high=1.0, unit="share a month", likely=(0.0, 0.02),
        meaning="Share of what is lacking to a full bond by which a month's help of two hours a week or more strengthens "
        "the receiver's bond to the giver")]
    one_sided_fades: Annotated[float, Record(
        value=0.004, low=0.0, high=1.0, unit="share a month", likely=(0.0, 0.008),
        meaning="Share by which the bond of kin, friends and neighbours who help fades in a month if nothing is returned")]
    company_returns: Annotated[float, Record(
        value=0.8, low=0.0, high=1.0, unit="share", likely=(0.6, 1.0),
        meaning="Share of help that people with lasting need return by company alone")]
    giving_returns: Annotated[float, Record(
        value=1.0, low=0.0, high=1.0, unit="share", likely=(0.0, 1.0), role="co-production",
        meaning="Share of what is then left one-sided that is made up for by being invited to give, or by having given "
        "through the group last month")]  # fmt: skip


@rule
def may_give(kind, need_level, invited):
    """Return whether somebody may give along a bond of `kind`: people with needs beyond the home only if invited."""
    return kind == _HOUSEHOLD or need_level == 0 or invited == 1


@rule
def share_of_kind(kind, household, kin, friend, neighbour):
    """Return the share of capacity that a bond of `kind` may draw on."""
    if kind == _HOUSEHOLD:
        return household
    if kind == _KIN:
        return kin
    if kind == _FRIEND:
        return friend
    return neighbour


@rule
def priority(strength, kind, sex, is_partner, asked_first_women, asked_first_partner):
    """Return who is asked first, largest first: strength of the bond, weighted for women of the family and for partners."""
    weight = asked_first_women if kind <= _KIN and sex == _FEMALE else 1.0
    if kind == _HOUSEHOLD and is_partner:
        weight *= asked_first_partner
    return int(strength * weight)


@rule
def readiness(practice, council_share, displacement, spared, circle):
    """Return how ready a citizen's bonds are to help: 1 without the council, less when displaced, more in a circle."""
    if practice == _CO_PRODUCED:
        return (1.0 - displacement * (1.0 - spared) * council_share) * (1.0 + circle)
    return 1.0 - displacement * council_share


@rule
def allowance(spare, capacity, share, strength, ready):
    """Return whole minutes that one giver offers one asker; `strength` is fixed point, 0 to 16,383."""
    return min(spare, int(capacity * share * (strength / STRENGTH_ONE) * ready))


@rule
def split(offer, personal, practical, kind, volunteers_personal_share):
    """Return the minutes of an offer that go to personal and to practical need, personal first where it is allowed."""
    limit = offer if kind <= _KIN else int(offer * volunteers_personal_share)
    to_personal = min(personal, limit)
    return to_personal, min(practical, offer - to_personal)


@rule
def warmed(strength, minutes, gratitude):
    """Return the strength of a receiver's bond to the giver (0 to 16,383) after so many minutes of help."""
    return strength + int(gratitude * (STRENGTH_ONE - strength) * min(1.0, minutes / _FULL_THANKS))


@rule
def returned(need_level, invited, gave, company_returns, giving_returns):
    """Return the share of help, 0 to 1, that a receiver returns, some month or other."""
    if need_level == 0:
        return 1.0
    if invited == 1 or gave == 1:
        return company_returns + giving_returns * (1.0 - company_returns)
    return company_returns


@rule
def faded(strength, kind, returns, one_sided_fades):
    """Return the strength of a giver's bond to the receiver after help of which a share `returns` comes back."""
    if kind == _HOUSEHOLD:
        return strength
    return strength - int(one_sided_fades * strength * (1.0 - returns))


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    clock = here.clock
    scratch = np.empty((MOST_BONDS, _PARTS), np.int64)
    in_need = flags(c.id.size)
    for i in range(c.id.size):
        in_need[i] = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL]) > 0
    askers, count = flagged(in_need)
    drawn = words_of_some(clock.seed, _STREAM, c.id, askers, count, clock.month, 0)
    keys = np.empty(count, np.int64)
    for kind in range(_KINDS):
        waiting = 0
        for at in range(count):
            i = askers[at]
            unmet = whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL])
            if unmet > 0 and (kind == _HOUSEHOLD or whole(c.asked[i]) == 1):
                keys[waiting] = pack_key(_MOST_KEY - unmet, whole(drawn[kind, at]), i)
                waiting += 1
        sort_keys(keys, waiting, c.id)
        for at in range(waiting):
            i = place_of(keys[at])
            _help(c, i, kind, pair_word(word_of(keys[at]), whole(c.id[i]) & _ID_WORD), p, scratch)


@step
def _help(c, i, kind, choice, p, scratch):
    """Ask the citizens at i's bonds of `kind`, the most expected first, until nothing is unmet or nobody is left."""
    needed = whole(c.need[i, _PERSONAL]) + whole(c.need[i, _PRACTICAL])
    delivered = whole(c.received[i, _PERSONAL, _COUNCIL]) + whole(c.received[i, _PRACTICAL, _COUNCIL])
    ready = readiness(
        whole(c.practice[i]), share_of(delivered, needed), p.displacement, p.displacement_spared, p.circle
    )
    share = share_of_kind(kind, p.household_share, p.kin_share, p.friend_share, p.neighbour_share)
    returns = returned(
        whole(c.need_level[i]), whole(c.invited[i]), whole(c.gave_last_month[i]), p.company_returns, p.giving_returns
    )
    ties, count = ties_of(c), 0
    for at in range(whole(c.bonds[i])):
        bond = whole(c.bond[i, at])
        j = bond_place(bond)
        if bond_kind(bond) != kind or not may_give(kind, whole(c.need_level[j]), whole(c.invited[j])):
            continue
        if whole(c.spare[j]) == 0:
            continue
        back = find_bond(ties, j, i)
        strength = bond_strength(whole(c.bond[j, back]))
        rank = priority(
            strength, kind, whole(c.sex[j]), whole(c.partner[i]) == j, p.asked_first_women, p.asked_first_partner
        )
        scratch[count, 0], scratch[count, 1] = rank, pair_word(choice, whole(c.id[j]) & _ID_WORD)
        scratch[count, 2], scratch[count, 3], scratch[count, 4], scratch[count, 5] = j, strength, at, back
        count += 1
    while count > 0 and whole(c.unmet[i, _PERSONAL]) + whole(c.unmet[i, _PRACTICAL]) > 0:
        best = 0
        for at in range(1, count):
            if _before(scratch, at, best, c.id):
                best = at
        j, strength = scratch[best, 2], scratch[best, 3]
        offer = allowance(whole(c.spare[j]), whole(c.capacity[j]), share, strength, ready)
        personal, practical = split(
            offer, whole(c.unmet[i, _PERSONAL]), whole(c.unmet[i, _PRACTICAL]), kind, p.volunteers_personal_share
        )
        c.unmet[i, _PERSONAL] -= personal
        c.unmet[i, _PRACTICAL] -= practical
        c.received[i, _PERSONAL, kind] += personal
        c.received[i, _PRACTICAL, kind] += practical
        c.spare[j] -= personal + practical
        c.given[j] += personal + practical
        if personal + practical > 0:
            at, back = scratch[best, 4], scratch[best, 5]
            thankful = warmed(bond_strength(whole(c.bond[i, at])), personal + practical, p.gratitude)
            c.bond[i, at] = pack_bond(j, kind, thankful)
            c.bond[j, back] = pack_bond(i, kind, faded(strength, kind, returns, p.one_sided_fades))
        count -= 1
        for part in range(_PARTS):
            scratch[best, part] = scratch[count, part]


@step
def _before(scratch, a, b, ids):
    if scratch[a, 0] != scratch[b, 0]:
        return scratch[a, 0] > scratch[b, 0]
    if scratch[a, 1] != scratch[b, 1]:
        return scratch[a, 1] < scratch[b, 1]
    return ids[scratch[a, 2]] < ids[scratch[b, 2]]


def agents(community, p):
    """Walk one community's citizens."""
    clock = community.clock
    drawn = {
        citizen: compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
        for citizen in community.living()
        if sum(citizen.unmet) > 0
    }
    for kind in range(_KINDS):
        askers = [
            (-sum(citizen.unmet), lots[kind], citizen.id, citizen)
            for citizen, lots in drawn.items()
            if sum(citizen.unmet) > 0 and (kind == _HOUSEHOLD or citizen.asked)
        ]
        for _, lot, who, citizen in sorted(askers):
            _ask_bonds(citizen, kind, pair_word(lot, who & _ID_WORD), p)


def _ask_bonds(citizen, kind, choice, p):
    council = sum(received[_COUNCIL] for received in citizen.received)
    ready = readiness(
        citizen.practice, share_of(council, sum(citizen.need)), p.displacement, p.displacement_spared, p.circle
    )
    share = share_of_kind(kind, p.household_share, p.kin_share, p.friend_share, p.neighbour_share)
    returns = returned(
        citizen.need_level, citizen.invited, citizen.gave_last_month, p.company_returns, p.giving_returns
    )
    givers = [
        (-priority(other.bonds[citizen].strength, kind, other.sex, citizen.partner is other, p.asked_first_women,
                   p.asked_first_partner),
         pair_word(choice, other.id & _ID_WORD), other.id, other)
        for other, bond in citizen.bonds.items()
        if bond.kind == kind and may_give(kind, other.need_level, other.invited) and other.spare > 0
    ]  # fmt: skip
    for _, _, _, giver in sorted(givers):
        offer = allowance(giver.spare, giver.capacity, share, giver.bonds[citizen].strength, ready)
        minutes = split(offer, citizen.unmet[_PERSONAL], citizen.unmet[_PRACTICAL], kind, p.volunteers_personal_share)
        for need, given in enumerate(minutes):
            citizen.unmet[need] -= given
            citizen.received[need][kind] += given
        giver.spare -= sum(minutes)
        giver.given += sum(minutes)
        if sum(minutes) > 0:
            thanks, tie = citizen.bonds[giver], giver.bonds[citizen]
            citizen.bonds[giver] = thanks._replace(strength=warmed(thanks.strength, sum(minutes), p.gratitude))
            giver.bonds[citizen] = tie._replace(strength=faded(tie.strength, kind, returns, p.one_sided_fades))
