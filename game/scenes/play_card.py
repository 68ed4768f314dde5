"""Something that lies over the table, and how its words are set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.scenes.play_layout import Areas, card_area
from game.scenes.play_step import Step
from game.view import fonts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, ITALIC, draw_text, fit, height_of
from game.view.theme import HEADING, TITLE, Theme
from game.view.widgets import Card, Widget, card_height
from sim.labels import unquoted

if TYPE_CHECKING:
    pass


class CardStep(Step):
    """Something lies over the table."""

    covers = True

    def sheet(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, edge: str
    ) -> Rect:
        """Lay a sheet over the table; what lies inside the sheet."""
        panel(
            surface, areas.table, theme.canvas, theme.hairline,
            radius=layout.px(12), width=layout.px(2),
        )  # fmt: skip
        sheet = card_area(layout, areas.table)
        panel(
            surface, sheet.move(layout.px(6), layout.px(10)), theme.hairline, radius=layout.px(14)
        )
        panel(surface, sheet, theme.panel, edge, radius=layout.px(14), width=layout.px(4))
        return inset(sheet, layout.px(40), layout.px(30))

    def choices(
        self, layout: Layout, area: Rect, options: Sequence[tuple[str, str, str, str]]
    ) -> list[Widget]:
        """Cards one under another, (key, title, line, icon), with keys 1, 2, 3 …"""
        gap = layout.px(12)
        size = HEADING * 0.86
        tall = [
            card_height(
                layout,
                area.width,
                title,
                (line,) if line else (),
                icon=icon,
                tag="1",
                title_size=size,
            )
            for _key, title, line, icon in options
        ]
        over = sum(tall) + gap * (len(tall) - 1)
        if over > area.height:
            tall = [one * (area.height - gap * (len(tall) - 1)) // sum(tall) for one in tall]
        y = area.y
        found: list[Widget] = []
        for number, ((key, title, line, icon), one) in enumerate(
            zip(options, tall, strict=True), start=1
        ):
            found.append(
                Card(
                    key,
                    Rect(area.x, y, area.width, one),
                    title=title,
                    lines=(line,) if line else (),
                    icon=icon,
                    tag=str(number),
                    title_size=size,
                    hotkey=pygame.K_0 + number,
                )
            )
            y += one + gap
        return found


def draw_card(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    title: str,
    body: str,
    icon: str,
) -> None:
    """A title with its icon, and a text beneath it."""
    side = layout.tx(54)
    x = inner.x + side + layout.px(18)
    wide = inner.right - x
    tall = max(side, height_of(title, layout, wide, size=TITLE * 1.2, weight=BOLD))
    tall = min(tall, inner.height // 3)
    draw_icon(surface, icon, (inner.x + side / 2, inner.y + tall / 2), side, theme.accent)
    draw_text(
        surface, layout, Rect(x, inner.y, wide, tall), title, theme.text,
        size=TITLE * 1.2, weight=BOLD, valign="middle",
    )  # fmt: skip
    rest = Rect(inner.x, inner.y + tall + layout.px(22), inner.width, 0)
    rest.height = max(1, inner.bottom - rest.y)
    text = " ".join(body.split())
    draw_text(surface, layout, rest, text, theme.text, size=TITLE, valign="middle")


def draw_unsaid(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    said: str,
    unsaid: str,
    scene: str,
    tone: str,
) -> None:
    """What was said instead, struck through; the words themselves; how it went."""
    gap = layout.px(20)
    scene = " ".join(scene.split())
    said = f"“{unquoted(said)}”" if said else ""
    upper = min(height_of(said, layout, inner.width), round(inner.height * 0.28)) if said else 0
    lower = height_of(scene, layout, inner.width, size=HEADING, weight=ITALIC) if scene else 0
    lower = min(lower, round(inner.height * 0.34))
    top, middle, foot = rows(inner, [upper, 1.0, lower], gap)
    if said:
        drawn = draw_text(surface, layout, top, said, theme.muted)
        fitted = fit(said, layout, top)
        step = drawn.height / max(1, len(fitted.lines))
        for k, line in enumerate(fitted.lines):
            wide = fonts.width(line, fitted.size)
            y = round(drawn.y + step * (k + 0.55))
            surface.fill(theme.muted, Rect(top.x, y, wide, max(1, layout.px(3))))
    words = f"“{unquoted(unsaid)}”"
    draw_text(surface, layout, middle, words, tone, size=TITLE * 1.45, weight=BOLD, valign="middle")
    if scene:
        draw_text(surface, layout, foot, scene, theme.text, size=HEADING, weight=ITALIC)
