"""A measure as a line: how it went, and what to hold it against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.view import svg
from game.view.layout import Layout
from game.view.theme import Theme

YEAR = 12


@dataclass(frozen=True)
class Lines:
    """What is drawn: the values month by month, and a line to compare them with."""

    ours: tuple[float, ...]
    beside: tuple[float, ...]  # dotted
    months: int  # the whole width

    @staticmethod
    def of(ours: Sequence[float], beside: Sequence[float]) -> Lines:
        """As many whole years as it takes."""
        months = max(1, -(-(len(ours) - 1) // YEAR)) * YEAR
        return Lines(tuple(ours), tuple(beside), months)

    def range(self) -> tuple[float, float]:
        """The lowest and the highest value there is room for."""
        values = (*self.ours, *self.beside)
        low, high = min(values), max(values)
        room = max((high - low) * 0.2, abs(high) * 0.03, 1e-6)
        return low - room, high + room


def picture(
    layout: Layout, theme: Theme, width: int, height: int, lines: Lines, *, bold: bool = True
) -> pygame.Surface:
    """The lines on a faint ground, a mark at each year's end, a dot at the last month."""
    low, high = lines.range()
    edge = layout.px(9)

    def point(month: float, value: float) -> tuple[float, float]:
        x = edge + (width - 2 * edge) * month / lines.months
        y = height - edge - (height - 2 * edge) * (value - low) / (high - low)
        return x, y

    def path(values: Sequence[float], colour: str, stroke: float, dash: str) -> str:
        if len(values) < 2:
            return ""
        points = [point(month, value) for month, value in enumerate(values)]
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return (
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{stroke:g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
        )

    body = f'<rect width="{width}" height="{height}" rx="{layout.px(8)}" fill="{theme.panel2}"/>'
    for year in range(YEAR, lines.months, YEAR):
        x, _y = point(year, low)
        body += f'<path d="M{x:.1f} 0V{height}" stroke="{theme.hairline}" stroke-width="2"/>'
    stroke = layout.px(5 if bold else 4)
    dot = f"{layout.px(1)} {layout.px(9)}"
    body += path(lines.beside, theme.muted, layout.px(4), dot)
    body += path(lines.ours, theme.accent, stroke, "")
    x, y = point(0, lines.ours[0])
    body += (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{layout.px(6)}" fill="{theme.panel}" '
        f'stroke="{theme.accent}" stroke-width="{layout.px(3)}"/>'
    )
    if len(lines.ours) > 1:
        x, y = point(len(lines.ours) - 1, lines.ours[-1])
        body += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{layout.px(8)}" fill="{theme.accent}"/>'
    return svg.picture(svg.document(width, height, body), width, height)


def sample(layout: Layout, theme: Theme, width: int, height: int, kind: str) -> pygame.Surface:
    """A short piece of a line, for a legend: "ours", "beside" or "start"."""
    y, side = height / 2, layout.px(4)
    if kind == "start":
        body = (
            f'<circle cx="{width / 2:g}" cy="{y:g}" r="{layout.px(6)}" fill="{theme.panel}" '
            f'stroke="{theme.accent}" stroke-width="{layout.px(3)}"/>'
        )
    elif kind == "beside":
        body = (
            f'<path d="M{side} {y:g}H{width - side}" stroke="{theme.muted}" '
            f'stroke-width="{layout.px(4)}" stroke-linecap="round" '
            f'stroke-dasharray="{layout.px(1)} {layout.px(9)}"/>'
        )
    else:
        body = (
            f'<path d="M{side} {y:g}H{width / 2:g}" stroke="{theme.accent}" '
            f'stroke-width="{layout.px(5)}" stroke-linecap="round"/>'
            f'<circle cx="{width / 2:g}" cy="{y:g}" r="{layout.px(8)}" fill="{theme.accent}"/>'
        )
    return svg.picture(svg.document(width, height, body), width, height)
