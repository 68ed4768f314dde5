"""The play screen: the table, what there is to do, and a turn's six steps one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from game.desk import Desk
from game.scene import Push, Reset, Scene, SceneChange
from game.scenes import play_band, play_coach, play_foot, play_strip, play_told
from game.scenes.assumptions import AssumptionsDialog
from game.scenes.blackout import Blackout
from game.scenes.dialogs import Choice, Dialog, help_dialog, words_dialog
from game.scenes.legend import LegendDialog
from game.scenes.measures import MeasuresDialog
from game.scenes.play_confidence import ConfidenceStep
from game.scenes.play_flow import Flow
from game.scenes.play_layout import Areas, areas, table_inner
from game.scenes.play_marks import mark_spots
from game.scenes.play_step import seats
from game.scenes.play_why import WhyDialog
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.table import SECONDS, TableView, table_shape
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, Theme
from game.view.widgets import Act, TextField, Widget, draw_widgets
from sim.observation import Observation
from sim.session import Phase
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

LATE: Final = 1e6
"""An instant at which everything has come to rest: the one shown to rooms without motion."""
_ENTER: Final = (pygame.K_RETURN, pygame.K_KP_ENTER)


class PlayScene(Flow, Scene):
    """One session on the screen."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk)
        self.table = TableView()
        self.coach = play_coach.Coach(session.scenario)
        self._window = 0.0  # the window's time as of the last update
        self._timed_from_here = False  # the clock starts when the screen is first shown
        self._backdrop: tuple[object, pygame.Surface] | None = None

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
            self._show_ring(layout)
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

    def _show_ring(self, layout: Layout) -> None:
        """Enter where something is to be decided and nothing chosen: the ring shows itself."""
        for item in self.hands.placed(self.step.widgets(layout, areas(layout))):
            if item.widget.takes_focus and item.widget.enabled:
                self.hands.focus, self.hands.by_keyboard = item.widget.key, True
                return

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

    # --- what is on the screen ------------------------------------------------------------

    def widgets(self, layout: Layout) -> list[Widget]:
        """Everything that can be pointed at: what there is to do first, then the partners."""
        place = areas(layout)
        found = list(self.step.widgets(layout, place))
        if self.step.whole_window:
            return found + play_band.keys()
        if not self.step.covers:
            picture = table_inner(layout, place.table)
            shape = table_shape(layout, picture, self.observation)
            if not self.step.hotkeys() and "why" not in self._off():
                reading = self.table.reading(self.observation, shape, layout.u)
                found += mark_spots(reading, shape, picture)
            found += seats(shape, picture, self.step.hotkeys())
        if self.hint():
            found.append(play_coach.button(layout, place))
            found.append(play_band.Key("chart", Rect(0, 0, 0, 0), hotkey=pygame.K_m))
        else:
            found += play_foot.chart_buttons(layout, place.chart)
        found += play_band.tools(
            layout, place.band, place.side, self._off(), paused=self.pace.paused
        )
        return found + play_strip.spots(layout, place.strip, self.facts())

    def _off(self) -> frozenset[str]:
        """The tools that lead nowhere now."""
        off = set[str]()
        if self.session.phase in (Phase.REVEALED, Phase.ENDED):
            off.add("undo")
        elif self.session.turn <= 1:
            off.add("why")
        return frozenset(off)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        place = areas(layout)
        widgets = self.widgets(layout)
        now = self.pace.time(t)
        shown = LATE if self.still else now
        if self.step.whole_window:
            self.step.draw(surface, layout, theme, place, shown)
            draw_widgets(surface, layout, theme, widgets, self.hands)
        else:
            said = self.facts()
            if layout.boxes is not None:
                self._draw_backdrop(surface, layout, theme, place, said)
            else:
                self._blit_backdrop(surface, layout, theme, place, said)
            dial = self.clock.dial(now, paused=self.pace.paused)
            play_strip.draw_clock(surface, layout, theme, place.strip, said, dial)
            self._draw_table(surface, layout, theme, place, shown)
            self.step.draw(surface, layout, theme, place, shown)
            draw_widgets(surface, layout, theme, widgets, self.hands)
        if self.pace.paused:
            with layout.layer("paused"):
                self._draw_paused(surface, layout, theme, place)

    def _draw_paused(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas
    ) -> None:
        """A plate over the stepper that says why nothing moves."""
        said = _("Paused. Space goes on.")
        wide = min(width_of(said, layout, weight=BOLD) + layout.px(56), place.table.width)
        box = Rect(0, 0, wide, place.band.height - layout.px(6))
        box.midleft = (place.table.x, place.band.centery - layout.px(2))
        if self.step.whole_window:
            box.topleft = (layout.px(16), layout.px(16))
        else:
            under = Rect(0, place.band.y, place.side.x, place.band.height - layout.px(2))
            surface.fill(theme.panel, under)
        panel(surface, box, theme.text, radius=box.height // 2)
        draw_text(
            surface, layout, box, said, theme.panel, size=BODY,
            weight=BOLD, align="centre", valign="middle", one_line=True, name="paused",
        )  # fmt: skip

    def _draw_backdrop(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        place: Areas,
        said: play_strip.Facts,
    ) -> None:
        """What stays as it is from one frame to the next."""
        surface.fill(theme.background)
        play_strip.draw(surface, layout, theme, place.strip, said)
        play_band.draw(surface, layout, theme, place.band, place.table, said.stage, said.stages)
        self._draw_foot(surface, layout, theme, place)
        for area, fill in ((place.side, theme.panel), (place.table, theme.canvas)):
            panel(surface, area, fill, theme.hairline, radius=layout.px(12), width=layout.px(2))

    def _blit_backdrop(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        place: Areas,
        said: play_strip.Facts,
    ) -> None:
        """The backdrop as it was drawn last, unless something on it has changed."""
        key = (theme.name, layout, said, self.resident(), self.hint(), _("money"))
        kept = self._backdrop
        if kept is None or kept[0] != (key, id(self.observation)):
            picture = pygame.Surface(layout.window.size).convert()
            self._draw_backdrop(picture, layout, theme, place, said)
            kept = self._backdrop = ((key, id(self.observation)), picture)
        inner = table_inner(layout, place.table)
        # all but what the table covers
        for x, y, right, bottom in (
            (0, 0, layout.width, inner.top),
            (0, inner.top, inner.left, inner.bottom),
            (inner.right, inner.top, layout.width, inner.bottom),
            (0, inner.bottom, layout.width, layout.height),
        ):
            surface.blit(kept[1], (x, y), (x, y, right - x, bottom - y))

    def _draw_table(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas, t: float
    ) -> None:
        picture = table_inner(layout, place.table)
        self.table.draw(
            surface, layout, theme, picture, self.observation, t,
            look=self._look(), motion=None if self.still else self.motion,
        )  # fmt: skip

    def _look(self) -> TableLook:
        """What the step shows, and the partner that is pointed at."""
        look = self.step.look()
        hands = self.hands
        ring = ""
        if hands.by_keyboard and hands.focus.startswith("seat:"):
            ring = hands.focus.removeprefix("seat:")
        pointed = ring
        if not hands.by_keyboard and hands.hover.startswith("seat:"):
            pointed = hands.hover.removeprefix("seat:")
        if self.step.covers:
            return replace(look, ring="", focus="")
        return replace(look, ring=ring, focus=pointed or self.focus)

    def _draw_foot(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas
    ) -> None:
        title = _("{name}, this month").format(name=self.scenario.story.resident.name)
        play_foot.draw_resident(surface, layout, theme, place.resident, title, self.resident())
        if hint := self.hint():
            play_coach.draw(surface, layout, theme, place, hint)
            return
        play_foot.draw_chart(
            surface, layout, theme, place.chart, self.observation, self.headline,
            tied=play_foot.promised(self.scenario, self.observation.promise),
        )  # fmt: skip
        play_foot.draw_money(surface, layout, theme, place.money, self.observation)

    # --- in words -------------------------------------------------------------------------

    def resident(self) -> str:
        """The resident's month, as the last reveal told it."""
        return play_told.resident(self)

    @property
    def headline(self) -> str:
        """The measure in the foot: the one that the room's promise is about."""
        return play_foot.headline(self.scenario, self.observation.promise)

    def hint(self) -> str:
        """What a newcomer is told at this step; "" for nothing."""
        return self.coach.hint(self.step, self.session.turn)

    def facts(self) -> play_strip.Facts:
        """What the strip says."""
        return play_told.facts(self)

    def badges(self) -> tuple[str, ...]:
        """Whatever is unusual: no silent modes."""
        return play_told.badges(self)

    def in_words(self) -> str:
        return play_told.in_words(self)

    def help_text(self) -> str:
        return play_told.help_text(self)
