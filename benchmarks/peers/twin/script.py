"""What a group decided, turn by turn, for the twin to live through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """One move that was chosen: ids only."""

    move: str
    targets: tuple[str, ...] = ()
    measure: str = ""
    form: str = ""
    matter: str = ""


@dataclass(frozen=True)
class Silence:
    """What was done about the silence after a row of some month, and who speaks first."""

    month: int
    choice: str
    speaker: str
    other: str


@dataclass(frozen=True)
class Turn:
    """All that was decided in one turn; left out, nothing and the defaults."""

    live: str = "let_it_pass"  # or say_it_here, take_it_outside
    confidences: Mapping[str, str] = field(default_factory=dict)  # matter: keep, go_back or use
    moves: tuple[Choice, ...] = ()
    cards: Mapping[str, str] = field(default_factory=dict)  # inject: option
    silences: tuple[Silence, ...] = ()


NOTHING = Turn()
