"""What the play screen shows: the table, what there is to do, what has come of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from game.desk import Desk
from game.scenes import play_band, play_coach, play_foot, play_strip, play_told
from game.scenes.play_flow import Flow
from game.scenes.play_layout import Areas, areas, table_inner
from game.scenes.play_marks import mark_spots
from game.scenes.play_step import seats
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.table import TableView, table_shape
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, Theme
from game.view.widgets import Widget, draw_widgets
from sim.session import Phase
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

LATE: Final = 1e6
"""An instant at which everything has come to rest: the one shown to rooms without motion."""


class Screen(Flow):
    """A play as it looks, and as it is told in words."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk)
        self.table = TableView()
        self.coach = play_coach.Coach(session.scenario)
        self._backdrop: tuple[object, pygame.Surface] | None = None

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
