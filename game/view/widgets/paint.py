"""Drawing a scene's widgets, and the hint of the one that is pointed at."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.text import draw_text, height_of, width_of
from game.view.theme import SMALL, Theme
from game.view.widgets.base import Widget
from game.view.widgets.hands import Hands


def draw_widgets(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    widgets: Sequence[Widget],
    hands: Hands,
) -> None:
    """Draw the widgets in order, then the hint of the one hovered or focused."""
    for widget in widgets:
        widget.draw(surface, layout, theme, hands.look(widget))
    wanted = hands.focus if hands.by_keyboard else hands.hover
    for widget, clip, _scroll in hands.placed(widgets):
        if widget.key == wanted and widget.hint:
            shown = widget.rect.clip(clip) if clip else widget.rect
            with layout.layer("hint"):
                draw_hint(surface, layout, theme, shown, widget.hint)
            return


def draw_hint(
    surface: pygame.Surface, layout: Layout, theme: Theme, near: Rect, words: str
) -> Rect:
    """A few words in a small panel beneath (or above) what they are about."""
    pad = layout.px(14)
    longest = round(layout.width * 0.34)
    wide = min(longest, width_of(words, layout, size=SMALL) + layout.px(2))
    tall = height_of(words, layout, wide, size=SMALL)
    box = Rect(0, 0, wide + 2 * pad, tall + 2 * pad)
    box.midtop = (near.centerx, near.bottom + layout.px(6))
    if box.bottom > layout.height:
        box.bottom = near.top - layout.px(6)
    box.clamp_ip(inset(layout.window, layout.px(12)))
    panel(surface, box, theme.text, radius=layout.px(8))
    draw_text(surface, layout, inset(box, pad), words, theme.panel, size=SMALL, name="hint")
    return box
