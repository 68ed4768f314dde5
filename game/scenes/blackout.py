"""A black screen, so that people look at one another.  Any key brings the table back."""

from __future__ import annotations

from typing import Final

import pygame

from game.scene import Pop, Scene, SceneChange
from game.view.layout import Layout, rows
from game.view.text import draw_text
from game.view.theme import BODY, Theme
from sim.words import _

SAYS: Final = 5.0  # seconds during which it says how to come back
BLACK: Final = "#000000"
DIM: Final = "#8A9099"
_MODIFIERS: Final = frozenset(
    (
        pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT,
        pygame.K_RALT, pygame.K_LMETA, pygame.K_RMETA, pygame.K_CAPSLOCK, pygame.K_NUMLOCKCLEAR,
    )
)  # fmt: skip


class Blackout(Scene):
    """Nothing on the screen.  ``since`` is when it went dark, in the window's seconds."""

    def __init__(self, since: float) -> None:
        self.since = since

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.MOUSEBUTTONDOWN:
            return Pop()
        if event.type == pygame.KEYDOWN and event.key not in _MODIFIERS:
            return Pop()
        return None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(BLACK)
        if t - self.since < SAYS:
            _top, foot = rows(layout.window, [1.0, layout.tx(120)])
            draw_text(
                surface, layout, foot, _("Any key brings the table back."), DIM,
                size=BODY, align="centre", one_line=True,
            )  # fmt: skip

    def in_words(self) -> str:
        return _("The screen is black, for talk. Any key brings the table back.")

    def help_text(self) -> str:
        return _("The screen is black so that people look at one another. Any key goes back.")
