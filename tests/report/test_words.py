"""What figures say of place, period and source."""

from dataclasses import replace

import numpy as np
import pytest

from copro_sim.comparison.places import at, find_place
from copro_sim.report.words import POUNDS, footer, period, place, scale, subtitle_of, title_of
from tests.comparison.fakes import fake_comparison


def test_place_and_period():
    comparison = fake_comparison({"old": np.zeros(4)}, years=3)
    assert place(comparison) == "Wales"
    assert period(comparison) == "April 2013 to March 2016"
    assert subtitle_of(comparison, "Hours").startswith("Hours. Wales, ")
    assert place(at(comparison, find_place("gwent"))) == "Gwent"
    assert place(at(comparison, find_place("Abertawe"))) == "Swansea"
    some = comparison.data.sel(authority=list(comparison.authorities[:4]))
    assert place(replace(comparison, data=some)) == "4 councils of Wales"


def test_the_footer_traces_a_figure_to_scenario_seed_and_futures():
    comparison = fake_comparison({"old": np.zeros(4)}, seed=77)
    text = footer(comparison)
    assert "Seed 77, 4 futures" in text
    assert f"old {comparison.scenarios[0].content_hash[:10]}" in text


def test_a_single_scenario_has_its_level_for_a_title():
    title = title_of(fake_comparison({"old": np.zeros(20)}), "unmet_share")
    assert title.startswith("The share of need left unmet is from 2")
    assert title.endswith("percent under Old in 90 percent of futures")


@pytest.mark.parametrize(("highest", "word"), [(1e10, "billion "), (3e6, "million "), (1.9e6, "thousand "), (900, "")])
def test_scale(highest, word):
    assert scale(highest, POUNDS)[1] == f"{word}pounds"
