"""The ledger: who or what moved a number, and by how much.

One family of functions changes trust, tension, commitment and joint working, and
books the *actual* difference after bounds under a cause.  Entries of a number sum to
its change in the month.  A run without a ledger passes one with no rows and computes
the same bits.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.compiled import rule, seldom, small
from sim.fields import (
    FIRST,
    HISTORY,
    MEASURE_PARTS,
    SECOND,
    TENSION,
    TRUST,
    WEIGHT,
)
from sim.parameters import Theta
from sim.rules.basics import clamp
from sim.state import Array, IntArray, State

COLUMNS: Final = ("group", "field", "i", "j", "cause", "which", "other", "amount")
G_PARTNER, G_PAIR, G_MEASURE = range(3)

CAUSES: Final = (
    "move", "inject", "shock", "raised_well", "raised_badly", "avoided", "eruption", "sides",
    "informal", "neglect", "project", "blame", "leader", "drift", "narrative", "promise",
    "joint", "reorganisation", "silence", *MEASURE_PARTS, "hushed",
)  # fmt: skip
(
    C_MOVE, C_INJECT, C_SHOCK, C_WELL, C_BADLY, C_AVOIDED, C_ERUPTION, C_SIDES, C_INFORMAL,
    C_NEGLECT, C_PROJECT, C_BLAME, C_LEADER, C_DRIFT, C_NARRATIVE, C_PROMISE, C_JOINT,
    C_REORGANISATION, C_SILENCE, C_TREND, C_SEASON, C_CASE_FINDING, C_INTEGRATION, C_EFFORT,
    C_DEMAND, C_CAPACITY, C_CRISIS, C_ADMISSIONS, C_UNMET, C_CARE_HOMES, C_TRUST, C_UNDERSTANDING,
    C_TENSION, C_DISPUTES, C_HUSHED,
) = range(len(CAUSES))  # fmt: skip
"""Seen by everybody at the board, a matter is *avoided*; away from it, unseen, *hushed*."""

BOOKED_MEASURES: Final = (
    "staff_joint_working", "delayed_transfers", "emergency_admissions", "care_home_admissions",
    "reablement_at_home", "resident_experience", "unmet_need", "spend_per_head",
)  # fmt: skip
"""Measures that have a formula of their own; means and counts are what ties and events are."""

JOINT_LIMITS: Final = ("trust", "commitment", "understanding", "governance", "dispute")
"""What may hold joint working back: ``which`` of the entries that have the cause "joint"."""
BY_TRUST, BY_COMMITMENT, BY_UNDERSTANDING, BY_GOVERNANCE, BY_DISPUTE = range(len(JOINT_LIMITS))


class Ledger(NamedTuple):
    """``rows`` float64 [capacity, column]; ``count`` int64 [2]: rows used, rows that overflowed."""

    rows: Array
    count: IntArray  # type: ignore[assignment]  # nobody counts rows in a tuple


def new_ledger(partners: int, *, on: bool = True) -> Ledger:
    """An empty ledger for one month; with ``on=False`` it keeps nothing."""
    capacity = 400 + 40 * partners * partners if on else 0
    return Ledger(np.zeros((capacity, len(COLUMNS))), np.zeros(2, dtype=np.int64))


@rule
@small
def book(
    led: Ledger, group: int, field: int, i: int, j: int, cause: int, which: int, other: int,
    amount: float,
) -> None:  # fmt: skip
    """Write one entry, unless nothing changed or the ledger is off."""
    if led.rows.shape[0] > 0 and amount != 0.0:
        write(led, group, field, i, j, cause, which, other, amount)


@rule
@seldom
def write(
    led: Ledger, group: int, field: int, i: int, j: int, cause: int, which: int, other: int,
    amount: float,
) -> None:  # fmt: skip
    """Write one entry."""
    at = int(led.count[0])
    if at >= led.rows.shape[0]:
        led.count[1] += 1
        return
    led.rows[at, 0] = group
    led.rows[at, 1] = field
    led.rows[at, 2] = i
    led.rows[at, 3] = j
    led.rows[at, 4] = cause
    led.rows[at, 5] = which
    led.rows[at, 6] = other
    led.rows[at, 7] = amount
    led.count[0] = at + 1


@rule
@small
def set_partner(
    s: State, led: Ledger, field: int, i: int, value: float, cause: int, which: int, other: int
) -> None:
    """Set a partner's level, held in 0..1, and book the difference."""
    old = s.partner[field, i]
    new = clamp(value, 0.0, 1.0)
    s.partner[field, i] = new
    book(led, G_PARTNER, field, i, -1, cause, which, other, new - old)


