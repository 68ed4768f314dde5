"""One session's decisions as rows: what was offered, what was chosen, what was answered.

Everything comes from the journal's lines, but for the hand and the number of alternatives:
those are seen again while the session is replayed, and are None where it cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sim.fields import LIVE_CHOICES
from sim.journal import Line
from sim.scenario import Scenario
from sim.session.coding import move_from
from sim.session.log import DECISIONS, Log
from sim.session.opening import replay
from sim.session.parts import Phase
from sim.session.play import CONFIDENCES, Play
from sim.silence import silences

Row = dict[str, Any]

BETWEEN: Final = "+"
"""Stands between ids in one cell."""
OFTEN: Final = ("hands_up", "note")
"""Kinds of rows that are no decision of the play, and that undo leaves alone."""


@dataclass(frozen=True)
class Offer:
    """What could be chosen: ids of the cards in the hand, and how many legal ways there were."""

    hand: tuple[str, ...] | None = None
    legal: int | None = None


def decisions(
    lines: Sequence[Line],
    path: Path,
    *,
    notes: bool = False,
    known: dict[tuple[str, str], Scenario] | None = None,
) -> list[Row]:
    """The rows of one session, in the order in which they were decided.

    ``path`` only names the session in messages; nothing is opened.  ``notes`` adds what was
    written at the car park.  ``known`` are scenarios read already, by hash and text, and
    gains this one: reading takes longer than playing.  Raises
    :class:`~sim.journal.JournalError` for a session that this program cannot read.
    """
    offers: dict[int, Offer] = {}

    def watch(play: Play, line: Line) -> None:
        if line.kind in _OFFERED:
            offers[line.seq] = _OFFERED[line.kind](play)

    known = {} if known is None else known
    told = lines[0].data["scenario"]
    text = (told["hash"], told["text"])
    play, _said, recorded = replay(lines, path, known.get(text), watch=watch)
    known[text] = play.scenario
    if recorded:
        offers.clear()  # whatever was seen before the results parted may be as wrong
    first = Log(play.log.turns)
    return _Telling(lines, first, offers, {"recorded": bool(recorded)}, notes).rows


# --- what was offered ---------------------------------------------------------------------


def _choosing(play: Play, legal: int | None = None) -> Offer:
    """The hand as it lay there."""
    return Offer(tuple(card.move for card in play.observe().hand), legal)


def _move(play: Play) -> Offer:
    seen = play.observe()
    playable = sum(card.playable for card in (*seen.hand, *seen.drawer))
    return Offer(tuple(card.move for card in seen.hand), playable)


def _confide(play: Play) -> Offer:
    if play.log.phase is Phase.CHOOSING:
        return _choosing(play, len(CONFIDENCES))
    return Offer(legal=len(CONFIDENCES))


def _answer(play: Play) -> Offer:
    pending = play.pending
    return Offer(legal=len(pending.choices) if pending else None)


_OFFERED: Final[dict[str, Callable[[Play], Offer]]] = {
    "live": lambda play: _choosing(play, len(LIVE_CHOICES)),
    "move": _move,
    "take_back": lambda play: _choosing(play, len(play.log.record.moves)),
    "stop": lambda play: _choosing(play, len(play.observe().standing)),
    "confide": _confide,
    "replies": _choosing,
    "ask_again": lambda play: Offer(legal=len(play.log.record.replies or ())),
    "answer": _answer,
    "silence": lambda play: Offer(
        legal=sum(not play.engine.silence_refusal(choice) for choice in silences())
    ),
}


# --- what was chosen ----------------------------------------------------------------------


@dataclass
class _Telling:
    """The lines of a session on their way to rows."""

    lines: Sequence[Line]
    log: Log  # as the session stood before each line
    offers: dict[int, Offer]
    given: Row  # what is the same in every row
    notes: bool
    rows: list[Row] = field(default_factory=list)
    diary: list[Row] = field(default_factory=list)  # the rows of the moves that lie in it
    begun: int = 0  # how many rows there were as the turn began

    def __post_init__(self) -> None:
        head = self.lines[0].data
        settings: Row = head["settings"]
        parent: Row = head.get("parent") or {}
        self.given |= {
            "scenario": head["scenario"]["id"],
            "scenario_hash": head["scenario"]["hash"],
            "program": head["program"],
            "rules": head["rules"],
            "visibility": settings["visibility"],
            "hand_mode": settings["hand"],
            "replies_mode": settings["replies"],
            "shocks": settings["shocks"],
            "promise": settings["promise"] or None,
            "theories": _joined(settings["theories"]),
            "parameters": _joined(
                f"{name}={value!r}" for name, value in sorted(settings["parameters"].items())
            ),
            "parent_turn": parent.get("turn"),
        }
        luck, copied = str(head["luck"][0][1]), bool(parent)
        for line in self.lines[1:]:
            if line.kind == "luck":
                luck = str(line.data["luck"])
            before = len(self.rows)
            if line.kind in _TOLD:
                _TOLD[line.kind](self, line)
            for row in self.rows[before:]:
                row |= {"luck": luck, "copied": copied}
            if line.kind in DECISIONS:
                self.log.follow(line.kind, line.data)
            # a branch takes its parent's lines with it, up to the beginning of its own turn
            if copied and line.kind == "turn" and line.data["turn"] == parent["turn"]:
                copied = False

    def _add(self, line: Line, kind: str, **told: Any) -> Row:
        offer = self.offers.get(line.seq, Offer())
        hand = None if offer.hand is None else BETWEEN.join(offer.hand)
        row = self.given | {
            "decision": len(self.rows) + 1,
            "turn": self.log.turn,
            "month": self.log.month,
            "kind": kind,
            "hand": hand,
            "legal": offer.legal,
            "undone": False,
        }
        self.rows.append(row | told)
        return self.rows[-1]

    def _turn(self, line: Line) -> None:
        self.diary, self.begun = [], len(self.rows)

    def _luck(self, line: Line) -> None:
        self._add(line, "luck")

    def _live(self, line: Line) -> None:
        self._add(line, "live", chosen=line.data["choice"], about=self.log.record.live or None)

    def _move(self, line: Line) -> None:
        known = ("move", "targets", "measure", "form", "matter")
        move = move_from({name: line.data[name] for name in known if name in line.data})
        self.diary.append(
            self._add(
                line,
                "move",
                place=len(self.diary) + 1,
                chosen=move.move,
                to=_joined(move.targets),
                about=_joined(filter(None, (move.matter, move.measure, move.form))),
            )
        )

    def _take_back(self, line: Line) -> None:
        index = line.data["index"]
        taken = self.diary.pop(index)
        self._add(line, "take_back", place=index + 1, chosen=taken["chosen"], to=taken["to"])

    def _stop(self, line: Line) -> None:
        self._add(line, "stop", chosen=line.data["move"])

    def _confide(self, line: Line) -> None:
        self._add(line, "confidence", chosen=line.data["what"], about=line.data["matter"])

    def _replies(self, line: Line) -> None:
        for index, row in enumerate(self.diary):
            row["replies"] = _joined(
                f"{who}:{reply}" for place, who, reply in line.data["replies"] if place == index
            )
        self._add(line, "diary", chosen=_joined(row["chosen"] for row in self.diary))

    def _ask_again(self, line: Line) -> None:
        index, who = line.data["index"], line.data["who"]
        self._add(
            line,
            "ask_again",
            place=index + 1,
            chosen=self.diary[index]["chosen"],
            to=who,
            replies=f"{who}:{line.data['reply']}",
        )

    def _answer(self, line: Line) -> None:
        self._add(line, "answer", chosen=line.data["option"], about=line.data["inject"])

    def _silence(self, line: Line) -> None:
        a, b, matter = self.log.silent[0]
        if line.data["who"] == b:
            a, b = b, a
        self._add(
            line, "silence", chosen=line.data["choice"], to=_joined((a, b)), about=matter or None
        )

    def _undo(self, line: Line) -> None:
        for row in self.rows[self.begun :]:
            row["undone"] = row["undone"] or row["kind"] not in OFTEN
        self._add(line, "undo")
        self.diary, self.begun = [], len(self.rows)

    def _hands_up(self, line: Line) -> None:
        self._add(
            line, "hands_up", prediction=line.data["count"], people=line.data.get("of") or None
        )

    def _note(self, line: Line) -> None:
        if self.notes:
            self._add(line, "note", note=line.data["text"])


_TOLD: Final[dict[str, Callable[[_Telling, Line], None]]] = {
    "turn": _Telling._turn,
    "luck": _Telling._luck,
    "live": _Telling._live,
    "move": _Telling._move,
    "take_back": _Telling._take_back,
    "stop": _Telling._stop,
    "confide": _Telling._confide,
    "replies": _Telling._replies,
    "ask_again": _Telling._ask_again,
    "answer": _Telling._answer,
    "silence": _Telling._silence,
    "undo": _Telling._undo,
    "hands_up": _Telling._hands_up,
    "note": _Telling._note,
}


def _joined(ids: Iterable[str]) -> str | None:
    return BETWEEN.join(ids) or None
