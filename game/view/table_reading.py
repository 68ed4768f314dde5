"""What the picture says, read from the Observation alone.

Which ties are drawn and how, who turns away from whom, where the marks lie.  Equal
Observations give equal answers, so nothing hidden can reach the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from game.view.table_geometry import Place, TableShape
from game.view.table_routes import Curve, Marks, Spot, route
from game.view.table_tokens import ring_reach
from sim.observation import Observation, ProjectSeen, TieSeen

TURNS: Final = (0.0, 44.0, 88.0, 134.0)
"""Degrees by which two who avoid each other turn aside, for each level of the cue."""
PUSHED: Final = (0.0, 0.04, 0.08, 0.12)
"""How far they have pushed their chairs back, in radii of a disc."""

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

    kind: str  # tokens, tension, words, dispute, up, down, project
    count: int  # of tokens
    spot: Spot
    members: tuple[str, ...]
    project: ProjectSeen | None = None
    dancing: int = 0  # the cue of those who go round it
    scale: float = 1.0  # pixels for a u, of what lies on the cloth


@dataclass(frozen=True)
class Reading:
    """The whole picture for one Observation, apart from motion."""

    ties: tuple[DrawnTie, ...]
    marks: tuple[Mark, ...]
    turned: dict[str, float]  # partner: degrees away from facing the table, + clockwise
    pushed: dict[str, float]  # partner: radii its chair is pushed back


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


def _strongest(observation: Observation) -> dict[str, tuple[int, str]]:
    """For each partner the level and the id of whom it avoids most."""
    strongest: dict[str, tuple[int, str]] = {}
    for tie in observation.ties:
        for here, there in ((tie.a, tie.b), (tie.b, tie.a)):
            if tie.dancing > strongest.get(here, (0, ""))[0]:
                strongest[here] = (min(tie.dancing, 3), there)
    return strongest


def turned_aside(observation: Observation, shape: TableShape) -> dict[str, float]:
    """Degrees each partner has turned: at whom it quarrels with, or from whom it avoids most."""
    quarrels: dict[str, str] = {}
    for tie in observation.ties:
        if tie.dispute:
            quarrels.setdefault(tie.a, tie.b)
            quarrels.setdefault(tie.b, tie.a)
    strongest = _strongest(observation)
    turned: dict[str, float] = {}
    for place in shape.places:
        level, other = strongest.get(place.id, (0, ""))
        if place.id in quarrels:
            turned[place.id] = math.degrees(_toward(shape, place, quarrels[place.id]))
        elif level:
            side = _toward(shape, place, other)
            away = -side if abs(side) > 0.02 else 1.0
            turned[place.id] = math.copysign(TURNS[level], away)
        else:
            turned[place.id] = 0.0
    return turned


def _toward(shape: TableShape, place: Place, other: str) -> float:
    """The angle from where a partner faces to another partner."""
    there = shape.place(other)
    toward = math.atan2(there.y - place.y, there.x - place.x)
    return math.remainder(toward - place.facing, 2 * math.pi)


def pushed_back(observation: Observation) -> dict[str, float]:
    """How far each partner sits back from the table, in radii of its disc."""
    pushed = {id: PUSHED[level] for id, (level, _other) in _strongest(observation).items()}
    for partner in observation.partners:
        if partner.leaving:
            pushed[partner.id] = 0.3  # on the way out
    return pushed


@lru_cache(maxsize=4096)
def _route(shape: TableShape, a: str, b: str) -> Curve:
    return route(shape, a, b)


def tie_curve(shape: TableShape, tie: TieSeen) -> Curve:
    """The curve of a tie; the same whenever the same people sit in the same places."""
    return _route(shape, tie.a, tie.b)


def through(curve: Curve, spot: Spot) -> Curve:
    """The curve bent so that it runs through a mark that had to lie beside it."""
    (ax, ay), (bx, by) = curve.start, curve.end
    control = (2 * spot.x - (ax + bx) / 2, 2 * spot.y - (ay + by) / 2)
    return Curve(curve.start, control, curve.end)


def read(observation: Observation, shape: TableShape, unit: float) -> Reading:
    """The picture of an Observation on a table of that shape."""
    ties = []
    for tie in observation.ties:
        style = style_of(tie)
        if style:
            ties.append(DrawnTie(tie, style, tie_curve(shape, tie)))
    marks: list[Mark] = []
    lay = Marks(shape, gap=3 * unit)
    size = max(0.8, min(1.5, shape.radius / (44 * unit))) * unit
    said = {frozenset((m.a, m.b)) for m in observation.matters if m.status == "surfaced"}
    # what swells the cloth needs the most room: it is laid down first
    lumps = [k for k, drawn in enumerate(ties) if drawn.seen.tokens]
    lumps += [k for k, drawn in enumerate(ties) if drawn.seen.dancing and not drawn.seen.tokens]
    scale = size * _crowding([ties[k].seen for k in lumps], shape, size)
    for k in lumps:
        tie = ties[k].seen
        kind = "tokens"
        if tie.tension_surfaced and not tie.tokens:  # one mark for both: they go round it
            kind = "words" if frozenset((tie.a, tie.b)) in said else "tension"
        spot = lay.on_curve(ties[k].curve, ring_reach(tie.tokens, tie.dancing) * scale)
        members = (tie.a, tie.b)
        marks.append(Mark(kind, tie.tokens, spot, members, None, tie.dancing, scale))
        ties[k] = replace(ties[k], curve=through(ties[k].curve, spot))
    for drawn in ties:
        tie = drawn.seen
        if tie.dispute:
            spot = lay.on_curve(drawn.curve, 22 * size, stray=1.0)
            marks.append(Mark("dispute", 1, spot, (tie.a, tie.b)))
        if tie.tension_surfaced and (tie.tokens or not tie.dancing):
            kind = "words" if frozenset((tie.a, tie.b)) in said else "tension"
            spot = lay.on_curve(drawn.curve, 20 * size, stray=1.0)
            marks.append(Mark(kind, 1, spot, (tie.a, tie.b)))
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
            spot = lay.on_curve(drawn.curve, 15 * size, stray=0.0)
            marks.append(Mark(kind, 1, spot, (tie.a, tie.b)))
    return Reading(
        tuple(ties),
        tuple(marks),
        turned_aside(observation, shape),
        pushed_back(observation),
    )


def _crowding(lumps: list[TieSeen], shape: TableShape, size: float) -> float:
    """How much smaller what swells the cloth must be, for all of it to lie there."""
    wanted = sum((ring_reach(tie.tokens, tie.dancing) * size * 2) ** 2 for tie in lumps)
    room = 4 * shape.cloth[0] * shape.cloth[1] * 0.42
    return max(0.62, min(1.0, math.sqrt(room / wanted))) if wanted else 1.0
