"""Playing a playbook: from what can be seen to a turn's queue, as one rule.

The same function runs interpreted and compiled.  It asks
:mod:`sim.rules.legality` before every move, so that no playbook, however silly, can
queue what cannot be played.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.compiled import rule
from sim.draws import P_STRATEGY, mix
from sim.expressions import evaluate
from sim.fields import FORM_LEAD, LIVE_OUTSIDE, LIVE_PASS, LIVE_SAY, M_DELAYS, M_EXPERIENCE
from sim.moves import QUEUE, Orders, order_key
from sim.playbooks.selectors import (
    FIRST_PAIR_WORD,
    NOBODY,
    W_RANDOM,
    W_RANDOM_PAIR,
    pair_score,
    partner_score,
)
from sim.rules.chance import draw, draw_pair
from sim.rules.legality import (
    LEGAL,
    TO_COMMISSIONERS,
    TO_FORM,
    TO_FROM_TO,
    TO_LEAVING,
    TO_MEASURE,
    TO_PAYERS,
    legal_move,
    legal_partner,
    legal_targets,
    legal_together,
)
from sim.rules.seen import (
    L_LIVE,
    L_MONEY,
    L_MONTH,
    L_PLACES,
    L_TURN,
    P_COMMISSIONER,
    P_PAYER,
    P_TABLE,
    Seen,
)
from sim.state import Array, IntArray
from sim.world import MV_COST, MV_KEY, MV_LEAST, MV_MOST, MV_PLACES, MV_TARGET, W_HAND, World

RULE: Final = (
    "program", "move", "to", "many", "argument", "times", "every", "chance",
)  # fmt: skip
(
    RU_PROGRAM, RU_MOVE, RU_TO, RU_MANY, RU_ARGUMENT, RU_TIMES, RU_EVERY, RU_CHANCE,
) = range(len(RULE))  # fmt: skip
ANY_MOVE: Final = -1
BY_LOT: Final = -2
"""A measure, a form or a choice drawn by lot."""


class Book(NamedTuple):
    """A playbook compiled for one world."""

    rule: Array  # [rule, column]
    live: Array  # [entry, (choice or BY_LOT, program)]
    code: IntArray
    consts: Array
    offsets: IntArray
    answer: Array  # [inject], option to choose, -1 for the default
    confide: Array  # [1], what to do with confidences: 0 to hold them, else CONFIDENCE_KEPT …
    script: Array  # [turn, k, column], moves of scripted turns: see sim.batch.decide
    script_live: Array  # [turn], choice on the live matter; -1 for a turn by rule


@rule
def true_now(book: Book, seen: Seen, program: int) -> int:
    """1 when a condition of the playbook holds in what can be seen; no condition does."""
    if program < 0:
        return 1
    value = evaluate(
        book.code, book.consts, int(book.offsets[program]), int(book.offsets[program + 1]),
        seen.partner, seen.pair, seen.matter, seen.place, seen.measure,
    )  # fmt: skip
    return 1 if value != 0.0 else 0


@rule
def fill(w: World, seen: Seen, book: Book, orders: Orders) -> int:
    """Fill an empty queue for this turn; returns the choice on the live matter.

    Rules are tried in order, each up to its number of times, while places and money last.
    """
    turn = int(seen.place[L_TURN])
    places = seen.place[L_PLACES]
    money = seen.place[L_MONEY]
    drawn = 0
    n = seen.partner.shape[1]
    targets = np.zeros(n)
    q = 0
    for r in range(book.rule.shape[0]):
        if (turn - 1) % int(book.rule[r, RU_EVERY]) != 0:
            continue
        if true_now(book, seen, int(book.rule[r, RU_PROGRAM])) == 0:
            continue
        used = np.zeros(n)  # the same rule, used again, turns to others
        for again in range(int(book.rule[r, RU_TIMES])):
            if q >= QUEUE:
                break
            u, v, _, _ = _lot(w, seen, 0, 0, mix(r, again))
            if u >= book.rule[r, RU_CHANCE]:
                continue
            move, count, argument = _choose(
                w, seen, book, r, mix(r, again), places, money, drawn, v, used, targets
            )
            if move < 0:
                break
            enter(w, seen, orders, q, move, argument, targets, count)
            places -= w.move[move, MV_PLACES]
            money -= w.move[move, MV_COST]
            if w.setting[W_HAND] > 0.5 and seen.hand[move] < 0.5:
                drawn = 1
            if int(book.rule[r, RU_MOVE]) != ANY_MOVE:
                for x in range(count):
                    used[int(targets[x])] += 1.0
            q += 1
    return _live(w, seen, book)


@rule
def _lot(w: World, seen: Seen, i: int, j: int, k: int) -> tuple[float, float, float, float]:
    """Draws of a strategy: luck of the months lived, so that what comes changes no choice."""
    return draw(w, P_STRATEGY, int(seen.place[L_MONTH]), i, j, k)


@rule
def _live(w: World, seen: Seen, book: Book) -> int:
    """The first entry whose condition holds says what to do with the live matter."""
    if seen.place[L_LIVE] < 0.5:
        return LIVE_PASS
    for e in range(book.live.shape[0]):
        if true_now(book, seen, int(book.live[e, 1])) == 0:
            continue
        choice = int(book.live[e, 0])
        if choice == BY_LOT:
            u, _, _, _ = _lot(w, seen, 0, 0, 0x6C697665)
            return LIVE_PASS if u < 1.0 / 3.0 else (LIVE_SAY if u < 2.0 / 3.0 else LIVE_OUTSIDE)
        return choice
    return LIVE_PASS


@rule
def _choose(
    w: World, seen: Seen, book: Book, r: int, key: int, places: float, money: float, drawn: int,
    u: float, used: Array, targets: Array,
) -> tuple[int, int, int]:  # fmt: skip
    """Move (-1 for none), number of ``targets`` and argument of one use of a rule."""
    named = int(book.rule[r, RU_MOVE])
    moves = w.move.shape[0]
    tried = np.zeros(moves)
    for _ in range(moves if named == ANY_MOVE else 1):
        move = named
        if named == ANY_MOVE:
            move = -1
            best = 0.0
            for m in range(moves):
                if tried[m] > 0.5 or legal_move(w, seen, m, places, money, drawn) != LEGAL:
                    continue
                x, _, _, _ = _lot(w, seen, int(w.move[m, MV_KEY]), 0, key)
                if x > best:
                    best = x
                    move = m
            if move < 0:
                break
            tried[move] = 1.0
        elif legal_move(w, seen, move, places, money, drawn) != LEGAL:
            break
        argument = _argument(w, move, int(book.rule[r, RU_ARGUMENT]), u)
        word = int(book.rule[r, RU_TO])
        count = aim(w, seen, word, move, int(book.rule[r, RU_MANY]), argument, key, used, targets)
        if count >= 0 and legal_targets(w, seen, move, targets, count, argument) == LEGAL:
            return move, count, argument
    return -1, 0, -1


@rule
def _argument(w: World, move: int, given: int, u: float) -> int:
    """The measure or form that goes with a move: the rule's own, or by lot."""
    kind = int(w.move[move, MV_TARGET])
    if kind == TO_MEASURE:
        span = M_EXPERIENCE - M_DELAYS + 1
        return given if given >= 0 else M_DELAYS + min(span - 1, int(u * span))
    if kind == TO_FORM:
        return given if given >= 0 else 1 + min(1, int(2.0 * u))
    return -1


