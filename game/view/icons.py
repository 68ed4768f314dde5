"""Icons: line drawings from lucide, coloured and rasterised once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import pygame

from game.view import svg

FOLDER: Final = Path(__file__).parent.parent / "assets" / "icons"
UNKNOWN: Final = "circle-help"
"""Drawn for a name there is no icon of, so that a scenario with a slip still plays."""


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """The icon as SVG text, its colour still ``currentColor``."""
    path = FOLDER / f"{name}.svg"
    if not name or Path(name).name != name or not path.is_file():
        path = FOLDER / f"{UNKNOWN}.svg"
    return path.read_text(encoding="utf-8")


def known() -> frozenset[str]:
    """The names there are icons of."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


def icon(name: str, size: int, colour: str, stroke: float = 2.0) -> pygame.Surface:
    """An icon ``size`` pixels square, ready to blit; ``stroke`` is in 24ths of the size."""
    return svg.picture(_coloured(name, colour, stroke), size, size)


@lru_cache(maxsize=512)
def _coloured(name: str, colour: str, stroke: float) -> str:
    drawing = source(name).replace("currentColor", colour)
    return drawing.replace('stroke-width="2"', f'stroke-width="{stroke:g}"', 1)


def draw_icon(
    surface: pygame.Surface, name: str, centre: tuple[float, float], size: int, colour: str
) -> pygame.Rect:
    """Draw an icon around a point."""
    drawing = icon(name, size, colour)
    return surface.blit(drawing, (round(centre[0] - size / 2), round(centre[1] - size / 2)))
