"""The partnership table, drawn from the Observation and from nothing else.

The cloth and the ties are rasterised once for each Observation and kept; a frame blits
them, and the people over them.  Drawing changes nothing that can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pygame

from game.view import fonts, svg, table_paint
from game.view.layout import Layout, Rect
from game.view.table_geometry import TableShape, seat_partners
from game.view.table_ground import ORDER, Ground, around
from game.view.table_marks import Marks
from game.view.table_moving import Moving
from game.view.table_people import NO_LOOK, Look, People, Pose
from game.view.table_reading import DrawnTie, Reading, focus_style, read, tie_curve
from game.view.table_sprites import Sprites, paint_of
from game.view.theme import BODY, Theme
from sim.observation import Observation, TieSeen

__all__ = ["SECONDS", "Look", "Motion", "TableView", "table_shape"]

SECONDS = 1.6
"""How long the table takes to change from one Observation to the next."""


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
        self.ground = Ground()
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
            moving = Moving(surface, layout, theme, rect, look, share, self.ground)
            readings = [
                (shape, self.reading(seen, shape, layout.u))
                for seen in (motion.before, observation)
                for shape in [table_shape(layout, rect, seen)]
            ]
            moving.draw(motion.before, observation, *readings)
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
        surface.blit(self.ground.under(theme, rect, shape, reading, layout.u), rect)
        about = frozenset(look.pair if len(look.pair) == 2 and not look.focus else ())
        if look.focus or about:
            # everything else steps back behind those who are looked at
            self.ground.veil(surface, theme, rect, shape, layout.u, 185 if look.focus else 120)
            mine = [
                tie
                for tie in observation.ties
                if look.focus in (tie.a, tie.b) or about == {tie.a, tie.b}
            ]
            self._in_full(surface, theme, rect, shape, reading, mine, layout.u)
        sprites = Sprites(theme, shape.radius, layout.u)
        Marks(surface, rect, sprites, shape).still(reading, look.focus, about)
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

    def _in_full(
        self,
        surface: pygame.Surface,
        theme: Theme,
        rect: Rect,
        shape: TableShape,
        reading: Reading,
        seen: Sequence[TieSeen],
        unit: float,
    ) -> None:
        """Some ties, in full."""
        drawn_so = {(d.seen.a, d.seen.b): d.curve for d in reading.ties}
        ties = [
            DrawnTie(tie, focus_style(tie), drawn_so.get((tie.a, tie.b)) or tie_curve(shape, tie))
            for tie in seen
        ]
        if not ties:
            return
        place = around([drawn.curve for drawn in ties], 24 * unit, rect)
        paint = paint_of(theme)
        ties.sort(key=lambda drawn: ORDER[drawn.style])
        body = "".join(table_paint.tie(d, d.style, paint, unit) for d in ties)
        drawing = table_paint.document(place.width, place.height, body, place.x, place.y)
        layer = svg.picture(drawing, place.width, place.height)
        surface.blit(layer, place.move(rect.topleft))
