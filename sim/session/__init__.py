"""One play: observe, choose, advance, answer, undo, branch, replay.

:class:`Session` is what the window, the command line and tests play through.  It owns a
locality and a journal; nothing else changes either.
"""

from __future__ import annotations

from sim.reveal import CardSeen, Confidence, Reveal, Surfaced
from sim.session.parts import (
    Answer,
    AsRecorded,
    ChoiceSeen,
    EndingSeen,
    IllegalMove,
    InjectSeen,
    MonthReport,
    MonthSeen,
    NoSuchThing,
    NotNow,
    Phase,
    Reply,
    Said,
    Silence,
    SilenceChoice,
    TurnRecord,
    Why,
)
from sim.session.session import Session

__all__ = [
    "Answer",
    "AsRecorded",
    "CardSeen",
    "ChoiceSeen",
    "Confidence",
    "EndingSeen",
    "IllegalMove",
    "InjectSeen",
    "MonthReport",
    "MonthSeen",
    "NoSuchThing",
    "NotNow",
    "Phase",
    "Reply",
    "Reveal",
    "Said",
    "Session",
    "Silence",
    "SilenceChoice",
    "Surfaced",
    "TurnRecord",
    "Why",
]
