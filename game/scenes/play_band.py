"""The band beneath the strip: where in the turn we are, and the facilitator's tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.scenes.play_timer import stage_name
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.text import BOLD, REGULAR, draw_text, width_of
from game.view.theme import BODY, Theme
from game.view.widgets import QUIET, Button, Look, Widget
from sim.words import _

NAME: Final[float] = BODY
PAD: Final = 14


@dataclass(frozen=True)
class Tool:
    """One of the facilitator's buttons."""

    key: str
    icon: str
    hotkey: int = 0  # F1, F2, Space and Ctrl+Z are taken elsewhere


TOOLS = (
    Tool("undo", "undo-2"),
    Tool("why", "lightbulb", pygame.K_w),
    Tool("legend", "map", pygame.K_l),
    Tool("assumptions", "flask-conical", pygame.K_a),
    Tool("branches", "git-branch"),
    Tool("pause", "pause"),
    Tool("blackout", "monitor-off", pygame.K_b),
    Tool("settings", "settings", pygame.K_F5),
    Tool("words", "file-text"),
    Tool("help", "circle-help"),
    Tool("leave", "log-out", pygame.K_ESCAPE),
)


def hints(paused: bool) -> dict[str, str]:
    """What each button does, and its key."""
    return {
        "undo": _("Back to the last reveal (Ctrl+Z)"),
        "why": _("Why? (W)"),
        "legend": _("What the marks mean (L)"),
        "assumptions": _("What is assumed (A)"),
        "branches": _("Branches of this play"),
        "pause": _("Go on (Space)") if paused else _("Pause (Space)"),
        "blackout": _("A black screen, for talk (B)"),
        "settings": _("Settings (F5)"),
        "words": _("The turn in plain words (F2)"),
        "help": _("Help (F1)"),
        "leave": _("Leave the table (Escape)"),
    }


def tools(
    layout: Layout, band: Rect, right: Rect, off: frozenset[str], *, paused: bool = False
) -> list[Widget]:
    """The buttons, over the side panel ``right``; those in ``off`` lead nowhere now."""
    shown = [tool for tool in TOOLS if tool.key not in off]
    said = hints(paused)
    side = min(band.height - layout.px(6), layout.px(46))
    step = min(layout.px(54), right.width // max(1, len(TOOLS)))
    drawn = 0.64 * side / (1.1 * layout.u * layout.text)  # an icon keeps within its button
    x = right.right - step * len(shown) + (step - side) // 2
    found: list[Widget] = []
    for k, tool in enumerate(shown):
        rect = Rect(x + k * step, band.centery - side // 2 - layout.px(1), side, side)
        icon = "play" if tool.key == "pause" and paused else tool.icon
        found.append(
            Button(
                f"tool:{tool.key}", rect, icon=icon, kind=QUIET, size=drawn,
                hint=said[tool.key], hotkey=tool.hotkey,
                chosen=tool.key == "pause" and paused,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Key(Widget):
    """A tool where there is no band to show it on: its key works all the same."""

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        return


def keys() -> list[Widget]:
    """What works even where the whole window is taken: leaving, and a black screen."""
    nowhere = Rect(0, 0, 0, 0)
    return [
        Key(f"tool:{tool.key}", nowhere, hotkey=tool.hotkey)
        for tool in TOOLS
        if tool.key in ("leave", "blackout")
    ]


def draw(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    band: Rect,
    left: Rect,
    stage: str,
    stages: tuple[str, ...],
) -> None:
    """The stepper over the table ``left``; the line beneath the whole."""
    surface.fill(theme.panel, band)
    line = layout.px(2)
    surface.fill(theme.hairline, Rect(band.x, band.bottom - line, band.width, line))
    if stage not in stages:
        return
    here = stages.index(stage)
    gap, link, side, pad = layout.px(10), layout.px(26), layout.px(26), layout.px(PAD)
    bare = (side + gap) * len(stages) + (link + 2 * gap) * (len(stages) - 1) + 4 * pad
    size: float = NAME
    while size > NAME * 0.7 and bare + sum(_widths(layout, stages, here, size)) > left.width:
        size -= 0.5
    wide = _widths(layout, stages, here, size)
    wide = _named(wide, here, left.width - bare)
    x, y = left.x + layout.px(8), band.centery - line // 2
    for k, name in enumerate(stages):
        x += pad if k == here else 0
        mark = Mark(name, k - here, Rect(x, y, side, band.height - 2 * line), wide[k], size)
        x = _stage(surface, layout, theme, mark, gap)
        x += pad if k == here else 0
        if k + 1 < len(stages):
            x += gap
            tone = theme.accent if k < here else theme.border
            surface.fill(tone, Rect(x, y - layout.px(1), link, layout.px(2)))
            x += link + gap


def _widths(layout: Layout, stages: tuple[str, ...], here: int, size: float) -> list[int]:
    """How wide each name is; the present one is bold."""
    return [
        width_of(stage_name(stage), layout, size=size, weight=BOLD if k == here else REGULAR)
        + layout.px(2)
        for k, stage in enumerate(stages)
    ]


def _named(wide: list[int], here: int, room: int) -> list[int]:
    """The widths of those that are named: the present one, what comes, then what was."""
    named = [0] * len(wide)
    for k in (*range(here, len(wide)), *reversed(range(here))):
        if k != here and sum(named) + wide[k] > room:
            break
        named[k] = wide[k]
    return named


@dataclass(frozen=True)
class Mark:
    """One stage on the band."""

    stage: str
    when: int  # before, at or after the present one
    place: Rect  # left edge, middle, side of the mark, height of the band
    wide: int  # of its name; 0 for none
    size: float


def _stage(surface: pygame.Surface, layout: Layout, theme: Theme, mark: Mark, gap: int) -> int:
    """One stage: done with a tick, the present one filled, those to come hollow; its right."""
    x, y, side, when = mark.place.x, mark.place.y, mark.place.width, mark.when
    radius = side // 2
    centre = (x + radius, y)
    if when == 0:
        tall = min(mark.place.height, layout.tx(38))
        pad = layout.px(PAD)
        pill = Rect(x - pad, y - tall // 2, side + gap + mark.wide + 2 * pad, tall)
        panel(surface, pill, theme.accent, radius=tall // 2)
        disc(surface, centre, round(radius * 0.5), theme.on_accent)
    elif when < 0:
        draw_icon(surface, "check", centre, side, theme.accent)
    else:
        disc(surface, centre, round(radius * 0.62), theme.border)
        disc(surface, centre, max(1, round(radius * 0.62) - layout.px(3)), theme.panel)
    if not mark.wide:
        return x + side
    room = Rect(x + side + gap, y - mark.place.height // 2, mark.wide, mark.place.height)
    ink = theme.on_accent if when == 0 else theme.text if when < 0 else theme.muted
    draw_text(
        surface, layout, room, stage_name(mark.stage), ink,
        size=mark.size, weight=BOLD if when == 0 else REGULAR, one_line=True, valign="middle",
    )  # fmt: skip
    return room.right
