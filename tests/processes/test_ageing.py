"""Ageing: the life table, held whatever need does to it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.params import defaults
from copro_sim.engines import agents, kernels
from copro_sim.engines.agents import Society
from copro_sim.processes import ageing
from copro_sim.processes.ageing import Params, dies, grieving, tables
from copro_sim.processes.tally import Tally
from copro_sim.state.context import age_in_years
from laws import default_parameters, some_policy, tables_for
from worlds import random_world

own = defaults(Params)
yearly = np.linspace(0.001, 0.4, 106)[None, None, :].repeat(2, axis=1).repeat(3, axis=0)


def test_twelve_months_make_the_life_tables_year():
    """With nobody in need and the UK's own rate: 1 - (1 - q)**12 of the monthly chance is the yearly one."""
    nobody = np.zeros((2, 106, 5))
    nobody[..., 0] = 1.0
    t = tables(own._replace(wales_ratio=1.0), yearly, nobody)
    assert 1 - (1 - t.death[:, :, 0]) ** 12 == pytest.approx(yearly, abs=1e-12)


@given(ratio=st.floats(1, 3), shares=st.lists(st.floats(0.05, 1), min_size=5, max_size=5))
def test_the_average_over_need_levels_stays_the_life_tables(ratio, shares):
    levels = np.tile(np.array(shares) / sum(shares), (2, 106, 1))
    low = yearly / 50
    t = tables(own._replace(wales_ratio=1.0, need_ratio=ratio), low, levels)
    by_level = 1 - (1 - t.death) ** 12
    assert (by_level.transpose(0, 1, 3, 2) * levels).sum(axis=-1) == pytest.approx(low, rel=1e-9)
    assert (np.diff(t.death, axis=2) >= 0).all()


def test_ages_are_completed_years_and_end_at_105():
    assert age_in_years(0, 0) == 0
    assert age_in_years(0, -11) == 0
    assert age_in_years(0, -12) == 1
    assert age_in_years(360, -1_200) == 105


def test_death_comes_below_its_chance():
    assert dies(0.01, 0.02)
    assert not dies(0.02, 0.02)
    assert not dies(0.0, 0.0)


def test_the_longer_and_the_stronger_episode_holds():
    assert grieving(0, 0, 3, 1) == (3, 1)
    assert grieving(5, 1, 3, 2) == (5, 2)


def test_years_after_the_last_of_the_table_are_as_the_last():
    p, world = default_parameters(), random_world(3, (300,))
    t = tables_for(p)
    deaths = []
    for year in (len(t.ageing.death) - 1, 90):
        state = replace(world.copy(), month=12 * year)
        state.citizens.birth_month[:] = state.month - 12 * 40
        _, counts = kernels.live_year(state, some_policy(), p, t, seed=1)
        _, by_agents = agents.live_year(state, some_policy(), p, t, seed=1)
        assert (counts.month == by_agents.month).all()
        deaths.append(int(counts.month[..., Tally.DEATHS].sum()))
    assert all(0 < count < 40 for count in deaths)


def test_each_sex_dies_by_its_own_table():
    p = default_parameters()
    for dying in (0, 1):
        death = np.zeros((31, 2, 5, 106))
        death[:, dying] = 1.0
        society = Society(random_world(3, (60,)), p, tables_for(p)._replace(ageing=ageing.Tables(death)), seed=5)
        before = {citizen.id: citizen.sex for citizen in society.citizens}
        society.live_month(some_policy())
        left = {citizen.id for citizen in society.citizens} & set(before)
        assert left
        assert all(before[who] != dying for who in left)
