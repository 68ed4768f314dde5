"""Runs handed to the kernel: scratch for one thread, arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.batch.decide import TALLY
from sim.batch.kernel import (
    A_CARD,
    A_DECIDED,
    A_LAST,
    A_LOOK,
    A_OPEN,
    A_SINCE,
    SETTINGS,
    Out,
    Task,
    play_many,
)
from sim.batch.place import Place
from sim.compiled import kernel, rows
from sim.fields import HORIZON, MEASURES
from sim.moves import Orders, empty_orders
from sim.parameters import Theta
from sim.playbooks.interpreter import Book
from sim.rules.events import Events, new_events
from sim.rules.ledger import Ledger, new_ledger
from sim.rules.seen import SEEN_MATTER, SEEN_PAIR, SEEN_PARTNER, SEEN_PLACE, empty_seen
from sim.state import Array, IntArray, block_of, empty_state, for_rules

_THETA: Final = np.dtype([(name, "<f8") for name in Theta._fields])


class Outcome(NamedTuple):
    """One row a run, in the order given."""

    measures: NDArray[np.float64]  # [run, month, measure], as they truly were
    ending: IntArray  # [run], index into the place's endings, -1 if the turns were not over
    kept: NDArray[np.bool_]  # [run, promise]
    tally: NDArray[np.float64]  # [run, TALLY]


@dataclass(frozen=True, kw_only=True)
class Tracks:
    """More than outcomes: where runs begin, and what is kept of where they end.

    ``states`` (x, value) are states to go on from, run r from state r % x; ``world_luck``
    (HORIZON + 1, 2) is the luck that was, up to month ``since``, from which on each run has
    its own.  ``began`` are the lucks of month 0 of the states, where each has its own: it keys
    what is made out of trust.  ``queued`` is the queue of a turn that has been decided;
    ``card`` the row of the inject that lies on the table before the first month, or -1.
    ``keep`` asks for the state at the end, ``look`` for what can be seen there, once the next
    turn is open; with ``open=False``, before it is.
    ``ledger`` and ``events`` take the last month's entries (of the last run).
    """

    states: Array | None = None
    since: int = 0
    world_luck: IntArray | None = None
    began: Sequence[int] | None = None
    queued: Orders | None = None
    card: int = -1
    keep: bool = False
    look: bool = False
    open: bool = True
    ledger: Ledger | None = None
    events: Events | None = None


class Ends(NamedTuple):
    """What :func:`play_tracks` kept beside the outcome; no rows where it was not asked for."""

    outcome: Outcome
    state: Array  # [run, value]
    look: Array  # [run, value]: partners, pairs, matters, place, measures of a Seen


def play_batch(
    place: Place,
    book: Book,
    thetas: Sequence[Theta],
    lucks: Sequence[int] | IntArray,
    *,
    months: Sequence[int],
    last: int | None = None,
    compiled: bool = True,
) -> Outcome:
    """Live one run for each of ``lucks`` (64-bit integers), with its own of ``thetas``.

    ``thetas`` may be one for all.  ``months`` (0 to 120) are those at which measures are
    read; runs are lived to ``last``, by default the latest of them.  Compiled and
    interpreted give the same bits; compiled, the GIL is released, so threads share the work.
    """
    ends = play_tracks(
        place, book, thetas, lucks, Tracks(), months=months, last=last, compiled=compiled
    )
    return ends.outcome


def play_tracks(
    place: Place,
    book: Book,
    thetas: Sequence[Theta],
    lucks: Sequence[int] | IntArray,
    tracks: Tracks,
    *,
    months: Sequence[int] = (),
    last: int | None = None,
    compiled: bool = True,
) -> Ends:
    """:func:`play_batch`, from given states, keeping more of where the runs end."""
    count, names = len(lucks), place.names
    last = max(months, default=0) if last is None else last
    if not 0 <= last <= HORIZON or min(months, default=0) < 0 or max(months, default=0) > last:
        raise ValueError(f"months must lie between 0 and {last}, and that at most at {HORIZON}")
    partners, size = len(names.partners), names.shape.size()
    setting = np.zeros(len(SETTINGS), dtype=np.int64)
    setting[A_LAST], setting[A_SINCE] = last, tracks.since
    setting[A_DECIDED] = tracks.queued is not None
    setting[A_CARD] = tracks.card + 1
    setting[A_OPEN], setting[A_LOOK] = tracks.look and tracks.open, tracks.look
    unique = {id(theta): theta for theta in thetas}
    row = {key: place for place, key in enumerate(unique)}
    which = [row[id(theta)] for theta in thetas] if len(thetas) == count else [0] * count
    task = Task(
        luck=_halves(lucks),
        theta=np.array(which, dtype=np.int64),
        month=np.array(months, dtype=np.int64),
        state=np.zeros((0, size)) if tracks.states is None else tracks.states,
        began=_halves(tracks.began or ()),
        setting=setting,
    )
    out = Out(
        measure=np.zeros((count, len(months), len(MEASURES))),
        ending=np.full(count, -1, dtype=np.int64),
        kept=np.zeros((count, len(place.promises))),
        tally=np.zeros((count, len(TALLY))),
        state=np.zeros((count if tracks.keep else 0, size)),
        look=np.zeros((count if tracks.look else 0, _looks(place))),
    )
    world = place.world._replace(
        luck=np.zeros((HORIZON + 1, 2), dtype=np.int64),
        setting=place.world.setting.copy(),
    )
    if tracks.world_luck is not None:
        world.luck[:] = tracks.world_luck
    state = empty_state(names.shape)
    tuples: list[Any] = [
        world, place.start, state,
        tracks.ledger or new_ledger(partners, on=False),
        tracks.events or new_events(partners, on=False),
        empty_orders(partners), empty_orders(partners),
        empty_seen(names.shape.partners, names.shape.matters, len(names.moves)),
        book, place.story, task, tracks.queued or empty_orders(partners), out,
    ]  # fmt: skip
    if compiled:
        w, first, s, led, ev, orders, plan, seen, book, story, task, queued, out_ = map(
            rows, tuples
        )
        sets: Any = np.array([tuple(theta) for theta in unique.values()], dtype=_THETA)
        kernel(play_many)(
            w, sets, first, s, block_of(state), led, ev, orders, plan, seen, book, story, task,
            queued, out_,
        )  # fmt: skip
    else:
        w, first, s, led, ev, orders, plan, seen, book, story, task, queued, out_ = map(
            for_rules, tuples
        )
        play_many(
            w, list(unique.values()), first, s, block_of(state), led, ev, orders, plan, seen, book,
            story, task, queued, out_,
        )  # fmt: skip
    return Ends(Outcome(out.measure, out.ending, out.kept > 0.5, out.tally), out.state, out.look)


def _halves(lucks: Sequence[int] | IntArray) -> IntArray:
    """The low and high halves of 64-bit lucks: int64 (run, 2)."""
    values = np.array([luck & 0xFFFFFFFFFFFFFFFF for luck in map(int, lucks)], dtype=np.uint64)
    low = (values & np.uint64(0xFFFFFFFF)).astype(np.int64)
    high = (values >> np.uint64(32)).astype(np.int64)
    return np.stack([low, high], axis=1)


def _looks(place: Place) -> int:
    n, matters = len(place.names.partners), max(1, len(place.names.matters))
    return (
        len(SEEN_PARTNER) * n
        + len(SEEN_PAIR) * n * n
        + len(SEEN_MATTER) * matters
        + len(SEEN_PLACE)
        + len(MEASURES)
    )
