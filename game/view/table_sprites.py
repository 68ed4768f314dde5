"""The table's small pictures: people, chairs, badges, lumps.  Made once each, and kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.view import svg, table_faces, table_paint
from game.view.icons import icon
from game.view.table_paint import Paint
from game.view.table_reading import Mark
from game.view.theme import Theme, mix
from sim.observation import Observation, PartnerSeen

STEP: Final = 3  # degrees between two pictures of a turning chair

REPLY_ICONS: Final = {
    "comes": "check",
    "deputy": "user-round-check",
    "full": "calendar-clock",
    "done": "check",
    "on_paper": "file-text",
    "ignored": "user-x",
}
STAGE_ICONS: Final = {"running": "sprout", "delivered": "tree-deciduous", "embedded": "trees"}


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
        cloth_edge=theme.background if dark else mix(theme.hairline, theme.background, 0.35),
        text=theme.text,
        muted=theme.muted,
        hairline=mix(theme.hairline, theme.muted, 0.15),
        good=theme.good,
        tension=theme.tension,
        conflict=theme.conflict,
        on_mark=theme.on_sector,
        trust=theme.trust,
        shade="#000000" if dark else theme.text,
        shade_strength=0.5 if dark else 0.18,
    )


def ringed(radius: float, fill: str, ring: str, width: float, dash: bool = False) -> pygame.Surface:
    """A round mark with a ring around it."""
    side = round(2 * (radius + width))
    return svg.picture(table_paint.disc(radius, fill, ring, width, dash=dash), side, side)


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

    def chair(self, sector: str, degrees: float) -> pygame.Surface:
        """A chair whose sitter looks toward ``degrees`` (0 right, 90 down)."""
        turned = round(degrees / STEP) * STEP % 360
        return _chair(self.theme.sector(sector), self.radius, turned)

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

    def mark(self, mark: Mark) -> pygame.Surface:
        """A mark on the cloth."""
        theme, radius = self.theme, mark.spot.radius
        if mark.kind == "tokens":
            return _lump(radius, mark.count, paint_of(theme))
        if mark.project is not None:
            stalled = mark.project.stalled
            name = "pause" if stalled else STAGE_ICONS.get(mark.project.stage, "sprout")
            tone = theme.muted if stalled else theme.good
            inks = (tone, theme.canvas, theme.on_sector)
            return _badge(inks, radius, name, 3 * self.unit)
        name, tone = {
            "tension": ("eye-off", theme.tension),
            "dispute": ("zap", theme.conflict),
            "up": ("plus", theme.good),
            "down": ("minus", theme.tension),
        }[mark.kind]
        return _badge((tone, theme.canvas, theme.on_sector), radius, name, 3 * self.unit)


Inks = tuple[str, str, str]  # of the disc, of its ring, of the icon on it


@lru_cache(maxsize=128)
def _person(inks: Inks, radius: float, ring: float, name: str, outside: bool) -> pygame.Surface:
    picture = ringed(radius, inks[0], inks[1], ring, dash=outside).copy()
    drawing = icon(name, round(radius * 1.12), inks[2])
    picture.blit(drawing, drawing.get_rect(center=picture.get_rect().center))
    return picture


@lru_cache(maxsize=512)
def _chair(colour: str, radius: float, degrees: int) -> pygame.Surface:
    side = round(radius * 4)
    drawing = table_paint.chair(radius, math.radians(degrees), colour, colour)
    return svg.picture(drawing, side, side)


@lru_cache(maxsize=512)
def _eyes(radius: float, degrees: int, shut: bool) -> pygame.Surface:
    side = round(radius * 3)
    return svg.picture(table_faces.eyes(radius, math.radians(degrees), float(shut)), side, side)


@lru_cache(maxsize=64)
def _lump(radius: float, count: int, paint: Paint) -> pygame.Surface:
    side = round(radius * 2.6)
    return svg.picture(table_paint.lump(radius, count, paint), side, side)


@lru_cache(maxsize=256)
def _badge(inks: Inks, radius: float, name: str, ring: float) -> pygame.Surface:
    picture = ringed(max(3.0, radius - ring), inks[0], inks[1], ring).copy()
    drawing = icon(name, max(8, round(radius * 1.18)), inks[2], stroke=2.4)
    picture.blit(drawing, drawing.get_rect(center=picture.get_rect().center))
    return picture


def forget() -> None:
    """Drop every picture kept."""
    for kept in (_person, _chair, _eyes, _lump, _badge):
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
