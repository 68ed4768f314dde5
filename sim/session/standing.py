"""A session as it stands: everything that can be looked at without deciding anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.journal import Journal, Line, unpack
from sim.moves import Move
from sim.observation import Observation
from sim.reveal import Reveal
from sim.scenario import Scenario
from sim.session import showing, whys
from sim.session.coding import events_from
from sim.session.parts import (
    EndingSeen,
    InjectSeen,
    MonthSeen,
    NotNow,
    Phase,
    Said,
    Silence,
    TurnRecord,
    Why,
)
from sim.session.play import Play
from sim.words import _


class Standing:
    """Where a session stands; :class:`~sim.session.session.Session` is what moves it."""

    def __init__(self, play: Play, journal: Journal, said: Sequence[Said] = (), recorded: str = ""):
        self._play = play
        self._journal = journal
        self._said = list(said)
        self._recorded = recorded  # the version that played it, when this one plays otherwise
        self._seen: Observation | None = None
        self._state = play.engine.state()  # as the journal knows it
        self.words: tuple[object, Any] | None = None  # kept here by `sim.voice.voice`

    # --- what there is ----------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        """The scenario that is played, as the session's file carries it."""
        return self._play.scenario

    @property
    def phase(self) -> Phase:
        """Where the turn stands."""
        return self._play.log.phase

    @property
    def month(self) -> int:
        """Months lived so far."""
        return self._play.log.month

    @property
    def turn(self) -> int:
        """The present turn, from 1."""
        return self._play.log.turn

    @property
    def turns(self) -> int:
        """How many turns there are."""
        return len(self._play.log.turns)

    @property
    def months_left(self) -> int:
        """Months of the present turn that have not run yet."""
        return self._play.log.months_left

    @property
    def path(self) -> Path | None:
        """The session's file; None for one that was never saved."""
        return self._journal.path

    @property
    def saved(self) -> bool:
        """Whether what is decided goes to disk."""
        return self._journal.saved

    @property
    def name(self) -> str:
        """The branch's name; "" for a session that is no branch."""
        return str(self._journal.header.get("name", ""))

    @property
    def parent(self) -> dict[str, Any] | None:
        """Of a branch: its parent's file name, the turn, and the hash it left from."""
        return self._journal.header.get("parent")

    @property
    def settings(self) -> dict[str, Any]:
        """Promise, visibility, hand, replies, shocks, parameters, theories."""
        return dict(self._journal.header["settings"])

    @property
    def luck(self) -> int:
        """The 64 bits that the session began with."""
        return int(self._journal.header["luck"][0][1])

    @property
    def recorded(self) -> bool:
        """True when the session can only be looked at and branched, not played on."""
        return bool(self._recorded)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of its journal so far: what was decided, and what came of it."""
        return tuple(self._journal.lines)

    @property
    def queue(self) -> tuple[Move, ...]:
        """The moves chosen this turn, in order."""
        return self._play.log.record.moves

    @property
    def live_choice(self) -> str:
        """What the group does with the live matter this turn."""
        return self._play.log.record.choice

    @property
    def pending(self) -> InjectSeen | None:
        """The card that wants an answer, if one does."""
        return self._play.pending

    @property
    def silence(self) -> Silence | None:
        """The silence after a row, if there is one that nobody has broken."""
        play = self._play
        if not play.log.silent:
            return None
        return showing.silence(
            play.log.silent[0], play.log.record, self.observe(), play.words,
            play.engine.silence_refusal,
        )  # fmt: skip

    @property
    def ending(self) -> EndingSeen | None:
        """How it ended, once it has."""
        return self._play.log.ending

    @property
    def later(self) -> tuple[Observation, ...]:
        """The years after as they could be seen, month by month, once they have been lived.

        Empty before, and where a session is only shown as it was recorded.
        """
        return self._play.later

    @property
    def records(self) -> tuple[TurnRecord, ...]:
        """What was decided and what came of it, a record a turn, the present one last."""
        open_turn = self.phase not in (Phase.REVEALED, Phase.ENDED)
        log = self._play.log
        return (*log.records, log.record) if open_turn else log.records

    @property
    def said(self) -> tuple[Said, ...]:
        """Notes, hands up, seats and votes so far."""
        return tuple(self._said)

    def observe(self) -> Observation:
        """What the group can see at this moment."""
        if self._seen is None:
            self._seen = self._play.observe()
        return self._seen

    @property
    def revealed(self) -> Observation | None:
        """What the group could see when a turn was last revealed; None before it was."""
        return self._play.revealed

    def why(self, a: str, b: str) -> tuple[Why, ...]:
        """What moved a's trust in b in the turn last revealed, as far as the group saw it."""
        return self.why_of("trust", (a, b))

    def why_of(self, quantity: str, partners: Sequence[str] = ()) -> tuple[Why, ...]:
        """What moved a quantity in the turn last revealed, as far as the group saw it.

        ``quantity`` is trust, tension or joint (of two partners) or a measure (of none).
        Of trust only where the reveal showed a change, of a measure what its published
        line moved by.  Once the play has ended, all of it: everything by its name, over the
        whole play.
        """
        return whys.why_of(self._play, quantity, partners, self.settings["visibility"])

    def state(self) -> bytes:
        """The model's whole state, for comparisons: nothing that a player may see."""
        return self._play.engine.state()

    def months(self, turn: int | None = None) -> tuple[MonthSeen, ...]:
        """The months of a turn once more, as they were seen: of the last one revealed, or ``turn``.

        The present turn has those that have run.  Looked up in the journal, so that a
        session resumed, or shown as it was recorded, has them too; it takes a moment.
        """
        if turn is None:
            turn = self.reveal().turn
        record = next((record for record in self.records if record.turn == turn), None)
        if record is None:
            raise NotNow(_("Nothing has been revealed of that turn yet."))
        seen: dict[str, Observation] = {}  # most months begin as the one before ended
        months = []
        for month, before, after, events in _lived(self._journal.lines, turn):
            for state in (before, after):
                if state not in seen:
                    seen[state] = self._play.seen_at(unpack(state), record)
            months.append(MonthSeen(month, seen[before], seen[after], events_from(events)))
        return tuple(months)

    def reveal(self, turn: int | None = None) -> Reveal:
        """The latest reveal, or the one of an earlier turn again."""
        reveals = self._play.log.reveals
        if turn is None and reveals:
            return reveals[-1]
        for made in reveals:
            if made.turn == turn:
                return made
        raise NotNow(_("Nothing has been revealed of that turn yet."))


def _lived(lines: Sequence[Line], turn: int) -> list[tuple[int, str, str, list[Any]]]:
    """Each month of a turn: the states before and after it, packed, and its events."""
    found: list[tuple[int, str, str, list[Any]]] = []
    present, state = 0, ""
    for line in lines:
        before, state = state, line.data.get("state", state)
        if line.kind == "turn":
            present = line.data["turn"]
        elif line.kind == "undo" and present == turn:
            found = []
        elif line.kind == "month" and present == turn:
            found.append((line.data["month"], before, state, line.data["events"]))
    return found
