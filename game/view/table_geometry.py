"""Where everybody sits: an ellipse of seats in the file's order, the others outside it.

Pure geometry, so that it can be asserted without a window.  Pixels; y grows downward.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np

from game.view.table_labels import LINE, SQUARE, Label, Measure, Spot, lettering, place_labels

CHAIR = 1.34
"""A partner keeps this many disc radii free: the back of its chair and its badges."""


@dataclass(frozen=True)
class Place:
    """One partner's place in the picture."""

    id: str
    x: float
    y: float
    facing: float  # radians, toward the table's middle
    at_table: bool
    label: Label


@dataclass(frozen=True)
class TableShape:
    """Everything about the picture that depends on who is there and on the size alone."""

    width: float
    height: float
    centre: tuple[float, float]
    cloth: tuple[float, float]  # radii of the tablecloth
    radius: float  # of a partner's disc
    font: int
    places: tuple[Place, ...]  # in the file's order

    def place(self, partner: str) -> Place:
        """The place of the partner with that id (KeyError if there is none)."""
        for place in self.places:
            if place.id == partner:
                return place
        raise KeyError(partner)

    def at(self, x: float, y: float) -> str:
        """The id of the partner whose disc or name is at that point, or ""."""
        for place in self.places:
            if math.hypot(x - place.x, y - place.y) <= self.radius * 1.15:
                return place.id
        for place in self.places:
            if place.label.box.distance(x, y) == 0:
                return place.id
        return ""

    def on_cloth(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies on the cloth, ``margin`` pixels inside its edge."""
        rx, ry = self.cloth[0] - margin, self.cloth[1] - margin
        if rx <= 0 or ry <= 0:
            return False
        across, down = abs(x - self.centre[0]) / rx, abs(y - self.centre[1]) / ry
        return bool(across**SQUARE + down**SQUARE <= 1)

    def rim(self, shrink: float = 0.0) -> list[tuple[float, float]]:
        """Points along the cloth's edge, clockwise from the top, ``shrink`` pixels inside it."""
        rx, ry = self.cloth[0] - shrink, self.cloth[1] - shrink
        cx, cy = self.centre
        return [(cx + x * rx, cy + y * ry) for x, y in _CIRCLE[::4].tolist()]


def seats_on_ellipse(count: int, rx: float, ry: float, first: float) -> list[tuple[float, float]]:
    """``count`` points at equal distances along a squarish ellipse around the origin.

    The first stands ``first`` steps after the top, the others follow clockwise.
    """
    x, y = rx * _CIRCLE[:, 0], ry * _CIRCLE[:, 1]
    run = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    goals = run[-1] * ((np.arange(count) + first) / max(count, 1) % 1.0)
    turns = np.interp(goals, run, _TURNS)
    unit = _squarish(turns)
    return list(zip((rx * unit[:, 0]).tolist(), (ry * unit[:, 1]).tolist()))


def _squarish(turns: np.ndarray) -> np.ndarray:
    """Points of the unit shape at these angles from the top, shape (n, 2)."""
    circle = np.stack([np.sin(turns), -np.cos(turns)], axis=1)
    points: np.ndarray = np.sign(circle) * np.abs(circle) ** (2 / SQUARE)
    return points


_TURNS = np.linspace(0.0, 2 * math.pi, 361)
_CIRCLE = _squarish(_TURNS)


@dataclass(frozen=True)
class _Try:
    """One attempt: sizes, and how much room round the ellipse is left for names."""

    radius: float
    font: int
    side: float
    top: float
    bottom: float
    first: float
    widest: float
    worst: float  # see place_labels


_LARGE = (1.0, 0.88, 0.76)
_SMALL = (0.82, 0.72, 0.62, 0.52)


def _tries(
    count: int,
    canvas: tuple[float, float],
    font: int,
    unit: float,
    least: float,
    worst: float,
    discs: Sequence[float],
) -> list[_Try]:
    """Attempts at one size of type, the handsomest first: a large table, large discs.

    The ellipse takes at least ``least`` of the canvas each way.
    """
    width, height = canvas
    crowd = (
        78
        if count <= 4
        else 66
        if count <= 6
        else 58
        if count <= 8
        else 54
        if count <= 10
        else 46
        if count <= 12
        else 42
    )
    found: list[tuple[float, _Try]] = []
    for disc in discs:
        radius = crowd * unit * disc
        keep = radius * CHAIR
        rooms = [keep + lines * font * LINE + font * 0.4 for lines in (0, 1, 2, 3)]
        sides = [max(keep, keep + font * wide) + font * 0.3 for wide in (0.0, 3.0, 5.5, 8.0, 10.0)]
        for (up, top), (down, bottom), side, first in product(
            enumerate(rooms), enumerate(rooms), sides, (0.0, 0.5)
        ):
            if abs(up - down) > 1:
                continue
            rx, ry = width / 2 - side, (height - top - bottom) / 2
            if rx < max(keep * 1.5, least * width) or ry < max(keep * 1.5, least * height):
                continue
            attempt = _Try(radius, font, side, top, bottom, first, width, worst)
            # a round table reads better than a plank, a large disc better than a small one
            found.append((-rx * ry**1.2 * disc**1.3, attempt))
    found.sort(key=lambda item: item[0])
    return [attempt for _score, attempt in found]


def _sizes(font: int, small: int) -> Iterator[int]:
    """Sizes of type from ``font`` down to ``small``."""
    while font > small:
        yield font
        font = round(font * 0.87)
    yield small


def _last_tries(count: int, size: int, unit: float) -> Iterator[_Try]:
    """When nothing else fits: names are cut and discs shrink."""
    for shrink in (0.7, 0.55, 0.4, 0.25):
        radius = (44 if count <= 9 else 34) * unit * shrink
        keep = radius * CHAIR
        for most in (7.0, 5.0, 3.5, 2.0):
            side = keep + size * (most + 0.5)
            room = keep + size * LINE * 2.3
            yield _Try(radius, size, side, room, room, 0.0, size * most, 1e9)


def _standing(
    count: int, seats: Sequence[tuple[float, float]], attempt: _Try, width: float, height: float
) -> list[tuple[float, float]] | None:
    """Places for those outside: the corners first, then along the edges; None if none is free."""
    keep = attempt.radius * CHAIR
    near_x = keep + attempt.font * 2.6
    near_y = keep + attempt.font * 0.4
    low = height - near_y - attempt.font * LINE * 1.2
    found: list[tuple[float, float]] = []
    far = width - near_x
    spots = [(far, low), (near_x, low), (far, near_y), (near_x, near_y)]
    step = keep * 2 + attempt.font * 4
    for k in range(1, 4):
        for x, y in ((far, low), (near_x, low), (far, near_y), (near_x, near_y)):
            spots.append((x + (step * k if x == near_x else -step * k), y))
    for x, y in spots:
        if len(found) == count:
            break
        taken = [*seats, *found]
        if all(math.dist((x, y), other) >= keep * 2.3 for other in taken):
            found.append((x, y))
    return found if len(found) == count else None


def _outward(x: float, y: float, rx: float, ry: float) -> tuple[float, float]:
    """The direction away from the shape at a point given in shares of its radii."""
    power = SQUARE - 1
    return (
        math.copysign(abs(x) ** power, x) / rx,
        math.copysign(abs(y) ** power, y) / ry,
    )


def _shape(
    attempt: _Try,
    canvas: tuple[float, float],
    partners: Sequence[tuple[str, str, bool]],
    measure: Measure,
) -> TableShape | None:
    width, height = canvas
    keep = attempt.radius * CHAIR
    rx, ry = width / 2 - attempt.side, (height - attempt.top - attempt.bottom) / 2
    if rx < keep * 1.5 or ry < keep * 1.5:
        return None
    middle = (width / 2, attempt.top + ry)
    inside = [p for p in partners if p[2]]
    outside = [p for p in partners if not p[2]]
    seats = [
        (middle[0] + x, middle[1] + y)
        for x, y in seats_on_ellipse(len(inside), rx, ry, attempt.first)
    ]
    # only neighbours can come too near: the others are further round
    if any(math.dist(seats[k - 1], here) < keep * 2.12 for k, here in enumerate(seats) if k):
        return None
    standing = _standing(len(outside), seats, attempt, width, height)
    if standing is None:
        return None
    cloth = (rx - attempt.radius * 0.4, ry - attempt.radius * 0.4)
    where = dict(zip([p[0] for p in inside], seats)) | dict(zip([p[0] for p in outside], standing))
    spots = []
    for id, _name, _at_table in partners:
        x, y = where[id]
        # away from the table: along the ellipse's normal, so that top names stand above
        dx, dy = _outward((x - middle[0]) / rx, (y - middle[1]) / ry, rx, ry)
        long = math.hypot(dx, dy) or 1.0
        spots.append(Spot(x, y, keep, dx / long, dy / long))

    letters = lettering(tuple(p[1] for p in partners), attempt.font, keep, measure, attempt.widest)
    labels = place_labels(
        canvas,
        spots,
        letters,
        font=attempt.font,
        edge=attempt.font * (0.45 if attempt.worst < 1.5 else 0.25),
        cloth=(*middle, *cloth),
        worst=attempt.worst,
    )
    if labels is None:
        return None
    return TableShape(
        width=width,
        height=height,
        centre=middle,
        cloth=cloth,
        radius=attempt.radius,
        font=attempt.font,
        places=tuple(
            Place(id, spot.x, spot.y, math.atan2(-spot.out_y, -spot.out_x), at_table, label)
            for (id, _, at_table), spot, label in zip(partners, spots, labels)
        ),
    )


def seat_partners(
    width: float,
    height: float,
    partners: Sequence[tuple[str, str, bool]],
    measure: Measure,
    *,
    font: int,
    unit: float,
) -> TableShape:
    """Places, discs and names for everybody.

    ``partners`` are (id, name, at the table) in the file's order; ``font`` the size names
    should have, ``unit`` the layout's u.  Type and discs shrink step by step until nothing
    touches; in a canvas too small for anything the last attempt is drawn all the same.
    """
    count, canvas = len(partners), (width, height)
    room = min(font, max(8, round(30 * unit)))  # what the room can read
    floor = min(font, max(8, round(22 * unit)))
    for attempt in chain(
        *(_tries(count, canvas, size, unit, 0.24, 0.9, _LARGE) for size in _sizes(font, room)),
        _tries(count, canvas, room, unit, 0.18, 1.55, (1.0, 0.8, 0.7)),
        _tries(count, canvas, room, unit, 0.17, 1.7, _SMALL),
        *(_tries(count, canvas, size, unit, 0.0, 1e9, (0.6, 0.45)) for size in _sizes(room, floor)),
        _last_tries(count, floor, unit),
    ):
        shape = _shape(attempt, (width, height), partners, measure)
        if shape is not None:
            return shape
    raise ValueError(f"no room for {len(partners)} partners in {width:.0f} × {height:.0f}")
