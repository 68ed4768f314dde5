"""What the reader chose about the window and the room, kept between plays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from game.view.layout import TEXT_SIZES
from game.view.theme import THEMES

Visibility = Literal["felt", "fog", "full"]
VISIBILITIES: Final[tuple[Visibility, ...]] = ("felt", "fog", "full")
"""How much of the table a new session lets the room see."""


@dataclass(frozen=True)
class Settings:
    """How the window looks, how the room is paced, how much a new session shows."""

    theme: str = "light"
    text: float = 1.0
    full_screen: bool = False
    timer: bool = True  # a quiet clock for each step
    reduced_motion: bool = False  # every picture stands still at its last instant
    visibility: Visibility = "felt"  # of sessions begun from now on


def load(path: Path) -> Settings:
    """The settings kept at ``path``; what is missing, damaged or unknown is as at first."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    first = Settings()
    return Settings(
        theme=_one_of(tuple(THEMES), kept.get("theme"), first.theme),
        text=_one_of(TEXT_SIZES, kept.get("text"), first.text),
        full_screen=_one_of((False, True), kept.get("full_screen"), first.full_screen),
        timer=_one_of((False, True), kept.get("timer"), first.timer),
        reduced_motion=_one_of((False, True), kept.get("reduced_motion"), first.reduced_motion),
        visibility=_one_of(VISIBILITIES, kept.get("visibility"), first.visibility),
    )


def _one_of(known: Sequence[Any], value: object, otherwise: Any) -> Any:
    """The value if it is one of those known, of the same kind (1 is not True)."""
    for one in known:
        if type(value) is type(one) and value == one:
            return one
    return otherwise


def save(path: Path, settings: Settings) -> bool:
    """Keep the settings; False where the folder cannot be written, which is no disaster."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings)) + "\n", encoding="utf-8")
    except OSError:
        return False
    return True
