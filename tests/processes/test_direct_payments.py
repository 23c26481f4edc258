"""Direct payments: harm worked by hand, less with company and in a circle, none at zero, and only for holders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.engines.agents import Society
from copro_sim.processes import direct_payments
from copro_sim.processes.direct_payments import chance_of_harm, company_of, next_harmed
from copro_sim.state.codes import Mode
from copro_sim.state.context import Clock
from laws import default_parameters, tables_for
from worlds import random_world

ALONE, CIRCLE = int(Mode.DIRECT_PAYMENT), int(Mode.CITIZEN_DIRECTED)
unit = st.floats(0, 1)


def test_harm_worked_by_hand():
    assert chance_of_harm(ALONE, 0.0, 0.024, 0.7, 0.5) == pytest.approx(0.002)
    assert chance_of_harm(ALONE, 1.0, 0.024, 0.7, 0.5) == pytest.approx(0.0006)
    assert chance_of_harm(CIRCLE, 1.0, 0.024, 0.7, 0.5) == pytest.approx(0.0003)
    assert company_of(3, 6.0) == 0.5
    assert company_of(9, 6.0) == 1.0
    assert [next_harmed(5, False, 12), next_harmed(0, False, 12), next_harmed(5, True, 12)] == [4, 0, 12]


@given(one=unit, other=unit, harm=unit, protect=unit, circle=unit)
def test_more_company_never_means_more_harm_nor_a_circle(one, other, harm, protect, circle):
    few, many = sorted((one, other))
    assert chance_of_harm(ALONE, many, harm, protect, circle) <= chance_of_harm(ALONE, few, harm, protect, circle)
    assert 0.0 <= chance_of_harm(CIRCLE, few, harm, protect, circle) <= chance_of_harm(ALONE, few, harm, protect, circle)
    assert chance_of_harm(CIRCLE, few, harm, protect, 0.0) == chance_of_harm(ALONE, few, harm, protect, 0.0)
    assert chance_of_harm(ALONE, few, 0.0, protect, circle) == 0.0


def harmed_after_a_year(mode, **strengths):
    p = default_parameters(direct_payments={"harm": 1.0} | strengths)
    society = Society(random_world(5, (300,)), p, tables_for(p), seed=5)
    community = society.communities[0]
    for citizen in community.citizens:
        citizen.mode, citizen.harmed = mode, 0
    for month in range(12):
        community.clock = Clock(5, month, 0)
        direct_payments.agents(community, p.direct_payments)
    return {citizen.id: (citizen.harmed > 0, citizen.bonds_beyond_home()) for citizen in community.citizens}


def test_harm_falls_with_bonds_is_less_in_a_circle_and_spares_others():
    alone, circle = harmed_after_a_year(ALONE), harmed_after_a_year(CIRCLE)
    few = [hurt for hurt, bonds in alone.values() if bonds <= 2]
    many = [hurt for hurt, bonds in alone.values() if bonds >= 5]
    assert min(len(few), len(many)) > 20
    assert np.mean(few) > np.mean(many)
    assert all(alone[who][0] for who, (hurt, _) in circle.items() if hurt)
    assert 0 < sum(hurt for hurt, _ in circle.values()) < sum(hurt for hurt, _ in alone.values())
    assert harmed_after_a_year(CIRCLE, circle_protects=0.0) == alone
    for mode in (Mode.NONE, Mode.ARRANGED, Mode.RESIDENTIAL):
        assert not any(hurt for hurt, _ in harmed_after_a_year(int(mode)).values())
