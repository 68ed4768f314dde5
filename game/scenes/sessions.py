"""Every play that was kept: over or not, a branch of another, or damaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.places import shown
from game.scene import Pop, Reset, Scene, SceneChange
from game.scenes.open_file import open_file
from game.view.layout import Layout, Rect, inset, rows
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, TITLE, Theme
from game.view.widgets import (
    Act,
    Button,
    Card,
    Hands,
    Scroll,
    Widget,
    Words,
    button_width,
    card_height,
    draw_widgets,
)
from sim.labels import calendar
from sim.words import _

if TYPE_CHECKING:
    from sim.journal import Kept


def begun(started: str) -> str:
    """Such as: 23 November 2026 at 14:05; in this place's time."""
    try:
        at = datetime.fromisoformat(started).astimezone()
    except (ValueError, OverflowError, OSError):
        return started
    return _("{day} {month} at {time}").format(
        day=at.day, month=calendar(1, at.month, at.year), time=f"{at:%H:%M}"
    )


def standing(kept: Kept, turns: int = 0) -> str:
    """How far a play has come and when it began; ``turns`` is 0 when nobody knows."""
    if kept.ended:
        return _("Ended, begun on {when}").format(when=begun(kept.started))
    if turns:
        return _("Turn {turn} of {turns}, begun on {when}").format(
            turn=kept.turn, turns=turns, when=begun(kept.started)
        )
    return _("Turn {turn}, begun on {when}").format(turn=kept.turn, when=begun(kept.started))


class SessionsScene(Scene):
    """A list, the latest first; what cannot be opened says why."""

    def __init__(self, desk: Desk, sessions: Sequence[Kept], turns: Mapping[str, int]) -> None:
        self.desk = desk
        self.sessions = tuple(sessions)
        self.turns = turns  # of each scenario, by id
        sound = [n for n, kept in enumerate(self.sessions) if not kept.problem]
        self.hands = Hands(focus=f"session:{sound[0]}" if sound else "back")

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.DROPFILE:
            return open_file(self.desk, Path(event.file))
        act = self.hands.handle(event, self.widgets(layout))
        return self._do(act) if act is not None else None

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "session":
            return Reset(self.desk.resume(self.sessions[int(which)].path))
        return Pop() if kind == "back" else None

    # --- what is on the screen ----------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, Rect]:
        """Heading, list, foot."""
        page = inset(layout.window, layout.px(60), layout.px(36))
        head, body, foot = rows(page, [layout.tx(112), 1.0, layout.tx(68)], layout.px(20))
        return head, body, foot

    def widgets(self, layout: Layout) -> list[Widget]:
        _head, body, foot = self._areas(layout)
        bar = layout.px(12)
        label = _("Back")
        wide = button_width(layout, label, "arrow-left")
        back = Button(
            "back", Rect(foot.x, foot.y, wide, foot.height), label=label, icon="arrow-left",
            hotkey=pygame.K_ESCAPE,
        )  # fmt: skip
        children = self._rows(layout, Scroll.inside(body, bar))
        return [Scroll("list", body, children=children, bar=bar), back]

    def _rows(self, layout: Layout, inside: Rect) -> tuple[Widget, ...]:
        if not self.sessions:
            words = _("Nothing yet. Every play is kept here from its first turn on.")
            return (Words.at(layout, "none", inside.x, inside.y, inside.width, words),)
        found: list[Widget] = []
        y = inside.y
        for number, kept in enumerate(self.sessions):
            title, lines, icon = self._described(kept)
            tall = card_height(layout, inside.width, title, lines, icon=icon, reason=kept.problem)
            found.append(
                Card(
                    f"session:{number}", Rect(inside.x, y, inside.width, tall), title=title,
                    lines=lines, icon=icon, reason=kept.problem, enabled=not kept.problem,
                )
            )  # fmt: skip
            y += tall + layout.px(14)
        return tuple(found)

    def _described(self, kept: Kept) -> tuple[str, tuple[str, ...], str]:
        """Title, lines and icon."""
        if kept.problem:
            return kept.path.name, (), "triangle-alert"
        lines = [standing(kept, self.turns.get(kept.scenario, 0))]
        if kept.parent:
            left = _("A branch of “{name}”, from turn {turn}").format(
                name=self._name(kept.parent, kept.title), turn=kept.parent_turn
            )
            lines.insert(0, left)
        elif kept.name:
            lines.insert(0, kept.title)
        return kept.name or kept.title, tuple(lines), "check" if kept.ended else "clock"

    def _name(self, file: str, otherwise: str) -> str:
        """What the play in that file is called."""
        for kept in self.sessions:
            if kept.path.name == file:
                return kept.name or kept.title
        return otherwise

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        head, _body, _foot = self._areas(layout)
        upper, lower = rows(head, [0.55, 0.45])
        draw_text(
            surface, layout, upper, _("All plays"), theme.text,
            size=TITLE, weight=BOLD, one_line=True,
        )  # fmt: skip
        if self.sessions:
            where = _("They are kept in {folder}").format(
                folder=shown(self.sessions[0].path.parent)
            )
            draw_text(surface, layout, lower, where, theme.muted, size=BODY, one_line=True)
        draw_widgets(surface, layout, theme, self.widgets(layout), self.hands)

    def in_words(self) -> str:
        lines = ["**" + _("All plays") + "**"]
        for kept in self.sessions:
            title, about, _icon = self._described(kept)
            lines.append("- " + " ".join([f"**{title}.**", *about, kept.problem]).strip())
        if not self.sessions:
            lines.append(_("Nothing yet. Every play is kept here from its first turn on."))
        return "\n".join(lines)

    def help_text(self) -> str:
        return _(
            "Choose a play to go on with it, or to look at how it ended. A damaged one says "
            "what is wrong with it; its file is left as it is."
        )
