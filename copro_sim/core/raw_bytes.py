"""Whole rows copied and cleared as bytes, by their addresses: whoever gives an address keeps alive what lies there."""

import ctypes

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload


def copy_bytes(to: int, start: int, count: int) -> None:
    """Copy `count` bytes from the address `start` to the address `to`; the two stretches may overlap."""
    ctypes.memmove(int(to), int(start), int(count))


def clear_bytes(start: int, count: int) -> None:
    """Write zeros to `count` bytes from the address `start` on."""
    ctypes.memset(int(start), 0, int(count))


@intrinsic
def _copied(context, to, start, count):
    def write(context, builder, signature, arguments):
        to, start = (builder.inttoptr(address, cgutils.voidptr_t) for address in arguments[:2])
        cgutils.raw_memmove(builder, to, start, arguments[2], 1)
        return context.get_dummy_value()

    return types.void(types.intp, types.intp, types.intp), write


@intrinsic
def _cleared(context, start, count):
    def write(context, builder, signature, arguments):
        cgutils.memset(builder, builder.inttoptr(arguments[0], cgutils.voidptr_t), arguments[1], 0)
        return context.get_dummy_value()

    return types.void(types.intp, types.intp), write


@overload(copy_bytes)
def _copy_bytes(to, start, count):
    return lambda to, start, count: _copied(to, start, count)


@overload(clear_bytes)
def _clear_bytes(start, count):
    return lambda start, count: _cleared(start, count)
