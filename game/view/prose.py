"""A story's text: paragraphs, ``**bold**`` and "- " lists, wrapped into a given width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pygame

from game.view import fonts
from game.view.fonts import BOLD, REGULAR
from game.view.layout import Layout, Rect
from game.view.text import pixels, wrap
from game.view.theme import BODY, Theme
from game.view.widgets.base import Look, Widget


@dataclass(frozen=True)
class Line:
    """Pieces of a line as (x, words, weight), and its distance from the top."""

    y: int
    pieces: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Page:
    """A text set in type."""

    lines: tuple[Line, ...]
    height: int
    size: int


@lru_cache(maxsize=256)
def set_type(text: str, width: int, size: int) -> Page:
    """Set a text in lines of ``width`` pixels at ``size`` pixels."""
    step = fonts.line_height(size, REGULAR)
    lines: list[Line] = []
    y = 0
    for block in re.split(r"\n\s*\n", text.strip()):
        for index, part in enumerate(re.split(r"(?:^|\n)\s*- ", block)):
            words = " ".join(part.split())
            if not words:
                continue
            bullet = index > 0
            indent = round(size * 1.1) if bullet else 0
            first = len(lines)
            for row in _wrap(words, width - indent, size):
                moved = tuple((x + indent, piece, weight) for x, piece, weight in row)
                lines.append(Line(y, moved))
                y += step
            if bullet:
                head = lines[first]
                lines[first] = Line(head.y, ((round(size * 0.3), "•", BOLD), *head.pieces))
                y += round(step * 0.18)
        y += round(step * 0.55)
    height = lines[-1].y + step if lines else 0
    return Page(tuple(lines), height, size)


Run = tuple[str, str]  # words and their weight


def _words(text: str) -> list[list[Run]]:
    """Words, each of one or more runs: a word may change its weight half-way."""
    words: list[list[Run]] = [[]]
    for index, part in enumerate(text.split("**")):
        weight = BOLD if index % 2 else REGULAR
        for count, piece in enumerate(re.split(r"\s+", part)):
            if count:
                words.append([])
            if piece:
                words[-1].append((piece, weight))
    return [word for word in words if word]


def _wrap(text: str, width: int, size: int) -> list[tuple[tuple[int, str, str], ...]]:
    rows: list[list[Run]] = []
    row: list[Run] = []
    for word in _words(text):
        longer = _added(row, word)
        if row and _width(longer, size) > width:
            rows.append(row)
            longer = list(word)
        row = longer
        if len(row) == 1 and _width(row, size) > width:  # one word too long for a line
            *heads, last = wrap(row[0][0], size, row[0][1], width)
            rows += [[(head, row[0][1])] for head in heads]
            row = [(last, row[0][1])]
    return [_placed(row, size) for row in [*rows, row] if row]


def _added(row: list[Run], word: list[Run]) -> list[Run]:
    """A row with one more word, neighbours of one weight joined."""
    if not row:
        return list(word)
    before, weight = row[-1]
    first, *rest = word
    if weight == first[1]:
        return [*row[:-1], (f"{before} {first[0]}", weight), *rest]
    return [*row[:-1], (before + " ", weight), *word]


def _width(row: list[Run], size: int) -> int:
    return sum(fonts.width(words, size, weight) for words, weight in row)


def _placed(row: list[Run], size: int) -> tuple[tuple[int, str, str], ...]:
    x, placed = 0, []
    for words, weight in row:
        placed.append((x, words, weight))
        x += fonts.width(words, size, weight)
    return tuple(placed)


@dataclass(frozen=True)
class Prose(Widget):
    """A story's text among widgets; nothing to press."""

    text: str = ""
    size: float = BODY
    muted: bool = False

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    @classmethod
    def at(
        cls, layout: Layout, key: str, x: int, y: int, width: int, text: str, *, size: float = BODY
    ) -> Prose:
        """Text as tall as it needs to be in a given width."""
        page = set_type(text, width, pixels(layout, size))
        return cls(key, Rect(x, y, width, page.height), text, size)

    @classmethod
    def filling(
        cls,
        layout: Layout,
        key: str,
        area: Rect,
        text: str,
        *,
        size: float = BODY,
        largest: float = BODY,
        letters: float = 34.0,
    ) -> Prose:
        """Text at the largest size at which it fits the area, taller than it at ``size``.

        No line is longer than ``letters`` times the size: long ones are hard to follow
        across a room.
        """
        trial = largest
        while True:
            wide = min(area.width, layout.tx(trial * letters))
            page = cls.at(layout, key, area.x, area.y, wide, text, size=trial)
            if page.rect.height <= area.height or trial <= size:
                return page
            trial = max(size, trial - 1)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        page = set_type(self.text, self.rect.width, pixels(layout, self.size))
        colour = theme.muted if self.muted else theme.text
        clip = surface.get_clip()
        for line in page.lines:
            y = self.rect.y + line.y
            if y > clip.bottom or y + page.size * 2 < clip.top:
                continue
            for x, words, weight in line.pieces:
                picture = fonts.line(words, page.size, weight, colour)
                surface.blit(picture, (self.rect.x + x, y))
        if layout.boxes is not None:
            widest = max(
                (
                    line.pieces[-1][0]
                    + fonts.width(line.pieces[-1][1], page.size, line.pieces[-1][2])
                    for line in page.lines
                ),
                default=0,
            )
            drawn = Rect(self.rect.x, self.rect.y, widest, page.height)
            layout.boxes.note("text", self.text[:40], drawn, self.rect, clip)
