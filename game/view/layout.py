"""Where things go: pure rectangle arithmetic from the window's size.

Every length is given as it would be on a 1920 × 1080 screen and scaled by
u = min(width / 1920, height / 1080).  Text is scaled by the reader's text size as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pygame

from game.view.boxes import Boxes

Rect = pygame.Rect

SMALLEST: Final = (1024, 640)
LARGEST: Final = (3840, 2160)
TEXT_SIZES: Final = (1.0, 1.3)


@dataclass(frozen=True)
class Layout:
    """The window's size, the reader's text size, and (in tests) a record of what was drawn."""

    width: int
    height: int
    text: float = 1.0
    boxes: Boxes | None = field(default=None, compare=False)

    @cached_property
    def u(self) -> float:
        """Pixels for one pixel at 1080p."""
        return min(self.width / 1920, self.height / 1080)

    @property
    def window(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    def px(self, length: float) -> int:
        """A length, in pixels; never nothing at all for something positive."""
        scaled = round(length * self.u)
        return max(1, scaled) if length > 0 else scaled

    def tx(self, length: float) -> int:
        """A length that grows with the text as well, in pixels."""
        return max(1, round(length * self.u * self.text))

    @contextmanager
    def layer(self, name: str) -> Iterator[None]:
        """What is drawn inside may lie over what is drawn outside (dialogs, tooltips)."""
        if self.boxes is None:
            yield
        else:
            with self.boxes.layer(name):
                yield


def inset(rect: Rect, x: int, y: int | None = None) -> Rect:
    """The rectangle without a margin of ``x`` (and ``y``) pixels on each side."""
    y = x if y is None else y
    return Rect(rect.x + x, rect.y + y, max(0, rect.width - 2 * x), max(0, rect.height - 2 * y))


def rows(rect: Rect, parts: Sequence[int | float], gap: int = 0) -> list[Rect]:
    """Cut into rows from the top: an int is pixels, a float a share of what is left."""
    heights = _spans(rect.height, parts, gap)
    result, y = [], rect.y
    for height in heights:
        result.append(Rect(rect.x, y, rect.width, height))
        y += height + gap
    return result


def columns(rect: Rect, parts: Sequence[int | float], gap: int = 0) -> list[Rect]:
    """Cut into columns from the left: an int is pixels, a float a share of what is left."""
    widths = _spans(rect.width, parts, gap)
    result, x = [], rect.x
    for width in widths:
        result.append(Rect(x, rect.y, width, rect.height))
        x += width + gap
    return result


def grid(rect: Rect, across: int, down: int, gap: int = 0) -> list[Rect]:
    """Cells of one size, row by row."""
    return [
        cell for row in rows(rect, [1.0] * down, gap) for cell in columns(row, [1.0] * across, gap)
    ]


def centred(rect: Rect, width: int, height: int) -> Rect:
    """A rectangle of that size in the middle, no larger than what it lies in."""
    width, height = min(width, rect.width), min(height, rect.height)
    return Rect(
        rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2, width, height
    )


def _spans(length: int, parts: Sequence[int | float], gap: int) -> list[int]:
    fixed = sum(part for part in parts if isinstance(part, int))
    shares = sum(part for part in parts if isinstance(part, float))
    free = max(0, length - fixed - gap * max(0, len(parts) - 1))
    spans: list[int] = []
    given, seen = 0, 0.0
    for part in parts:
        if isinstance(part, int):
            spans.append(part)
            continue
        # cumulative rounding: the shares always add up to what there is
        seen += part
        upto = round(free * seen / shares) if shares else 0
        spans.append(upto - given)
        given = upto
    return spans
