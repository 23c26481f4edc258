"""Plans hold all that decides what comes out, and say how they differ."""

import json

from copro_sim.results.plan import differences, plan_of
from copro_sim.results.provenance import versions
from copro_sim.scenario.schema import Scenario
from tests.results.fakes import a_scenario

PLAN = plan_of((a_scenario(), a_scenario()), futures=3, seed=2**62, engine="kernels")


def test_a_plan_survives_json_and_its_scenarios_can_be_made_again():
    again = json.loads(json.dumps(PLAN))
    assert differences(again, PLAN) == []
    assert Scenario.of(again["scenarios"][0]) == a_scenario()
    assert again["versions"] == versions()


def test_every_difference_is_named():
    other = plan_of((a_scenario(**{"funding.reserved_pounds_per_head": 3.0}),), futures=3, seed=7, engine="agents")
    found = differences(PLAN, other)
    assert "seed is 4611686018427387904 in the study and 7 here" in found
    assert 'engine is "kernels" in the study and "agents" here' in found
    assert "scenarios.0.funding.reserved_pounds_per_head is 0.0 in the study and 3.0 here" in found
    assert 'scenarios.1.name is "some" in the study and absent here' in found
