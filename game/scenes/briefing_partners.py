"""Partners as the briefing shows them: a name to choose, and who they are in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.text import BOLD, REGULAR, draw_text
from game.view.theme import Theme
from game.view.widgets import Act, Hands, Look, Widget
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario.schema import PartnerPart


@dataclass(frozen=True)
class PartnerName(Widget):
    """A partner in a list: a disc in the sector's colour with its icon, and the name."""

    label: str
    sector: str
    icon: str
    chosen: bool

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        return None  # being on it is enough; Enter goes on

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        if self.chosen or look.hover:
            fill = theme.selected if self.chosen else theme.panel2
            panel(surface, self.rect, fill, radius=layout.px(10))
        self.note(surface, layout)
        radius = round(self.rect.height * 0.38)
        centre = (self.rect.x + radius + layout.px(12), self.rect.centery)
        disc(surface, centre, radius, theme.sector(self.sector))
        draw_icon(surface, self.icon, centre, round(radius * 1.15), theme.on_sector)
        left = round(centre[0]) + radius + layout.px(16)
        place = Rect(left, self.rect.y, self.rect.right - left - layout.px(12), self.rect.height)
        draw_text(
            surface, layout, place, self.label, theme.text,
            weight=BOLD if self.chosen else REGULAR, valign="middle", one_line=True,
        )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)


def about(partner: PartnerPart) -> str:
    """A partner in words: who leads it, what it wants, what it fears."""
    parts = [f"**{partner.name}**", partner.leader.role]
    if partner.leader.temper:
        parts[-1] += f". {partner.leader.temper}"
    if partner.wants:
        parts.append(_("**Wants:** {what}").format(what=partner.wants))
    if partner.fears:
        parts.append(_("**Fears:** {what}").format(what=partner.fears))
    return "\n\n".join(parts)
