"""The car park: one line, if somebody wants; and how the resident's month was meanwhile."""

from __future__ import annotations

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.text import BOLD, ITALIC, draw_text, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import PRIMARY, Act, Button, TextField, Widget
from sim.voice import voice
from sim.words import _


class CarParkStep(Step):
    """Step six: one line, if somebody wants, and the next turn."""

    name = "car_park"

    def begin(self) -> None:
        self.play.hands.typing.pop("note", None)
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("In the car park")

    @property
    def last(self) -> bool:
        """Whether the turn was the last."""
        return self.play.session.turn >= self.play.session.turns

    def meanwhile(self) -> str:
        """How the resident's month compares with the one of a turn ago."""
        return voice(self.play.session).turned(self.play.session.turn)

    # --- widgets --------------------------------------------------------------------------

    def _places(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, Rect, list[Rect]]:
        """The question, the field, what is left, the button."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest)
        size = TITLE * 1.15
        ask = height_of(self._question(), layout, room.width, size=size, weight=BOLD)
        question = Rect(room.x, room.y, room.width, min(ask, room.height // 3))
        field = Rect(room.x, question.bottom + layout.px(14), room.width, layout.tx(64))
        left = Rect(room.x, field.bottom + layout.px(14), room.width, 0)
        left.height = max(1, room.bottom - left.y)
        return question, field, left, buttons

    def _question(self) -> str:
        return _("What did nobody say?")

    def _notes(self) -> list[str]:
        """What was left here before, this turn first."""
        notes = [said for said in self.play.session.said if said.kind == "note"]
        return [str(said.data["text"]) for said in notes]

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _question, field, _left, buttons = self._places(layout, areas)
        label = _("How it ended") if self.last else _("The next turn")
        return [
            TextField("note", field, label=_("One line, if you like"), limit=160),
            Button("next", buttons[0], label=label, kind=PRIMARY, hotkey=pygame.K_RETURN),
        ]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        question, _field, left, _buttons = self._places(layout, areas)
        draw_text(
            surface, layout, question, self._question(), theme.accent,
            size=TITLE * 1.15, weight=BOLD,
        )  # fmt: skip
        resident = self._resident(surface, layout, theme, left)
        notes = self._notes()
        room = Rect(left.x, left.y, left.width, max(1, resident.y - layout.px(12) - left.y))
        said = "\n".join(f"“{note}”" for note in notes[-3:])
        if not said:
            said = _("Nobody has to. It stays in this room.")
        style = ITALIC if notes else "regular"
        draw_text(surface, layout, room, said, theme.muted, size=BODY, weight=style)
        # the strip below has turned as well: a frame says so, whatever is read first
        frame = areas.resident.inflate(layout.px(4), layout.px(4))
        panel(surface, frame, "", theme.accent, radius=layout.px(14), width=layout.px(5))

    def _resident(self, surface: pygame.Surface, layout: Layout, theme: Theme, left: Rect) -> Rect:
        """The resident's month in a panel at the foot of what is left."""
        head = self.meanwhile()
        words = voice(self.play.session).resident()
        wide = left.width - 2 * layout.px(18)
        top = height_of(head, layout, wide, size=HEADING * 0.92, weight=BOLD)
        body = height_of(words, layout, wide, size=BODY) if words else 0
        tall = min(top + body + layout.px(42), round(left.height * (0.72 if words else 0.4)))
        box = Rect(left.x, left.bottom - tall, left.width, tall)
        panel(surface, box, theme.panel2, theme.accent, radius=layout.px(12), width=layout.px(3))
        inner = inset(box, layout.px(18), layout.px(14))
        upper = Rect(inner.x, inner.y, inner.width, min(top, inner.height // (2 if words else 1)))
        draw_text(
            surface, layout, upper, head, theme.text, size=HEADING * 0.92, weight=BOLD,
        )  # fmt: skip
        if words:
            lower = Rect(inner.x, upper.bottom + layout.px(6), inner.width, 0)
            lower.height = max(1, inner.bottom - lower.y)
            draw_text(surface, layout, lower, words, theme.text, size=BODY)
        return box

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "note":
            text = str(act.value or "").strip()
            if text:
                self.play.session.note(text)
                self.play.hands.typing.pop("note", None)
            self.play.hands.focus = "next"
        elif act.key == "next":
            typed = self.play.hands.text("note").strip()
            if typed:
                self.play.session.note(typed)
            self.play.next_turn()
        return None

    def words(self) -> list[str]:
        return [f"**{self.title}**", self._question(), self.meanwhile()]

    def help(self) -> str:
        return _("Type one line, if anybody wants to, and press **Enter**; then the next turn.")
