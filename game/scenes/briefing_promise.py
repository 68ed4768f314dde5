"""A promise to be made: large, numbered, one of three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pygame

from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import TITLE, Theme, mix
from game.view.widgets import Look, Widget, Words
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario.parts import Promise


@dataclass(frozen=True)
class PromiseCard(Widget):
    """The number that chooses it, the promise, and a tick once it is made."""

    number: int = 0
    title: str = ""
    chosen: bool = False

    def _parts(self, layout: Layout) -> tuple[Rect, Rect]:
        """The number's place, and that of the words."""
        side = layout.tx(78)
        pad = layout.px(30)
        mark = Rect(self.rect.x + pad, 0, side, side)
        mark.centery = self.rect.centery
        left = mark.right + layout.px(28)
        return mark, Rect(left, self.rect.y, self.rect.right - pad - left, self.rect.height)

    def height(self, layout: Layout) -> int:
        """How tall it must be for its words, at its width."""
        mark, words = self._parts(layout)
        tall = height_of(self.title, layout, words.width, size=TITLE, weight=BOLD)
        return max(mark.height, tall) + 2 * layout.px(20)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = theme.selected if self.chosen else theme.panel
        if look.hover and not self.chosen:
            fill = mix(theme.panel, theme.selected, 0.5)
        edge, width = (theme.accent, 5) if self.chosen else (theme.border, 2)
        panel(surface, self.rect, fill, edge, radius=layout.px(16), width=layout.px(width))
        self.note(surface, layout)
        mark, words = self._parts(layout)
        disc(surface, mark.center, mark.width // 2, theme.accent if self.chosen else theme.border)
        if self.chosen:
            draw_icon(surface, "check", mark.center, round(mark.width * 0.6), theme.on_accent)
        else:
            disc(surface, mark.center, mark.width // 2 - layout.px(3), theme.panel)
            draw_text(
                surface, layout, mark, str(self.number), theme.text, size=TITLE, weight=BOLD,
                align="centre", valign="middle", one_line=True,
            )  # fmt: skip
        draw_text(
            surface, layout, words, self.title, theme.text,
            size=TITLE, weight=BOLD, valign="middle",
        )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)


def promises_of(
    layout: Layout, area: Rect, promises: Sequence[Promise], made: str
) -> tuple[Widget, ...]:
    """What is asked, and a card for each promise, filling the area where they can."""
    said = _("Choose one, and say it aloud. You will be asked about it at the end.")
    words = Words.at(layout, "said", area.x, area.y, area.width, said)
    found: list[Widget] = [words]
    gap = layout.px(24)
    y = words.rect.bottom + gap
    room = (area.bottom - y - gap * (len(promises) - 1)) // len(promises)
    for number, promise in enumerate(promises, start=1):
        card = PromiseCard(
            f"promise:{promise.id}",
            Rect(area.x, y, area.width, 0),
            number=number,
            title=promise.title,
            chosen=promise.id == made,
            hotkey=pygame.K_0 + number,
        )
        tall = max(card.height(layout), min(room, layout.tx(230)))
        found.append(replace(card, rect=Rect(area.x, y, area.width, tall)))
        y += tall + gap
    return tuple(found)
