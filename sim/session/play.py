"""One play in memory: which decision may be taken when, and what comes of it.

:meth:`Play.decide` takes every decision, whether the group has just made it or a journal
tells of it, and returns what came of it as JSON data.  Same decisions, same results.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from sim.fields import HORIZON, LIVE_CHOICES
from sim.moves import Event
from sim.observation import Observation
from sim.scenario import Scenario
from sim.session import showing
from sim.session.coding import events_data, move_data, move_from, reveal_data
from sim.session.engine import Engine
from sim.session.log import Log
from sim.session.parts import (
    EndingSeen,
    IllegalMove,
    InjectSeen,
    NoSuchThing,
    NotNow,
    Phase,
    TurnRecord,
)
from sim.silence import silences
from sim.words import _

AFTERWARDS: Final = 36
"""Months that go by without the group, once it has ended."""
CONFIDENCES: Final = ("keep", "go_back", "use")


class Play:
    """The rules of a session, on an engine, without a file.

    ``promise`` is the id of the promise the group chose, or "".
    """

    def __init__(self, engine: Engine, scenario: Scenario, promise: str = ""):
        self.engine = engine
        self.scenario = scenario
        self.log = Log(tuple(scenario.time.turns))
        self.promise = next((p for p in scenario.story.promises if p.id == promise), None)
        if promise and self.promise is None:
            raise NoSuchThing(
                _("The scenario has no promise “{id}”.").format(id=promise),
                _("It has {ids}.").format(ids=", ".join(p.id for p in scenario.story.promises)),
            )
        self.words = showing.words_of(scenario)
        self._injects = showing.injects_of(scenario)
        self._hands_up = {question.turn: question.question for question in scenario.time.hands_up}
        self._before: Observation | None = None  # as the turn began
        self._start: Any = None  # the engine as the turn began
        self.revealed: Observation | None = None  # as the last reveal showed it
        self.later: tuple[Observation, ...] = ()  # the years after, month by month

    def decide(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Take one decision; what came of it.

        Raises a UserError and changes nothing when it cannot be taken now.
        """
        result = _DECIDE[kind](self, data)
        self.log.follow(kind, data | result)
        if kind in ("turn", "luck"):
            self.begin()
        return result

    def begin(self) -> None:
        """Remember the turn as it stands: what undo comes back to, what a reveal compares."""
        self._before = self.engine.observe((), self.log.last_replies())
        self._start = self.engine.memo()

    def memo(self) -> Any:
        """What :meth:`restore` needs to come back to this moment."""
        return self.engine.memo(), copy.copy(self.log), self._before, self._start, self.revealed

    def restore(self, memo: Any) -> None:
        """Be as when ``memo`` was taken."""
        engine, log, self._before, self._start, self.revealed = memo
        self.log = copy.copy(log)  # a moment may be come back to twice
        self.engine.restore(engine)

    def observe(self) -> Observation:
        """What the group can see now."""
        return self._seen(self.log.record, self.log.last_replies())

    def seen_at(self, state: bytes, record: TurnRecord) -> Observation:
        """What the group could see in another state, of the turn of ``record``."""
        memo = self.engine.memo()
        self.engine.set_state(state)
        try:
            return self._seen(record, {reply.who: reply.reply for reply in record.replies or ()})
        finally:
            self.engine.restore(memo)

    def _seen(self, record: TurnRecord, replies: dict[str, str]) -> Observation:
        paid = self.engine.month >= record.first_month
        return self.engine.observe(record.moves, replies, paid=paid)

    @property
    def pending(self) -> InjectSeen | None:
        """The card that wants an answer."""
        return self._injects[self.log.waiting[0]] if self.log.waiting else None

    def unanswered(self) -> list[str]:
        """Cards that fall due before the next month and have no answer yet."""
        return self.engine.due(self.log.answers)

    # --- the turn ---------------------------------------------------------------------

    def _turn(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.REVEALED)
        if self.log.turn == len(self.log.turns):
            raise NotNow(_("The last turn is over."), _("What remains is the ending."))
        self.engine.open_turn()
        return {
            "turn": self.log.turn + 1,
            "month": self.engine.month,
            "live": self.engine.live_matter(),
        }

    def _luck(self, data: dict[str, Any]) -> dict[str, Any]:
        """A branch takes another luck as its turn begins; not the matter, nor the hand."""
        self._need(Phase.CHOOSING)
        self.engine.set_luck(self.engine.month + 1, int(data["luck"]))
        return {"since": self.engine.month + 1}

    def _live(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING)
        choice = data["choice"]
        if choice not in LIVE_CHOICES:
            raise IllegalMove(_("There is no such choice: {choice}.").format(choice=choice))
        if not self.log.record.live:
            raise IllegalMove(_("Nothing lies on the table this turn."))
        self.engine.choose_live(choice)
        return {}

    def _move(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING)
        if reason := self.engine.refusal(move_from(data), self.log.record.moves):
            raise IllegalMove(reason)
        return {}

    def _take_back(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING)
        moves = self.log.record.moves
        if not 0 <= data["index"] < len(moves):
            raise IllegalMove(_("There is nothing in that place of the diary to take back."))
        return {"taken": move_data(moves[data["index"]])}

    def _confide(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING, Phase.REVEALED)
        if data["what"] not in CONFIDENCES:
            raise IllegalMove(_("There is no such choice: {choice}.").format(choice=data["what"]))
        if reason := self.engine.confide(data["matter"], data["what"]):
            raise IllegalMove(reason)
        return {}

    def _stop(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING)
        if reason := self.engine.stop_standing(data["move"]):
            raise IllegalMove(reason)
        return {}

    def _replies(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.CHOOSING)
        asked = self.engine.ask(self.log.record.moves)
        return {
            "replies": [
                [index, who, reply] for index, answers in enumerate(asked) for who, reply in answers
            ]
        }

    def _ask_again(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.RUNNING)
        record = self.log.record
        if self.engine.month >= record.first_month:
            raise NotNow(_("The months are running: it is too late to ask again."))
        if record.again is not None:
            raise NotNow(_("One may be asked again each turn, and one has been."))
        asked = [(reply.move_index, reply.who) for reply in record.replies or ()]
        if (data["index"], data["who"]) not in asked:
            raise IllegalMove(_("They were not asked that, so they cannot be asked again."))
        return {"reply": self.engine.ask_again(data["index"], data["who"])}

    def _card(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.RUNNING)
        due = self.unanswered()
        if not due:
            raise NotNow(_("No card is due."))
        return {"injects": due}

    def _answer(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.AWAITING)
        pending = self.pending
        if pending is None:
            raise NotNow(_("No card is due."))
        if data["option"] not in [choice.id for choice in pending.choices]:
            raise IllegalMove(
                _("The card “{title}” has no such answer.").format(title=pending.title)
            )
        return {"inject": pending.id}

    def _month(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.RUNNING)
        events = self.engine.run_month(self.log.answers)
        result: dict[str, Any] = {"month": self.engine.month, "events": events_data(events)}
        rows = [event.args for event in events if event.code == "erupted"]
        if rows:  # nobody says anything: the group has the word before anything goes on
            result["silent"] = [[args["a"], args["b"], args["matter"]] for args in rows]
        elif self.log.months_left == 1:
            result["reveal"] = self._reveal(tuple(events))
        return result

    def _silence(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.AWAITING)
        if not self.log.silent:
            raise NotNow(_("Nobody is waiting for a word."))
        choice, who = data["choice"], data["who"]
        if choice not in silences():
            raise IllegalMove(_("There is no such choice: {choice}.").format(choice=choice))
        a, b, matter = self.log.silent[0]
        if silences()[choice].of_one and who not in (a, b):
            raise IllegalMove(_("One of the two who fell out has to speak first: say which."))
        if reason := self.engine.silence_refusal(choice):
            raise IllegalMove(reason)
        if who == b:
            a, b = b, a
        outcome = self.engine.break_silence(choice, a, b)
        event = Event(self.engine.month, f"silence_{outcome}", {"a": a, "b": b, "matter": matter})
        result: dict[str, Any] = {"event": events_data([event])[0]}
        if len(self.log.silent) == 1 and not self.log.months_left:
            result["reveal"] = self._reveal((event,))
        return result

    def _reveal(self, last: tuple[Event, ...]) -> dict[str, Any]:
        record = self.log.record
        assert self._before is not None
        self.revealed = self.engine.observe(())
        made = showing.reveal(
            record,
            record.events + last,
            self._before,
            self.revealed,
            self.words,
            lambda a, b, sign: showing.cause(
                self.engine.moved("trust", (a, b), record.first_month), sign
            ),
            self._hands_up.get(record.turn, ""),
        )
        return reveal_data(made)

    # --- back, and to the end ---------------------------------------------------------

    def _undo(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.log.phase in (Phase.REVEALED, Phase.ENDED):
            raise NotNow(
                _("What has been revealed stays revealed."),
                _("To play a turn differently, branch the session at that turn."),
            )
        self.engine.restore(self._start)
        return {"turn": self.log.turn}

    def _ending(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.REVEALED)
        if self.log.turn < len(self.log.turns):
            raise NotNow(_("There are turns left to play."))
        holds = self.engine.holds
        endings = self.scenario.story.endings
        came = next((ending for ending in endings if holds(ending.when)), endings[-1])
        ending = EndingSeen(
            came.id,
            came.title,
            came.text,
            self.promise.title if self.promise else "",
            self.promise is not None and holds(self.promise.when),
        )
        self.engine.end()
        return {"ending": asdict(ending), "turn": self.log.turn}

    def _epilogue(self, data: dict[str, Any]) -> dict[str, Any]:
        self._need(Phase.ENDED)
        if self.log.epilogue is not None:
            raise NotNow(_("The years after have been lived already."))
        events: list[Event] = []
        self.later = ()
        last = min(HORIZON, self.scenario.time.months + AFTERWARDS)
        while self.engine.month < last:
            events += self.engine.run_month({})
            self.later = (*self.later, self.engine.observe(()))
        return {"month": self.engine.month, "events": events_data(events)}

    def _need(self, *phases: Phase) -> None:
        if self.log.phase in phases:
            return
        if self.log.phase is not Phase.AWAITING:
            raise NotNow(_TOO[self.log.phase]())
        if self.log.silent:
            raise NotNow(_("After a row comes a silence: somebody has to break it first."))
        raise NotNow(_("A card from outside wants an answer first."))


_TOO: Final[dict[Phase, Callable[[], str]]] = {
    Phase.CHOOSING: lambda: _("The group is still choosing: ask for the replies first."),
    Phase.RUNNING: lambda: _("The diary is closed: the months are running."),
    Phase.REVEALED: lambda: _("The turn is over: begin the next one first."),
    Phase.ENDED: lambda: _("The session has ended."),
}

_DECIDE: Final[dict[str, Callable[[Play, dict[str, Any]], dict[str, Any]]]] = {
    "turn": Play._turn,
    "luck": Play._luck,
    "live": Play._live,
    "move": Play._move,
    "take_back": Play._take_back,
    "confide": Play._confide,
    "stop": Play._stop,
    "replies": Play._replies,
    "ask_again": Play._ask_again,
    "card": Play._card,
    "answer": Play._answer,
    "month": Play._month,
    "silence": Play._silence,
    "undo": Play._undo,
    "ending": Play._ending,
    "epilogue": Play._epilogue,
}
