"""Where a run begins: what was drawn and what settled is what the months after it go on with."""

import numpy as np
import pytest

import copro_sim as cs

SEEDS, HALF_YEAR = tuple(range(1, 13)), 6
MOST = {"need": 2.0, "wellbeing": 0.5, "strain": 6.0, "bonds": 1.5, "balance": 3.0, "support": 15.0}
"""Change allowed over the first half year, in percent of the mean and at the pace of a year. Population and seasons change some;
a start in which nobody is in an acute episode changes need by 9, one for which need stood still until then support by 50. By luck
alone support of one seed differs by 14 (a standard deviation), so that of twelve by 4."""


@pytest.fixture(scope="module")
def pace():
    """Return by how much a year each indicator changes in the first half year, in percent of its mean."""
    scenario = cs.load_scenario("co-production").replace({"population.citizens": 12_000})
    runs = [cs.run(scenario, seed=seed, years=1).national_values() for seed in SEEDS]
    mean = {
        name: np.mean([run[name][:HALF_YEAR] for run in runs], axis=0)
        for name in ("people_with_need", "wellbeing", "strain", "bonds", "credits_outstanding", "members", "council_hours")
    }
    series = {
        "need": mean["people_with_need"], "wellbeing": mean["wellbeing"], "strain": mean["strain"], "bonds": mean["bonds"],
        "balance": mean["credits_outstanding"] / mean["members"], "support": mean["council_hours"],
    }  # fmt: skip
    return {name: 1200 * np.polyfit(range(HALF_YEAR), values, 1)[0] / values.mean() for name, values in series.items()}


@pytest.mark.parametrize("name", MOST)
def test_the_first_months_show_no_trend_of_their_own(pace, name):
    assert abs(pace[name]) < MOST[name], f"{name} changes by {pace[name]:.2f} percent a year"
