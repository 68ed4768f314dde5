"""One cause as a bar: which way it worked, how strongly, and its words."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.view import svg
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.text import draw_text
from game.view.theme import BODY, Theme
from game.view.widgets import Look, Widget


@dataclass(frozen=True)
class CauseBar(Widget):
    """One cause: which way it worked, how strongly, and its words.

    In thirds of the largest, or exactly, where ``share`` says how much of the largest.  Of
    no thirds, one box: nobody can tell how much; and no sign where nobody can tell which way.
    """

    words: str = ""
    up: bool | None = True
    thirds: int = 1
    unsaid: bool = False  # what nobody saw: hatched
    share: float | None = None
    good: bool | None = True

    takes_focus = False

    @staticmethod
    def beside(layout: Layout) -> int:
        """How much of the width is not for words."""
        return layout.tx(30) + 3 * layout.tx(44) + layout.px(42)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        tone = theme.muted if self.unsaid else theme.accent
        if self.good is not None and not self.unsaid:
            tone = theme.good if self.up == self.good else theme.tension
        side = layout.tx(30)
        middle = self.rect.centery
        if self.up is not None:
            name = "plus" if self.up else "minus"
            draw_icon(surface, name, (self.rect.x + side / 2, middle), side, tone)
        cell, gap = layout.tx(44), layout.px(6)
        x = self.rect.x + side + layout.px(10)
        tall = layout.tx(24)
        whole = Rect(x, middle - tall // 2, 3 * cell + 2 * gap, tall)
        if self.share is not None:
            panel(surface, whole, "", theme.hairline, radius=layout.px(5), width=layout.px(2))
            long = Rect(whole.x, whole.y, max(4, round(whole.width * self.share)), tall)
            if self.unsaid:
                surface.blit(_hatched(long.width, long.height, tone), long)
            else:
                panel(surface, long, tone, radius=layout.px(5))
        else:
            self._thirds(surface, layout, theme, whole, cell + gap, tone)
        left = self.rect.x + self.beside(layout)
        room = Rect(left, self.rect.y, self.rect.right - left, self.rect.height)
        draw_text(surface, layout, room, self.words, theme.text, size=BODY, valign="middle")

    def _thirds(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        whole: Rect,
        step: int,
        tone: str,
    ) -> None:
        for third in range(3 if self.thirds else 1):
            box = Rect(whole.x + third * step, whole.y, step - layout.px(6), whole.height)
            if third >= max(1, self.thirds):
                panel(surface, box, "", theme.hairline, radius=layout.px(5), width=layout.px(2))
            elif self.unsaid:
                surface.blit(_hatched(box.width, box.height, tone), box)
            else:
                panel(surface, box, tone, radius=layout.px(5))


def _hatched(width: int, height: int, tone: str) -> pygame.Surface:
    step = max(4, height // 3)
    lines = "".join(
        f'<path d="M{x} {height}L{x + height} 0" stroke="{tone}" stroke-width="{step * 0.35:.1f}"/>'
        for x in range(-height, width, step)
    )
    frame = (
        f'<rect x="1" y="1" width="{width - 2}" height="{height - 2}" fill="none" '
        f'stroke="{tone}" stroke-width="2"/>'
    )
    return svg.picture(svg.document(width, height, lines + frame), width, height)
