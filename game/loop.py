"""The window and the only loop: events in, time passed on, the top scene drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import pygame

from game import faults
from game.desk import Desk
from game.scene import Push, Scene, Stack
from game.scenes.dialogs import Dialog, help_dialog, problem, words_dialog
from game.view.layout import SMALLEST, Layout, Rect, inset
from game.view.notice import NOTICE_SECONDS, Notice, draw_notice
from game.view.text import BOLD, draw_text
from game.view.theme import TITLE
from sim.errors import UserError
from sim.words import _

FRAMES: Final = 60  # a second, while something moves
IDLE: Final = 100  # milliseconds between two pictures while nothing does
SIZES: Final = ((1920, 1080), (1600, 900), (1280, 720), SMALLEST)
FAULT: Final = 3  # exit code
REPEATING: Final = frozenset(
    (
        pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEUP,
        pygame.K_PAGEDOWN, pygame.K_TAB, pygame.K_BACKSPACE, pygame.K_DELETE,
    )
)  # fmt: skip
"""Keys that go on while they are held."""


class Loop:
    """One window.  ``open`` shows it, ``run`` plays until it closes, ``close`` lets go."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window: pygame.Window | None = None
        self.stack: Stack | None = None
        self.clock = pygame.time.Clock()
        self.notice: Notice | None = None
        self._full_screen = False
        self._down: set[int] = set()  # keys that are held

    # --- the window -------------------------------------------------------------------

    def open(self) -> None:
        """Show the window with its name in it, before anything slow is imported."""
        pygame.display.init()
        pygame.font.init()
        self.window = pygame.Window("Left Unsaid", self._size(), resizable=True)
        self.window.minimum_size = SMALLEST
        self._follow_settings()
        surface = self.window.get_surface()
        layout, theme = self.desk.layout(*surface.get_size()), self.desk.theme
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

    def _size(self) -> tuple[int, int]:
        """The largest usual size that leaves room for a title bar and a panel."""
        screens = pygame.display.get_desktop_sizes() or [SMALLEST]
        wide, tall = screens[0]
        for size in SIZES:
            if size[0] <= wide * 0.96 and size[1] <= tall * 0.93:
                return size
        return min(SMALLEST[0], wide), min(SMALLEST[1], tall)

    def _follow_settings(self) -> None:
        assert self.window is not None
        if self.desk.settings.full_screen == self._full_screen:
            return
        self._full_screen = self.desk.settings.full_screen
        if self._full_screen:
            self.window.set_fullscreen(desktop=True)
        else:
            self.window.set_windowed()

    @property
    def layout(self) -> Layout:
        assert self.window is not None
        return self.desk.layout(*self.window.get_surface().get_size())

    # --- the loop ---------------------------------------------------------------------

    def run(self, first: Callable[[], Scene]) -> int:
        """Play until the last scene is left; the exit code.

        A fault of ours is saved and said in the window.  A user error while the first
        scene is made is the caller's: nothing has begun.
        """
        try:
            self.stack = Stack(first())
            self.desk.warm_up()
            while self.stack.top is not None:
                self._turn(pygame.time.get_ticks() / 1000)
        except UserError:
            raise
        except Exception as error:
            self._broken(error)
            return FAULT
        return 0

    def _turn(self, t: float) -> None:
        """One round: wait a little, take what came, let time pass, draw."""
        assert self.stack is not None
        for event in self._events(t):
            if not self._ours(event) and not self._merely_held(event):
                self._guarded(self.stack.handle, event, self.layout)
            if self.stack.top is None:
                return
        self._guarded(self.stack.update, t)
        if self.stack.top is not None:
            self._follow_settings()
            self._draw(t)

    def _events(self, t: float) -> list[pygame.event.Event]:
        assert self.stack is not None
        if self.stack.restless(t):
            self.clock.tick(FRAMES)
            return pygame.event.get()
        event = pygame.event.wait(IDLE)
        return [event, *pygame.event.get()] if event.type != pygame.NOEVENT else []

    def _guarded(self, step: Callable[..., object], *given: object) -> None:
        """A user error becomes a dialog over whatever was shown."""
        assert self.stack is not None
        try:
            step(*given)
        except UserError as error:
            self.stack.change(Push(problem(error, self.desk)))

    def _ours(self, event: pygame.event.Event) -> bool:
        """Events of the window itself, and the keys that work everywhere."""
        assert self.stack is not None
        if getattr(event, "window", None) not in (None, self.window):
            return True
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.stack.scenes.clear()
            return True
        if event.type != pygame.KEYDOWN or event.mod & (pygame.KMOD_ALT | pygame.KMOD_CTRL):
            return False
        top = self.stack.top
        match event.key:
            case pygame.K_F1 if top is not None and not isinstance(top, Dialog):
                self.stack.change(Push(help_dialog(top)))
            case pygame.K_F2 if top is not None and not isinstance(top, Dialog):
                words = words_dialog(top)
                if words is not None:
                    self.stack.change(Push(words))
            case pygame.K_F3:
                self.desk.next_text_size()
            case pygame.K_F4:
                self.desk.next_theme()
            case pygame.K_F11:
                self.desk.change(full_screen=not self.desk.settings.full_screen)
            case pygame.K_F12:
                self._save_picture()
            case _:
                return False
        return True

    def _merely_held(self, event: pygame.event.Event) -> bool:
        """Whether a key is only still down that decides something.

        Moving and erasing repeat.  Enter held a moment too long, while something slow
        happens, must not take the next decision, and the one after that.
        """
        if event.type == pygame.KEYUP:
            self._down.discard(event.key)
        if event.type != pygame.KEYDOWN:
            return False
        held = event.key in self._down
        self._down.add(event.key)
        return held and event.key not in REPEATING

    def _draw(self, t: float) -> None:
        assert self.window is not None
        assert self.stack is not None
        surface, layout = self.window.get_surface(), self.layout
        self.stack.draw(surface, layout, self.desk.theme, t)
        if self.desk.notices:
            self.notice = Notice(self.desk.notices.pop(0), t)
        if self.notice is not None:
            if t - self.notice.since < NOTICE_SECONDS:
                draw_notice(surface, layout, self.desk.theme, self.notice.words)
            else:
                self.notice = None
        self.window.flip()

    def _save_picture(self) -> None:
        assert self.window is not None
        folder = self.desk.pictures
        path = folder / f"left-unsaid-{datetime.now():%Y-%m-%d-%H%M%S-%f}.png"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pygame.image.save(self.window.get_surface(), path)
        except (OSError, pygame.error) as error:
            self.desk.notice(_("The picture could not be saved: {why}").format(why=error))
        else:
            self.desk.notice(_("Picture saved: {file}").format(file=path))

    # --- when something breaks --------------------------------------------------------

    def _broken(self, error: Exception) -> None:
        """Let go of the session, which is on disk already; say so, wait for a key."""
        session = self.desk.session
        path: Path | None = session.path if session else None
        unsaved = session is not None and not session.saved
        self.desk.close()
        words = faults.in_words(path, unsaved, faults.save(error, self.desk.home))
        print(words, file=sys.stderr)
        try:
            self._show_broken(words)
        except Exception as second:  # the window itself is what broke; it has been said
            print(second, file=sys.stderr)

    def _show_broken(self, words: str) -> None:
        assert self.window is not None
        words += "\n\n" + _("Press any key to close.")
        while True:
            surface, layout, theme = self.window.get_surface(), self.layout, self.desk.theme
            surface.fill(theme.background)
            place = inset(layout.window, layout.width // 8, layout.height // 6)
            draw_text(surface, layout, Rect(place), words, theme.text, valign="middle")
            self.window.flip()
            event = pygame.event.wait(1000)
            if event.type in (pygame.QUIT, pygame.WINDOWCLOSE, pygame.KEYDOWN):
                return
