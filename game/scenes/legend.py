"""What the marks on the table mean (L)."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.scenes.sheet import Sheet
from game.view.layout import Layout, Rect
from game.view.table_legend import legend, legend_words
from game.view.theme import Theme
from game.view.widgets import Look, Widget
from sim.words import _


@dataclass(frozen=True)
class Marks(Widget):
    """The key to every mark, as the table draws it."""

    takes_focus = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        legend(surface, layout, theme, self.rect)


class LegendDialog(Sheet):
    """The table's marks, each with its words."""

    again = pygame.K_l

    def __init__(self) -> None:
        super().__init__(_("What the marks mean"), "", wide=0.96, tall=0.97)

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        fixed = 2 * layout.px(36) + layout.tx(62 + 54) + 2 * layout.px(22)
        tall = round(layout.height * self.tall) - fixed - layout.px(12)
        return [Marks("marks", Rect(x, y, width, max(layout.px(300), tall)))]

    def in_words(self) -> str:
        return "\n".join([f"**{self.title}**", *(f"- {words}" for words in legend_words())])
