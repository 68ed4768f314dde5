"""A sentence in passing, at the bottom of whatever is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.text import draw_text, height_of, width_of
from game.view.theme import SMALL, Theme

SHORTEST: Final = 4.0  # seconds
LETTERS: Final = 14.0  # read in a second, by somebody who is looking elsewhere


@dataclass(frozen=True)
class Notice:
    """What is said, and since when."""

    words: str
    since: float

    def over(self, t: float) -> bool:
        """Whether it has been there long enough to be read."""
        return t - self.since >= max(SHORTEST, 1.5 + len(self.words) / LETTERS)


def draw_notice(surface: pygame.Surface, layout: Layout, theme: Theme, words: str) -> Rect:
    """Draw the sentence in a small panel, and return its place."""
    pad = layout.px(18)
    wide = min(round(layout.width * 0.8), width_of(words, layout, size=SMALL) + layout.px(4))
    tall = height_of(words, layout, wide, size=SMALL)
    box = Rect(0, 0, wide + 2 * pad, tall + 2 * pad)
    box.midbottom = (layout.width // 2, layout.height - layout.px(28))
    with layout.layer("notice"):
        panel(surface, box, theme.text, radius=layout.px(10))
        draw_text(surface, layout, inset(box, pad), words, theme.panel, size=SMALL)
    return box
