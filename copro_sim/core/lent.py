"""Lending: how walks that are compiled each by itself are handed what they need, and called one after the other.

Code that calls a walk by name holds it: numba links it in and optimises it once more, so a year of twenty processes takes a
minute to compile, in one piece, and anew for every other order of the month. `call` finds a walk by its address instead. Every
walk takes one thing, a tuple that is `lent`: compiled code hands on where it lies, and reads a field where it is used.

What is lent lives as long as the compiled function that lent it: it may be handed on, never returned or kept. Python's own
functions see the tuple itself, and walks in a list.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, errors
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    models,
    overload,
    register_model,
    type_callable,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array

from copro_sim.core.aliasing import ColumnType
from copro_sim.core.views import View, load_view, named, says, view_type, written


class Lent(types.Type):
    """The compiled type of a named tuple that is lent: of its address."""

    def __init__(self, held: types.BaseNamedTuple) -> None:
        """Describe what is lent by the type of the tuple."""
        super().__init__(f"Lent({named(held)})")
        self.held = held

    @property
    def key(self) -> int:
        """What makes two of these the same: names of tuples do not. Of equal types numba keeps one object,
        so that nobody need look through all types in it whenever a year is lived."""
        return id(self.held)


register_model(Lent)(models.OpaqueModel)
_ALIGNED = 8
"""What the address of a tuple can be divided by."""


def lent(values: Any) -> Any:
    """Return a named tuple as walks are handed it."""
    return values


@type_callable(lent)
def _type_of_lent(context):
    return lambda values: Lent(values) if isinstance(values, types.BaseNamedTuple) else None


@lower_builtin(lent, types.BaseNamedTuple)
def _lend(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write the tuple into the calling function's own memory, always the same place."""
    place = cgutils.alloca_once(builder, arguments[0].type)
    builder.store(arguments[0], place)
    return written(builder, builder.bitcast(place, cgutils.voidptr_t))


@infer_getattr
class _Fields(AttributeTemplate):
    key = Lent

    def generic_resolve(self, lent: Lent, name: str) -> Any:
        if name not in lent.held.fields:
            return None
        field = lent.held.types[lent.held.fields.index(name)]
        if isinstance(field, types.BaseNamedTuple):
            return Lent(field)
        without_gaps = isinstance(field, types.Array) and field.layout == "C"
        return ColumnType(field, f"{lent.name}.{name}") if without_gaps else field


@lower_getattr_generic(Lent)
def _field(context: Any, builder: Any, kind: Lent, value: Any, name: str) -> Any:
    """Read a field, or say where it lies. `invariant.load`: while it is lent, nobody writes to it."""
    at = kind.held.fields.index(name)
    field = kind.held.types[at]
    size = context.get_abi_sizeof(context.get_value_type(kind.held))
    if isinstance(value, ir.Argument):  # what a walk itself is lent: all of it may be read at any time
        value.attributes.dereferenceable, value.attributes.align = size, _ALIGNED
    whole = builder.bitcast(value, context.get_value_type(kind.held).as_pointer())
    place = cgutils.gep_inbounds(builder, whole, 0, at)
    if isinstance(field, types.BaseNamedTuple):
        return builder.bitcast(place, cgutils.voidptr_t)
    if isinstance(field, View):
        return load_view(context, builder, field, place)
    loaded = builder.load(place)
    says(builder, loaded, "invariant.load")
    if isinstance(field, Lent):
        says(builder, loaded, "dereferenceable", context.get_abi_sizeof(context.get_value_type(field.held)))
        says(builder, loaded, "align", _ALIGNED)
    if isinstance(field, types.Array):  # whoever lends it holds it: nobody counts
        array = make_array(field)(context, builder, loaded)
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        return array._getvalue()
    return loaded


def type_lent(values: Any, before: Collection[str] = ()) -> Lent:
    """Return the type as which compiled code lends what Python holds as `values`, of which fields were lent `before`."""
    return Lent(_type_of(values, before))


def _type_of(value: Any, before: Collection[str] = ()) -> Any:
    view = view_type(value)
    if view is not None:
        return view
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        fields = zip(value._fields, map(_type_of, value), strict=True)
        return types.BaseTuple.from_types([Lent(field) if name in before else field for name, field in fields], type(value))
    return numba.typeof(value)


class Walks:
    """Compiled walks by address, in the order in which they are to be called."""

    def __init__(self, walks: Sequence[Any], kind: Lent) -> None:
        """Compile each of `walks` (what `entry` returns, of one parameter) for what is lent to it, unless it is so already."""
        self._held = tuple(walks)
        """What is called must not be thrown away."""
        self._addresses = np.array([_address(walk, kind) for walk in walks], np.intp)
        self.type, self.place, self.many = _WalksType(kind), self._addresses.ctypes.data, len(self._held)


def _address(walk: Any, kind: Lent) -> int:
    compiled = walk.get_compile_result(types.void(kind))
    return int(compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name))


class _WalksType(types.Type):
    def __init__(self, kind: Lent) -> None:
        super().__init__(f"Walks({kind.name})")
        self.kind = kind

    @property
    def key(self) -> Lent:
        return self.kind


@register_model(_WalksType)
class _WalksModel(models.StructModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, [(name, types.intp) for name in _MEMBERS])


_MEMBERS = ("place", "many")
"""Where the first address lies, and how many there are."""


@typeof_impl.register(Walks)
def _type_of_walks(walks: Walks, context: Any) -> _WalksType:
    return walks.type


@unbox(_WalksType)
def _unbox(kind: Any, walks: Any, c: Any) -> NativeValue:
    found = cgutils.create_struct_proxy(kind)(c.context, c.builder)
    for name in _MEMBERS:
        held = c.pyapi.object_getattr_string(walks, name)
        setattr(found, name, c.pyapi.number_as_ssize_t(held))
        c.pyapi.decref(held)
    return NativeValue(found._getvalue())


@overload(len)
def _len(walks):
    return (lambda walks: _many(walks)) if isinstance(walks, _WalksType) else None


def call(walks: Sequence[Callable[[Any], None]], at: int, given: Any) -> None:
    """Call the walk at place `at` with what is lent to it."""
    walks[at](given)


@overload(call)
def _call(walks, at, given):
    return lambda walks, at, given: _called(walks, at, given)


def _held(context: Any, builder: Any, kind: _WalksType, walks: Any) -> Any:
    return cgutils.create_struct_proxy(kind)(context, builder, value=walks)


@intrinsic
def _many(context, walks):
    return types.intp(walks), lambda context, builder, signature, arguments: _held(context, builder, walks, arguments[0]).many


@intrinsic
def _called(context, walks, at, given):
    if walks.kind != given:
        raise errors.TypingError(f"walks made for {walks.kind} are called with {given}")

    def write(context, builder, signature, arguments):
        held, at, given = arguments
        convention = context.call_conv
        kind = convention.get_function_type(types.none, (walks.kind,)).as_pointer()
        places = builder.inttoptr(_held(context, builder, walks, held).place, kind.as_pointer())
        walk = builder.load(builder.gep(places, [at], inbounds=True))
        status, _ = convention.call_function(builder, walk, types.none, (walks.kind,), (given,))
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.void(walks, types.intp, given), write
