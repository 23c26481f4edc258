"""Columns of one's own in a population: read, kept, written again, and what Mesa's citizens have of them."""

import pandas as pd
import pytest

import copro_sim as cs
from copro_sim.interchange.cells import own_column
from copro_sim.scenario.problems import ScenarioError

VILLAGE = cs.load_scenario("one-village").replace({"population.citizens": 120, "run.years": 1})


@pytest.fixture(scope="module")
def people():
    return cs.build_population(VILLAGE, seed=1)


def changed(people, **columns):
    tables = {name: people.frame(name) for name in people.tables}
    return cs.population_of(**{**tables, "citizens": tables["citizens"].assign(**columns)})


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        (["1", "", "0"], [1, None, 0]), ([True, False, None], [1, 0, None]), (["True", "false", "1"], [1, 0, 1]),
        (["0.5", "2", ""], [0.5, 2.0, None]), (["alto", "1", ""], ["alto", "1", None]),
        (["inf", "1", "nan"], ["inf", "1", "nan"]),
    ],
)  # fmt: skip
def test_cells_are_whole_numbers_if_all_can_be_or_numbers_or_text(cells, held):
    column = own_column(pd.Series(cells, dtype=object))
    assert [None if cell is pd.NA else cell for cell in column] == held


@pytest.mark.parametrize("parquet", [False, True])
def test_they_come_back_as_they_were_written(people, tmp_path, parquet):
    voices = ["alto", None, "bass"] * 40
    own = changed(people, own_voice=voices, own_hours=[0.1, 2.5, None] * 40, own_choir=[True, False, False] * 40)
    again = cs.load_population(own.save(tmp_path, parquet=parquet))
    assert again.content_hash == own.content_hash != people.content_hash
    assert again.own()["own_voice"].tolist() == voices
    assert again.frame("citizens")["own_choir"].tolist() == [1, 0, 0] * 40


def test_a_process_reads_them_and_whoever_comes_later_has_what_own_says(people):
    def sing(community):
        for citizen in community.living():
            if citizen.own_choir:
                citizen.wellbeing = 10.0

    choir = dict(zip(people.frame("citizens")["citizen"], [1, 0, 0] * 40, strict=True))
    own = changed(people, own_choir=list(choir.values()), own_voice="alto")
    model = cs.CareModel(VILLAGE, seed=1, population=own, own={"own_choir": 0}, processes=cs.MONTH.before("tally", sing))
    model.step()
    singing = {citizen.id for citizen in model.citizens if citizen.wellbeing == 10.0}
    assert singing >= {citizen.id for citizen in model.citizens if choir.get(citizen.id)} != set()
    comer = model.communities[0].admit({"id": 1, "life": 1})
    assert (comer.own_choir, comer.own_voice) == (0, None)


def test_to_have_them_changes_nothing_else(people):
    plain = cs.run(VILLAGE, seed=1)
    assert repr(plain) == "<Results of one-village, seed 1, 1 years; .data, .citizens(), .bonds()>"
    assert cs.run(VILLAGE, seed=1, population=changed(people, own_choir=1)).data.equals(plain.data)
    model = cs.CareModel(VILLAGE, seed=1, population=changed(people, own_choir=1))
    model.step()
    alone = cs.CareModel(VILLAGE, seed=1)
    alone.step()
    assert (model.cells == alone.cells).all()


def test_zoom_shows_them(people):
    model = cs.zoom(cs.run(VILLAGE, seed=1, population=changed(people, own_choir=1)), community=0, year=2013)
    assert {citizen.own_choir for citizen in model.citizens} == {1}


def test_a_population_says_what_it_is_in_a_line(people):
    assert repr(people) == "<Population of 120 citizens in Ceredigion; tables communities, households, citizens, bonds>"


def test_any_other_column_is_refused_and_what_to_call_ones_own_is_said(people):
    with pytest.raises(ScenarioError, match=r"choir.*unknown column.*One of your own begins with own_, such as own_choir"):
        changed(people, choir=1)
    with pytest.raises(ScenarioError, match=r"own_two words.*unknown column"):
        changed(people, **{"own_two words": 1})
    tables = {name: people.frame(name) for name in people.tables}
    with pytest.raises(ScenarioError, match=r"own_name.*unknown column"):
        cs.population_of(**{**tables, "communities": tables["communities"].assign(own_name="here")})


def test_whole_numbers_that_a_program_rounded_are_said_to_be_so(people, tmp_path):
    people.save(tmp_path)
    pd.read_csv(tmp_path / "citizens.csv").to_csv(tmp_path / "citizens.csv", index=False)  # partner has gaps
    with pytest.raises(ScenarioError, match=r"partner = .*e\+18.*in pandas as Int64"):
        cs.load_population(tmp_path)
