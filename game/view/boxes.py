"""A record of every text and widget that was drawn, so that a test can find what is wrong.

The layout carries one in tests and none in play.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pygame

SLACK = 1  # pixels of rounding that nobody sees


@dataclass(frozen=True)
class Box:
    """Something drawn: ``drawn`` is what it covers, ``within`` what it was given."""

    kind: str  # "text" or "widget"
    name: str
    drawn: pygame.Rect
    within: pygame.Rect
    clip: pygame.Rect
    layer: str
    cut: bool = False  # words were left out

    @property
    def visible(self) -> pygame.Rect:
        return self.drawn.clip(self.clip)


class Boxes:
    """Filled while drawing; :meth:`faults` says in words what overlaps, leaves or is cut."""

    def __init__(self, width: int, height: int) -> None:
        self.window = pygame.Rect(0, 0, width, height)
        self.boxes: list[Box] = []
        self._layers: list[str] = []

    @contextmanager
    def layer(self, name: str) -> Iterator[None]:
        self._layers.append(name)
        try:
            yield
        finally:
            self._layers.pop()

    def note(
        self,
        kind: str,
        name: str,
        drawn: pygame.Rect,
        within: pygame.Rect,
        clip: pygame.Rect,
        *,
        cut: bool = False,
    ) -> None:
        """Record one thing drawn."""
        layer = "/".join(self._layers)
        self.boxes.append(Box(kind, name, drawn.copy(), within.copy(), clip.copy(), layer, cut))

    def names(self, kind: str) -> list[str]:
        """The names of everything of a kind that can be seen."""
        return [box.name for box in self.boxes if box.kind == kind and box.visible.size != (0, 0)]

    def faults(self) -> list[str]:
        """Everything wrong with the picture, a sentence each; empty when all is well."""
        found = []
        seen = [box for box in self.boxes if box.visible.width and box.visible.height]
        for box in self.boxes:
            room = box.within.inflate(2 * SLACK, 2 * SLACK)
            if box.kind == "text" and not room.contains(box.drawn):
                found.append(f"{box.name!r} {tuple(box.drawn)} leaves {tuple(box.within)}")
            if box.cut:
                found.append(f"{box.name!r} is cut short in {tuple(box.within)}")
        for box in self.boxes:
            # in a list, what is scrolled away is meant to be out of sight
            shown = box.drawn if box.clip.contains(self.window) else box.visible
            wide = self.window.inflate(2 * SLACK, 2 * SLACK)
            if shown.size != (0, 0) and not wide.contains(shown):
                found.append(f"{box.kind} {box.name!r} {tuple(shown)} leaves the window")
        for i, one in enumerate(seen):
            for other in seen[i + 1 :]:
                if one.layer == other.layer and _collide(one, other):
                    found.append(
                        f"{one.kind} {one.name!r} {tuple(one.visible)} and "
                        f"{other.kind} {other.name!r} {tuple(other.visible)} overlap"
                    )
        return found


def _collide(one: Box, other: Box) -> bool:
    a, b = (
        one.visible.inflate(-2 * SLACK, -2 * SLACK),
        other.visible.inflate(-2 * SLACK, -2 * SLACK),
    )
    if not a.colliderect(b):
        return False
    if one.kind == other.kind == "text":
        return True
    # a widget may hold texts and other widgets, whole
    return not (one.visible.contains(b) or other.visible.contains(a))
