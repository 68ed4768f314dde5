"""The months run, leaf by leaf; something may come in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_leaf import MONTH, draw_diary, draw_leaf, draw_stages
from game.scenes.play_parts import still
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, rows
from game.view.table import Look as TableLook
from game.view.theme import Theme
from game.view.widgets import PRIMARY, Act, Button, Widget
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

TEARING: Final = 0.6
"""Seconds until the last month's leaf has come off."""


class MonthsStep(Step):
    """Step five of a turn: one month after another; something may come in between."""

    name = "months"

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.due = -1.0
        self.since = -1.0  # when the leaf on top came up
        record = play.session.records[-1]
        self.first = record.first_month
        self.last = play.session.month + play.session.months_left

    def begin(self) -> None:
        self.play.hands.focus = "next"
        self.due = self.since = -1.0

    @property
    def title(self) -> str:
        return _("The months run")

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        rect = split_foot(layout, rest)[1][0]
        return [Button("next", rect, label=_("Next month"), kind=PRIMARY, hotkey=pygame.K_RETURN)]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, _buttons = split_foot(layout, rest)
        leaf, dots, diary = rows(room, [0.5, layout.tx(30), 0.5], layout.px(18))
        month = min(self.play.session.month + 1, self.last)
        torn = 1.0 if self.since < 0 else (t - self.since) / TEARING
        draw_leaf(
            surface, layout, theme, leaf, self.play, month, self.last - month,
            torn=torn if month > self.first else 1.0,
        )  # fmt: skip
        draw_stages(surface, layout, theme, dots, month - self.first, self.last - self.first + 1)
        draw_diary(surface, layout, theme, diary, self.play)

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.run()
        return None

    def run(self) -> None:
        """One month, or whatever comes before it can run."""
        self.due = self.since = -1.0
        self.play.run_month()

    def update(self, t: float) -> SceneChange | None:
        if self.due < 0:
            self.since = -1.0 if still(self.play) else t
            self.due = t + MONTH
        elif t >= self.due or still(self.play):
            self.run()
        return None

    def restless(self, t: float) -> bool:
        return True

    def look(self) -> TableLook:
        turned = self.play.session.replies()
        return TableLook(replies={reply.who: reply.reply for reply in turned})

    def words(self) -> list[str]:
        return [f"**{self.title}**", self.play.calendar(self.play.session.month)]

    def help(self) -> str:
        return _("The months go by on their own. **Enter** brings the next one at once.")
