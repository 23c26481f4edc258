"""Carers' assessments: offered, taken up, respite; none without the council's offer, and only for long hours."""

import pytest

from copro_sim.engines.agents import Society
from copro_sim.processes import carers
from copro_sim.processes.carers import known_as_carer, next_respite, outcome
from copro_sim.processes.strain import borne
from copro_sim.state.codes import Assessed
from copro_sim.state.context import Clock, has_turn, orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


def test_an_assessment_worked_by_hand():
    assert known_as_carer(2_601, 10.0)
    assert not known_as_carer(2_600, 10.0)
    assert outcome(0.2, 0.0, 0.2, 0.5) == Assessed.NONE
    assert outcome(0.1, 0.5, 0.2, 0.5) == Assessed.OFFERED
    assert outcome(0.1, 0.4, 0.2, 0.5) == Assessed.TAKEN_UP
    assert [next_respite(0, False, 12), next_respite(3, False, 12), next_respite(0, True, 12)] == [0, 2, 12]


def test_respite_lightens_what_is_borne_and_may_do_nothing():
    assert borne(1_000, 3, 0.3) == pytest.approx(700.0)
    assert borne(1_000, 0, 0.3) == borne(1_000, 3, 0.0) == 1_000.0


def lived(offered, **strengths):
    p = default_parameters(carers=strengths)
    community = Society(random_world(5, (240,)), p, tables_for(p), seed=5).communities[0]
    community.clock = Clock(5, 7, 0)
    community.orders = orders_for(some_policy(carers_offered=offered), 7, 0)
    for k, citizen in enumerate(community.citizens):
        citizen.given, citizen.respite = (6_000 if k % 2 else 100), 0
    carers.agents(community, p.carers)
    return community.citizens


def test_only_carers_of_long_hours_in_their_turn_are_assessed():
    citizens = lived(1.0, take_up=1.0, respite=1.0)
    for citizen in citizens:
        due = citizen.given > 2_600 and has_turn(citizen.turn, 7)
        assert citizen.assessed == (Assessed.TAKEN_UP if due else Assessed.NONE)
        assert citizen.respite == (12 if due else 0)
    assert any(citizen.respite for citizen in citizens)


def test_at_zero_nobody_is_offered_takes_up_or_gets_respite():
    assert not any(citizen.assessed for citizen in lived(0.0, take_up=1.0))
    assert {citizen.assessed for citizen in lived(1.0, take_up=0.0)} == {Assessed.NONE, Assessed.OFFERED}
    assert not any(citizen.respite for citizen in lived(1.0, take_up=1.0, respite=0.0))
