"""The first screen: places to play, sessions to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.scene import Push, Quit, Reset, Scene, SceneChange
from game.view import svg
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.portrait import portrait
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import (
    QUIET,
    Act,
    Button,
    Card,
    Hands,
    Look,
    Scroll,
    Widget,
    Words,
    button_width,
    card_height,
    draw_widgets,
)
from sim.labels import calendar
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.journal import Kept
    from sim.scenario import Scenario

PORTRAIT = 300  # width of a scenario's picture, in u
SHOWN = 6
"""So many sessions are offered; older ones are still in their folder."""


@dataclass(frozen=True)
class Shelved:
    """A scenario file: read, or the first thing that is wrong with it."""

    name: str
    scenario: Scenario | None
    problem: str = ""


@dataclass(frozen=True)
class ScenarioCard(Card):
    """A place to play, with its portrait."""

    scenario: Scenario | None = None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        super().draw(surface, layout, theme, look)
        if self.scenario is None:
            return
        wide, tall = layout.px(PORTRAIT), layout.px(PORTRAIT * 0.72)
        drawing = svg.picture(portrait(self.scenario, wide, tall, theme), wide, tall)
        x = self.rect.right - wide - layout.px(20)
        surface.blit(drawing, (x, self.rect.centery - tall // 2))


def scenario_names() -> Iterator[str]:
    """The scenarios that ship, by id."""
    for path in sorted(resources.files("scenarios").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            yield path.name.removesuffix(".yaml")


class LibraryScene(Scene):
    """Reads one file between two frames, so that the window never waits."""

    def __init__(self, desk: Desk) -> None:
        from sim.journal import shelf

        self.desk = desk
        self.hands = Hands()
        self.waiting = list(scenario_names())
        self.files: list[Shelved] = []
        self.sessions: list[Kept] = [kept for kept in shelf() if not kept.ended][:SHOWN]

    def update(self, t: float) -> SceneChange | None:
        if self.waiting:
            self.files.append(_read(self.waiting.pop(0)))
            if not self.hands.focus:
                self.hands.focus = f"scenario:{self.files[0].name}"
        return None

    def restless(self, t: float) -> bool:
        return bool(self.waiting)

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.DROPFILE:
            return self._open(Path(event.file))
        act = self.hands.handle(event, self.widgets(layout))
        return self._do(act) if act is not None else None

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "scenario":
            chosen = next(file for file in self.files if file.name == which)
            assert chosen.scenario is not None
            return Push(self.desk.briefing(chosen.scenario))
        if kind == "session":
            return Reset(self.desk.resume(self.sessions[int(which)].path))
        if kind == "settings":
            return Push(self.desk.settings_dialog())
        return Quit() if kind == "leave" else None

    def _open(self, path: Path) -> SceneChange:
        """A file dropped on the window: a session, or a scenario."""
        if path.suffix == ".jsonl":
            return Reset(self.desk.resume(path))
        from sim.scenario import load_scenario

        return Push(self.desk.briefing(load_scenario(path)))

    # --- what is on the screen ------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, Rect, Rect]:
        """Title, tools, scenarios, sessions."""
        page = inset(layout.window, layout.px(60), layout.px(40))
        top, body = rows(page, [layout.tx(112), 1.0], layout.px(20))
        tools = sum(wide for _key, _label, _icon, wide in self._tools(layout)) + layout.px(12)
        title, right = columns(top, [1.0, tools], layout.px(20))
        left, aside = columns(body, [1.55, 1.0], layout.px(48))
        return title, right, left, aside

    def _tools(self, layout: Layout) -> list[tuple[str, str, str, int]]:
        tools = (("settings", _("Settings"), "settings"), ("leave", _("Close"), "x"))
        return [(key, label, icon, button_width(layout, label, icon)) for key, label, icon in tools]

    def widgets(self, layout: Layout) -> list[Widget]:
        _title, tools, left, aside = self._areas(layout)
        widgets: list[Widget] = [
            Scroll("scenarios", left, children=self._scenarios(layout, left), bar=layout.px(12)),
            Scroll("sessions", aside, children=self._sessions(layout, aside), bar=layout.px(12)),
        ]
        x = tools.x
        for key, label, icon, wide in self._tools(layout):
            rect = Rect(x, tools.y, wide, layout.tx(60))
            hotkey = pygame.K_ESCAPE if key == "leave" else 0
            widgets.append(Button(key, rect, label=label, icon=icon, kind=QUIET, hotkey=hotkey))
            x += wide + layout.px(12)
        return widgets

    def _scenarios(self, layout: Layout, area: Rect) -> tuple[Widget, ...]:
        head = Words.at(
            layout, "head:scenarios", area.x, area.y, area.width, _("A place to begin"),
            size=HEADING, weight=BOLD,
        )  # fmt: skip
        children: list[Widget] = [head]
        y = head.rect.bottom + layout.px(14)
        wide = Scroll.inside(area, layout.px(12)).width
        for file in self.files:
            title, lines, reason = _described(file)
            icon = "map-pin" if file.scenario else "triangle-alert"
            aside = layout.px(PORTRAIT + 20) if file.scenario else 0
            tall = card_height(layout, wide, title, lines, icon=icon, reason=reason, aside=aside)
            if file.scenario:
                tall = max(tall, layout.px(PORTRAIT * 0.72 + 28))
            children.append(
                ScenarioCard(
                    f"scenario:{file.name}",
                    Rect(area.x, y, wide, tall),
                    title=title,
                    lines=lines,
                    icon=icon,
                    reason=reason,
                    enabled=file.scenario is not None,
                    aside=aside,
                    scenario=file.scenario,
                )
            )
            y += tall + layout.px(16)
        if self.waiting:
            words = _("Reading the files …")
            children.append(Words.at(layout, "reading", area.x, y, wide, words, muted=True))
        return tuple(children)

    def _sessions(self, layout: Layout, area: Rect) -> tuple[Widget, ...]:
        head = Words.at(
            layout, "head:sessions", area.x, area.y, area.width, _("Go on with"),
            size=HEADING, weight=BOLD,
        )  # fmt: skip
        children: list[Widget] = [head]
        y = head.rect.bottom + layout.px(14)
        wide = Scroll.inside(area, layout.px(12)).width
        if not self.sessions:
            words = _("Nothing yet. A play that is not over waits for you here.")
            children.append(Words.at(layout, "none", area.x, y, wide, words, muted=True))
        for index, kept in enumerate(self.sessions):
            title = kept.name or kept.title
            lines = (_when(kept.started, kept.turn),) if not kept.problem else ()
            tall = card_height(layout, wide, title, lines, icon="clock", reason=kept.problem)
            children.append(
                Card(
                    f"session:{index}",
                    Rect(area.x, y, wide, tall),
                    title=title,
                    lines=lines,
                    icon="triangle-alert" if kept.problem else "clock",
                    reason=kept.problem,
                    enabled=not kept.problem,
                )
            )
            y += tall + layout.px(16)
        return tuple(children)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        title, _tools, _left, _aside = self._areas(layout)
        name = _("Left Unsaid")
        upper, lower = rows(title, [0.6, 0.4])
        draw_text(
            surface, layout, upper, name, theme.text, size=TITLE * 1.25, weight=BOLD, one_line=True
        )
        motto = _("A table, some partners, and what they do not say")
        draw_text(surface, layout, lower, motto, theme.muted, size=BODY, one_line=True)
        draw_widgets(surface, layout, theme, self.widgets(layout), self.hands)

    def in_words(self) -> str:
        lines = ["**" + _("A place to begin") + "**"]
        for file in self.files:
            title, about, reason = _described(file)
            lines.append("- " + " ".join([f"**{title}.**", *about, reason]).strip())
        lines += ["", "**" + _("Go on with") + "**"]
        for kept in self.sessions:
            about = (kept.problem or _when(kept.started, kept.turn),)
            lines.append("- " + " ".join([f"**{kept.name or kept.title}.**", *about]))
        if not self.sessions:
            lines.append("- " + _("Nothing yet. A play that is not over waits for you here."))
        return "\n".join(lines)

    def help_text(self) -> str:
        return _(
            "Choose a place to begin a play, or go on with one that is not over. "
            "A scenario's file, or a session's, can also be dropped on this window."
        )


def _read(name: str) -> Shelved:
    from sim.scenario import ScenarioError, load_scenario

    try:
        return Shelved(name, load_scenario(name))
    except ScenarioError as error:
        first = replace(error.messages[0], file=Path(error.messages[0].file).name)
        return Shelved(name, None, _("This file has an error. {first}").format(first=first))


def _described(file: Shelved) -> tuple[str, tuple[str, ...], str]:
    """Title, lines, and what is wrong."""
    if file.scenario is None:
        return file.name, (), file.problem
    head = file.scenario.scenario
    turns = len(file.scenario.time.turns)
    facts = " · ".join(
        (
            head.place,
            _("{count} minutes").format(count=head.minutes),
            _("{players} people").format(players=head.players),
            ngettext("{count} turn", "{count} turns", turns).format(count=turns),
        )
    )
    return head.title, (" ".join(head.summary.split()), facts), ""


def _when(started: str, turn: int) -> str:
    """Such as: Turn 3, begun on 23 November 2025 at 14:05; in this place's time."""
    at = datetime.fromisoformat(started).astimezone()
    return _("Turn {turn}, begun on {day} {month} at {time}").format(
        turn=turn, day=at.day, month=calendar(1, at.month, at.year), time=f"{at:%H:%M}"
    )
