"""The partnership table, drawn from the Observation and from nothing else.

The cloth and the ties are rasterised once for each Observation and kept; a frame blits
them, and the people over them.  Drawing changes nothing that can be seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pygame

from game.view import fonts, svg, table_paint
from game.view.layout import Layout, Rect
from game.view.table_geometry import Place, TableShape, seat_partners
from game.view.table_marks import Marks, eased, part_of
from game.view.table_people import NO_LOOK, Look, People, Pose
from game.view.table_reading import DrawnTie, Reading, focus_style, read, tie_curve
from game.view.table_routes import Curve
from game.view.table_sprites import Sprites, paint_of
from game.view.theme import BODY, Theme
from sim.observation import Observation, PartnerSeen

__all__ = ["SECONDS", "Look", "Motion", "TableView", "table_shape"]

SECONDS = 1.6
"""How long the table takes to change from one Observation to the next."""
_ORDER = {"ghost": 0, "trust": 1, "tension": 2, "dispute": 3}


@dataclass(frozen=True)
class Motion:
    """The table changes from what it was, beginning at ``since`` seconds."""

    before: Observation
    since: float

    def share(self, t: float) -> float:
        """How far the change has come, 0 to 1."""
        return max(0.0, min(1.0, (t - self.since) / SECONDS))


def _measure(text: str, size: int) -> float:
    return float(fonts.width(text, size, fonts.BOLD))


@lru_cache(maxsize=32)
def _shape(
    width: int, height: int, partners: tuple[tuple[str, str, bool], ...], font: int, unit: float
) -> TableShape:
    return seat_partners(width, height, partners, _measure, font=font, unit=unit)


def table_shape(layout: Layout, rect: Rect, observation: Observation) -> TableShape:
    """Where everybody is, relative to the rectangle's corner."""
    partners = tuple((p.id, p.name, p.at_table) for p in observation.partners)
    return _shape(rect.width, rect.height, partners, layout.tx(BODY), layout.u)


def _same_table(one: Observation, other: Observation) -> bool:
    """Whether the two show the same at the table, whatever else is in them."""
    return one is other or (
        one.partners == other.partners
        and one.ties == other.ties
        and one.matters == other.matters
        and one.projects == other.projects
        and one.governance == other.governance
    )


