"""The arrays of one locality.

Everything that changes stands in one block of float64 numbers; :class:`State` is a
named tuple of views on it.  Copying a state is copying the block, which is how
undo, branches and futures work, and why nothing can be forgotten in a copy.
"""

from __future__ import annotations

from math import prod
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.fields import (
    HORIZON,
    MATTER_FIELDS,
    MEASURE_PARTS,
    MEASURES,
    PAIR_FIELDS,
    PARTNER_FIELDS,
    PLACE_FIELDS,
    PROJECT_FIELDS,
    PROJECT_SLOTS,
)

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]

PENDING: Final = (
    "row",  # 1 + effect row, 0 for an empty slot
    "due",  # month it is next due
    "left",  # times still to apply
    "cause",  # kind of cause, for the ledger
    "which",  # which one
    "first",  # row of the first target, or -1
    "second",  # row of the second target, or -1
    "argument",  # measure, form or kind chosen with the move, or -1
    "key",  # keys its draws
)
(
    PEND_ROW, PEND_DUE, PEND_LEFT, PEND_CAUSE, PEND_WHICH, PEND_FIRST, PEND_SECOND, PEND_ARGUMENT,
    PEND_KEY,
) = range(len(PENDING))  # fmt: skip

STANDING_SLOTS: Final = 3
STANDING: Final = ("move", "first", "second", "argument")  # move is 1 + row, 0 for none
STAND_MOVE, STAND_FIRST, STAND_SECOND, STAND_ARGUMENT = range(len(STANDING))

LAGGED: Final = ("joint", "delivered", "unmet", "admissions")  # exponential lags
LAG_JOINT, LAG_DELIVERED, LAG_UNMET, LAG_ADMISSIONS = range(len(LAGGED))

INJECT: Final = ("fired", "month", "option")  # times, last month, 1 + option last taken
INJ_FIRED, INJ_MONTH, INJ_OPTION = range(len(INJECT))


class State(NamedTuple):
    """Everything that changes, as float64 arrays (rows: :mod:`sim.fields`)."""

    partner: Array  # [field, i]
    pair: Array  # [field, i, j]
    position: Array  # [0 now / 1 first, i, axis]
    matter: Array  # [field, m]
    project: Array  # [field, slot]
    member: Array  # [slot, i], 1 for a member
    place: Array  # [field]
    measure: Array  # [M]
    history: Array  # [M, month], month 0 the start
    part: Array  # [M, PART], what each measure is made of, over its value at the start
    effort: Array  # [M]
    lagged: Array  # [LAGGED]
    pending: Array  # [column, slot]
    pending_who: Array  # [slot, i], share of the effect each partner takes
    standing: Array  # [column, slot]
    inject: Array  # [column, inject]
    met: Array  # [i, j], 1 where the two met this month
    shown: Array  # [i, j], trust as it stood at the last reveal


class Shape(NamedTuple):
    """Sizes that fix a state's layout."""

    partners: int
    axes: int
    matters: int
    injects: int
    pending: int  # rows of effects that can wait at once: see sim.waiting

    def arrays(self) -> tuple[tuple[int, ...], ...]:
        """Shape of every array of :class:`State`, in order."""
        n, m = self.partners, self.matters
        return (
            (len(PARTNER_FIELDS), n),
            (len(PAIR_FIELDS), n, n),
            (2, n, self.axes),
            (len(MATTER_FIELDS), m),
            (len(PROJECT_FIELDS), PROJECT_SLOTS),
            (PROJECT_SLOTS, n),
            (len(PLACE_FIELDS),),
            (len(MEASURES),),
            (len(MEASURES), HORIZON + 1),
            (len(MEASURES), len(MEASURE_PARTS)),
            (len(MEASURES),),
            (len(LAGGED),),
            (len(PENDING), self.pending),
            (self.pending, n),
            (len(STANDING), STANDING_SLOTS),
            (len(INJECT), max(1, self.injects)),
            (n, n),
            (n, n),
        )

    def size(self) -> int:
        """Number of float64 values in a state of this shape."""
        return sum(prod(shape) for shape in self.arrays())


def view(block: Array, shape: Shape) -> State:
    """The :class:`State` whose arrays are views of ``block`` (float64, ``shape.size()``)."""
    views = []
    start = 0
    for dims in shape.arrays():
        count = prod(dims)
        views.append(block[start : start + count].reshape(dims))
        start += count
    return State(*views)


def empty_state(shape: Shape) -> State:
    """A state of zeros."""
    return view(np.zeros(shape.size()), shape)


def block_of(state: State) -> Array:
    """The one block of numbers under a state."""
    base = state.partner.base
    while isinstance(base, np.ndarray) and isinstance(base.base, np.ndarray):
        base = base.base
    if not isinstance(base, np.ndarray):
        raise TypeError("this state was not made by sim.state.view")
    return base


def copy_state(state: State, shape: Shape) -> State:
    """An independent copy that goes on to the same future."""
    return view(block_of(state).copy(), shape)


def state_bytes(state: State) -> bytes:
    """Little-endian bytes of the whole state, for snapshots and comparisons."""
    return block_of(state).astype("<f8").tobytes()


def state_from_bytes(data: bytes, shape: Shape) -> State:
    """The state that :func:`state_bytes` wrote; ValueError when the size is wrong."""
    block = np.frombuffer(data, dtype="<f8").astype(np.float64)
    if block.size != shape.size():
        raise ValueError(f"a state of {block.size} values, expected {shape.size()}")
    return view(block, shape)


T = TypeVar("T", bound=tuple[Any, ...])


def for_rules(arrays: T) -> T:
    """The same arrays as memoryviews: the same memory and bits, read twice as fast.

    Rules called from Python take either; elements of a memoryview are plain Python floats.
    """
    kind: Any = type(arrays)
    if isinstance(arrays[0], float):
        return arrays
    views = (memoryview(a) if isinstance(a, np.ndarray) else a for a in arrays)  # type: ignore[arg-type]
    return kind(*views)
