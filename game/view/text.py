"""Text in boxes: wrapped, made smaller down to a floor, and never cut without a word.

A box that is too small even at the smallest legible size loses its last words to "…";
the layout's record then says so, and tests fail on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.view import fonts
from game.view.fonts import BOLD, ITALIC, REGULAR
from game.view.layout import Layout, Rect
from game.view.theme import BODY

__all__ = ["BOLD", "ITALIC", "REGULAR", "Fitted", "draw_text", "fit", "height_of", "wrap"]

FLOOR: Final = 0.72
"""How far text may shrink before it wraps, as a share of the size asked for."""
SMALLEST: Final = 11  # pixels: nothing is drawn smaller than this


@dataclass(frozen=True)
class Fitted:
    """Lines at the size at which they fit."""

    lines: tuple[str, ...]
    size: int  # pixels
    cut: bool = False

    def height(self, weight: str = REGULAR) -> int:
        return len(self.lines) * fonts.line_height(self.size, weight)


def pixels(layout: Layout, size: float) -> int:
    """The size of type in pixels, by the window and the reader's text size."""
    return max(SMALLEST, layout.tx(size))


@lru_cache(maxsize=4096)
def wrap(text: str, size: int, weight: str, width: int) -> tuple[str, ...]:
    """Lines no wider than ``width`` pixels; a word wider than that is broken.

    Line ends in the text stay.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for word in paragraph.split():
            longer = f"{current} {word}" if current else word
            if fonts.width(longer, size, weight) <= width:
                current = longer
                continue
            if current:
                lines.append(current)
            current = word
            while fonts.width(current, size, weight) > width and len(current) > 1:
                head = _head(current, size, weight, width)
                lines.append(current[:head])
                current = current[head:]
        lines.append(current)
    return tuple(lines)


def _head(word: str, size: int, weight: str, width: int) -> int:
    count = len(word)
    while count > 1 and fonts.width(word[:count], size, weight) > width:
        count -= 1
    return count


@lru_cache(maxsize=4096)
def _fit(
    text: str, size: int, floor: int, weight: str, width: int, height: int, one_line: bool
) -> Fitted:
    longest = 1 if one_line else 10_000
    for lines_allowed in (longest, 10_000):
        for trial in range(size, floor - 1, -1):
            lines = wrap(text, trial, weight, width)
            tall = len(lines) * fonts.line_height(trial, weight)
            if len(lines) <= lines_allowed and tall <= height:
                return Fitted(lines, trial)
    # past the floor: smaller still rather than cut
    for trial in range(min(size, floor) - 1, SMALLEST - 1, -1):
        lines = wrap(text, trial, weight, width)
        if len(lines) * fonts.line_height(trial, weight) <= height:
            return Fitted(lines, trial)
    lines = wrap(text, SMALLEST, weight, width)
    room = max(1, height // fonts.line_height(SMALLEST, weight))
    if len(lines) <= room:
        return Fitted(lines, SMALLEST)
    last = lines[room - 1]
    while last and fonts.width(last + "…", SMALLEST, weight) > width:
        last = last[:-1]
    return Fitted((*lines[: room - 1], last.rstrip() + "…"), SMALLEST, cut=True)


def fit(
    text: str,
    layout: Layout,
    box: Rect,
    *,
    size: float = BODY,
    weight: str = REGULAR,
    floor: float = FLOOR,
    one_line: bool = False,
) -> Fitted:
    """The lines and the size at which the text fits its box.

    Shrinks from ``size`` to ``floor`` times that; with ``one_line`` it wraps only once it
    cannot shrink further; past the floor it shrinks on, to eleven pixels, rather than be cut.
    """
    asked = pixels(layout, size)
    least = max(SMALLEST, min(asked, round(asked * floor)))
    return _fit(text, asked, least, weight, max(1, box.width), box.height, one_line)


def height_of(
    text: str, layout: Layout, width: int, *, size: float = BODY, weight: str = REGULAR
) -> int:
    """How tall the text is when wrapped to ``width`` pixels at its full size."""
    asked = pixels(layout, size)
    lines = wrap(text, asked, weight, max(1, width))
    return len(lines) * fonts.line_height(asked, weight)


def width_of(text: str, layout: Layout, *, size: float = BODY, weight: str = REGULAR) -> int:
    """How wide the text is in one line, in pixels."""
    return fonts.width(text, pixels(layout, size), weight)


def draw_text(
    surface: pygame.Surface,
    layout: Layout,
    box: Rect,
    text: str,
    colour: str,
    *,
    size: float = BODY,
    weight: str = REGULAR,
    align: str = "left",
    valign: str = "top",
    one_line: bool = False,
    floor: float = FLOOR,
    halo: str = "",
    name: str = "",
) -> Rect:
    """Draw text inside ``box`` and return what it covers.

    ``align`` is left, centre or right; ``valign`` top, middle or bottom.  ``halo`` is the
    colour of a rim that keeps it legible over lines.
    """
    if not text:
        return Rect(box.topleft, (0, 0))
    fitted = fit(text, layout, box, size=size, weight=weight, floor=floor, one_line=one_line)
    step = fonts.line_height(fitted.size, weight)
    tall = step * len(fitted.lines)
    y = box.y + {"top": 0, "middle": (box.height - tall) // 2, "bottom": box.height - tall}[valign]
    rim = max(1, fitted.size // 10) if halo else 0
    covered: Rect | None = None
    for line in fitted.lines:
        wide = fonts.width(line, fitted.size, weight)
        x = box.x + {"left": 0, "centre": (box.width - wide) // 2, "right": box.width - wide}[align]
        if line:
            picture = fonts.line(line, fitted.size, weight, colour, halo, rim)
            surface.blit(picture, (x - rim, y - rim))
            drawn = Rect(x, y, wide, step)
            covered = drawn if covered is None else covered.union(drawn)
        y += step
    covered = covered or Rect(box.topleft, (0, 0))
    if layout.boxes is not None:
        layout.boxes.note(
            "text", name or text[:40], covered, box, surface.get_clip(), cut=fitted.cut
        )
    return covered


def forget() -> None:
    """Drop everything kept."""
    wrap.cache_clear()
    _fit.cache_clear()
