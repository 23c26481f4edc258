"""A comparison: its table, money by practice, and what is saved."""

from dataclasses import replace

import numpy as np
import pytest

from copro_sim.comparison.comparison import CROSS, KEY, Comparison
from copro_sim.results.export import load_provenance
from copro_sim.scenario.problems import ScenarioError
from tests.comparison.fakes import fake_comparison

NONE = np.zeros(20)
LESS = np.linspace(-0.06, -0.04, 20)


def four(interaction=0.0):
    return fake_comparison(dict(zip(CROSS, (NONE, LESS, 2 * LESS, 3 * LESS + interaction), strict=True)))


def test_the_table_by_hand():
    table = fake_comparison({"old": NONE, "new": LESS}).table()
    assert list(table["indicator"]) == list(KEY)
    row = table[table.indicator == "unmet_share"].iloc[0]
    assert row.difference == pytest.approx(-0.05)
    assert (row.low_90, row.high_90) == pytest.approx((-0.059, -0.041))
    assert (row.better, row.worse, row.lower, row.higher, row.futures) == (20, 0, 20, 0, 20)
    assert row.verdict == "better in 20 of 20 futures"
    assert row.variance_reduction > 1
    assert 0.9 < row.parameter_share <= 1
    given = table[table.indicator == "given_hours"].iloc[0]
    assert given.verdict == "no difference in any of 20 futures"
    assert given[["better", "worse"]].isna().all()


def test_a_comparison_says_what_it_is_in_a_line():
    assert repr(fake_comparison({"old": NONE, "new": LESS})).startswith("<Comparison of old, new in 20 futures; ")


def test_a_single_scenario_has_an_empty_table():
    assert fake_comparison({"only": NONE}).table().empty


def test_money_by_practice():
    table = four(interaction=-0.01).money_by_practice(["unmet_share"]).set_index("effect")
    assert table.loc["interaction", "difference"] == pytest.approx(-0.01)
    assert table.loc["practice", "difference"] == pytest.approx(-0.05)
    assert table.loc["money", "difference"] == pytest.approx(-0.1)
    assert table.loc["money", "verdict"] == "better in 20 of 20 futures"


def test_money_by_practice_needs_the_four():
    with pytest.raises(ValueError, match="missing: co-production"):
        fake_comparison({"retreating-state": NONE}).money_by_practice()


def test_an_unknown_indicator_is_named():
    comparison = fake_comparison({"old": NONE, "new": LESS})
    with pytest.raises(ScenarioError, match="happiness"):
        comparison.table(["happiness"])
    with pytest.raises(KeyError, match="happiness"):
        comparison.whole_run("happiness")


@pytest.mark.parametrize("ask", ["table", "money_by_practice"])
def test_one_indicator_may_be_named_alone_and_a_misspelt_one_is_suggested(ask):
    four = fake_comparison({name: np.linspace(0.0, 1.0, 4) for name in CROSS})
    assert set(getattr(four, ask)("unmet_share")["indicator"]) == {"unmet_share"}
    with pytest.raises(ScenarioError) as refused:
        getattr(four, ask)(["unmet_shar", "foo", 3])
    suggested, listed, _ = [problem.message for problem in refused.value.problems]
    assert suggested == "unknown indicator. Did you mean unmet_share?"
    assert listed.startswith("unknown indicator. There are unmet_share, wellbeing, ")
    with pytest.raises(ScenarioError, match=r'indicator = "unmet_shar"'):
        getattr(four, ask)("unmet_shar")


def test_yearly_means_are_of_twelve_months():
    comparison = fake_comparison({"old": NONE}, years=2)
    comparison.data["wellbeing"].values[0, 0] = np.arange(24.0)
    assert comparison.by_year("wellbeing")[0, 0].tolist() == [5.5, 17.5]


def test_titles_are_told_apart():
    comparison = fake_comparison({"old": NONE, "new": LESS}, old="Same\n title", new="Same title")
    assert comparison.titles == {"old": "Same title", "new": "Same title (2)"}


def test_what_is_saved_is_read_back(tmp_path):
    comparison = four()
    folder = comparison.save(tmp_path)
    again = Comparison.load(folder)
    assert again.data.identical(comparison.data)
    assert again.scenarios == comparison.scenarios
    assert (again.seed, again.engine) == (comparison.seed, comparison.engine)
    assert again.headlines() == comparison.headlines()
    assert again.content_hash() == comparison.content_hash() == load_provenance(folder)["content_hash"]
    content = bytearray((folder / "comparison.nc").read_bytes())
    content[len(content) // 2] ^= 4
    (folder / "comparison.nc").write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        Comparison.load(folder)


def test_the_content_hash_is_of_all_that_came_out_and_not_of_the_engine():
    one = fake_comparison({"old": NONE, "new": LESS})
    assert replace(one, engine="agents").content_hash() == one.content_hash()
    worded, more = fake_comparison({"old": NONE, "new": LESS}, new="Other"), fake_comparison({"old": NONE, "new": 2 * LESS})
    others = [replace(one, seed=2), worded, more]
    assert len({comparison.content_hash() for comparison in (one, *others)}) == 4
