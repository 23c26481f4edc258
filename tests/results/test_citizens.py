"""The table of citizens: who died is not in it, and nobody is in it twice."""

from copro_sim.results.citizens import citizens_of
from copro_sim.state.codes import Life
from tests.results.fakes import COUNCILS, random_world


def test_only_the_living_are_listed():
    state = random_world(3, (20, 25)).later(12)
    state.citizens.life[4], state.citizens.life[30] = Life.EMPTY, Life.DIED
    gone = set(state.citizens.id[[4, 30]].tolist())
    citizens = citizens_of(state, COUNCILS)
    assert len(citizens) == 43
    assert not gone & set(citizens["id"])
    assert {"male", "female"} == set(citizens["sex"])
    assert {"none", "arranged"} >= set(citizens["mode"])
    assert not citizens.isna().any().any()
