"""Widgets: frozen descriptions, drawn alike by everybody, used by mouse and keyboard alike.

widgets = [Button("go", rect, _("Begin"), kind=PRIMARY, hotkey=pygame.K_RETURN)]
act = self.hands.handle(event, widgets)      # Act("go") when somebody chose it
draw_widgets(surface, layout, theme, widgets, self.hands)
"""

from __future__ import annotations

from game.view.widgets.base import Act, Look, Widget
from game.view.widgets.buttons import (
    PLAIN,
    PRIMARY,
    QUIET,
    Button,
    Card,
    Words,
    button_width,
    card_height,
)
from game.view.widgets.choices import Segments, Slider, Tabs
from game.view.widgets.field import TextField
from game.view.widgets.hands import Hands
from game.view.widgets.paint import draw_hint, draw_widgets
from game.view.widgets.scroll import Scroll

__all__ = [
    "PLAIN",
    "PRIMARY",
    "QUIET",
    "Act",
    "Button",
    "Card",
    "Hands",
    "Look",
    "Scroll",
    "Segments",
    "Slider",
    "Tabs",
    "TextField",
    "Widget",
    "Words",
    "button_width",
    "card_height",
    "draw_hint",
    "draw_widgets",
]