@rule
def aim(
    w: World, seen: Seen, word: int, move: int, many: int, argument: int, key: int, used: Array,
    targets: Array,
) -> int:  # fmt: skip
    """Put the rows that a word means into ``targets``; their number, or -1 for nobody."""
    kind = int(w.move[move, MV_TARGET])
    least = int(w.move[move, MV_LEAST])
    most = int(w.move[move, MV_MOST])
    if kind == TO_FORM:
        least = 1 if argument == FORM_LEAD else 0
        most = least
    elif kind > TO_LEAVING:
        return 0
    want = max(least, min(most, many))
    if word >= FIRST_PAIR_WORD and most >= 2:
        want = max(want, 2)
    if want <= 0:
        return 0
    count = 0
    if word >= FIRST_PAIR_WORD:
        a, b = best_pair(w, seen, word, move, key, used, 1 if want >= 2 else 0)
        if a < 0:
            return -1
        targets[0] = a
        count = 1
        if want >= 2:
            targets[1] = b
            count = 2
    while count < want:
        best = next_partner(w, seen, word, move, key, used, targets, count)
        if best < 0:
            break
        targets[count] = best
        count += 1
    return count if count >= least else -1


@rule
def best_pair(
    w: World, seen: Seen, word: int, move: int, key: int, used: Array, both: int
) -> tuple[int, int]:
    """The two whom a word fits best, or (-1, -1); ``both`` is 0 if only the first is named."""
    n = seen.partner.shape[1]
    ordered = int(w.move[move, MV_TARGET]) == TO_FROM_TO
    a = -1
    b = -1
    highest = 0.5 * NOBODY
    for i in range(n):
        if legal_partner(w, seen, move, i) != LEGAL:
            continue
        for j in range(n):
            if i == j or (both == 1 and legal_partner(w, seen, move, j) != LEGAL):
                continue
            if both == 0 and seen.partner[P_TABLE, j] < 0.5:
                continue
            if both == 1 and legal_together(w, seen, move, i, j) != LEGAL:
                continue
            score = pair_score(seen, word, i, j)
            if score <= 0.5 * NOBODY:
                continue
            by_lot = 10.0 if word == W_RANDOM_PAIR else 1e-4
            behind = 0.0 if ordered else 2.0 * (used[i] + used[j])
            if score + by_lot + 1e-6 - behind < highest:
                continue  # no lot would bring it before the best so far
            # one draw for both orders, and another small one for who comes first
            lot, _, _, _ = draw_pair(w, P_STRATEGY, int(seen.place[L_MONTH]), i, j, key)
            first, _, _, _ = _lot(w, seen, int(w.key[i]), int(w.key[j]), key)
            score += by_lot * lot + 1e-7 * first
            if not ordered:
                score -= 2.0 * (used[i] + used[j])
            if score > highest:
                highest = score
                a = i
                b = j
    return a, b


