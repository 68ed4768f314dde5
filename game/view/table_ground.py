"""What lies under the marks: cloth and ties, drawn once for each picture and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from game.view import svg, table_paint
from game.view.layout import Rect
from game.view.table_geometry import TableShape
from game.view.table_reading import DrawnTie, Mark, Reading
from game.view.table_routes import Curve
from game.view.table_sprites import paint_of
from game.view.theme import Theme

STRIPS: Final = 4
"""In so many parts the ties are drawn, one a frame while there is time."""
ORDER: Final = {"ghost": 0, "trust": 1, "tension": 2, "dispute": 3}
"""What is drawn over what."""


@dataclass
class _Under:
    """What lies under the marks, made strip by strip."""

    theme: str
    shape: TableShape
    ties: tuple[DrawnTie, ...]
    marks: tuple[Mark, ...]
    layer: pygame.Surface
    body: str  # of the drawing
    done: int = 0  # strips

    def shows(self, reading: Reading) -> bool:
        """Whether it is the ground of that reading."""
        return self.ties == reading.ties and self.marks == reading.marks

    def one_more(self) -> pygame.Surface | None:
        """Draw one more strip, if any is left; the layer if it is whole."""
        if self.done < STRIPS:
            wide, height = self.layer.get_size()
            left, right = (wide * k // STRIPS for k in (self.done, self.done + 1))
            drawing = table_paint.document(right - left, height, self.body, left)
            self.layer.blit(svg.raster(drawing, right - left, height), (left, 0))
            self.done += 1
        return self.layer if self.done == STRIPS else None


class Ground:
    """Makes and keeps the pictures that lie under the marks."""

    def __init__(self) -> None:
        self._cloths: list[tuple[str, TableShape, pygame.Surface]] = []
        self._unders: list[_Under] = []

    def under(
        self, theme: Theme, rect: Rect, shape: TableShape, reading: Reading, unit: float
    ) -> pygame.Surface:
        """Cloth, roots and ties on the canvas, opaque."""
        while True:
            layer = self.prepare(theme, rect, shape, reading, unit)
            if layer is not None:
                return layer

    def prepare(
        self, theme: Theme, rect: Rect, shape: TableShape, reading: Reading, unit: float
    ) -> pygame.Surface | None:
        """Do a part of the work of :meth:`under`; the layer once it is whole.

        A strip at a time, so that no frame has to wait for all of it.
        """
        for kept in self._unders:
            if (kept.theme, kept.shape) == (theme.name, shape) and kept.shows(reading):
                return kept.one_more()
        paint = paint_of(theme)
        ties = sorted(reading.ties, key=lambda drawn: ORDER[drawn.style])
        body = "".join(table_paint.tie(d, d.style, paint, unit) for d in ties)
        for mark in reading.marks:
            if mark.project is not None:
                body += table_paint.roots(mark, shape, paint, unit)
        layer = self._cloth(theme, rect, shape, unit).copy()
        made = _Under(theme.name, shape, reading.ties, reading.marks, layer, body)
        self._unders.insert(0, made)
        del self._unders[4:]
        return None

    def veil(
        self,
        surface: pygame.Surface,
        theme: Theme,
        rect: Rect,
        shape: TableShape,
        unit: float,
        strength: int,
    ) -> None:
        """Let the ties that were drawn fade into the cloth, so that others stand out."""
        cloth = self._cloth(theme, rect, shape, unit)
        cloth.set_alpha(strength)
        surface.blit(cloth, rect)
        cloth.set_alpha(None)

    def _cloth(self, theme: Theme, rect: Rect, shape: TableShape, unit: float) -> pygame.Surface:
        """The table with nothing on it, opaque."""
        for name, kept, cloth in self._cloths:
            if name == theme.name and kept == shape:
                return cloth
        body = table_paint.cloth(shape, paint_of(theme), unit)
        drawing = table_paint.document(rect.width, rect.height, body)
        layer = pygame.Surface(rect.size).convert()
        layer.fill(theme.canvas)
        layer.blit(svg.picture(drawing, rect.width, rect.height), (0, 0))
        self._cloths.insert(0, (theme.name, shape, layer))
        del self._cloths[3:]
        return layer


def around(curves: Sequence[Curve], margin: float, within: Rect) -> Rect:
    """The smallest rectangle round all of the curves, in the picture's own pixels."""
    points = np.concatenate([curve.points() for curve in curves])
    left, top = (points.min(axis=0) - margin).tolist()
    right, bottom = (points.max(axis=0) + margin).tolist()
    place = Rect(round(left), round(top), round(right - left), round(bottom - top))
    return place.clip(Rect(0, 0, within.width, within.height))


def differing(
    shape: TableShape, earlier: Reading, now: Reading, margin: float, within: Rect
) -> Rect:
    """Where two readings of one table differ, apart from the marks themselves."""
    curves = [drawn.curve for drawn in set(earlier.ties) ^ set(now.ties)]
    for mark in set(earlier.marks) ^ set(now.marks):
        if mark.project is not None:
            spot = (mark.spot.x, mark.spot.y)
            for place in shape.places:
                if place.id in mark.members:
                    curves.append(Curve(spot, spot, (place.x, place.y)))
    return around(curves, margin, within) if curves else Rect(0, 0, 0, 0)
