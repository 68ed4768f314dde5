"""What a session is made of: its phases, what it shows, what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sim.errors import UserError
from sim.legality import IllegalMove as IllegalMove
from sim.moves import Event, Move
from sim.observation import Observation
from sim.reveal import Surfaced
from sim.words import _

__all__ = [
    "Answer",
    "AsRecorded",
    "ChoiceSeen",
    "EndingSeen",
    "IllegalMove",
    "InjectSeen",
    "MonthReport",
    "MonthSeen",
    "NoSuchThing",
    "NotNow",
    "Phase",
    "Reply",
    "Said",
    "Silence",
    "SilenceChoice",
    "TurnRecord",
    "Why",
]


class Phase(StrEnum):
    """Where a turn stands: choosing → running (→ awaiting → running) → revealed, … ended."""

    CHOOSING = "choosing"
    RUNNING = "running"
    AWAITING = "awaiting"
    REVEALED = "revealed"
    ENDED = "ended"


class NotNow(UserError):
    """Something asked at a moment when the session has no room for it."""


class AsRecorded(NotNow):
    """The session only shows what was recorded: this program's results differ."""

    def __init__(self, version: str):
        super().__init__(
            _(
                "This session was played with version {version}, whose results differ from "
                "this program's: it is shown as it was recorded."
            ).format(version=version),
            _("Branch it to play on from one of its turns, or open it with that version."),
        )


class NoSuchThing(UserError):
    """A promise, turn, option or partner that the session does not have."""


@dataclass(frozen=True)
class Reply:
    """One partner's answer to one queued move: a word of ``sim.rules.replies.REPLIES``."""

    move_index: int
    who: str
    reply: str


@dataclass(frozen=True)
class ChoiceSeen:
    """One way to answer a card."""

    id: str
    text: str


@dataclass(frozen=True)
class InjectSeen:
    """A card from outside that wants an answer before the month can run."""

    id: str
    title: str
    card: str
    choices: tuple[ChoiceSeen, ...]
    default: str


@dataclass(frozen=True)
class SilenceChoice:
    """One thing to do with a silence; ``cost`` in thousand pounds, ``why_not`` "" if it can be.

    ``of_one``: one of the two has to speak first, and the group says which.
    """

    id: str
    title: str
    line: str
    cost: int
    why_not: str = ""
    of_one: bool = False


@dataclass(frozen=True)
class Silence:
    """Nobody says anything after a row between ``a`` and ``b``; the group has a choice.

    ``told`` are the words that came out; ``sides`` who took whose side against whom.
    """

    a: str
    b: str
    matter: str
    choices: tuple[SilenceChoice, ...]
    month: int
    told: Surfaced | None = None
    sides: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class MonthReport:
    """One month that ran, or the card that keeps it from running.

    With ``pending`` set nothing has run yet: answer, and ask for the month again.
    ``revealed`` is True when this was the last month of its turn.  A month with a row in it
    leaves a ``silence``, and its turn is revealed once that is broken.
    """

    month: int
    events: tuple[Event, ...] = ()
    pending: InjectSeen | None = None
    revealed: bool = False
    silence: Silence | None = None


@dataclass(frozen=True)
class MonthSeen:
    """One month that ran: what could be seen before and after it, and what happened."""

    month: int
    before: Observation
    after: Observation
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Answer:
    """What the group chose on a card, and the reply it got (words of the scenario)."""

    month: int
    inject: str
    option: str


@dataclass(frozen=True)
class EndingSeen:
    """How it ended.  ``promise`` is the title of the promise made, "" for none."""

    id: str
    title: str
    text: str
    promise: str = ""
    kept: bool = False


@dataclass(frozen=True)
class TurnRecord:
    """What the group decided in one turn, and what came of it."""

    turn: int
    first_month: int
    live: str = ""  # id of the live matter
    choice: str = "let_it_pass"
    moves: tuple[Move, ...] = ()
    confided: tuple[tuple[str, str], ...] = ()  # matter, what was done with it
    stopped: tuple[str, ...] = ()  # standing moves that were stopped
    replies: tuple[Reply, ...] | None = None
    again: tuple[int, str] | None = None  # who was asked again
    answers: tuple[Answer, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Why:
    """One cause of a change: a word of the ledger ("unsaid": what nobody could see).

    ``size`` is 1 to 3, in thirds of the largest, or 0 where nobody can tell how much; ``up``
    is None where nobody can tell which way; ``amount`` only when all is visible.
    """

    cause: str
    up: bool | None
    size: int
    amount: float | None = None


@dataclass(frozen=True)
class Said:
    """What the room said: a note, a show of hands, a seat taken, a vote."""

    kind: str
    turn: int
    data: dict[str, str | int] = field(default_factory=dict)
