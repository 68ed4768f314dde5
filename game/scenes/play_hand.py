"""The widgets of the diary: a card in the hand, a card's words, the places themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.scenes.play_parts import draw_faces
from game.view import fonts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, REGULAR, draw_text, pixels, wrap
from game.view.theme import BODY, SMALL, Theme, mix
from game.view.widgets import Act, Hands, Look, Widget
from sim.labels import listed, measure_parts, pounds
from sim.moves import Move
from sim.observation import Card, PartnerSeen
from sim.words import _, ngettext


@dataclass(frozen=True)
class CardRow(Widget):
    """A card by its name: icon, name, the places it takes; faint where it cannot be played.

    Choosing one that cannot be played says why not.
    """

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


def price(card: Card, stands: bool = False) -> str:
    """What a card takes, in words: "2 places, £15,000"; each turn where it stands."""
    if stands:
        return _("{price} each turn, until you stop it.").format(price=price(card))
    places = ngettext("{count} place", "{count} places", card.places).format(count=card.places)
    if not card.cost:
        return places
    return _("{places}, {cost}").format(places=places, cost=pounds(card.cost))


def stopping(card: Card | None) -> str:
    """What an entry that goes on by itself takes, and how it is stopped."""
    if card is None or not card.cost:
        return _("It keeps its place every turn until you stop it: choose it here.")
    return _(
        "It keeps its place and costs {cost} every turn until you stop it: choose it here."
    ).format(cost=pounds(card.cost))


def draw_details(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    card: Card | None,
    why: str,
    note: str = "",
    stands: bool = False,
) -> None:
    """A card's two lines at a size for the room, its price, and why it cannot be played."""
    panel(surface, area, theme.panel2, radius=layout.px(12))
    if card is None and not why and not note:
        return
    inner = inset(area, layout.px(16), layout.px(10))
    parts: list[tuple[str, str, str, str]] = []  # icon, its colour, words, their colour
    if card is not None:
        now, risk = card.lines
        parts.append(("arrow-right", theme.accent, now, theme.text))
        parts.append(("triangle-alert", theme.warn, risk, theme.text))
        if card.reason and not note:  # with a note it lies in the diary already
            parts.append(("lock", theme.warn, card.reason, theme.warn))
        elif not note:
            parts.append(("calendar-clock", theme.muted, price(card, stands), theme.muted))
    if why and (card is None or why != card.reason):
        parts.append(("info", theme.warn, why, theme.warn))
    if note:
        icon = "repeat" if stands else "users" if card else "info"
        parts.append((icon, theme.muted, note, theme.text))
    _column(surface, layout, inner, parts)


def _column(
    surface: pygame.Surface, layout: Layout, area: Rect, parts: Sequence[tuple[str, str, str, str]]
) -> None:
    """Paragraphs with an icon each, all at the largest size at which they all fit."""
    size = float(BODY)
    gap = layout.px(5)
    while size > SMALL * 0.72:
        left = _beside_icon(layout, size)
        asked = pixels(layout, size)
        step = fonts.line_height(asked)
        tall = [len(wrap(text, asked, REGULAR, area.width - left)) * step for *_, text, _c in parts]
        if sum(tall) + gap * (len(parts) - 1) <= area.height:
            break
        size -= 1
    left = _beside_icon(layout, size)
    asked = pixels(layout, size)
    step = fonts.line_height(asked)
    y = area.y
    for icon, tone, text, colour in parts:
        want = len(wrap(text, asked, REGULAR, area.width - left)) * step
        room = Rect(area.x + left, y, area.width - left, max(1, min(want, area.bottom - y)))
        side = round(step * 0.72)
        draw_icon(surface, icon, (area.x + side / 2, y + step / 2), side, tone)
        draw_text(surface, layout, room, text, colour, size=size)
        y += want + gap


def _beside_icon(layout: Layout, size: float) -> int:
    return round(pixels(layout, size) * 1.3)


@dataclass(frozen=True)
class Entry(Widget):
    """What is in one or more places of the diary; choosing it takes it back."""

    icon: str = ""
    label: str = ""
    about: str = ""  # with whom, in words, where there is room for them
    faces: tuple[PartnerSeen, ...] = ()
    standing: bool = False
    places: int = 1

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        if event.key == pygame.K_DELETE:
            return self.activate(hands)
        return super().key_down(hands, event)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = mix(theme.selected, theme.panel, 0.35) if look.hover else theme.selected
        panel(surface, self.rect, fill, theme.accent, radius=layout.px(8), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(12), layout.px(5))
        side = min(layout.tx(34), inner.height)
        draw_icon(surface, self.icon, (inner.x + side / 2, inner.centery), side, theme.accent)
        mark = "repeat" if self.standing else "x"
        small = min(layout.tx(28), inner.height)
        draw_icon(surface, mark, (inner.right - small / 2, inner.centery), small, theme.muted)
        left, right = inner.x + side + layout.px(12), inner.right - small - layout.px(10)
        if self.places > 1:
            box = min(layout.tx(16), inner.height)
            for k in range(self.places):
                at = Rect(right - (k + 1) * box - k * layout.px(5), 0, box, box)
                at.centery = inner.centery
                panel(surface, at, theme.accent, radius=layout.px(4))
            right -= self.places * (box + layout.px(5)) + layout.px(6)
        if self.faces:
            tall = min(inner.height, layout.tx(44))
            room = Rect(0, 0, round(inner.width * 0.34), tall)
            room.midright = (right, inner.centery)
            right -= draw_faces(surface, layout, theme, room, self.faces, "right") + layout.px(8)
        body = Rect(left, inner.y, max(1, right - left), inner.height)
        line = fonts.line_height(pixels(layout, BODY))
        beneath = self.about if inner.height > line * 1.7 else ""
        upper, lower = rows(body, [1.0, 1.0]) if beneath else (body, body)
        draw_text(
            surface, layout, upper, self.label, theme.text,
            size=BODY, weight=BOLD, one_line=True, valign="bottom" if beneath else "middle",
        )  # fmt: skip
        draw_text(surface, layout, lower if beneath else Rect(0, 0, 1, 1), beneath, theme.muted,
                  size=BODY * 0.9, one_line=True)  # fmt: skip
        if look.focus:
            self.ring(surface, layout, theme)


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
    """A place that is still free: a dashed outline, like an empty line of a diary."""
    step, dash, wide = layout.px(16), layout.px(9), max(1, layout.px(2))
    for x in range(rect.x, rect.right - dash, step):
        for y in (rect.y, rect.bottom - wide):
            surface.fill(theme.border, Rect(x, y, dash, wide))
    for y in range(rect.y, rect.bottom - dash, step):
        for x in (rect.x, rect.right - wide):
            surface.fill(theme.border, Rect(x, y, wide, dash))
    draw_text(
        surface, layout, inset(rect, layout.px(12), layout.px(3)), _("free"), theme.muted,
        size=BODY * 0.9, align="centre", valign="middle", one_line=True,
    )  # fmt: skip


def move_about(move: Move, names: dict[str, str]) -> str:
    """With whom or what, briefly."""
    if move.form == "shared":
        return _("together")
    if move.targets:
        return listed([names.get(target, target) for target in move.targets])
    if move.measure:
        return measure_parts(move.measure)[0]
    return ""
