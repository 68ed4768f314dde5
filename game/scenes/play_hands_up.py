"""A show of hands: a question to the room, a count, and later what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


FIELDS: Final = ("hands", "room")
LEAST: Final = 44  # pixels: what a finger or a tired mouse can hit
MOST: Final = 999


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

    def _places(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, list[Rect], list[Rect]]:
        """The question, the count writ large, the two lines to count in, the buttons."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest, 2)
        line = max(LEAST, layout.tx(64))
        ask = height_of(self.question, layout, room.width, size=HEADING * 1.15, weight=BOLD)
        question, count, up, of = rows(
            room, [min(ask, room.height // 2), 1.0, line, line], layout.px(8)
        )
        return question, count, [up, of], buttons

    def _line(self, layout: Layout, line: Rect) -> tuple[Rect, Rect, Rect, Rect]:
        """What is counted, one fewer, the number, one more."""
        side, gap = line.height, layout.px(8)
        number = max(LEAST, layout.tx(110))
        words, fewer, field, more = columns(line, [1.0, side, number, side], gap)
        return words, fewer, field, more

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        *_rest, lines, buttons = self._places(layout, areas)
        found: list[Widget] = []
        for key, line in zip(FIELDS, lines, strict=True):
            _words, fewer, field, more = self._line(layout, line)
            found += [
                Button(f"fewer:{key}", fewer, label="−", size=HEADING),
                TextField(key, field, digits=True, limit=3),
                Button(f"more:{key}", more, label="+", size=HEADING),
            ]
        return [
            *found,
            Button("count", buttons[0], label=_("Count them"), kind=PRIMARY),
            Button("skip", buttons[1], label=_("Go on without counting")),
        ]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        question, count, lines, _buttons = self._places(layout, areas)
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
        for line, words in zip(lines, (_("How many hands?"), _("Of how many?")), strict=True):
            place = self._line(layout, line)[0]
            draw_text(surface, layout, place, words, theme.text, valign="middle")

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
        kind, _colon, which = act.key.partition(":")
        if kind in ("fewer", "more"):
            self._by(which, 1 if kind == "more" else -1)
        elif act.key == "skip":
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

    def _by(self, which: str, step: int) -> None:
        """One more or one fewer; the room is at least as many as put their hands up."""
        hands, room = self.counted
        now = hands if which == "hands" else room
        if now < 0 and which == "room":
            now = max(hands, 1) - step  # the first press says as many as there are hands
        self.play.hands.type_into(which, str(max(0, min(MOST, max(0, now) + step))))
        if not self.play.hands.by_keyboard:  # the keyboard is where the numbers are
            self.play.focus_on_field(which)

    def look(self) -> TableLook:
        turned = self.play.session.replies()
        return TableLook(replies={reply.who: reply.reply for reply in turned})

    def words(self) -> list[str]:
        return [line for line in (f"**{self.title}**", self.question, self.said()) if line]

    def help(self) -> str:
        return _(
            "Type how many hands went up, **Enter**, and of how many people, **Enter**; or use + "
            "and −. The count is kept, and shown again when the answer is known."
        )
