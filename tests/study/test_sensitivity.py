"""Sensitivity: known answers come out, whatever the design; and where a scenario wins is found."""

import re

import numpy as np
import pytest
import xarray

import copro_sim as cs
from copro_sim.report.sensitivity import doubt, sensitivity_figure
from copro_sim.report.style import saved
from copro_sim.study.design import sweep_of
from copro_sim.study.sensitivity import discover, sensitivity
from copro_sim.study.sweep import Swept

KEYS = ("capacity.invitation_accepted", "care_service.natural_first", "time_credits.caution")


def swept(function, design, points, *, scenarios=("co-production",)):
    factors = {key: {"low": 0.0, "high": 1.0} for key in KEYS}
    asked = sweep_of({"scenarios": list(scenarios), "design": design, "points": points, "factors": factors})
    values = function(asked.values())
    both = np.stack([np.zeros_like(values), values], axis=1)[:, -len(scenarios) :]
    return Swept(asked, xarray.Dataset({"unmet_share": (("point", "scenario", "run"), both[..., None])}))


def ishigami(x):
    a, b, c = (2 * np.pi * (x - 0.5)).T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def linear(x):
    return 3 * x[:, 0] + x[:, 1]


def test_sobol_indices_of_ishigamis_function_are_the_known_ones():
    """Ishigami and Homma 1990: first order 0.314, 0.442, 0; total 0.558, 0.442, 0.244."""
    table = sensitivity(swept(ishigami, "sobol", 2048)).table.set_index("factor")
    assert np.allclose(table.loc[list(KEYS), "first_order"], [0.314, 0.442, 0.0], atol=0.03)
    assert np.allclose(table.loc[list(KEYS), "total"], [0.558, 0.442, 0.244], atol=0.03)
    assert (table["total_low"] <= table["total"]).all()


def test_a_sensitivity_is_plotted_as_comparisons_are_and_nothing_else_is():
    found = sensitivity(swept(ishigami, "sobol", 64))
    shown = [label.get_text() for label in cs.plot(found).axes[0].get_yticklabels()]
    assert shown == found.table["factor"].tolist()[::-1]
    with pytest.raises(TypeError, match=r"cs\.sensitivity returned, not a Swept"):
        cs.plot(swept(ishigami, "sobol", 64))


def test_shares_of_the_variance_from_too_few_points_are_said_to_be_unsure():
    few, many = (sensitivity(swept(ishigami, "sobol", points)) for points in (8, 2048))
    assert doubt(few) == "too few points to tell: take more"
    assert doubt(few) in sensitivity_figure(few).axes[0].get_xlabel()
    assert (doubt(many), doubt(sensitivity(swept(linear, "morris", 20)))) == ("", "")


def test_morris_effects_of_a_linear_function_are_its_slopes():
    found = sensitivity(swept(linear, "morris", 20))
    assert found.table["factor"].tolist() == list(KEYS)
    assert np.allclose(found.table["mean_effect"], [3.0, 1.0, 0.0])
    assert np.allclose(found.table["spread"], 0.0)


def test_delta_puts_what_moves_the_distribution_first():
    table = sensitivity(swept(linear, "latin-hypercube", 400)).table
    assert table["factor"].tolist()[0] == KEYS[0]
    assert table["delta"].iloc[0] > 2 * table["delta"].iloc[-1]


def test_of_two_scenarios_the_difference_is_analysed():
    found = sensitivity(swept(linear, "morris", 8, scenarios=("retreating-state", "co-production")))
    assert found.outcome == "the share of need left unmet, co-production less retreating-state"


def test_an_outcome_that_hangs_on_nothing_and_too_few_points_are_said():
    with pytest.raises(ValueError, match="hangs on none of the factors"):
        sensitivity(swept(lambda x: 0 * x[:, 0], "morris", 4))
    with pytest.raises(ValueError, match="too few"):
        sensitivity(swept(linear, "latin-hypercube", 16))


def test_the_box_in_which_a_scenario_wins_is_found():
    boxes = discover(swept(lambda x: np.where((x[:, 0] > 0.6) & (x[:, 1] < 0.3), -1.0, 1.0), "latin-hypercube", 1000))
    assert boxes[0].share > 0.95
    bounds = re.findall(r"(invitation_accepted above|natural_first up to) ([.0-9]+)", boxes[0].conditions)
    found = {name: round(float(bound), 1) for name, bound in bounds}
    assert found == {"invitation_accepted above": 0.6, "natural_first up to": 0.3}
    assert sum(box.points for box in boxes) == 1000
    assert discover(swept(linear, "latin-hypercube", 100), below=9.0)[0] == ("anywhere", 100, 1.0)


@pytest.mark.parametrize(("design", "points"), [("sobol", 16), ("morris", 8), ("latin-hypercube", 64)])
def test_a_figure_is_the_same_bytes_each_time_and_names_what_counts_most(design, points):
    found = sensitivity(swept(linear, design, points))
    one, other = (saved(sensitivity_figure(found), "svg") for _ in range(2))
    assert one == other
    assert sensitivity_figure(found).axes[0].get_title(loc="left").endswith(f"most on {KEYS[0]}")
