"""Three years later: the months go by without the group, and what still stands at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import Reset, SceneChange
from game.scenes.play_hands_known import known_later
from game.scenes.play_layout import Areas, lines_tall
from game.scenes.play_leaf import draw_leaf
from game.scenes.play_parts import still
from game.scenes.play_standing import standing, standing_lines
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view import chart
from game.view.layout import Layout, Rect, columns, rows
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.table import Motion
from game.view.text import BOLD, draw_text, height_of, width_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import PRIMARY, Act, Button, Widget
from sim.labels import measure_title, measure_value
from sim.moves import Event
from sim.observation import Observation
from sim.voice import voice
from sim.words import _

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
SENTENCES: Final = 8
LAST: Final = 3  # of them once more, at the end
MONTH: Final = 1.1
"""Seconds a month takes: three years in forty seconds."""
LIT: Final = 3  # months for which whoever it was about stays lit
LINES: Final = ("emergency_admissions", "staff_joint_working")
"""The figures drawn large while the years go by: one slow, one quick."""


class LaterStep(Step):
    """The years without you, month by month; then what still stands."""

    name = "later"

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        before = play.observation
        self.events = play.session.epilogue()
        later = play.session.later or (play.session.observe(),)
        if before.month < later[0].month:
            later = (before, *later)
        self.frames = tuple(_calm(one) for one in later)
        self.told = _chosen(self.events)
        self.sentences = [
            f"{play.calendar(event.month)}: {said}"
            for event, said in zip(self.told, voice(play.session).later(self.told), strict=True)
        ]
        self.at = 0
        self.since = -1.0

    def begin(self) -> None:
        self.since = -1.0
        self.at = 0
        if still(self.play):
            self.at = len(self.frames) - 1
        self._show(None)
        self.play.hands.focus = "skip" if not self.over else "library"

    @property
    def over(self) -> bool:
        """Whether the years have gone by."""
        return self.at >= len(self.frames) - 1

    @property
    def seen(self) -> Observation:
        """What is shown now."""
        return self.frames[self.at]

    @property
    def title(self) -> str:
        return _("Three years later") if self.over else _("Without you")

    def _show(self, t: float | None) -> None:
        """Put the month's picture on the table; with a time, it moves there."""
        before, now = self.play.observation, self.seen
        moved = before.ties != now.ties or before.partners != now.partners
        self.play.motion = Motion(before, t) if t is not None and moved else None
        self.play.observation = now

    def _lately(self) -> list[int]:
        """Which of the told events happened by now, the latest last."""
        return [k for k, event in enumerate(self.told) if event.month <= self.seen.month]

    # --- widgets --------------------------------------------------------------------------

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        _room, buttons = split_foot(layout, rest, 2 if self.over else 1)
        if not self.over:
            return [
                Button(
                    "skip", buttons[0], label=_("To the end of it"), kind=PRIMARY,
                    hotkey=pygame.K_RETURN,
                )
            ]  # fmt: skip
        again, back = columns(buttons[0], [1.0, 1.0], layout.px(10))
        return [
            Button(
                "again", again, label=_("Once more"), icon="rotate-ccw", size=SMALL,
                hotkey=pygame.K_r, hint=_("Once more (R)"),
            ),
            Button("ending", back, label=_("The ending"), icon="arrow-left", size=SMALL),
            Button(
                "library", buttons[1], label=_("To the first screen"), kind=PRIMARY,
                hotkey=pygame.K_RETURN,
            ),
        ]  # fmt: skip

    # --- drawing --------------------------------------------------------------------------

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, _buttons = split_foot(layout, rest, 2 if self.over else 1)
        if self.over:
            self._draw_end(surface, layout, theme, room)
            return
        leaf, first, second, told = rows(room, [1.0, 1.0, 1.0, 1.1], layout.px(14))
        torn = 1.0 if self.since < 0 else (t - self.since) / MONTH - self.at
        draw_leaf(
            surface, layout, theme, leaf, self.play, self.seen.month, 5,
            torn=min(1.0, torn / 0.5) if self.at else 1.0,
        )  # fmt: skip
        for place, measure in zip((first, second), LINES, strict=True):
            self._line(surface, layout, theme, place, measure)
        lately = self._lately()
        if lately:
            panel(surface, told, theme.panel2, radius=layout.px(12))
            inner = told.inflate(-layout.px(32), -layout.px(20))
            draw_text(
                surface, layout, inner, self.sentences[lately[-1]], theme.text,
                size=BODY * 1.05, valign="middle",
            )  # fmt: skip

    def _line(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, measure: str
    ) -> None:
        """One figure so far, on the width of all six years, and where the group left."""
        ours = self.seen.series.get(measure, ())
        if not ours:
            return
        name = measure_title(measure)
        said = measure_value(measure, ours[-1])
        wide = width_of(said, layout, size=BODY, weight=BOLD) + layout.px(14)
        size = BODY * 0.92
        tall = lines_tall(layout, name, area.width - wide, size, BOLD)
        head, plot = rows(area, [min(tall, area.height // 2), 1.0], layout.px(4))
        left, value = columns(head, [1.0, wide])
        draw_text(
            surface, layout, left, name, theme.text,
            size=size, weight=BOLD, one_line=True, valign="middle",
        )  # fmt: skip
        draw_text(
            surface, layout, value, said, theme.accent,
            size=BODY, weight=BOLD, one_line=True, align="right", valign="middle",
        )  # fmt: skip
        beside = self.seen.no_moves.get(measure, ())[: len(ours)]
        months = max(self.frames[-1].month, len(ours) - 1)
        lines = chart.Lines(tuple(ours), tuple(beside), months)
        surface.blit(chart.picture(layout, theme, plot.width, plot.height, lines), plot)
        ended = self.frames[0].month
        edge = layout.px(9)
        x = plot.x + edge + round((plot.width - 2 * edge) * ended / months)
        surface.fill(theme.tension, Rect(x, plot.y, layout.px(3), plot.height))

    def _draw_end(self, surface: pygame.Surface, layout: Layout, theme: Theme, room: Rect) -> None:
        head = standing(self.frames[-1])
        size = HEADING
        tall = min(height_of(head, layout, room.width, size=size, weight=BOLD), room.height // 3)
        top, body = rows(room, [tall, 1.0], layout.px(16))
        draw_text(surface, layout, top, head, theme.accent, size=size, weight=BOLD)
        draw_text(surface, layout, body, "\n".join(self._rest()), theme.text, size=BODY)

    def _rest(self) -> list[str]:
        """What follows the first sentence of how it stands."""
        known = known_later(self.play.session, self.frames[-1])
        most = sorted(self.told, key=lambda event: (TELLING.index(event.code), event.month))
        kept = [k for k, event in enumerate(self.told) if event in most[:LAST]]
        told = [self.sentences[k] for k in kept]
        return [*standing_lines(self.frames[-1])[1:], *known, *told]

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        match act.key:
            case "library":
                return Reset(self.play.desk.library())
            case "ending":
                self.at = 0  # back to the table as they left it
                self._show(None)
                self.play.to_ending()
            case "again":
                self.begin()
            case "skip":
                self._end()
        return None

    def _end(self) -> None:
        self.at = len(self.frames) - 1
        self._show(None)
        self.play.hands.focus = "library"

    def update(self, t: float) -> SceneChange | None:
        if self.over:
            return None
        if self.since < 0:
            self.since = t
        at = min(len(self.frames) - 1, int((t - self.since) / MONTH))
        if at > self.at:
            self.at = at
            self._show(t)
            if self.over:
                self.play.hands.focus = "library"
        return None

    def restless(self, t: float) -> bool:
        return not self.over

    def look(self) -> TableLook:
        lately = self._lately()
        people: tuple[str, ...] = ()
        if lately and not self.over:
            event = self.told[lately[-1]]
            if self.seen.month - event.month < LIT:
                people = tuple(str(event.args[n]) for n in ("a", "b", "who") if event.args.get(n))
        return TableLook(replies={}, pair=people)

    def words(self) -> list[str]:
        if not self.over:
            return [f"**{self.title}**", self.play.calendar(self.seen.month)]
        said = [standing(self.frames[-1]), *self._rest()]
        return [f"**{self.title}**", *(f"- {text}" for text in said)]

    def help(self) -> str:
        if not self.over:
            return _("Three more years, without you. **Enter** goes to the end of them at once.")
        return _("Three more years went by without you. The table shows what is left of it.")


def _calm(seen: Observation) -> Observation:
    """The same, with nothing drawn as changed lately: too much has."""
    return replace(seen, ties=tuple(replace(tie, change=0) for tie in seen.ties))


def _chosen(events: tuple[Event, ...]) -> list[Event]:
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
    return kept
