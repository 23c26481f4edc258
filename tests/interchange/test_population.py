"""A population of one's own: out and in again to the bit, every mistake named with its place, and what is left out drawn."""

import numpy as np
import pandas as pd
import pytest

import copro_sim as cs
from copro_sim.engines import simulate
from copro_sim.engines.people import InProcess
from copro_sim.engines.populate import hazards, populated
from copro_sim.interchange.tables import TABLES, words
from copro_sim.scenario.problems import ScenarioError
from copro_sim.state.bonds import bond_kind, bond_place
from copro_sim.state.codes import BondKind, Life
from copro_sim.state.columns import MOST_BONDS

SEED = 3
LIVED = cs.load_scenario("co-production").replace(
    {"population.citizens": 900, "population.community_size": 225, "population.councils": ["Gwynedd", "Cardiff"], "run.years": 1}
)


@pytest.fixture(scope="module")
def people():
    return cs.build_population(LIVED, seed=SEED)


@pytest.fixture
def tables(people):
    """Return the tables of a population as frames that a test may spoil."""
    return {name: people.frame(name) for name in TABLES}


def state_of(population, seed=SEED, scenario=LIVED):
    """Return the state with which a run begins, before support settles."""
    chosen = scenario if population is None else population.of(scenario)
    return populated(InProcess(), chosen, *hazards(chosen), seed=seed, population=population)


@pytest.mark.parametrize("parquet", [False, True])
def test_out_and_in_again_is_the_same_to_the_bit(people, tmp_path, parquet):
    again = cs.load_population(people.save(tmp_path / "village", parquet=parquet))
    assert again.content_hash == people.content_hash
    (state, weights), (own, own_weights) = state_of(None), state_of(again)
    assert own.content_hash() == state.content_hash()
    assert own_weights.tolist() == weights.tolist()
    assert own.communities.founded.tolist() == state.communities.founded.tolist()


def test_a_run_with_the_models_own_people_given_is_the_run_without(people, tmp_path):
    plain = cs.run(LIVED, seed=SEED)
    own = cs.run(LIVED, seed=SEED, population=cs.load_population(people.save(tmp_path)))
    assert own.content_hash() == plain.content_hash()
    model = cs.zoom(own, community=1, year=2013)
    assert len(model.citizens) == len(own.state.community(1).id[: own.state.communities.founded[1]])


def test_the_order_of_rows_does_not_matter(tables):
    shuffled = {name: frame.sample(frac=1, random_state=1) for name, frame in tables.items() if name != "communities"}
    one, other = cs.population_of(**tables), cs.population_of(communities=tables["communities"], **shuffled)
    assert state_of(one)[0].content_hash() == state_of(other)[0].content_hash()


FEWEST_COLUMNS = {
    "communities": ["community", "council"], "households": ["community", "household"],
    "citizens": ["citizen", "community", "household", "sex", "age"],
}  # fmt: skip


@pytest.fixture
def bare(tables):
    """Return no more than must be said."""
    ages = [2013 - int(born[:4]) - (born[5:] > "04") for born in tables["citizens"]["born"]]
    tables["citizens"]["age"] = ages
    return {name: tables[name][columns] for name, columns in FEWEST_COLUMNS.items()}


