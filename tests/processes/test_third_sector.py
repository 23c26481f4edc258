"""The third sector: practical help worked by hand, in both walks, never personal and never beyond need."""

from copro_sim.engines.agents import Society
from copro_sim.processes import third_sector
from copro_sim.processes.third_sector import helped, reached
from copro_sim.state.codes import Need, Source
from copro_sim.state.context import orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


def test_help_worked_by_hand():
    assert [helped(100, 30.9), helped(20, 30.9), helped(0, 30.9)] == [30, 20, 0]


def test_who_is_reached_worked_by_hand():
    assert [reached(draw, 30.0, 120.0) for draw in (0.0, 0.249, 0.25, 0.9)] == [True, True, False, False]
    assert reached(0.999, 200.0, 120.0)  # more than there are people to visit
    assert not reached(0.0, 0.0, 120.0)
    assert not reached(0.0, 30.0, 0.5)


def lived(minutes, visit):
    p = default_parameters()
    community = Society(random_world(5, (400,)), p, tables_for(p), seed=5).communities[0]
    community.orders = orders_for(some_policy(third_sector_minutes=minutes, third_sector_visit=visit), 0, 0)
    before = {}
    for k, citizen in enumerate(community.citizens):
        citizen.unmet, citizen.received = [500, 20 * (k % 5)], [[0] * len(Source), [0] * len(Source)]
        before[citizen.id] = citizen.unmet[Need.PRACTICAL]
    third_sector.agents(community)
    return community.citizens, before


def test_who_is_reached_gets_a_visit_and_others_nothing():
    citizens, before = lived(15.0, 45.0)
    got = {citizen.id: citizen.received[Need.PRACTICAL][Source.THIRD_SECTOR] for citizen in citizens}
    for citizen in citizens:
        assert got[citizen.id] in (0, min(45, before[citizen.id]))
        assert citizen.unmet == [500, before[citizen.id] - got[citizen.id]]
        assert sum(map(sum, citizen.received)) == got[citizen.id]
    with_need = [who for who in got if before[who] > 0]
    assert 0.2 < sum(got[who] > 0 for who in with_need) / len(with_need) < 0.47  # 320 people, a third of them: 5 standard errors


def test_the_same_people_are_reached_and_more_of_them_with_more_hours():
    few, many = ({c.id for c in lived(minutes, 45.0)[0] if sum(map(sum, c.received))} for minutes in (10.0, 30.0))
    assert few < many


def test_without_hours_nothing_happens():
    citizens, before = lived(0.0, 45.0)
    assert all(citizen.unmet[Need.PRACTICAL] == before[citizen.id] for citizen in citizens)
