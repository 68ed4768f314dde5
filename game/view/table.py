"""The partnership table, drawn from the Observation and from nothing else.

The cloth and the ties are rasterised once for each Observation and kept; a frame blits
them, and the people over them.  Drawing changes nothing that can be seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import pygame

from game.view import fonts, svg, table_paint
from game.view.layout import Layout, Rect
from game.view.table_geometry import Place, TableShape, seat_partners
from game.view.table_reading import DrawnTie, Mark, Reading, focus_style, read, tie_curve
from game.view.table_routes import Curve
from game.view.table_sprites import Sprites, paint_of
from game.view.theme import BODY, Theme
from sim.observation import Observation, PartnerSeen

SECONDS = 1.1
"""How long the table takes to change from one Observation to the next."""
_ORDER = {"ghost": 0, "trust": 1, "tension": 2, "dispute": 3}


@dataclass(frozen=True)
class Look:
    """What the hands and the step of the turn add to the picture."""

    focus: str = ""  # the partner whose ties are drawn in full
    ring: str = ""  # the partner the keyboard is on
    pair: tuple[str, ...] = ()  # whom the words on the table are about
    chosen: tuple[str, ...] = ()  # aimed at, in order
    aimable: frozenset[str] | None = None  # who can be aimed at; None when nobody is aiming
    numbers: dict[str, str] = field(default_factory=dict)  # the key that aims at each
    calm: bool = False  # what changed is not drawn apart: too much has
    replies: dict[str, str] | None = None  # answers turned so far; None for the last ones seen


@dataclass(frozen=True)
class Motion:
    """The table changes from what it was, beginning at ``since`` seconds."""

    before: Observation
    since: float

    def share(self, t: float) -> float:
        """How far the change has come, 0 to 1, gently at both ends."""
        part = max(0.0, min(1.0, (t - self.since) / SECONDS))
        return part * part * (3 - 2 * part)


NO_LOOK = Look()


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


class TableView:
    """Draws the table.  It keeps pictures, never anything that matters."""

    def __init__(self) -> None:
        self._readings: dict[tuple[int, TableShape], tuple[Observation, Reading]] = {}
        self._layers: dict[object, pygame.Surface] = {}
        self._calm: tuple[Observation, Observation] | None = None

    def reading(self, observation: Observation, shape: TableShape, unit: float) -> Reading:
        """What the picture says; the same Observation is read once."""
        key = (id(observation), shape)
        kept = self._readings.get(key)
        if kept is None or kept[0] is not observation:
            if len(self._readings) > 6:
                self._readings.clear()
            kept = (observation, read(observation, shape, unit))
            self._readings[key] = kept
        return kept[1]

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
        shape = table_shape(layout, rect, observation)
        reading = self.reading(observation, shape, layout.u)
        share = 1.0 if motion is None else motion.share(t)
        earlier: tuple[TableShape, Reading] | None = None
        if motion is not None and share < 1.0:
            before = table_shape(layout, rect, motion.before)
            earlier = (before, self.reading(motion.before, before, layout.u))
            surface.blit(self._under(theme, rect, before, earlier[1], layout.u), rect)
            if share > 0.0:
                layer = self._under(theme, rect, shape, reading, layout.u)
                layer.set_alpha(round(255 * share))
                surface.blit(layer, rect)
                layer.set_alpha(None)
        else:
            surface.blit(self._under(theme, rect, shape, reading, layout.u), rect)
        if look.focus and earlier is None:
            self._focus(surface, theme, rect, observation, shape, look.focus, layout.u)
        sprites = Sprites(theme, shape.radius, layout.u)
        self._marks(surface, rect, sprites, reading, earlier, share, layout.u)
        painter = _People(surface, layout, theme, rect, sprites, look)
        for place, partner in zip(shape.places, observation.partners):
            x, y, turned = place.x, place.y, reading.turned[place.id]
            if earlier is not None:
                was = earlier[0].place(place.id)
                x, y = was.x + (x - was.x) * share, was.y + (y - was.y) * share
                turned = earlier[1].turned[place.id] * (1 - share) + turned * share
            painter.person(place, partner, x, y, turned, observation.governance)
        for place in shape.places:
            painter.name(place, shape)

    def _calmed(self, observation: Observation) -> Observation:
        """The same, as if nothing had changed lately; one object as long as it is shown."""
        if self._calm is None or self._calm[0] is not observation:
            ties = tuple(replace(tie, change=0) for tie in observation.ties)
            self._calm = (observation, replace(observation, ties=ties))
        return self._calm[1]

    # --- layers ---------------------------------------------------------------------------

    def _kept(self, key: object) -> pygame.Surface | None:
        return self._layers.get(key)

    def _keep(self, key: object, layer: pygame.Surface) -> pygame.Surface:
        if len(self._layers) > 6:
            del self._layers[next(iter(self._layers))]
        self._layers[key] = layer
        return layer

    def _under(
        self, theme: Theme, rect: Rect, shape: TableShape, reading: Reading, unit: float
    ) -> pygame.Surface:
        """Cloth, roots and ties on the canvas, opaque."""
        key = ("under", theme.name, shape, reading.ties, reading.marks)
        kept = self._kept(key)
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
        kept = self._kept(key)
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
        partner: str,
        unit: float,
    ) -> None:
        """All ties of one partner, in full."""
        mine = tuple(tie for tie in observation.ties if partner in (tie.a, tie.b))
        key = ("focus", theme.name, shape, mine)
        layer = self._kept(key)
        ties = [DrawnTie(tie, focus_style(tie), tie_curve(shape, tie)) for tie in mine]
        if not ties:
            return
        place = _around([drawn.curve for drawn in ties], 24 * unit, rect)
        if layer is None:
            paint = paint_of(theme)
            ties.sort(key=lambda drawn: _ORDER[drawn.style])
            body = "".join(table_paint.tie(d, d.style, paint, unit) for d in ties)
            drawing = table_paint.document(place.width, place.height, body, place.x, place.y)
            layer = self._keep(key, svg.picture(drawing, place.width, place.height))
        surface.blit(layer, place.move(rect.topleft))

    def _marks(
        self,
        surface: pygame.Surface,
        rect: Rect,
        sprites: Sprites,
        reading: Reading,
        earlier: tuple[TableShape, Reading] | None,
        share: float,
        unit: float,
    ) -> None:
        was = {_identity(mark): mark for mark in earlier[1].marks} if earlier else {}
        for mark in reading.marks:
            old = was.pop(_identity(mark), None) if earlier else mark
            x, y, seen = mark.spot.x, mark.spot.y, 1.0
            if earlier is not None and old is None:
                # something new slips under the cloth, from above
                seen = share
                y -= (1 - share) * 70 * unit
            elif earlier is not None and old is not None:
                x = old.spot.x + (x - old.spot.x) * share
                y = old.spot.y + (y - old.spot.y) * share
            _blit(surface, sprites.mark(mark), rect.x + x, rect.y + y, seen)
        for mark in was.values():
            spot = mark.spot
            _blit(surface, sprites.mark(mark), rect.x + spot.x, rect.y + spot.y, 1 - share)


def _around(curves: Sequence[Curve], margin: float, within: Rect) -> Rect:
    """The smallest rectangle round all of the curves, in the picture's own pixels."""
    points = np.concatenate([curve.points() for curve in curves])
    left, top = (points.min(axis=0) - margin).tolist()
    right, bottom = (points.max(axis=0) + margin).tolist()
    place = Rect(round(left), round(top), round(right - left), round(bottom - top))
    return place.clip(Rect(0, 0, within.width, within.height))


