"""Line 2: the players' moves are asked, answered and take effect."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.fields import (
    CANDOUR,
    CONTACT,
    CREDIBILITY,
    FACILITATOR,
    FIRST,
    LIVE_CHOICE,
    LIVE_MATTER,
    LIVE_OUTSIDE,
    MONEY,
    MONTH,
    SECOND,
    SLACK,
    TURN_MONTH,
)
from sim.moves import Orders
from sim.parameters import Theta
from sim.rules.basics import close
from sim.rules.effects import apply_pending, apply_rows
from sim.rules.events import V_FACILITATOR_LEFT, V_MOVE, V_REPLY, V_STANDING_ENDED, Events, emit
from sim.rules.ledger import C_MOVE, Ledger
from sim.rules.replies import COMES, DONE, FULL, IGNORED, ask, weight_of
from sim.state import STAND_MOVE, STANDING_SLOTS, State
from sim.world import MV_COST, MV_KEY, MV_STANDING, MV_START, MV_STOP, World


@rule
def moves(w: World, th: Theta, s: State, led: Ledger, ev: Events, orders: Orders) -> None:
    """In a turn's first month the queue is answered (unless it was) and takes effect.

    What waited from before comes due every month.
    """
    apply_pending(w, th, s, led, ev)
    if int(s.place[MONTH]) + 1 != int(s.place[TURN_MONTH]):
        return
    ask(w, th, s, orders)
    _take_it_outside(s)
    held = s.place[FACILITATOR]
    s.place[FACILITATOR] = 0.0  # stays only while somebody keeps a place for it
    _standing(w, th, s, led, ev)
    n = s.partner.shape[1]
    for q in range(orders.move.shape[0]):
        move = int(orders.move[q]) - 1
        if move < 0:
            continue
        s.place[MONEY] = max(0.0, s.place[MONEY] - w.move[move, MV_COST])
        emit(ev, V_MOVE, int(orders.first[q]), int(orders.second[q]), move, float(q))
        who = np.zeros(n)
        for i in range(n):
            if orders.who[q, i] <= 0.0:
                continue
            code = int(orders.reply[q, i])
            emit(ev, V_REPLY, i, q, move, float(code))
            share = weight_of(th, code)
            # -1 marks one who was asked and did not come: no selector reaches it
            who[i] = share if share > 0.0 else -1.0
            if code == COMES or code == DONE:
                s.partner[SLACK, i] = close(s.partner[SLACK, i], -2.0 * th.meeting_cost)
                s.partner[CONTACT, i] = close(s.partner[CONTACT, i], 0.03)
            elif code == FULL or code == IGNORED:
                s.partner[CREDIBILITY, i] = close(s.partner[CREDIBILITY, i], -0.02)
        argument = int(orders.argument[q])
        apply_rows(
            w, th, s, led, ev, int(w.move[move, MV_START]), int(w.move[move, MV_STOP]), C_MOVE,
            move, who, int(orders.first[q]), int(orders.second[q]), argument, int(orders.key[q]),
        )  # fmt: skip
        if w.move[move, MV_STANDING] > 0.5:
            _stand(s, move)
    if held > 0.5 and s.place[FACILITATOR] < 0.5:
        emit(ev, V_FACILITATOR_LEFT, -1, -1, -1, 0.0)


@rule
def _take_it_outside(s: State) -> None:
    """The live matter left for now makes this turn's honest conversation of the two easier."""
    m = int(s.place[LIVE_MATTER]) - 1
    if m < 0 or int(s.place[LIVE_CHOICE]) != LIVE_OUTSIDE:
        return
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    s.pair[CANDOUR, a, b] = min(1.0, s.pair[CANDOUR, a, b] + 0.5)
    s.pair[CANDOUR, b, a] = s.pair[CANDOUR, a, b]


@rule
def _stand(s: State, move: int) -> None:
    """A standing move takes a place in the diary until it is stopped."""
    free = -1
    for k in range(STANDING_SLOTS):
        if int(s.standing[STAND_MOVE, k]) == move + 1:
            return
        if s.standing[STAND_MOVE, k] <= 0.0 and free < 0:
            free = k
    if free >= 0:
        s.standing[STAND_MOVE, free] = move + 1


@rule
def can_go_on(w: World, move: int, money: float) -> int:
    """1 when what is left of the fund pays for another turn of a standing move."""
    return 1 if w.move[move, MV_COST] <= money + 1e-9 else 0


@rule
def _standing(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Standing moves go on while there is money: their effects come again, and their cost.

    One that cannot be paid ends, and its place in the diary is free (as was to be seen when
    the turn was opened: :func:`sim.rules.observation.see` asks the same).
    """
    everybody = np.zeros(s.partner.shape[1])
    for k in range(STANDING_SLOTS):
        move = int(s.standing[STAND_MOVE, k]) - 1
        if move < 0:
            continue
        if can_go_on(w, move, s.place[MONEY]) == 0:
            for column in range(s.standing.shape[0]):
                s.standing[column, k] = 0.0
            emit(ev, V_STANDING_ENDED, -1, -1, move, w.move[move, MV_COST])
            continue
        s.place[MONEY] -= w.move[move, MV_COST]
        apply_rows(
            w, th, s, led, ev, int(w.move[move, MV_START]), int(w.move[move, MV_STOP]), C_MOVE,
            move, everybody, -1, -1, -1, int(w.move[move, MV_KEY]),
        )  # fmt: skip
