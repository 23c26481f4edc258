"""Who lives in a community: ids, sex and age by systematic sample, traits, need from the long run, inner state."""

from copro_sim.core.compiled import walk, whole
from copro_sim.core.draws import new_id, uniform
from copro_sim.core.units import MONTHS_PER_YEAR
from copro_sim.population import luck as chance
from copro_sim.processes.asking import own_level
from copro_sim.processes.outlook import held, own_content
from copro_sim.scenario.evidence import AGES
from copro_sim.state.codes import IdKind, Life, Need, Sex
from copro_sim.state.columns import NOBODY
from copro_sim.state.context import turn_of
from copro_sim.state.needs import kind_of

_COMMUNITY, _FOUNDER = int(IdKind.COMMUNITY), int(IdKind.FOUNDER)
_ALIVE, _FEMALE = int(Life.ALIVE), int(Sex.FEMALE)
_PERSONAL, _PRACTICAL = int(Need.PERSONAL), int(Need.PRACTICAL)
_RANKS = 250
_CRITICAL = 4
_BELONGING_LEAST, _BELONGING_RANGE = 0.5, 0.2
_AGENCY, _TRUST = 0.6, 0.5
_WELLBEING_PER_LEVEL = 0.3
"""Wellbeing lost at the start with each band of need: assumption; the first months correct it."""

_MEANS_STEP = 0.15
"""How much likelier capital above the limit is with each fifth less deprived, as a share of the middle: assumption."""

_MIDDLE_FIFTH = 2


@walk
def arrive(c, homes, communities, number, councils, tables, seed):
    """Give the community its id and everybody an id, a sex and a month of birth; men first, then by age.

    The persons of a council are one systematic sample of its residents, dealt out to its communities in turn.
    """
    council = whole(communities.authority[number])
    rank = number - whole(councils.first[council])
    community = new_id(seed, _COMMUNITY, whole(councils.place[council]), 0, rank)
    communities.id[number] = community
    cell = 0
    for i in range(c.id.size):
        at = rank + i * whole(councils.communities[council])
        point = (float(councils.offset[council]) + at) / whole(councils.citizens[council])
        while point >= float(councils.cells[council, cell]) and cell < 2 * AGES - 1:
            cell += 1
        c.id[i] = new_id(seed, _FOUNDER, community, 0, i)
        c.life[i], c.partner[i], c.turn[i] = _ALIVE, NOBODY, turn_of(whole(c.id[i]))
        c.sex[i], homes.age[i] = cell // AGES, cell % AGES
        chance.draw(homes.luck, i, seed, c.id[i])
        traits(c, homes, i)
    count_women(c, homes)


@walk
def count_women(c, homes):
    """Note where the women of each age begin, for people stored men first, then by age."""
    for age in range(homes.women_from.size):
        homes.women_from[age] = c.id.size
    for i in range(c.id.size - 1, -1, -1):
        if whole(c.sex[i]) == _FEMALE:
            for age in range(homes.age[i] + 1):
                if homes.women_from[age] <= i:
                    break
                homes.women_from[age] = i


@walk
def traits(c, homes, i):
    """Give somebody a month of birth and the ranks that last a life."""
    c.birth_month[i] = -MONTHS_PER_YEAR * homes.age[i] - ((homes.luck[i, chance.BIRTH] * MONTHS_PER_YEAR) >> 32)
    c.work_rank[i] = (homes.luck[i, chance.WORK] * _RANKS) >> 32
    c.reserve[i] = (homes.luck[i, chance.RESERVE] * _RANKS) >> 32
    c.contentment[i] = (homes.luck[i, chance.CONTENTMENT] * _RANKS) >> 32
    c.sociable[i] = (homes.luck[i, chance.SOCIABLE] * _RANKS) >> 32


@walk
def endow(c, homes, fifth, welsh, tables, p):
    """Give everybody language, means and need, once households stand."""
    heads = homes.size
    heads[:] = -1
    for i in range(c.id.size):
        if heads[homes.home[i]] < 0:
            heads[homes.home[i]] = i
        head = heads[homes.home[i]]
        c.prefers_welsh[i] = 1 if uniform(homes.luck[head, chance.LANGUAGE]) < welsh else 0
        rich = float(tables.means[homes.age[i]]) * (1.0 + _MEANS_STEP * (fifth - _MIDDLE_FIFTH))
        c.above_means[i] = 1 if uniform(homes.luck[head, chance.MEANS]) < rich else 0
        _need(c, homes, i, fifth, tables, p)


@walk
def feel(c, homes, tables):
    """Give everybody an inner state, once need is known."""
    for i in range(c.id.size):
        c.reluctance[i] = own_level(whole(c.reserve[i]), tables.own_reluctance, tables.reluctance_spread)
        c.around[i] = c.reluctance[i]
        content = own_content(whole(c.contentment[i]), tables.own_wellbeing, tables.wellbeing_spread)
        c.wellbeing[i] = held(content - _WELLBEING_PER_LEVEL * whole(c.need_level[i]), 0.0, 10.0)
        c.belonging[i] = _BELONGING_LEAST + _BELONGING_RANGE * uniform(homes.luck[i, chance.BELONGING])
        c.agency[i], c.trust[i] = _AGENCY, _TRUST


@walk
def _need(c, homes, i, fifth, tables, p):
    """Give somebody a kind and level of need from the long run, and the minutes that it means."""
    kind = kind_of(uniform(homes.luck[i, chance.KIND]), p.lifelong_percent, p.mental_percent)
    level, draw = 0, uniform(homes.luck[i, chance.LEVEL])
    while level < _CRITICAL and draw >= tables.levels[kind, whole(c.sex[i]), fifth, homes.age[i], level]:
        level += 1
    c.need_kind[i], c.need_level[i] = kind, level
    need_at(c, i, tables)


@walk
def need_at(c, i, tables):
    """Give somebody the minutes that his or her level of need means."""
    c.need[i, _PERSONAL] = tables.minutes[whole(c.need_level[i]), _PERSONAL]
    c.need[i, _PRACTICAL] = tables.minutes[whole(c.need_level[i]), _PRACTICAL]
