"""What a session did that no strategy does, done to many states; its turns leg by leg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.fields import (
    ASKED,
    AT_TABLE,
    CONFIDENCE,
    CONFIDENCE_HELD,
    DISPUTE,
    DORMANT,
    FIRST,
    LIVE_CHOICE,
    LIVE_CHOICES,
    LIVE_MATTER,
    LIVE_PASS,
    MERGED_WITH,
    MONEY,
    MONTH,
    SECOND,
    STATUS,
    WORKED_THROUGH,
)
from sim.futures.ground import Ground, many
from sim.futures.lives import Edit, Leg
from sim.futures.moment import Lived
from sim.moves import Event
from sim.playbooks.interpreter import Book
from sim.playbooks.playbook import CONFIDE
from sim.rules.effects_pair import use_confidence
from sim.rules.ledger import C_BADLY, new_ledger
from sim.rules.silence import answers, break_silence
from sim.silence import OUTCOMES, silences
from sim.state import STAND_MOVE, Array, State, for_rules, view
from sim.world import luck_schedule


class Deeds:
    """Edits of states, on the ground of a moment.

    What a state has no room for is left out: a confidence that nobody gave there, a word
    after a row that there was not.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._names = ground.place.names
        self._shape = ground.place.names.shape

    def choose(self, lived: Lived, *, matter: bool = False) -> Edit:
        """A turn's choices but for its moves; ``matter``: its live matter lies on the table."""
        record = lived.record

        def edit(states: Array, _lucks: Sequence[int]) -> None:
            all_ = many(states, self._shape)
            if matter:
                row = self._names.matter_row.get(record.live, -1)
                able = self.can_lie(states, record.live)
                all_.place[able, LIVE_MATTER] = row + 1
            live = all_.place[:, LIVE_MATTER] > 0.0
            choice = LIVE_CHOICES.index(record.choice)
            all_.place[:, LIVE_CHOICE] = np.where(live, choice, LIVE_PASS)
            for move in record.stopped:
                stands = all_.standing[:, STAND_MOVE] == self._names.move_row[move] + 1
                slot = np.argmax(stands, axis=1)
                for k in np.flatnonzero(stands.any(axis=1)):
                    all_.standing[k, :, slot[k]] = 0.0
            self._confide(states, record.confided[: lived.settled])
            asked = [reply.who for reply in record.replies or ()]
            for who in [*asked, *([record.again[1]] if record.again else [])]:
                all_.partner[:, ASKED, self._names.partner_row[who]] += 1.0

        return edit

    def live(self, choice: str) -> Edit:
        """What to do with the live matter, where there is one."""

        def edit(states: Array, _lucks: Sequence[int]) -> None:
            place = many(states, self._shape).place
            live = place[:, LIVE_MATTER] > 0.0
            place[:, LIVE_CHOICE] = np.where(live, LIVE_CHOICES.index(choice), LIVE_PASS)

        return edit

    def confide(self, done: Sequence[tuple[str, str]]) -> Edit:
        """Confidences dealt with, as (matter, what)."""
        return lambda states, _lucks: self._confide(states, done)

    def can_lie(self, states: Array, matter: str) -> np.ndarray:
        """Where a matter can come to the table: bool (run,); everywhere, for none."""
        row = self._names.matter_row.get(matter, -1)
        if row < 0:
            return np.ones(len(states), dtype=bool)
        all_ = many(states, self._shape)
        runs = np.arange(len(states))
        a = all_.matter[:, FIRST, row].astype(int)
        b = all_.matter[:, SECOND, row].astype(int)
        able = (all_.matter[:, STATUS, row] > DORMANT) & (
            all_.matter[:, STATUS, row] != WORKED_THROUGH
        )
        for i in (a, b):
            able &= all_.partner[runs, AT_TABLE, i] > 0.5
            able &= all_.partner[runs, MERGED_WITH, i] == 0.0
        return able & (all_.pair[runs, DISPUTE, a, b] <= 0.0)

    def said(self, events: Sequence[Event]) -> Edit:
        """Words after rows, with what came of them, where there is such a row."""

        def edit(states: Array, _lucks: Sequence[int]) -> None:
            for event in events:
                outcome = event.code.removeprefix("silence_")
                kind = next(k for k in silences().values() if outcome in k.outcomes)
                a, b = str(event.args["a"]), str(event.args["b"])
                for state in self._fallen_out(states, a, b):
                    self._break(state, outcome, kind.cost, a, b)

        return edit

    def say(self, choice: str, first: str, second: str) -> Edit:
        """The silence is dealt with so, ``first`` speaking first; each luck says what comes."""
        kind = silences()[choice]

        def edit(states: Array, lucks: Sequence[int]) -> None:
            ground, rows = self._ground, self._names.partner_row
            world = ground.place.world._replace(luck=ground.luck)
            w = for_rules(world)
            for row, luck in zip(states, lucks, strict=True):
                state = view(row, self._shape)
                outcome = choice
                if kind.ease is not None:
                    world.luck[int(state.place[MONTH])] = luck_schedule(luck)[0]
                    met = answers(
                        w, ground.theta, for_rules(state), rows[first], rows[second], kind.ease
                    )
                    outcome = "met" if met else "left"
                self._break(state, outcome, kind.cost, first, second)

        return edit

    def _confide(self, states: Array, done: Sequence[tuple[str, str]]) -> None:
        led = for_rules(new_ledger(len(self._names.partners), on=False))
        for matter, what in done:
            row = self._names.matter_row[matter]
            choice = int(CONFIDE[what])
            held = many(states, self._shape).matter[:, CONFIDENCE, row] == CONFIDENCE_HELD
            for k in np.flatnonzero(held):
                state = for_rules(view(states[k], self._shape))
                use_confidence(self._ground.theta, state, led, row, choice, C_BADLY)

    def _fallen_out(self, states: Array, a: str, b: str) -> list[State]:
        rows = self._names.partner_row
        there = many(states, self._shape).pair[:, DISPUTE, rows[a], rows[b]] > 0.0
        return [view(states[k], self._shape) for k in np.flatnonzero(there)]

    def _break(self, state: State, outcome: str, cost: float, a: str, b: str) -> None:
        rows = self._names.partner_row
        state.place[MONEY] = max(0.0, float(state.place[MONEY]) - cost)
        start, stop = self._names.silence_rows[outcome]
        break_silence(
            for_rules(self._ground.place.world), for_rules(state), start, stop,
            OUTCOMES.index(outcome), rows[a], rows[b],
        )  # fmt: skip