class TableView:
    """Draws the table.  It keeps pictures, never anything that matters."""

    def __init__(self) -> None:
        self._readings: list[tuple[TableShape, Observation, Reading]] = []
        self._layers: dict[object, pygame.Surface] = {}
        self._whole: list[tuple[object, Observation, pygame.Surface]] = []
        self._calm: tuple[Observation, Observation] | None = None

    def reading(self, observation: Observation, shape: TableShape, unit: float) -> Reading:
        """What the picture says; Observations of the same table are read once."""
        for kept, seen, reading in self._readings:
            if kept == shape and _same_table(seen, observation):
                return reading
        reading = read(observation, shape, unit)
        self._readings.insert(0, (shape, observation, reading))
        del self._readings[6:]
        return reading

    def draw(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        rect: Rect,
        observation: Observation,
        t: float,
        *,
        look: Look = NO_LOOK,
        motion: Motion | None = None,
    ) -> None:
        """Draw the table into the rectangle as it is at ``t``."""
        if look.calm:
            observation = self._calmed(observation)
            motion = None
        share = 1.0 if motion is None else motion.share(t)
        if motion is not None and share < 1.0:
            moving = _Moving(self, surface, layout, theme, rect, look, share)
            moving.draw(motion.before, observation)
            return
        if layout.boxes is not None:  # a test wants every name noted
            self._draw_still(surface, layout, theme, rect, observation, look)
            return
        # standing still it is one picture, kept as long as nothing it shows changes
        key = (theme.name, rect.size, layout.u, layout.text, look.key())
        for kept, seen, picture in self._whole:
            if kept == key and _same_table(seen, observation):
                surface.blit(picture, rect)
                return
        picture = pygame.Surface(rect.size).convert()
        inside = Rect((0, 0), rect.size)
        self._draw_still(picture, layout, theme, inside, observation, look)
        self._whole.insert(0, (key, observation, picture))
        del self._whole[6:]
        surface.blit(picture, rect)

    def _draw_still(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        rect: Rect,
        observation: Observation,
        look: Look,
    ) -> None:
        shape = table_shape(layout, rect, observation)
        reading = self.reading(observation, shape, layout.u)
        surface.blit(self.under(theme, rect, shape, reading, layout.u), rect)
        if look.focus:
            self._focus(surface, theme, rect, observation, shape, reading, look.focus, layout.u)
        sprites = Sprites(theme, shape.radius, layout.u)
        Marks(surface, rect, sprites, shape).still(reading)
        people = People(surface, layout, theme, rect, sprites, look)
        for place, partner in zip(shape.places, observation.partners):
            back = reading.pushed.get(place.id, 0.0)
            pose = Pose(place.x, place.y, reading.turned[place.id], back)
            people.person(place, partner, pose, observation.governance)
            if partner.merged_with:
                people.guest(partner, shape.place(partner.merged_with))
        for place, partner in zip(shape.places, observation.partners):
            people.name(place, partner, shape)

    def _calmed(self, observation: Observation) -> Observation:
        """The same, as if nothing had changed lately; one object as long as it is shown."""
        if self._calm is None or self._calm[0] is not observation:
            ties = tuple(replace(tie, change=0) for tie in observation.ties)
            self._calm = (observation, replace(observation, ties=ties))
        return self._calm[1]

    # --- layers ---------------------------------------------------------------------------

    def _keep(self, key: object, layer: pygame.Surface) -> pygame.Surface:
        if len(self._layers) > 6:
            del self._layers[next(iter(self._layers))]
        self._layers[key] = layer
        return layer

    def under(
        self, theme: Theme, rect: Rect, shape: TableShape, reading: Reading, unit: float
    ) -> pygame.Surface:
        """Cloth, roots and ties on the canvas, opaque."""
        key = ("under", theme.name, shape, reading.ties, reading.marks)
        kept = self._layers.get(key)
        if kept is not None:
            return kept
        paint = paint_of(theme)
        ties = sorted(reading.ties, key=lambda drawn: _ORDER[drawn.style])
        body = "".join(table_paint.tie(d, d.style, paint, unit) for d in ties)
        for mark in reading.marks:
            if mark.project is not None:
                body += table_paint.roots(mark, shape, paint, unit)
        layer = self._cloth(theme, rect, shape, unit).copy()
        drawing = table_paint.document(rect.width, rect.height, body)
        layer.blit(svg.picture(drawing, rect.width, rect.height), (0, 0))
        return self._keep(key, layer)

    def _cloth(self, theme: Theme, rect: Rect, shape: TableShape, unit: float) -> pygame.Surface:
        """The table with nothing on it, opaque."""
        key = ("cloth", theme.name, shape)
        kept = self._layers.get(key)
        if kept is not None:
            return kept
        body = table_paint.cloth(shape, paint_of(theme), unit)
        drawing = table_paint.document(rect.width, rect.height, body)
        layer = pygame.Surface(rect.size).convert()
        layer.fill(theme.canvas)
        layer.blit(svg.picture(drawing, rect.width, rect.height), (0, 0))
        return self._keep(key, layer)

    def _focus(
        self,
        surface: pygame.Surface,
        theme: Theme,
        rect: Rect,
        observation: Observation,
        shape: TableShape,
        reading: Reading,
        partner: str,
        unit: float,
    ) -> None:
        """All ties of one partner, in full."""
        drawn_so = {(d.seen.a, d.seen.b): d.curve for d in reading.ties}
        ties = [
            DrawnTie(tie, focus_style(tie), drawn_so.get((tie.a, tie.b)) or tie_curve(shape, tie))
            for tie in observation.ties
            if partner in (tie.a, tie.b)
        ]
        if not ties:
            return
        place = _around([drawn.curve for drawn in ties], 24 * unit, rect)
        paint = paint_of(theme)
        ties.sort(key=lambda drawn: _ORDER[drawn.style])
        body = "".join(table_paint.tie(d, d.style, paint, unit) for d in ties)
        drawing = table_paint.document(place.width, place.height, body, place.x, place.y)
        layer = svg.picture(drawing, place.width, place.height)
        surface.blit(layer, place.move(rect.topleft))


