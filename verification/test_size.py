"""The size of the sample does not change the answer: what co-production changes is the same at 10 thousand citizens and more.

Not covered: what truly depends on numbers. A time bank of a few members or a band of a few practitioners fares
differently from a large one, but groups and bands have the size of their community and council whatever the sample's.
"""

import numpy as np
import pytest

import copro_sim as cs
from verdicts import alike

HEADLINES = ("unmet_share", "wellbeing", "given_hours_per_head")
YEARS, SMALLEST, PAIRS = 10, 10_000, 24


def change(citizens, seed, against="retreating-state", of="steady-and-co-produced"):
    """Return by how much each headline differs between two scenarios over the last half of the run."""
    found = []
    for name in (against, of):
        results = cs.run(cs.load_scenario(name).replace({"population.citizens": citizens}), seed=seed, years=YEARS, workers=2)
        data = results.national_values()
        per_head = data["given_hours"] / data["citizens"]
        found.append([data["unmet_share"][-60:].mean(), data["wellbeing"][-60:].mean(), per_head[-60:].mean()])
    return np.subtract(found[1], found[0])


@pytest.fixture(scope="module")
def smallest():
    """Changes at the smallest size, [pairs, headlines]."""
    return np.array([change(SMALLEST, seed) for seed in range(PAIRS)])


@pytest.mark.parametrize(("citizens", "pairs"), [(100_000, 2), pytest.param(3_063_000, 1, marks=pytest.mark.full)])
def test_a_larger_sample_says_the_same(smallest, citizens, pairs, check):
    def same(larger):
        return alike(larger, smallest, SMALLEST / citizens, HEADLINES)

    check(
        f"What co-production changes in a sample of {citizens:,} citizens, against {SMALLEST:,}",
        "the size of the sample moves no mean, and variance falls as the number of citizens rises",
        same([change(citizens, seed) for seed in range(pairs)]),
        {"retreat compared with itself": same([change(SMALLEST, seed, of="retreating-state") for seed in range(pairs)])},
    )
