"""A process of one's own: lived by agents and by arrays, the same in both, refused where it breaks what must hold."""

import pytest

import copro_sim as cs
from copro_sim.engines.parity import check_parity
from copro_sim.processes.own import Process, chance
from copro_sim.state.codes import Life

ALIVE = int(Life.ALIVE)
VILLAGE = cs.load_scenario("one-village").replace({"population.citizens": 400, "run.years": 1})


@cs.rule
def cheered(wellbeing, draw, gave):
    """Return wellbeing after a month in which whoever gave may be thanked."""
    return min(10.0, wellbeing + 0.5) if gave > 0 and draw < 0.5 else wellbeing


def thanks_to_agents(community):
    clock = community.clock
    for citizen in community.living():
        draw = chance(clock.seed, citizen.id, clock.month, 0)
        citizen.wellbeing = cheered(citizen.wellbeing, draw, citizen.given)


def thanks_in_columns(c, here):
    clock = here.clock
    for i in range(c.id.size):
        if cs.whole(c.life[i]) == ALIVE:
            draw = chance(clock.seed, cs.whole(c.id[i]), clock.month, 0)
            c.wellbeing[i] = cheered(float(c.wellbeing[i]), draw, cs.whole(c.given[i]))


thanks = Process("thanks", thanks_to_agents, thanks_in_columns)


def test_a_process_that_is_the_same_over_agents_and_columns_agrees():
    assert check_parity(thanks, scenario=VILLAGE, months=3) == (True, "")


def test_where_the_two_part_is_named():
    def other(c, here):
        for i in range(c.id.size):
            if cs.whole(c.life[i]) == ALIVE:
                c.wellbeing[i] = min(10.0, float(c.wellbeing[i]) + 0.001)

    found = check_parity(Process("thanks", thanks_to_agents, other), scenario=VILLAGE, months=3)
    assert not found.agrees
    assert "2013-04, process thanks: citizen" in found.where
    assert "column wellbeing" in found.where


def test_a_process_that_takes_the_place_of_another_is_checked_there():
    mine = Process("outlook", thanks_to_agents, thanks_in_columns)
    with pytest.raises(ValueError, match=r"in that one's place, check the month: cs\.check_parity\(cs\.MONTH\.replace"):
        check_parity(mine, scenario=VILLAGE)
    assert check_parity(cs.MONTH.replace("outlook", mine), scenario=VILLAGE, months=1).agrees


def test_without_a_walk_over_columns_there_is_nothing_to_compare():
    with pytest.raises(ValueError, match="has no walk over arrays"):
        check_parity(Process("thanks", thanks_to_agents), scenario=VILLAGE)
    with pytest.raises(ValueError, match="months=13: give 1 to 12"):
        check_parity(thanks, scenario=VILLAGE, months=13)


def test_agents_live_it_where_it_stands_in_the_month():
    usual, cheerful = cs.CareModel(VILLAGE, seed=1), cs.CareModel(VILLAGE, seed=1, processes=cs.MONTH.before("tally", thanks))
    for model in (usual, cheerful):
        for _ in range(3):
            model.step()
    assert cheerful.citizens.agg("wellbeing", sum) > usual.citizens.agg("wellbeing", sum)
    assert cheerful.citizens.agg("given", sum) > 0


def test_a_model_without_sharing_shares_nothing():
    model = cs.CareModel(VILLAGE, seed=1, processes=cs.MONTH.without("sharing"))
    model.step()
    assert model.citizens.agg("given", sum) == 0


def test_parameters_are_handed_to_who_asks_for_them():
    seen = []
    model = cs.CareModel(VILLAGE, seed=1, processes=cs.MONTH.after("sharing", lambda community, p: seen.append(p.sharing)))
    model.step()
    assert seen == [VILLAGE.parameters().sharing]


def test_columns_and_indicators_of_ones_own():
    def kindle(community):
        for citizen in community.living():
            citizen.kindness += 0.1 if citizen.given > 0 else 0.0

    model = cs.CareModel(
        VILLAGE, seed=1, processes=cs.MONTH.before("tally", kindle), own={"kindness": 0.5},
        indicators={"kindness": lambda model: model.citizens.agg("kindness", max)},
    )  # fmt: skip
    for _ in range(12):
        model.step()
    collected = model.datacollector.get_model_vars_dataframe()["kindness"]
    assert 0.5 < collected.iloc[0] < collected.iloc[-1]
    assert all(hasattr(citizen, "kindness") for citizen in model.citizens)  # newborn and newcomers too


@pytest.mark.parametrize("name", ["wellbeing", "age", "bonds", "unique_id", "two words"])
def test_a_name_that_is_taken_is_refused(name):
    with pytest.raises(ValueError, match="own: a citizen's attribute cannot be named"):
        cs.CareModel(VILLAGE, seed=1, own={name: 0})


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("given", -5, "a whole number from 0 to 44640"),
        ("given", 2.5, "a whole number"),
        ("trust", float("nan"), "a number from 0 to 1"),
    ],
)
def test_a_process_that_breaks_what_must_hold_is_named_with_month_and_citizen(column, value, said):
    def spoil(community):
        setattr(community.living()[0], column, value)

    model = cs.CareModel(VILLAGE, seed=1, processes=cs.MONTH.after("sharing", spoil))
    with pytest.raises(ValueError, match=rf"process spoil, 2013-04, citizen \d+: {column} is .*, not {said}"):
        model.step()


def test_snapshots_clusters_and_zoom_know_only_the_usual_month(tmp_path):
    month = cs.MONTH.before("tally", thanks_to_agents)
    with pytest.raises(ValueError, match="snapshots do not keep"):
        cs.run(VILLAGE, processes=month, snapshots=tmp_path)
    with pytest.raises(ValueError, match="choose the engine 'kernels' or 'agents'"):
        cs.run(VILLAGE, processes=month, engine="dask")
    with pytest.raises(ValueError, match="has no walk over arrays"):
        cs.run(VILLAGE, processes=month)
    results = cs.run(VILLAGE, processes=month, engine="agents")
    assert results.own_processes == ("thanks_to_agents",)
    with pytest.raises(ValueError, match="cannot be relived"):
        cs.zoom(results, community=0, year=2013)


def test_a_column_whose_name_is_nearly_written_is_refused_and_an_attribute_of_ones_own_is_not():
    def cheer(community, p):
        for citizen in community.living():
            citizen.welbeing, citizen.visits = 10.0, 1

    month = cs.MONTH.before("tally", Process("cheer", cheer))
    with pytest.raises(ValueError, match=r"cheer, 2013-04, citizen \d+: welbeing is no column\. Did you mean wellbeing\?"):
        cs.CareModel(VILLAGE, seed=1, processes=month).step()
    cs.CareModel(VILLAGE, seed=1, processes=month, own={"welbeing": 0.0}).step()


@pytest.mark.full
def test_both_engines_live_it_alike_and_compiled():
    month = cs.MONTH.before("tally", thanks)
    runs = [cs.run(VILLAGE, seed=1, processes=month, engine=engine) for engine in ("agents", "kernels")]
    assert runs[0].content_hash() == runs[1].content_hash() != cs.run(VILLAGE, seed=1).content_hash()
