"""Where names go beside their partners, so that no two ever touch.

Pure geometry: no fonts, no surfaces.  Widths of words come in as a function, boxes go
out.  All numbers are pixels, y grows downward.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

Measure = Callable[[str, int], float]
"""Width of a line of text at a font size."""

SQUARE = 2.3
"""How square the table is: 2 would be an ellipse, more uses a wide canvas better."""
LINE = 1.2
"""Height of a line of text, in font sizes."""


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def inside(self, width: float, height: float, edge: float) -> bool:
        """Whether it lies in a canvas of that size, ``edge`` away from the border."""
        return (
            self.x >= edge
            and self.y >= edge
            and self.x + self.w <= width - edge
            and self.y + self.h <= height - edge
        )

    def distance(self, x: float, y: float) -> float:
        """From the point to the nearest point of the box; 0 inside."""
        dx = max(self.x - x, 0.0, x - self.x - self.w)
        dy = max(self.y - y, 0.0, y - self.y - self.h)
        return math.hypot(dx, dy)


@dataclass(frozen=True)
class Label:
    """A name in its place: the box, its lines, and how they stand in it."""

    box: Box
    lines: tuple[str, ...]
    align: str  # left, centre, right


@dataclass(frozen=True)
class Spot:
    """A disc that wants a label: centre, radius it keeps free, direction away from the table."""

    x: float
    y: float
    keep: float
    out_x: float
    out_y: float


@cache
def wrappings(text: str, most: int = 3) -> tuple[tuple[str, ...], ...]:
    """The text on one, two … ``most`` lines, each broken where the longest line is shortest."""
    words = text.split()
    found: list[tuple[str, ...]] = []
    for count in range(1, min(most, len(words)) + 1):
        best: tuple[str, ...] = ()
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = (0, *cuts, len(words))
            lines = tuple(" ".join(words[i:j]) for i, j in pairwise(edges))
            if not best or max(map(len, lines)) < max(map(len, best)):
                best = lines
        found.append(best)
    return tuple(found)


def shorten(line: str, size: int, width: float, measure: Measure) -> str:
    """The line, cut with "…" so that it fits the width."""
    if measure(line, size) <= width:
        return line
    while line and measure(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"


KEPT = 10
"""So many of the best places are tried for each name."""
STEPS = 400
"""So often a name is put down before a search is given up."""


@dataclass(frozen=True)
class Lettering:
    """The places a set of names could take beside discs of one radius, at one size of type.

    Arrays with one row a name and one column a place: where the box lies from the disc's
    centre, on which side of it, and what the place costs by itself.
    """

    labels: tuple[tuple[tuple[tuple[str, ...], str], ...], ...]  # lines and alignment
    corner: np.ndarray  # [name, place, 2]
    size: np.ndarray  # [name, place, 2]
    side: np.ndarray  # [name, place, 2], unit vectors
    cost: np.ndarray  # [name, place]; infinite where there is no such place


@lru_cache(maxsize=64)
def lettering(
    names: tuple[str, ...], size: int, keep: float, measure: Measure, widest: float
) -> Lettering:
    """All places for all names; the same for every attempt with these sizes."""
    each = [_places(name, size, keep, measure, widest) for name in names]
    most = max(len(places) for places in each)
    corner = np.zeros((len(names), most, 2))
    box = np.zeros((len(names), most, 2))
    side = np.zeros((len(names), most, 2))
    cost = np.full((len(names), most), np.inf)
    for k, places in enumerate(each):
        for m, (_lines, _align, x, y, w, h, dx, dy, price) in enumerate(places):
            long = math.hypot(dx, dy)
            corner[k, m], box[k, m], side[k, m] = (x, y), (w, h), (dx / long, dy / long)
            cost[k, m] = price
    labels = tuple(tuple((place[0], place[1]) for place in places) for places in each)
    return Lettering(labels, corner, box, side, cost)


_Place = tuple[tuple[str, ...], str, float, float, float, float, float, float, float]


def _places(name: str, size: int, keep: float, measure: Measure, widest: float) -> list[_Place]:
    """Lines, alignment, x, y, w, h, the side it stands on, its price."""
    reach = keep + size * 0.16
    found: list[_Place] = []
    for count, wrapped in enumerate(wrappings(name)):
        lines = tuple(shorten(line, size, widest, measure) for line in wrapped)
        w = max(measure(line, size) for line in lines) + size * 0.2
        h = len(lines) * size * LINE
        cut = 3.0 * sum(a != b for a, b in zip(lines, wrapped))
        price = cut
        price += max(0.0, w / (size * 9) - 1) * 0.5 if count == 0 else (0.12, 0.42)[count - 1]
        sides = [
            (-w / 2, reach, "centre", 0.0, 1.0),
            (-w / 2, -reach - h, "centre", 0.0, -1.0),
            (reach, -h / 2, "left", 1.0, 0.0),
            (-reach - w, -h / 2, "right", -1.0, 0.0),
        ]
        for across in (-1.0, 1.0):
            align = "right" if across < 0 else "left"
            for slide in (0.3, 0.6):
                shift = across * max(0.0, w / 2 - keep * 0.4) * slide / 0.6
                sides.append((-w / 2 + shift, reach, align, across * slide, 0.9))
                sides.append((-w / 2 + shift, -reach - h, align, across * slide, -0.9))
            slanted = reach * 0.75
            x = slanted if across > 0 else -slanted - w
            sides.append((x, slanted, align, across * 0.7, 0.7))
            sides.append((x, -slanted - h, align, across * 0.7, -0.7))
        for x, y, align, dx, dy in sides:
            extra = 0.3 + 0.5 * abs(dx) if dx and dy else 0.0
            found.append((lines, align, x, y, w, h, dx, dy, price + extra))
    return found


def place_labels(
    canvas: tuple[float, float],
    spots: Sequence[Spot],
    letters: Lettering,
    *,
    font: float,
    edge: float = 4,
    cloth: tuple[float, float, float, float] = (0.0, 0.0, 1e-9, 1e-9),
    worst: float = 1e9,
) -> tuple[Label, ...] | None:
    """A label for every disc, touching no disc, no other label and not the cloth, or None.

    ``font`` is the size of type; ``cloth`` the table's centre and radii; ``worst`` is how far
    from the best a name may stand (0 straight behind its partner, 1 beside, more near others).
    The search puts the most constrained names down first and gives up after a fixed number of
    steps, so that it always answers quickly and always the same.
    """
    centres = np.array([(spot.x, spot.y) for spot in spots])
    out = np.array([(spot.out_x, spot.out_y) for spot in spots])
    low = letters.corner + centres[:, None, :]
    high = low + letters.size
    price = letters.cost + 1 - (letters.side * out[:, None, :]).sum(axis=2)
    fits = (low >= edge).all(axis=2) & (high <= np.array(canvas) - edge).all(axis=2)
    fits &= price <= worst
    if not fits.any(axis=1).all():
        return None
    # only the places that are left so far are worth measuring
    who, where = np.nonzero(fits)
    near, far = low[who, where], high[who, where]
    middle, radii = np.array(cloth[:2]), np.array(cloth[2:])
    nearest = (np.minimum(np.maximum(middle, near), far) - middle) / radii
    gap = np.minimum(np.maximum(centres, near[:, None]), far[:, None]) - centres
    away = (np.hypot(gap[..., 0], gap[..., 1]) - spots[0].keep) / font
    away[np.arange(len(who)), who] = 9.0  # its own disc
    room = away.min(axis=1)
    # a name close to somebody else's disc could be taken for theirs
    total = price[who, where] + 1.6 * np.maximum(0.0, 0.8 - room)
    good = ((np.abs(nearest) ** SQUARE).sum(axis=1) >= 1.0) & (room >= 0.12) & (total <= worst)
    cost = np.full(price.shape, np.inf)
    cost[who[good], where[good]] = total[good]
    fits = np.isfinite(cost)
    if not fits.any(axis=1).all():
        return None
    best = np.argsort(cost, axis=1, kind="stable")[:, :KEPT]
    chosen = _search(fits, best, low, high, (font * (0.35 if worst < 1.5 else 0.15), 0.0))
    if chosen is None:
        return None
    labels = []
    for k, m in enumerate(chosen):
        lines, align = letters.labels[k][m]
        (x, y), (w, h) = low[k, m].tolist(), letters.size[k, m].tolist()
        labels.append(Label(Box(x, y, w, h), lines, align))
    return tuple(labels)


def _search(
    fits: np.ndarray,
    best: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    apart: tuple[float, float],
) -> list[int] | None:
    """A place for each name such that no two boxes come nearer than ``apart``, or None."""
    count, tried = best.shape
    rows = np.arange(count)[:, None]
    first, last = low[rows, best].reshape(-1, 2), high[rows, best].reshape(-1, 2) + apart
    clash = ((first[:, None] < last[None]) & (first[None] < last[:, None])).all(axis=2)
    able = fits[rows, best]
    hits: list[list[bool]] = clash.tolist()
    order = sorted(range(count), key=lambda k: (int(able[k].sum()), k))
    options = [[m for m in range(tried) if able[k, m]] for k in range(count)]
    taken: list[int] = []
    found = [0] * count
    steps = 0

    def put(depth: int) -> bool:
        nonlocal steps
        if depth == count:
            return True
        k = order[depth]
        for m in options[k]:
            steps += 1
            if steps > STEPS:
                return False
            here = k * tried + m
            row = hits[here]
            if any(row[there] for there in taken):
                continue
            taken.append(here)
            found[k] = m
            if put(depth + 1):
                return True
            taken.pop()
        return False

    return [int(best[k, found[k]]) for k in range(count)] if put(0) else None