def test_what_is_left_out_is_drawn(bare, people):
    population = cs.population_of(**bare)
    state, weights = state_of(population)
    c = state.citizens
    living = c.life == Life.ALIVE
    assert living.sum() == 900
    assert state.content_hash() == state_of(population)[0].content_hash() != state_of(population, seed=4)[0].content_hash()
    assert (np.sort(-c.birth_month[living] // 12) == np.sort(bare["citizens"]["age"])).all()
    assert 4 < c.bonds[living].mean() < MOST_BONDS
    assert 0.05 < (c.need_level[living] > 0).mean() < 0.5
    assert 5 < c.wellbeing[living].mean() < 9
    assert set(state.communities.deprivation) == {2}
    results = cs.run(LIVED, seed=SEED, population=population, years=1)
    assert results.scenario.population.citizens == 900
    assert results.national()["citizens"].values[0] == pytest.approx((weights * [500, 400]).sum(), rel=0.2)


def test_people_at_home_are_bound_even_if_nobody_says_so(tables):
    outside = tables["bonds"][tables["bonds"]["kind"] != "household"]
    state = state_of(cs.population_of(**tables | {"bonds": outside.drop(columns="strength")}))[0]
    whole = state_of(cs.population_of(**tables))[0]
    assert state.citizens.bonds.sum() == whole.citizens.bonds.sum()
    for number in range(len(state.communities.id)):
        c = state.community(number)
        for i in range(len(c.id)):
            held = c.bond[i, : c.bonds[i]].astype(int)
            mates = set(bond_place(held[bond_kind(held) == BondKind.HOUSEHOLD]).tolist())
            assert mates == set(np.flatnonzero(c.household == c.household[i])) - {i}


def test_what_is_said_of_some_stands_and_the_rest_is_drawn(bare):
    bare["citizens"] = bare["citizens"].assign(need_level=pd.array([4, 0] * 100 + [None] * 700, "Int64"))
    state = state_of(cs.population_of(**bare))[0]
    level = dict(zip(state.citizens.id.tolist(), state.citizens.need_level.tolist(), strict=True))
    assert [level[who] for who in bare["citizens"]["citizen"][:200]] == [4, 0] * 100
    rest = np.array([level[who] for who in bare["citizens"]["citizen"][200:]])
    assert 0 < (rest > 0).mean() < 0.5
    needs = state.citizens.need.sum(axis=1)
    assert (needs[state.citizens.need_level == 4].min() > needs[state.citizens.need_level == 0].max() == 0)


def spoil(frame, row, **cells):
    """Return a frame with other cells in one row, as text."""
    spoilt = frame.astype(object)
    for name, value in cells.items():
        spoilt.loc[spoilt.index[row], name] = value
    return spoilt


def said_of(tables, folder, **raw):
    """Write tables, some as they are given, and return what is said of them, line by line."""
    for name, frame in tables.items():
        text = raw.get(name) or frame.to_csv(index=False)
        (folder / f"{name}.csv").write_text(text)
    with pytest.raises(ScenarioError) as caught:
        cs.load_population(folder)
    return str(caught.value).splitlines()


def test_every_wrong_cell_is_named_with_its_row_and_column(tables, tmp_path):
    citizens = spoil(tables["citizens"], 0, sex="femal", born="1958-13", wellbeing="nan")
    citizens = spoil(citizens, 1, citizen="", need_level=5, reluctance="inf", trust=-0.1)
    tables["citizens"] = citizens.rename(columns={"belonging": "belongin"})
    tables["communities"] = spoil(tables["communities"], 0, council="Gwyned", deprivation=2.5)
    said = said_of(tables, tmp_path)
    for line, words_of_it in (
        ("citizens.csv:2: sex", "must be male or female. Did you mean female?"),
        ("citizens.csv:2: born", "must be a year and month"), ("citizens.csv:2: wellbeing", "must be a number from 0 to 10"),
        ("citizens.csv:3: citizen", "is empty: must be a whole number"), ("citizens.csv:3: need_level = ", "from 0 to 4"),
        ("citizens.csv:3: reluctance", "must be a number from 0 to 1"), ("citizens.csv:3: trust", "must be a number from 0 to 1"),
        ("citizens.csv: belongin", "unknown column. Did you mean belonging?"),
        ("communities.csv:2: council", "Did you mean Gwynedd?"), ("communities.csv:2: deprivation", "a whole number from 1 to 5"),
    ):  # fmt: skip
        assert any(line in one and words_of_it in one for one in said), (line, said)
    assert said[-1] == "10 problems; nothing was run."


def at(tables, table, **where):
    """Return the first row of a table that has these cells."""
    frame = tables[table]
    found = np.ones(len(frame), bool)
    for name, value in where.items():
        found &= (frame[name] == value).to_numpy()
    return int(np.flatnonzero(found)[0])


def test_every_wrong_relation_is_named(tables, tmp_path):
    citizens, bonds, households, places = (tables[name] for name in ("citizens", "bonds", "households", "communities"))
    friend = at(tables, "bonds", kind="friend")
    one, other = bonds.loc[friend, ["citizen", "other"]]
    back = at(tables, "bonds", citizen=other, other=one)
    tables["bonds"] = bonds.drop(index=back)
    tables["bonds"] = spoil(tables["bonds"], at(tables, "bonds", kind="neighbour"), kind="household")
    far = citizens[citizens["community"] == places["community"].iloc[-1]]["citizen"].iloc[0]
    near = citizens[citizens["community"] == places["community"].iloc[0]]["citizen"].iloc[0]
    more = pd.DataFrame({"citizen": [near, far, near, near], "other": [far, near, near, 5], "kind": "friend", "strength": 0.5})
    tables["bonds"] = pd.concat([tables["bonds"], more], ignore_index=True)
    coupled = int(np.flatnonzero(citizens["partner"].notna())[0])
    tables["citizens"] = spoil(citizens, coupled, partner=int(citizens["citizen"].iloc[coupled]))
    tables["citizens"] = pd.concat([tables["citizens"], tables["citizens"].iloc[[7]].assign(household=999)])
    tables["households"] = pd.concat([households, households.iloc[[0]], households.iloc[[1]].assign(household=9_999)])
    tables["communities"] = spoil(places, 0, community=int(places["community"].iloc[0]))
    said = "\n".join(said_of(tables, tmp_path))
    for expected in (
        "has no row the other way: bonds come in pairs", "must be household for those who live together, and only for them",
        "lives in another community: bonds stay within one", "is bound to himself or herself", "is no citizen in citizens",
        "is the citizen himself or herself", "has another partner, or none", "is there before: each citizen once",
        "is no household of that community in households", "is there before in its community", "has nobody in citizens",
    ):  # fmt: skip
        assert expected in said, expected


def village(size=60):
    """Return a village of couples, every column text as somebody would type it."""
    many = range(1, size + 1)
    return {
        "communities": pd.DataFrame({"community": [9001], "council": ["Ceredigion"]}),
        "households": pd.DataFrame({"community": 9001, "household": range(1, size // 2 + 1)}),
        "citizens": pd.DataFrame({"citizen": many, "community": 9001, "household": [(k + 1) // 2 for k in many],
                                  "sex": ["female", "male"] * (size // 2), "age": 40}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        (lambda v: v["citizens"].update(pd.DataFrame({"age": [15, 15]})), "has nobody of 16 or over"),
        (lambda v: v["communities"].update(pd.DataFrame({"community": [60]})), "is a citizen's number, too"),
        (lambda v: v.update(citizens=v["citizens"].assign(household=1), households=v["households"][:1]), "more than 16 people"),
        (lambda v: v.update(citizens=v["citizens"][:40], households=v["households"][:20]), "a council needs at least 50"),
        (lambda v: v.update(citizens=v["citizens"].assign(age=None)), "is empty, and so is born"),
        (lambda v: v.update(citizens=v["citizens"].assign(born="1950-01")), "is not the age in April 2013"),
        (lambda v: v.update(citizens=v["citizens"].assign(need_kind="lifelong")), "needs need_level beside it"),
        (lambda v: v.update(citizens=v["citizens"].assign(age=106)), "from 0 to 105"),
        (lambda v: v.update(citizens=v["citizens"].assign(age=40.5)), "must be a whole number"),
        (lambda v: v.update(citizens=v["citizens"].assign(citizen=2**63)), "must be a whole number"),
        (lambda v: v.update(bonds=ring(range(1, 18))), "has 17 bonds, those to everybody at home among them"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(spoilt, expected):
    tables = village()
    cs.population_of(**tables)
    spoilt(tables)
    with pytest.raises(ScenarioError) as caught:
        cs.population_of(**tables)
    assert expected in str(caught.value)


def ring(members):
    """Return friendship of everybody with everybody among those who do not live together."""
    pairs = [(i, j) for i in members for j in members if (i + 1) // 2 != (j + 1) // 2]
    return pd.DataFrame({"citizen": [i for i, _ in pairs], "other": [j for _, j in pairs], "kind": "friend"})


def test_a_village_typed_by_hand_lives(tmp_path):
    for name, frame in village().items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    people = cs.load_population(tmp_path)
    assert (people.size, people.councils) == (60, ("Ceredigion",))
    state = state_of(people, scenario=cs.load_scenario("one-village"))[0]
    assert (state.community(0).bonds >= 1).all()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", "is empty: its heading must name"), ("citizen,citizen\n1,2\n", "names a column twice"),
        ("citizen,age\n1\n2,3,4\n", "has 1 cells where the heading has 2"), ('citizen\n"1\n', "unexpected end of data"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables_are_refused(tmp_path, raw, expected):
    tables = village()
    said = said_of({name: tables[name] for name in ("communities", "households")}, tmp_path)
    assert "has no citizens.csv" in said[0]
    (tmp_path / "citizens.csv").write_text(raw)
    with pytest.raises(ScenarioError, match=expected):
        cs.load_population(tmp_path)


def test_no_folder_binary_and_two_files_of_one_table_are_refused(tmp_path, people):
    with pytest.raises(ScenarioError, match="is no folder"):
        cs.load_population(tmp_path / "nowhere")
    people.save(tmp_path)
    (tmp_path / "citizens.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioError, match="is no text in UTF-8"):
        cs.load_population(tmp_path)
    people.save(tmp_path, parquet=True)
    with pytest.raises(ScenarioError, match="holds citizens twice"):
        cs.load_population(tmp_path)
    with pytest.raises(ScenarioError, match="must be a Population"):
        simulate.run(LIVED, population=tmp_path)


def test_of_very_many_mistakes_the_first_are_listed_and_the_rest_counted(tables):
    tables["citizens"]["trust"] = 7.0
    with pytest.raises(ScenarioError) as caught:
        cs.population_of(**tables)
    assert len(caught.value.problems) == 21
    assert "and 880 rows more like the last" in str(caught.value)


def test_words_read_as_the_tables_of_results_say_them():
    assert words(TABLES["citizens"]["need_kind"].options) == ["later life", "lifelong", "mental health"]


def test_snapshots_and_comparisons_know_with_whom_a_run_began(people, bare, tmp_path):
    cs.run(LIVED, seed=SEED, population=people, snapshots=tmp_path)
    other = cs.population_of(**bare)
    with pytest.raises(ScenarioError, match="population was"):
        cs.run(LIVED, seed=SEED, population=other, snapshots=tmp_path, resume=True)
    study = tmp_path / "study.sqlite"
    comparison = cs.compare([LIVED], futures=1, population=other, study=study)
    assert comparison.population == other.content_hash
    assert "the authors' own" in cs.methods(comparison)
    from copro_sim.comparison.replay import replay
    from copro_sim.results.store import StudyError

    assert replay(study, LIVED.name, 0, other).well
    for wrong in (None, people):
        with pytest.raises(StudyError, match="somebody's own population"):
            replay(study, LIVED.name, 0, wrong)
