"""Named tuples of arrays as compiled rules read them: one pointer to a table of pointers.

Passed as they are, a world's and a state's thirty-five arrays would be some three hundred
machine words in every call of every rule; compiling them took minutes.  :class:`Rows` keeps
addresses and shapes in a table of its own; a rule's ``s.pair`` loads from it, and
``s.pair[f, i, j]`` is an address computed and a number loaded.  Interpreted rules read
memoryviews (:func:`sim.state.for_rules`), which know no more: whole indices, ``shape``.

Python's meaning of a negative index is kept.  Nothing is counted or freed here: whoever
made the arrays keeps them.
"""

from __future__ import annotations

import operator
from functools import cache
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_builtin, lower_getattr, lower_getattr_generic
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox

_POINTER = ir.IntType(64).as_pointer()


class Rows:
    """The arrays of a named tuple, ready for compiled rules; they are kept alive here."""

    def __init__(self, arrays: tuple[Any, ...]) -> None:
        kind: Any = type(arrays)
        if not all(array.flags.c_contiguous for array in arrays):
            raise ValueError(f"the arrays of a {kind.__name__} must be C-contiguous")
        self.arrays = arrays
        self.kind = (
            kind.__name__,
            tuple((f, a.dtype.str, a.ndim) for f, a in zip(kind._fields, arrays, strict=True)),
        )
        self._table = np.array(
            [number for a in arrays for number in (_address_of(a), *a.shape)], dtype=np.int64
        )
        self.address = _address_of(self._table)


def _address_of(array: Any) -> int:
    return int(array.__array_interface__["data"][0])  # `ctypes.data` takes ten times as long


class ViewType(types.Type):
    """One array of a :class:`Rows`: ``dtype`` and number of dimensions."""

    def __init__(self, dtype: Any, ndim: int) -> None:
        self.dtype = dtype
        self.ndim = ndim
        super().__init__(name=f"View({dtype}, {ndim})")


class RowsType(types.Type):
    """A :class:`Rows` of one kind of named tuple."""

    def __init__(self, kind: tuple[str, tuple[tuple[str, str, int], ...]]) -> None:
        self.kind = kind
        self.where: dict[str, tuple[int, ViewType]] = {}  # field: place in the table, its view
        at = 0
        for name, dtype, ndim in kind[1]:
            self.where[name] = (at, ViewType(numba.from_dtype(np.dtype(dtype)), ndim))
            at += 1 + ndim
        self.size = 8 * at
        """Bytes of the table."""
        super().__init__(name=f"Rows({kind[0]})")

    @property
    def key(self) -> Any:
        """Two are the same type when they have the same fields."""
        return self.kind


@register_model(RowsType)
class _RowsModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: RowsType) -> None:
        super().__init__(manager, kind, _POINTER)


@register_model(ViewType)
class _ViewModel(models.PrimitiveModel):
    """A view is where its entry in the table begins: the address, then the sizes."""

    def __init__(self, manager: Any, kind: ViewType) -> None:
        super().__init__(manager, kind, _POINTER)


@cache
def _type_of(kind: tuple[str, tuple[tuple[str, str, int], ...]]) -> RowsType:
    """The same type again: it is asked for with every argument of every call of a kernel."""
    return RowsType(kind)


@typeof_impl.register(Rows)
def _typeof(value: Rows, _context: Any) -> RowsType:
    return _type_of(value.kind)


@unbox(RowsType)
def _unbox(_kind: RowsType, value: Any, c: Any) -> Any:
    address = c.pyapi.object_getattr_string(value, "address")
    number = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    failed = cgutils.is_not_null(c.builder, c.pyapi.err_occurred())
    return NativeValue(c.builder.inttoptr(number, _POINTER), is_error=failed)


@infer_getattr
class _RowsFields(AttributeTemplate):
    key = RowsType

    def generic_resolve(self, rows: RowsType, name: str) -> Any:
        return rows.where[name][1] if name in rows.where else None


@lower_getattr_generic(RowsType)
def _field(context: Any, builder: Any, rows: RowsType, value: Any, name: str) -> Any:
    return builder.gep(value, [ir.Constant(ir.IntType(32), rows.where[name][0])], inbounds=True)


def _entry(builder: Any, view: Any, place: int) -> Any:
    """A number of a view's entry: 0 the address, from 1 on the sizes."""
    number = builder.load(builder.gep(view, [ir.Constant(ir.IntType(32), place)], inbounds=True))
    # the table never changes while a kernel runs: load once, keep in a register
    number.set_metadata("invariant.load", builder.module.add_metadata([]))
    return number


@infer_getattr
class _ViewFields(AttributeTemplate):
    key = ViewType

    def resolve_shape(self, view: ViewType) -> Any:
        return types.UniTuple(types.intp, view.ndim)


@lower_getattr(ViewType, "shape")
def _shape(context: Any, builder: Any, view: ViewType, value: Any) -> Any:
    return cgutils.pack_array(builder, [_entry(builder, value, 1 + k) for k in range(view.ndim)])


def _fits(view: Any, index: Any) -> bool:
    if not isinstance(view, ViewType):
        return False
    if isinstance(index, types.Integer):
        return view.ndim == 1
    return (
        isinstance(index, types.BaseTuple)
        and len(index) == view.ndim
        and all(isinstance(one, types.Integer) for one in index)
    )


@infer_global(operator.getitem)
class _Get(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(args[0].dtype, *args) if _fits(*args[:2]) else None


@infer_global(operator.setitem)
class _Set(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if not _fits(*args[:2]):
            return None
        return signature(types.none, args[0], args[1], args[0].dtype)


def _address(context: Any, builder: Any, view: ViewType, value: Any, kind: Any, index: Any) -> Any:
    """Where element ``index`` of a view lies; negative indices count from the end."""
    whole = isinstance(kind, types.BaseTuple)
    kinds = list(kind) if whole else [kind]
    places = cgutils.unpack_tuple(builder, index, view.ndim) if whole else [index]
    flat = None
    for k, (one, place) in enumerate(zip(kinds, places, strict=True)):
        at = context.cast(builder, place, one, types.intp)
        if not (isinstance(one, types.IntegerLiteral) and one.literal_value >= 0):
            below = builder.icmp_signed("<", at, ir.Constant(at.type, 0))
            at = builder.select(below, builder.add(at, _entry(builder, value, 1 + k)), at)
        if flat is not None:
            at = builder.add(builder.mul(flat, _entry(builder, value, 1 + k)), at)
        flat = at
    data = context.get_value_type(types.CPointer(view.dtype))
    return builder.gep(builder.inttoptr(_entry(builder, value, 0), data), [flat], inbounds=True)


@lower_builtin(operator.getitem, ViewType, types.Integer)
@lower_builtin(operator.getitem, ViewType, types.BaseTuple)
def _get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.load(_address(context, builder, sig.args[0], args[0], sig.args[1], args[1]))


@lower_builtin(operator.setitem, ViewType, types.Integer, types.Any)
@lower_builtin(operator.setitem, ViewType, types.BaseTuple, types.Any)
def _set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    where = _address(context, builder, sig.args[0], args[0], sig.args[1], args[1])
    builder.store(args[2], where)
    return context.get_dummy_value()
