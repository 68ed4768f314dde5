"""The board: the minutes, what is said instead, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas, lines_tall, table_inner
from game.scenes.play_step import Step, draw_heading, heading, paragraphs, split_foot
from game.view.layout import Layout, Rect, inset
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.table import table_shape
from game.view.text import BOLD, ITALIC, draw_text, fit, height_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import PRIMARY, Act, Button, Card, Widget, card_height
from sim.labels import listed, unquoted
from sim.phrases import sentence
from sim.words import _

MINUTES = 3  # sentences
MINUTED = (
    "taken_over",
    "erupted",
    "merged",
    "avoided",
    "raised_badly",
    "raised_well",
    "leader_announced",
    "leader_left",
    "joined_table",
    "promise_broken",
    "case_approved",
    "project_refused",
    "agreement",
    "shock",
    "project_started",
    "inject",
)
"""What gets into the minutes, the most telling first."""


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
            _("In front of everybody."),
            "message-circle",
            pygame.K_2,
        ),
        Choice(
            "take_it_outside",
            _("Take it outside"),
            _("Not now. Makes “Say it to them” easier."),
            "coffee",
            pygame.K_3,
        ),
    )


class BoardStep(Step):
    """Step one of a turn."""

    def begin(self) -> None:
        self.play.hands.focus = "live:let_it_pass" if self._live else "go"

    @property
    def title(self) -> str:
        return _("The board meets")

    @property
    def _live(self) -> bool:
        return self.play.observation.live is not None

    def minutes(self, most: int = MINUTES) -> str:
        """What the last turn's minutes say; at first, that there are none."""
        reveals = self.play.session.turn > 1
        if not reveals:
            return _("There are no minutes yet. Everybody has said good morning.")
        told = [e for e in self.play.session.reveal().minutes if e.code in MINUTED]
        # the most telling ones, in the order in which they happened
        ranked = sorted(told, key=lambda event: MINUTED.index(event.code))[:most]
        said = [sentence(event, self.play.names) for event in told if event in ranked]
        if not said:
            return _("The Board thanked colleagues for a constructive discussion.")
        return paragraphs(said[:most])

    def pair(self) -> str:
        """The two whom it concerns."""
        live = self.play.observation.live
        if live is None:
            return ""
        return listed([self.play.names.partner(live.a), self.play.names.partner(live.b)])

    # --- the side panel -------------------------------------------------------------------

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        if not self._live:
            rect = split_foot(layout, rest)[1][0]
            return [
                Button("go", rect, label=_("To the diary"), kind=PRIMARY, hotkey=pygame.K_RETURN)
            ]
        return [
            Card(
                f"live:{choice.id}",
                rect,
                title=choice.title,
                lines=(choice.line,),
                icon=choice.icon,
                tag=str(number),
                title_size=HEADING * 0.92,
                hotkey=choice.key,
            )
            for number, (choice, rect) in enumerate(
                zip(choices(), self._cards(layout, rest), strict=True), start=1
            )
        ]

    def _cards(self, layout: Layout, rest: Rect) -> list[Rect]:
        gap = layout.px(12)
        tall = [
            card_height(
                layout, rest.width, choice.title, (choice.line,), icon=choice.icon, tag="1",
                title_size=HEADING * 0.92,
            )
            for choice in choices()
        ]  # fmt: skip
        most = round(rest.height * (0.6 if layout.text < 1.1 else 0.56))
        over = sum(tall) + gap * (len(tall) - 1)
        if over > most:
            tall = [one * (most - gap * 2) // sum(tall) for one in tall]
        y = rest.bottom - sum(tall) - gap * (len(tall) - 1)
        found = []
        for one in tall:
            found.append(Rect(rest.x, y, rest.width, one))
            y += one + gap
        return found

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        if not self._live:
            room = split_foot(layout, rest)[0]
            draw_text(surface, layout, room, self.minutes(), theme.text)
            return
        cards = self._cards(layout, rest)
        room = Rect(rest.x, rest.y, rest.width, cards[0].y - rest.y - layout.px(12))
        self._minutes(surface, layout, theme, room)
        with layout.layer("paper"):
            self._paper(surface, layout, theme, areas)

    def _minutes(self, surface: pygame.Surface, layout: Layout, theme: Theme, room: Rect) -> None:
        panel(surface, room, theme.panel2, radius=layout.px(12))
        room = inset(room, layout.px(20), layout.px(14))
        label = _("Minutes of the last meeting")
        tall = min(height_of(label, layout, room.width, size=SMALL, weight=BOLD), room.height // 3)
        place = Rect(room.x, room.y, room.width, tall)
        draw_text(surface, layout, place, label, theme.muted, size=SMALL, weight=BOLD)
        left = max(1, room.bottom - place.bottom - layout.px(6))
        room = Rect(room.x, place.bottom + layout.px(6), room.width, left)
        draw_text(
            surface,
            layout,
            room,
            self.minutes(self._most(layout)),
            theme.text,
            size=BODY * 1.1,
            weight=ITALIC,
        )

    @staticmethod
    def _most(layout: Layout) -> int:
        """Sentences that can still be read when the type is large."""
        return MINUTES if layout.text < 1.1 else MINUTES - 1

    # --- what lies on the table -----------------------------------------------------------

    def _paper(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        """What is said instead, on a sheet of paper on the cloth."""
        live = self.play.observation.live
        assert live is not None
        picture = table_inner(layout, areas.table)
        shape = table_shape(layout, picture, self.play.observation)
        wide = min(round(shape.cloth[0] * 1.4), layout.px(760))
        most = round(shape.cloth[1] * 1.3)
        pad = layout.px(18)
        who = self.pair()
        who_tall = lines_tall(layout, who, wide - 2 * pad, SMALL)
        box = Rect(0, 0, wide - 2 * pad, most - 2 * pad - who_tall)
        words = f"“{unquoted(live.said_instead)}”"
        fitted = fit(words, layout, box, size=HEADING, weight=BOLD)
        tall = fitted.height(BOLD) + who_tall + 2 * pad + layout.px(6)
        sheet = Rect(0, 0, wide, tall)
        sheet.center = (
            round(picture.x + shape.centre[0]),
            round(picture.y + shape.centre[1]),
        )
        shadow = sheet.move(layout.px(5), layout.px(8))
        panel(surface, shadow, theme.hairline, radius=layout.px(6))
        panel(surface, sheet, theme.panel, theme.tension, radius=layout.px(6), width=layout.px(3))
        inner = inset(sheet, pad)
        head = Rect(inner.x, inner.y, inner.width, who_tall)
        draw_text(
            surface, layout, head, who, theme.muted, size=SMALL, align="centre", one_line=True
        )
        body = Rect(inner.x, head.bottom + layout.px(6), inner.width, inner.bottom - head.bottom)
        draw_text(
            surface, layout, body, words, theme.text,
            size=HEADING, weight=BOLD, align="centre", valign="middle",
        )  # fmt: skip

    def look(self) -> TableLook:
        live = self.play.observation.live
        return TableLook(pair=(live.a, live.b) if live else (), replies={})

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, choice = act.key.partition(":")
        if kind == "live":
            self.play.session.choose_live(choice)
            self.play.to_diary()
        elif kind == "go":
            self.play.to_diary()
        return None

    def words(self) -> list[str]:
        lines = [f"**{self.title}**", self.minutes().replace("\n", " ")]
        live = self.play.observation.live
        if live is not None:
            lines.append(
                _("On the table, between {pair}: {said}").format(
                    pair=self.pair(), said=live.said_instead
                )
            )
            lines += [f"- **{choice.title}.** {choice.line}" for choice in choices()]
        return lines

    def help(self) -> str:
        return _(
            "What lies on the table is said instead of something else. Choose what to do about "
            "it: keys 1, 2 and 3, or click. It costs nothing, and it has consequences."
        )