def answering(ground: Ground, book: Book, given: Mapping[str, str]) -> Book:
    """A book that gives these answers (option by inject) to cards."""
    if not given:
        return book
    answer = book.answer.copy()
    for row, inject in enumerate(ground.place.scenario.injects):
        if inject.id in given:
            answer[row] = [choice.id for choice in inject.choices].index(given[inject.id])
    return book._replace(answer=answer)


def turn_legs(
    ground: Ground, deeds: Deeds, lived: Lived, book: Book, *, since: int, matter: bool = False,
    known: int = 0, dealt: bool = False,
) -> list[Leg]:  # fmt: skip
    """The months of a turn from the end of month ``since`` on, as the session lived them.

    They end once its last silence has been dealt with, before anything that came after its
    reveal.  ``known`` silences lie before ``since``; ``dealt``: its card comes whatever luck
    would have dealt.
    """
    first = lived.record.first_month
    end = first - 1 + lived.lived
    book = answering(ground, book, lived.answers)
    words: dict[int, list[Event]] = {}
    for event in lived.silences[known:]:
        words.setdefault(event.month, []).append(event)
    cards = {month: card for month, card in lived.dealt.items() if dealt and month > since}
    cuts = sorted({*words, *(month - 1 for month in cards), end})
    queued = None
    before: list[Edit] = []
    if since < first:
        before.append(deeds.choose(lived, matter=matter))
        queued = ground.queue(lived.record, ground.seen(lived.opened))
    legs: list[Leg] = []
    if since in words:
        before.append(deeds.said(words[since]))
    for cut in cuts:
        if cut <= since:
            continue
        card = ground.place.names.injects.index(cards[since + 1]) if since + 1 in cards else -1
        legs.append(Leg(cut, book, queued, card, tuple(before), told=True))
        before, since = [], cut
        if cut in words:
            before.append(deeds.said(words[cut]))
    if before:
        legs.append(Leg(end, book, queued, before=tuple(before), told=True))
    return legs


def after_turn(deeds: Deeds, lived: Lived, book: Book) -> Leg:
    """What came after a turn's reveal, and the next turn is opened, if there is one."""
    later = lived.record.confided[lived.settled :]
    end = lived.record.first_month - 1 + lived.lived
    before = (deeds.confide(later),) if later else ()
    return Leg(end, book, before=before, opens=True, told=True)
