"""The typefaces: Atkinson Hyperlegible Next, and Inter for the characters it lacks."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

import pygame

FOLDER: Final = Path(__file__).parent.parent / "assets" / "fonts"
REGULAR: Final = "regular"
BOLD: Final = "bold"
ITALIC: Final = "italic"

_FILES: Final = {
    REGULAR: ("AtkinsonHyperlegibleNext_400Regular.ttf", "Inter_400Regular.ttf"),
    BOLD: ("AtkinsonHyperlegibleNext_700Bold.ttf", "Inter_700Bold.ttf"),
    ITALIC: ("AtkinsonHyperlegibleNext_400Regular_Italic.ttf", "Inter_400Regular.ttf"),
}
_NOWHERE: Final = "\U0010fffe"  # a character no typeface has


@lru_cache(maxsize=128)
def font(size: int, weight: str = REGULAR, second: bool = False) -> pygame.font.Font:
    """The face at ``size`` pixels; ``second`` is the one that fills its gaps."""
    return pygame.font.Font(FOLDER / _FILES[weight][second], size)


@lru_cache(maxsize=4096)
def lacks(character: str, weight: str) -> bool:
    """Whether the first face has no such character."""
    if character.isascii():
        return False
    face = font(24, weight)
    return _pixels(face, character) == _pixels(face, _NOWHERE)


def _pixels(face: pygame.font.Font, character: str) -> tuple[tuple[int, int], bytes]:
    picture = face.render(character, False, "black", "white")
    return picture.get_size(), pygame.image.tobytes(picture, "RGB")


def runs(text: str, weight: str) -> list[tuple[str, bool]]:
    """The text in pieces that one face can draw, and whether it is the second face."""
    if text.isascii():
        return [(text, False)] if text else []
    return [
        ("".join(piece), second)
        for second, piece in groupby(text, key=lambda character: lacks(character, weight))
    ]


@lru_cache(maxsize=16384)
def width(text: str, size: int, weight: str = REGULAR) -> int:
    """How wide a line of text is, in pixels."""
    return sum(font(size, weight, second).size(piece)[0] for piece, second in runs(text, weight))


@lru_cache(maxsize=256)
def line_height(size: int, weight: str = REGULAR) -> int:
    """The distance from one line to the next, in pixels."""
    return font(size, weight).get_linesize()


@lru_cache(maxsize=2048)
def line(
    text: str, size: int, weight: str, colour: str, halo: str = "", halo_width: int = 0
) -> pygame.Surface:
    """One line of text as a picture; a halo adds its width on every side."""
    height = line_height(size, weight)
    picture = pygame.Surface(
        (max(1, width(text, size, weight)) + 2 * halo_width, height + 2 * halo_width),
        pygame.SRCALPHA,
    )
    x = 0
    for piece, second in runs(text, weight):
        face = font(size, weight, second)
        y = font(size, weight).get_ascent() - face.get_ascent()
        if halo:
            face.outline = halo_width
            around = face.render(piece, True, halo)
            face.outline = 0
            picture.blit(around, (x, y))
        picture.blit(face.render(piece, True, colour), (x + halo_width, y + halo_width))
        x += face.size(piece)[0]
    return picture.convert_alpha()


def forget() -> None:
    """Drop everything kept: after ``pygame.font.quit`` the faces are no longer there."""
    for kept in (font, lacks, width, line_height, line):
        kept.cache_clear()
