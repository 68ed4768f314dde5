"""Buttons and cards."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.view import text as texts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.text import BOLD, REGULAR, draw_text, height_of, width_of
from game.view.theme import BODY, HEADING, Theme, mix
from game.view.widgets.base import Look, Widget

PRIMARY = "primary"  # the one thing to do next
PLAIN = "plain"
QUIET = "quiet"  # no border until it is pointed at


@dataclass(frozen=True)
class Button(Widget):
    """Words, an icon or both, to be pressed.  ``kind`` is primary, plain or quiet."""

    label: str = ""
    icon: str = ""
    kind: str = PLAIN
    chosen: bool = False  # stays down: one of several
    size: float = BODY
    align: str = "centre"

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill, edge, ink = self._colours(theme, look)
        panel(surface, self.rect, fill, edge, radius=layout.px(10), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(16), layout.px(6))
        if self.icon:
            side = layout.tx(self.size * 1.1)
            gap = layout.px(12) if self.label else 0
            wide = width_of(self.label, layout, size=self.size, weight=BOLD) if self.label else 0
            wide = min(wide, inner.width - side - gap)
            x = inner.x
            if self.align == "centre":
                x = inner.x + (inner.width - side - gap - wide) // 2
            draw_icon(surface, self.icon, (x + side / 2, inner.centery), side, ink)
            inner = Rect(x + side + gap, inner.y, inner.right - x - side - gap, inner.height)
        if self.label:
            draw_text(
                surface,
                layout,
                inner,
                self.label,
                ink,
                size=self.size,
                weight=BOLD,
                align="left" if self.icon else self.align,
                valign="middle",
                one_line=True,
            )
        if look.focus:
            self.ring(surface, layout, theme)

    def _colours(self, theme: Theme, look: Look) -> tuple[str, str, str]:
        if not self.enabled:
            return theme.panel2, theme.hairline, theme.muted
        if self.kind == PRIMARY:
            fill = mix(theme.accent, theme.text, 0.18 if look.hover else 0.0)
            return mix(fill, theme.text, 0.25) if look.pressed else fill, "", theme.on_accent
        if self.chosen:
            return theme.selected, theme.accent, theme.text
        fill = theme.panel2 if look.hover or look.pressed else theme.panel
        if self.kind == QUIET:
            return (fill if look.hover or look.pressed else ""), "", theme.text
        return fill, theme.border, theme.text


def button_width(layout: Layout, label: str, icon: str = "", size: float = BODY) -> int:
    """How wide a button must be for its label in one line, in pixels."""
    wide = width_of(label, layout, size=size, weight=BOLD) + 2 * layout.px(16) + layout.px(16)
    return wide + (layout.tx(size * 1.1) + layout.px(12) if icon else 0)


@dataclass(frozen=True)
class Card(Widget):
    """A title, lines beneath it, an icon and a tag: something to choose among its like.

    A card that cannot be chosen still shows why, in ``reason``.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    icon: str = ""
    tag: str = ""  # a few characters in the corner: its price
    chosen: bool = False
    reason: str = ""
    title_size: float = HEADING
    line_size: float = BODY
    aside: int = 0  # pixels kept free at the right, for what a subclass draws there

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        edge = theme.accent if self.chosen else theme.border if self.enabled else theme.hairline
        fill = theme.selected if self.chosen else theme.panel
        if not self.enabled:
            fill = theme.panel2
        elif look.hover and not self.chosen:
            fill = mix(theme.panel, theme.selected, 0.5)
        width = layout.px(4 if self.chosen else 2)
        panel(surface, self.rect, fill, edge, radius=layout.px(12), width=width)
        self.note(surface, layout)
        part = card_parts(
            layout, self.rect, self.title, self.icon, self.tag, self.title_size, self.aside
        )
        ink = theme.text if self.enabled else theme.muted
        if self.icon:
            accent = theme.accent if self.enabled else theme.muted
            draw_icon(surface, self.icon, part.icon.center, part.icon.width, accent)
        draw_text(surface, layout, part.title, self.title, ink, size=self.title_size, weight=BOLD)
        if self.tag:
            tint = theme.accent if self.enabled else theme.muted
            panel(surface, part.tag, tint, radius=part.tag.height // 2)
            draw_text(
                surface, layout, part.tag, self.tag, theme.on_accent, weight=BOLD,
                size=self.line_size, align="centre", valign="middle", one_line=True,
            )  # fmt: skip
        body, colour = "\n".join(self.lines), theme.muted
        if self.reason:
            body = f"{body}\n{self.reason}" if body else self.reason
        draw_text(surface, layout, part.body, body, colour, size=self.line_size)
        if look.focus:
            self.ring(surface, layout, theme)


@dataclass(frozen=True)
class CardParts:
    """Where the parts of a card lie."""

    icon: Rect
    title: Rect
    tag: Rect
    body: Rect


def card_parts(
    layout: Layout,
    rect: Rect,
    title: str,
    icon: str,
    tag: str,
    title_size: float = HEADING,
    aside: int = 0,
) -> CardParts:
    """Cut a card up; the same arithmetic serves drawing it and asking how tall it must be."""
    inner = inset(rect, layout.px(20), layout.px(14))
    inner.width = max(1, inner.width - aside)
    side = layout.tx(46) if icon else 0
    left = inner.x + (side + layout.px(18) if icon else 0)
    tag_side = layout.tx(BODY * 1.5) if tag else 0
    tag_wide = max(tag_side, width_of(tag, layout, weight=BOLD) + layout.px(28)) if tag else 0
    title_wide = max(1, inner.right - left - (tag_wide + layout.px(12) if tag else 0))
    title_tall = height_of(title, layout, title_wide, size=title_size, weight=BOLD)
    title_tall = max(title_tall, tag_side)
    body_top = inner.y + title_tall + layout.px(4)
    return CardParts(
        icon=Rect(inner.x, inner.y + layout.px(4), side, side),
        title=Rect(left, inner.y, title_wide, min(title_tall, inner.height)),
        tag=Rect(inner.right - tag_wide, inner.y, tag_wide, tag_side),
        body=Rect(left, body_top, max(1, inner.right - left), max(1, inner.bottom - body_top)),
    )


def card_height(
    layout: Layout,
    width: int,
    title: str,
    lines: tuple[str, ...] = (),
    *,
    icon: str = "",
    tag: str = "",
    reason: str = "",
    title_size: float = HEADING,
    line_size: float = BODY,
    aside: int = 0,
) -> int:
    """How tall a card must be for all its words at full size, in pixels."""
    rect = Rect(0, 0, width, 10_000)
    parts = card_parts(layout, rect, title, icon, tag, title_size, aside)
    body = "\n".join([*lines, *([reason] if reason else [])])
    tall = height_of(body, layout, parts.body.width, size=line_size) if body else 0
    return max(parts.body.y + tall, parts.icon.bottom) + layout.px(14)


@dataclass(frozen=True)
class Words(Widget):
    """Words among widgets, such as text in a list; nothing to press."""

    text: str = ""
    size: float = BODY
    weight: str = REGULAR
    muted: bool = False

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        colour = theme.muted if self.muted else theme.text
        draw_text(surface, layout, self.rect, self.text, colour, size=self.size, weight=self.weight)

    @classmethod
    def at(
        cls,
        layout: Layout,
        key: str,
        x: int,
        y: int,
        width: int,
        text: str,
        *,
        size: float = BODY,
        weight: str = REGULAR,
        muted: bool = False,
    ) -> Words:
        """Words as tall as they need to be in a given width."""
        tall = texts.height_of(text, layout, width, size=size, weight=weight)
        return cls(key, Rect(x, y, width, tall), text, size, weight, muted)
