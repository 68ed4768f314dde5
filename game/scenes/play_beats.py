"""What could be seen of the months: at most three beats, a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import Push, SceneChange
from game.scenes.play_hands_known import known_now
from game.scenes.play_layout import Areas
from game.scenes.play_leaf import MONTH, draw_leaf, draw_stages
from game.scenes.play_parts import draw_faces, partner_seen, still
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.scenes.play_why import WhyDialog
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import disc, panel
from game.view.table import Look as TableLook
from game.view.table import Motion
from game.view.text import draw_text, height_of
from game.view.theme import HEADING, SMALL, Theme, mix
from game.view.widgets import PRIMARY, Act, Button, Look, Widget
from sim.observation import PartnerSeen
from sim.session import MonthSeen
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

BEAT: Final = 2.6
"""Seconds between two beats."""
SIZE: Final = HEADING * 0.92
ICONS: Final = {
    "trust_up": "plus", "trust_down": "minus", "erupted": "zap", "raised_well": "message-circle",
    "raised_badly": "zap", "surfaced": "message-circle", "avoided": "footprints",
    "agreement": "handshake", "joint_step": "blocks", "project_started": "sprout",
    "project_succeeded": "tree-deciduous", "project_embedded": "trees", "project_spread": "trees",
    "project_failed_learned": "lightbulb", "project_failed_blamed": "circle-x",
    "project_refused": "x", "leader_left": "door-open", "leader_announced": "door-open",
    "leader_arrived": "user-plus", "handover_kept": "key-round", "joined_table": "user-plus",
    "case_approved": "file-text", "case_refused": "file-text", "forecast_missed": "file-text",
    "fund_paid": "piggy-bank", "fund_closed": "piggy-bank", "merged": "network",
    "taken_over": "siren", "promise_broken": "megaphone", "dispute_ended": "handshake",
    "side_taken": "users", "facilitator_left": "hand-helping", "hands": "users",
}  # fmt: skip
"""The icon of each kind of beat."""
WELL: Final = frozenset({
    "trust_up", "raised_well", "agreement", "joint_step", "project_started", "project_succeeded",
    "project_embedded", "project_spread", "handover_kept", "joined_table", "case_approved",
    "fund_paid", "dispute_ended",
})  # fmt: skip
BADLY: Final = frozenset({
    "trust_down", "erupted", "raised_badly", "project_failed_blamed", "forecast_missed",
    "fund_closed", "taken_over", "promise_broken", "side_taken",
})  # fmt: skip


@dataclass(frozen=True)
class BeatCard(Widget):
    """One thing that could be seen; choosing it asks why."""

    text: str = ""
    code: str = ""
    faces: tuple[PartnerSeen, ...] = ()
    latest: bool = False

    @staticmethod
    def beside(layout: Layout) -> int:
        """How much of the width is not for words."""
        return layout.tx(54) + 2 * layout.px(18) + layout.px(14)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = mix(theme.panel2, theme.selected, 0.6) if look.hover else theme.panel2
        edge = theme.accent if self.latest else ""
        panel(surface, self.rect, fill, edge, radius=layout.px(12), width=layout.px(3))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(18), layout.px(10))
        side = layout.tx(54)
        tone = theme.accent
        if self.code in WELL or self.code in BADLY:
            tone = theme.good if self.code in WELL else theme.tension
        centre = (inner.x + side / 2, inner.y + side / 2)
        disc(surface, centre, side // 2, tone)
        draw_icon(
            surface, ICONS.get(self.code, "info"), centre, round(side * 0.62), theme.on_sector
        )
        body = Rect(inner.x + side + layout.px(14), inner.y, 0, inner.height)
        body.width = max(1, inner.right - body.x)
        if self.faces:
            tall = min(layout.tx(44), inner.height // 3)
            row = Rect(body.x, inner.bottom - tall, body.width, tall)
            draw_faces(surface, layout, theme, row, self.faces)
            body.height = max(1, row.y - layout.px(6) - body.y)
        draw_text(surface, layout, body, self.text, theme.text, size=SIZE, valign="middle")
        if look.focus:
            self.ring(surface, layout, theme)


class BeatsStep(Step):
    """What the group could see of it: three sentences, the largest changes."""

    name = "beats"

    def __init__(self, play: Flow, at_once: bool = False) -> None:
        super().__init__(play)
        reveal = play.session.reveal()
        self.sentences = list(voice(play.session).beats(reveal.turn))
        self.people = [_people(beat.args) for beat in reveal.beats]
        self.codes = [beat.code for beat in reveal.beats]
        if not reveal.beats:  # one sentence says so
            self.people, self.codes = [()], [""]
        self.beats = len(reveal.beats)
        for answer in known_now(play.session):  # what hands went up for, and how it came out
            self.sentences.append(answer)
            self.people.append(())
            self.codes.append("hands")
        self.shown = len(self.sentences) if at_once or still(play) else 1
        self.due = -1.0
        self.film: tuple[MonthSeen, ...] = ()  # the months once more, while they are shown
        self.frame = 0

    def begin(self) -> None:
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("What could be seen")

    @property
    def over(self) -> bool:
        """Whether all beats are shown."""
        return self.shown >= len(self.sentences)

    @property
    def shown_again(self) -> bool:
        return bool(self.film)

    # --- widgets --------------------------------------------------------------------------

    def _parts(self, layout: Layout, areas: Areas) -> tuple[Rect, list[Rect]]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        return split_foot(layout, rest)

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        label = _("Go on") if self.over else _("And then?")
        room, buttons = self._parts(layout, areas)
        if self.film:
            label = _("Enough")
            return [Button("next", buttons[0], label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)]
        side, inner = layout.tx(46), areas.side_inner
        again = Rect(inner.right - side, inner.y - layout.px(4), side, side)
        return [
            *self._cards(layout, room),
            Button("next", buttons[0], label=label, kind=PRIMARY, hotkey=pygame.K_RETURN),
            Button(
                "again", again, icon="rotate-ccw", size=SMALL, hotkey=pygame.K_r,
                hint=_("Once more (R)"),
            ),
        ]  # fmt: skip

    def _cards(self, layout: Layout, room: Rect) -> list[Widget]:
        """The beats one under another; each as tall as its words, all of them together as fits."""
        gap = layout.px(12)
        faces = [
            tuple(p for id in people if (p := partner_seen(self.play, id)))[:6]
            for people in self.people
        ]
        want = []
        for text, people in zip(self.sentences, faces, strict=True):
            tall = height_of(text, layout, room.width - BeatCard.beside(layout), size=SIZE)
            tall = max(tall, layout.tx(54)) + (layout.tx(44) + layout.px(6) if people else 0)
            want.append(tall + 2 * layout.px(10) + layout.px(8))
        free = room.height - gap * (len(want) - 1)
        if sum(want) > free:
            want = [one * free // sum(want) for one in want]
        found: list[Widget] = []
        y = room.y
        for k, tall in enumerate(want[: self.shown]):
            asks = k < self.beats
            found.append(
                BeatCard(
                    f"beat:{k}" if asks else f"hands:{k}",
                    Rect(room.x, y, room.width, tall),
                    self.sentences[k],
                    self.codes[k],
                    faces[k],
                    not self.over and k == self.shown - 1,
                    enabled=asks,
                    hint=_("Why? (W)") if asks else "",
                )
            )
            y += tall + gap
        return found

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        if self.film:
            room = self._parts(layout, areas)[0]
            leaf, dots, _rest = rows(room, [0.5, layout.tx(30), 0.5], layout.px(18))
            count, month = len(self.film), self.film[self.frame].month
            draw_leaf(surface, layout, theme, leaf, self.play, month, count - 1 - self.frame)
            draw_stages(surface, layout, theme, dots, self.frame, count)

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "next" and self.film:
            self._film_over()
        elif kind == "next":
            if self.over:
                self.play.after_beats()
            else:
                self.shown += 1
                self.due = -1.0
        elif kind == "again":
            self.shown = len(self.sentences) if still(self.play) else 1
            self.due = -1.0
            if still(self.play):
                return None
            self.film, self.frame = self.play.session.months(), 0
            self.play.hands.focus = "next"
        elif kind == "beat":
            return Push(WhyDialog(self.play, beat=int(which)))
        return None

    def _film_over(self) -> None:
        """The months have been shown once more: the table stands as it does."""
        self.film, self.due = (), -1.0
        self.play.motion = None
        self.play.observation = self.play.session.observe()

    def _next_frame(self, t: float) -> None:
        """The next of the months once more."""
        if self.due < 0 or t >= self.due:
            self.frame += self.due >= 0
            if self.frame >= len(self.film):
                self._film_over()
                return
            month = self.film[self.frame]
            self.play.observation = month.after
            self.play.motion = Motion(month.before, t)
            self.due = t + MONTH

    def update(self, t: float) -> SceneChange | None:
        if self.film:
            self._next_frame(t)
            return None
        if self.over:
            return None
        if self.due < 0:
            self.due = t + BEAT
        elif t >= self.due:
            self.shown += 1
            self.due = -1.0
        return None

    def restless(self, t: float) -> bool:
        return bool(self.film) or not self.over

    def _lit(self) -> int:
        """Which beat is lit on the table: the one pointed at, or the last one told."""
        hands = self.play.hands
        kind, _colon, which = (hands.focus if hands.by_keyboard else hands.hover).partition(":")
        if kind == "beat" and which.isdigit():
            return int(which)
        return min(self.shown, len(self.people)) - 1

    def look(self) -> TableLook:
        return TableLook(pair=() if self.film else self.people[self._lit()], replies={})

    def words(self) -> list[str]:
        return [f"**{self.title}**", *(f"- {text}" for text in self.sentences)]

    def help(self) -> str:
        return _(
            "The largest changes that the group could see, three at most. **Enter** goes on, "
            "**R** shows it once more, **W** says why; so does choosing one of them."
        )


def _people(args: dict[str, str | float | int]) -> tuple[str, ...]:
    """Whom a beat is about."""
    found = [str(args[name]) for name in ("a", "b", "who") if args.get(name)]
    members = str(args.get("members", ""))
    return tuple(found or [m for m in members.replace(",", " ").split() if m])
