"""Provenance holds what is needed to run again, as plain values."""

import json

from copro_sim import __version__
from copro_sim.results.provenance import provenance
from copro_sim.scenario.schema import Scenario
from tests.results.fakes import a_scenario


def test_a_scenario_can_be_made_again_from_it():
    scenario = a_scenario(title='<b>"quoted"</b>')
    about = json.loads(json.dumps(provenance((scenario,), seed=2**62, engine="agents", futures=3)))
    kept = about["scenarios"][0]
    assert kept.pop("content_hash") == scenario.content_hash
    assert Scenario.of(kept) == scenario
    assert (about["seed"], about["engine"], about["futures"]) == (2**62, "agents", 3)
    assert about["versions"]["copro_sim"] == __version__
