"""One assumption in the list of them: words at the left, what changing it did at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.scenes.assumptions_bars import WIDE, Scale, draw_bars, height
from game.scenes.assumptions_said import Assumption
from game.scenes.assumptions_tested import Effect
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.text import BOLD, REGULAR, draw_text, height_of
from game.view.theme import BODY, SMALL, Theme
from game.view.widgets import Look, Widget

NOTE: Final = SMALL * 1.08


@dataclass(frozen=True)
class Entry(Widget):
    """An assumption in the list: its sentence, what changing it does, what it rests on."""

    said: Assumption
    effect: Effect | None = None
    scale: Scale | None = None

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    @classmethod
    def at(
        cls,
        layout: Layout,
        key: str,
        x: int,
        y: int,
        width: int,
        said: Assumption,
        effect: Effect | None = None,
        scale: Scale | None = None,
    ) -> Entry:
        """As tall as its words and bars need."""
        entry = cls(key, Rect(x, y, width, 0), said, effect, scale)
        inner = entry._inner(layout).width
        tall = sum(
            height_of(words, layout, inner, size=size, weight=weight)
            for words, size, weight, _colour in entry._lines(None)
        )
        bars = height(layout, effect) if effect is not None else 0
        rect = Rect(x, y, width, max(tall, bars) + layout.px(26))
        return cls(key, rect, said, effect, scale)

    def _bars_wide(self, layout: Layout) -> int:
        return min(layout.tx(WIDE), round(self.rect.width * 0.36)) if self.scale else 0

    def _inner(self, layout: Layout) -> Rect:
        """Where the words stand, between the mark and the bars."""
        bars = self._bars_wide(layout)
        width = self.rect.width - layout.px(24) - (bars + layout.px(28) if bars else 0)
        return Rect(self.rect.x + layout.px(20), self.rect.y, width, self.rect.height)

    def _lines(self, theme: Theme | None) -> list[tuple[str, float, str, str]]:
        """Words, size, weight, colour: one beneath the other."""
        text, muted, alarm = (theme.text, theme.muted, theme.conflict) if theme else ("", "", "")
        lines: list[tuple[str, float, str, str]] = [(self.said.sentence, BODY, BOLD, text)]
        if self.effect is not None:
            lines.append((self.effect.said, BODY, REGULAR, text))
            if self.effect.turns:
                lines.append((self.effect.turns, BODY, BOLD, alarm))
        lines.append((self.said.note, NOTE, REGULAR, muted))
        return lines

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        tone = theme.accent if self.said.changed else theme.hairline
        bar = Rect(self.rect.x, self.rect.y + layout.px(4), layout.px(5), self.rect.height)
        bar.height = max(1, self.rect.height - layout.px(26))
        panel(surface, bar, tone, radius=max(1, bar.width // 2))
        inner = self._inner(layout)
        y = inner.y
        for words, size, weight, colour in self._lines(theme):
            tall = height_of(words, layout, inner.width, size=size, weight=weight)
            box = Rect(inner.x, y, inner.width, tall)
            draw_text(surface, layout, box, words, colour, size=size, weight=weight)
            y += tall
        if self.effect is not None and self.scale is not None and self.effect.arms:
            wide = self._bars_wide(layout)
            area = Rect(self.rect.right - wide, self.rect.y + layout.px(4), wide, inner.height)
            draw_bars(surface, layout, theme, area, self.effect, self.scale)
