"""A partner seen from above: its eyes on the rim of its disc, its chair, who has left it.

Eyes say where somebody looks, which a room understands from afar and without a legend.
SVG text in, SVG text out; lengths are pixels.
"""

from __future__ import annotations

import math
from typing import Final

from game.view.svg import document

WHITE: Final = "#FFFFFF"
INK: Final = "#10161F"
LID: Final = "#A9B2BE"
APART: Final = math.radians(24)
"""Half the angle between the two eyes, seen from the disc's middle."""


def eyes(radius: float, facing: float, shut: float = 0.0) -> str:
    """Two eyes on the rim, looking toward ``facing`` (radians); a square of side 3 radii.

    ``shut`` is 0 for wide open, 1 for closed.
    """
    side = radius * 3
    c = side / 2
    size = radius * 0.245
    body = ""
    for across in (-1, 1):
        turn = facing + across * APART
        x, y = c + math.cos(turn) * radius * 0.99, c + math.sin(turn) * radius * 0.99
        body += f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size * 1.2:.2f}" fill="{INK}"/>'
        if shut >= 1.0:
            # a lid, and the lashes where the eye is closed
            half = size * 0.78
            nx, ny = -math.sin(facing), math.cos(facing)
            fx, fy = math.cos(facing) * size * 0.62, math.sin(facing) * size * 0.62
            body += (
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:.2f}" fill="{LID}"/>'
                f'<path d="M{x - nx * half:.2f} {y - ny * half:.2f}'
                f'Q{x + fx:.2f} {y + fy:.2f} {x + nx * half:.2f} {y + ny * half:.2f}" '
                f'fill="none" stroke="{INK}" stroke-width="{size * 0.32:.2f}" '
                f'stroke-linecap="round"/>'
            )
            continue
        far = size * 0.4
        px, py = x + math.cos(facing) * far, y + math.sin(facing) * far
        body += (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:.2f}" fill="{WHITE}"/>'
            f'<circle cx="{px:.2f}" cy="{py:.2f}" r="{size * 0.6:.2f}" fill="{INK}"/>'
        )
    return document(side, side, body)


def chair(radius: float, facing: float, frame: str, seat: str) -> str:
    """A chair seen from above, its back away from ``facing`` (radians); a square of 3 radii."""
    side = radius * 3
    c = side / 2
    r = radius
    return document(
        side,
        side,
        f'<g transform="rotate({math.degrees(facing):.1f} {c:.2f} {c:.2f})">'
        f'<rect x="{c - r * 1.02:.2f}" y="{c - r * 0.86:.2f}" width="{r * 1.62:.2f}" '
        f'height="{r * 1.72:.2f}" rx="{r * 0.36:.2f}" fill="{seat}" stroke="{frame}" '
        f'stroke-width="{r * 0.07:.2f}"/>'
        f'<path d="M{c - r * 0.86:.2f} {c - r * 0.98:.2f}Q{c - r * 1.56:.2f} {c:.2f} '
        f'{c - r * 0.86:.2f} {c + r * 0.98:.2f}" fill="none" stroke="{frame}" '
        f'stroke-width="{r * 0.21:.2f}" stroke-linecap="round"/></g>',
    )
