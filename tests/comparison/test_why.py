"""Further runs: every mechanism that the stance lets act, each setting whose break-even is sought, as many runs as were said."""

import pytest

import copro_sim as cs
from copro_sim.comparison.why import MOVED, POINTS, acting, runs_of, why
from copro_sim.results.store import STUDY
from tests.comparison.fakes import fake_comparison

SMALL = {"population.citizens": 450, "population.community_size": 450, "population.councils": ["Gwynedd"], "run.years": 1}


def test_a_stance_lets_act_what_it_does_not_hold_at_zero():
    scenario = cs.load_scenario("co-production")
    evidence, all_of_them = acting(scenario, "evidence-only"), acting(scenario, "advocate")
    assert "sharing.displacement" in evidence
    assert "asking.label" not in evidence
    assert set(evidence) < set(all_of_them)
    assert "asking.label" in acting(scenario.replace({"asking.label": 0.05}), "evidence-only")  # the scenario's own value stays


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("why")
    scenarios = [cs.load_scenario(name).replace(SMALL) for name in ("retreating-state", "co-production")]
    comparison = cs.compare(scenarios, futures=2, seed=3)
    seen = []
    return comparison, why(comparison, folder=folder, progress=lambda done, total: seen.append((done, total))), folder, seen


def test_it_runs_what_it_said_and_keeps_it(told):
    comparison, _, folder, seen = told
    total = runs_of(comparison)
    assert [done for done, _ in seen] == list(range(1, total + 1))
    assert {of for _, of in seen} == {total}
    assert sorted(path.parent.name for path in folder.rglob(STUDY)) == sorted(["mechanisms", *MOVED])


def test_it_says_what_the_parts_say_under_the_comparisons_stance(told):
    comparison, found, *_ = told
    assert (found.scenario, found.stance, found.futures) == ("co-production", "evidence-only", 2)
    assert set(found.attribution["mechanism"]) == set(acting(comparison.scenarios[1], "evidence-only"))
    assert [one.setting for one in found.break_evens] == list(MOVED)
    for one in found.break_evens:
        assert one.differences.shape == (POINTS, 2)
        assert (one.values[0], one.values[-1]) == pytest.approx(MOVED[one.setting])
    part = cs.attribute(comparison, of=["sharing.displacement"])
    row = found.attribution[found.attribution["mechanism"] == "sharing.displacement"]
    assert row["effect"].tolist() == part["effect"].tolist()


def test_it_goes_on_where_it_was_stopped(told):
    comparison, found, folder, _ = told
    again = why(comparison, folder=folder, resume=True)
    assert again.attribution.equals(found.attribution)


def test_a_single_scenario_has_no_why():
    with pytest.raises(ValueError, match="two or more"):
        why(fake_comparison({"only": [0.0, 0.0]}))
