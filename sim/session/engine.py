"""What a session needs of a locality: nothing else of the model is known to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sim.moves import Event, Move
from sim.observation import Observation


class Engine(Protocol):
    """One locality, a month at a time.  :mod:`sim.session.locality_engine` is the real one.

    Everything it does follows from its state, its luck and what it is told, so that a
    session can be replayed from its decisions.
    """

    @property
    def month(self) -> int:
        """Months lived so far."""
        ...

    def open_turn(self) -> None:
        """Begin the next turn: a live matter comes to the table, a hand is dealt."""
        ...

    def set_luck(self, since: int, luck: int) -> None:
        """Draw the months from ``since`` on from another luck; what lies on the table stays."""
        ...

    def live_matter(self) -> str:
        """Id of the turn's live matter, or ""."""
        ...

    def choose_live(self, choice: str) -> None:
        """Set what the group does with the live matter."""
        ...

    def refusal(self, move: Move, queue: Sequence[Move]) -> str:
        """Why ``move`` cannot join ``queue``, in a reader's words; "" when it can."""
        ...

    def confide(self, matter: str, what: str) -> str:
        """Do ``what`` with a held confidence; the reason why not, or ""."""
        ...

    def stop_standing(self, move: str) -> str:
        """Stop a standing move; the reason why not, or ""."""
        ...

    def ask(self, queue: Sequence[Move]) -> list[list[tuple[str, str]]]:
        """Each queued move's replies, as (partner, reply)."""
        ...

    def ask_again(self, index: int, who: str) -> str:
        """One partner's reply to queued move ``index`` when asked once more."""
        ...

    def due(self, answers: Mapping[str, str] | None = None) -> list[str]:
        """Ids of the injects that want a choice before the next month and have none yet."""
        ...

    def run_month(self, answers: Mapping[str, str]) -> list[Event]:
        """Live one month, ``answers`` being the options chosen on what was due.

        What was asked takes effect in the turn's first month.
        """
        ...

    def silence_refusal(self, choice: str) -> str:
        """Why the silence cannot be dealt with so, in a reader's words; "" when it can."""
        ...

    def break_silence(self, choice: str, a: str, b: str) -> str:
        """Do ``choice`` about the silence of two; what came of it.

        ``a`` is the one who speaks first, where one does.  It takes effect as the next
        month begins.
        """
        ...

    def end(self) -> None:
        """The last turn is over: what comes now comes without the players."""
        ...

    def observe(
        self,
        queue: Sequence[Move],
        replies: Mapping[str, str] | None = None,
        *,
        paid: bool = False,
    ) -> Observation:
        """What the group can see now, ``replies`` being each partner's last one.

        ``paid``: what is in the diary has been paid for, as the turn's months have begun.
        """
        ...

    def holds(self, condition: str) -> bool:
        """Whether a condition of the scenario is true now."""
        ...

    def moved(
        self,
        quantity: str,
        partners: Sequence[str],
        since: int,
        until: int | None = None,
        *,
        all_seen: bool = False,
    ) -> dict[str, float]:
        """The same of any quantity that the ledger keeps, to the end of the month ``until``.

        All of it by name with ``all_seen``.
        """
        ...

    @property
    def booked_months(self) -> tuple[int, ...]:
        """The months whose ledger there is, in order."""
        ...

    def booked(
        self, quantity: str, partners: Sequence[str], month: int | None = None
    ) -> list[tuple[str, float]]:
        """A month's ledger entries of one quantity, as (cause, amount); the last one's."""
        ...

    def state(self) -> bytes:
        """The whole state, for snapshots and comparisons."""
        ...

    def set_state(self, state: bytes) -> None:
        """Put a state of :meth:`state` back; ValueError when it does not fit."""
        ...

    def memo(self) -> Any:
        """Everything needed to be as now again, for undo within one process."""
        ...

    def restore(self, memo: Any) -> None:
        """Be as when ``memo`` was taken."""
        ...
