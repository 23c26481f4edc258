"""Zoom: a community lifted out of a run lives on as Mesa agents to exactly the future that it had in the run."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.engines import simulate
from copro_sim.engines.apart import alone
from copro_sim.state.codes import Life
from copro_sim.state.world import ACCOUNTS
from worlds import random_world

YEARS = 3
NUMBER = 2


@pytest.fixture(scope="module")
def results():
    """Return a run of four communities in two councils."""
    changes = {"population.citizens": 1_800, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff"]}
    return cs.run(cs.load_scenario("co-production").replace(changes), seed=6, years=YEARS)


@pytest.fixture(scope="module")
def aprils(results):
    """Return the run's whole state at the end of each year lived."""
    begin = simulate.start(results.scenario, seed=results.seed)
    return [year.state for year in simulate.years(begin, seed=results.seed, count=YEARS)]


def same(community, whole, number):
    """Say where a state of one community differs from that community in the state of all."""
    one, other = community.content(), alone(whole, number).content()
    different = [name for name in one if not np.array_equal(one[name], other[name])]
    return different + [n for n in ACCOUNTS if getattr(community.communities, n)[0] != getattr(whole.communities, n)[number]]


@pytest.mark.parametrize("year", [2013, 2014, 2015])
def test_a_zoomed_community_lives_what_it_lived_in_the_run(results, aprils, year):
    model = cs.zoom(results, community=NUMBER, year=year)
    assert isinstance(model, cs.CareModel)
    for whole in aprils[year - 2013 :]:
        for _ in range(12):
            model.step()
        assert same(model.to_state(), whole, NUMBER) == []
        assert model.month == whole.month
    assert same(model.to_state(), results.state, NUMBER) == []
    with pytest.raises(ValueError, match="the run ended in March 2016: run more years"):
        model.step()


def test_months_are_those_of_the_run(results):
    """What both of a council's communities count each month adds up to the council's tallies."""
    pair = [cs.zoom(results, community=number, year=2014) for number in np.flatnonzero(results.state.communities.authority == 1)]
    for month in range(12, 24):
        for model in pair:
            model.step()
        counted = sum(model.cells.sum(axis=(0, 1, 2)) for model in pair)
        assert (counted == results.tallies.month[month, 1]).all()


def test_the_end_of_the_run_can_be_looked_at_and_a_community_named_by_its_id(results):
    name = int(results.citizens()["community"].iloc[-1])
    model = cs.zoom(results, community=name, year=2013 + YEARS)
    last = len(results.state.communities.id) - 1
    assert model.communities[0].id == name == results.state.communities.id[last]
    assert same(model.to_state(), results.state, last) == []
    assert len(model.citizens) == (results.state.community(last).life == Life.ALIVE).sum()


@pytest.mark.parametrize("community", [-1, 4, 10**30])
def test_a_community_that_is_not_there_is_refused(results, community):
    with pytest.raises(ValueError, match=rf"community {community} is not there: give a number from 0 to 3, or one of the ids"):
        cs.zoom(results, community=community, year=2013)


@pytest.mark.parametrize("year", [2012, 2017])
def test_a_year_that_is_not_there_is_refused(results, year):
    with pytest.raises(ValueError, match=rf"year {year} is not there: the run was lived from April 2013 to March 2016"):
        cs.zoom(results, community=0, year=year)


def test_a_council_or_a_month_as_text_is_refused_in_words(results):
    with pytest.raises(ValueError, match=r'community = "Ceredigion" +must be a number from 0, or an id') as refused:
        cs.zoom(results, community="Ceredigion", year="2015-04")
    assert 'year = "2015-04"' in str(refused.value)


def test_a_community_alone_is_a_copy():
    world = random_world(3, (30, 20, 10))
    before = world.content_hash()
    one = alone(world, 1)
    assert (len(one.communities.id), len(one.citizens.id)) == (1, 20)
    one.citizens.wellbeing[:] = 0
    one.communities.issuer[:] = 7
    assert world.content_hash() == before
