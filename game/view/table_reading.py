"""What the picture says, read from the Observation alone.

Which ties are drawn and how, who turns away from whom, where the marks lie.  Equal
Observations give equal answers, so nothing hidden can reach the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from game.view.table_geometry import TableShape
from game.view.table_routes import Curve, Marks, Spot, route
from sim.observation import Observation, ProjectSeen, TieSeen

TURNS: Final = (0.0, 26.0, 52.0, 84.0)
"""Degrees by which two who avoid each other turn aside, for each level of the cue."""

Style = str  # ghost, trust, tension, dispute


@dataclass(frozen=True)
class DrawnTie:
    """One tie in the picture."""

    seen: TieSeen
    style: Style
    curve: Curve


@dataclass(frozen=True)
class Mark:
    """One mark on the cloth: its kind, how much of it, where, and whom it belongs to."""

    kind: str  # tokens, tension, dispute, up, down, project
    count: int
    spot: Spot
    members: tuple[str, ...]
    project: ProjectSeen | None = None


@dataclass(frozen=True)
class Reading:
    """The whole picture for one Observation, apart from motion."""

    ties: tuple[DrawnTie, ...]
    marks: tuple[Mark, ...]
    turned: dict[str, float]  # partner: degrees away from facing the table, + clockwise


def style_of(tie: TieSeen) -> Style:
    """How a tie is drawn when nobody is in focus; "" for one that is not drawn at all."""
    if tie.dispute:
        return "dispute"
    if tie.tension_surfaced:
        return "tension"
    if tie.change:
        return "trust"
    if tie.depends or tie.joint or tie.dancing or tie.tokens:
        return "ghost"
    return ""


def focus_style(tie: TieSeen) -> Style:
    """How a tie of the partner in focus is drawn."""
    plain = style_of(tie)
    return plain if plain in ("dispute", "tension") else "trust"


def turned_aside(observation: Observation, shape: TableShape) -> dict[str, float]:
    """Degrees each partner has turned, away from the one it avoids most."""
    strongest: dict[str, tuple[int, str]] = {}
    for tie in observation.ties:
        for here, there in ((tie.a, tie.b), (tie.b, tie.a)):
            if tie.dancing > strongest.get(here, (0, ""))[0]:
                strongest[here] = (tie.dancing, there)
    turned: dict[str, float] = {}
    for place in shape.places:
        level, other = strongest.get(place.id, (0, ""))
        if not level:
            turned[place.id] = 0.0
            continue
        avoided = shape.place(other)
        toward = math.atan2(avoided.y - place.y, avoided.x - place.x)
        side = math.remainder(toward - place.facing, 2 * math.pi)
        turned[place.id] = math.copysign(TURNS[min(level, 3)], -side if abs(side) > 0.02 else 1.0)
    return turned


@lru_cache(maxsize=4096)
def _route(shape: TableShape, a: str, b: str) -> Curve:
    return route(shape, a, b)


def tie_curve(shape: TableShape, tie: TieSeen) -> Curve:
    """The curve of a tie; the same whenever the same people sit in the same places."""
    return _route(shape, tie.a, tie.b)


def read(observation: Observation, shape: TableShape, unit: float) -> Reading:
    """The picture of an Observation on a table of that shape."""
    ties = []
    for tie in observation.ties:
        style = style_of(tie)
        if style:
            ties.append(DrawnTie(tie, style, tie_curve(shape, tie)))
    marks: list[Mark] = []
    lay = Marks(shape, gap=4 * unit)
    size = max(0.8, min(1.0, shape.radius / (40 * unit))) * unit
    for drawn in ties:
        tie = drawn.seen
        for kind, wanted in (("dispute", tie.dispute), ("tension", tie.tension_surfaced)):
            if wanted:
                spot = lay.on_curve(drawn.curve, 21 * size)
                marks.append(Mark(kind, 1, spot, (tie.a, tie.b)))
    for drawn in ties:
        tie = drawn.seen
        if tie.tokens:
            radius = (25, 31, 37)[min(tie.tokens, 3) - 1] * size
            spot = lay.on_curve(drawn.curve, radius)
            marks.append(Mark("tokens", tie.tokens, spot, (tie.a, tie.b)))
    for project in observation.projects:
        points = [
            (shape.place(m).x, shape.place(m).y)
            for m in project.members
            if any(p.id == m for p in shape.places)
        ]
        if points:
            spot = lay.among(points, 27 * size)
            marks.append(Mark("project", 1, spot, project.members, project))
    for drawn in ties:
        tie = drawn.seen
        if tie.change:
            kind = "up" if tie.change > 0 else "down"
            spot = lay.on_curve(drawn.curve, 15 * size)
            marks.append(Mark(kind, 1, spot, (tie.a, tie.b)))
    return Reading(tuple(ties), tuple(marks), turned_aside(observation, shape))
