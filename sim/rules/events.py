"""What happened, as (code, arguments); words come only when it is shown."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.compiled import rule, seldom, small
from sim.state import Array, IntArray

COLUMNS: Final = ("code", "a", "b", "what", "value")
CODES: Final = (
    "avoided", "raised_well", "raised_badly", "confided", "erupted", "side_taken",
    "dispute_ended", "project_started", "project_refused", "project_succeeded",
    "project_failed_learned", "project_failed_blamed", "project_embedded", "project_spread",
    "case_approved", "case_refused", "forecast_missed", "leader_announced", "leader_left",
    "leader_arrived", "handover_kept", "joined_table", "merged", "fund_paid", "fund_closed",
    "taken_over", "joint_step", "agreement", "promise_broken", "shock", "inject", "move_played",
    "reply", "facilitator_left", "surfaced", "standing_ended",
)  # fmt: skip
(
    V_AVOIDED, V_WELL, V_BADLY, V_CONFIDED, V_ERUPTED, V_SIDE, V_DISPUTE_ENDED, V_STARTED,
    V_REFUSED, V_SUCCEEDED, V_LEARNED, V_BLAMED, V_EMBEDDED, V_SPREAD, V_CASE, V_CASE_REFUSED,
    V_MISSED, V_ANNOUNCED, V_LEFT, V_ARRIVED, V_HANDOVER, V_JOINED, V_MERGED, V_FUND_PAID,
    V_FUND_CLOSED, V_TAKEN_OVER, V_JOINT, V_AGREEMENT, V_PROMISE, V_SHOCK, V_INJECT, V_MOVE,
    V_REPLY, V_FACILITATOR_LEFT, V_SURFACED, V_STANDING_ENDED,
) = range(len(CODES))  # fmt: skip


class Events(NamedTuple):
    """``rows`` float64 [capacity, column]; ``count`` int64 [2]: used, overflowed."""

    rows: Array
    count: IntArray  # type: ignore[assignment]  # nobody counts rows in a tuple


def new_events(partners: int, *, on: bool = True) -> Events:
    """An empty list for one month."""
    capacity = 200 + 20 * partners if on else 0
    return Events(np.zeros((capacity, len(COLUMNS))), np.zeros(2, dtype=np.int64))


@rule
@small
def emit(ev: Events, code: int, a: int, b: int, what: int, value: float) -> None:
    """Note one event (rows of partners or -1; ``what`` a matter, move, kind or slot)."""
    if ev.rows.shape[0] > 0:
        note(ev, code, a, b, what, value)


@rule
@seldom
def note(ev: Events, code: int, a: int, b: int, what: int, value: float) -> None:
    """Note one event in a list that takes them."""
    at = int(ev.count[0])
    if at >= ev.rows.shape[0]:
        ev.count[1] += 1
        return
    ev.rows[at, 0] = code
    ev.rows[at, 1] = a
    ev.rows[at, 2] = b
    ev.rows[at, 3] = what
    ev.rows[at, 4] = value
    ev.count[0] = at + 1
