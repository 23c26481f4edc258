"""What is kept of a run is what its results say."""

import numpy as np

from copro_sim.comparison.essence import GROUPED, GROUPS, NAMES, essence
from tests.results.fakes import fake_results


def test_what_is_kept_is_what_the_results_say():
    results = fake_results(years=2)
    kept, groups = essence(results), results.groups
    for k, name in enumerate(NAMES):
        np.testing.assert_array_equal(kept["month"][:, k], results.national()[name])
        np.testing.assert_allclose(kept["place"][..., k].mean(axis=1), results.data[name].mean("month"))
    np.testing.assert_allclose(kept["given_by_sex_age"], groups["given_hours"].sum(["fifth", "setting"]))
    heavy = groups["carers_20_34"] + groups["carers_35_49"] + groups["carers_50_plus"]
    np.testing.assert_allclose(kept["carers_by_sex_age"], heavy.sum(["fifth", "setting"]))
    by_fifth = groups.sum(["sex", "age_band", "setting"])
    every = [name for names in GROUPS.values() for name in names]
    first = every.index(GROUPS["deprivation"][0])
    unmet = kept["group"][:, first : first + len(GROUPS["deprivation"]), GROUPED.index("unmet_share")]
    np.testing.assert_allclose(unmet, by_fifth["unmet_hours"] / by_fifth["need_hours"])
    citizens = kept["group"][..., GROUPED.index("citizens")]
    for names in GROUPS.values():  # everybody is in one group of each kind
        np.testing.assert_allclose(citizens[:, [every.index(name) for name in names]].sum(axis=1), citizens[:, :2].sum(axis=1))
