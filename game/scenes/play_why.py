"""Why?  What could be seen, each with its causes as bars, as far as the group saw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.scenes.dialogs import Dialog
from game.view import svg
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, Theme
from game.view.widgets import Look, Widget, Words
from sim.phrases import cause, sentence
from sim.reveal import UNSAID
from sim.session import Why
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

MOST = 4  # causes for each beat


@dataclass(frozen=True)
class CauseBar(Widget):
    """One cause: which way it worked, how strongly in thirds, and its words."""

    words: str = ""
    up: bool = True
    thirds: int = 1
    unsaid: bool = False  # what nobody saw: hatched

    takes_focus = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        tone = theme.muted if self.unsaid else theme.good if self.up else theme.tension
        side = layout.tx(30)
        middle = self.rect.centery
        name = "plus" if self.up else "minus"
        draw_icon(surface, name, (self.rect.x + side / 2, middle), side, tone)
        cell, gap = layout.tx(44), layout.px(6)
        x = self.rect.x + side + layout.px(10)
        tall = layout.tx(24)
        for third in range(3):
            box = Rect(x + third * (cell + gap), middle - tall // 2, cell, tall)
            if third >= self.thirds:
                panel(surface, box, "", theme.hairline, radius=layout.px(5), width=layout.px(2))
            elif self.unsaid:
                surface.blit(_hatched(box.width, box.height, tone), box)
            else:
                panel(surface, box, tone, radius=layout.px(5))
        left = x + 3 * (cell + gap) + layout.px(8)
        room = Rect(left, self.rect.y, self.rect.right - left, self.rect.height)
        draw_text(surface, layout, room, self.words, theme.text, size=BODY, valign="middle")


def _hatched(width: int, height: int, tone: str) -> pygame.Surface:
    step = max(4, height // 3)
    lines = "".join(
        f'<path d="M{x} {height}L{x + height} 0" stroke="{tone}" stroke-width="{step * 0.35:.1f}"/>'
        for x in range(-height, width, step)
    )
    frame = (
        f'<rect x="1" y="1" width="{width - 2}" height="{height - 2}" fill="none" '
        f'stroke="{tone}" stroke-width="2"/>'
    )
    return svg.picture(svg.document(width, height, lines + frame), width, height)


class WhyDialog(Dialog):
    """The last reveal's beats with their causes."""

    def __init__(self, play: Flow) -> None:
        super().__init__(_("Why?"), "", wide=0.66, tall=0.92)
        self.play = play
        self.reasons: list[tuple[str, tuple[Why, ...]]] = []
        for beat in play.session.reveal().beats:
            whys: tuple[Why, ...] = ()
            if beat.code in ("trust_up", "trust_down"):
                whys = play.session.why(str(beat.args["a"]), str(beat.args["b"]))[:MOST]
            self.reasons.append((sentence(beat, play.names), whys))

    def _said(self, why: Why) -> str:
        words = cause(why.cause, self.play.names)
        return words[:1].upper() + words[1:]

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        found: list[Widget] = []
        if not self.reasons:
            return [Words.at(layout, "none", x, y, width, _("Nothing that anybody could see."))]
        for index, (said, whys) in enumerate(self.reasons):
            words = Words.at(
                layout, f"beat:{index}", x, y, width, said, size=HEADING * 0.92, weight=BOLD
            )
            found.append(words)
            y = words.rect.bottom + layout.px(10)
            for number, why in enumerate(whys):
                label = self._said(why)
                beside = layout.tx(30) + 3 * layout.tx(44) + layout.px(36)
                tall = max(layout.tx(40), height_of(label, layout, width - beside))
                rect = Rect(x, y, width, tall)
                key = f"why:{index}:{number}"
                unsaid = why.cause == UNSAID
                found.append(CauseBar(key, rect, label, why.up, why.size, unsaid))
                y = rect.bottom + layout.px(6)
            y += layout.px(18)
        return found

    def in_words(self) -> str:
        lines = []
        for said, whys in self.reasons:
            lines.append(f"**{said}**")
            lines += [f"- {'+' if why.up else '−'} {self._said(why)}" for why in whys]
        return "\n".join(lines)
