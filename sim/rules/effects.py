"""Rows of effects, whoever wrote them: one rule applies them all.

No branch here touches joint working or a measure (a test proves it): what moves do to
residents, they do by way of partners.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import P_EFFECT, mix
from sim.effects import (
    E_CONFIDE,
    E_EFFORT,
    E_GOVERNANCE_FORM,
    E_MEET,
    E_NARRATIVE,
    E_RAISE,
    E_START_PROJECT,
    E_TENSION,
    R_ARGUMENT,
    R_CHANCE,
    R_DELAY,
    R_EFFECT,
    R_MASK,
    R_MONTHS,
    R_PROGRAM,
    R_SIZE,
    R_WHO,
    S_ALL,
    S_AT_TABLE,
    S_CHIEFS,
    S_COMMISSIONERS,
    S_FIRST,
    S_HOME_CARE,
    S_HOSPITAL,
    S_NAMED,
    S_OTHERS,
    S_OUTSIDE,
    S_PAYERS,
    S_PROVIDERS,
    S_SECOND,
    S_TARGETS,
    S_WILLING,
)
from sim.expressions import evaluate
from sim.fields import AT_TABLE, COMMITMENT, MERGED_WITH, MONTH
from sim.parameters import Theta
from sim.rules.chance import draw
from sim.rules.effects_pair import on_matters, on_pairs, on_projects
from sim.rules.effects_place import on_partners, on_place
from sim.rules.events import Events
from sim.rules.ledger import C_MOVE, Ledger
from sim.state import (
    PEND_ARGUMENT,
    PEND_CAUSE,
    PEND_DUE,
    PEND_FIRST,
    PEND_KEY,
    PEND_LEFT,
    PEND_ROW,
    PEND_SECOND,
    PEND_WHICH,
    Array,
    State,
)
from sim.world import (
    T_CHIEF,
    T_COMMISSIONER,
    T_HOME_CARE,
    T_HOSPITAL,
    T_PAYER,
    T_PROVIDER,
    World,
)


@rule
def holds(w: World, s: State, program: int) -> int:
    """1 when a condition of the scenario is true now; no condition (-1) always is."""
    if program < 0:
        return 1
    value = evaluate(
        w.code, w.consts, int(w.offsets[program]), int(w.offsets[program + 1]),
        s.partner, s.pair, s.matter, s.place, s.measure,
    )  # fmt: skip
    return 1 if value != 0.0 else 0


@rule
def select(w: World, s: State, row: int, who: Array, first: int, second: int, out: Array) -> None:
    """Fill ``out[i]`` with each partner's share (0..1) of an effect row.

    ``who[i]`` is the share of those the move was aimed at: 1, a deputy's half, or 0.
    """
    selector = int(w.effect[row, R_WHO])
    mask = int(w.effect[row, R_MASK])
    for i in range(s.partner.shape[1]):
        seated = s.partner[AT_TABLE, i] > 0.5
        share = 1.0
        if who[i] > 0.0:
            share = who[i]
        elif who[i] < 0.0:  # asked, and did not come
            share = 0.0
        x = 0.0
        if selector == S_TARGETS:
            x = max(0.0, who[i])
        elif selector == S_FIRST:
            x = share if i == first else 0.0
        elif selector == S_SECOND:
            x = share if i == second else 0.0
        elif selector == S_OTHERS:
            x = 1.0 if seated and who[i] == 0.0 else 0.0
        elif selector == S_ALL:
            x = share
        elif selector == S_AT_TABLE:
            x = share if seated else 0.0
        elif selector == S_OUTSIDE:
            x = 0.0 if seated else share
        elif selector == S_PAYERS:
            x = share * w.trait[T_PAYER, i]
        elif selector == S_COMMISSIONERS:
            x = share * w.trait[T_COMMISSIONER, i]
        elif selector == S_PROVIDERS:
            x = share * w.trait[T_PROVIDER, i]
        elif selector == S_CHIEFS:
            x = share * w.trait[T_CHIEF, i]
        elif selector == S_HOSPITAL:
            x = share * w.trait[T_HOSPITAL, i]
        elif selector == S_HOME_CARE:
            x = share * w.trait[T_HOME_CARE, i]
        elif selector == S_WILLING:
            x = share if seated and s.partner[COMMITMENT, i] > 0.5 else 0.0
        elif selector == S_NAMED:
            x = 1.0 if w.mask[mask, i] > 0.0 else 0.0
        if s.partner[MERGED_WITH, i] > 0.0:
            x = 0.0
        out[i] = x


@rule
def named_row(w: World, mask: int, order: int) -> int:
    """Row of the partner named first (1), second (2) … in an effect row's mask, or -1."""
    if mask < 0:
        return -1
    for i in range(w.mask.shape[1]):
        if int(w.mask[mask, i]) == order:
            return i
    return -1


