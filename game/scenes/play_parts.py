"""What several steps draw: partners' faces, a heading with an icon, words struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.view import fonts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import disc, panel
from game.view.table_sprites import REPLY_ICONS, Sprites
from game.view.text import BOLD, REGULAR, draw_text, fit
from game.view.theme import BODY, Theme, mix
from game.view.widgets import Look, Widget
from sim.observation import PartnerSeen

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

CAME = ("comes", "done")
"""Replies that are a yes."""


@dataclass(frozen=True)
class Numbered(Widget):
    """Something to choose by its number, in a row as low as it has to be."""

    title: str = ""
    number: str = ""

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = mix(theme.panel, theme.selected, 0.5) if look.hover else theme.panel
        panel(surface, self.rect, fill, theme.border, radius=layout.px(12), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(16), layout.px(5))
        side = min(inner.height, layout.tx(44))
        tag = Rect(inner.right - side, inner.centery - side // 2, side, side)
        disc(surface, tag.center, side // 2, theme.accent)
        draw_text(
            surface, layout, tag, self.number, theme.on_accent, size=BODY * 0.9, weight=BOLD,
            align="centre", valign="middle", one_line=True,
        )  # fmt: skip
        room = Rect(inner.x, inner.y, max(1, tag.x - layout.px(10) - inner.x), inner.height)
        draw_text(
            surface, layout, room, self.title, theme.text, size=BODY, weight=BOLD, valign="middle"
        )
        if look.focus:
            self.ring(surface, layout, theme)


def still(play: Flow) -> bool:
    """Whether every picture is to stand at its last instant."""
    return play.desk.settings.reduced_motion


def ease(share: float) -> float:
    """0 to 1, gently at both ends."""
    share = max(0.0, min(1.0, share))
    return share * share * (3 - 2 * share)


def partner_seen(play: Flow, id: str) -> PartnerSeen | None:
    """A partner as the group sees it now."""
    return next((partner for partner in play.observation.partners if partner.id == id), None)


def draw_face(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    centre: tuple[float, float],
    radius: float,
    partner: PartnerSeen,
    reply: str = "",
) -> None:
    """A partner as on the table; with a reply's badge, where there is one."""
    sprites = Sprites(theme, float(radius), layout.u)
    picture = sprites.person(partner)
    surface.blit(picture, picture.get_rect(center=(round(centre[0]), round(centre[1]))))
    if reply in REPLY_ICONS:
        tone = theme.good if reply in CAME else theme.warn
        badge = sprites.badge(REPLY_ICONS[reply], tone)
        at = (round(centre[0] + radius * 0.75), round(centre[1] + radius * 0.75))
        surface.blit(badge, badge.get_rect(center=at))


def draw_nobody(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    centre: tuple[float, float],
    radius: float,
    asked: bool,
) -> None:
    """A chair still to be filled: a ring with a question mark, fainter where one may be."""
    tone = theme.accent if asked else theme.border
    points = Rect(0, 0, round(2 * radius), round(2 * radius))
    points.center = (round(centre[0]), round(centre[1]))
    pygame.draw.circle(surface, tone, points.center, round(radius), max(2, layout.px(3)))
    size = max(11, round(radius * 1.1))
    picture = fonts.line("?" if asked else "+", size, fonts.BOLD, tone)
    surface.blit(picture, picture.get_rect(center=points.center))


def draw_faces(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    partners: Sequence[PartnerSeen],
    align: str = "left",
) -> int:
    """Several faces side by side, as large as the area is tall; how wide they are."""
    if not partners:
        return 0
    radius = area.height / 2
    step = 2 * radius + layout.px(6)
    if len(partners) > 1:
        step = min(step, max(radius * 0.8, (area.width - 2 * radius) / (len(partners) - 1)))
    wide = round(2 * radius + step * (len(partners) - 1))
    x = area.x if align == "left" else area.right - wide
    if align == "centre":
        x = area.centerx - wide // 2
    for k, partner in enumerate(partners):
        draw_face(
            surface, layout, theme, (x + radius + k * step, area.centery), radius - 1, partner
        )
    return wide


def draw_named_faces(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    partners: Sequence[PartnerSeen],
    size: float = BODY,
) -> None:
    """Faces side by side with their names beside them, sharing the width."""
    if not partners:
        return
    gap = layout.px(20)
    each = (area.width - gap * (len(partners) - 1)) // len(partners)
    side = min(area.height, layout.tx(64))
    for k, partner in enumerate(partners):
        x = area.x + k * (each + gap)
        draw_face(surface, layout, theme, (x + side / 2, area.centery), side / 2 - 1, partner)
        left = x + side + layout.px(12)
        room = Rect(left, area.y, max(1, x + each - left), area.height)
        draw_text(
            surface, layout, room, partner.name, theme.text,
            size=size, weight="bold", valign="middle",
        )  # fmt: skip


def draw_struck(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    text: str,
    *,
    size: float = BODY,
    weight: str = REGULAR,
    align: str = "left",
) -> None:
    """Words with a line through each of their lines."""
    drawn = draw_text(
        surface, layout, area, text, theme.muted, size=size, weight=weight, align=align
    )
    fitted = fit(text, layout, area, size=size, weight=weight)
    step = drawn.height / max(1, len(fitted.lines))
    for k, line in enumerate(fitted.lines):
        wide = fonts.width(line, fitted.size, weight)
        x = area.x if align == "left" else area.centerx - wide // 2
        y = round(drawn.y + step * (k + 0.56))
        surface.fill(theme.muted, Rect(x, y, wide, max(2, layout.px(3))))


def draw_titled(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    icon: str,
    text: str,
    colour: str,
    size: float,
) -> None:
    """An icon and bold words beside it, in the middle of the area's height."""
    side = min(layout.tx(size * 1.25), area.height)
    draw_icon(surface, icon, (area.x + side / 2, area.centery), side, colour)
    left = area.x + side + layout.px(14)
    room = Rect(left, area.y, max(1, area.right - left), area.height)
    draw_text(surface, layout, room, text, theme.text, size=size, weight="bold", valign="middle")
