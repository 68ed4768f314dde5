"""The widgets of the diary: a card in the hand, a card's words, the places themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.view import fonts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import disc, panel
from game.view.text import BOLD, REGULAR, draw_text, pixels
from game.view.theme import BODY, SMALL, Theme, mix
from game.view.widgets import Look, Widget
from sim.labels import pounds
from sim.moves import Move
from sim.observation import Card
from sim.words import _, ngettext


@dataclass(frozen=True)
class CardRow(Widget):
    """A card by its name: icon, name, the places it takes; faint where it cannot be played."""

    card: Card | None = None
    number: str = ""
    open: bool = False  # its words are shown beneath

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        card = self.card
        assert card is not None
        fill = theme.selected if self.open else theme.panel
        if look.hover and not self.open:
            fill = mix(theme.panel, theme.selected, 0.5)
        edge = theme.accent if self.open else theme.border if card.playable else theme.hairline
        width = layout.px(3 if self.open else 2)
        panel(surface, self.rect, fill, edge, radius=layout.px(10), width=width)
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(12), layout.px(3))
        ink = theme.text if card.playable else theme.muted
        x = inner.x
        if self.number:
            size = pixels(layout, SMALL)
            digit = fonts.line(self.number, size, BOLD, theme.muted)
            surface.blit(digit, (x, inner.centery - digit.get_height() // 2))
            x += fonts.width("0", size, BOLD) + layout.px(10)
        side = min(layout.tx(32), self.rect.height - layout.px(8))
        tint = theme.accent if card.playable else theme.muted
        draw_icon(surface, card.icon, (x + side / 2, inner.centery), side, tint)
        x += side + layout.px(12)
        right = inner.right
        if not card.playable:
            lock = layout.tx(26)
            draw_icon(surface, "lock", (right - lock / 2, inner.centery), lock, theme.muted)
            right -= lock + layout.px(10)
        right = self._places(surface, layout, theme, right, inner.centery, card.places, tint)
        room = Rect(x, inner.y, max(1, right - layout.px(10) - x), inner.height)
        draw_text(
            surface, layout, room, card.name, ink,
            size=BODY, weight=BOLD, one_line=True, valign="middle",
        )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)

    def _places(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        right: int,
        middle: int,
        count: int,
        tint: str,
    ) -> int:
        """One square for each place it takes; where they begin."""
        side, gap = layout.tx(16), layout.px(5)
        for k in range(count):
            box = Rect(right - (k + 1) * side - k * gap, middle - side // 2, side, side)
            panel(surface, box, tint, radius=layout.px(4))
        return right - count * side - (count - 1) * gap


def price(card: Card) -> str:
    """What a card takes, in words: "2 places, £15,000"."""
    places = ngettext("{count} place", "{count} places", card.places).format(count=card.places)
    if not card.cost:
        return places
    return _("{places}, {cost}").format(places=places, cost=pounds(card.cost))


def draw_details(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, card: Card | None, why: str
) -> None:
    """A card's two lines at a size for the room, its price, and why it cannot be played."""
    panel(surface, area, theme.panel2, radius=layout.px(12))
    if card is None and not why:
        return
    inner = inset(area, layout.px(18), layout.px(10))
    parts: list[tuple[str, str]] = []
    if card is not None:
        parts += [(line, theme.text) for line in card.lines]
        parts.append((price(card), theme.muted))
        if card.reason:
            parts.append((card.reason, theme.warn))
    if why:
        parts.append((why, theme.warn))
    _column(surface, layout, inner, parts)


def _column(
    surface: pygame.Surface, layout: Layout, area: Rect, parts: Sequence[tuple[str, str]]
) -> None:
    """Paragraphs one under another, all at the largest size at which they all fit."""
    size = float(BODY)
    while size > SMALL * 0.8:
        asked = pixels(layout, size)
        step = fonts.line_height(asked)
        tall = [len(_wrap(text, asked, area.width)) * step for text, _colour in parts]
        if sum(tall) + layout.px(4) * (len(parts) - 1) <= area.height:
            break
        size -= 1
    y = area.y
    for text, colour in parts:
        asked = pixels(layout, size)
        want = len(_wrap(text, asked, area.width)) * fonts.line_height(asked)
        room = Rect(area.x, y, area.width, max(1, min(want, area.bottom - y)))
        draw_text(surface, layout, room, text, colour, size=size)
        y += want + layout.px(4)


