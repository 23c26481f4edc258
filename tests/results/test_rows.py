"""A row gives back the run that it was made of, to the bit, or is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes

from copro_sim.results.rows import Run, run_of

NUMBERS = arrays(scalar_dtypes().filter(lambda kind: kind.kind in "biuf"), array_shapes(min_dims=0, min_side=0, max_side=4))


@given(st.dictionaries(st.text(max_size=5), NUMBERS, max_size=3))
def test_every_array_comes_back_to_the_bit(kept):
    run = run_of(Run(1, 2, 3, 4, kept).row("plan"), "plan")
    assert run[:4] == (1, 2, 3, 4)
    assert list(run.arrays) == list(kept)
    for name, array in kept.items():
        assert (run.arrays[name].dtype, run.arrays[name].shape) == (array.dtype, array.shape)
        assert run.arrays[name].tobytes() == array.tobytes()


def test_a_failure_comes_back():
    failed = Run(0, 0, 1, 0, None, "ArithmeticError: no such luck", "copro-sim replay a b 0")
    assert run_of(failed.row("plan"), "plan") == failed


def test_any_other_value_in_any_column_is_refused():
    row = Run(1, 2, 3, 4, {"month": np.arange(6.0).reshape(2, 3)}, None, None).row("plan")
    assert run_of(row, "plan")
    for column, other in enumerate((9, 9, 9, 9, "[]", b"x", "error", "replay", "0" * 64)):
        with pytest.raises(ValueError, match="differs from its checksum"):
            run_of((*row[:column], other, *row[column + 1 :]), "plan")
    with pytest.raises(ValueError, match="scenario 1, future 2 differs from its checksum"):
        run_of(row, "another plan")


@pytest.mark.parametrize(
    "form", ["{", "[1]", "7", '["abc"]', '[["month","O",[6]]]', '[["month","<f8",[9]]]', "[]"]
)
def test_a_form_that_makes_no_sense_is_refused(form):
    row = Run(1, 2, 3, 4, {"month": np.arange(6.0)}).row("plan")
    with pytest.raises(ValueError, match="differs from its checksum"):
        run_of((*row[:4], form, *row[5:]), "plan")
