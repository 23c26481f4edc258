"""The third sector: practical help worked by hand, in both walks, never personal and never beyond need."""

from copro_sim.engines.agents import Society
from copro_sim.processes import third_sector
from copro_sim.processes.third_sector import helped
from copro_sim.state.codes import Need, Source
from copro_sim.state.context import orders_for
from laws import default_parameters, some_policy, tables_for
from worlds import random_world


def test_help_worked_by_hand():
    assert [helped(100, 30.9), helped(20, 30.9), helped(0, 30.9), helped(100, 0.0)] == [30, 20, 0, 0]


def lived(minutes):
    p = default_parameters()
    community = Society(random_world(5, (80,)), p, tables_for(p), seed=5).communities[0]
    community.orders = orders_for(some_policy(third_sector_minutes=minutes), 0, 0)
    before = {}
    for k, citizen in enumerate(community.citizens):
        citizen.unmet, citizen.received = [500, 20 * (k % 5)], [[0] * len(Source), [0] * len(Source)]
        before[citizen.id] = citizen.unmet[Need.PRACTICAL]
    third_sector.agents(community)
    return community.citizens, before


def test_everybody_with_unmet_practical_need_gets_the_same():
    citizens, before = lived(45.0)
    for citizen in citizens:
        got = citizen.received[Need.PRACTICAL][Source.THIRD_SECTOR]
        assert got == min(45, before[citizen.id])
        assert citizen.unmet == [500, before[citizen.id] - got]
        assert sum(map(sum, citizen.received)) == got


def test_without_hours_nothing_happens():
    citizens, before = lived(0.0)
    assert all(citizen.unmet[Need.PRACTICAL] == before[citizen.id] for citizen in citizens)