@rule
def next_partner(
    w: World, seen: Seen, word: int, move: int, key: int, used: Array, targets: Array, count: int
) -> int:
    """One more partner beside ``targets[:count]``, the one whom the word fits best, or -1."""
    best = -1
    highest = 0.5 * NOBODY
    for i in range(seen.partner.shape[1]):
        if used[i] > 0.0 or legal_partner(w, seen, move, i) != LEGAL:
            continue
        score = 0.0
        if word < FIRST_PAIR_WORD:
            score = partner_score(seen, word, i)
        fits = True
        for x in range(count):
            j = int(targets[x])
            if legal_together(w, seen, move, j, i) != LEGAL:
                fits = False
            elif word >= FIRST_PAIR_WORD:  # beside a pair: who goes with both of them
                score += max(-10.0, pair_score(seen, word, j, i)) / count
        if not fits or score <= 0.5 * NOBODY:
            continue
        by_lot = 10.0 if word == W_RANDOM else 1e-4
        if score + by_lot + 1e-6 < highest:
            continue  # no lot would bring it before the best so far
        lot, _, _, _ = _lot(w, seen, int(w.key[i]), 0, key)
        score += by_lot * lot
        if score > highest:
            highest = score
            best = i
    return best


@rule
def enter(
    w: World, seen: Seen, orders: Orders, q: int, move: int, argument: int, targets: Array,
    count: int,
) -> None:  # fmt: skip
    """Write one move into row q of the queue, with everybody whom it asks."""
    kind = int(w.move[move, MV_TARGET])
    orders.move[q] = move + 1
    orders.first[q] = targets[0] if count > 0 else -1.0
    orders.second[q] = targets[1] if count > 1 else -1.0
    orders.argument[q] = argument
    ordered = 1 if kind == TO_FROM_TO else 0
    nth = 0
    key = order_key(int(w.move[move, MV_KEY]), argument, nth, targets, count, w.key, ordered)
    for other in range(q):
        if int(orders.key[other]) == key:
            nth += 1
            key = order_key(
                int(w.move[move, MV_KEY]), argument, nth, targets, count, w.key, ordered
            )
    orders.nth[q] = nth
    orders.key[q] = key
    for i in range(seen.partner.shape[1]):
        concerned = seen.partner[P_TABLE, i] > 0.5
        if kind == TO_PAYERS:
            concerned = concerned and seen.partner[P_PAYER, i] > 0.5
        elif kind == TO_COMMISSIONERS:
            concerned = concerned and seen.partner[P_COMMISSIONER, i] > 0.5
        elif kind <= TO_LEAVING:
            concerned = False
            for x in range(count):
                if int(targets[x]) == i:
                    concerned = True
        orders.who[q, i] = 1.0 if concerned else 0.0
