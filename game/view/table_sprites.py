"""The table's small pictures: people, chairs, badges, lumps.  Made once each, and kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.view import svg, table_faces, table_tokens
from game.view.icons import icon
from game.view.table_paint import Paint
from game.view.theme import Theme, mix
from sim.observation import Observation, PartnerSeen

STEP: Final = 3  # degrees between two pictures of eyes that turn
RING_STEP: Final = 10  # degrees between two pictures of a turning ring

REPLY_ICONS: Final = {
    "comes": "check",
    "deputy": "user-round-check",
    "full": "calendar-clock",
    "done": "check",
    "on_paper": "file-text",
    "ignored": "user-x",
}


_paints: dict[str, tuple[Theme, Paint]] = {}


def paint_of(theme: Theme) -> Paint:
    """The table's colours under a theme."""
    kept = _paints.get(theme.name)
    if kept is None or kept[0] is not theme:
        kept = _paints[theme.name] = (theme, _paint(theme))
    return kept[1]


def _paint(theme: Theme) -> Paint:
    dark = theme.name == "dark"
    return Paint(
        canvas=theme.canvas,
        cloth=theme.panel if dark else theme.panel2,
        cloth_light=theme.panel2 if dark else theme.panel,
        cloth_edge=theme.background if dark else mix(theme.hairline, theme.muted, 0.12),
        lump_light=mix(theme.panel2, theme.text, 0.11) if dark else "#FFFFFF",
        lump_dark=theme.panel2 if dark else mix(theme.hairline, theme.muted, 0.1),
        text=theme.text,
        muted=theme.muted,
        hairline=mix(theme.hairline, theme.muted, 0.15),
        good=theme.good,
        tension=theme.tension,
        conflict=theme.conflict,
        on_mark=theme.on_sector,
        trust=theme.trust,
        rails=mix(theme.trust[2], theme.canvas, 0.5),
        shade="#000000" if dark else theme.text,
        shade_strength=0.5 if dark else 0.18,
    )


def ringed(radius: float, fill: str, ring: str, width: float, dash: bool = False) -> pygame.Surface:
    """A round mark with a ring around it."""
    side = round(2 * (radius + width))
    return svg.picture(table_tokens.disc(radius, fill, ring, width, dash=dash), side, side)


@dataclass(frozen=True)
class Sprites:
    """Makes the pictures for one theme and one size.  Pixels throughout."""

    theme: Theme
    radius: float
    unit: float

    def person(self, partner: PartnerSeen, faint: bool = False) -> pygame.Surface:
        """A partner: sector colour, sector icon; ``faint`` for one who is not asked now."""
        colour = self.theme.sector(partner.sector)
        if partner.merged_with or faint:
            colour = mix(colour, self.theme.canvas, 0.62 if faint else 0.45)
        inks = (colour, self.theme.canvas, self.theme.on_sector)
        return _person(inks, self.radius, 3 * self.unit, partner.icon, not partner.at_table)

    def disc(self, sector: str, name: str, *, outside: bool = False) -> pygame.Surface:
        """A disc of a sector's colour with an icon, nobody's in particular."""
        inks = (self.theme.sector(sector), self.theme.canvas, self.theme.on_sector)
        return _person(inks, self.radius, 3 * self.unit, name, outside)

    def chair(self, facing: float) -> pygame.Surface:
        """A chair, its back away from ``facing`` degrees."""
        theme = self.theme
        frame = mix(theme.muted, theme.canvas, 0.35)
        return _chair(self.radius, round(facing) % 360, frame, mix(frame, theme.canvas, 0.6))

    def gone(self, partner: PartnerSeen) -> pygame.Surface:
        """What is left of a partner on its chair when it has become part of another."""
        theme = self.theme
        ink = mix(theme.muted, theme.canvas, 0.25)
        return _person(
            (theme.canvas, ink, ink), self.radius * 0.8, 2.5 * self.unit, "blocks", False
        )

    def eyes(self, degrees: float, shut: bool = False) -> pygame.Surface:
        """Two eyes on a partner's rim, looking toward ``degrees`` (0 right, 90 down)."""
        return _eyes(self.radius, round(degrees / STEP) * STEP % 360, shut)

    def badge(self, name: str, colour: str, share: float = 0.46) -> pygame.Surface:
        """A small round badge with an icon in it."""
        inks = (colour, self.theme.canvas, self.theme.on_sector)
        return _badge(inks, self.radius * share, name, 2.5 * self.unit)

    def badges(self, partner: PartnerSeen, governance: str, reply: str) -> list[tuple[str, str]]:
        """What is pinned on a partner, (icon, colour), the most telling first."""
        theme = self.theme
        pinned = []
        if reply in REPLY_ICONS:
            came = reply in ("comes", "done")
            tone = theme.good if came else theme.warn
            pinned.append((REPLY_ICONS[reply], tone))
        if partner.leaving:
            pinned.append(("door-open", theme.tension))
        if partner.new_leader:
            pinned.append(("user-plus", theme.accent))
        if partner.merged_with:
            pinned.append(("blocks", theme.muted))
        elif partner.reorganising:
            pinned.append(("network", theme.muted))
        if governance == f"lead:{partner.id}":
            pinned.append(("scroll-text", theme.accent))
        return pinned[:4]

    def heap(self, count: int, scale: float) -> pygame.Surface:
        """The cloth swollen over so many tokens."""
        side = round(table_tokens.heap_reach(count) * 2.6 * scale)
        return _heap(side, scale, table_tokens.shown(count), paint_of(self.theme))

    def ring(self, count: int, dancing: int, scale: float, degrees: float = 0.0) -> pygame.Surface:
        """The arrows of two who go round something, turned by ``degrees``."""
        side = round(table_tokens.ring_reach(count, dancing) * 2.1 * scale)
        turn = round(degrees / RING_STEP) * RING_STEP % 360
        return _ring(side, scale, table_tokens.shown(count), dancing, turn, paint_of(self.theme))

    def plant(self, name: str, radius: float) -> pygame.Surface:
        """A project in its pot."""
        theme = self.theme
        tone = theme.muted if name == "wilted" else theme.good
        return _plant((tone, theme.canvas, theme.on_sector), radius, name, 3 * self.unit)

    def sign(self, kind: str, radius: float) -> pygame.Surface:
        """A badge on a tie: tension, words, dispute, up, down."""
        theme = self.theme
        name, tone = {
            "tension": ("eye-off", theme.tension),
            "words": ("eye", theme.tension),
            "dispute": ("zap", theme.conflict),
            "up": ("plus", theme.good),
            "down": ("minus", theme.tension),
        }[kind]
        if kind == "down":  # hollow, so that it is told from "up" at a glance
            return _badge((theme.canvas, tone, tone), radius, name, 2 * self.unit)
        return _badge((tone, theme.canvas, theme.on_sector), radius, name, 3 * self.unit)


