"""Views: how compiled code hands a community's columns from one walk to the next.

A tuple of 55 arrays is 400 numbers to compiled code, handed on at every call: that took half of all compiling. So `view` makes of
the tuple, once a community, two numbers: where the addresses of its columns lie, and how many rows there are. A column is made of
them where it is used, and its shape is then known when compiling: `c.need[i, 0]` reads the same in Python.

Each column is of a type of its own (`core/aliasing.py`): compiled code knows that what is written to one is not in another.

A view lives as long as the compiled function that made it: it may be handed on, never returned or kept.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from math import prod
from typing import Any

from llvmlite import ir
from numba import typeof, types
from numba.core import cgutils, errors
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, lower_builtin, lower_getattr_generic, models, register_model, type_callable
from numba.np.arrayobj import make_array, populate_array

from copro_sim.core.aliasing import ColumnType


class View(types.Type):
    """The compiled type of a view into a tuple of arrays."""

    def __init__(self, arrays: types.NamedTuple, shapes: tuple[tuple[int, ...], ...]) -> None:
        """Describe views into tuples of this type, the rows of whose arrays have these shapes, without gaps."""
        for name, array, shape in zip(arrays.fields, arrays.types, shapes, strict=True):
            if array.layout != "C" or array.ndim != 1 + len(shape):
                raise errors.TypingError(f"column {name}: {array}, not C-contiguous with rows of shape {shape}")
        super().__init__(f"View({named(arrays)})")
        self.arrays, self.shapes = arrays, shapes
        whose = arrays.instance_class.__name__
        kinds = (ColumnType(array, f"{whose}.{name}") for name, array in zip(arrays.fields, arrays.types, strict=True))
        self.columns = {name: (k, kind, shapes[k]) for k, (name, kind) in enumerate(zip(arrays.fields, kinds, strict=True))}

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
        members = [("addresses", types.CPointer(types.intp)), ("rows", types.intp)]
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
    """Write where all columns begin into the calling function's own memory, always the same place."""
    arrays, first, last = (
        value if index == 0 else context.cast(builder, value, signature.args[index], types.intp)
        for index, value in enumerate(arguments)
    )
    number = context.get_value_type(types.intp)
    table = cgutils.alloca_once(builder, ir.ArrayType(number, len(signature.args[0])))
    for k, (kind, shape) in enumerate(zip(signature.args[0], signature.return_type.shapes, strict=True)):
        data = make_array(kind)(context, builder, builder.extract_value(arrays, k)).data
        begins = builder.gep(data, [builder.mul(first, context.get_constant(types.intp, prod(shape)))], inbounds=True)
        builder.store(builder.ptrtoint(begins, number), cgutils.gep_inbounds(builder, table, 0, k))
    view = cgutils.create_struct_proxy(signature.return_type)(context, builder)
    view.addresses = written(builder, cgutils.gep_inbounds(builder, table, 0, 0))
    view.rows = builder.sub(last, first)
    return view._getvalue()


def load_view(context: Any, builder: Any, kind: View, place: Any) -> Any:
    """Read a view that lies at a `place`, and tell the compiler that the addresses of all columns may be read at any time."""
    addresses, rows = (builder.load(cgutils.gep_inbounds(builder, place, 0, at)) for at in range(2))
    size = context.get_abi_sizeof(context.get_value_type(types.intp))
    says(builder, addresses, "dereferenceable", size * len(kind.columns))
    says(builder, addresses, "align", size)
    for loaded in (addresses, rows):
        says(builder, loaded, "invariant.load")
    view = cgutils.create_struct_proxy(kind)(context, builder)
    view.addresses, view.rows = addresses, rows
    return view._getvalue()


def says(builder: Any, loaded: Any, what: str, *numbers: int) -> None:
    """Tell the compiler something of what is loaded."""
    loaded.set_metadata(what, builder.module.add_metadata([ir.Constant(ir.IntType(64), number) for number in numbers]))


def written(builder: Any, place: Any) -> Any:
    """Return the address of what has been written to a `place`, as one that the compiler has never seen.

    From there on it is read as unchanging, though the next round of a loop may write to the same place: that round's is another.
    """
    kind = ir.FunctionType(place.type, [place.type])
    return builder.asm(kind, "", "=r,0,~{memory}", [place], side_effect=True)


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
    says(builder, address, "invariant.load")
    array = make_array(array_type)(context, builder)
    strides = [context.get_abi_sizeof(context.get_data_type(array_type.dtype))]
    for length in reversed(shape):
        strides.insert(0, strides[0] * length)
    numbers = [context.get_constant(types.intp, stride) for stride in strides]
    populate_array(
        array,
        data=builder.inttoptr(address, array.data.type),
        shape=[view.rows, *(context.get_constant(types.intp, length) for length in shape)],
        strides=numbers,
        itemsize=numbers[-1],
        meminfo=None,
    )
    return array._getvalue()
