"""A story's text: paragraphs, ``**bold**`` and "- " lists, wrapped into a given width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pygame

from game.view import fonts
from game.view.fonts import BOLD, REGULAR
from game.view.layout import Layout, Rect
from game.view.text import pixels
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
            for row in _wrap(_pieces(words), width - indent, size):
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


def _pieces(text: str) -> list[tuple[str, str]]:
    """Words with their weight; a word may be of several pieces, joined without a space."""
    pieces: list[tuple[str, str]] = []
    for index, part in enumerate(text.split("**")):
        weight = BOLD if index % 2 else REGULAR
        for piece in re.findall(r"\s+|\S+", part):
            pieces.append((piece, weight))
    return pieces


def _wrap(
    pieces: list[tuple[str, str]], width: int, size: int
) -> list[tuple[tuple[int, str, str], ...]]:
    rows: list[tuple[tuple[int, str, str], ...]] = []
    row: list[tuple[int, str, str]] = []
    x = 0
    space = fonts.width(" ", size, REGULAR)
    word: list[tuple[str, str]] = []
    gap = False

    def put() -> None:
        nonlocal x, row
        wide = sum(fonts.width(piece, size, weight) for piece, weight in word)
        if row and x + (space if gap else 0) + wide > width:
            rows.append(tuple(_joined(row, size)))
            row, x = [], 0
        elif row and gap:
            x += space
        for piece, weight in word:
            row.append((x, piece, weight))
            x += fonts.width(piece, size, weight)

    for piece, weight in pieces:
        if piece.isspace():
            if word:
                put()
                word = []
            gap = True
        else:
            word.append((piece, weight))
            if len(word) == 1 and not row:
                gap = False
    if word:
        put()
    if row:
        rows.append(tuple(_joined(row, size)))
    return rows


def _joined(row: list[tuple[int, str, str]], size: int) -> list[tuple[int, str, str]]:
    """Neighbours of one weight as one piece, so that a line is drawn in few strokes."""
    result: list[tuple[int, str, str]] = []
    for x, piece, weight in row:
        if result and result[-1][2] == weight:
            start, before, _same = result[-1]
            end = start + fonts.width(before, size, weight)
            joined = before + (" " if x > end + 1 else "") + piece
            result[-1] = (start, joined, weight)
        else:
            result.append((x, piece, weight))
    return result


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
