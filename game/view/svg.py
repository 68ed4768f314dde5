"""Drawings as SVG text, rasterised once for each size and kept."""

from __future__ import annotations

import io
from functools import lru_cache

import pygame

LARGE = 400 * 400  # pixels; pictures above this are few, and kept apart


def picture(svg: str, width: int, height: int) -> pygame.Surface:
    """The drawing at ``width`` × ``height`` pixels, ready to blit.

    Wants a window (or a hidden one): unconverted pictures blit thirty times slower.
    """
    return (_large if width * height > LARGE else _small)(svg, width, height)


@lru_cache(maxsize=1024)
def _small(svg: str, width: int, height: int) -> pygame.Surface:
    return raster(svg, width, height)


@lru_cache(maxsize=16)
def _large(svg: str, width: int, height: int) -> pygame.Surface:
    return raster(svg, width, height)


def raster(svg: str, width: int, height: int) -> pygame.Surface:
    """The same, made anew and not kept: for what its caller keeps."""
    raw = pygame.image.load_sized_svg(io.BytesIO(svg.encode()), (max(1, width), max(1, height)))
    return raw.convert_alpha()


def document(width: float, height: float, body: str) -> str:
    """SVG text with a body in its own pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{body}</svg>'
    )


def forget() -> None:
    """Drop every picture kept."""
    _small.cache_clear()
    _large.cache_clear()
