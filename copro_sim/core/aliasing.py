"""Aliasing: columns that compiled code knows apart.

A compiler must believe that whatever is written to one array may lie in another, and so reads everything again after every
writing. Each column therefore has a compiled type of its own, and each reading and writing says which column it is of (LLVM's
type-based alias analysis): what has been read need not be read again, and several citizens may be done at once.

`numbers` are a walk's own, known apart in the same way.
"""

import operator
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import impl_ret_borrowed
from numba.extending import intrinsic, lower_builtin, models, overload, register_model
from numba.np.arrayobj import fix_integer_index, getitem_array_tuple, getitem_arraynd_intp, make_array, setitem_array


class ColumnType(types.Array):
    """The compiled type of a column of a view: of an array that no other column's array lies in."""

    def __init__(self, array: types.Array, column: str) -> None:
        """Describe a column of this name and its view's."""
        name = f"{column}({array.dtype}, {array.ndim}d)"
        super().__init__(array.dtype, array.ndim, array.layout, not array.mutable, name, array.aligned)
        self.column = column

    @property
    def key(self) -> Any:
        """What makes two of these the same."""
        return (*super().key, self.column)


register_model(ColumnType)(models.ArrayModel)


@lower_builtin(operator.getitem, ColumnType, types.Integer)
@lower_builtin(operator.getitem, ColumnType, types.BaseTuple)
def _read(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Read one number of a column."""
    place = _place(context, builder, signature.args, arguments)
    if place is None:
        rows = getitem_array_tuple if isinstance(signature.args[1], types.BaseTuple) else getitem_arraynd_intp
        return rows(context, builder, signature, arguments)
    found = builder.load(place)
    found.set_metadata("tbaa", _only_in(builder, signature.args[0]))
    return found


@lower_builtin(operator.setitem, ColumnType, types.Integer, types.Any)
@lower_builtin(operator.setitem, ColumnType, types.BaseTuple, types.Any)
def _write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write one number of a column."""
    column, _, kind = signature.args
    place = _place(context, builder, signature.args, arguments)
    if place is None:
        return setitem_array(context, builder, signature, arguments)
    stored = builder.store(context.cast(builder, arguments[2], kind, column.dtype), place)
    stored.set_metadata("tbaa", _only_in(builder, column))
    return context.get_dummy_value()


def _place(context: Any, builder: Any, kinds: Any, arguments: Any) -> Any:
    """Return the address of one number of a column; None if more than one is meant."""
    column, index = kinds[:2]
    tuples = isinstance(index, types.BaseTuple)
    parts = tuple(index) if tuples else (index,)
    if len(parts) != column.ndim or not all(isinstance(part, types.Integer) for part in parts):
        return None
    array = make_array(column)(context, builder, arguments[0])
    values = cgutils.unpack_tuple(builder, arguments[1], len(parts)) if tuples else [arguments[1]]
    at = context.get_constant(types.intp, 0)
    lengths = cgutils.unpack_tuple(builder, array.shape, column.ndim)
    for value, part, length in zip(values, parts, lengths, strict=True):
        at = builder.add(builder.mul(at, length), fix_integer_index(context, builder, part, value, length))
    return builder.gep(array.data, [at], inbounds=True)


def _only_in(builder: Any, column: ColumnType) -> Any:
    """Return what says of a reading or writing that it is of this column and no other."""
    module = builder.module
    root = module.add_metadata([ir.MetaDataString(module, "columns of copro_sim")])
    zero = ir.Constant(ir.IntType(64), 0)
    kind = module.add_metadata([ir.MetaDataString(module, column.column), root, zero])
    return module.add_metadata([kind, kind, zero])


def numbers(count: int, name: str) -> Any:
    """Return so many whole numbers (int64, of any value), known apart from all columns and from those of other names."""
    return np.empty(count, np.int64)


@overload(numbers, prefer_literal=True)
def _numbers(count, name):
    return lambda count, name: _apart(np.empty(count, np.int64), name)


@intrinsic(prefer_literal=True)
def _apart(context, array, name):
    if not isinstance(name, types.StringLiteral):
        return None
    kind = ColumnType(array, f"numbers {name.literal_value}")
    return kind(array, name), lambda context, builder, signature, arguments: impl_ret_borrowed(
        context, builder, signature.return_type, arguments[0]
    )
