"""Need moves between bands, and acute episodes lift anybody's need for some months.

Equation
    monthly chance of a band more = 1 - (1 - h(kind, sex, level, age, fifth))**(1/12) * modifiers, where later-life
    onset h grows as exp((age - 65) / growth_years); a band less likewise
    modifiers: more  * (1 + unmet_speeds_decline * unmet share + loneliness_speeds_decline * lonely + strain_harms * strain)
               less  * (1 + met_speeds_recovery * (1 - unmet share))
    minutes of need = hours(min(4, level + lift)) * 260, split into personal and practical
Reads    life, birth_month, sex, need_kind, need_level, lonely, strain, need and unmet (of last month), acute_months,
         acute_lift
Writes   need_level, acute_months, acute_lift, need
Chance   stream HEALTH, words 0 (move), 1 (episode), 2 (its length), 3 (its severity)
Source   Health Survey for England 2013, 2014, 2021; hours by band: Linked Lives; loneliness: Perissinotto et al. 2012
Limits   One band a month at most. No diagnosis; dementia and stroke are bands of need like any other.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from copro_sim.core.compiled import making, rule, whole
from copro_sim.core.draws import Stream, compiled_words, uniform, words_of_all
from copro_sim.core.params import Record
from copro_sim.core.units import MONTHS_PER_YEAR, monthly_minutes
from copro_sim.state.codes import Life, Need, NeedKind
from copro_sim.state.context import OLDEST, age_in_years
from copro_sim.state.needs import share_of, shares_unmet

_STREAM = int(Stream.HEALTH)
_ALIVE = int(Life.ALIVE)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_CRITICAL = 4
_LEVELS, _AGES, _FIFTHS = 5, OLDEST + 1, 5
_MOST_A_YEAR, MOST_A_MONTH = 0.95, 0.5
"""Chances of a move at most, whatever the parameters: a year without modifiers, a month with them."""

_LATER_LIFE_FROM, _EPISODES_DOUBLE_IN = 65, 12
"""Age at which the onset of later-life need is given, and from which acute episodes double in so many years: assumption."""

_CHILD_UNTIL, _CHILDS_PART = 16, 0.1
"""Part of the onset of mental ill-health that children have: assumption."""

_DEEPENING_OF_OTHERS = 0.3
"""As `deepening_ratio`, where need is not of later life: assumption."""

USUALLY_UNMET, USUALLY_LONELY = 0.22, 0.16
"""Mean share unmet of need, and of people who are lonely, in `usual`: near what runs of the past and the National Survey for
Wales have: assumption."""

_HSE = "Fitted to need for help by age and sex in the Health Survey for England 2014 and 2021"
_BANDS = "Need bands of the Linked Lives model (0/8/16/32/80 hours a week)"


class Params(NamedTuple):
    """How need comes, deepens and passes, and how many hours it means."""

    onset_at_65_percent: Annotated[float, Record(
        value=2.6, low=0.0, high=50.0, unit="percent a year", grade="derived", likely=(1.8, 4.0), source=_HSE,
        meaning="Chance a year that a man of 65 without need moves to the first band")]
    onset_growth_years: Annotated[float, Record(
        value=15.0, low=5.0, high=100.0, unit="years", likely=(12.0, 20.0), grade="derived", source=_HSE,
        meaning="Years of age over which onset and deepening grow by a factor e")]
    women_ratio: Annotated[float, Record(
        value=1.2, low=0.1, high=5.0, unit="ratio", likely=(1.0, 1.5), grade="derived", source=_HSE,
        meaning="Women's chance of a band more over men's of the same age")]
    deprivation_ratio: Annotated[float, Record(
        value=2.0, low=0.2, high=5.0, unit="ratio", likely=(1.5, 2.5),
        meaning="Chance of a band more in the most deprived fifth of communities over the least deprived fifth",
        source="Direction as in Census 2021 disability by deprivation; size assumed")]
    deepening_ratio: Annotated[float, Record(
        value=3.2, low=0.0, high=10.0, unit="ratio", likely=(1.5, 6.0), grade="derived", source=_HSE,
        meaning="Chance of moving up from a band of need over the chance of onset at the same age")]
    recovery_percent: Annotated[float, Record(
        value=10.0, low=0.0, high=90.0, unit="percent a year", grade="derived", likely=(7.0, 13.0),
        source="UKHLS 65+ by way of SimPaths: 0.144 a year at 75 in good health, 0.089 in fair health, less what met need adds",
        meaning="Chance a year that later-life need eases by a band when none of it is met")]
    mental_onset_ratio: Annotated[float, Record(
        value=25.0, low=0.0, high=100.0, unit="ratio", likely=(10.0, 40.0),
        meaning="Onset for people prone to mental ill-health at 40 or less "
        "over that of a man of 65; need of this kind does not grow with age")]
    mental_recovery_percent: Annotated[float, Record(
        value=40.0, low=0.0, high=95.0, unit="percent a year",
        meaning="Chance a year that need from mental ill-health eases by a band")]
    lifelong_move_percent: Annotated[float, Record(
        value=3.0, low=0.0, high=50.0, unit="percent a year",
        meaning="Chance a year that lifelong need changes by a band, up or down alike")]
    unmet_speeds_decline: Annotated[float, Record(
        value=0.5, low=0.0, high=5.0, unit="extra share when all need is unmet", likely=(0.0, 1.0),
        meaning="How much unmet need speeds decline", source="Sign assumed in Linked Lives; size assumed")]
    loneliness_speeds_decline: Annotated[float, Record(
        value=0.4, low=0.0, high=2.0, unit="extra share", grade="derived", likely=(0.0, 0.6),
        meaning="How much loneliness speeds decline",
        source="Adjusted rate ratio 1.59 (1.23-2.07) over six years, Perissinotto et al. 2012, shrunk: observational")]
    strain_harms: Annotated[float, Record(
        value=0.3, low=0.0, high=2.0, unit="extra share at full strain", likely=(0.0, 0.6),
        meaning="How much the strain of caring speeds a carer's own decline",
        source="Sign: deaths of strained spousal carers, Schulz and Beach 1999; later studies disagree, so size assumed")]
    met_speeds_recovery: Annotated[float, Record(
        value=0.3, low=0.0, high=5.0, unit="extra share when all need is met", likely=(0.0, 0.6),
        meaning="How much met need speeds recovery")]
    episode_percent: Annotated[float, Record(
        value=5.0, low=0.0, high=90.0, unit="percent a year", likely=(3.0, 7.0),
        meaning="Chance a year of an acute episode up to age 65; it doubles by 77 and again by 89")]
    episode_most_months: Annotated[int, Record(
        value=4, low=1, high=24, unit="months", meaning="Longest acute episode; each length is as likely")]
    episode_severe_share: Annotated[float, Record(
        value=0.3, low=0.0, high=1.0, unit="share", meaning="Share of episodes that lift need by two bands, not one")]
    low_hours_per_week: Annotated[float, Record(
        value=4.9, low=0.0, high=40.0, unit="hours a week", likely=(2.0, 10.0),
        meaning="Need in the low band", source=f"Below {_BANDS}, which counts only people in regular care")]
    moderate_hours_per_week: Annotated[float, Record(
        value=20.0, low=0.0, high=60.0, unit="hours a week", likely=(10.0, 30.0),
        meaning="Need in the moderate band", source=f"Below {_BANDS}, which counts only people in regular care")]
    substantial_hours_per_week: Annotated[float, Record(
        value=45.0, low=0.0, high=80.0, unit="hours a week", likely=(30.0, 70.0),
        meaning="Need in the substantial band", source=_BANDS)]
    critical_hours_per_week: Annotated[float, Record(
        value=89.0, low=0.0, high=96.0, unit="hours a week", likely=(70.0, 96.0),
        meaning="Need in the critical band", source=f"Below {_BANDS}: not everybody critical needs help by night")]
    low_personal_share: Annotated[float, Record(
        value=0.2, low=0.0, high=1.0, unit="share", meaning="Share of need in the low band that is personal")]
    critical_personal_share: Annotated[float, Record(
        value=0.55, low=0.0, high=1.0, unit="share",
        meaning="Share of need in the critical band that is personal; the bands between lie on a line")]  # fmt: skip


class Tables(NamedTuple):
    """Monthly chances and minutes of need."""

    more: np.ndarray[Any, Any]
    """Chance of a band more: [fifth, kind, sex, level, age]; one community reads one fifth, which so stays in cache."""
    less: np.ndarray[Any, Any]
    """Chance of a band less: [kind, level]."""
    episode: np.ndarray[Any, Any]
    """Chance of an acute episode: [age]."""
    minutes: np.ndarray[Any, Any]
    """Minutes of need a month: [level, need], int64."""


def _monthly(yearly: Any) -> np.ndarray[Any, Any]:
    return 1 - (1 - np.clip(yearly, 0.0, _MOST_A_YEAR)) ** (1 / MONTHS_PER_YEAR)


def tables(p: Params) -> Tables:
    """Return the hazards and hours that `p` means, computed once a run."""
    return Tables(_more(p), _less(p), _episode(p), _minutes(p))


def _more(p: Params) -> np.ndarray[Any, Any]:
    age = np.arange(_AGES)
    onset = p.onset_at_65_percent / 100
    yearly = np.zeros((_FIFTHS, len(NeedKind), 2, _LEVELS, _AGES))
    by_kind = {
        NeedKind.LATER_LIFE: onset * np.exp((age - _LATER_LIFE_FROM) / p.onset_growth_years),
        NeedKind.LIFELONG: np.full(_AGES, p.lifelong_move_percent / 100),
        NeedKind.MENTAL_HEALTH: onset * p.mental_onset_ratio * np.where(age < _CHILD_UNTIL, _CHILDS_PART, 1.0),
    }
    gradient = p.deprivation_ratio ** (np.linspace(1.0, -1.0, _FIFTHS) / 2)
    for kind, hazard in by_kind.items():
        deepening = p.deepening_ratio if kind == NeedKind.LATER_LIFE else _DEEPENING_OF_OTHERS
        level = np.array([1.0] + [deepening] * (_LEVELS - 2) + [0.0])
        if kind == NeedKind.LIFELONG:
            level = np.array([0.0, 1.0, 1.0, 1.0, 0.0])
        sex = np.array([1.0, p.women_ratio if kind == NeedKind.LATER_LIFE else 1.0])
        yearly[:, kind] = gradient[:, None, None, None] * sex[:, None, None] * level[:, None] * hazard
    return _monthly(yearly)


def _less(p: Params) -> np.ndarray[Any, Any]:
    percent = np.array([p.recovery_percent, p.lifelong_move_percent, p.mental_recovery_percent])
    yearly = np.repeat(percent[:, None] / 100, _LEVELS, axis=1)
    yearly[:, 0] = 0.0
    yearly[NeedKind.LIFELONG, 1] = 0.0
    return _monthly(yearly)


def _episode(p: Params) -> np.ndarray[Any, Any]:
    return _monthly(p.episode_percent / 100 * 2 ** (np.maximum(np.arange(_AGES) - _LATER_LIFE_FROM, 0) / _EPISODES_DOUBLE_IN))


def _minutes(p: Params) -> np.ndarray[Any, Any]:
    hours = [
        0.0, p.low_hours_per_week, p.moderate_hours_per_week, p.substantial_hours_per_week, p.critical_hours_per_week,
    ]  # fmt: skip
    total = np.array([monthly_minutes(h) for h in hours], np.int64)
    share = np.array([0.0, *np.linspace(p.low_personal_share, p.critical_personal_share, _LEVELS - 1)])
    personal = np.floor(total * share).astype(np.int64)
    return np.stack([personal, total - personal], axis=1)


def usual(p: Params, t: Tables) -> Tables:
    """Return the chances of moves of people whose need is met, and who are lonely, as is usual: what the start is drawn from."""
    unmet = np.where(np.arange(_LEVELS) > 0, USUALLY_UNMET, 0.0)[:, None]
    faster = 1.0 + p.unmet_speeds_decline * unmet + p.loneliness_speeds_decline * USUALLY_LONELY
    easier = 1.0 + p.met_speeds_recovery * (1.0 - USUALLY_UNMET)
    return t._replace(more=np.minimum(MOST_A_MONTH, t.more * faster), less=np.minimum(MOST_A_MONTH, t.less * easier))


def transition_matrix(t: Tables, kind: int, sex: int, age: int, fifth: int) -> np.ndarray[Any, Any]:
    """Return the monthly chances of moving from level (row) to level (column) without modifiers: a Markov chain."""
    more, less = t.more[fifth, kind, sex, :, age], t.less[kind]
    return np.diag(1 - more - less) + np.diag(more[:-1], 1) + np.diag(less[1:], -1)


@rule
def next_level(level, draw, more, less):
    """Return the need level after this month's move: up for the smallest draws, down for the largest, else the same."""
    if draw < more:
        return min(level + 1, _CRITICAL)
    if draw >= 1.0 - less:
        return max(level - 1, 0)
    return level


