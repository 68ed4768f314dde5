"""The only loop: events in, time passed on, the top scene drawn when there is anything new."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Final

import pygame

from game import faults
from game.desk import Desk
from game.faults import Fault
from game.places import shown
from game.scene import Push, Reset, Scene, Stack
from game.scenes.broken import BrokenScene, plainly
from game.scenes.dialogs import Dialog, help_dialog, problem, words_dialog
from game.screen import Screen
from game.view.layout import Layout
from game.view.notice import Notice, draw_notice
from game.view.widgets import Hands, TextField
from sim.errors import UserError
from sim.words import _

FRAMES: Final = 60  # a second, while something moves
IDLE: Final = 500  # milliseconds between two pictures while nothing does
STALL: Final = 1.0  # seconds: the most that time goes on by between two frames
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
        self.screen = Screen(desk)
        self.stack: Stack | None = None
        self.clock = pygame.time.Clock()
        self.t = 0.0  # seconds, as scenes are told them
        self.notice: Notice | None = None
        self.drawn = 0  # pictures so far
        self._ticks = 0
        self._down: set[int] = set()  # keys that are held
        self._listened = (0, "")  # the scene, and the widget it has the focus on
        self._last_fault: tuple[object, ...] = ()  # what was played, and how far

    def open(self) -> None:
        """Show the window, before anything slow is imported."""
        self.screen.open()
        self._ticks = pygame.time.get_ticks()

    def close(self) -> None:
        """Close the window."""
        self.screen.close()

    @property
    def window(self) -> pygame.Window | None:
        return self.screen.window

    @property
    def layout(self) -> Layout:
        return self.screen.layout

    # --- the loop ---------------------------------------------------------------------

    def run(self, first: Callable[[], Scene]) -> int:
        """Play until the last scene is left; the exit code.

        A fault of ours is saved and said in the window, from where the play can go on.  A
        user error while the first scene is made is the caller's: nothing has begun.
        """
        try:
            self.stack = Stack(first())
        except UserError:
            raise
        except Exception as error:
            self.stack = Stack(BrokenScene(self.desk, self._saved(error)))
        self.desk.warm_up()
        fresh = True  # whether there is something to draw before anything happens
        while self.stack.top is not None:
            last = self.stack.top
            try:
                self._turn(fresh)
                fresh = False
            except Exception as error:
                if not self._broken(error):
                    return FAULT
                fresh = True
        return FAULT if isinstance(last, BrokenScene) else 0

    def _turn(self, fresh: bool) -> None:
        """One round: wait a little, take what came, let time pass, draw what is new."""
        assert self.stack is not None
        moving = self.stack.restless(self.t) and not self.screen.hidden
        events = self._events(wait=not (moving or fresh))
        t = self._pass()
        for event in events:
            self.screen.watch(event)
            if not self._ours(event) and not self._merely_held(event):
                here = self.screen.translated(event)
                self._guarded(self.stack.handle, here, self.layout)
            if self.stack.top is None:
                return
        if not self.screen.hidden:
            self._guarded(self.stack.update, t)
        if self.stack.top is not None and not self.screen.hidden:
            self.screen.follow_settings()
            self._listen()
            self._draw(t)

    def _listen(self) -> None:
        """Have letters come as text, input methods and all, while the focus is on a field."""
        assert self.stack is not None
        top = self.stack.top
        hands, widgets = getattr(top, "hands", None), getattr(top, "widgets", None)
        focus = hands.focus if isinstance(hands, Hands) else ""
        if (id(top), focus) == self._listened:
            return
        self._listened = id(top), focus
        if isinstance(hands, Hands) and focus and widgets is not None:
            for widget, _clip, _scroll in hands.placed(widgets(self.layout)):
                if widget.key == focus and isinstance(widget, TextField):
                    pygame.key.start_text_input()
                    pygame.key.set_text_input_rect(widget.rect)
                    return
        pygame.key.stop_text_input()

    def _events(self, *, wait: bool) -> list[pygame.event.Event]:
        """What came; where nothing moves, only once something has, or at the next half second.

        A clock on the screen goes on by that half second; nothing else is drawn in vain.
        """
        if not wait:
            self.clock.tick(FRAMES)
            return pygame.event.get()
        event = pygame.event.wait(IDLE)
        if event.type == pygame.NOEVENT:
            return []
        self.clock.tick(FRAMES)  # a mouse that moves is no reason for a thousand pictures
        return [event, *pygame.event.get()]

    def _pass(self) -> float:
        """Let time go on, and return it.

        It stands still while nobody can see the window, and a lid that was closed, or a
        disk that took its time, swallows nothing of what was to be seen.
        """
        ticks = pygame.time.get_ticks()
        passed, self._ticks = (ticks - self._ticks) / 1000, ticks
        if not self.screen.hidden:
            self.t += min(passed, STALL)
        return self.t

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
        if event.type == pygame.WINDOWFOCUSLOST:
            self._down.clear()  # whoever lets go of a key now lets go of it elsewhere
        if event.type != pygame.KEYDOWN or event.mod & (pygame.KMOD_ALT | pygame.KMOD_CTRL):
            return False
        top = self.stack.top
        match event.key:
            case pygame.K_F1 if top is not None and _has_help(top):
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
        assert self.stack is not None
        surface, layout = self.screen.surface, self.layout
        surface.set_clip(None)
        self.stack.draw(surface, layout, self.desk.theme, t)
        if self.desk.notices:
            self.notice = Notice(self.desk.notices.pop(0), t)
        if self.notice is not None:
            if self.notice.over(t):
                self.notice = None
            else:
                draw_notice(surface, layout, self.desk.theme, self.notice.words)
        self.screen.flip()
        self.drawn += 1

    def _save_picture(self) -> None:
        folder = self.desk.pictures
        path = folder / f"left-unsaid-{datetime.now():%Y-%m-%d-%H%M%S-%f}.png"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pygame.image.save(self.screen.surface, path)
        except (OSError, pygame.error) as error:
            self.desk.notice(_("The picture could not be saved: {why}").format(why=error))
        else:
            self.desk.notice(_("Picture saved: {file}").format(file=shown(path)))

    # --- when something breaks --------------------------------------------------------

    def _saved(self, error: Exception) -> Fault:
        """Write the fault down and let go of the session, which is on disk already."""
        report = faults.save(error, self.desk.home)
        session = self.desk.session
        if session is None:
            fault = Fault(report, again=self._last_fault == (None,))
            self._last_fault = (None,)
        else:
            mark = (session.path or id(session), (*session.queue, session.month, session.phase))
            again, self._last_fault = self._last_fault == mark, mark
            if session.saved:
                fault = Fault(report, file=session.path, again=again)
                self.desk.close()
            else:  # all that there is of it is in memory
                fault = Fault(report, unsaved=session, again=again)
        print(faults.in_words(fault), file=sys.stderr)
        return fault

    def _broken(self, error: Exception) -> bool:
        """Show the calm screen; False when even that cannot be shown."""
        assert self.stack is not None
        top = self.stack.top
        fault = self._saved(error)
        if isinstance(top, BrokenScene) and fault.again:
            self._last_words(fault)
            return False
        self.notice = None
        self.desk.notices.clear()
        self.stack.change(Reset(BrokenScene(self.desk, fault)))
        return True

    def _last_words(self, fault: Fault) -> None:
        """The plainest of screens, until a key is pressed; it has been said on the terminal."""
        words = faults.in_words(fault) + "\n\n" + _("Press any key to close.")
        try:
            while True:
                plainly(self.screen.surface, self.layout, self.desk.theme, words)
                self.screen.flip()
                event = pygame.event.wait(1000)
                if event.type in (pygame.QUIT, pygame.WINDOWCLOSE, pygame.KEYDOWN):
                    return
        except Exception as second:  # the window itself is what broke
            print(second, file=sys.stderr)


def _has_help(top: Scene) -> bool:
    """A screen always has, a dialog only where it says something of its own."""
    return not isinstance(top, Dialog) or bool(top.help_text())
