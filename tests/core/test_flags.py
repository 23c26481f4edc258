"""Flags: whichever are set are found, by Python and by compiled code."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copro_sim.core.flags import flagged, flags

COMPILED = numba.njit(lambda theirs: flagged(theirs))


@given(st.integers(0, 60), st.sets(st.integers(0, 59)))
def test_the_flags_that_are_set_are_found(places, which):
    which = sorted(place for place in which if place < places)
    theirs = flags(places)
    theirs[which] = 1
    for found, count in (flagged(theirs), COMPILED(theirs)):
        assert found[:count].tolist() == which


@pytest.mark.parametrize("places", [0, 1, 7, 8, 9, 16])
def test_every_flag_is_found(places):
    theirs = flags(places)
    theirs[:places] = 1
    for found, count in (flagged(theirs), COMPILED(theirs)):
        assert found[:count].tolist() == list(range(places))


@pytest.mark.parametrize("wrong", [np.zeros(8, np.int64), np.zeros(16, np.uint8)[::2]])
def test_what_are_no_flags_is_refused_before_it_is_read(wrong):
    with pytest.raises(numba.TypingError):
        numba.njit(lambda theirs: flagged(theirs))(wrong)
