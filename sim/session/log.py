"""Where a session stands, as its lines tell it: no rules of the model, no chance.

:meth:`Log.follow` reads one decision with what came of it.  A play that goes on and a
session that is only shown as it was recorded keep the same log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.moves import Event
from sim.reveal import Reveal
from sim.session.coding import events_from, move_from, replies_from, reveal_from
from sim.session.parts import Answer, EndingSeen, Phase, Reply, TurnRecord


@dataclass
class Log:
    """What was decided so far, and the phase it has led to."""

    turns: tuple[int, ...]  # months of each turn
    phase: Phase = Phase.REVEALED  # before the first turn
    turn: int = 0
    month: int = 0
    months_left: int = 0
    record: TurnRecord = field(default_factory=lambda: TurnRecord(0, 1))
    records: tuple[TurnRecord, ...] = ()  # of the turns that were revealed
    reveals: tuple[Reveal, ...] = ()
    waiting: tuple[str, ...] = ()  # injects due and not yet answered
    answers: dict[str, str] = field(default_factory=dict)  # for the month that is due
    silent: tuple[tuple[str, str, str], ...] = ()  # rows nobody has spoken after: a, b, matter
    ending: EndingSeen | None = None
    epilogue: tuple[Event, ...] | None = None

    def follow(self, kind: str, data: dict[str, Any]) -> None:
        """Take note of one decision and its results."""
        _FOLLOW[kind](self, data)

    def last_replies(self) -> dict[str, str]:
        """What each partner answered this turn, or until somebody is asked, the last one."""
        replies = self.record.replies
        if replies is None and self.records:
            replies = self.records[-1].replies
        return {reply.who: reply.reply for reply in replies or ()}

    def _turn(self, data: dict[str, Any]) -> None:
        self.turn, self.month = data["turn"], data["month"]
        self.record = TurnRecord(self.turn, self.month + 1, data["live"])
        self._choose_again({})

    def _choose_again(self, data: dict[str, Any]) -> None:
        """The turn's choices are open, none of them made: a turn begun, or undone."""
        self.month = self.record.first_month - 1
        self.months_left = self.turns[self.turn - 1]
        self.record = TurnRecord(self.turn, self.record.first_month, self.record.live)
        self.waiting, self.answers, self.silent = (), {}, ()
        self.phase = Phase.CHOOSING

    def _luck(self, data: dict[str, Any]) -> None:
        """Another luck from here on changes nothing that was decided."""

    def _live(self, data: dict[str, Any]) -> None:
        self.record = replace(self.record, choice=data["choice"])

    def _move(self, data: dict[str, Any]) -> None:
        self.record = replace(self.record, moves=(*self.record.moves, move_from(data)))

    def _take_back(self, data: dict[str, Any]) -> None:
        moves = list(self.record.moves)
        del moves[data["index"]]
        self.record = replace(self.record, moves=tuple(moves))

    def _confide(self, data: dict[str, Any]) -> None:
        done = (*self.record.confided, (data["matter"], data["what"]))
        self.record = replace(self.record, confided=done)
        if self.phase is Phase.REVEALED and self.records:
            self.records = (*self.records[:-1], self.record)

    def _stop(self, data: dict[str, Any]) -> None:
        self.record = replace(self.record, stopped=(*self.record.stopped, data["move"]))

    def _replies(self, data: dict[str, Any]) -> None:
        self.record = replace(self.record, replies=replies_from(data["replies"]))
        self.phase = Phase.RUNNING

    def _ask_again(self, data: dict[str, Any]) -> None:
        asked = (data["index"], data["who"])
        replies = tuple(
            Reply(*asked, data["reply"]) if (reply.move_index, reply.who) == asked else reply
            for reply in self.record.replies or ()
        )
        self.record = replace(self.record, replies=replies, again=asked)

    def _card(self, data: dict[str, Any]) -> None:
        self.waiting = tuple(data["injects"])
        self.phase = Phase.AWAITING

    def _answer(self, data: dict[str, Any]) -> None:
        answer = Answer(self.month + 1, data["inject"], data["option"])
        self.record = replace(self.record, answers=(*self.record.answers, answer))
        self.answers = self.answers | {answer.inject: answer.option}
        self.waiting = self.waiting[1:]
        if not self.waiting:
            self.phase = Phase.RUNNING

    def _month(self, data: dict[str, Any]) -> None:
        self.month = data["month"]
        self.months_left -= 1
        self.answers = {}
        events = self.record.events + events_from(data["events"])
        self.record = replace(self.record, events=events)
        self.silent = tuple((a, b, matter) for a, b, matter in data.get("silent", ()))
        self._go_on(data)

    def _silence(self, data: dict[str, Any]) -> None:
        events = self.record.events + events_from([data["event"]])
        self.record = replace(self.record, events=events)
        self.silent = self.silent[1:]
        self._go_on(data)

    def _go_on(self, data: dict[str, Any]) -> None:
        """After a month and its silences: the next month, or what was seen of them all."""
        if "reveal" in data:
            self.records = (*self.records, self.record)
            self.reveals = (*self.reveals, reveal_from(data["reveal"]))
            self.phase = Phase.REVEALED
        else:
            self.phase = Phase.AWAITING if self.silent else Phase.RUNNING

    def _ending(self, data: dict[str, Any]) -> None:
        self.ending = EndingSeen(**data["ending"])
        self.phase = Phase.ENDED

    def _epilogue(self, data: dict[str, Any]) -> None:
        self.month = data["month"]
        self.epilogue = events_from(data["events"])


_FOLLOW: Final[dict[str, Callable[[Log, dict[str, Any]], None]]] = {
    "turn": Log._turn,
    "luck": Log._luck,
    "live": Log._live,
    "move": Log._move,
    "take_back": Log._take_back,
    "confide": Log._confide,
    "stop": Log._stop,
    "replies": Log._replies,
    "ask_again": Log._ask_again,
    "card": Log._card,
    "answer": Log._answer,
    "month": Log._month,
    "silence": Log._silence,
    "undo": Log._choose_again,
    "ending": Log._ending,
    "epilogue": Log._epilogue,
}
DECISIONS: Final = tuple(_FOLLOW)
"""Kinds of lines that move a session on; the others (notes, votes, seats) do not."""
