"""The replies, turned one by one; then, on some turns, a show of hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import disc, panel
from game.view.table import Look as TableLook
from game.view.table_sprites import REPLY_ICONS
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import (
    PRIMARY,
    Act,
    Button,
    Look,
    Scroll,
    TextField,
    Widget,
    Words,
)
from sim.phrases import reply as in_words
from sim.session import Reply
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

CAME = ("comes", "done")
SECONDS = 1.6  # between two replies, when nobody presses a key


@dataclass(frozen=True)
class ReplyRow(Widget):
    """One partner's answer; choosing it asks again, where that is still possible."""

    reply: str = ""
    text: str = ""
    again: bool = False  # can be asked again

    @property
    def takes_focus(self) -> bool:  # type: ignore[override]
        return self.again

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        came = self.reply in CAME
        tone = theme.good if came else theme.warn
        if self.again:
            fill = theme.selected if look.hover else ""
            panel(surface, self.rect, fill, theme.hairline, radius=layout.px(8), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(10), layout.px(2))
        side = layout.tx(38)
        centre = (inner.x + side / 2, inner.centery)
        disc(surface, centre, side // 2, tone)
        name = REPLY_ICONS.get(self.reply, "circle-help")
        draw_icon(surface, name, centre, round(side * 0.62), theme.on_sector)
        right = inner.right
        if self.again:
            mark = layout.tx(28)
            middle = (inner.right - mark / 2, inner.centery)
            draw_icon(surface, "rotate-ccw", middle, mark, theme.accent)
            right -= mark + layout.px(8)
        x = inner.x + side + layout.px(12)
        room = Rect(x, inner.y, right - x, inner.height)
        draw_text(surface, layout, room, self.text, theme.text, size=BODY, valign="middle")
        if look.focus:
            self.ring(surface, layout, theme)


class RepliesStep(Step):
    """Step three of a turn."""

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.shown = 0
        self.due = -1.0
        self.why = ""

    def begin(self) -> None:
        self.play.session.replies()
        self.play.looked_again()
        if not self.replies():
            self.shown = 0
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("What they answer")

    def replies(self) -> tuple[Reply, ...]:
        """All answers, turned or not."""
        return self.play.session.replies()

    @property
    def over(self) -> bool:
        """Whether every answer has been turned."""
        return self.shown >= len(self.replies())

    def can_ask_again(self, reply: Reply) -> bool:
        """One answer that was no may be asked again, once a turn."""
        record = self.play.session.records[-1]
        return self.over and record.again is None and reply.reply not in CAME

    # --- widgets --------------------------------------------------------------------------

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest)
        label = _("The months run") if self.over else _("Turn the next")
        go = Button("next", buttons[0], label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)
        return [Scroll("replies", room, children=self._rows(layout, room), bar=layout.px(8)), go]

    def _rows(self, layout: Layout, room: Rect) -> tuple[Widget, ...]:
        wide = Scroll.inside(room, layout.px(8)).width
        y = room.y
        found: list[Widget] = []
        replies = self.replies()
        queue = self.play.session.queue
        if not queue:
            found.append(
                Words.at(layout, "none", room.x, y, wide, _("You have asked nobody for anything."))
            )
            return tuple(found)
        turned = replies[: self.shown]
        for index, move in enumerate(queue):
            mine = [reply for reply in replies if reply.move_index == index]
            open_ones = [reply for reply in turned if reply.move_index == index]
            if mine and not open_ones:
                break
            name = self.play.names.move(move.move)
            words = Words.at(layout, f"move:{index}", room.x, y, wide, name, weight=BOLD, size=BODY)
            found.append(words)
            y = words.rect.bottom + layout.px(6)
            if not mine:
                note = Words.at(
                    layout, f"note:{index}", room.x, y, wide,
                    _("Nobody has to be asked for this."), muted=True,
                )  # fmt: skip
                found.append(note)
                y = note.rect.bottom + layout.px(6)
            for reply in open_ones:
                row = self._row(layout, reply, room.x, y, wide)
                found.append(row)
                y = row.rect.bottom + layout.px(6)
            y += layout.px(10)
        if self.over and any(self.can_ask_again(reply) for reply in replies):
            words = Words.at(
                layout, "again", room.x, y, wide, _("One of them may be asked again."),
                size=SMALL, muted=True,
            )  # fmt: skip
            found.append(words)
            y = words.rect.bottom
        if self.why:
            found.append(Words.at(layout, "why", room.x, y, wide, self.why, muted=True))
        return tuple(found)

    def _row(self, layout: Layout, reply: Reply, x: int, y: int, wide: int) -> Widget:
        text = in_words(self.play.names.partner(reply.who), reply.reply)
        again = self.can_ask_again(reply)
        inside = wide - layout.tx(38) - layout.px(32) - (layout.tx(28) if again else 0)
        tall = max(layout.tx(48), height_of(text, layout, inside) + layout.px(10))
        return ReplyRow(
            f"again:{reply.move_index}:{reply.who}",
            Rect(x, y, wide, tall),
            reply.reply,
            text,
            again,
            enabled=again,
            hint=_("Ask again") if again else "",
        )

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)

    def look(self) -> TableLook:
        turned = self.replies()[: self.shown]
        last = (turned[-1].who,) if turned and not self.over else ()
        return TableLook(replies={reply.who: reply.reply for reply in turned}, pair=last)

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "next":
            if self.over:
                self.play.after_replies()
            else:
                self.shown += 1
                self.due = -1.0
        elif kind == "again":
            index, _colon, who = which.partition(":")
            self.play.session.ask_again(int(index), who)
            self.play.looked_again()
            self.play.hands.focus = "next"
        return None

    def update(self, t: float) -> SceneChange | None:
        if self.over:
            return None
        if self.due < 0:
            self.due = t + SECONDS
        elif t >= self.due:
            self.shown += 1
            self.due = -1.0
        return None

    def restless(self, t: float) -> bool:
        return not self.over

    def words(self) -> list[str]:
        lines = [f"**{self.title}**"]
        for reply in self.replies()[: self.shown]:
            move = self.play.names.move(self.play.session.queue[reply.move_index].move)
            said = in_words(self.play.names.partner(reply.who), reply.reply)
            lines.append(f"- {move}: {said}")
        return lines

    def help(self) -> str:
        return _(
            "**Enter** turns the next answer. When all are turned, one that was no may be asked "
            "again: choose it. Then the months run."
        )


