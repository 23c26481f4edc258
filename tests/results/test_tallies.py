"""Tallies refuse what cannot be tallies of whole years."""

import numpy as np
import pytest

from copro_sim.processes.tally import TALLIES
from copro_sim.results.tallies import Tallies


def arrays(months=12, years=1, kind=np.int64):
    return np.zeros((months, 2, TALLIES), kind), np.zeros((years, 2, 7, 5, 4, TALLIES), kind)


@pytest.mark.parametrize(
    "wrong",
    [
        arrays(months=11),
        arrays(kind=np.float64),
        (arrays()[0][..., 1:], arrays()[1]),
        (arrays()[0], arrays()[1][:, :1]),
    ],
)
def test_what_cannot_be_tallies_is_refused(wrong):
    with pytest.raises(ValueError, match=r"int64|wrong shape|not 1 years"):
        Tallies(*wrong)


def test_weights_and_months_by_hand():
    month, group = arrays()
    month[3, 1, 0] = 4
    group[0, 1, 2, 3, 1, 0] = 24 * 250_500_000
    tallies = Tallies(month, group)
    assert tallies.weighted(np.array([1.0, 250.5]))[3, 1, 0] == 1002.0
    assert tallies.by_group()[0, 1, 2, 3, 1, 0] == 2 * 250.5
