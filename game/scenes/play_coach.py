"""Hints for newcomers: what to do at this step, and why, in the words of the scenario.

A hint lies in the foot, where the figures are otherwise: nothing that the step needs is
covered or moved.  ``H`` puts all hints away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.play_layout import Areas
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.text import draw_text
from game.view.theme import BODY, SMALL, Theme
from game.view.widgets import QUIET, Button, Widget, button_width
from sim.scenario import Scenario
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_step import Step

TAG: Final = "tutorial"
KEY: Final = "hints"


def is_tutorial(scenario: Scenario) -> bool:
    """Whether a scenario is there to learn the game by."""
    return TAG in scenario.scenario.tags


class Coach:
    """The hints of one play, until somebody has had enough of them."""

    def __init__(self, scenario: Scenario) -> None:
        self.off = False
        self._texts: dict[tuple[int | None, str], str] = {
            (hint.turn, hint.step): hint.text for hint in scenario.coach
        }

    def hint(self, step: Step, turn: int) -> str:
        """What to say at a step of a turn; "" for nothing."""
        if self.off or step.whole_window:
            return ""
        text = self._texts.get((turn, step.part)) or self._texts.get((None, step.part), "")
        return " ".join(text.split())

    def put_away(self) -> None:
        """No more hints in this play."""
        self.off = True


def area(areas: Areas) -> Rect:
    """Where a hint lies: in place of the chart and of who pays."""
    return areas.chart.union(areas.money)


def button(layout: Layout, areas: Areas) -> Widget:
    """The button that puts hints away."""
    inner = _inner(layout, areas)
    label = _label()
    tall = layout.tx(46)
    wide = min(inner.width, button_width(layout, label, size=SMALL))
    rect = Rect(inner.right - wide, inner.bottom - tall, wide, tall)
    return Button(KEY, rect, label=label, kind=QUIET, size=SMALL, hotkey=pygame.K_h)


def _label() -> str:
    return _("No more hints (H)")


def _inner(layout: Layout, areas: Areas) -> Rect:
    return inset(area(areas), layout.px(20), layout.px(14))


def draw(surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, text: str) -> None:
    """Draw one hint, its button apart."""
    box = area(areas)
    panel(surface, box, theme.selected, theme.accent, radius=layout.px(12), width=layout.px(4))
    inner = _inner(layout, areas)
    mark = layout.tx(48)
    draw_icon(
        surface, "lightbulb", (inner.x + mark / 2, inner.y + mark / 2), round(mark * 0.9),
        theme.accent,
    )  # fmt: skip
    foot = button(layout, areas).rect.height
    room = Rect(inner.x + mark + layout.px(14), inner.y, 0, inner.height - foot)
    room.width = inner.right - room.x
    draw_text(surface, layout, room, text, theme.text, size=BODY * 1.06)
