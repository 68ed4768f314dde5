"""Where everybody sits: an ellipse of seats in the file's order, the others outside it.

Pure geometry, so that it can be asserted without a window.  Pixels; y grows downward.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from game.view.table_labels import LINE, Box, Label, Measure, Spot, place_labels

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
        return ((x - self.centre[0]) / rx) ** 2 + ((y - self.centre[1]) / ry) ** 2 <= 1


def seats_on_ellipse(count: int, rx: float, ry: float, first: float) -> list[tuple[float, float]]:
    """``count`` points at equal distances along an ellipse around the origin.

    The first stands ``first`` steps after the top, the others follow clockwise.
    """
    steps = 720
    angles = [2 * math.pi * k / steps - math.pi / 2 for k in range(steps + 1)]
    points = [(rx * math.cos(a), ry * math.sin(a)) for a in angles]
    run = [0.0]
    for here, there in pairwise(points):
        run.append(run[-1] + math.dist(here, there))
    seats = []
    k = 0
    for seat in range(count):
        goal = run[-1] * ((seat + first) / max(count, 1)) % run[-1]
        k = 0 if goal < run[k] else k
        while run[k + 1] < goal:
            k += 1
        part = (goal - run[k]) / (run[k + 1] - run[k])
        a = angles[k] + (angles[k + 1] - angles[k]) * part
        seats.append((rx * math.cos(a), ry * math.sin(a)))
    return seats


@dataclass(frozen=True)
class _Try:
    """One attempt: sizes, and how much room round the ellipse is left for names."""

    radius: float
    font: int
    side: float
    top: float
    first: float
    widest: float
    least: float  # the cloth is at least this share of the canvas, each way
    worst: float  # see place_labels


def _tries(
    count: int, font: int, unit: float, width: float, least: float, small: int, worst: float
) -> Iterator[_Try]:
    """Attempts, the handsomest first: a large table, large discs, the asked size of type."""
    crowd = 44 if count <= 9 else 38 if count <= 11 else 34
    size = font
    while True:
        for disc in (1.0, 0.88, 0.76):
            radius = crowd * unit * disc
            keep = radius * CHAIR
            for lines in (1, 2, 3):
                top = keep + lines * size * LINE + size * 0.5
                for wide in (0.0, 2.5, 5.0, 7.0, 9.0):
                    side = max(keep, keep + size * wide) + size * 0.3
                    for first in (0.0, 0.5):
                        yield _Try(radius, size, side, top, first, width, least, worst)
        if size <= small:
            break
        size = max(small, round(size * 0.9))


def _last_tries(count: int, size: int, unit: float) -> Iterator[_Try]:
    """When nothing else fits: names are cut and discs shrink."""
    for shrink in (0.7, 0.55, 0.4, 0.25):
        radius = (44 if count <= 9 else 34) * unit * shrink
        keep = radius * CHAIR
        for most in (7.0, 5.0, 3.5, 2.0):
            side = keep + size * (most + 0.5)
            yield _Try(radius, size, side, keep + size * LINE * 2.3, 0.0, size * most, 0.0, 1e9)


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


def _shape(
    attempt: _Try,
    canvas: tuple[float, float],
    partners: Sequence[tuple[str, str, bool]],
    measure: Measure,
) -> TableShape | None:
    width, height = canvas
    keep = attempt.radius * CHAIR
    rx, ry = width / 2 - attempt.side, height / 2 - attempt.top
    if rx < keep * 1.5 or ry < keep * 1.5:
        return None
    if rx < attempt.least * width or ry < attempt.least * height:
        return None
    middle = (width / 2, height / 2)
    inside = [p for p in partners if p[2]]
    outside = [p for p in partners if not p[2]]
    seats = [
        (middle[0] + x, middle[1] + y)
        for x, y in seats_on_ellipse(len(inside), rx, ry, attempt.first)
    ]
    for k, here in enumerate(seats):
        if any(math.dist(here, there) < keep * 2.12 for there in seats[:k]):
            return None
    standing = _standing(len(outside), seats, attempt, width, height)
    if standing is None:
        return None
    cloth = (rx - attempt.radius * 0.72, ry - attempt.radius * 0.72)
    where = dict(zip([p[0] for p in inside], seats)) | dict(zip([p[0] for p in outside], standing))
    spots = []
    for id, _name, _at_table in partners:
        x, y = where[id]
        # away from the table: along the ellipse's normal, so that top names stand above
        dx, dy = (x - middle[0]) / rx**2, (y - middle[1]) / ry**2
        long = math.hypot(dx, dy) or 1.0
        spots.append(Spot(x, y, keep, dx / long, dy / long))

    def off_cloth(box: Box) -> bool:
        nearest_x = min(max(middle[0], box.x), box.x + box.w)
        nearest_y = min(max(middle[1], box.y), box.y + box.h)
        fx, fy = (nearest_x - middle[0]) / cloth[0], (nearest_y - middle[1]) / cloth[1]
        return fx * fx + fy * fy >= 1.0

    labels = place_labels(
        canvas,
        spots,
        [p[1] for p in partners],
        attempt.font,
        measure,
        edge=attempt.font * 0.2,
        clear=off_cloth,
        widest=attempt.widest,
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
    count = len(partners)
    room = min(font, max(8, round(30 * unit)))  # what the room can read
    floor = min(font, max(8, round(22 * unit)))
    for attempt in chain(
        _tries(count, font, unit, width, 0.27, font, 0.75),
        _tries(count, font, unit, width, 0.27, room, 1.1),
        _tries(count, font, unit, width, 0.2, room, 1.5),
        _tries(count, room, unit, width, 0.0, floor, 1e9),
        _last_tries(count, floor, unit),
    ):
        shape = _shape(attempt, (width, height), partners, measure)
        if shape is not None:
            return shape
    raise ValueError(f"no room for {len(partners)} partners in {width:.0f} × {height:.0f}")