@rule
def hastened(more, unmet_share, lonely, strain, unmet_speeds, loneliness_speeds, strain_harms):
    """Return the chance of a band more, raised by unmet need and strain (0 to 1) and loneliness (0 or 1); at most 0.5."""
    return min(MOST_A_MONTH, more * (1.0 + unmet_speeds * unmet_share + loneliness_speeds * lonely + strain_harms * strain))


@rule
def eased(less, unmet_share, met_speeds):
    """Return the chance of a band less, raised by need that is met; at most 0.5."""
    return min(MOST_A_MONTH, less * (1.0 + met_speeds * (1.0 - unmet_share)))


@rule
def next_episode(months, lift, starts, length_draw, severity_draw, most_months, severe_share):
    """Return months left and bands of lift: one month less, or a new episode where none runs."""
    if months > 0:
        months -= 1
    if months > 0:
        return months, lift
    if not starts:
        return 0, 0
    return 1 + int(length_draw * most_months), 2 if severity_draw < severe_share else 1


@rule
def felt_level(level, lift, months):
    """Return the need level felt this month: lifted while an episode lasts, never above critical."""
    if months > 0:
        return min(level + lift, _CRITICAL)
    return level


@making
def columns(c, here, p, t):
    """Walk one community's arrays."""
    clock, month = here.clock, here.clock.month
    fifth = whole(here.communities.deprivation[here.number])
    drawn = words_of_all(clock.seed, _STREAM, c.id, clock.month, 0)
    unmet = shares_unmet(c)
    for i in range(c.id.size):
        if whole(c.life[i]) != _ALIVE:
            continue
        move, starts = uniform(whole(drawn[0, i])), uniform(whole(drawn[1, i]))
        length, severity = uniform(whole(drawn[2, i])), uniform(whole(drawn[3, i]))
        age = age_in_years(month, whole(c.birth_month[i]))
        kind, level = whole(c.need_kind[i]), whole(c.need_level[i])
        more = hastened(
            float(t.more[fifth, kind, whole(c.sex[i]), level, age]), unmet[i], whole(c.lonely[i]),
            float(c.strain[i]), p.unmet_speeds_decline, p.loneliness_speeds_decline, p.strain_harms,
        )  # fmt: skip
        level = next_level(level, move, more, eased(float(t.less[kind, level]), unmet[i], p.met_speeds_recovery))
        months, lift = next_episode(
            whole(c.acute_months[i]), whole(c.acute_lift[i]), starts < float(t.episode[age]), length, severity,
            p.episode_most_months, p.episode_severe_share,
        )  # fmt: skip
        c.need_level[i], c.acute_months[i], c.acute_lift[i] = level, months, lift
    for i in range(c.id.size):
        if whole(c.life[i]) == _ALIVE:
            felt = felt_level(whole(c.need_level[i]), whole(c.acute_lift[i]), whole(c.acute_months[i]))
            c.need[i, _PERSONAL] = t.minutes[felt, _PERSONAL]
            c.need[i, _PRACTICAL] = t.minutes[felt, _PRACTICAL]


def agents(community, p, t):
    """Walk one community's citizens."""
    clock = community.clock
    for citizen in community.living():
        move, starts, length, severity = compiled_words(clock.seed, _STREAM, citizen.id, clock.month, 0)
        age = age_in_years(clock.month, citizen.birth_month)
        kind, level = citizen.need_kind, citizen.need_level
        unmet = share_of(sum(citizen.unmet), sum(citizen.need))
        more = hastened(
            float(t.more[community.deprivation, kind, citizen.sex, level, age]), unmet, citizen.lonely,
            citizen.strain, p.unmet_speeds_decline, p.loneliness_speeds_decline, p.strain_harms,
        )  # fmt: skip
        less = eased(float(t.less[kind, level]), unmet, p.met_speeds_recovery)
        level = citizen.need_level = next_level(level, uniform(move), more, less)
        months, lift = next_episode(
            citizen.acute_months, citizen.acute_lift, uniform(starts) < t.episode[age], uniform(length),
            uniform(severity), p.episode_most_months, p.episode_severe_share,
        )  # fmt: skip
        citizen.acute_months, citizen.acute_lift = months, lift
        citizen.need = [int(minutes) for minutes in t.minutes[felt_level(level, lift, months)]]
