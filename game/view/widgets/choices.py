"""Sliders, tabs, and one of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, inset
from game.view.shapes import disc, panel
from game.view.text import BOLD, REGULAR, draw_text, width_of
from game.view.theme import BODY, Theme
from game.view.widgets.base import Act, Look, Widget

if TYPE_CHECKING:
    from game.view.widgets.hands import Hands


@dataclass(frozen=True)
class Slider(Widget):
    """A number between two ends.  Every act carries the new value."""

    label: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 1.0
    step: float = 0.1
    shown: str = ""  # the value in words

    def _track(self) -> Rect:
        half = max(4, self.rect.height // 4)
        y = self.rect.bottom - self.rect.height // 3
        return Rect(self.rect.x + half, y - 3, self.rect.width - 2 * half, 6)

    def _set(self, value: float) -> Act | None:
        steps = round((value - self.low) / self.step)
        new = max(self.low, min(self.high, self.low + steps * self.step))
        return Act(self.key, new) if new != self.value and self.enabled else None

    def press(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        return self.drag(hands, pos)

    def drag(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        track = self._track()
        share = (pos[0] - track.x) / max(1, track.width)
        return self._set(self.low + share * (self.high - self.low))

    def click(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        return None

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        moves = {pygame.K_LEFT: -self.step, pygame.K_RIGHT: self.step}
        if event.key in moves:
            return self._set(self.value + moves[event.key]) or True
        if event.key in (pygame.K_HOME, pygame.K_END):
            return self._set(self.low if event.key == pygame.K_HOME else self.high) or True
        return None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        self.note(surface, layout)
        track = self._track()
        upper = Rect(self.rect.x, self.rect.y, self.rect.width, track.y - self.rect.y)
        inner = inset(upper, layout.px(10), 0)
        name, value = columns(inner, [2.0, 1.0], layout.px(8))
        draw_text(surface, layout, name, self.label, theme.text, one_line=True, valign="middle")
        draw_text(
            surface, layout, value, self.shown, theme.muted,
            one_line=True, align="right", valign="middle",
        )  # fmt: skip
        share = (self.value - self.low) / ((self.high - self.low) or 1)
        knob = (track.x + share * track.width, track.centery)
        panel(surface, track, theme.border, radius=3)
        done = Rect(track.x, track.y, round(share * track.width), track.height)
        panel(surface, done, theme.accent, radius=3)
        disc(surface, knob, max(6, self.rect.height // 6), theme.accent)
        if look.focus:
            self.ring(surface, layout, theme)


@dataclass(frozen=True)
class Tabs(Widget):
    """Names side by side, one of them open.  The act carries the index chosen."""

    labels: tuple[str, ...] = ()
    open: int = 0
    size: float = BODY

    def cells(self) -> list[Rect]:
        """Where each name is: as wide as its words need, in proportion."""
        return columns(self.rect, [4.0 + len(label) for label in self.labels])

    def click(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        for index, cell in enumerate(self.cells()):
            if cell.collidepoint(pos):
                return Act(self.key, index)
        return None

    def activate(self, hands: Hands) -> Act | None:
        return None

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        way = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key, 0)
        if not way or not self.labels:
            return None
        return Act(self.key, (self.open + way) % len(self.labels))

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        self.note(surface, layout)
        line = Rect(self.rect.x, self.rect.bottom - layout.px(2), self.rect.width, layout.px(2))
        surface.fill(theme.hairline, line)
        for index, (cell, label) in enumerate(zip(self.cells(), self.labels, strict=True)):
            here = index == self.open
            if here:
                under = Rect(cell.x, cell.bottom - layout.px(5), cell.width, layout.px(5))
                surface.fill(theme.accent, under)
            draw_text(
                surface, layout, inset(cell, layout.px(8), layout.px(6)), label,
                theme.text if here else theme.muted, weight=BOLD if here else REGULAR,
                size=self.size, align="centre", valign="middle", one_line=True,
            )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)


@dataclass(frozen=True)
class Segments(Widget):
    """One of several, side by side, the chosen one filled and ticked.

    The act carries the index chosen.  With the keyboard the whole row is one stop: left and
    right choose, and so does Enter, round and round.
    """

    labels: tuple[str, ...] = ()
    chosen: int = 0
    size: float = BODY

    def cells(self) -> list[Rect]:
        """Where each choice is: all alike."""
        return columns(self.rect, [1.0] * len(self.labels))

    def click(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        for index, cell in enumerate(self.cells()):
            if cell.collidepoint(pos):
                return Act(self.key, index)
        return None

    def activate(self, hands: Hands) -> Act | None:
        if not self.labels or not self.enabled:
            return None
        return Act(self.key, (self.chosen + 1) % len(self.labels))

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        way = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key, 0)
        if not way:
            return super().key_down(hands, event)
        to = self.chosen + way
        return Act(self.key, to) if self.enabled and 0 <= to < len(self.labels) else True

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        round_ = layout.px(12)
        panel(surface, self.rect, theme.panel2, theme.border, radius=round_, width=layout.px(2))
        self.note(surface, layout)
        for index, (cell, label) in enumerate(zip(self.cells(), self.labels, strict=True)):
            here = index == self.chosen
            ink = theme.on_accent if here else theme.text
            inner = inset(cell, layout.px(14), layout.px(6))
            if here:
                panel(surface, inset(cell, layout.px(4)), theme.accent, radius=layout.px(9))
                side = layout.tx(self.size * 0.95)
                wide = width_of(label, layout, size=self.size, weight=BOLD)
                gap = layout.px(10)
                wide = min(wide, inner.width - side - gap)
                x = inner.x + (inner.width - side - gap - wide) // 2
                draw_icon(surface, "check", (x + side / 2, inner.centery), side, ink)
                inner = Rect(x + side + gap, inner.y, inner.right - x - side - gap, inner.height)
            elif index and index - 1 != self.chosen:
                line = Rect(cell.x, cell.y + cell.height // 4, layout.px(2), cell.height // 2)
                surface.fill(theme.hairline, line)
            draw_text(
                surface, layout, inner, label, ink,
                size=self.size, weight=BOLD if here else REGULAR,
                align="left" if here else "centre", valign="middle", one_line=True,
            )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)
