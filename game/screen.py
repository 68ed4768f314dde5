"""The window itself: opened, resized, put out of sight, the whole screen, closed."""

from __future__ import annotations

from typing import Final

import pygame

from game.desk import Desk
from game.view.layout import SMALLEST, Layout
from game.view.text import BOLD, draw_text
from game.view.theme import TITLE
from sim.words import _

SIZES: Final = ((1920, 1080), (1600, 900), (1280, 720), SMALLEST)
_POINTING: Final = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)
_OUT_OF_SIGHT: Final = (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN)
_IN_SIGHT: Final = (
    pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWMAXIMIZED, pygame.WINDOWEXPOSED,
    pygame.WINDOWFOCUSGAINED,
)  # fmt: skip


class Screen:
    """One window with a surface of its own.  ``hidden`` while nobody can see it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window: pygame.Window | None = None
        self.hidden = False
        self._full = False

    def open(self) -> None:
        """Show the window with its name in it, before anything slow is imported."""
        pygame.display.init()
        pygame.font.init()
        self.window = pygame.Window(
            "Left Unsaid", self._size(), resizable=True, allow_high_dpi=True
        )
        self.window.minimum_size = SMALLEST
        self.follow_settings()
        surface, layout, theme = self.surface, self.layout, self.desk.theme
        surface.fill(theme.background)
        draw_text(
            surface, layout, layout.window, _("Left Unsaid"), theme.text,
            size=TITLE * 2, weight=BOLD, align="centre", valign="middle",
        )  # fmt: skip
        self.window.flip()
        pygame.event.pump()
        pygame.key.set_repeat(400, 40)
        pygame.key.stop_text_input()

    def close(self) -> None:
        """Close the window."""
        if self.window is not None:
            self.window.destroy()
            self.window = None

    @property
    def surface(self) -> pygame.Surface:
        """What is drawn on, as large as the window is just now, in pixels of the screen."""
        assert self.window is not None
        return self.window.get_surface()

    @property
    def layout(self) -> Layout:
        """The layout for the window as it is just now."""
        return self.desk.layout(*self.surface.get_size())

    def flip(self) -> None:
        """Show what was drawn."""
        assert self.window is not None
        self.window.flip()

    def follow_settings(self) -> bool:
        """The whole screen or a window, as was chosen; True when that changed something."""
        assert self.window is not None
        if self.desk.settings.full_screen == self._full:
            return False
        self._full = self.desk.settings.full_screen
        if self._full:
            self.window.set_fullscreen(desktop=True)
        else:
            self.window.set_windowed()
        return True

    def watch(self, event: pygame.event.Event) -> None:
        """Keep track of whether anybody can see the window."""
        if event.type in _OUT_OF_SIGHT:
            self.hidden = True
        elif event.type in _IN_SIGHT:
            self.hidden = False

    def translated(self, event: pygame.event.Event) -> pygame.event.Event:
        """The event with its place in pixels of the surface.

        On screens with small pixels a window counts in points, its surface in pixels.
        """
        assert self.window is not None
        return in_pixels(event, self.window.size, self.surface.get_size())

    def _size(self) -> tuple[int, int]:
        """The largest usual size that leaves room for a title bar and a panel."""
        screens = pygame.display.get_desktop_sizes() or [SMALLEST]
        wide, tall = screens[0]
        for size in SIZES:
            if size[0] <= wide * 0.96 and size[1] <= tall * 0.93:
                return size
        return min(SMALLEST[0], wide), min(SMALLEST[1], tall)


def in_pixels(
    event: pygame.event.Event, points: tuple[int, int], pixels: tuple[int, int]
) -> pygame.event.Event:
    """The event as it would be, did the window count in pixels."""
    if points == pixels or event.type not in _POINTING or not all(points):
        return event
    across, down = pixels[0] / points[0], pixels[1] / points[1]
    told = dict(event.dict)
    for name in ("pos", "rel"):
        if name in told:
            told[name] = (round(told[name][0] * across), round(told[name][1] * down))
    return pygame.event.Event(event.type, told)
