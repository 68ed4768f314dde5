"""How ties run between partners, and where the marks on them lie.

A tie is a quadratic curve that bows toward the middle of the table so that it passes
through nobody else's disc.  Marks (badges, lumps in the cloth, projects) are laid down
one after the other, each at the nearest free point.  Pure geometry; pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.view.table_geometry import CHAIR, TableShape

_T = np.linspace(0.0, 1.0, 33)


@dataclass(frozen=True)
class Curve:
    """A quadratic Bézier curve from one partner's centre to another's."""

    start: tuple[float, float]
    control: tuple[float, float]
    end: tuple[float, float]

    def point(self, t: float) -> tuple[float, float]:
        """The point at ``t``, 0 at the start, 1 at the end."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )

    def normal(self, t: float) -> tuple[float, float]:
        """The unit vector across the curve at ``t``."""
        dx = (1 - t) * (self.control[0] - self.start[0]) + t * (self.end[0] - self.control[0])
        dy = (1 - t) * (self.control[1] - self.start[1]) + t * (self.end[1] - self.control[1])
        long = math.hypot(dx, dy) or 1.0
        return (-dy / long, dx / long)

    def points(self) -> np.ndarray:
        """33 points along the curve, shape (33, 2)."""
        t = _T[:, None]
        start, control, end = np.array(self.start), np.array(self.control), np.array(self.end)
        line: np.ndarray = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
        return line

    def nearest(self, x: float, y: float) -> float:
        """Distance of a point from the curve."""
        return float(np.hypot(*(self.points() - (x, y)).T).min())

    def path(self) -> str:
        """The curve as the ``d`` of an SVG path."""
        (ax, ay), (bx, by), (cx, cy) = self.start, self.control, self.end
        return f"M{ax:.1f} {ay:.1f}Q{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f}"


_PULLS = (0.34, 0.48, 0.2, 0.62, 0.76, 0.08, 0.9, -0.08)
_LEANS = (0.06, -0.06, 0.16, -0.16, 0.28, -0.28, 0.42, -0.42, 0.6, -0.6)
_BENDS = np.array(
    [(pull, lean, k + 1.5 * m) for k, pull in enumerate(_PULLS) for m, lean in enumerate(_LEANS)]
)
"""Toward the middle of the table, across, and what the bend costs by itself."""


def route(shape: TableShape, a: str, b: str) -> Curve:
    """The tie from ``a`` to ``b``: through nobody else, off other people's names if it can.

    All bends are looked at together, and the gentlest taken that meets nobody; if every bend
    meets somebody, the one that stays furthest away.
    """
    one, two = shape.place(a), shape.place(b)
    others = [(p.x, p.y) for p in shape.places if p.id not in (a, b)]
    start, end = np.array((one.x, one.y)), np.array((two.x, two.y))
    middle, across = (start + end) / 2, np.array((start[1] - end[1], end[0] - start[0]))
    # opposite ties would all cross in one point: lean each a little its own way
    sign = 1 if (shape.places.index(one) + shape.places.index(two)) % 2 else -1
    controls = middle + (np.array(shape.centre) - middle) * _BENDS[:, :1]
    controls = controls + across * (_BENDS[:, 1:2] * sign)
    t = _T[None, :, None]
    points = (1 - t) ** 2 * start + 2 * t * (1 - t) * controls[:, None, :] + t**2 * end
    cost = _BENDS[:, 2].copy()
    want = shape.radius * CHAIR
    for centre in others:
        near = np.hypot(points[..., 0] - centre[0], points[..., 1] - centre[1]).min(axis=1)
        cost += np.maximum(0.0, want - near) * 100 / want
    free = points[:, 3:-3]
    for place in shape.places:
        x, y, w, h = place.label.box
        inside = (free >= (x, y)).all(axis=2) & (free <= (x + w, y + h)).all(axis=2)
        cost += 2.5 * inside.sum(axis=1)
    size = np.array((shape.width, shape.height))
    cost += 20.0 * ((points <= 4) | (points >= size - 4)).any(axis=2).sum(axis=1)
    best = controls[int(np.argmin(cost))]
    return Curve((one.x, one.y), (float(best[0]), float(best[1])), (two.x, two.y))


@dataclass(frozen=True)
class Spot:
    """Where a mark lies: centre and radius."""

    x: float
    y: float
    radius: float

    def touches(self, other: Spot, gap: float) -> bool:
        """Whether the two discs come nearer than ``gap``."""
        return math.hypot(self.x - other.x, self.y - other.y) < self.radius + other.radius + gap


_ALONG = (
    0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78, 0.18, 0.82,
)  # fmt: skip
_ASIDE = (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0, 3.0, -3.0)


class Marks:
    """Lays marks down so that none covers another, a partner or a name."""

    def __init__(self, shape: TableShape, gap: float) -> None:
        self.shape = shape
        self.gap = gap
        self.taken: list[Spot] = []

    def _costs(self, x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
        """0 where a mark is free to lie, more the worse it would sit; one for each point."""
        shape = self.shape
        cost = np.zeros(len(x))
        for other in self.taken:
            near = np.hypot(x - other.x, y - other.y)
            cost += np.maximum(0.0, radius + other.radius + self.gap - near)
        for place in shape.places:
            near = np.hypot(x - place.x, y - place.y)
            cost += np.maximum(0.0, radius + shape.radius * CHAIR - near)
            left, top, wide, tall = place.label.box
            across = np.maximum(np.maximum(left - x, x - left - wide), 0.0)
            down = np.maximum(np.maximum(top - y, y - top - tall), 0.0)
            cost += np.maximum(0.0, radius * 0.9 - np.hypot(across, down))
        edge = radius + 2
        inside = (x >= edge) & (x <= shape.width - edge) & (y >= edge) & (y <= shape.height - edge)
        cost[~inside] += 1000.0
        return cost

    def _lay(self, wishes: Sequence[tuple[float, float]], radius: float) -> Spot:
        """The first wish that is free, else the one where the mark sits least badly."""
        points = np.array(wishes)
        best = wishes[int(np.argmin(self._costs(points[:, 0], points[:, 1], radius)))]
        spot = Spot(best[0], best[1], radius)
        self.taken.append(spot)
        return spot

    def on_curve(self, curve: Curve, radius: float, *, stray: float = 3.0) -> Spot:
        """A mark on a tie, as near its middle as may be, at most ``stray`` radii beside it."""
        wishes = []
        for off in _ASIDE:
            if abs(off) > stray:
                continue
            for t in _ALONG:
                x, y = curve.point(t)
                nx, ny = curve.normal(t)
                wishes.append((x + nx * off * radius, y + ny * off * radius))
        return self._lay(wishes, radius)

    def among(self, points: Sequence[tuple[float, float]], radius: float) -> Spot:
        """A mark amid several partners, on the cloth, drawn toward the middle of the table."""
        cx, cy = self.shape.centre
        mx = sum(p[0] for p in points) / len(points)
        my = sum(p[1] for p in points) / len(points)
        x, y = cx + (mx - cx) * 0.72, cy + (my - cy) * 0.62
        wishes = [(x, y)]
        for ring in range(1, 14):
            for k in range(6 + 2 * ring):
                turn = 2 * math.pi * k / (6 + 2 * ring)
                far = ring * radius * 0.6
                wish = (x + math.cos(turn) * far, y + math.sin(turn) * far)
                if self.shape.on_cloth(*wish, margin=radius):
                    wishes.append(wish)
        return self._lay(wishes, radius)
