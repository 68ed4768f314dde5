"""Partners as the briefing shows them: a name to choose, and who they are, one by one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.text import BOLD, REGULAR, draw_text, height_of, width_of
from game.view.theme import BODY, SMALL, Theme
from game.view.widgets import Act, Button, Hands, Look, Widget, Words, button_width
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario.schema import PartnerPart

PATH = BODY * 0.92
LARGEST = 40
"""Read from across the room: the type grows while the page has room."""


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
        if self.chosen:  # not by colour alone
            mark = Rect(self.rect.x, self.rect.y, layout.px(8), self.rect.height)
            panel(surface, mark, theme.accent, radius=layout.px(4))
        self.note(surface, layout)
        radius = round(self.rect.height * 0.38)
        centre = (self.rect.x + radius + layout.px(20), self.rect.centery)
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


@dataclass(frozen=True)
class PartnerSheet(Widget):
    """Who a partner is: a large sign and the name, the leader, what it wants and fears."""

    partner: PartnerPart
    size: float = BODY

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    def _parts(self, layout: Layout) -> tuple[Rect, list[tuple[str, Rect, str, float, str]], int]:
        """The disc's place; icon, place, words, size and weight of each text; the height."""
        side = layout.tx(112)
        sign = Rect(self.rect.x, self.rect.y, side, side)
        left = sign.right + layout.px(28)
        found: list[tuple[str, Rect, str, float, str]] = []

        def put(
            x: int, y: int, words: str, size: float, weight: str = REGULAR, icon: str = ""
        ) -> int:
            wide = max(1, self.rect.right - x)
            tall = height_of(words, layout, wide, size=size, weight=weight)
            found.append((icon, Rect(x, y, wide, tall), words, size, weight))
            return y + tall

        y = put(left, self.rect.y, self.partner.name, self.size * 1.25, BOLD)
        y = put(left, y, self.partner.leader.role, self.size)
        if y < sign.bottom:  # a short name stands beside the middle of its sign
            down = (sign.bottom - y) // 2
            found = [(i, r.move(0, down), w, s, b) for i, r, w, s, b in found]
        y = max(y, sign.bottom) + layout.px(26)
        if self.partner.leader.temper:
            y = put(self.rect.x, y, self.partner.leader.temper, self.size) + layout.px(30)
        inner = self.rect.x + layout.tx(self.size * 1.7)
        for icon, head, words in (
            ("target", _("Wants"), self.partner.wants),
            ("triangle-alert", _("Fears"), self.partner.fears),
        ):
            if words:
                y = put(inner, y, head, self.size, BOLD, icon)
                y = put(inner, y, words, self.size) + layout.px(26)
        return sign, found, y - layout.px(26) - self.rect.y

    def height(self, layout: Layout) -> int:
        """How tall it is at its size."""
        return self._parts(layout)[2]

    @classmethod
    def filling(cls, layout: Layout, key: str, area: Rect, partner: PartnerPart) -> PartnerSheet:
        """At the largest size at which it fits the area, taller than it at the smallest.

        Where all text is larger already, it may be a little less so.
        """
        least = round(BODY / layout.text**0.5)
        for size in range(LARGEST, least - 1, -1):
            sheet = cls(key, Rect(area), partner, size)
            if sheet.height(layout) <= area.height:
                break
        return cls(key, Rect(area.topleft, (area.width, sheet.height(layout))), partner, sheet.size)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        sign, texts, _tall = self._parts(layout)
        disc(surface, sign.center, sign.width // 2, theme.sector(self.partner.sector))
        side = round(sign.width * 0.56)
        draw_icon(surface, self.partner.icon, sign.center, side, theme.on_sector)
        for icon, place, words, size, weight in texts:
            if icon:
                mark = layout.tx(size)
                centre = (self.rect.x + mark / 2, place.y + place.height / 2)
                colour = theme.good if icon == "target" else theme.warn
                draw_icon(surface, icon, centre, mark, colour)
            draw_text(surface, layout, place, words, theme.text, size=size, weight=weight)


def names_of(
    layout: Layout, area: Rect, partners: Sequence[PartnerPart], chosen: int
) -> tuple[Widget, ...]:
    """The list of names, all in sight where that is possible; those outside come last."""
    found: list[Widget] = []
    y, gap = area.y, layout.px(5)
    tall = (area.height - layout.tx(52)) // max(1, len(partners)) - gap
    tall = max(layout.tx(42), min(layout.tx(68), tall))
    for index, partner in enumerate(partners):
        if index and partners[index - 1].at_table and not partner.at_table:
            words = Words.at(
                layout, "outside", area.x, y + layout.px(6), area.width,
                _("Not at the table"), muted=True,
            )  # fmt: skip
            found.append(words)
            y = words.rect.bottom + layout.px(4)
        place = Rect(area.x, y, area.width, tall)
        found.append(
            PartnerName(
                f"partner:{index}", place, partner.name, partner.sector, partner.icon,
                index == chosen,
            )
        )  # fmt: skip
        y += tall + gap
    return tuple(found)


def seats_of(layout: Layout, area: Rect, cards: Path | None) -> list[Widget]:
    """At the foot of an area: everyone may sit as a partner, with a card to print.

    ``cards`` is where the cards are, once they are written.
    """
    said = _("Everyone may sit as one of them, card in hand.")
    label = _("Seat cards to print")
    wide = min(area.width // 2, button_width(layout, label, "file-text"))
    gap, tall = layout.px(20), layout.tx(58)
    foot = area.bottom
    found: list[Widget] = []
    if cards is not None:  # where they are is to be read and typed: the whole width is for it
        said = _("To print them, open this file in a browser:")
        path = str(cards)
        if width_of(path, layout, size=PATH) > area.width:
            path = f"{cards.parent}{os.sep}\n{cards.name}"
        file = Words.at(layout, "file", area.x, 0, area.width, path, size=PATH)
        found.append(file.moved(0, foot - file.rect.height))
        foot = found[0].rect.top - layout.px(12)
    size = SMALL if cards is None else PATH
    words = Words.at(
        layout, "seats", area.x + wide + gap, 0, area.width - wide - gap, said,
        size=size, muted=cards is None,
    )  # fmt: skip
    high = max(tall, words.rect.height)
    top = foot - high
    place = Rect(area.x, top + (high - tall) // 2, wide, tall)
    button = Button("cards", place, label=label, icon="file-text", hotkey=pygame.K_p)
    return [words.moved(0, top + (high - words.rect.height) // 2), button, *found]


def cards_are_in(file: Path) -> str:
    """Where the seat cards are and what to do with them."""
    return _("To print, open in a browser: {file}").format(file=file)


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
