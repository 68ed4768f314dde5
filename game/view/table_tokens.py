"""What lies on the cloth, as SVG text: swellings with "…", rings round them, plants.

Strings in, strings out; lengths are pixels.  A swelling shows one bump for every token, so
that what is drawn can be counted; past six it is simply a heap.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from game.view.svg import document

if TYPE_CHECKING:
    from game.view.table_paint import Paint

BADGE: Final = 19.0
"""Radius in u of a badge that two go round, or of the empty middle of a ring."""
MOST: Final = 6
"""More bumps than these are not drawn: it is a heap by then."""
_HEAPS: Final[dict[int, tuple[tuple[float, float], ...]]] = {
    1: ((0.0, 0.0),),
    2: ((-0.84, -0.06), (0.84, 0.06)),
    3: ((0.0, -0.74), (-0.86, 0.5), (0.86, 0.5)),
    4: ((-0.84, -0.66), (0.84, -0.66), (-0.84, 0.66), (0.84, 0.66)),
    5: ((-0.85, -0.7), (0.85, -0.7), (-1.68, 0.62), (0.0, 0.66), (1.68, 0.62)),
    6: ((0.0, -1.4), (-0.85, -0.2), (0.85, -0.2), (-1.68, 0.98), (0.0, 1.02), (1.68, 0.98)),
}
"""Where the bumps of a heap lie, in radii of one bump, back to front."""
_REACH: Final = (0.0, 1.1, 1.9, 1.9, 2.05, 2.7, 2.85)
"""How far a heap reaches from its middle, in radii of one bump."""
_BUMP: Final = (0.0, 27.0, 22.0, 21.0, 19.5, 16.5, 16.0)
"""Radius of one bump in u, by how many there are."""


def shown(count: int) -> int:
    """How many bumps are drawn for so many tokens."""
    return max(0, min(count, MOST))


def bump_radius(count: int) -> float:
    """Radius of one bump in u."""
    return _BUMP[shown(count)]


def heap_reach(count: int) -> float:
    """Radius of the whole swelling in u; without any token, of the empty middle of a ring."""
    return _REACH[shown(count)] * _BUMP[shown(count)] if count else BADGE


def ring_reach(count: int, dancing: int) -> float:
    """Radius in u of a swelling and the ring on which two go round it."""
    return heap_reach(count) + ((0.0, 13.0, 13.0, 23.0)[min(dancing, 3)])


def heap(side: float, scale: float, count: int, paint: Paint) -> str:
    """The cloth swollen over ``count`` tokens, in a square of that side; ``scale`` is u."""
    c, b = side / 2, bump_radius(count) * scale
    spots = [(c + x * b, c + y * b) for x, y in _HEAPS[shown(count)]]
    soft = paint.shade_strength
    body = (
        f'<defs><radialGradient id="s" cx="50%" cy="50%" r="50%">'
        f'<stop offset="0.6" stop-color="{paint.shade}" stop-opacity="{soft * 1.7:.2f}"/>'
        f'<stop offset="1" stop-color="{paint.shade}" stop-opacity="0"/></radialGradient>'
        f'<radialGradient id="l" cx="40%" cy="30%" r="75%">'
        f'<stop offset="0" stop-color="{paint.lump_light}"/>'
        f'<stop offset="0.6" stop-color="{paint.lump_light}"/>'
        f'<stop offset="1" stop-color="{paint.lump_dark}"/></radialGradient></defs>'
    )
    for x, y in spots:  # the shadow of all of it first, then the cloth over it
        body += (
            f'<ellipse cx="{x + b * 0.1:.1f}" cy="{y + b * 0.24:.1f}" rx="{b * 1.32:.1f}" '
            f'ry="{b * 1.26:.1f}" fill="url(#s)"/>'
        )
    for x, y in spots:
        body += (
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{b * 1.03:.1f}" ry="{b * 0.97:.1f}" '
            f'fill="url(#l)"/>'
            f'<path d="M{x - b * 0.98:.1f} {y + b * 0.3:.1f}A{b * 1.03:.1f} {b * 0.97:.1f} 0 0 0 '
            f'{x + b * 0.98:.1f} {y + b * 0.3:.1f}" fill="none" stroke="{paint.muted}" '
            f'stroke-opacity="0.45" stroke-width="{b * 0.07:.1f}" stroke-linecap="round"/>'
        )
        for k in (-1, 0, 1):
            body += (
                f'<circle cx="{x + k * b * 0.48:.1f}" cy="{y + b * 0.02:.1f}" r="{b * 0.175:.1f}" '
                f'fill="{paint.tension}"/>'
            )
    return document(side, side, body)


def ring(side: float, scale: float, count: int, dancing: int, turn: float, paint: Paint) -> str:
    """Arrows going round and round: one for once, two for often, four for hardly anything else.

    ``turn`` is how far they have gone, in radians.  What lies under the ring is veiled.
    """
    c = side / 2
    level = min(dancing, 3)
    near = (heap_reach(count) + 6.5) * scale
    veil = near + (10 if level == 3 else 0) * scale
    body = (
        f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{veil:.1f}" fill="{paint.cloth_light}" '
        f'fill-opacity="0.72"/>'
    )
    arcs = [(near, turn + 0.4, 4.4)] if level == 1 else []
    if level >= 2:
        arcs += [(near, turn + half, 2.45) for half in (0.0, math.pi)]
    if level == 3:
        arcs += [(near + 10 * scale, turn + 1.2 + half, 2.65) for half in (0.0, math.pi)]
    for radius, start, length in arcs:
        body += _arrow(c, radius, start, length, 3.6 * scale, paint.tension)
    return document(side, side, body)


def _arrow(c: float, radius: float, start: float, length: float, width: float, tone: str) -> str:
    """An arc with a head, clockwise."""
    end = start + length

    def at(angle: float, far: float) -> str:
        return f"{c + math.cos(angle) * far:.2f} {c + math.sin(angle) * far:.2f}"

    large = 1 if length > math.pi else 0
    ahead = end + 2.7 * width / radius
    return (
        f'<path d="M{at(start, radius)}A{radius:.2f} {radius:.2f} 0 {large} 1 {at(end, radius)}" '
        f'fill="none" stroke="{tone}" stroke-width="{width:.2f}" stroke-linecap="round"/>'
        f'<path d="M{at(end, radius - 2 * width)}L{at(end, radius + 2 * width)}'
        f'L{at(ahead, radius)}Z" fill="{tone}" stroke="{tone}" stroke-width="{width * 0.3:.2f}" '
        f'stroke-linejoin="round"/>'
    )


PLANTS: Final = ("seed", "sprout", "tree", "rooted", "wilted")
_PLANTS: Final = {
    # in a square of 24, drawn with one line like the other icons
    "seed": (
        '<path d="M12 7.2c2.9 2 3.9 5.6 0 8.8c-3.9-3.2-2.9-6.8 0-8.8z" fill="INK"/>'
        '<path d="M4.5 19.2h15"/>'
    ),
    "sprout": (
        '<path d="M12 20v-8.5"/><path d="M12 12c-.3-3.8-2.8-5.8-6.8-5.8'
        'c.2 4 2.6 6 6.8 5.8z" fill="INK"/><path d="M12 14.2c.3-3 2.4-4.8 5.8-4.9'
        'c-.1 3.5-2.2 5.1-5.8 4.9z" fill="INK"/><path d="M5.5 20h13"/>'
    ),
    "tree": (
        '<circle cx="12" cy="8.5" r="5.6" fill="INK"/><path d="M12 12v8.3"/><path d="M6 20.3h12"/>'
    ),
    "rooted": (
        '<circle cx="12" cy="7" r="5.6" fill="INK"/><path d="M12 11v5.5"/>'
        '<path d="M4.5 15.8h15"/><path d="M12 16c0 2.6-1.8 3.9-4.2 5.2"/>'
        '<path d="M12 16c0 2.6 1.8 3.9 4.2 5.2"/><path d="M12 16v6.2"/>'
    ),
    "wilted": (
        '<path d="M10.5 20c.2-5 .2-8.2 1.7-10c1.7-2.1 4.7-1.4 5 1.3"/>'
        '<path d="M17.2 11c1.7 1.3 1.9 3.6.3 5.3c-1.8-1.2-2.1-3.4-.3-5.3z" '
        'fill="INK"/>'
        '<path d="M10.7 14.5c-2.6-.4-4.4.6-5 3c2.4.6 4.4-.3 5-3z" fill="INK"/>'
        '<path d="M5 20.5h13"/>'
    ),
}


def plant(name: str, size: float, ink: str) -> str:
    """One of ``PLANTS`` as an icon of that size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size:g}" height="{size:g}" '
        f'viewBox="0 0 24 24" fill="none" stroke="{ink}" stroke-width="2.2" '
        f'stroke-linecap="round" stroke-linejoin="round">{_PLANTS[name].replace("INK", ink)}</svg>'
    )


def plant_of(stage: str, age: int, stalled: bool) -> str:
    """How a project looks: a seed, a sprout, a tree, a rooted tree, or a wilted thing."""
    if stalled:
        return "wilted"
    if stage == "running":
        return "seed" if age < 2 else "sprout"
    return "rooted" if stage == "embedded" else "tree"


def disc(radius: float, fill: str, rim: str, width: float, *, dash: bool = False) -> str:
    """A round mark with a ring of the canvas's colour; ``dash`` for one who stands outside."""
    side = 2 * (radius + width)
    c = side / 2
    body = f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius + width / 2:.1f}" fill="{rim}"/>'
    if not dash:
        body += f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius - width / 2:.1f}" fill="{fill}"/>'
        return document(side, side, body)
    step = 2 * math.pi * radius / 18
    return document(
        side,
        side,
        body
        + f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius - width * 1.9:.1f}" fill="{fill}"/>'
        + f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius - width * 0.3:.1f}" fill="none" '
        f'stroke="{fill}" stroke-width="{width * 1.2:.1f}" '
        f'stroke-dasharray="{step * 0.55:.1f} {step * 0.45:.1f}"/>',
    )
