"""One turn decided by a strategy, as :func:`sim.headless.play_through` asks for it.

The same questions in the same order: what to do with the live matter, with confidences
that are held, then the moves, one by one, each refused for the reasons for which it would
be refused to a room.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.compiled import rule
from sim.fields import CONFIDENCE_HELD, LIVE_CHOICE, LIVE_MATTER, LIVE_PASS, MONEY, TURN
from sim.initial import Start
from sim.moves import QUEUE, Orders
from sim.parameters import Theta
from sim.playbooks.interpreter import Book, enter, fill
from sim.rules.effects_pair import use_confidence
from sim.rules.ledger import C_BADLY, Ledger
from sim.rules.legality import (
    LEGAL,
    TO_LEAVING,
    deal,
    legal_move,
    legal_targets,
)
from sim.rules.moves import can_go_on
from sim.rules.observation import FELT, see
from sim.rules.replies import ask
from sim.rules.seen import L_MONEY, L_PLACES, UNKNOWN, X_CONFIDENCE, X_KNOWN, Seen
from sim.state import STAND_MOVE, STANDING_SLOTS, Array, State
from sim.world import MV_COST, MV_PLACES, MV_TARGET, W_HAND, World

TALLY: Final = ("spent", "places", "moves", "skipped", "first_eruption", "taken_over")
"""What is counted over a run beside its measures."""
T_SPENT, T_PLACES, T_MOVES, T_SKIPPED, T_FIRST_ERUPTION, T_TAKEN_OVER = range(len(TALLY))

MOST_SKIPPED: Final = 3
"""A playbook that asks more often than this for what it cannot have is not asked again."""

# a scripted move: what, argument, matter it is about, number of targets, then their rows
SC_MOVE, SC_ARGUMENT, SC_MATTER, SC_COUNT, SC_TARGETS = range(5)
NO_SUCH: Final = -2
"""In a script: a move, partner or matter that this scenario does not have."""


@rule
def look(w: World, s: State, seen: Seen) -> None:
    """What the group can see now, the hand included."""
    see(w, s, FELT, seen)
    deal(w, seen)


@rule
def clear(orders: Orders) -> None:
    """Take everything out of a queue."""
    for q in range(orders.move.shape[0]):
        orders.move[q] = 0.0
        orders.first[q] = -1.0
        orders.second[q] = -1.0
        orders.argument[q] = -1.0
        orders.nth[q] = 0.0
        orders.key[q] = 0.0
        for i in range(orders.who.shape[1]):
            orders.who[q, i] = 0.0
            orders.reply[q, i] = 0.0
            orders.again[q, i] = 0.0


@rule
def decide(
    w: World, th: Theta, s: State, led: Ledger, first: Start, seen: Seen, book: Book, plan: Orders,
    orders: Orders, tally: Array, r: int,
) -> None:  # fmt: skip
    """Decide a turn that has been opened, and ask whom its moves ask."""
    clear(orders)
    look(w, s, seen)
    _go_on(w, s, tally, r)
    turn = int(s.place[TURN])
    scripted = 0
    if turn <= book.script_live.shape[0] and book.script_live[turn - 1] >= 0.0:
        scripted = 1
    planned = 0
    if s.place[LIVE_MATTER] > 0.0:
        choice = LIVE_PASS
        if scripted == 1:
            choice = int(book.script_live[turn - 1])
        else:
            clear(plan)
            choice = fill(w, seen, book, plan)
            planned = 1
        s.place[LIVE_CHOICE] = choice
    told = 0
    if book.confide[0] > 0.0:
        for x in range(first.order.shape[0]):
            m = int(first.order[x])
            if seen.matter[X_KNOWN, m] > 0.0 and int(seen.matter[X_CONFIDENCE, m]) == (
                CONFIDENCE_HELD
            ):
                use_confidence(th, s, led, m, int(book.confide[0]), C_BADLY)
                told = 1
    if told == 1:
        look(w, s, seen)
    if scripted == 1:
        _by_script(w, seen, book, turn, orders, tally, r)
    else:
        if planned == 0:
            clear(plan)
            fill(w, seen, book, plan)
        _by_plan(w, seen, plan, orders, tally, r)
    ask(w, th, s, orders)


@rule
def _go_on(w: World, s: State, tally: Array, r: int) -> None:
    """Count what standing moves cost this turn, and the places that they hold."""
    money = s.place[MONEY]
    for k in range(STANDING_SLOTS):
        move = int(s.standing[STAND_MOVE, k]) - 1
        if move >= 0 and can_go_on(w, move, money) == 1:
            money -= w.move[move, MV_COST]
            tally[r, T_SPENT] += w.move[move, MV_COST]
            tally[r, T_PLACES] += w.move[move, MV_PLACES]


@rule
def _by_plan(w: World, seen: Seen, plan: Orders, orders: Orders, tally: Array, r: int) -> None:
    """Queue what a playbook planned, as far as it can still be played."""
    targets = np.zeros(seen.partner.shape[1])
    queued = 0
    skipped = 0
    for q in range(plan.move.shape[0]):
        move = int(plan.move[q]) - 1
        if move < 0:
            continue
        count = _aimed(w, plan, q, move, targets)
        if _admit(w, seen, orders, queued, move, int(plan.argument[q]), -1, targets, count) == 1:
            queued += 1
            _counted(w, move, tally, r)
            continue
        tally[r, T_SKIPPED] += 1.0
        skipped += 1
        if skipped > MOST_SKIPPED:
            break


@rule
def _aimed(w: World, plan: Orders, q: int, move: int, targets: Array) -> int:
    """Rows of those whom a planned move names, in order; their number."""
    kind = int(w.move[move, MV_TARGET])
    count = 0
    if plan.first[q] >= 0.0:
        targets[count] = plan.first[q]
        count += 1
    if plan.second[q] >= 0.0:
        targets[count] = plan.second[q]
        count += 1
    if kind > TO_LEAVING:
        return count
    for i in range(plan.who.shape[1]):
        if plan.who[q, i] > 0.0 and i != int(plan.first[q]) and i != int(plan.second[q]):
            targets[count] = i
            count += 1
    return count


@rule
def _by_script(
    w: World, seen: Seen, book: Book, turn: int, orders: Orders, tally: Array, r: int
) -> None:
    """Queue what a script says for this turn; what cannot be played leaves a gap."""
    n = seen.partner.shape[1]
    targets = np.zeros(n)
    places = seen.place[L_PLACES]
    queued = 0
    for k in range(book.script.shape[1]):
        move = int(book.script[turn - 1, k, SC_MOVE])
        if move == -1:
            break
        fits = 0
        count = int(book.script[turn - 1, k, SC_COUNT])
        if move >= 0 and w.move[move, MV_PLACES] <= places and count >= 0:
            for x in range(count):
                targets[x] = book.script[turn - 1, k, SC_TARGETS + x]
            fits = _admit(
                w, seen, orders, queued, move, int(book.script[turn - 1, k, SC_ARGUMENT]),
                int(book.script[turn - 1, k, SC_MATTER]), targets, count,
            )  # fmt: skip
        if fits == 1:
            queued += 1
            _counted(w, move, tally, r)
        else:
            tally[r, T_SKIPPED] += 1.0
        places -= w.move[move, MV_PLACES] if move >= 0 else 1.0


@rule
def _counted(w: World, move: int, tally: Array, r: int) -> None:
    tally[r, T_MOVES] += 1.0
    tally[r, T_SPENT] += w.move[move, MV_COST]
    tally[r, T_PLACES] += w.move[move, MV_PLACES]


@rule
def _admit(
    w: World, seen: Seen, orders: Orders, q: int, move: int, argument: int, matter: int,
    targets: Array, count: int,
) -> int:  # fmt: skip
    """Put a move into row q of the queue if it can join those before it; 1 if it did."""
    if q >= QUEUE or argument == NO_SUCH or matter == NO_SUCH:
        return 0
    taken = 0.0
    cost = 0.0
    drawn = 0
    for k in range(q):
        before = int(orders.move[k]) - 1
        taken += w.move[before, MV_PLACES]
        cost += w.move[before, MV_COST]
        if w.setting[W_HAND] > 0.5 and seen.hand[before] < 0.5:
            drawn = 1
    places = seen.place[L_PLACES] - taken
    money = seen.place[L_MONEY] - cost
    if legal_move(w, seen, move, places, money, drawn) != LEGAL:
        return 0
    if matter >= 0 and seen.matter[X_KNOWN, matter] <= UNKNOWN:
        return 0
    if legal_targets(w, seen, move, targets, count, argument) != LEGAL:
        return 0
    enter(w, seen, orders, q, move, argument if matter < 0 else matter, targets, count)
    return 1
