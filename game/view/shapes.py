"""Rounded panels, focus rings and rules: smooth corners from small SVG pictures."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.view import svg
from game.view.layout import Layout, Rect
from game.view.theme import Theme

RADIUS = 12  # of corners, in u


def panel(
    surface: pygame.Surface,
    rect: Rect,
    fill: str = "",
    border: str = "",
    *,
    radius: int = 10,
    width: int = 1,
) -> None:
    """A rounded rectangle; ``fill`` or ``border`` may be "" for none.  Pixels."""
    radius = max(1, min(radius, rect.width // 2, rect.height // 2))
    if rect.width < 2 or rect.height < 2:
        return
    corner = max(radius, width + 1)
    side = 2 * corner
    picture = svg.picture(_corners(radius, width, fill, border), side, side)
    right, bottom = rect.right - corner, rect.bottom - corner
    for x, left in ((rect.x, 0), (right, corner)):
        for y, top in ((rect.y, 0), (bottom, corner)):
            surface.blit(picture, (x, y), (left, top, corner, corner))
    across, down = right - rect.x - corner, bottom - rect.y - corner
    if fill:
        if across > 0:
            surface.fill(fill, (rect.x + corner, rect.y, across, rect.height))
        if down > 0:
            surface.fill(fill, (rect.x, rect.y + corner, corner, down))
            surface.fill(fill, (right, rect.y + corner, corner, down))
    if border:
        if across > 0:
            surface.fill(border, (rect.x + corner, rect.y, across, width))
            surface.fill(border, (rect.x + corner, rect.bottom - width, across, width))
        if down > 0:
            surface.fill(border, (rect.x, rect.y + corner, width, down))
            surface.fill(border, (rect.right - width, rect.y + corner, width, down))


@lru_cache(maxsize=256)
def _corners(radius: int, width: int, fill: str, border: str) -> str:
    """The four corners of a panel, as one small drawing."""
    half = width / 2 if border else 0.0
    side = 2 * max(radius, width + 1)
    inner = side - 2 * half
    body = (
        f'<rect x="{half:g}" y="{half:g}" width="{inner:g}" height="{inner:g}" '
        f'rx="{max(0.0, radius - half):g}" fill="{fill or "none"}"'
        + (f' stroke="{border}" stroke-width="{width}"' if border else "")
        + "/>"
    )
    return svg.document(side, side, body)


def focus_ring(surface: pygame.Surface, layout: Layout, theme: Theme, rect: Rect) -> None:
    """The ring around what the keyboard is on: dark outside, yellow inside, seen on both."""
    outer, inner = layout.px(4), layout.px(5)
    radius = layout.px(RADIUS)
    panel(surface, rect, "", theme.focus_outer, radius=radius, width=outer)
    panel(
        surface,
        rect.inflate(-2 * outer, -2 * outer),
        "",
        theme.focus_inner,
        radius=max(1, radius - outer),
        width=inner,
    )


def disc(surface: pygame.Surface, centre: tuple[float, float], radius: int, colour: str) -> Rect:
    """A smooth filled circle."""
    side = 2 * radius + 2
    body = f'<circle cx="{side / 2:g}" cy="{side / 2:g}" r="{radius}" fill="{colour}"/>'
    picture = svg.picture(svg.document(side, side, body), side, side)
    return surface.blit(picture, (round(centre[0] - side / 2), round(centre[1] - side / 2)))
