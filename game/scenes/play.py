"""The play screen: what is done at it, and how its time goes by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from game.desk import Desk
from game.scene import Push, Reset, Scene, SceneChange
from game.scenes import play_coach
from game.scenes.assumptions import AssumptionsDialog
from game.scenes.blackout import Blackout
from game.scenes.dialogs import Choice, Dialog, help_dialog, words_dialog
from game.scenes.legend import LegendDialog
from game.scenes.measures import MeasuresDialog
from game.scenes.play_confidence import ConfidenceStep
from game.scenes.play_screen import Screen
from game.scenes.play_why import WhyDialog
from game.view.layout import Layout
from game.view.table import SECONDS
from game.view.widgets import Act, TextField
from sim.observation import Observation
from sim.session import Phase
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

_ENTER: Final = (pygame.K_RETURN, pygame.K_KP_ENTER)


class PlayScene(Screen, Scene):
    """One session on the screen."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk)
        self._window = 0.0  # the window's time as of the last update
        self._timed_from_here = False  # the clock starts when the screen is first shown

    # --- events ---------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if self._at_once(event, layout):
            return None
        change = None
        before, focus = self.step, self.hands.focus
        act = self.hands.handle(event, self.widgets(layout))
        if act is not None:
            change = self._do(act)
            if self.pace.paused and (self.step is not before or self.step.restless(self.t)):
                self.pace.resume()  # somebody went on
        elif event.type == pygame.KEYDOWN and event.key in _ENTER and not focus:
            self._ask_to_choose()
        self.observation = self._fresh()
        return change

    def _at_once(self, event: pygame.event.Event, layout: Layout) -> bool:
        """The keys of the whole screen, unless somebody is writing: then they are the field's."""
        if event.type != pygame.KEYDOWN or self._writing(layout):
            return False
        ctrl = bool(event.mod & pygame.KMOD_CTRL)
        if event.key == pygame.K_z and ctrl:
            self.undo()
        elif event.key == pygame.K_SPACE and not ctrl:
            self._pause()
        else:
            return False
        return True

    def _writing(self, layout: Layout) -> bool:
        """Whether the keyboard is in a text field."""
        found = self.hands.placed(self.widgets(layout))
        return any(
            isinstance(item.widget, TextField) and item.widget.key == self.hands.focus
            for item in found
        )

    def _ask_to_choose(self) -> None:
        """Enter by habit, where something is to be decided: nothing happens, and why not."""
        self.desk.notice(_("Choose first: with the numbers, or with the arrows and Enter."))

    def _fresh(self) -> Observation:
        """The diary changes what can be played: look again, without any motion."""
        if self.session.phase is Phase.CHOOSING:
            return self.session.observe()
        return self.observation

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "tool":
            return self._tool(which)
        if kind == "chart":
            return Push(MeasuresDialog(self))
        if kind == "seat":
            return self.step.seat(which)
        if kind == "mark":
            one, _colon, other = which.partition(":")
            return Push(WhyDialog(self, pair=(one, other)))
        if kind == play_coach.KEY:
            self.coach.put_away()
            return None
        if kind == "confidence":
            told_of = self.held_confidence()
            if told_of is not None:
                self.go(ConfidenceStep(self, told_of))
            return None
        change = self.step.act(act)
        self.unfocus_decisions(act.key)
        return change

    def _tool(self, which: str) -> SceneChange | None:
        match which:
            case "undo":
                self.undo()
            case "why":
                return Push(WhyDialog(self))
            case "legend":
                return Push(LegendDialog())
            case "assumptions":
                return Push(AssumptionsDialog(self.session))
            case "branches":
                return Push(self.desk.branches(self.session))
            case "pause":
                self._pause()
            case "blackout":
                return Push(Blackout(self._window))
            case "settings":
                return Push(self.desk.settings_dialog())
            case "help":
                return Push(help_dialog(self))
            case "words":
                dialog = words_dialog(self)
                return Push(dialog) if dialog else None
            case "leave" if not self.step.escape():
                return Push(self._leaving())
        return None

    def _pause(self) -> None:
        if self.pace.paused:
            self.pace.resume()
        else:
            self.pace.pause()

    def covered(self) -> None:
        self.pace.halt()

    def _leaving(self) -> Dialog:
        saved = self.session.saved
        text = (
            _("Everything is saved. You can go on later, from the first screen.")
            if saved
            else _("This play is not saved: it ends here.")
        )
        dialog = Dialog(
            _("Leave the table?"),
            text,
            (
                Choice("leave", _("Leave"), lambda: Reset(self.desk.library())),
                Choice("stay", _("Stay")),
            ),
        )
        dialog.hands.focus = "stay"  # Enter twice by mistake leaves nobody's table
        return dialog

    def update(self, t: float) -> SceneChange | None:
        self._window = t
        if not self.pace.tick(t):
            return None
        if not self._timed_from_here:
            self._timed_from_here = True
            self.clock = replace(self.clock, since=None if self.clock.since is None else self.t)
        return self.step.update(self.t)

    def restless(self, t: float) -> bool:
        if self.pace.paused or self.still:
            return False  # ten pictures a second are enough for what stands still
        t = self.pace.time(t)
        moving = self.motion is not None and t - self.motion.since < SECONDS + 0.1
        return moving or self.step.restless(t)
