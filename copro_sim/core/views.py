"""Views: how compiled code hands a community's columns from one walk to the next.

A tuple of 55 arrays is 400 numbers to compiled code, handed on at every call: that took half of all compiling. So `view` makes of
the tuple, once a community, three numbers: where the addresses of the columns lie, the first row, and how many rows there are. A
column is made of them where it is used, and its shape is then known when compiling: `c.need[i, 0]` reads the same in Python.

A view lives as long as the compiled function that made it: it may be handed on, never returned or kept.

Whole rows are copied and cleared as bytes by their addresses, which their caller keeps alive: `copy_bytes`, `clear_bytes`.
"""

import ctypes
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from llvmlite import ir
from numba import typeof, types
from numba.core import cgutils, errors
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    models,
    overload,
    register_model,
    type_callable,
)
from numba.np.arrayobj import make_array, populate_array


class View(types.Type):
    """The compiled type of a view into a tuple of arrays."""

    def __init__(self, arrays: types.NamedTuple, shapes: tuple[tuple[int, ...], ...]) -> None:
        """Describe views into tuples of this type, the rows of whose arrays have these shapes, without gaps."""
        for name, array, shape in zip(arrays.fields, arrays.types, shapes, strict=True):
            if array.layout != "C" or array.ndim != 1 + len(shape):
                raise errors.TypingError(f"column {name}: {array}, not C-contiguous with rows of shape {shape}")
        super().__init__(f"View({named(arrays)})")
        self.arrays, self.shapes = arrays, shapes
        self.columns = {name: (k, arrays.types[k], shapes[k]) for k, name in enumerate(arrays.fields)}


    @property
    def key(self) -> Any:
        """What makes two of these the same."""
        return self.arrays, self.shapes


def named(kind: types.Type) -> str:
    """Return a name of few letters that no other type has: numba's own of a tuple lists its types and not whose they are.

    It becomes part of the name of every compiled function that takes one, and of what is said of mistakes.
    """
    if not isinstance(kind, types.BaseNamedTuple):
        return str(kind)
    inside = ", ".join(f"{field}: {named(one)}" for field, one in zip(kind.fields, kind.types, strict=True))
    whose = kind.instance_class
    return f"{whose.__name__} {sha256(f'{whose.__module__}.{whose.__qualname__}({inside})'.encode()).hexdigest()[:8]}"


@register_model(View)
class _Model(models.StructModel):
    def __init__(self, manager: Any, view: View) -> None:
        members = [("addresses", types.CPointer(types.intp)), ("first", types.intp), ("rows", types.intp)]
        super().__init__(manager, view, members)


_SHAPES: dict[type, tuple[tuple[int, ...], ...]] = {}
"""Of a row of each array of tuples that are viewed."""


def compiled_view(view: Callable[..., Any], kind: type, shapes: Iterable[tuple[int, ...]]) -> Any:
    """Return `view`, made such that compiled code makes a `View` where Python calls it.

    Parameters
    ----------
    view
        A function (arrays, first, last) that cuts rows out of a tuple of arrays.
    kind
        The named tuple that it takes and returns.
    shapes
        Of a row of each array, in their order; all are C-contiguous.
    """
    known = tuple(shapes)
    _SHAPES[kind] = known
    type_callable(view)(lambda context: lambda arrays, first, last: View(arrays, known))
    lower_builtin(view, types.BaseNamedTuple, types.Integer, types.Integer)(_make_view)
    return view


def view_type(value: Any) -> View | None:
    """Return the compiled type of a view, if that is what `value` is in Python."""
    shapes = _SHAPES.get(type(value))
    return None if shapes is None else View(typeof(value), shapes)


def _make_view(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write the addresses of all columns into the calling function's own memory, always the same ones."""
    arrays, first, last = (
        value if index == 0 else context.cast(builder, value, signature.args[index], types.intp)
        for index, value in enumerate(arguments)
    )
    number = context.get_value_type(types.intp)
    table = cgutils.alloca_once(builder, ir.ArrayType(number, len(signature.args[0])))
    for k, kind in enumerate(signature.args[0]):
        data = make_array(kind)(context, builder, builder.extract_value(arrays, k)).data
        builder.store(builder.ptrtoint(data, number), cgutils.gep_inbounds(builder, table, 0, k))
    view = cgutils.create_struct_proxy(signature.return_type)(context, builder)
    view.addresses = cgutils.gep_inbounds(builder, table, 0, 0)
    view.first, view.rows = first, builder.sub(last, first)
    return view._getvalue()


@infer_getattr
class _Columns(AttributeTemplate):
    key = View

    def generic_resolve(self, view: View, name: str) -> Any:
        return view.columns[name][1] if name in view.columns else None


@lower_getattr_generic(View)
def _column(context: Any, builder: Any, kind: View, value: Any, name: str) -> Any:
    """Make the array of a column. `invariant.load`: its address need be read only once, whatever is written meanwhile."""
    place, array_type, shape = kind.columns[name]
    view = cgutils.create_struct_proxy(kind)(context, builder, value)
    address = builder.load(cgutils.gep_inbounds(builder, view.addresses, place))
    address.set_metadata("invariant.load", builder.module.add_metadata([]))
    array = make_array(array_type)(context, builder)
    strides = [context.get_abi_sizeof(context.get_data_type(array_type.dtype))]
    for length in reversed(shape):
        strides.insert(0, strides[0] * length)
    numbers = [context.get_constant(types.intp, stride) for stride in strides]
    first = builder.mul(view.first, context.get_constant(types.intp, strides[0] // strides[-1]))
    populate_array(
        array,
        data=builder.gep(builder.inttoptr(address, array.data.type), [first], inbounds=True),
        shape=[view.rows, *(context.get_constant(types.intp, length) for length in shape)],
        strides=numbers,
        itemsize=numbers[-1],
        meminfo=None,
    )
    return array._getvalue()


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
