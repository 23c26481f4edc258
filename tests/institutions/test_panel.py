"""The citizens' panel: sits when it does, gives when heeded, costs when it is not, and does nothing at strength zero."""

import pytest

from copro_sim.core.params import defaults
from copro_sim.core.units import month_number
from copro_sim.institutions.panel import meet
from copro_sim.scenario.government import PanelParams

none = defaults(PanelParams)
sits = none._replace(from_year=2014, until_year=2020, meetings_per_year=4, heeded=0.5)
JUNE_2015 = month_number("2015-06")


def test_a_panel_meets_four_times_a_year_while_it_sits():
    met = [month for month in range(120) if meet(sits, month, 0.0).met]
    assert met == [month for month in range(12, 84) if month % 3 == 2]
    assert not any(meet(none, month, 0.0).met for month in range(360))


def test_heeded_it_gives_voice_and_takes_nothing():
    assert meet(sits, JUNE_2015, 0.49) == (1, 1, sits.heeded_agency, 0.0, 0.0)


def test_heard_but_not_heeded_it_costs_voice_trust_and_members():
    found = meet(sits, JUNE_2015, 0.5)
    assert found == (1, 0, -sits.unheeded_agency, -sits.unheeded_trust, -sits.unheeded_membership)
    assert max(found.agency, found.trust, found.membership) < 0.0


@pytest.mark.parametrize("luck", [0.0, 0.99])
def test_at_strength_zero_it_does_nothing(luck):
    idle = sits._replace(heeded_agency=0.0, unheeded_agency=0.0, unheeded_trust=0.0, unheeded_membership=0.0)
    assert meet(idle, JUNE_2015, luck)[2:] == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("chance", "heeded"), [(0.0, 0), (1.0, 1)])
def test_a_scenario_may_settle_whether_it_is_heeded(chance, heeded):
    assert all(meet(sits._replace(heeded=chance), JUNE_2015, luck).heeded == heeded for luck in (0.0, 0.5, 0.999))
