"""How life is seen: wellbeing by cause, belonging, voice and control, trust in the council, and loneliness.

Equation
    each moves by `pace` of the gap to its target a month
    wellbeing  own - unmet_weight * unmet share - strain_weight * strain - lonely_weight * lonely
               + giving_weight * gave through the group or on invitation + belonging_weight * (belonging - 1/2)
               + agency_weight * (agency - 1/2)
    belonging  half + member_belonging if something was exchanged
               + company_belonging * (min(1, bonds / 10) - usual share of that)
    agency     own_agency, less service_takes where arranged the old way, more voice_adds where co-produced
    trust      one half, less refusal or waiting, more where supported
    lonely     bonds + kin elsewhere / 2 below company_needed, from school age
Reads    life, birth_month, unmet, need, need_level, given, credit_given, credit_received, invited, mode, practice, waiting,
         refused, strain, bonds, kin_elsewhere, contentment, harmed
Writes   wellbeing, belonging, agency, trust, lonely
Chance   none
Source   Life satisfaction in Wales 7.4 to 7.5 (ONS personal well-being 2021-23); loneliness 16 percent (National Survey
         for Wales 2017-18); weights are assumptions with ranges
Limits   Causes add up; no adaptation; natural help has no warm glow of its own, so that a cut cannot cheer anybody up.
"""

from typing import Annotated, NamedTuple

from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.state.codes import Life, Mode, Practice
from copro_sim.state.context import FRIENDS_FROM
from copro_sim.state.needs import share_of, shares_unmet

_ALIVE, _NONE = int(Life.ALIVE), int(Mode.NONE)
_DIRECT_PAYMENT, _CITIZEN_DIRECTED = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED)
_CO_PRODUCED = int(Practice.CO_PRODUCED)
_RANKS, _FULL_COMPANY, _FRIENDS_AFTER = 250.0, 10.0, FRIENDS_FROM * MONTHS_PER_YEAR
_MIDDLE = 0.5
"""Of a rank, of all ranks from 0 to 1, and of belonging and agency, from which they add to wellbeing or take from it."""

_USUAL_BELONGING, _USUAL_TRUST = 0.5, 0.5
"""With usual company, and without any dealings with the council: assumption."""

_BAD_AS_REFUSAL = 12.0
"""Months of waiting that cost as much trust as a refusal: assumption."""

_KIN_ELSEWHERE = 0.5
"""Bonds as which close kin outside the community count as company: assumption."""

_BEST_LIFE = 10.0
_USUAL_COMPANY = 0.7
"""Mean of bonds / 10, at most 1, in the founders' population: belonging is half on average."""


