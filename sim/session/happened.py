"""Rows of events and of the ledger as codes and ids: what a journal keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sim.effects import MoveType
from sim.fields import GOVERNANCE_FORMS, PROJECT_KINDS
from sim.moves import Event, Move
from sim.rules.events import CODES
from sim.rules.ledger import C_INJECT, C_MOVE, C_SHOCK, C_SILENCE, CAUSES
from sim.rules.replies import REPLIES
from sim.silence import OUTCOMES
from sim.state import Array
from sim.world import Names

Args = dict[str, str | float | int]

SEEN_CAUSES: Final = {
    "raised_well", "raised_badly", "avoided", "eruption", "sides", "project", "blame", "leader",
    "promise", "dispute", "fund", "case", "reorganisation", "silence",
}  # fmt: skip
"""Causes that happened in front of everybody; the rest stays something unsaid in play."""
KNOWN_CAUSES: Final = {"trend", "season"}
"""Causes that move published figures and that everybody knows of without having seen them."""


class Happened:
    """Turns one locality's rows into events; ``options`` are the choices of each inject."""

    def __init__(self, names: Names, options: Sequence[Sequence[str]]):
        self._names = names
        self._options = options
        self._moves: dict[str, MoveType] = dict(names.move_types)

    def events(self, rows: Array, month: int, queue: Sequence[Move]) -> list[Event]:
        """The month's events; ``queue`` tells whom its moves were aimed at."""
        return [self._event(row, month, queue) for row in rows.tolist()]

    def cause(self, cause: int, which: int) -> str:
        """A cause of the ledger in one word: a move, a card, a shock, or a process."""
        if cause == C_MOVE and 0 <= which < len(self._names.moves):
            return self._names.moves[which]
        if cause == C_INJECT and 0 <= which < len(self._names.injects):
            return self._names.injects[which]
        if cause == C_SHOCK and 0 <= which < len(self._names.shocks):
            return self._names.shocks[which]
        if cause == C_SILENCE and 0 <= which < len(OUTCOMES):
            return f"silence_{OUTCOMES[which]}"
        return CAUSES[cause]

    def seen(self, cause: int) -> bool:
        """Whether such a cause is seen by everybody."""
        word = CAUSES[cause]
        return cause in (C_MOVE, C_INJECT, C_SHOCK) or word in SEEN_CAUSES | KNOWN_CAUSES

    def _event(self, row: Sequence[float], month: int, queue: Sequence[Move]) -> Event:
        code = CODES[int(row[0])]
        a, b, what, value = int(row[1]), int(row[2]), int(row[3]), row[4]
        if code == "move_played":
            return Event(month, code, self._played(what, a, b, int(value), queue))
        if code == "reply":
            args: Args = {
                "who": self._who(a),
                "reply": REPLIES[int(value)],
                "move": self._names.moves[what],
            }
            return Event(month, code, args)
        if code == "inject":
            return Event(month, code, self._inject(what, int(value)))
        make = _ARGS.get(code, _nothing)
        return Event(month, code, make(self, a, b, what, value))

    def _played(self, move: int, a: int, b: int, place: int, queue: Sequence[Move]) -> Args:
        targets: Iterable[str] = [self._who(row) for row in (a, b) if row >= 0]
        if place < len(queue) and queue[place].move == self._names.moves[move]:
            targets = queue[place].targets
        return {"move": self._names.moves[move], "targets": ",".join(targets)}

    def _inject(self, inject: int, option: int) -> Args:
        options = self._options[inject]
        chosen = options[option] if 0 <= option < len(options) else ""
        return {"id": self._names.injects[inject], "option": chosen}

    def _who(self, row: int) -> str:
        return self._names.partners[row] if row >= 0 else ""

    def _pair(self, a: int, b: int, what: int, value: float) -> Args:
        return {"a": self._who(a), "b": self._who(b)}

    def _matter(self, a: int, b: int, what: int, value: float) -> Args:
        return self._pair(a, b, what, value) | {"matter": self._names.matters[what]}

    def _raised(self, a: int, b: int, what: int, value: float) -> Args:
        return self._matter(a, b, what, value) | {"at_board": int(value == 0.0)}

    def _erupted(self, a: int, b: int, what: int, value: float) -> Args:
        return self._matter(a, b, what, value) | {"breach": value}

    def _confided(self, a: int, b: int, what: int, value: float) -> Args:
        return {
            "source": self._who(a),
            "about": self._who(b),
            "matter": self._names.matters[what],
        }

    def _side(self, a: int, b: int, what: int, value: float) -> Args:
        return {"who": self._who(a), "with": self._who(b), "against": self._who(what)}

    def _one(self, a: int, b: int, what: int, value: float) -> Args:
        return {"who": self._who(a)}

    def _project(self, a: int, b: int, what: int, value: float) -> Args:
        slot, kind = divmod(what, 16)
        code = int(value)
        rows = [row for row in range(len(self._names.partners)) if code >> row & 1]
        members = [self._who(row) for row in rows or (a, b) if row >= 0]
        # in the order in which they sit, not of their rows
        members.sort(key=self._names.seats.index)
        return {"kind": PROJECT_KINDS[kind - 1], "members": ",".join(members), "slot": slot}

    def _joint(self, a: int, b: int, what: int, value: float) -> Args:
        level = what if value > 0 else what - 1
        return self._pair(a, b, what, value) | {"level": level, "up": int(value > 0)}

    def _agreement(self, a: int, b: int, what: int, value: float) -> Args:
        return {"who": self._who(a), "form": GOVERNANCE_FORMS[what] if what >= 0 else ""}

    def _shock(self, a: int, b: int, what: int, value: float) -> Args:
        return {"name": self._names.shocks[what], "who": self._who(a)}

    def _move(self, a: int, b: int, what: int, value: float) -> Args:
        return {"move": self._names.moves[what], "cost": value}

    def _money(self, a: int, b: int, what: int, value: float) -> Args:
        return {"money": value}

    def _amount(self, a: int, b: int, what: int, value: float) -> Args:
        return {"amount": value}


def _nothing(happened: Happened, a: int, b: int, what: int, value: float) -> Args:
    return {}


_ARGS: Final[dict[str, Callable[[Happened, int, int, int, float], Args]]] = {
    "avoided": Happened._matter,
    "raised_well": Happened._raised,
    "raised_badly": Happened._raised,
    "surfaced": Happened._matter,
    "confided": Happened._confided,
    "erupted": Happened._erupted,
    "side_taken": Happened._side,
    "dispute_ended": Happened._pair,
    "project_started": Happened._project,
    "project_refused": Happened._project,
    "project_succeeded": Happened._project,
    "project_failed_learned": Happened._project,
    "project_failed_blamed": Happened._project,
    "project_embedded": Happened._project,
    "project_spread": Happened._project,
    "case_approved": Happened._money,
    "leader_announced": Happened._one,
    "leader_left": Happened._one,
    "leader_arrived": Happened._one,
    "handover_kept": Happened._one,
    "joined_table": Happened._one,
    "promise_broken": Happened._one,
    "merged": Happened._pair,
    "fund_paid": Happened._amount,
    "joint_step": Happened._joint,
    "agreement": Happened._agreement,
    "shock": Happened._shock,
    "standing_ended": Happened._move,
}
