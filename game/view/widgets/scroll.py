"""A list or a text longer than its place, with a bar to move it by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import pygame

from game.view.layout import Layout, Rect
from game.view.shapes import focus_ring, panel
from game.view.theme import Theme
from game.view.widgets.base import Act, Look, Widget

if TYPE_CHECKING:
    from game.view.widgets.hands import Hands


@dataclass(frozen=True)
class Scroll(Widget):
    """Widgets placed as if there were no end below; what does not fit is scrolled to.

    ``bar`` is the bar's width in pixels, kept free at the right edge: place the children in
    :meth:`inside`.
    """

    children: tuple[Widget, ...] = ()
    bar: int = 12
    margin: int = 0  # kept free beneath the last child

    @property
    def takes_focus(self) -> bool:  # type: ignore[override]
        """Only where nothing inside can be focused, and there is something to scroll."""
        return self.overflow > 0 and not any(child.takes_focus for child in self.children)

    def moved(self, dx: int, dy: int) -> Self:
        """The same list somewhere else, with all that lies in it."""
        children = tuple(child.moved(dx, dy) for child in self.children)
        return replace(self, rect=self.rect.move(dx, dy), children=children)

    @staticmethod
    def inside(rect: Rect, bar: int) -> Rect:
        """What the children may fill in width."""
        return Rect(rect.x, rect.y, rect.width - 2 * bar, rect.height)

    @property
    def overflow(self) -> int:
        """How many pixels of the content do not fit."""
        bottom = max((child.rect.bottom for child in self.children), default=self.rect.top)
        return max(0, bottom + self.margin - self.rect.bottom)

    @property
    def step(self) -> int:
        return max(24, self.rect.height // 8)

    def offset(self, hands: Hands) -> int:
        """How far it is scrolled now, in pixels."""
        return max(0, min(self.overflow, hands.scrolled.get(self.key, 0)))

    def by(self, hands: Hands, pixels: int) -> None:
        """Scroll by so many pixels, downward when positive."""
        hands.scrolled[self.key] = max(0, min(self.overflow, self.offset(hands) + pixels))

    def bring_into_view(self, hands: Hands, rect: Rect) -> None:
        """Scroll until a child (where it lies now) can be seen."""
        gap = self.bar
        if rect.top - gap < self.rect.top:
            self.by(hands, rect.top - gap - self.rect.top)
        elif rect.bottom + gap > self.rect.bottom:
            self.by(hands, rect.bottom + gap - self.rect.bottom)

    def thumb(self, hands: Hands) -> Rect | None:
        """The bar's handle; None when everything fits."""
        if not self.overflow:
            return None
        total = self.rect.height + self.overflow
        tall = max(self.bar * 2, self.rect.height * self.rect.height // total)
        y = self.rect.y + (self.rect.height - tall) * self.offset(hands) // self.overflow
        return Rect(self.rect.right - self.bar, y, self.bar, tall)

    def press(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        return self.drag(hands, pos)

    def drag(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        handle = self.thumb(hands)
        if handle is None or pos[0] < self.rect.right - 2 * self.bar:
            return None
        room = max(1, self.rect.height - handle.height)
        share = (pos[1] - self.rect.y - handle.height / 2) / room
        hands.scrolled[self.key] = max(0, min(self.overflow, round(share * self.overflow)))
        return None

    def activate(self, hands: Hands) -> Act | None:
        return None

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        page = round(self.rect.height * 0.85)
        moves = {
            pygame.K_DOWN: self.step,
            pygame.K_UP: -self.step,
            pygame.K_PAGEDOWN: page,
            pygame.K_PAGEUP: -page,
            pygame.K_HOME: -self.overflow,
            pygame.K_END: self.overflow,
        }
        if event.key not in moves:
            return None
        before = self.offset(hands)
        self.by(hands, moves[event.key])
        # at the end an arrow goes on to the next widget
        return True if self.offset(hands) != before else None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        assert look.hands is not None
        offset = self.offset(look.hands)
        before = surface.get_clip()
        surface.set_clip(self.rect.clip(before))
        for child in self.children:
            here = child.moved(0, -offset)
            if here.rect.colliderect(self.rect):
                here.draw(surface, layout, theme, look.hands.look(here))
        surface.set_clip(before)
        handle = self.thumb(look.hands)
        if handle is not None:
            track = Rect(handle.x, self.rect.y, self.bar, self.rect.height)
            panel(surface, track, theme.hairline, radius=self.bar // 2)
            panel(surface, handle, theme.border, radius=self.bar // 2)
        if look.focus:  # around the text, not over its first letters
            around = self.rect.inflate(2 * layout.px(14), 2 * layout.px(14))
            focus_ring(surface, layout, theme, around)
