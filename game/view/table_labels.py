"""Where names go beside their partners, so that no two ever touch.

Pure geometry: no fonts, no surfaces.  Widths of words come in as a function, boxes go
out.  All numbers are pixels, y grows downward.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

Measure = Callable[[str, int], float]
"""Width of a line of text at a font size."""

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


def _candidates(
    spot: Spot, name: str, size: int, measure: Measure, widest: float
) -> list[tuple[float, Label]]:
    """Places for one name, the best (lowest cost) first."""
    gap = size * 0.16
    places: list[tuple[float, Label]] = []
    for count, wrapped in enumerate(wrappings(name)):
        lines = tuple(shorten(line, size, widest, measure) for line in wrapped)
        w = max(measure(line, size) for line in lines) + size * 0.2
        h = len(lines) * size * LINE
        cut = sum(a != b for a, b in zip(lines, wrapped))
        wide = max(0.0, w / (size * 9) - 1) * 0.5 if count == 0 else (0.12, 0.42)[count - 1]
        reach = spot.keep + gap
        # the side of the disc on which the label stands: (dx, dy, align)
        sides = [
            (spot.x - w / 2, spot.y + reach, "centre", 0.0, 1.0),
            (spot.x - w / 2, spot.y - reach - h, "centre", 0.0, -1.0),
            (spot.x + reach, spot.y - h / 2, "left", 1.0, 0.0),
            (spot.x - reach - w, spot.y - h / 2, "right", -1.0, 0.0),
        ]
        for across in (-1.0, 1.0):
            for slide in (0.3, 0.6):
                shift = across * max(0.0, w / 2 - spot.keep * 0.4) * slide / 0.6
                align = "right" if across < 0 else "left"
                sides.append((spot.x - w / 2 + shift, spot.y + reach, align, across * slide, 0.9))
                sides.append(
                    (spot.x - w / 2 + shift, spot.y - reach - h, align, across * slide, -0.9)
                )
            slanted = reach * 0.75
            x = spot.x + slanted if across > 0 else spot.x - slanted - w
            align = "right" if across < 0 else "left"
            sides.append((x, spot.y + slanted, align, across * 0.7, 0.7))
            sides.append((x, spot.y - slanted - h, align, across * 0.7, -0.7))
        for x, y, align, dx, dy in sides:
            away = (dx * spot.out_x + dy * spot.out_y) / math.hypot(dx, dy)
            cost = 3 * cut + wide + (1 - away) + (0.2 + 0.3 * abs(dx) if dx and dy else 0)
            places.append((cost, Label(Box(x, y, w, h), lines, align)))
    places.sort(key=lambda place: place[0])
    return places


def place_labels(
    canvas: tuple[float, float],
    spots: Sequence[Spot],
    names: Sequence[str],
    size: int,
    measure: Measure,
    *,
    edge: float = 4,
    clear: Callable[[Box], bool] = lambda box: True,
    widest: float = 1e9,
    worst: float = 1e9,
) -> tuple[Label, ...] | None:
    """A label for every disc, touching no disc and no other label, or None.

    ``clear`` refuses boxes that would lie on something else; ``worst`` is how far from the
    best a name may stand (0 straight behind its partner, 1 beside, more near others).  The
    search keeps the most constrained names first and gives up after a fixed number of steps,
    so that it always answers quickly and always the same.
    """
    options: list[list[Label]] = []
    for here, (spot, name) in enumerate(zip(spots, names)):
        fit: list[tuple[float, Label]] = []
        for cost, label in _candidates(spot, name, size, measure, widest):
            if not label.box.inside(*canvas, edge) or not clear(label.box):
                continue
            room = min(
                (
                    label.box.distance(other.x, other.y) / other.keep
                    for there, other in enumerate(spots)
                    if there != here
                ),
                default=9.0,
            )
            # a name close to somebody else's disc could be taken for theirs
            cost += 2 * max(0.0, 1.9 - room)
            if room >= 1.12 and cost <= worst:
                fit.append((cost, label))
        if not fit:
            return None
        options.append([label for _, label in sorted(fit, key=lambda place: place[0])])
    order = sorted(range(len(spots)), key=lambda k: (len(options[k]), k))
    chosen: list[Label | None] = [None] * len(spots)
    steps = 0

    def search(depth: int) -> bool:
        nonlocal steps
        if depth == len(order):
            return True
        k = order[depth]
        for label in options[k]:
            steps += 1
            if steps > 1500:
                return False
            if any(o is not None and label.box.overlaps(o.box) for o in chosen):
                continue
            chosen[k] = label
            if search(depth + 1):
                return True
            chosen[k] = None
        return False

    if not search(0):
        return None
    return tuple(label for label in chosen if label is not None)