@dataclass(frozen=True)
class _Moving:
    """The table at one instant between two Observations."""

    view: TableView
    surface: pygame.Surface
    layout: Layout
    theme: Theme
    rect: Rect
    look: Look
    share: float

    def draw(self, before: Observation, after: Observation) -> None:
        layout, rect, view = self.layout, self.rect, self.view
        was, shape = table_shape(layout, rect, before), table_shape(layout, rect, after)
        earlier = view.reading(before, was, layout.u)
        now = view.reading(after, shape, layout.u)
        self._ground(was, earlier, shape, now)
        sprites = Sprites(self.theme, shape.radius, layout.u)
        Marks(self.surface, rect, sprites, shape, self.share).moving(earlier, now)
        people = People(self.surface, layout, self.theme, rect, sprites, self.look)
        seen = {partner.id: partner for partner in before.partners}
        for place, partner in zip(shape.places, after.partners):
            then = seen.get(partner.id, partner)
            pose = self._pose(place, partner, then, was, earlier, now, shape.radius)
            people.person(place, partner, pose, after.governance)
            if partner.merged_with:
                people.guest(partner, shape.place(partner.merged_with))
        same = was.places == shape.places
        if not same:  # names do not walk: they go with the old places and come with the new
            for place, partner in zip(was.places, before.partners):
                people.name(place, partner, was, 1 - part_of(self.share, 0.0, 0.35))
        for place, partner in zip(shape.places, after.partners):
            people.name(place, partner, shape, 1.0 if same else part_of(self.share, 0.6, 1.0))

    def _ground(self, was: TableShape, earlier: Reading, shape: TableShape, now: Reading) -> None:
        """Cloth and ties, the one fading into the other."""
        view, rect, unit = self.view, self.rect, self.layout.u
        over = part_of(self.share, 0.15, 0.85)
        if over < 1.0:
            self.surface.blit(view.under(self.theme, rect, was, earlier, unit), rect)
        if over > 0.0:
            layer = view.under(self.theme, rect, shape, now, unit)
            layer.set_alpha(round(255 * over) if over < 1.0 else None)
            self.surface.blit(layer, rect)
            layer.set_alpha(None)

    def _pose(
        self,
        place: Place,
        partner: PartnerSeen,
        then: PartnerSeen,
        was: TableShape,
        earlier: Reading,
        now: Reading,
        radius: float,
    ) -> Pose:
        share = eased(self.share)
        try:
            old = was.place(place.id)
        except KeyError:
            old = place
        x, y = old.x + (place.x - old.x) * share, old.y + (place.y - old.y) * share
        one, two = earlier.turned.get(place.id, 0.0), now.turned[place.id]
        turned = one + (two - one) * share
        if abs(two) > abs(one):  # aside, and a little further, and back
            swing = math.sin(self.share * 3 * math.pi) * 14 * (1 - self.share)
            turned += math.copysign(swing, two)
        back_one, back_two = earlier.pushed.get(place.id, 0.0), now.pushed.get(place.id, 0.0)
        back = back_one + (back_two - back_one) * share
        seated = 1.0
        if partner.at_table and not then.at_table:
            seated = part_of(self.share, 0.6, 1.0)
        seen = 1.0
        if partner.new_leader and not then.new_leader:
            # one face goes, another comes
            away = 1 - abs(2 * self.share - 1)
            back += eased(away) * 1.5
            seen = 1 - 0.85 * eased(away)
        return Pose(x, y, turned, back, seated, seen)


def _around(curves: Sequence[Curve], margin: float, within: Rect) -> Rect:
    """The smallest rectangle round all of the curves, in the picture's own pixels."""
    points = np.concatenate([curve.points() for curve in curves])
    left, top = (points.min(axis=0) - margin).tolist()
    right, bottom = (points.max(axis=0) + margin).tolist()
    place = Rect(round(left), round(top), round(right - left), round(bottom - top))
    return place.clip(Rect(0, 0, within.width, within.height))