def _identity(mark: Mark) -> tuple[str, tuple[str, ...], int]:
    return mark.kind, mark.members, mark.project.slot if mark.project else -1


def _blit(
    surface: pygame.Surface, picture: pygame.Surface, x: float, y: float, seen: float = 1.0
) -> None:
    """Blit around a point, faintly if asked."""
    place = picture.get_rect(center=(round(x), round(y)))
    if seen >= 1.0:
        surface.blit(picture, place)
    elif seen > 0.02:
        picture.set_alpha(round(255 * seen))
        surface.blit(picture, place)
        picture.set_alpha(None)


@dataclass(frozen=True)
class _People:
    """Draws people and their names."""

    surface: pygame.Surface
    layout: Layout
    theme: Theme
    rect: Rect
    sprites: Sprites
    look: Look

    def person(
        self, place: Place, partner: PartnerSeen, x: float, y: float, turned: float, governance: str
    ) -> None:
        """One partner: chair, disc, badges, and what the aiming adds."""
        look, sprites = self.look, self.sprites
        x, y = self.rect.x + x, self.rect.y + y
        faint = look.aimable is not None and partner.id not in look.aimable | set(look.chosen)
        seen = 0.35 if faint else 1.0
        radius, unit = sprites.radius, sprites.unit
        if partner.id in look.pair:
            self._glow(x, y, radius * 1.75, self.theme.tension)
        if partner.at_table:
            degrees = math.degrees(place.facing) + turned
            _blit(self.surface, sprites.chair(partner.sector, degrees), x, y, seen)
        if partner.id in look.chosen:
            self._halo(x, y, radius + 9 * unit, self.theme.accent, 7 * unit)
        if partner.id == look.ring:
            self._halo(x, y, radius + 10 * unit, self.theme.focus_outer, 5 * unit)
            self._halo(x, y, radius + 5 * unit, self.theme.focus_inner, 5 * unit)
        _blit(self.surface, sprites.person(partner, faint), x, y)
        reply = partner.last_reply if look.replies is None else look.replies.get(partner.id, "")
        turns = (45.0, 135.0, -45.0, -135.0)
        for (name, tone), angle in zip(sprites.badges(partner, governance, reply), turns):
            far = radius * 0.92
            dx, dy = math.cos(math.radians(angle)) * far, math.sin(math.radians(angle)) * far
            _blit(self.surface, sprites.badge(name, tone), x + dx, y + dy, seen)
        self._number(place, partner.id, x, y)

    def _glow(self, x: float, y: float, radius: float, colour: str) -> None:
        side = round(2 * radius)
        c = side / 2
        body = "".join(
            f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius * part:.1f}" fill="{colour}" '
            f'fill-opacity="0.14"/>'
            for part in (1.0, 0.9, 0.8)
        )
        _blit(self.surface, svg.picture(svg.document(side, side, body), side, side), x, y)

    def _halo(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        side = round(2 * (radius + width))
        c = side / 2
        body = (
            f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius:.1f}" fill="none" '
            f'stroke="{colour}" stroke-width="{width:.1f}"/>'
        )
        _blit(self.surface, svg.picture(svg.document(side, side, body), side, side), x, y)

    def _number(self, place: Place, partner: str, x: float, y: float) -> None:
        """The key that aims at a partner, or its place in the order aimed at."""
        order = self.look.chosen.index(partner) + 1 if partner in self.look.chosen else 0
        key = self.look.numbers.get(partner, "")
        if not order and not key:
            return
        colour = self.theme.accent if order else self.theme.text
        ink = self.theme.on_accent if order else self.theme.panel
        radius = max(self.sprites.radius * 0.44, 17 * self.sprites.unit)
        # toward the table's middle, where no name ever stands
        far = self.sprites.radius * 1.12
        nx, ny = x + math.cos(place.facing) * far, y + math.sin(place.facing) * far
        side = round(radius * 2)
        body = f'<rect width="{side}" height="{side}" rx="{side * 0.28:.1f}" fill="{colour}"/>'
        _blit(self.surface, svg.picture(svg.document(side, side, body), side, side), nx, ny)
        shown = "✓" if order else key
        picture = fonts.line(shown, round(radius * 1.35), fonts.BOLD, ink)
        _blit(self.surface, picture, nx, ny)

    def name(self, place: Place, shape: TableShape) -> None:
        """A partner's name beside it."""
        faint = self.look.aimable is not None and place.id not in self.look.aimable | set(
            self.look.chosen
        )
        colour = self.theme.muted if faint else self.theme.text
        box = place.label.box
        rim = max(2, shape.font // 9)
        step = box.h / len(place.label.lines)
        for k, line in enumerate(place.label.lines):
            picture = fonts.line(line, shape.font, fonts.BOLD, colour, self.theme.canvas, rim)
            wide = picture.get_width() - 2 * rim
            x = {"left": 0.0, "centre": (box.w - wide) / 2, "right": box.w - wide}
            x_at = self.rect.x + box.x + x[place.label.align]
            y_at = self.rect.y + box.y + step * k + (step - picture.get_height()) / 2
            self.surface.blit(picture, (round(x_at) - rim, round(y_at)))
        if self.layout.boxes is not None:
            drawn = Rect(
                round(self.rect.x + box.x), round(self.rect.y + box.y), round(box.w), round(box.h)
            )
            text = " ".join(place.label.lines)
            clip = self.surface.get_clip()
            self.layout.boxes.note("text", text, drawn, self.rect, clip)