Inks = tuple[str, str, str]  # of the disc, of its ring, of the icon on it


@lru_cache(maxsize=128)
def _person(inks: Inks, radius: float, ring: float, name: str, outside: bool) -> pygame.Surface:
    picture = ringed(radius, inks[0], inks[1], ring, dash=outside).copy()
    drawing = icon(name, round(radius * 1.12), inks[2])
    picture.blit(drawing, drawing.get_rect(center=picture.get_rect().center))
    return picture


@lru_cache(maxsize=256)
def _chair(radius: float, degrees: int, frame: str, seat: str) -> pygame.Surface:
    side = round(radius * 3)
    drawing = table_faces.chair(radius, math.radians(degrees), frame, seat)
    return svg.picture(drawing, side, side)


@lru_cache(maxsize=512)
def _eyes(radius: float, degrees: int, shut: bool) -> pygame.Surface:
    side = round(radius * 3)
    return svg.picture(table_faces.eyes(radius, math.radians(degrees), float(shut)), side, side)


@lru_cache(maxsize=64)
def _heap(side: int, scale: float, count: int, paint: Paint) -> pygame.Surface:
    return svg.picture(table_tokens.heap(side, scale, count, paint), side, side)


@lru_cache(maxsize=256)
def _ring(
    side: int, scale: float, count: int, dancing: int, degrees: float, paint: Paint
) -> pygame.Surface:
    turn = math.radians(degrees)
    return svg.picture(table_tokens.ring(side, scale, count, dancing, turn, paint), side, side)


@lru_cache(maxsize=64)
def _plant(inks: Inks, radius: float, name: str, rim: float) -> pygame.Surface:
    picture = ringed(max(3.0, radius - rim), inks[0], inks[1], rim).copy()
    size = max(8, round(radius * 1.3))
    drawing = svg.picture(table_tokens.plant(name, size, inks[2]), size, size)
    picture.blit(drawing, drawing.get_rect(center=picture.get_rect().center))
    return picture


@lru_cache(maxsize=256)
def _badge(inks: Inks, radius: float, name: str, ring: float) -> pygame.Surface:
    picture = ringed(max(3.0, radius - ring), inks[0], inks[1], ring).copy()
    drawing = icon(name, max(8, round(radius * 1.18)), inks[2], stroke=2.4)
    picture.blit(drawing, drawing.get_rect(center=picture.get_rect().center))
    return picture


def forget() -> None:
    """Drop every picture kept."""
    for kept in (_person, _chair, _eyes, _heap, _ring, _plant, _badge):
        kept.cache_clear()


def told(observation: Observation) -> str:
    """The table in words: who sits there, and what can be seen between them."""
    from sim.labels import listed
    from sim.words import _

    names = {partner.id: partner.name for partner in observation.partners}
    at_table = [p.name for p in observation.partners if p.at_table]
    outside = [p.name for p in observation.partners if not p.at_table]
    lines = [_("At the table: {names}.").format(names=listed(at_table))]
    if outside:
        lines.append(_("Not at the table: {names}.").format(names=listed(outside)))
    for partner in observation.partners:
        if partner.leaving:
            lines.append(
                _("At {who}, the {role} is leaving.").format(who=partner.name, role=partner.leader)
            )
    for tie in observation.ties:
        said = []
        if tie.dispute:
            said.append(_("are in open dispute"))
        if tie.tension_surfaced:
            said.append(_("have something said and not worked through"))
        if tie.tokens:
            said.append(_("have something under the cloth"))
        if tie.dancing:
            said.append(
                (
                    _("step around each other"),
                    _("often step around each other"),
                    _("do little but step around each other"),
                )[min(tie.dancing, 3) - 1]
            )
        if said:
            pair = listed([names[tie.a], names[tie.b]])
            lines.append(f"{pair} {listed(said)}.")
    return "\n".join(f"- {line}" for line in lines)