class Params(NamedTuple):
    """What moves how life is seen, and how far."""

    own_wellbeing: Annotated[float, Record(
        value=7.6, low=0.0, high=10.0, unit="0 to 10", likely=(7.2, 8.2), grade="derived",
        meaning="Mean life satisfaction of people whom nothing below moves", source="ONS: 7.42 to 7.48 in Wales, all in")]
    wellbeing_spread: Annotated[float, Record(
        value=3.0, low=0.0, high=10.0, unit="0 to 10", meaning="Own life satisfaction, most against least content")]
    pace: Annotated[float, Record(
        value=0.15, low=0.0, high=1.0, unit="share of the gap a month", likely=(0.1, 0.25),
        meaning="Pace at which all of these move")]
    unmet_weight: Annotated[float, Record(
        value=2.0, low=0.0, high=10.0, unit="0 to 10", likely=(1.0, 3.0),
        meaning="Wellbeing lost when all need is unmet",
        source="Anxiety 4.27 in disabled against 2.66 in other people (ONS 2019) bounds the order of magnitude")]
    strain_weight: Annotated[float, Record(
        value=1.0, low=0.0, high=10.0, unit="0 to 10", likely=(0.5, 1.5),
        meaning="Wellbeing lost by a wholly strained carer, who gives twice what can be kept up",
        source="28 percent of carers in bad mental health, Carers Wales 2023: self-selected, so assumed")]
    lonely_weight: Annotated[float, Record(
        value=0.8, low=0.0, high=10.0, unit="0 to 10", likely=(0.4, 1.2), meaning="Wellbeing lost by being lonely")]
    company_needed: Annotated[float, Record(
        value=4.5, low=0.0, high=15.0, unit="bonds", likely=(3.5, 5.5), grade="derived",
        meaning="Bonds (kin elsewhere count half) below "
        "which somebody is lonely", source="Set to give 16 percent lonely, National Survey for Wales 2017-18")]
    giving_weight: Annotated[float, Record(
        value=0.2, low=0.0, high=5.0, unit="0 to 10", likely=(0.0, 0.4), role="co-production", sign_seen=True,
        meaning="Wellbeing gained by giving through a group, or by people with needs who were invited and give",
        source="Volunteering and health: positive associations, self-selected (Jenkinson et al. 2013)")]
    member_belonging: Annotated[float, Record(
        value=0.2, low=0.0, high=0.5, unit="0 to 1", likely=(0.0, 0.4), role="co-production", sign_seen=True,
        meaning="Belonging added by exchanging through the group")]
    company_belonging: Annotated[float, Record(
        value=0.1, low=0.0, high=0.5, unit="0 to 1", likely=(0.0, 0.2),
        meaning="Belonging of people with ten bonds or more over that of people without any")]
    belonging_weight: Annotated[float, Record(
        value=1.0, low=0.0, high=10.0, unit="0 to 10", likely=(0.4, 1.6),
        meaning="Wellbeing gained by belonging wholly rather than not at all")]
    own_agency: Annotated[float, Record(
        value=0.6, low=0.0, high=1.0, unit="0 to 1", meaning="Voice and control of people without council support")]
    service_takes: Annotated[float, Record(
        value=0.15, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.3), role="conventional harm", sign_seen=True,
        meaning="Voice and control lost by people whose support is arranged for them",
        source="30 percent of English service users had as much control as they wanted (ASCS 2011-12)")]
    voice_adds: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.4), role="co-production", sign_seen=True,
        meaning="Voice and control added by a co-produced assessment, up to what service takes and beyond")]
    control_adds: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="0 to 1", likely=(0.0, 0.2), role="co-production", sign_seen=True,
        meaning="Voice and control gained by a direct payment, instead of what arranged service takes")]
    distress_weight: Annotated[float, Record(
        value=0.2, low=0.0, high=10.0, unit="0 to 10", likely=(0.0, 0.4),
        meaning="Wellbeing lost by managing a direct payment alone: forms, wages, nobody to turn to")]
    harm_weight: Annotated[float, Record(
        value=1.5, low=0.0, high=10.0, unit="0 to 10", likely=(0.5, 2.5),
        meaning="Wellbeing lost while a harm done by an assistant weighs")]
    agency_weight: Annotated[float, Record(
        value=1.0, low=0.0, high=10.0, unit="0 to 10", likely=(0.4, 1.6),
        meaning="Wellbeing gained by full voice and control rather than none")]
    turned_away: Annotated[float, Record(
        value=0.4, low=0.0, high=1.0, unit="0 to 1", meaning="Trust lost by being refused or left waiting a year")]
    supported: Annotated[float, Record(
        value=0.1, low=0.0, high=1.0, unit="0 to 1", meaning="Trust gained by being supported")]  # fmt: skip


@rule
def towards(now, target, pace):
    """Return a step from `now` towards `target`."""
    return now + pace * (target - now)


@rule
def contributed(credit_given, given, need_level, invited):
    """Return 1 if somebody gave through the group, or with needs of one's own and on invitation; else 0."""
    return 1.0 if credit_given > 0 or (given > 0 and need_level > 0 and invited == 1) else 0.0


@rule
def burdens(unmet_share, unmet_weight, strain, strain_weight, lonely, lonely_weight):
    """Return wellbeing lost to unmet need, the strain of caring and loneliness."""
    return unmet_weight * unmet_share + strain_weight * strain + lonely_weight * lonely


@rule
def troubles(mode, harmed, distress_weight, harm_weight):
    """Return wellbeing lost to managing a direct payment alone, and to a harm that an assistant has done."""
    return (distress_weight if mode == _DIRECT_PAYMENT else 0.0) + (harm_weight if harmed > 0 else 0.0)


@rule
def gains(gave, giving_weight, belonging, belonging_weight, agency, agency_weight):
    """Return wellbeing gained from giving, belonging and agency; negative below one half of the latter two."""
    return giving_weight * gave + belonging_weight * (belonging - _MIDDLE) + agency_weight * (agency - _MIDDLE)


@rule
def own_content(rank, own_wellbeing, spread):
    """Return one's own life satisfaction, by personal rank (0 to 249)."""
    return own_wellbeing + spread * ((rank + _MIDDLE) / _RANKS - _MIDDLE)


@rule
def held(value, low, high):
    """Return `value` held between `low` and `high`."""
    return min(high, max(low, value))


@rule
def belonging_target(exchanged, bonds, member_belonging, company_belonging):
    """Return belonging, 0 to 1, that (not) exchanging through the group and company lead to; half with usual company."""
    company = company_belonging * (min(1.0, bonds / _FULL_COMPANY) - _USUAL_COMPANY)
    return min(1.0, max(0.0, _USUAL_BELONGING + company + (member_belonging if exchanged else 0.0)))


@rule
def agency_target(mode, practice, own_agency, service_takes, voice_adds, control_adds):
    """Return voice and control, 0 to 1, that one's support leads to."""
    target = own_agency
    if mode in (_DIRECT_PAYMENT, _CITIZEN_DIRECTED):
        target += control_adds
    elif mode != _NONE:
        target -= service_takes
    if practice == _CO_PRODUCED:
        target += voice_adds
    return min(1.0, max(0.0, target))


