"""Flags: the few among many whom something concerns, found without looking at each."""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload
from numba.np.arrayobj import make_array

from copro_sim.core.compiled import making

_AT_ONCE = 8
"""Flags that are read in one piece."""


@making
def flags(places):
    """Return zeros (uint8), one for each of so many places and up to eight more: `flagged` finds those that are set."""
    return np.zeros(places + _AT_ONCE - places % _AT_ONCE, np.uint8)


@making
def flagged(theirs):
    """Return the places of the flags that are set, and how many there are: where few are, eight are passed over at once."""
    found, count = np.empty(theirs.size, np.int64), 0
    for first in range(0, theirs.size, _AT_ONCE):
        if _any_at_once(theirs, first):
            for i in range(first, first + _AT_ONCE):
                if theirs[i] != 0:
                    found[count] = i
                    count += 1
    return found, count


def _any_at_once(flags: Any, first: int) -> bool:
    """Return whether one of the eight flags (uint8) from `first` on is not 0."""
    return bool(flags[first : first + _AT_ONCE].any())


@overload(_any_at_once)
def _compiled_any_at_once(flags, first):
    if not (isinstance(flags, types.Array) and flags.dtype == types.uint8 and flags.layout == "C"):
        return None
    return lambda flags, first: _together(flags, first) != 0


@intrinsic
def _together(context, flags, first):
    def read(context, builder, signature, arguments):
        data = make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8 * _AT_ONCE).as_pointer())
        return builder.load(place, align=1)

    return types.int64(flags, types.intp), read
