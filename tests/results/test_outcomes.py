"""The National Outcomes headings: all eight, each with indicators that exist, or said not to be modelled."""

import numpy as np

from copro_sim.results.indicators import INDICATORS
from copro_sim.results.outcomes import NOT_MODELLED, OUTCOMES, outcomes_table
from tests.results.fakes import fake_results


def test_there_are_eight_headings_of_known_indicators():
    assert len(OUTCOMES) == 8
    assert all(name in INDICATORS for names in OUTCOMES.values() for name in names)


def test_a_heading_without_a_mechanism_says_so_and_has_no_number():
    table = outcomes_table(dict.fromkeys(INDICATORS, 1.0))
    assert list(dict.fromkeys(table["outcome"])) == list(OUTCOMES)
    silent = table[table["indicator"] == ""]
    assert set(silent["outcome"]) == {heading for heading, names in OUTCOMES.items() if not names}
    assert (silent["title"] == NOT_MODELLED).all()
    assert silent["value"].isna().all()
    assert (table[table["indicator"] != ""]["value"] == 1.0).all()


def test_a_run_has_its_outcomes():
    results = fake_results()
    table = results.outcomes().set_index("indicator")
    assert table.loc["wellbeing", "value"] == np.nanmean(results.national_values()["wellbeing"])
