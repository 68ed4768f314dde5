"""The ending: two sentences; then three years later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scene import Reset, SceneChange
from game.scenes.play_card import CardStep
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, Rect, rows
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import PRIMARY, Act, Button, Widget
from sim.moves import Event
from sim.phrases import sentence
from sim.words import _, ngettext

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

TELLING: Final = (
    "taken_over",
    "merged",
    "erupted",
    "project_embedded",
    "project_spread",
    "dispute_ended",
    "leader_left",
    "project_failed_blamed",
    "fund_closed",
    "agreement",
    "joint_step",
)
"""What is told of the years after, the most telling first."""
SENTENCES: Final = 5


class EndingStep(CardStep):
    """How it ended, and whether the promise was kept.  Never a score."""

    def begin(self) -> None:
        self.play.hands.focus = "later"

    @property
    def title(self) -> str:
        return _("How it ended")

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        _room, buttons = split_foot(layout, rest, 2)
        return [
            Button(
                "later", buttons[0], label=_("Three years later"), kind=PRIMARY,
                hotkey=pygame.K_RETURN,
            ),
            Button("library", buttons[1], label=_("To the first screen")),
        ]  # fmt: skip

    def promise(self) -> str:
        """What became of the promise."""
        ending = self.play.session.ending
        if ending is None or not ending.promise:
            return ""
        way = (
            _("You promised: {promise}. It was kept.")
            if ending.kept
            else _("You promised: {promise}. It was not kept.")
        )
        return way.format(promise=ending.promise)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        ending = self.play.session.ending
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, _buttons = split_foot(layout, rest, 2)
        promise = self.promise()
        if promise:
            tall = height_of(promise, layout, room.width, size=HEADING)
            box = Rect(room.x, room.y, room.width, min(room.height, tall + layout.px(40)))
            kept = ending is not None and ending.kept
            tone = theme.good if kept else theme.warn
            panel(surface, box, "", tone, radius=layout.px(12), width=layout.px(3))
            inner = box.inflate(-layout.px(36), -layout.px(20))
            draw_text(surface, layout, inner, promise, theme.text, size=HEADING, valign="middle")
        if ending is None:
            return
        with layout.layer("card"):
            inner = self.sheet(surface, layout, theme, areas, theme.border)
            size = TITLE * 1.5
            tall = height_of(ending.title, layout, inner.width, size=size, weight=BOLD)
            top, body = rows(inner, [min(tall, inner.height // 3), 1.0], layout.px(24))
            draw_text(surface, layout, top, ending.title, theme.accent, size=size, weight=BOLD)
            text = " ".join(ending.text.split())
            draw_text(surface, layout, body, text, theme.text, size=TITLE, valign="middle")

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "later":
            self.play.to_later()
        elif act.key == "library":
            return Reset(self.play.desk.library())
        return None

    def words(self) -> list[str]:
        ending = self.play.session.ending
        if ending is None:
            return []
        return [f"**{ending.title}**", " ".join(ending.text.split()), self.promise()]

    def help(self) -> str:
        return _("This is how it ended. **Enter** shows what still stands three years later.")


class LaterStep(Step):
    """The years without you: what still stands."""

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        events = play.session.epilogue()
        self.sentences = _chosen(play, events)

    def begin(self) -> None:
        self.play.hands.focus = "library"

    @property
    def title(self) -> str:
        return _("Three years later")

    def standing(self) -> str:
        """How much of it still stands, in a sentence."""
        seen = self.play.observation
        count = sum(project.stage == "embedded" for project in seen.projects)
        if not count:
            return _("Nothing you tried together is how things are done now.")
        return ngettext(
            "{count} thing you tried together is simply how things are done now.",
            "{count} things you tried together are simply how things are done now.",
            count,
        ).format(count=count)

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        _room, buttons = split_foot(layout, rest, 2)
        return [
            Button("ending", buttons[0], label=_("Back to the ending")),
            Button(
                "library", buttons[1], label=_("To the first screen"), kind=PRIMARY,
                hotkey=pygame.K_RETURN,
            ),
        ]  # fmt: skip

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, _buttons = split_foot(layout, rest, 2)
        text = "\n".join([self.standing(), *self.sentences])
        head = self.standing()
        tall = min(height_of(head, layout, room.width, size=HEADING, weight=BOLD), room.height // 2)
        top, body = rows(room, [tall, 1.0], layout.px(18))
        draw_text(surface, layout, top, head, theme.text, size=HEADING, weight=BOLD)
        text = "\n".join(self.sentences)
        draw_text(surface, layout, body, text, theme.text, size=BODY)

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "library":
            return Reset(self.play.desk.library())
        if act.key == "ending":
            self.play.to_ending()
        return None

    def look(self) -> TableLook:
        return TableLook(replies={}, calm=True)

    def words(self) -> list[str]:
        said = [self.standing(), *self.sentences]
        return [f"**{self.title}**", *(f"- {text}" for text in said)]

    def help(self) -> str:
        return _("Three more years went by without you. The table shows what is left of it.")


def _chosen(play: Flow, events: tuple[Event, ...]) -> list[str]:
    """The most telling events of the years after, in the order in which they happened."""
    ranked = sorted(
        (event for event in events if event.code in TELLING),
        key=lambda event: (TELLING.index(event.code), event.month),
    )
    kept: list[Event] = []
    codes: dict[str, int] = {}
    for event in ranked:
        if codes.get(event.code, 0) < 2 and len(kept) < SENTENCES:
            codes[event.code] = codes.get(event.code, 0) + 1
            kept.append(event)
    kept.sort(key=lambda event: event.month)
    return [f"{play.calendar(event.month)}: {sentence(event, play.names)}" for event in kept]