class HandsUpStep(Step):
    """A question to the room; somebody counts hands."""

    def __init__(self, play: Flow, question: str) -> None:
        super().__init__(play)
        self.question = question

    def begin(self) -> None:
        self.play.hands.typing.pop("hands", None)
        self.play.focus_on_field("hands")

    @property
    def title(self) -> str:
        return _("Hands up")

    def _places(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, list[Rect]]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest, 2)
        field = Rect(room.x, room.bottom - layout.tx(64), room.width, layout.tx(64))
        question = Rect(room.x, room.y, room.width, field.y - room.y - layout.px(16))
        return question, field, buttons

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _question, field, buttons = self._places(layout, areas)
        return [
            TextField("hands", field, label=_("How many hands?"), digits=True, limit=3),
            Button("count", buttons[0], label=_("Count them"), kind=PRIMARY),
            Button("skip", buttons[1], label=_("Go on without counting")),
        ]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        question, _field, _buttons = self._places(layout, areas)
        draw_text(
            surface, layout, question, self.question, theme.text,
            size=HEADING * 1.2, weight=BOLD,
        )  # fmt: skip

    def act(self, act: Act) -> SceneChange | None:
        typed = self.play.hands.text("hands")
        if act.key in ("hands", "count") and typed:
            self.play.session.hands_up(int(typed), self.question)
            self.play.to_months()
        elif act.key in ("skip", "hands", "count"):
            self.play.to_months()
        return None

    def look(self) -> TableLook:
        turned = self.play.session.replies()
        return TableLook(replies={reply.who: reply.reply for reply in turned})

    def words(self) -> list[str]:
        return [f"**{self.title}**", self.question]

    def help(self) -> str:
        return _("Type how many hands went up, and press **Enter**.")
