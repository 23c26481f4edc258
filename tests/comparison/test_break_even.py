"""Break-even: where differences cross zero, and a plain word where they do not."""

import numpy as np
import pytest

import copro_sim as cs
from copro_sim.comparison.break_even import BreakEven, break_even, crossings

VALUES = np.array([0.0, 1.0, 2.0])
SMALL = {"population.citizens": 8_800, "run.years": 3}


@pytest.mark.parametrize(
    ("differences", "at"),
    [
        ([-1.0, 1.0, 3.0], 0.5),
        ([-1.0, -1.0, 3.0], 1.25),
        ([1.0, 0.0, -1.0], 1.0),
        ([3.0, -1.0, 2.0], 0.75),  # the first of two
        ([1.0, 2.0, 3.0], np.nan),
        ([0.0, 0.0, 0.0], np.nan),
    ],
)
def test_crossings_are_in_proportion_between_the_values_around_them(differences, at):
    assert crossings(VALUES, np.array(differences)[:, None])[0] == pytest.approx(at, nan_ok=True)


def found(differences):
    change = np.array(differences, float)
    return BreakEven(
        "funding.clawback", "unmet_share", VALUES, change, crossings(VALUES, change),
        int((change < 0).all(axis=0).sum()), int((change > 0).all(axis=0).sum()),
    )  # fmt: skip


def test_the_sentence_counts_futures_and_says_plainly_where_there_is_no_break_even():
    idle = found([[1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, -1.0, 0.0]])
    assert idle.sentence() == (
        "funding.clawback from 0 to 2 changes the share of need left unmet in none of 3 futures: what it acts upon is not at "
        "work, as under some stances. Whatever its value, it is better in 1 and worse in 1."
    )
    none = found([[1.0, -1.0], [2.0, -1.0], [1.0, -1.0]])
    assert none.ninety is None
    assert none.sentence() == (
        "No break-even of the share of need left unmet for funding.clawback from 0 to 2 in any of 2 futures: better "
        "throughout in 1 and worse throughout in 1."
    )
    some = found([[-1.0, 1.0], [1.0, 1.0], [3.0, 1.0]])
    assert "breaks even at a funding.clawback of 0.5" in some.sentence()
    assert "in 1 of 2 futures" in some.sentence()


def test_money_breaks_even_where_it_is_what_the_reference_has():
    """Twenty pounds a head kept from care in the reference: keeping as much breaks even, keeping less or more does not."""
    key = "funding.reserved_pounds_per_head"
    reference = cs.load_scenario("retreating-state").replace(SMALL | {key: 20.0})
    result = break_even(reference, key, against=reference, low=0.0, high=40.0, points=5, futures=2, workers=2)
    assert result.differences.shape == (5, 2)
    assert (result.differences[2] == 0.0).all()
    assert result.differences[0].mean() < 0.0 < result.differences[-1].mean()
    assert (result.at <= 20.0).all()


def test_what_cannot_break_even_is_refused():
    for changes, said in (
        ({"setting": "funding.clawbak"}, "Did you mean clawback"),
        ({"setting": "council.first_line"}, "no setting that can be moved"),
        ({"indicator": "council_cost"}, "neither better nor worse"),
        ({"points": 1}, "a whole number from 2 to 1000"),
        ({"low": 1.0, "high": 0.0}, "low below high"),
    ):
        with pytest.raises(ValueError, match=said):
            break_even("co-production", **({"setting": "funding.clawback"} | changes))
