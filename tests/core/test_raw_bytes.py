"""Raw bytes: the same are copied and cleared by Python and by compiled code."""

import numba
import numpy as np
import pytest

from copro_sim.core.raw_bytes import clear_bytes, copy_bytes


@pytest.mark.parametrize("compiled", [True, False])
def test_bytes_are_copied_and_cleared_where_they_are_told(compiled):
    def swap_in(to, start, count):
        copy_bytes(to, start, count)
        clear_bytes(start, count)

    numbers = np.arange(1, 7, dtype=np.int32)
    address, width = numbers.ctypes.data, numbers.itemsize
    (numba.njit(swap_in) if compiled else swap_in)(address + 3 * width, address, 2 * width)
    assert numbers.tolist() == [0, 0, 3, 1, 2, 6]
