"""The board: the minutes are read; then what is said instead, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas, table_inner
from game.scenes.play_minutes import draw_pages, draw_paper
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.table import table_shape
from game.view.text import BOLD, draw_text, fit, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import PRIMARY, QUIET, Act, Button, Card, Widget, card_height
from sim.labels import unquoted
from sim.minutes import Minutes
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


SCALES: Final = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52)
"""Of the choices' type: the first at which three cards have room."""


@dataclass(frozen=True)
class Choice:
    """One of the three things to do with what lies on the table."""

    id: str
    title: str
    line: str
    icon: str
    key: int


def choices() -> tuple[Choice, ...]:
    """The three, always the same and always free."""
    return (
        Choice(
            "let_it_pass",
            _("Let it pass"),
            _("A pleasant meeting, today."),
            "footprints",
            pygame.K_1,
        ),
        Choice(
            "say_it_here",
            _("Say it here"),
            _("In front of everybody. It may be heard. It may hurt."),
            "message-circle",
            pygame.K_2,
        ),
        Choice(
            "take_it_outside",
            _("Take it outside"),
            _("Not now. “Say it to them” goes better this turn."),
            "coffee",
            pygame.K_3,
        ),
    )


class BoardStep(Step):
    """Step one of a turn: first the minutes, if there are any; then the matter on the table."""

    name = "board"

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.reading = self.minutes() is not None

    def begin(self) -> None:
        # what is to be decided has no ring of its own: Enter by habit must not decide it
        self.play.hands.focus = "" if self._live and not self.reading else "go"

    @property
    def covers(self) -> bool:  # type: ignore[override]
        """The minutes lie over the table while they are read."""
        return self.reading

    @property
    def title(self) -> str:
        return _("The minutes are read") if self.reading else _("The board meets")

    @property
    def _live(self) -> bool:
        return self.play.observation.live is not None

    def minutes(self) -> Minutes | None:
        """The minutes of the last turn's board; None before there are any."""
        return voice(self.play.session).minutes(self.play.session.turn - 1)

    def said(self) -> str:
        """What lies on the table: what is said instead."""
        live = self.play.observation.live
        return f"“{unquoted(live.said_instead)}”" if live else ""

    def speaker(self) -> str:
        """Who says it, and to whom."""
        return voice(self.play.session).live(self.play.session.turn)

    # --- the side panel -------------------------------------------------------------------

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        foot = split_foot(layout, rest)[1][0]
        if self.reading:
            label = _("Agreed: a true record")
            return [Button("go", foot, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)]
        if not self._live:
            label = _("To the diary")
            return [Button("go", foot, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)]
        scale, places = self._cards(layout, self._parts(layout, rest)[1])
        cards: list[Widget] = [
            Card(
                f"live:{choice.id}",
                rect,
                title=choice.title,
                lines=(choice.line,),
                icon=choice.icon,
                tag=str(number),
                title_size=TITLE * 1.1 * scale,
                line_size=HEADING * scale,
                hotkey=choice.key,
            )
            for number, (choice, rect) in enumerate(zip(choices(), places, strict=True), start=1)
        ]
        if self.minutes() is not None:
            cards.append(
                Button(
                    "minutes", foot, label=_("The minutes again"), icon="scroll-text", kind=QUIET,
                    hotkey=pygame.K_n,
                )
            )  # fmt: skip
        return cards

    def _parts(self, layout: Layout, rest: Rect) -> tuple[Rect, Rect]:
        """The question, and the room for the cards beneath it."""
        room = split_foot(layout, rest)[0] if self.minutes() is not None else rest
        tall = min(
            height_of(self._question(), layout, room.width, size=HEADING * 0.92), room.height // 4
        )
        question = Rect(room.x, room.y, room.width, tall)
        top = question.bottom + layout.px(18)
        return question, Rect(room.x, top, room.width, max(1, room.bottom - top))

    def _question(self) -> str:
        return _("What do you do? Each is free.")

    def _cards(self, layout: Layout, room: Rect) -> tuple[float, list[Rect]]:
        """The three, one under another, in all the room there is; and how large their type is."""
        gap = layout.px(16)
        free = room.height - gap * 2
        for scale in SCALES:
            want = [
                card_height(
                    layout, room.width, choice.title, (choice.line,), icon=choice.icon, tag="1",
                    title_size=TITLE * 1.1 * scale, line_size=HEADING * scale,
                )
                for choice in choices()
            ]  # fmt: skip
            if sum(want) <= free:
                break
        more = min((free - sum(want)) // len(want), layout.tx(24))
        y = room.y
        found = []
        for one in want:
            found.append(Rect(room.x, y, room.width, one + more))
            y += one + more + gap
        return scale, found

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        minutes = self.minutes()
        if self.reading and minutes is not None:
            room = split_foot(layout, rest)[0]
            told = voice(self.play.session)
            held = [told.minutes(turn) for turn in range(1, self.play.session.turn)]
            draw_pages(
                surface, layout, theme, room, [one for one in held if one is not None],
                self.play.session.turns - 1,
            )  # fmt: skip
            with layout.layer("minutes"):
                draw_paper(surface, layout, theme, areas, minutes)
        elif self._live:
            question = self._parts(layout, rest)[0]
            draw_text(surface, layout, question, self._question(), theme.muted, size=HEADING * 0.92)
            with layout.layer("paper"):
                self._paper(surface, layout, theme, areas)
        else:
            room = split_foot(layout, rest)[0]
            nothing = _("Nothing lies on the table today. That happens.")
            draw_text(surface, layout, room, nothing, theme.text, size=HEADING)

    # --- what lies on the table -----------------------------------------------------------

    def _paper(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        """What is said instead, on a sheet of paper on the cloth, with who says it to whom."""
        picture = table_inner(layout, areas.table)
        shape = table_shape(layout, picture, self.play.observation)
        pad = layout.px(20)
        wide = min(round(shape.cloth[0] * 1.55), layout.px(860))
        most = round(shape.cloth[1] * 1.5)
        inside = wide - 2 * pad
        who, words = self.speaker(), self.said()
        who_tall = min(height_of(who, layout, inside, size=BODY, weight=BOLD), most // 3)
        box = Rect(0, 0, inside, most - 2 * pad - who_tall - layout.px(8))
        fitted = fit(words, layout, box, size=TITLE, weight=BOLD)
        words_tall = fitted.height(BOLD)
        sheet = Rect(0, 0, wide, words_tall + who_tall + 2 * pad + layout.px(8))
        sheet.center = (round(picture.x + shape.centre[0]), round(picture.y + shape.centre[1]))
        panel(surface, sheet.move(layout.px(6), layout.px(10)), theme.hairline, radius=layout.px(6))
        panel(surface, sheet, theme.panel, theme.tension, radius=layout.px(6), width=layout.px(4))
        inner = inset(sheet, pad)
        head = Rect(inner.x, inner.y, inner.width, who_tall)
        draw_text(surface, layout, head, who, theme.muted, size=BODY, weight=BOLD, align="centre")
        body = Rect(inner.x, head.bottom + layout.px(8), inner.width, words_tall)
        draw_text(
            surface, layout, body, words, theme.text,
            size=TITLE, weight=BOLD, align="centre", valign="middle",
        )  # fmt: skip

    def look(self) -> TableLook:
        live = self.play.observation.live
        shown = live is not None and not self.reading
        return TableLook(pair=(live.a, live.b) if live and shown else (), replies={})

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, choice = act.key.partition(":")
        if kind == "live":
            self.play.session.choose_live(choice)
            self.play.to_diary()
        elif kind == "minutes":
            self.reading = True
            self.begin()
        elif kind == "go" and self.reading:
            self.reading = False
            self.begin()
            if not self._live:
                self.play.to_diary()
        elif kind == "go":
            self.play.to_diary()
        return None

    def words(self) -> list[str]:
        lines = [f"**{self.title}**"]
        minutes = self.minutes()
        if minutes is not None:
            lines += minutes.lines()
        if not self.reading and self._live:
            lines.append(f"{self.speaker()} {self.said()}")
            lines += [f"- **{choice.title}.** {choice.line}" for choice in choices()]
        return lines

    def help(self) -> str:
        if self.reading:
            return _(
                "Somebody reads the minutes aloud. The more the board avoids, the shorter and "
                "the warmer they are. **Enter** goes on."
            )
        return _(
            "What lies on the table is said instead of something else. Choose what to do about "
            "it: keys 1, 2 and 3, or click. It costs nothing, and it has consequences. **N** "
            "shows the minutes again."
        )