@rule
def apply_row(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, row: int, cause: int, which: int,
    who: Array, first: int, second: int, argument: int, key: int,
) -> None:  # fmt: skip
    """Apply one row now, if its condition holds and its chance comes up."""
    if holds(w, s, int(w.effect[row, R_PROGRAM])) == 0:
        return
    month = int(s.place[MONTH]) + 1
    u, v, x, _ = draw(w, P_EFFECT, month, key, 0, 0)
    if u >= w.effect[row, R_CHANCE]:
        return
    code = int(w.effect[row, R_EFFECT])
    size = w.effect[row, R_SIZE]
    given = int(w.effect[row, R_ARGUMENT])
    if given < 0 and (code == E_EFFORT or code == E_GOVERNANCE_FORM or code == E_RAISE):
        given = argument  # what was chosen with the move, for those that take it
    mask = int(w.effect[row, R_MASK])
    if mask >= 0:
        first = named_row(w, mask, 1)
        second = named_row(w, mask, 2)
    share = np.zeros(s.partner.shape[1])
    select(w, s, row, who, first, second, share)
    if code < E_MEET:
        on_partners(w, s, led, ev, code, size, share, cause, which)
    elif code < E_TENSION:
        on_pairs(th, s, led, code, size, share, first, cause, which)
    elif code <= E_CONFIDE:
        on_matters(w, th, s, led, ev, code, size, share, first, given, cause, which, v, x)
    elif code < E_NARRATIVE:
        move = which if cause == C_MOVE else -1
        if code == E_START_PROJECT and given < 0:
            given = 1
        on_projects(w, th, s, ev, code, size, share, given, move)
    else:
        on_place(w, th, s, led, ev, code, size, share, first, second, given, cause, which)


@rule
def apply_rows(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, start: int, stop: int, cause: int,
    which: int, who: Array, first: int, second: int, argument: int, key: int,
) -> None:  # fmt: skip
    """Apply rows ``start`` to ``stop``; what is for later waits in ``pending``.

    A row is keyed by its place within its own move, so that rows added elsewhere in a
    file leave its luck alone.
    """
    month = int(s.place[MONTH]) + 1
    for row in range(start, stop):
        delay = int(w.effect[row, R_DELAY])
        months = int(w.effect[row, R_MONTHS])
        own = mix(key, row - start)
        if delay == 0:
            apply_row(w, th, s, led, ev, row, cause, which, who, first, second, argument, own)
        if delay > 0 or months > 1:
            due = month + (delay if delay > 0 else 1)
            left = months if delay > 0 else months - 1
            wait(s, row, due, left, cause, which, who, first, second, argument, own)


@rule
def wait(
    s: State, row: int, due: int, left: int, cause: int, which: int, who: Array, first: int,
    second: int, argument: int, key: int,
) -> None:  # fmt: skip
    """Put a row into the first empty place of ``pending``: :mod:`sim.waiting` made room.

    Raises IndexError when there is none, which no play of the scenario can bring about.
    """
    for q in range(s.pending.shape[1]):
        if s.pending[PEND_ROW, q] > 0.0:
            continue
        s.pending[PEND_ROW, q] = row + 1
        s.pending[PEND_DUE, q] = due
        s.pending[PEND_LEFT, q] = left
        s.pending[PEND_CAUSE, q] = cause
        s.pending[PEND_WHICH, q] = which
        s.pending[PEND_FIRST, q] = first
        s.pending[PEND_SECOND, q] = second
        s.pending[PEND_ARGUMENT, q] = argument
        s.pending[PEND_KEY, q] = key
        for i in range(s.partner.shape[1]):
            s.pending_who[q, i] = who[i]
        return
    raise IndexError("more rows of effects wait than there is room for")


@rule
def apply_pending(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Rows that have waited take effect; those with months left wait again."""
    month = int(s.place[MONTH]) + 1
    for q in range(s.pending.shape[1]):
        if s.pending[PEND_ROW, q] <= 0.0 or int(s.pending[PEND_DUE, q]) > month:
            continue
        row = int(s.pending[PEND_ROW, q]) - 1
        who = np.zeros(s.partner.shape[1])
        for i in range(s.partner.shape[1]):
            who[i] = s.pending_who[q, i]
        s.pending[PEND_LEFT, q] -= 1.0
        s.pending[PEND_DUE, q] = month + 1
        if s.pending[PEND_LEFT, q] <= 0.0:
            s.pending[PEND_ROW, q] = 0.0
        apply_row(
            w, th, s, led, ev, row, int(s.pending[PEND_CAUSE, q]), int(s.pending[PEND_WHICH, q]),
            who, int(s.pending[PEND_FIRST, q]), int(s.pending[PEND_SECOND, q]),
            int(s.pending[PEND_ARGUMENT, q]), int(s.pending[PEND_KEY, q]),
        )  # fmt: skip
