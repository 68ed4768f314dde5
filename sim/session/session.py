"""One play and its journal: decided, written down, and only then shown."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sim.journal import Journal, new_path, pack, sessions_folder
from sim.moves import Event, Move
from sim.scenario import Scenario, load_scenario
from sim.session import branching, opening
from sim.session.coding import move_data
from sim.session.parts import (
    AsRecorded,
    MonthReport,
    Phase,
    Reply,
    Said,
)
from sim.session.standing import Standing
from sim.silence import NEXT


class Session(Standing):
    """One play: observe, choose, advance, answer, undo, branch, replay.

    Every method that decides something returns once the decision and what came of it are
    on disk.  When they cannot be written it raises :class:`~sim.journal.CannotSave` and
    the session stands as it did before: try again, or :meth:`stop_saving`.
    """

    # --- beginning --------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        scenario: Scenario | str | Path,
        *,
        luck: int | None = None,
        folder: Path | None = None,
        save: bool = True,
        promise: str | None = None,
        visibility: str = "felt",
        hand: str = "play",
        replies: bool = True,
        shocks: str = "play",
        parameters: Mapping[str, float] | None = None,
        theories: Sequence[str] = (),
        consent: bool = False,
        name: str = "",
    ) -> Session:
        """A new session at the first turn's choices.

        ``luck`` is 64 bits, drawn from the system when left out.  ``folder`` is where its
        file goes (:func:`sim.journal.sessions_folder`); with ``save=False`` nothing is
        written.  ``promise`` is the id of one of the scenario's three.

        Raises :class:`~sim.journal.CannotSave` when the folder cannot be written: whoever
        asks may try again with ``save=False``.
        """
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario)
        now = datetime.now(UTC)
        header = opening.header(
            scenario,
            luck=secrets.randbits(64) if luck is None else luck,
            settings={
                "promise": promise or "",
                "visibility": visibility,
                "hand": hand,
                "replies": replies,
                "shocks": shocks,
                "parameters": dict(parameters or {}),
                "theories": list(theories),
            },
            consent=consent,
            started=now.isoformat(timespec="seconds"),
            name=name,
        )
        play = opening.play_of(scenario, header)
        if save:
            path = new_path(folder or sessions_folder(), scenario.id, now.astimezone())
            journal = Journal.create(path, header)
        else:
            journal = Journal.unsaved(header)
        session = cls(play, journal)
        try:
            session._do("turn", {})
        except BaseException:
            journal.abandon()  # nothing was decided in it
            raise
        return session

    @classmethod
    def resume(cls, path: Path | str) -> Session:
        """The session at ``path``, exactly as it was left.

        Its decisions are replayed through the rules.  Where this program's results differ
        from the recorded ones, it opens as it was recorded (:attr:`recorded`).

        Raises :class:`~sim.journal.JournalError` for a damaged, foreign or busy file, which
        is left as it is.
        """
        journal = Journal.open(path)
        try:
            play, said, recorded = opening.replay(journal.lines, Path(path))
            session = cls(play, journal, said, recorded)
            if not recorded and play.log.turn == 0:
                session._do("turn", {})  # stopped between its header and its first turn
        except BaseException:
            journal.close()
            raise
        return session

    # --- a turn -----------------------------------------------------------------------

    def choose_live(self, choice: str) -> None:
        """``let_it_pass``, ``say_it_here`` or ``take_it_outside``; may be changed until asked."""
        self._do("live", {"choice": choice})

    def choose(self, move: Move) -> None:
        """Put a move into the diary.  Raises :class:`IllegalMove` with the reason."""
        self._do("move", move_data(move))

    def take_back(self, index: int) -> None:
        """Take a move out of the diary again."""
        self._do("take_back", {"index": index})

    def stop(self, move: str) -> None:
        """Stop a standing move, which frees its place."""
        self._do("stop", {"move": move})

    def confide(self, matter: str, what: str) -> None:
        """Do ``keep``, ``go_back`` or ``use`` with a confidence that is held."""
        self._do("confide", {"matter": matter, "what": what})

    def replies(self) -> tuple[Reply, ...]:
        """What those who were asked answer; the first call ends the choosing."""
        if self._play.log.record.replies is None:
            self._do("replies", {})
        return self._play.log.record.replies or ()

    def ask_again(self, move_index: int, who: str) -> Reply:
        """Ask one of them once more, before the months run; once a turn."""
        result = self._do("ask_again", {"index": move_index, "who": who})
        return Reply(move_index, who, result["reply"])

    def run_month(self) -> MonthReport:
        """Run the next month, or show the card that wants an answer before it can.

        The first month asks for the replies if nobody has.  A silence that nobody broke is
        passed over: next item.
        """
        if self.phase is Phase.CHOOSING:
            self.replies()
        if self.silence is not None and self._pass_over():
            return MonthReport(self.month, revealed=True)
        if self.phase is Phase.RUNNING and self._play.unanswered():
            self._do("card", {})
        if self.pending is not None:
            return MonthReport(self.month + 1, pending=self.pending)
        result = self._do("month", {})
        events = tuple(Event(*row) for row in result["events"])
        return MonthReport(
            self.month, events, revealed=self.phase is Phase.REVEALED, silence=self.silence
        )

    def _pass_over(self) -> bool:
        """Break every silence with the next item; whether that was the end of the turn."""
        while self.silence is not None:
            self.break_silence(NEXT)
        return self.phase is Phase.REVEALED

    def break_silence(self, choice: str, who: str = "") -> tuple[Event, ...]:
        """Do something about the silence after a row: an id of :attr:`silence`'s choices.

        ``who`` of the two speaks first, where the choice needs one of them to.  What came of
        it is an event, ``silence_met``, ``silence_left``, ``silence_outsider`` or
        ``silence_next``; what follows from that begins with the next month.  Raises
        :class:`IllegalMove` with the reason.
        """
        result = self._do("silence", {"choice": choice, "who": who})
        return (Event(*result["event"]),)

    def answer(self, option: str) -> None:
        """Answer the pending card; then :meth:`run_month` goes on."""
        self._do("answer", {"option": option})

    def next_turn(self) -> None:
        """From a reveal to the next turn's choices, or to the ending."""
        self._do("turn" if self.turn < self.turns else "ending", {})

    def epilogue(self) -> tuple[Event, ...]:
        """The three years after, without the group, once it has ended."""
        if self._play.log.epilogue is None:
            self._do("epilogue", {})
        assert self._play.log.epilogue is not None
        return self._play.log.epilogue

    # --- back and aside ---------------------------------------------------------------

    def undo(self) -> None:
        """Back to the last reveal: this turn's choices are open again, under the same luck."""
        self._do("undo", {})

    def branch(self, name: str, turn: int, *, luck: int | None = None) -> Session:
        """A session of its own that leaves this one at the choices of ``turn``.

        It keeps this session's luck, or takes another from that turn's first month on: the
        same matter lies on the table and the same hand is held.  Both can be played on.
        Without a name it is called after its turn.

        Raises :class:`NoSuchThing` for a turn that has not begun, and
        :class:`~sim.journal.CannotSave`; then there is no branch.
        """
        lines = self._journal.lines
        at = branching.left_at(lines, turn)
        name = branching.name_of(name, turn, lines)
        first = branching.header(self._journal, at, name, turn, self.recorded)
        journal = branching.journal_of(self._journal, first, branching.copied(lines, at))
        try:
            play, said, recorded = opening.replay(
                journal.lines, journal.path or Path(name), self.scenario
            )
            branch = Session(play, journal, said, recorded)
            if luck is not None:
                branch._do("luck", {"luck": str(luck)})
            if not self.recorded:
                file = journal.path.name if journal.path else ""
                self._say("branch", {"name": name, "file": file})
        except BaseException:
            journal.abandon()
            raise
        return branch

    def stop_saving(self) -> None:
        """Play on unsaved; what was decided so far stays on disk."""
        self._journal.stop_saving()

    def close(self) -> None:
        """Let go of the session's file."""
        self._journal.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- what the room says -----------------------------------------------------------

    def note(self, text: str) -> None:
        """A line from the car park: what nobody said."""
        self._say("note", {"text": text})

    def hands_up(self, count: int, question: str = "", of: int = 0) -> None:
        """How many hands went up, ``of`` how many people; 0 where nobody counted those."""
        self._say("hands_up", {"count": count, "question": question, "of": of})

    def seat(self, partner: str, who: str) -> None:
        """Somebody sits as a partner."""
        self._say("seat", {"partner": partner, "who": who})

    def vote(self, question: str, option: str, count: int) -> None:
        """How many were for an option."""
        self._say("vote", {"question": question, "option": option, "count": count})

    # --- the one way to disk ----------------------------------------------------------

    def _do(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Decide, write down, and only then be seen to have decided."""
        if self._recorded:
            raise AsRecorded(self._recorded)
        memo = self._play.memo()
        try:
            result = self._play.decide(kind, data)
            line = data | result
            # what is shown as it was recorded must never be out of step with what was decided
            state = self._play.engine.state()
            if state != self._state:
                line["state"] = pack(state)
            self._journal.append(kind, line)
        except BaseException:
            self._play.restore(memo)
            raise
        self._state = state
        self._seen = None
        return result

    def _say(self, kind: str, data: dict[str, Any]) -> None:
        self._journal.append(kind, data | {"turn": self.turn})
        self._said.append(Said(kind, self.turn, data))
