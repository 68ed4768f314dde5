"""A row stops everything: the words fill the window, everybody stands back, nobody speaks.

Then the group decides who breaks the silence.  There is no clock here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_parts import ease, still
from game.scenes.play_step import Step
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.shapes import disc, panel
from game.view.table import Look as TableLook
from game.view.table_sides import draw_sides
from game.view.text import BOLD, ITALIC, draw_text, height_of
from game.view.theme import BODY, TITLE, Theme, mix
from game.view.widgets import PRIMARY, QUIET, Act, Button, Look, Widget, button_width
from sim.labels import pounds, unquoted
from sim.session import Silence, SilenceChoice, Surfaced
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


HUSH: Final = 0.9
"""Seconds of nothing at all before a row's words."""
SILENCE: Final = 3.4
"""Seconds until the question comes up; every key works before."""
ICONS: Final = {"speak": "message-circle", "outsider": "hand-helping", "next": "arrow-right"}


@dataclass(frozen=True)
class Breaking(Widget):
    """One way to break the silence: its key, what is done, what may come of it."""

    title: str = ""
    line: str = ""
    number: str = ""
    icon: str = ""

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = theme.panel if self.enabled else theme.panel2
        if look.hover and self.enabled:
            fill = theme.selected
        edge = theme.border if self.enabled else theme.hairline
        panel(surface, self.rect, fill, edge, radius=layout.px(12), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(14), layout.px(8))
        side = min(layout.tx(40), inner.height // 2)
        tint = theme.accent if self.enabled else theme.muted
        tag = Rect(inner.right - side, inner.y, side, side)
        disc(surface, tag.center, side // 2, tint)
        draw_text(
            surface, layout, tag, self.number, theme.on_accent, weight=BOLD, size=BODY * 0.9,
            align="centre", valign="middle", one_line=True,
        )  # fmt: skip
        draw_icon(surface, self.icon, (inner.x + side / 2, tag.centery), round(side * 0.86), tint)
        left = inner.x + side + layout.px(10)
        upper, lower = rows(inner, [1.4, 1.0], layout.px(2))
        title = Rect(left, upper.y, max(1, tag.x - layout.px(8) - left), upper.height)
        ink = theme.text if self.enabled else theme.muted
        draw_text(surface, layout, title, self.title, ink, size=BODY, weight=BOLD, valign="middle")
        draw_text(surface, layout, lower, self.line, theme.muted, size=BODY * 0.86, valign="middle")
        if look.focus:
            self.ring(surface, layout, theme)


class EruptionStep(Step):
    """Everything stops.  The words fill the window; who stands with whom is seen."""

    covers = True
    whole_window = True

    def __init__(
        self, play: Flow, told: Surfaced, sides: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        super().__init__(play)
        self.told = told
        self.sides = tuple(sides)  # who, with, against
        self.since = -1.0
        self.answer: list[str] = []  # what came of it, once the silence is broken

    def begin(self) -> None:
        self.play.hands.focus = ""  # no ring on something that decides
        self.since = -1.0

    @property
    def silence(self) -> Silence | None:
        """The silence after this row, while nobody has broken it."""
        found = self.play.session.silence
        return found if found is not None and found.matter == self.told.matter else None

    def options(self) -> list[tuple[str, str, str, SilenceChoice]]:
        """What can be done: key, title, line, the choice; one for each who could speak."""
        silence = self.silence
        if silence is None:
            return []
        found = []
        for choice in silence.choices:
            line = choice.why_not or choice.line
            if choice.cost and not choice.why_not:
                line = _("{line} {cost}.").format(line=line, cost=pounds(choice.cost))
            if not choice.of_one:
                found.append((f"silence:{choice.id}", choice.title, line, choice))
                continue
            for who in (silence.a, silence.b):
                title = _("{who} speaks first").format(who=self.play.names.partner(who))
                found.append((f"silence:{choice.id}:{who}", title, line, choice))
        return found

    # --- where things lie -----------------------------------------------------------------

    def _places(self, layout: Layout) -> tuple[Rect, Rect, Rect, Rect]:
        """The tableau, the question, the choices, and the button that shows it again."""
        page = inset(layout.window, layout.px(40), layout.px(24))
        cards = round(layout.px(164) * (1 + (layout.text - 1) * 0.5))
        ask = round(layout.px(50) * (1 + (layout.text - 1) * 0.5))
        above, question, choices = rows(page, [1.0, ask, cards], layout.px(10))
        label = _("Once more")
        wide = min(button_width(layout, label, "rotate-ccw"), question.width // 3)
        again = Rect(question.right - wide, question.y, wide, question.height)
        question.width -= wide + layout.px(16)
        return above, question, choices, again

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _above, _question, choices, again = self._places(layout)
        more = Button(
            "again", again, label=_("Once more"), icon="rotate-ccw", kind=QUIET, hotkey=pygame.K_r,
        )  # fmt: skip
        options = self.options()
        if not options:
            label = _("Go on")
            wide = min(button_width(layout, label) * 2, choices.width)
            rect = Rect(choices.right - wide, choices.bottom - layout.tx(66), wide, layout.tx(66))
            go = Button("next", rect, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)
            return [go, more]
        found: list[Widget] = []
        # whoever says more gets more of the width
        shares = [10.0 + len(title) * 0.2 + len(line) * 0.1 for _key, title, line, _c in options]
        cells = columns(choices, shares, layout.px(14))
        for k, ((key, title, line, choice), rect) in enumerate(zip(options, cells, strict=True)):
            found.append(
                Breaking(
                    key, rect, title, line, str(k + 1), ICONS.get(choice.id, "info"),
                    hotkey=pygame.K_1 + k, enabled=not choice.why_not,
                )
            )  # fmt: skip
        return [*found, more]

    # --- drawing --------------------------------------------------------------------------

    def _elapsed(self, t: float) -> float:
        """Seconds since the row began; the last instant where nothing may move."""
        return 99.0 if self.since < 0 else t - self.since

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        ground = theme.hush
        surface.fill(ground)
        elapsed = self._elapsed(t)
        above, question, choices, _again = self._places(layout)
        own = replace(theme, canvas=ground, panel=ground)
        words = draw_sides(
            surface, layout, own, above, self.play.observation, self.told.a, self.told.b,
            self.sides, elapsed - HUSH * 0.5,
        )  # fmt: skip
        words = inset(words, layout.px(24), layout.px(8))
        share = ease((elapsed - HUSH) / 0.8)
        if share <= 0.02:
            return
        self._words(surface, layout, theme, words, mix(ground, theme.text, share),
                    mix(ground, theme.conflict, share))  # fmt: skip
        asked = ease((elapsed - SILENCE) / 0.6) if self.options() else 1.0
        ink = mix(ground, theme.text, asked)
        said = _("Who speaks first?") if self.options() else ""
        draw_text(surface, layout, question, said, ink, size=TITLE, weight=BOLD, valign="middle")
        if self.answer:
            room = Rect(question.x, question.y, question.width, choices.bottom - question.y)
            room.width = round(choices.width * 0.66)
            draw_text(
                surface, layout, room, " ".join(self.answer), theme.text,
                size=TITLE, weight=BOLD, valign="middle",
            )  # fmt: skip

    def _words(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, ink: str, tone: str
    ) -> None:
        scene = " ".join(self.told.scene.split())
        tall = height_of(scene, layout, area.width, size=BODY * 1.05, weight=ITALIC)
        top, body = rows(area, [min(tall, round(area.height * 0.36)), 1.0], layout.px(12))
        draw_text(
            surface, layout, top, scene, ink, size=BODY * 1.05, weight=ITALIC, align="centre",
        )  # fmt: skip
        draw_text(
            surface, layout, body, f"“{unquoted(self.told.left_unsaid)}”", tone,
            size=TITLE * 2.3, weight=BOLD, valign="middle", align="centre",
        )  # fmt: skip

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "silence":
            choice, _colon, who = which.partition(":")
            events = self.play.session.break_silence(choice, who)
            told = voice(self.play.session)
            self.answer = [told.sentence(event) for event in events]
            self.play.looked_again()
            if self.answer:
                self.play.hands.focus = "next"
            else:
                self.play.go_on()
        elif kind == "again":
            self.since = -1.0  # what came of it stays
        elif kind == "next":
            self.play.go_on()
        return None

    def update(self, t: float) -> SceneChange | None:
        if self.since < 0 and not still(self.play):
            self.since = t
        return None

    def restless(self, t: float) -> bool:
        if still(self.play):
            return False
        return self.since < 0 or t - self.since < SILENCE + 1.0

    def look(self) -> TableLook:
        return TableLook(pair=(self.told.a, self.told.b))

    def words(self) -> list[str]:
        lines = [self.told.scene, f"**{self.told.left_unsaid}**", *self.answer]
        if options := self.options():
            lines.append(_("Who speaks first?"))
            lines += [f"- **{title}.** {line}" for _key, title, line, _choice in options]
        return lines

    def help(self) -> str:
        return _(
            "It came out. Take your time: there is no clock here. Then choose with **1**, **2**, "
            "**3** and **4** who breaks the silence. **R** shows it once more."
        )
