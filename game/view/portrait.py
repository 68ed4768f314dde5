"""A scenario's small portrait: its partners in a ring, the ties its file tells of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.view import svg
from game.view.theme import Theme

if TYPE_CHECKING:
    from sim.scenario import Scenario

_WIDTHS = (1.0, 1.0, 1.5, 2.4, 3.6)
_BANDS = (0.2, 0.4, 0.55, 0.7)  # between the words broken, wary, civil, good, deep


def portrait(scenario: Scenario, width: int, height: int, theme: Theme) -> str:
    """The portrait as SVG text, ``width`` × ``height`` pixels."""
    seats = _seats([partner.at_table for partner in scenario.partners], width, height)
    places = {partner.id: seat for partner, seat in zip(scenario.partners, seats, strict=True)}
    unit = min(width, height) / 100
    cx, cy = width / 2, height / 2
    body = [
        f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{width * 0.24:.1f}" ry="{height * 0.22:.1f}" '
        f'fill="{theme.panel2}" stroke="{theme.hairline}" stroke-width="{unit:.1f}"/>'
    ]
    for tie in scenario.ties:
        if tie.trust is None or tie.from_ not in places or tie.to not in places:
            continue
        band = sum(tie.trust >= edge for edge in _BANDS)
        (x, y), (to_x, to_y) = places[tie.from_], places[tie.to]
        bend_x, bend_y = (x + to_x + 0.6 * cx) / 2.6, (y + to_y + 0.6 * cy) / 2.6
        dots = f' stroke-dasharray="{unit:.1f} {3 * unit:.1f}"' if band == 0 else ""
        body.append(
            f'<path d="M{x:.1f} {y:.1f} Q{bend_x:.1f} {bend_y:.1f} {to_x:.1f} {to_y:.1f}" '
            f'fill="none" stroke="{theme.trust[band]}" stroke-width="{_WIDTHS[band] * unit:.1f}"'
            f'{dots} stroke-linecap="round"/>'
        )
    for partner in scenario.partners:
        x, y = places[partner.id]
        colour = theme.sector(partner.sector)
        if partner.at_table:
            paint = f'fill="{colour}" stroke="{theme.panel}" stroke-width="{1.5 * unit:.1f}"'
        else:
            paint = f'fill="{theme.panel}" stroke="{colour}" stroke-width="{2.2 * unit:.1f}"'
        body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{6.5 * unit:.1f}" {paint}/>')
    return svg.document(width, height, "".join(body))


def _seats(at_table: Sequence[bool], width: int, height: int) -> list[tuple[float, float]]:
    """Those at the table around it in the file's order, the others farther out below."""
    inside = sum(at_table)
    outside = len(at_table) - inside
    seats: list[tuple[float, float]] = []
    sat = stood = 0
    for here in at_table:
        if here:
            angle = -math.pi / 2 + 2 * math.pi * sat / max(1, inside)
            reach = 0.33
            sat += 1
        else:
            # from the lower left corner to the lower right one
            angle = math.pi * (0.78 - 0.56 * (stood / (outside - 1) if outside > 1 else 0.0))
            reach = 0.52
            stood += 1
        x = width / 2 + math.cos(angle) * reach * width
        y = height / 2 + math.sin(angle) * reach * height
        margin = 0.08 * min(width, height)
        seats.append((min(max(x, margin), width - margin), min(max(y, margin), height - margin)))
    return seats
