"""A story: the same people by the same chance, lived again to what the runs came to, under every council."""

from itertools import pairwise

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.comparison.followed import SOURCES, _died
from copro_sim.comparison.lives import live_all
from copro_sim.engines.month_by_month import live_months
from copro_sim.language import number
from copro_sim.processes.tally import Tally
from copro_sim.report.told import title_of
from copro_sim.results.verify import verify
from copro_sim.scenario.problems import ScenarioError
from copro_sim.state.codes import Life, NeedLevel

YEARS, SEED = 6, 5
SMALL = {
    "population.citizens": 1_350, "population.community_size": 450, "population.councils": ["Gwynedd", "Cardiff", "Powys"],
    "run.years": YEARS,
}  # fmt: skip
NAMES = ("retreating-state", "co-production")


@pytest.fixture(scope="module")
def scenarios():
    return tuple(cs.load_scenario(name).replace(SMALL) for name in NAMES)


@pytest.fixture(scope="module")
def told(scenarios):
    return cs.story(scenarios, seed=SEED)


def test_somebody_is_followed_month_by_month_in_each_scenario(told):
    assert told.names == NAMES
    assert {one.role for one in told.citizens} == {"typical", "helped", "harmed"}
    assert len({one.id for one in told.citizens}) == 3
    for one in told.citizens:
        for name in NAMES:
            lived, end = told.of(one.role, name), told.ends[one.role, name]
            assert len(lived) == end.months <= 12 * YEARS
            assert lived["month"].is_monotonic_increasing
            assert lived["age"].iloc[0] in (one.age, one.age + 1)
    assert set(told.table["scenario"]) == set(NAMES)


@pytest.mark.parametrize("by", ["unmet_hours", "wellbeing"])
def test_the_choice_is_by_what_titles_report_and_the_table_says(scenarios, told, by):
    story = told if by == told.by else cs.story(scenarios, seed=SEED, by=by)
    frame = story.frame().set_index(["who", "scenario"])
    for one in story.citizens:
        whole = min(story.ends[one.role, name].months for name in NAMES) // 12 * 12
        before, after = (story.of(one.role, name).head(whole)[by].mean() for name in NAMES)
        assert after - before == pytest.approx(one.change, abs=1e-9)
        assert frame.loc[(one.role, NAMES[0]), f"change_in_{by}"] == one.change
        title = title_of(story, one)
        assert all(number(value, {"unmet_hours": 1, "wellbeing": 2}[by]) in title for value in (before, after))


def test_no_hour_appears_or_vanishes(told):
    met = told.table[list(SOURCES)].sum(axis=1) + told.table["unmet_hours"]
    assert np.allclose(met, told.table["need_hours"], rtol=0, atol=1e-12)


def test_what_is_told_is_what_the_run_came_to(told, scenarios):
    """In the last March each person is as in the run itself, lived whole and without looking."""
    for name, scenario in zip(NAMES, scenarios, strict=True):
        last = cs.run(scenario, seed=SEED).citizens().set_index("id")
        for one in told.citizens:
            assert (one.id in last.index) == (told.ends[one.role, name].how == "followed to the end")
            if one.id in last.index:
                row, seen = last.loc[one.id], told.of(one.role, name).iloc[-1]
                assert seen["wellbeing"] == row["wellbeing"]
                assert seen["council_hours"] == row["council_hours"]
                assert seen["unmet_hours"] == pytest.approx(row["personal_unmet_hours"] + row["practical_unmet_hours"])
                assert (seen["given_hours"], seen["support"]) == (row["given"], row["mode"])


def test_under_the_own_council_it_is_what_happened_and_another_may_differ(told):
    for one in told.citizens:
        for name in NAMES:
            of = told.councils[(told.councils["who"] == one.role) & (told.councils["scenario"] == name)]
            assert list(of["council"]) == SMALL["population.councils"]
            (own,) = of[of["own"]].to_dict("records")
            assert own["council"] == one.council
            assert own["unmet_hours"] == pytest.approx(told.of(one.role, name)["unmet_hours"].mean())
            assert (own["end"], own["months"]) == tuple(told.ends[one.role, name])
    spread = told.councils.groupby(["who", "scenario"])["council_hours"].agg(np.ptp)
    assert spread.max() > 0.0


def test_who_dies_and_who_moves_is_told_apart_as_the_tallies_count(scenarios):
    """In each month in which only people of April 2013 go, as many of them die as are counted, and all others move."""
    (lived,) = live_all(scenarios[:1], seed=SEED)
    by = (lived.settled.parameters, lived.settled.tables)
    _, counts, seen = live_months(lived.begin, lived.decided[0], *by, seed=SEED, see=_alive)
    founders, died = set(_alive(lived.begin)), 0
    for month, (before, after) in enumerate(pairwise([_alive(lived.begin), *seen])):
        gone = before.keys() - after.keys()
        if gone <= founders:
            of_month = sum(_died(lived, who, month, NeedLevel(before[who]).name.lower()) for who in gone)
            counted = counts.month[:, month].sum(axis=0)
            assert (of_month, len(gone) - of_month) == (counted[Tally.DEATHS], counted[Tally.LEAVERS])
            died += of_month
    assert died > 3


def _alive(state):
    """Return the need level of all who live, by id."""
    alive = state.citizens.life == Life.ALIVE
    return dict(zip(state.citizens.id[alive].tolist(), state.citizens.need_level[alive].tolist(), strict=True))


def test_the_same_story_is_told_again(told, scenarios):
    again = cs.story(scenarios, seed=SEED, workers=2)
    assert again.table.equals(told.table)
    assert again.councils.equals(told.councils)
    assert again.citizens == told.citizens


def test_of_a_comparison_it_is_the_future_in_the_middle(scenarios):
    comparison = cs.compare(scenarios, futures=3, seed=2)
    told = cs.story(comparison)
    unmet = comparison.whole_run("unmet_share")
    change = unmet[1] - unmet[0]
    assert change[told.future] == np.median(change)
    assert told.seed == int(comparison.data["run_seed"][told.future])
    assert told.futures == 3
    assert told.scenarios[0].get("funding.clawback") == told.scenarios[1].get("funding.clawback")


def test_what_cannot_be_told_is_refused(scenarios):
    with pytest.raises(ScenarioError, match="two scenarios or more"):
        cs.story(scenarios[:1])
    with pytest.raises(ScenarioError, match="problems; nothing was run") as refused:
        cs.story(["co-producton", "retreating-state"], seed=-1, by="money")
    assert len(refused.value.problems) == 3
    with pytest.raises(ValueError, match="must be unmet_hours or wellbeing"):
        cs.story(scenarios, by="money")
    with pytest.raises(ScenarioError, match=r"Did you mean Gwynedd\?"):
        cs.story(scenarios, place="Gwyned")
    with pytest.raises(ScenarioError, match="do not simulate Ceredigion"):
        cs.story(scenarios, place="Ceredigion")
    with pytest.raises(ValueError, match=r"run\.years +differs"):
        cs.story([scenarios[0], scenarios[1].replace({"run.years": 2})])


def test_what_is_saved_is_whole(told, tmp_path):
    told.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["citizens.csv", "councils.csv", "months.csv", "provenance.json"]
    assert verify(tmp_path).damage == []
    assert len((tmp_path / "months.csv").read_text().splitlines()) == len(told.table) + 1