@rule
def trust_target(refused, waiting, mode, turned_away, supported):
    """Return trust in the council, 0 to 1, that its answer leads to; waiting a year is as bad as refusal."""
    target = _USUAL_TRUST
    if refused == 1:
        target -= turned_away
    elif waiting > 0:
        target -= turned_away * min(1.0, waiting / _BAD_AS_REFUSAL)
    if mode != _NONE:
        target += supported
    return min(1.0, max(0.0, target))


@rule
def is_lonely(months_old, bonds, kin_elsewhere, company_needed):
    """Return 1 if bonds and kin elsewhere are less company than needed, else 0; below school age home is company enough."""
    return 1 if (months_old >= _FRIENDS_AFTER) & (bonds + _KIN_ELSEWHERE * kin_elsewhere < company_needed) else 0


@making
def columns(c, here, p):
    """Walk one community's arrays."""
    panel_agency, panel_trust, month = here.orders.panel_agency, here.orders.panel_trust, here.clock.month
    unmet = shares_unmet(c)
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        mode, practice, invited = whole(c.mode[i]), whole(c.practice[i]), whole(c.invited[i])
        given, credit_given = whole(c.given[i]), whole(c.credit_given[i])
        exchanged = credit_given + whole(c.credit_received[i]) > 0
        target = belonging_target(exchanged, whole(c.bonds[i]), p.member_belonging, p.company_belonging)
        belonging = towards(float(c.belonging[i]), target, p.pace)
        target = agency_target(mode, practice, p.own_agency, p.service_takes, p.voice_adds, p.control_adds)
        agency = held(towards(float(c.agency[i]), target, p.pace) + panel_agency, 0.0, 1.0)
        target = trust_target(whole(c.refused[i]), whole(c.waiting[i]), mode, p.turned_away, p.supported)
        lonely = is_lonely(month - whole(c.birth_month[i]), whole(c.bonds[i]), whole(c.kin_elsewhere[i]), p.company_needed)
        loss = burdens(unmet[i], p.unmet_weight, float(c.strain[i]), p.strain_weight, lonely, p.lonely_weight)
        gave = contributed(credit_given, given, whole(c.need_level[i]), invited)
        gain = gains(gave, p.giving_weight, belonging, p.belonging_weight, agency, p.agency_weight)
        content = own_content(whole(c.contentment[i]), p.own_wellbeing, p.wellbeing_spread)
        loss += troubles(mode, whole(c.harmed[i]), p.distress_weight, p.harm_weight)
        c.wellbeing[i] = towards(float(c.wellbeing[i]), held(content - loss + gain, 0.0, _BEST_LIFE), p.pace)
        c.trust[i] = held(towards(float(c.trust[i]), target, p.pace) + panel_trust, 0.0, 1.0)
        c.belonging[i], c.agency[i], c.lonely[i] = belonging, agency, lonely


def agents(community, p):
    """Walk one community's citizens."""
    panel_agency, panel_trust = community.orders.panel_agency, community.orders.panel_trust
    for citizen in community.living():
        exchanged = citizen.credit_given + citizen.credit_received > 0
        target = belonging_target(exchanged, len(citizen.bonds), p.member_belonging, p.company_belonging)
        citizen.belonging = towards(citizen.belonging, target, p.pace)
        target = agency_target(
            citizen.mode, citizen.practice, p.own_agency, p.service_takes, p.voice_adds, p.control_adds
        )
        citizen.agency = held(towards(citizen.agency, target, p.pace) + panel_agency, 0.0, 1.0)
        target = trust_target(citizen.refused, citizen.waiting, citizen.mode, p.turned_away, p.supported)
        citizen.trust = held(towards(citizen.trust, target, p.pace) + panel_trust, 0.0, 1.0)
        months_old = community.clock.month - citizen.birth_month
        citizen.lonely = is_lonely(months_old, len(citizen.bonds), citizen.kin_elsewhere, p.company_needed)
        unmet = share_of(sum(citizen.unmet), sum(citizen.need))
        loss = burdens(unmet, p.unmet_weight, citizen.strain, p.strain_weight, citizen.lonely, p.lonely_weight)
        gave = contributed(citizen.credit_given, citizen.given, citizen.need_level, citizen.invited)
        gain = gains(gave, p.giving_weight, citizen.belonging, p.belonging_weight, citizen.agency, p.agency_weight)
        content = own_content(citizen.contentment, p.own_wellbeing, p.wellbeing_spread)
        loss += troubles(citizen.mode, citizen.harmed, p.distress_weight, p.harm_weight)
        citizen.wellbeing = towards(citizen.wellbeing, held(content - loss + gain, 0.0, _BEST_LIFE), p.pace)
