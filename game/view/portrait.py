"""A scenario's small portrait: its people round a table, the ties its file tells of."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from game.view import icons, svg
from game.view.table_faces import INK, WHITE
from game.view.theme import Theme, mix

if TYPE_CHECKING:
    from sim.scenario import Scenario

_WIDTHS = (1.0, 1.1, 1.8, 2.8, 4.0)
_BANDS = (0.2, 0.4, 0.55, 0.7)  # between the words broken, wary, civil, good, deep
_ICONS_FROM = 9.0  # radius of a disc in pixels, from which its icon can be made out


def portrait(scenario: Scenario, width: int, height: int, theme: Theme) -> str:
    """The portrait as SVG text, ``width`` × ``height`` pixels."""
    partners = scenario.partners
    unit = min(width / 1.5, height) / 100
    count = len(partners)
    size = (13.0 if count <= 4 else 10.5 if count <= 8 else 9.4 if count <= 11 else 7.6) * unit
    seats = _seats([partner.at_table for partner in partners], width, height, size)
    places = {partner.id: seat for partner, seat in zip(partners, seats, strict=True)}
    body = [_cloth(width, height, size, unit, theme)]
    cx, cy = width / 2, height / 2
    told = [tie for tie in scenario.ties if tie.trust is not None]
    for tie in sorted(told, key=lambda tie: tie.trust or 0.0):
        if tie.trust is None or tie.from_ not in places or tie.to not in places:
            continue
        band = sum(tie.trust >= edge for edge in _BANDS)
        (x, y), (to_x, to_y) = places[tie.from_], places[tie.to]
        bend_x, bend_y = (x + to_x + 0.8 * cx) / 2.8, (y + to_y + 0.8 * cy) / 2.8
        dots = f' stroke-dasharray="{0.1 * unit:.2f} {2.6 * unit:.1f}"' if band == 0 else ""
        body.append(
            f'<path d="M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {to_x:.1f} {to_y:.1f}" '
            f'fill="none" stroke="{theme.trust[band]}" stroke-width="{_WIDTHS[band] * unit:.1f}"'
            f'{dots} stroke-linecap="round" stroke-opacity="{0.5 if band < 3 else 0.9}"/>'
        )
    for partner in partners:
        x, y = places[partner.id]
        body.append(_person(partner.sector, partner.icon, partner.at_table, x, y, size, theme))
        body.append(_eyes(x, y, math.atan2(cy - y, cx - x), size))
    return svg.document(width, height, "".join(body))


def _cloth(width: int, height: int, size: float, unit: float, theme: Theme) -> str:
    """The table, a little from above."""
    x, y = width / 2, height / 2
    rx, ry = width / 2 - size * 2.75, height / 2 - size * 2.05
    dark = theme.name == "dark"
    top = theme.panel2 if dark else theme.canvas
    hem = theme.background if dark else mix(theme.hairline, theme.muted, 0.12)
    return (
        f'<ellipse cx="{x:.1f}" cy="{y + 3.4 * unit:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" '
        f'fill="{hem}"/>'
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{top}" '
        f'stroke="{theme.hairline}" stroke-width="{0.8 * unit:.1f}"/>'
    )


def _person(
    sector: str, icon: str, seated: bool, x: float, y: float, size: float, theme: Theme
) -> str:
    colour = theme.sector(sector)
    body = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 1.14:.1f}" fill="{theme.panel}"/>'
    if seated:
        body += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour}"/>'
    else:
        step = 2 * math.pi * size / 14
        body += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.8:.1f}" fill="{colour}"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.98:.1f}" fill="none" '
            f'stroke="{colour}" stroke-width="{size * 0.13:.2f}" '
            f'stroke-dasharray="{step * 0.55:.2f} {step * 0.45:.2f}"/>'
        )
    if size < _ICONS_FROM:
        return body
    scale = size * (1.08 if seated else 0.92) / 24
    return body + (
        f'<g transform="translate({x - 12 * scale:.2f} {y - 12 * scale:.2f}) scale({scale:.4f})" '
        f'fill="none" stroke="{theme.on_sector}" stroke-width="2.2" stroke-linecap="round" '
        f'stroke-linejoin="round">{_lines(icon)}</g>'
    )


@lru_cache(maxsize=64)
def _lines(icon: str) -> str:
    """What is inside an icon's file."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", icons.source(icon), re.DOTALL)
    return " ".join(found.group(1).split()) if found else ""


def _eyes(x: float, y: float, looks: float, size: float) -> str:
    """Two eyes on the rim, toward the table."""
    body = ""
    for across in (-0.44, 0.44):
        ex, ey = x + math.cos(looks + across) * size, y + math.sin(looks + across) * size
        px, py = ex + math.cos(looks) * size * 0.09, ey + math.sin(looks) * size * 0.09
        for at_x, at_y, r, tone in (
            (ex, ey, 0.31, INK), (ex, ey, 0.25, WHITE), (px, py, 0.145, INK),
        ):  # fmt: skip
            body += f'<circle cx="{at_x:.2f}" cy="{at_y:.2f}" r="{size * r:.2f}" fill="{tone}"/>'
    return body


def _seats(
    at_table: Sequence[bool], width: int, height: int, size: float
) -> list[tuple[float, float]]:
    """Those at the table around it in the file's order, the others in the lower corners."""
    inside = sum(at_table)
    rx, ry = width / 2 - size * 2.3, height / 2 - size * 1.5
    seats: list[tuple[float, float]] = []
    sat = stood = 0
    for here in at_table:
        if here:
            angle = -math.pi / 2 + 2 * math.pi * (sat + 0.5 * (inside % 2 == 0)) / max(1, inside)
            x, y = width / 2 + math.cos(angle) * rx, height / 2 + math.sin(angle) * ry
            sat += 1
        else:
            left, up = stood % 2 == 0, stood // 2
            x = size * 1.5 if left else width - size * 1.5
            y = height - size * (1.5 + 2.6 * up) if up < 2 else size * 1.5
            stood += 1
        seats.append((x, y))
    return seats
