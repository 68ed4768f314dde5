"""The parts of the tree of branches: a play's name, its line, its turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import pygame

from game.branching import Lane
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, Theme, mix
from game.view.widgets import Look, Widget


@dataclass(frozen=True)
class LaneName(Widget):
    """A play of the family: its name, and how far it came."""

    title: str = ""
    line: str = ""
    chosen: bool = False
    lost: bool = False

    def _parts(self, layout: Layout) -> tuple[Rect, Rect]:
        inner = inset(self.rect, layout.px(20), layout.px(12))
        tall = height_of(self.title, layout, inner.width, weight=BOLD)
        upper = Rect(inner.x, inner.y, inner.width, tall)
        below = height_of(self.line, layout, inner.width)
        return upper, Rect(inner.x, upper.bottom, inner.width, below)

    def resized(self, layout: Layout) -> Self:
        """As tall as its words need."""
        _upper, lower = self._parts(layout)
        tall = max(lower.bottom - self.rect.y + layout.px(12), layout.tx(84))
        return replace(self, rect=Rect(self.rect.topleft, (self.rect.width, tall)))

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = theme.selected if self.chosen else theme.panel
        if self.lost:
            fill = theme.panel2
        elif look.hover and not self.chosen:
            fill = mix(theme.panel, theme.selected, 0.5)
        edge = theme.accent if self.chosen else theme.border if self.enabled else theme.hairline
        width = layout.px(4 if self.chosen else 2)
        panel(surface, self.rect, fill, edge, radius=layout.px(12), width=width)
        self.note(surface, layout)
        upper, lower = self._parts(layout)
        ink = theme.muted if self.lost else theme.text
        draw_text(surface, layout, upper, self.title, ink, weight=BOLD)
        draw_text(surface, layout, lower, self.line, theme.muted)
        if look.focus:
            self.ring(surface, layout, theme)


@dataclass(frozen=True)
class TurnDot(Widget):
    """One turn of one play; the end of its line is larger, the one you are at filled."""

    own: bool = False
    end: bool = False
    here: bool = False
    lost: bool = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        self.note(surface, layout)
        colour = theme.hairline if self.lost else theme.accent if self.own else theme.border
        centre, most = self.rect.center, self.rect.width // 2
        radius = most if self.end else round(most * 0.62)
        if look.hover and self.enabled:
            radius = most
        disc(surface, centre, radius, colour)
        if not self.here:
            inside = theme.selected if look.hover and self.enabled else theme.panel
            disc(surface, centre, max(1, radius - layout.px(5)), inside)
        if self.end and not self.lost:
            name, ink = ("map-pin", theme.on_accent) if self.here else ("play", colour)
            draw_icon(surface, name, centre, round(radius * 1.15), ink)
        if look.focus:
            around = self.rect.inflate(layout.px(16), layout.px(16))
            replace(self, rect=around).ring(surface, layout, theme)


@dataclass(frozen=True)
class Track(Widget):
    """The lines: each play's along its turns, and where it left another."""

    lanes: tuple[Lane, ...] = ()
    middles: tuple[int, ...] = ()
    across: tuple[int, ...] = ()
    half: int = 0  # from a turn to the place between it and the one before

    takes_focus = False

    def moved(self, dx: int, dy: int) -> Self:
        return replace(
            self, rect=self.rect.move(dx, dy), middles=tuple(y + dy for y in self.middles),
            across=tuple(x + dx for x in self.across),
        )  # fmt: skip

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        # the play at the table last, over the others
        for number in sorted(range(len(self.lanes)), key=lambda n: self.lanes[n].here):
            lane, y = self.lanes[number], self.middles[number]
            colour = theme.accent if lane.here else theme.hairline if lane.problem else theme.border
            wide = layout.px(7 if lane.here else 4)
            start = self.across[lane.first - 1] - self.half
            end = self.across[lane.last - 1]
            if lane.ending:
                end += self.half
            if lane.above >= 0:
                top = self.middles[lane.above]
                self._line(surface, Rect(start - wide // 2, top, wide, y - top), colour, wide)
            self._line(surface, Rect(start, y - wide // 2, end - start, wide), colour, wide)
            if lane.ending:
                self._end(surface, layout, theme, (end, y), colour)

    def _line(self, surface: pygame.Surface, rect: Rect, colour: str, wide: int) -> None:
        surface.fill(colour, rect)
        for corner in ((rect.left, rect.top), (rect.right, rect.bottom)):
            x = rect.centerx if rect.height > rect.width else corner[0]
            y = rect.centery if rect.height <= rect.width else corner[1]
            disc(surface, (x, y), max(1, wide // 2), colour)

    def _end(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, at: tuple[int, int],
        colour: str,
    ) -> None:  # fmt: skip
        """A tick where a play is over."""
        side = min(layout.tx(BODY * 1.3), max(12, self.half))
        disc(surface, at, side // 2, colour)
        draw_icon(surface, "check", at, round(side * 0.7), theme.panel)
