"""The page of parameters: every record with its source, other values of scenarios, and correlations where something varies."""

import numpy as np

from copro_sim.core.params import records
from copro_sim.population.build import Params as PopulationParams
from copro_sim.report.page import report
from copro_sim.report.parameters import parameter_rows
from copro_sim.scenario.futures import varied_settings
from copro_sim.scenario.schema import setting_records
from tests.comparison.fakes import fake_comparison


def comparison(futures=40):
    change = np.random.default_rng(1).normal(-0.02, 0.01, futures)
    return fake_comparison({"old": np.zeros(futures), "new": change}, new="<b>New</b>")


def test_every_parameter_has_a_row_with_grade_and_range():
    rows = {row["parameter"]: row for row in parameter_rows(comparison())}
    assert len(rows) == len(setting_records()) + len(records(PopulationParams))
    for row in rows.values():
        assert row["grade"]
        assert row["meaning"]
        assert row["range"]
    for key in varied_settings():
        assert rows[key]["likely"], key
        found = rows[key]["unmet_share"]  # strengths that no study has seen are zero in every future
        assert (found is None and rows[key]["role"]) or -1.0 <= found <= 1.0, key
    assert rows["council.first_line"]["unmet_share"] is None


def test_a_scenarios_own_value_stands_beside_the_records():
    from copro_sim.scenario.schema import Scenario

    one = comparison()
    other = Scenario(name="new", title="<b>New</b>", question="What?", run={"years": 2}, council={"first_line": 2})
    changed = type(one)((one.scenarios[0], other), one.seed, one.engine, one.stance, one.data)
    rows = {row["parameter"]: row for row in parameter_rows(changed)}
    assert rows["council.first_line"]["elsewhere"] == ["2 in <b>New</b>"]


def test_the_page_escapes_names_says_what_is_beyond_chance_and_links_the_data(tmp_path):
    index = report(comparison(), tmp_path)
    text = (index.parent / "parameters.html").read_text(encoding="utf-8")
    assert "<b>New</b>" not in text
    assert "&lt;b&gt;New&lt;/b&gt; against Old" in text
    assert "over 20 draws" in text
    assert (index.parent / "data" / "parameters.csv").read_text(encoding="utf-8").startswith("parameter,value,range,unit")
    assert 'href="parameters.html"' in index.read_text(encoding="utf-8")


def test_too_few_futures_say_so(tmp_path):
    text = (report(comparison(4), tmp_path).parent / "parameters.html").read_text(encoding="utf-8")
    assert "Too few futures" in text
