"""The clock of a turn: six stages, the time each has, and a dial that says what is left.

It counts down, turns amber, counts on, and never forces anything.  Everything follows from
the play's own time, so that any instant can be shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pygame

from game.view import svg
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, rows
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, Theme
from sim.words import _

STAGES: Final = ("board", "diary", "replies", "hands", "months", "car_park")
"""A turn's stages in their order; a show of hands comes on some turns only."""
SECONDS: Final[Mapping[str, float]] = MappingProxyType(
    {"board": 45.0, "diary": 180.0, "replies": 20.0, "months": 60.0, "car_park": 20.0}
)
"""The time each stage has.  A show of hands takes what it takes."""
NEARLY: Final = 0.2
"""The last share of a stage's time, when the dial turns amber."""

STILL = "still"  # no clock: a moment for talk
PAUSED = "paused"
RUNNING = "running"
SOON = "soon"
OVER = "over"


def stage_name(stage: str) -> str:
    """A stage as the stepper says it."""
    return {
        "board": _("The board"),
        "diary": _("The diary"),
        "replies": _("Replies"),
        "hands": _("Hands up"),
        "months": _("The months"),
        "car_park": _("The car park"),
    }.get(stage, "")


@dataclass(frozen=True)
class Clock:
    """How long a stage has lasted; it may stand still in between."""

    turn: int = 0
    stage: str = ""
    spent: float = 0.0  # seconds, before it last began to run
    since: float | None = None  # the play's time at which it did; None while it stands

    def elapsed(self, t: float) -> float:
        """Seconds this stage has taken up to ``t``."""
        return self.spent + (max(0.0, t - self.since) if self.since is not None else 0.0)

    def at(self, turn: int, stage: str, t: float, *, runs: bool) -> Clock:
        """The clock as a step of a stage comes up; the same stage goes on where it was."""
        same = (turn, stage) == (self.turn, self.stage)
        spent = self.elapsed(t) if same else 0.0
        timed = runs and stage in SECONDS
        return Clock(turn, stage, spent, t if timed else None)

    def dial(self, t: float, *, paused: bool = False) -> Dial:
        """What the strip shows at ``t``."""
        allowed = SECONDS.get(self.stage, 0.0)
        if self.since is None or not allowed:
            return Dial(STILL)
        left = allowed - self.elapsed(t)
        seconds = math.ceil(left)
        if paused:
            return Dial(PAUSED, seconds, allowed)
        if left <= 0:
            return Dial(OVER, seconds, allowed)
        return Dial(SOON if left <= NEARLY * allowed else RUNNING, seconds, allowed)


@dataclass(frozen=True)
class Dial:
    """What is left of a stage's time, as it is shown."""

    state: str = STILL
    seconds: int = 0  # left; below zero once the time is over
    allowed: float = 1.0

    @property
    def shown(self) -> str:
        """Minutes and seconds: "2:05" left, or "+0:12" past the time."""
        minutes, seconds = divmod(abs(self.seconds), 60)
        return f"{'+' if self.seconds < 0 else ''}{minutes}:{seconds:02d}"

    @property
    def caption(self) -> str:
        """A word beneath it, so that nothing is said by colour alone."""
        return {
            STILL: _("to talk"),
            PAUSED: _("paused"),
            RUNNING: _("left"),
            SOON: _("nearly"),
            OVER: _("time’s up"),
        }[self.state]

    def in_words(self) -> str:
        """The clock as a sentence."""
        if self.state == STILL:
            return _("There is no clock on this: time to talk.")
        if self.state == PAUSED:
            return _("Paused, with {time} left.").format(time=self.shown)
        if self.state == OVER:
            return _("The time for this is over. Nothing is forced.")
        return _("{time} left for this.").format(time=self.shown)


def width(layout: Layout) -> int:
    """How much of the strip the dial takes, whatever it says."""
    captions = (Dial(state).caption for state in (STILL, PAUSED, RUNNING, SOON, OVER))
    widest = max(width_of(caption, layout, size=BODY * 0.97) for caption in captions)
    return max(widest, layout.tx(132)) + layout.px(8)


def draw(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, dial: Dial) -> None:
    """A dial that empties, the time beside it, a word beneath."""
    upper, lower = rows(area, [1.25, 1.0])
    amber = dial.state in (SOON, OVER)
    tone = theme.warn if amber else theme.text if dial.state == RUNNING else theme.muted
    side = min(layout.tx(36), upper.height)
    if dial.state == STILL:
        draw_icon(surface, "messages-square", upper.center, side, tone)
    else:
        figures = width_of("+0:00", layout, size=BODY * 1.1, weight=BOLD)
        gap = layout.px(8)
        x = upper.centerx - (side + gap + figures) // 2
        face = Rect(x, upper.centery - side // 2, side, side)
        if dial.state == PAUSED:
            draw_icon(surface, "pause", face.center, side, tone)
        else:
            surface.blit(_face(dial, side, tone, theme.hairline), face)
        left = face.right + gap
        beside = Rect(left, upper.y, max(1, area.right - left), upper.height)
        draw_text(
            surface, layout, beside, dial.shown, tone,
            size=BODY * 1.1, weight=BOLD, one_line=True, valign="middle", name="timer",
        )  # fmt: skip
    draw_text(
        surface, layout, lower, dial.caption, tone,
        size=BODY * 0.97, one_line=True, align="centre", valign="middle",
    )  # fmt: skip


STEPS: Final = 40  # pictures of the dial from full to empty, so that few are kept


def _face(dial: Dial, side: int, tone: str, rest: str) -> pygame.Surface:
    """A pie of what is left; a full ring of amber once it is over."""
    share = max(0.0, min(1.0, dial.seconds / dial.allowed))
    share = math.ceil(share * STEPS) / STEPS
    c, radius = side / 2, side * 0.44
    ring = tone if dial.state == OVER else rest
    body = (
        f'<circle cx="{c:g}" cy="{c:g}" r="{radius:.2f}" fill="none" stroke="{ring}" '
        f'stroke-width="{side * 0.1:.2f}"/>'
    )
    if share >= 1.0:
        body += f'<circle cx="{c:g}" cy="{c:g}" r="{radius:.2f}" fill="{tone}"/>'
    elif share > 0.0:
        turn = 2 * math.pi * (1.0 - share)
        x, y = c + radius * math.sin(turn), c - radius * math.cos(turn)
        large = 1 if share > 0.5 else 0
        body += (
            f'<path d="M{c:g} {c:g}L{x:.2f} {y:.2f}A{radius:.2f} {radius:.2f} 0 {large} 1 '
            f'{c:g} {c - radius:.2f}Z" fill="{tone}"/>'
        )
    return svg.picture(svg.document(side, side, body), side, side)
