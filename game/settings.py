"""What the reader chose about the window, kept between plays."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from game.view.layout import TEXT_SIZES
from game.view.theme import THEMES


@dataclass(frozen=True)
class Settings:
    """Colours, size of text, whether the window fills the screen."""

    theme: str = "light"
    text: float = 1.0
    full_screen: bool = False


def load(path: Path) -> Settings:
    """The settings kept at ``path``; what is missing, damaged or unknown is as at first."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    theme, text = kept.get("theme"), kept.get("text")
    return Settings(
        theme=theme if isinstance(theme, str) and theme in THEMES else "light",
        text=text if text in TEXT_SIZES else 1.0,
        full_screen=kept.get("full_screen") is True,
    )


def save(path: Path, settings: Settings) -> bool:
    """Keep the settings; False where the folder cannot be written, which is no disaster."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(settings)) + "\n", encoding="utf-8")
    except OSError:
        return False
    return True
