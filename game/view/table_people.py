"""People round the table, and their names: chairs, discs, eyes, badges, the keys that aim."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import pygame

from game.view import fonts, svg
from game.view.layout import Layout, Rect
from game.view.table_geometry import Place, TableShape
from game.view.table_sprites import Sprites
from game.view.theme import Theme
from sim.observation import PartnerSeen

_PINS: Final = (135.0, -135.0, 90.0, -90.0, 180.0)
"""Where badges may be pinned, in degrees from where the partner faces."""


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

    def key(self) -> tuple[object, ...]:
        """The same for two that look the same."""
        replies = None if self.replies is None else tuple(sorted(self.replies.items()))
        numbers = tuple(sorted(self.numbers.items()))
        return (
            self.focus, self.ring, self.pair, self.chosen, self.aimable, numbers, self.calm,
            replies,
        )  # fmt: skip


NO_LOOK: Final = Look()


@dataclass(frozen=True)
class Pose:
    """Where a partner is at one instant, and how."""

    x: float
    y: float
    turned: float  # degrees from facing the table
    back: float = 0.0  # radii its chair is pushed back
    seated: float = 1.0  # 0 standing outside, 1 on its chair
    seen: float = 1.0


def blit(
    surface: pygame.Surface, picture: pygame.Surface, x: float, y: float, seen: float = 1.0
) -> None:
    """Blit around a point, faintly if asked."""
    place = picture.get_rect(center=(round(x), round(y)))
    if seen >= 1.0:
        surface.blit(picture, place)
    elif seen > 0.02:
        picture.set_alpha(round(255 * seen))
        surface.blit(picture, place)
        picture.set_alpha(255)  # None would switch the picture's own transparency off


@dataclass(frozen=True)
class People:
    """Draws people and their names."""

    surface: pygame.Surface
    layout: Layout
    theme: Theme
    rect: Rect
    sprites: Sprites
    look: Look

    def _faint(self, partner: str) -> bool:
        look = self.look
        return look.aimable is not None and partner not in look.aimable | set(look.chosen)

    def person(self, place: Place, partner: PartnerSeen, pose: Pose, governance: str) -> None:
        """One partner: chair, disc, eyes, badges, and what the aiming adds."""
        look, sprites, theme = self.look, self.sprites, self.theme
        radius, unit = sprites.radius, sprites.unit
        x, y = self.rect.x + pose.x, self.rect.y + pose.y
        out = (-math.cos(place.facing), -math.sin(place.facing))
        if partner.at_table:
            chair = sprites.chair(math.degrees(place.facing))
            blit(self.surface, chair, x, y, pose.seated)
        if partner.merged_with:
            blit(self.surface, sprites.gone(partner), x, y)
            return
        x, y = x + out[0] * pose.back * radius, y + out[1] * pose.back * radius
        if partner.id in look.pair:
            self._ring(x, y, radius + 11 * unit, theme.tension, 6 * unit, 0.22)
        if partner.id in look.chosen:
            self._ring(x, y, radius + 8 * unit, theme.accent, 8 * unit)
        if partner.id == look.ring:
            self._ring(x, y, radius + 10 * unit, theme.focus_outer, 5 * unit)
            self._ring(x, y, radius + 5 * unit, theme.focus_inner, 5 * unit)
        faint = self._faint(partner.id)
        blit(self.surface, sprites.person(partner, faint), x, y, pose.seen)
        gaze = math.degrees(place.facing) + pose.turned
        asleep = partner.reorganising
        blit(self.surface, sprites.eyes(gaze, asleep), x, y, pose.seen * (0.5 if faint else 1.0))
        self._badges(place, partner, pose, governance, (x, y), 0.5 if faint else 1.0)
        self._key(place, partner.id, x, y)

    def _badges(
        self,
        place: Place,
        partner: PartnerSeen,
        pose: Pose,
        governance: str,
        at: tuple[float, float],
        seen: float,
    ) -> None:
        """What is pinned on a partner, away from its eyes."""
        replies = self.look.replies
        reply = partner.last_reply if replies is None else replies.get(partner.id, "")
        pinned = self.sprites.badges(partner, governance, reply)
        free = [pin for pin in _PINS if abs(math.remainder(pin - pose.turned, 360.0)) > 62.0]
        far = self.sprites.radius * 0.98
        for (name, tone), pin in zip(pinned, free):
            angle = place.facing + math.radians(pin)
            x, y = at[0] + math.cos(angle) * far, at[1] + math.sin(angle) * far
            blit(self.surface, self.sprites.badge(name, tone), x, y, seen)

    def _ring(
        self, x: float, y: float, radius: float, colour: str, width: float, filled: float = 0.0
    ) -> None:
        side = round(2 * (radius + width))
        c = side / 2
        inside = f'fill="{colour}" fill-opacity="{filled:.2f}"' if filled else 'fill="none"'
        body = (
            f'<circle cx="{c:.1f}" cy="{c:.1f}" r="{radius:.1f}" {inside} '
            f'stroke="{colour}" stroke-width="{width:.1f}"/>'
        )
        blit(self.surface, svg.picture(svg.document(side, side, body), side, side), x, y)

    def _key(self, place: Place, partner: str, x: float, y: float) -> None:
        """The key that aims at a partner, or a tick once it is aimed at."""
        chosen = partner in self.look.chosen
        key = self.look.numbers.get(partner, "")
        if not chosen and not key:
            return
        colour = self.theme.accent if chosen else self.theme.text
        ink = self.theme.on_accent if chosen else self.theme.panel
        radius = max(self.sprites.radius * 0.44, 18 * self.sprites.unit)
        # toward the table's middle, beyond the eyes, where no name ever stands
        far = self.sprites.radius * 1.33 + radius
        nx, ny = x + math.cos(place.facing) * far, y + math.sin(place.facing) * far
        side = round(radius * 2)
        body = f'<rect width="{side}" height="{side}" rx="{side * 0.28:.1f}" fill="{colour}"/>'
        blit(self.surface, svg.picture(svg.document(side, side, body), side, side), nx, ny)
        shown = "✓" if chosen else key
        blit(self.surface, fonts.line(shown, round(radius * 1.35), fonts.BOLD, ink), nx, ny)

    def guest(self, partner: PartnerSeen, host: Place) -> None:
        """A partner that has become part of another, small, at the other's elbow."""
        sprites = Sprites(self.theme, self.sprites.radius * 0.5, self.sprites.unit)
        angle = host.facing + math.radians(90)
        far = self.sprites.radius * 1.12
        x, y = host.x + math.cos(angle) * far, host.y + math.sin(angle) * far
        blit(self.surface, sprites.person(partner), self.rect.x + x, self.rect.y + y)

    def name(
        self, place: Place, partner: PartnerSeen, shape: TableShape, seen: float = 1.0
    ) -> None:
        """A partner's name beside it."""
        quiet = self._faint(place.id) or bool(partner.merged_with)
        colour = self.theme.muted if quiet else self.theme.text
        box = place.label.box
        rim = max(2, shape.font // 9)
        step = box.h / len(place.label.lines)
        for k, line in enumerate(place.label.lines):
            picture = fonts.line(line, shape.font, fonts.BOLD, colour, self.theme.canvas, rim)
            wide = picture.get_width() - 2 * rim
            x = {"left": 0.0, "centre": (box.w - wide) / 2, "right": box.w - wide}
            x_at = self.rect.x + box.x + x[place.label.align]
            y_at = self.rect.y + box.y + step * k + (step - picture.get_height()) / 2
            if seen < 1.0:
                picture.set_alpha(round(255 * max(0.0, seen)))
            self.surface.blit(picture, (round(x_at) - rim, round(y_at)))
            picture.set_alpha(255)
        if self.layout.boxes is not None:
            drawn = Rect(
                round(self.rect.x + box.x), round(self.rect.y + box.y), round(box.w), round(box.h)
            )
            text = " ".join(place.label.lines)
            clip = self.surface.get_clip()
            self.layout.boxes.note("text", text, drawn, self.rect, clip)
