"""The months run; then at most three beats, a sentence each; then the car park."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import PRIMARY, Act, Button, TextField, Widget
from sim.labels import calendar
from sim.phrases import sentence
from sim.session import Phase
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

MONTH: Final = 1.7
"""Seconds a month takes on the screen, when nobody presses a key."""
BEAT: Final = 2.6
"""Seconds between two beats."""


class MonthsStep(Step):
    """Step five of a turn: one month after another; something may come in between."""

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.due = -1.0
        record = play.session.records[-1]
        self.first = record.first_month
        self.last = play.session.month + play.session.months_left

    def begin(self) -> None:
        self.play.hands.focus = "next"
        self.due = -1.0

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
        draw_months(surface, layout, theme, room, self.play, self.first, self.last)

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.run()
        return None

    def run(self) -> None:
        """One month, or whatever comes before it can run."""
        self.due = -1.0
        self.play.run_month()

    def update(self, t: float) -> SceneChange | None:
        if self.due < 0:
            self.due = t + MONTH
        elif t >= self.due:
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


def draw_months(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    room: Rect,
    play: Flow,
    first: int,
    last: int,
) -> None:
    """The turn's months, one under another; those that are over are filled."""
    count = max(1, last - first + 1)
    step = min(layout.tx(104), room.height // count)
    radius = max(5, round(step * 0.17))
    x = room.x + radius + layout.px(6)
    start = play.scenario.time
    for k in range(count):
        month = first + k
        y = room.y + step * k + step // 2
        over = month <= play.session.month
        if k:
            above = pygame.Rect(
                x - layout.px(2), y - step + radius, layout.px(4), step - 2 * radius
            )
            surface.fill(theme.accent if over else theme.hairline, above)
        disc(surface, (x, y), radius, theme.accent if over else theme.border)
        if not over:
            disc(surface, (x, y), radius - layout.px(3), theme.panel)
        line = Rect(x + radius + layout.px(16), y - step // 2, 0, step)
        line.width = room.right - line.x
        feared = start.feared_date is not None and start.feared_date.month == month
        name = calendar(month, start.start_month, start.start_year)
        text = f"{name} · {start.feared_date.title}" if feared and start.feared_date else name
        draw_text(
            surface, layout, line, text, theme.text if over else theme.muted,
            weight=BOLD if over else "regular", valign="middle",
        )  # fmt: skip


class BeatsStep(Step):
    """What the group could see of it: three sentences, the largest changes."""

    def __init__(self, play: Flow, at_once: bool = False) -> None:
        super().__init__(play)
        reveal = play.session.reveal()
        self.sentences = [sentence(beat, play.names) for beat in reveal.beats]
        self.people = [_people(beat.args) for beat in reveal.beats]
        if not self.sentences:
            self.sentences = [_("Nothing that anybody could see.")]
            self.people = [()]
        self.shown = len(self.sentences) if at_once else 1
        self.due = -1.0

    def begin(self) -> None:
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("What could be seen")

    @property
    def over(self) -> bool:
        """Whether all beats are shown."""
        return self.shown >= len(self.sentences)

    def _parts(self, layout: Layout, areas: Areas) -> tuple[Rect, list[Rect]]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        return split_foot(layout, rest)

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        label = _("Go on") if self.over else _("And then?")
        rect = self._parts(layout, areas)[1][0]
        side, inner = layout.tx(46), areas.side_inner
        again = Rect(inner.right - side, inner.y - layout.px(4), side, side)
        return [
            Button("next", rect, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN),
            Button(
                "again", again, icon="rotate-ccw", size=SMALL, hotkey=pygame.K_r,
                hint=_("Once more (R)"),
            ),
        ]  # fmt: skip

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        room = self._parts(layout, areas)[0]
        gap = layout.px(14)
        each = (room.height - gap * (len(self.sentences) - 1)) // len(self.sentences)
        y = room.y
        pad = layout.px(18)
        for text in self.sentences[: self.shown]:
            want = height_of(text, layout, room.width - 2 * pad, size=HEADING * 0.92)
            tall = min(want + 2 * pad, each)
            box = Rect(room.x, y, room.width, tall)
            panel(surface, box, theme.panel2, radius=layout.px(12))
            inner = box.inflate(-2 * pad, -2 * layout.px(8))
            draw_text(
                surface, layout, inner, text, theme.text, size=HEADING * 0.92, valign="middle"
            )
            y += tall + gap

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            if self.over:
                self.play.after_beats()
            else:
                self.shown += 1
                self.due = -1.0
        elif act.key == "again":
            self.shown = 1
            self.due = -1.0
            self.play.replay()
        return None

    def update(self, t: float) -> SceneChange | None:
        if self.over:
            return None
        if self.due < 0:
            self.due = t + BEAT
        elif t >= self.due:
            self.shown += 1
            self.due = -1.0
        return None

    def restless(self, t: float) -> bool:
        return not self.over

    def look(self) -> TableLook:
        return TableLook(pair=self.people[min(self.shown, len(self.people)) - 1], replies={})

    def words(self) -> list[str]:
        return [f"**{self.title}**", *(f"- {text}" for text in self.sentences)]

    def help(self) -> str:
        return _(
            "The largest changes that the group could see, three at most. **Enter** goes on, "
            "**R** shows it once more, **W** says why."
        )


def _people(args: dict[str, str | float | int]) -> tuple[str, ...]:
    """Whom a beat is about."""
    found = [str(args[name]) for name in ("a", "b", "who") if args.get(name)]
    members = str(args.get("members", ""))
    return tuple(found or [m for m in members.replace(",", " ").split() if m])


class CarParkStep(Step):
    """Step six: one line, if somebody wants, and the next turn."""

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

    def _places(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, list[Rect]]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest)
        ask = height_of(self._question(), layout, room.width, size=HEADING, weight=BOLD)
        question = Rect(room.x, room.y, room.width, min(ask, room.height // 3))
        field = Rect(room.x, question.bottom + layout.px(16), room.width, layout.tx(64))
        return question, field, buttons

    def _question(self) -> str:
        return _("What did nobody say?")

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _question, field, buttons = self._places(layout, areas)
        label = _("How it ended") if self.last else _("The next turn")
        return [
            TextField("note", field, label=_("One line, if you like"), limit=160),
            Button("next", buttons[0], label=label, kind=PRIMARY, hotkey=pygame.K_RETURN),
        ]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        question, field, buttons = self._places(layout, areas)
        draw_text(
            surface, layout, question, self._question(), theme.accent, size=HEADING, weight=BOLD
        )
        notes = [str(said.data["text"]) for said in self.play.session.said if said.kind == "note"]
        room = Rect(field.x, field.bottom + layout.px(20), field.width, 0)
        room.height = max(1, buttons[0].y - layout.px(12) - room.y)
        if notes:
            said = "\n".join(f"“{note}”" for note in notes[-4:])
            draw_text(surface, layout, room, said, theme.muted, size=BODY, weight="italic")
        else:
            hint = _("Nobody has to. Walk to the next turn.")
            draw_text(surface, layout, room, hint, theme.muted, size=SMALL)

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
        return [f"**{self.title}**", self._question()]

    def help(self) -> str:
        return _("Type one line, if anybody wants to, and press **Enter**; then the next turn.")


def running(phase: Phase) -> bool:
    """Whether months may still run."""
    return phase in (Phase.RUNNING, Phase.AWAITING)
