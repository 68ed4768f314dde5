"""Whole runs in one call: the rule that sweeps and futures compile.

:func:`play_many` lives one run after another, each from its first month or from a given
state, under a luck, a set of parameters and a strategy, and writes down what was asked
for.  It computes what :func:`sim.headless.play_through` computes, to the bit.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sim.batch.decide import (
    T_FIRST_ERUPTION,
    T_TAKEN_OVER,
    decide,
    look,
)
from sim.compiled import rule
from sim.expressions import evaluate
from sim.fields import (
    ENDED,
    ERUPTIONS,
    FACILITATOR,
    MONTH,
    TAKEN_OVER,
    TURN_MONTH,
)
from sim.initial import Start, begin
from sim.moves import Orders
from sim.parameters import Theta
from sim.playbooks.interpreter import Book
from sim.rules.events import Events
from sim.rules.falls_due import dealt, fire, next_due
from sim.rules.ledger import Ledger
from sim.rules.month import rest_of_month
from sim.rules.opening import open_turn
from sim.rules.seen import Seen
from sim.state import Array, IntArray, State
from sim.world import IJ_OPTIONS, W_MONTHS, W_TREND, World

SETTINGS: Final = ("last", "since", "decided", "open", "look", "card")
(
    A_LAST,  # month to live to
    A_SINCE,  # first month whose luck is the run's own; before it, the world's
    A_DECIDED,  # 1 when the turn that the given states stand at has been decided: see ``queued``
    A_OPEN,  # 1 to open the turn that is due after the last month
    A_LOOK,  # 1 to look at where the run ends
    A_CARD,  # 1 + row of the inject that is known to be dealt in the first month, 0 for none
) = range(len(SETTINGS))


class Story(NamedTuple):
    """Endings and promises of a scenario, as programs over the true state."""

    ending: IntArray  # [ending], a program or -1 for one that always fits
    promise: IntArray  # [promise]
    code: IntArray
    consts: Array
    offsets: IntArray


class Task(NamedTuple):
    """Which runs."""

    luck: IntArray  # [r, 2], the halves of each run's luck
    theta: IntArray  # [r], which set of parameters
    month: IntArray  # [k], months at which measures are written down
    state: Array  # [x, value]: run r goes on from state r % x; none, from its first month
    began: IntArray  # [x, 2], luck of month 0 of each state, which keys its blur; none, the world's
    setting: IntArray  # [SETTINGS]


class Out(NamedTuple):
    """What came of each run; arrays with no rows are not wanted."""

    measure: Array  # [r, k, M]
    ending: IntArray  # [r], -1 before the end of the last turn
    kept: Array  # [r, promise], 1 for a promise kept
    tally: Array  # [r, TALLY]
    state: Array  # [r, value], the state at the end
    look: Array  # [r, value], what can be seen at the end


@rule
def play_many(
    w: World, thetas: Any, first: Start, s: State, block: Array, led: Ledger, ev: Events,
    orders: Orders, plan: Orders, seen: Seen, book: Book, story: Story, task: Task,
    queued: Orders, out: Out,
) -> None:  # fmt: skip
    """Live every run of ``task``.

    ``thetas[x]`` are parameters; ``block`` is the memory under ``s``; ``orders``, ``plan``,
    ``seen``, ``led`` and ``ev`` are scratch, as are ``w.luck`` and the trend in ``w.setting``.
    """
    last = int(task.setting[A_LAST])
    since = int(task.setting[A_SINCE])
    for r in range(task.luck.shape[0]):
        th = thetas[int(task.theta[r])]
        for m in range(since, w.luck.shape[0]):
            w.luck[m, 0] = task.luck[r, 0]
            w.luck[m, 1] = task.luck[r, 1]
        w.setting[W_TREND] = first.trend[0]
        if first.trend[0] != first.trend[0]:  # the scenario leaves it to the parameter
            w.setting[W_TREND] = th.admission_trend_per_year
        decided = 0
        if task.state.shape[0] == 0:
            for x in range(block.shape[0]):
                block[x] = 0.0
            begin(w, th, s, led, first)
        else:
            row = r % task.state.shape[0]
            for x in range(block.shape[0]):
                block[x] = task.state[row, x]
            if task.began.shape[0] > 0:
                w.luck[0, 0] = task.began[row, 0]
                w.luck[0, 1] = task.began[row, 1]
            decided = int(task.setting[A_DECIDED])
            _copy_orders(queued, orders)
            if int(task.setting[A_CARD]) > 0 and int(s.place[MONTH]) < last:
                known_card(w, th, s, led, ev, book, int(task.setting[A_CARD]) - 1)
        play_on(w, th, s, led, ev, first, orders, plan, seen, book, story, out, r, last, decided)
        out.tally[r, T_TAKEN_OVER] = s.place[TAKEN_OVER]
        for k in range(task.month.shape[0]):
            for m in range(s.history.shape[0]):
                out.measure[r, k, m] = s.history[m, int(task.month[k])]
        if int(task.setting[A_OPEN]) == 1:
            month = int(s.place[MONTH])
            if begins(w, month + 1) == 1 and int(s.place[TURN_MONTH]) != month + 1:
                open_turn(w, s)
        if int(task.setting[A_LOOK]) == 1:
            look(w, s, seen)
        if out.look.shape[0] > 0:
            _write_look(seen, out, r)
        if out.state.shape[0] > 0:
            for x in range(block.shape[0]):
                out.state[r, x] = block[x]


@rule
def play_on(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, first: Start, orders: Orders,
    plan: Orders, seen: Seen, book: Book, story: Story, out: Out, r: int, last: int, decided: int,
) -> None:  # fmt: skip
    """From where ``s`` stands to month ``last``; endings and promises when the turns are over."""
    end = int(w.setting[W_MONTHS])
    while True:
        month = int(s.place[MONTH])
        if month >= end and s.place[ENDED] < 0.5:
            conclude(w, s, orders, story, out, r)
        if month >= last:
            return
        led.count[0] = 0
        led.count[1] = 0
        ev.count[0] = 0
        ev.count[1] = 0
        if s.place[ENDED] < 0.5 and begins(w, month + 1) == 1:
            if int(s.place[TURN_MONTH]) != month + 1:
                open_turn(w, s)
                decide(w, th, s, led, first, seen, book, plan, orders, out.tally, r)
            elif decided == 0:
                decide(w, th, s, led, first, seen, book, plan, orders, out.tally, r)
        rows = s.place[ERUPTIONS]
        cards(w, th, s, led, ev, book)
        rest_of_month(w, th, s, led, ev, orders)
        if s.place[ERUPTIONS] > rows and out.tally[r, T_FIRST_ERUPTION] < 0.5:
            out.tally[r, T_FIRST_ERUPTION] = month + 1


@rule
def begins(w: World, month: int) -> int:
    """1 when ``month`` is the first of a turn."""
    for turn in range(w.turn_start.shape[0] - 1):
        if int(w.turn_start[turn]) == month:
            return 1
    return 0


@rule
def cards(w: World, th: Theta, s: State, led: Ledger, ev: Events, book: Book) -> None:
    """Everything that is due happens, each card answered as the strategy answers it."""
    for _ in range(s.inject.shape[1]):
        k = next_due(w, s)
        if k < 0:
            return
        fire(w, th, s, led, ev, k, int(book.answer[k]))


@rule
def known_card(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, book: Book, card: int
) -> None:  # fmt: skip
    """The card that lies on the table happens in its turn, whatever luck would have dealt."""
    for _ in range(s.inject.shape[1]):
        k = next_due(w, s)
        if k < 0 or w.inject[k, IJ_OPTIONS] > 0.0:
            break
        fire(w, th, s, led, ev, k, -1)  # what needs no answer comes before it
    if dealt(w, s) == 0:
        fire(w, th, s, led, ev, card, int(book.answer[card]))


@rule
def conclude(w: World, s: State, orders: Orders, story: Story, out: Out, r: int) -> None:
    """The last turn is over: which ending came, which promises were kept; nobody plays on."""
    for e in range(story.ending.shape[0]):
        if fits(s, story, int(story.ending[e])) == 1:
            out.ending[r] = e
            break
        out.ending[r] = story.ending.shape[0] - 1
    for p in range(story.promise.shape[0]):
        out.kept[r, p] = fits(s, story, int(story.promise[p]))
    s.place[ENDED] = 1.0
    s.place[FACILITATOR] = 0.0
    for k in range(s.standing.shape[1]):
        for column in range(s.standing.shape[0]):
            s.standing[column, k] = 0.0
    for q in range(orders.move.shape[0]):
        orders.move[q] = 0.0


@rule
def fits(s: State, story: Story, program: int) -> int:
    """1 when a condition of the story is true now."""
    if program < 0:
        return 1
    value = evaluate(
        story.code, story.consts, int(story.offsets[program]), int(story.offsets[program + 1]),
        s.partner, s.pair, s.matter, s.place, s.measure,
    )  # fmt: skip
    return 1 if value != 0.0 else 0


@rule
def _copy_orders(source: Orders, to: Orders) -> None:
    for q in range(to.move.shape[0]):
        to.move[q] = source.move[q]
        to.first[q] = source.first[q]
        to.second[q] = source.second[q]
        to.argument[q] = source.argument[q]
        to.nth[q] = source.nth[q]
        to.key[q] = source.key[q]
        for i in range(to.who.shape[1]):
            to.who[q, i] = source.who[q, i]
            to.reply[q, i] = source.reply[q, i]
            to.again[q, i] = source.again[q, i]


@rule
def _write_look(seen: Seen, out: Out, r: int) -> None:
    """What can be seen, in one row: partners, pairs, matters, place, measures."""
    at = 0
    n = seen.partner.shape[1]
    for f in range(seen.partner.shape[0]):
        for i in range(n):
            out.look[r, at] = seen.partner[f, i]
            at += 1
    for f in range(seen.pair.shape[0]):
        for i in range(n):
            for j in range(n):
                out.look[r, at] = seen.pair[f, i, j]
                at += 1
    for f in range(seen.matter.shape[0]):
        for m in range(seen.matter.shape[1]):
            out.look[r, at] = seen.matter[f, m]
            at += 1
    for f in range(seen.place.shape[0]):
        out.look[r, at] = seen.place[f]
        at += 1
    for m in range(seen.measure.shape[0]):
        out.look[r, at] = seen.measure[m]
        at += 1
