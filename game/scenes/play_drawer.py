"""The drawer of all cards: a tab for each way of working."""

from __future__ import annotations

import pygame

from game.scenes.play_hand import FamilyTab
from game.view.layout import Layout, Rect, grid
from game.view.theme import SMALL
from game.view.widgets import Button, Widget
from sim.effects import FAMILIES
from sim.words import _


def family_name(family: str) -> str:
    """A way of working, as a tab says it."""
    return {
        "feeling": _("Feeling"),
        "perceiving": _("Perceiving"),
        "thinking": _("Thinking"),
        "relating": _("Relating"),
        "doing": _("Doing"),
        "being": _("Being"),
        "structuring": _("Structuring"),
        "directing": _("Directing"),
    }.get(family, family)


def family_tabs(layout: Layout, area: Rect, chosen: str) -> list[Widget]:
    """The tabs, and the way back to the hand."""
    cells = grid(area, 3, 3, layout.px(6))
    tabs: list[Widget] = [
        FamilyTab(f"family:{family}", cell, family_name(family), family == chosen)
        for family, cell in zip(FAMILIES, cells)
    ]
    back = Button(
        "hand", cells[-1], label=_("Hand"), icon="arrow-left", size=SMALL,
        hotkey=pygame.K_BACKSPACE, hint=_("Back to the hand"),
    )  # fmt: skip
    return [*tabs, back]