@rule
@small
def set_pair(
    s: State, led: Ledger, field: int, i: int, j: int, value: float, cause: int, which: int,
    other: int,
) -> None:  # fmt: skip
    """Set one direction of a pair's level, held in 0..1, and book the difference."""
    old = s.pair[field, i, j]
    new = clamp(value, 0.0, 1.0)
    s.pair[field, i, j] = new
    book(led, G_PAIR, field, i, j, cause, which, other, new - old)


@rule
@small
def set_both(
    s: State, led: Ledger, field: int, i: int, j: int, value: float, cause: int, which: int,
    other: int,
) -> None:  # fmt: skip
    """The same for a symmetric level, both ways."""
    set_pair(s, led, field, i, j, value, cause, which, other)
    set_pair(s, led, field, j, i, value, cause, which, other)


@rule
def set_part(s: State, led: Ledger, m: int, cause: int, amount: float) -> None:
    """Set one part of a measure, and book by how much it differs from last month's.

    A measure is its value at the start and the sum of its parts, so that a month's entries
    sum to the month's change.
    """
    at = cause - C_TREND
    old = s.part[m, at]
    s.part[m, at] = amount
    book(led, G_MEASURE, m, -1, -1, cause, -1, -1, amount - old)


@rule
def add_weight(s: State, led: Ledger, m: int, amount: float, cause: int, other: int) -> None:
    """Add to a matter's weight; the pair's tension, the sum of its matters, stays within 1.5."""
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    old = s.matter[WEIGHT, m]
    room = max(0.0, 1.5 - s.pair[TENSION, a, b])
    new = max(0.0, old + min(amount, room))
    s.matter[WEIGHT, m] = new
    tension = clamp(s.pair[TENSION, a, b] + (new - old), 0.0, 1.5)
    change = tension - s.pair[TENSION, a, b]
    s.pair[TENSION, a, b] = tension
    s.pair[TENSION, b, a] = tension
    book(led, G_PAIR, TENSION, a, b, cause, m, other, change)
    book(led, G_PAIR, TENSION, b, a, cause, m, other, change)


@rule
def good_event(
    th: Theta, s: State, led: Ledger, i: int, j: int, strength: float, cause: int, which: int,
    other: int,
) -> None:  # fmt: skip
    """A good experience i has of j: T += a s (1 - T)(1 + k(T - 1/2)); history grows.

    Source: Slovic 1993 on asymmetry; Poortinga & Pidgeon 2004 on confirmatory bias.
    """
    if strength <= 0.0 or (th.trust_follows_delivery > 0.5 and cause != C_PROJECT):
        return
    t = s.pair[TRUST, i, j]
    bias = 1.0 + th.confirmation_bias * (t - 0.5)
    step = th.trust_gain * strength * (1.0 - t) * bias
    set_pair(s, led, TRUST, i, j, t + step, cause, which, other)
    s.pair[HISTORY, i, j] = min(10.0, s.pair[HISTORY, i, j] + 0.4 * strength)


@rule
def bad_event(
    th: Theta, s: State, led: Ledger, i: int, j: int, strength: float, asymmetry: float,
    cause: int, which: int, other: int,
) -> None:  # fmt: skip
    """A bad experience i has of j: T -= a- s T / (1 + H/H0) (1 - k(T - 1/2))."""
    if strength <= 0.0 or (
        th.trust_follows_delivery > 0.5 and cause != C_PROJECT and cause != C_BLAME
    ):
        return
    t = s.pair[TRUST, i, j]
    bias = 1.0 - th.confirmation_bias * (t - 0.5)
    ratio = asymmetry
    cushion = 1.0 + s.pair[HISTORY, i, j] / th.history_cushion
    if th.symmetric_trust > 0.5:
        ratio = 1.0
        cushion = 1.0
    step = min(t, th.trust_gain * ratio * strength * t * bias / cushion)
    set_pair(s, led, TRUST, i, j, t - step, cause, which, other)
