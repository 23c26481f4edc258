"""Every setting with every fault, from Python: one exception that names the key and what was expected."""

import pytest

from copro_sim.scenario.problems import ScenarioError, expected
from copro_sim.scenario.schema import Scenario, setting_records
from copro_sim.scenario.tables import TABLES
from tests.bad_input.corpus import faults

USUAL = Scenario(question="What if?")
MISPLACED = ("wrong-table", "table", "capitals")


@pytest.mark.parametrize("table", TABLES)
def test_each_is_refused_with_its_key_and_what_was_expected(table):
    cases = [case for case in faults(table) if case.changes is not None]
    for case in cases:
        with pytest.raises(ScenarioError) as refused:
            USUAL.replace(case.changes)
        (problem,) = refused.value.problems
        assert (problem.key, problem.file, problem.line) in ((case.named, None, None), (f"{case.named}.inside.x", None, None))
        if case.kind in MISPLACED:
            assert "unknown setting" in problem.message or expected(*setting_records()[case.key]) in problem.message, problem
        else:
            assert problem.message == expected(*setting_records()[case.key])


def test_all_faults_of_a_kind_are_said_at_once():
    changes = dict.fromkeys(setting_records(), "neither")
    with pytest.raises(ScenarioError) as refused:
        USUAL.replace(changes)
    assert [problem.key for problem in refused.value.problems] == list(changes)
