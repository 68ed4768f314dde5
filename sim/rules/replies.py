"""Asking: does each partner come, send a deputy, or find the diary full?"""

from __future__ import annotations

from typing import Final

from sim.compiled import rule
from sim.draws import P_REPLY
from sim.fields import (
    ASKED,
    CREDIBILITY,
    MANDATE,
    MONTH,
    OBEYED,
    POWER,
    SLACK,
    TRUST,
    WARMTH,
)
from sim.moves import Orders
from sim.parameters import Theta
from sim.rules.basics import sigma
from sim.rules.chance import draw
from sim.state import State
from sim.world import MV_DIRECTING, W_REPLIES, World

REPLIES: Final = ("", "comes", "deputy", "full", "done", "on_paper", "ignored")
NOT_ASKED, COMES, DEPUTY, FULL, DONE, ON_PAPER, IGNORED = range(7)


@rule
def will_come(w: World, th: Theta, s: State, orders: Orders, q: int, i: int) -> float:
    """Chance that partner i comes: credibility, trust in the others asked, slack, -power, -asked.

    Directing moves are answered by the same rule, with orders from above in its favour.
    """
    total = 0.0
    count = 0.0
    for j in range(s.partner.shape[1]):
        if j != i and orders.who[q, j] > 0.0:
            total += s.pair[TRUST, i, j]
            count += 1.0
    trust = total / count if count > 0.0 else s.partner[CREDIBILITY, i]
    z = (
        th.ask_base
        + th.ask_credibility * (s.partner[CREDIBILITY, i] - 0.3)
        + th.ask_trust * (trust - 0.3)
        + th.ask_slack * (s.partner[SLACK, i] - 0.3)
        - th.ask_power * s.partner[POWER, i]
        - th.ask_again * s.partner[ASKED, i]
        + 5.0 * s.partner[WARMTH, i]
    )
    move = int(orders.move[q]) - 1
    if w.move[move, MV_DIRECTING] > 0.5:
        z += th.directed_by_mandate * (s.place[MANDATE] + s.partner[OBEYED, i])
    return sigma(z)


@rule
def ask(w: World, th: Theta, s: State, orders: Orders) -> None:
    """Fill ``orders.reply`` for everyone asked who has not answered; counts the askings."""
    month = int(s.place[MONTH]) + 1
    for q in range(orders.move.shape[0]):
        move = int(orders.move[q]) - 1
        if move < 0:
            continue
        directing = w.move[move, MV_DIRECTING] > 0.5
        for i in range(s.partner.shape[1]):
            if orders.who[q, i] <= 0.0 or orders.reply[q, i] > 0.0:
                continue
            again = int(orders.again[q, i])
            u, _, _, _ = draw(w, P_REPLY, month, int(w.key[i]), again, int(orders.key[q]))
            p = will_come(w, th, s, orders, q, i)
            code = COMES
            if w.setting[W_REPLIES] > 0.5 and u >= p:
                code = DEPUTY if u < p + (1.0 - p) * th.deputy_share else FULL
            if directing:
                code += DONE - COMES
            orders.reply[q, i] = code
            s.partner[ASKED, i] += 1.0


@rule
def weight_of(th: Theta, code: int) -> float:
    """What a reply is worth: 1, a deputy's half, nothing."""
    if code == COMES or code == DONE:
        return 1.0
    if code == DEPUTY:
        return th.deputy_effect
    if code == ON_PAPER:
        return 0.3
    return 0.0
