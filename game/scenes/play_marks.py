"""The marks on the table as something to click: each answers why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pygame

from game.view.layout import Layout, Rect
from game.view.table_geometry import TableShape
from game.view.table_reading import Reading
from game.view.theme import Theme
from game.view.widgets import Look, Widget
from sim.words import _

ASKED: Final = ("up", "down", "tension", "words", "dispute")
"""Kinds of marks that have causes."""


@dataclass(frozen=True)
class MarkSpot(Widget):
    """A mark between two partners.  The table draws it; the keyboard has W."""

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        far = math.hypot(pos[0] - self.rect.centerx, pos[1] - self.rect.centery)
        return far <= self.rect.width / 2

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        return


def mark_spots(reading: Reading, shape: TableShape, table: Rect) -> list[Widget]:
    """A widget over every mark that tells of a change between two partners."""
    found: list[Widget] = []
    for mark in reading.marks:
        if mark.kind not in ASKED or len(mark.members) != 2:
            continue
        side = round(max(mark.spot.radius * 2, shape.radius * 0.8))
        rect = Rect(0, 0, side, side)
        rect.center = (round(table.x + mark.spot.x), round(table.y + mark.spot.y))
        a, b = mark.members
        found.append(MarkSpot(f"mark:{a}:{b}", rect, hint=_("Why?")))
    return found
