"""A show of hands: a question to the room, a count, and later what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, rows
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import HEADING, TITLE, Theme
from game.view.widgets import PRIMARY, Act, Button, TextField, Widget
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow
    from sim.session import Session


def last_of(session: Session) -> int:
    """How many there were in the room when hands were last counted; 0 if nobody said."""
    counts = [int(s.data.get("of") or 0) for s in session.said if s.kind == "hands_up"]
    return next((count for count in reversed(counts) if count), 0)


class HandsUpStep(Step):
    """A question to the room; somebody counts hands."""

    name = "hands_up"

    def __init__(self, play: Flow, question: str) -> None:
        super().__init__(play)
        self.question = question
        self.why = ""

    def begin(self) -> None:
        hands = self.play.hands
        hands.typing.pop("hands", None)
        hands.typing.pop("room", None)
        if known := last_of(self.play.session):
            hands.type_into("room", str(known))
        self.play.focus_on_field("hands")

    @property
    def title(self) -> str:
        return _("Hands up")

    @property
    def counted(self) -> tuple[int, int]:
        """What has been typed: hands, and how many there are in the room; -1 for nothing."""
        hands, room = self.play.hands.text("hands"), self.play.hands.text("room")
        return int(hands) if hands else -1, int(room) if room else -1

    # --- widgets --------------------------------------------------------------------------

    def _places(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, Rect, Rect, list[Rect]]:
        """The question, the count writ large, the two fields' labels, the fields, buttons."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest, 2)
        label, field = layout.tx(36), layout.tx(64)
        ask = height_of(self.question, layout, room.width, size=HEADING * 1.15, weight=BOLD)
        question, count, labels, fields = rows(
            room, [min(ask, room.height // 2), 1.0, label, field], layout.px(8)
        )
        return question, count, labels, fields, buttons

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        *_rest, fields, buttons = self._places(layout, areas)
        up, room = columns(fields, [1.0, 1.0], layout.px(14))
        return [
            TextField("hands", up, label=_("hands"), digits=True, limit=3),
            TextField("room", room, label=_("people"), digits=True, limit=3),
            Button("count", buttons[0], label=_("Count them"), kind=PRIMARY),
            Button("skip", buttons[1], label=_("Go on without counting")),
        ]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        question, count, labels, _fields, _buttons = self._places(layout, areas)
        draw_text(
            surface, layout, question, self.question, theme.text,
            size=HEADING * 1.15, weight=BOLD,
        )  # fmt: skip
        if self.why:
            draw_text(surface, layout, count, self.why, theme.warn, valign="middle")
        elif not self.said():
            side = min(count.height, count.width // 2, layout.tx(170))
            draw_icon(surface, "users", count.center, side, theme.hairline)
        else:
            draw_text(
                surface, layout, count, self.said(), theme.accent,
                size=TITLE * 1.7, weight=BOLD, align="centre", valign="middle",
            )  # fmt: skip
        up, room = columns(labels, [1.0, 1.0], layout.px(14))
        for place, words in ((up, _("How many hands?")), (room, _("Of how many?"))):
            draw_text(surface, layout, place, words, theme.text, valign="bottom", one_line=True)

    def said(self) -> str:
        """The count in large type: "11 of 12"."""
        hands, room = self.counted
        if hands < 0:
            return ""
        return _("{hands} of {room}").format(hands=hands, room=room) if room > 0 else str(hands)

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        hands, room = self.counted
        self.why = ""
        if act.key == "skip":
            self.play.to_months()
        elif hands < 0:
            if act.key == "count":
                self.play.focus_on_field("hands")
            elif act.key == "hands":
                self.play.to_months()
        elif act.key == "hands" and room < 0:
            self.play.focus_on_field("room")
        elif 0 <= room < hands:
            self.why = _("Those are more hands than people.")
            self.play.focus_on_field("hands")
        else:
            self.play.session.hands_up(hands, self.question, of=max(0, room))
            self.play.to_months()
        return None

    def look(self) -> TableLook:
        turned = self.play.session.replies()
        return TableLook(replies={reply.who: reply.reply for reply in turned})

    def words(self) -> list[str]:
        return [line for line in (f"**{self.title}**", self.question, self.said()) if line]

    def help(self) -> str:
        return _(
            "Type how many hands went up, **Enter**, and of how many people, **Enter**. The count "
            "is kept, and shown again when the answer is known."
        )
