"""The size of the sample does not change the answer: what co-production changes is the same at 10 thousand citizens and more.

False alarms: differences are compared at four standard errors, which eight pairs at the smallest size give: one chance in two
hundred for each of the three numbers, had other seeds been taken; these seeds give the same every time.
Not covered: what truly depends on numbers. A time bank of a few members or a band of a few practitioners fares
differently from a large one, but groups and bands have the size of their community and council whatever the sample's.
"""

import numpy as np
import pytest

import copro_sim as cs

HEADLINES = ("unmet_share", "wellbeing", "given_hours_per_head")
YEARS, PAIRS, ERRORS = 10, 8, 4.0


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
    """Changes at 10 thousand citizens, [pair, headline]."""
    return np.array([change(10_000, seed) for seed in range(PAIRS)])


@pytest.mark.parametrize(("citizens", "pairs"), [(100_000, 2), pytest.param(3_063_000, 1, marks=pytest.mark.full)])
def test_a_larger_sample_says_the_same(smallest, citizens, pairs):
    larger = np.array([change(citizens, seed) for seed in range(pairs)]).mean(axis=0)
    error = smallest.std(axis=0, ddof=1) / np.sqrt(PAIRS)
    mean = smallest.mean(axis=0)
    for name, one, other, sure in zip(HEADLINES, mean, larger, error, strict=True):
        print(f"{citizens:>9,} {name:22} {other:+.5f} against {one:+.5f} at 10,000, standard error {sure:.5f}")
    share = 1 + PAIRS * 10_000 / (pairs * citizens)  # the larger sample has an error of its own
    assert (np.abs(larger - mean) < ERRORS * error * np.sqrt(share)).all()


def test_the_check_bites(smallest):
    """Another question's answer is not taken for this one's."""
    other = change(100_000, 0, of="retreating-state", against="retreating-state")
    error = smallest.std(axis=0, ddof=1) / np.sqrt(PAIRS)
    assert (np.abs(other - smallest.mean(axis=0)) > ERRORS * error).any()