def _wrap(text: str, size: int, width: int) -> tuple[str, ...]:
    from game.view.text import wrap

    return wrap(text, size, fonts.REGULAR, width)


@dataclass(frozen=True)
class Entry(Widget):
    """What is in one or more places of the diary; choosing it takes it back."""

    icon: str = ""
    label: str = ""
    faces: tuple[tuple[str, str], ...] = ()  # with whom: sector and icon
    standing: bool = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = mix(theme.selected, theme.panel, 0.35) if look.hover else theme.selected
        panel(surface, self.rect, fill, theme.accent, radius=layout.px(8), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(8), layout.px(6))
        side = layout.tx(32)
        draw_icon(surface, self.icon, (inner.x + side / 2, inner.y + side / 2), side, theme.accent)
        mark = "repeat" if self.standing else "x"
        small = layout.tx(20)
        draw_icon(surface, mark, (inner.right - small / 2, inner.y + small / 2), small, theme.muted)
        self._faces(surface, layout, theme, inner, side)
        gap = layout.px(4)
        body = Rect(inner.x, inner.y + side + gap, inner.width, inner.height - side - gap)
        draw_text(surface, layout, body, self.label, theme.text, size=SMALL, weight=BOLD, floor=0.8)
        if look.focus:
            self.ring(surface, layout, theme)

    def _faces(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, inner: Rect, side: int
    ) -> None:
        """Those whom it is aimed at, as they look on the table."""
        x = inner.x + side + layout.px(8)
        last = inner.right - layout.tx(20) - side
        step = side + layout.px(3)
        if len(self.faces) > 1:
            step = min(step, max(1, (last - x) // (len(self.faces) - 1)))
        for sector, icon in self.faces:
            middle = (x + side / 2, inner.y + side / 2)
            disc(surface, middle, side // 2, theme.sector(sector))
            draw_icon(surface, icon, middle, round(side * 0.66), theme.on_sector)
            x += step


@dataclass(frozen=True)
class FamilyTab(Widget):
    """A way of working, whose cards are shown."""

    label: str = ""
    chosen: bool = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = theme.selected if self.chosen else theme.panel2 if look.hover else theme.panel
        edge = theme.accent if self.chosen else theme.border
        panel(surface, self.rect, fill, edge, radius=layout.px(10), width=layout.px(2))
        self.note(surface, layout)
        draw_text(
            surface, layout, inset(self.rect, layout.px(3), layout.px(2)), self.label, theme.text,
            size=SMALL, weight=BOLD if self.chosen else REGULAR,
            one_line=True, align="centre", valign="middle",
        )  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)


def draw_free_place(surface: pygame.Surface, layout: Layout, theme: Theme, rect: Rect) -> None:
    """A place that is still free."""
    panel(surface, rect, "", theme.border, radius=layout.px(8), width=layout.px(2))
    draw_text(
        surface, layout, inset(rect, layout.px(6)), _("free"), theme.muted,
        size=SMALL, align="centre", valign="middle", one_line=True,
    )  # fmt: skip


def place_rects(area: Rect, spans: Sequence[int], total: int, gap: int) -> list[Rect]:
    """Rectangles for entries that take so many of ``total`` places, from the left."""
    if total <= 0:
        return []
    cell = (area.width - gap * (total - 1)) / total
    found, at = [], 0
    for span in spans:
        x = area.x + round(at * (cell + gap))
        right = area.x + round((at + span) * (cell + gap)) - gap
        found.append(Rect(x, area.y, max(1, right - x), area.height))
        at += span
    return found


def move_about(move: Move, names: dict[str, str]) -> str:
    """With whom or what, briefly."""
    from sim.labels import listed, measure_name

    if move.targets:
        return listed([names.get(target, target) for target in move.targets])
    if move.measure:
        return measure_name(move.measure).partition(",")[0]
    return ""
