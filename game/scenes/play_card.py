"""Something that lies over the table, and how its words are set."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas, card_area
from game.scenes.play_parts import draw_named_faces, draw_struck
from game.scenes.play_step import Step, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, ITALIC, draw_text, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import PRIMARY, Act, Button, Card, Widget, card_height
from sim.labels import unquoted
from sim.observation import PartnerSeen
from sim.words import _


class CardStep(Step):
    """Something lies over the table."""

    covers = True

    def sheet(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, edge: str
    ) -> Rect:
        """Lay a sheet over the table; what lies inside the sheet."""
        panel(
            surface, areas.table, theme.canvas, theme.hairline,
            radius=layout.px(12), width=layout.px(2),
        )  # fmt: skip
        sheet = card_area(layout, areas.table)
        panel(
            surface, sheet.move(layout.px(6), layout.px(10)), theme.hairline, radius=layout.px(14)
        )
        panel(surface, sheet, theme.panel, edge, radius=layout.px(14), width=layout.px(4))
        return inset(sheet, layout.px(40), layout.px(30))

    def choices(
        self, layout: Layout, area: Rect, options: Sequence[tuple[str, str, str, str]]
    ) -> list[Widget]:
        """Cards one under another, (key, title, line, icon), with keys 1, 2, 3 …

        They share what room there is, up to a comfortable height.
        """
        gap = layout.px(14)
        size = HEADING * 0.94
        tall = [
            card_height(
                layout,
                area.width,
                title,
                (line,) if line else (),
                icon=icon,
                tag="1",
                title_size=size,
            )
            for _key, title, line, icon in options
        ]
        free = area.height - gap * (len(tall) - 1)
        if sum(tall) > free:
            tall = [one * free // sum(tall) for one in tall]
        else:
            more = min(layout.tx(28), (free - sum(tall)) // len(tall))
            tall = [one + more for one in tall]
        y = area.y
        found: list[Widget] = []
        for number, ((key, title, line, icon), one) in enumerate(
            zip(options, tall, strict=True), start=1
        ):
            found.append(
                Card(
                    key,
                    Rect(area.x, y, area.width, one),
                    title=title,
                    lines=(line,) if line else (),
                    icon=icon,
                    tag=str(number),
                    title_size=size,
                    hotkey=pygame.K_0 + number,
                )
            )
            y += one + gap
        return found


class ReadStep(CardStep):
    """Something to be read aloud, and then one goes on."""

    def begin(self) -> None:
        self.play.hands.focus = "next"

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        rect = split_foot(layout, rest)[1][0]
        return [Button("next", rect, label=_("Go on"), kind=PRIMARY, hotkey=pygame.K_RETURN)]

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.play.go_on()
        return None


def draw_card(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    title: str,
    body: str,
    icon: str,
) -> None:
    """A title with its icon, and a text beneath it."""
    side = layout.tx(54)
    x = inner.x + side + layout.px(18)
    wide = inner.right - x
    tall = max(side, height_of(title, layout, wide, size=TITLE * 1.2, weight=BOLD))
    tall = min(tall, inner.height // 3)
    draw_icon(surface, icon, (inner.x + side / 2, inner.y + tall / 2), side, theme.accent)
    draw_text(
        surface, layout, Rect(x, inner.y, wide, tall), title, theme.text,
        size=TITLE * 1.2, weight=BOLD, valign="middle",
    )  # fmt: skip
    rest = Rect(inner.x, inner.y + tall + layout.px(22), inner.width, 0)
    rest.height = max(1, inner.bottom - rest.y)
    text = " ".join(body.split())
    draw_text(surface, layout, rest, text, theme.text, size=TITLE * 1.3, valign="middle")


def draw_unsaid(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    people: Sequence[PartnerSeen],
    said: str,
    unsaid: str,
    tone: str,
    foot: str = "",
) -> None:
    """Who; what was said instead, struck through; the words themselves, as large as fits."""
    gap = layout.px(18)
    said = f"“{unquoted(said)}”" if said else ""
    faces = min(layout.tx(72), inner.height // 5)
    upper = height_of(said, layout, inner.width, size=HEADING) if said else 0
    upper = min(upper, round(inner.height * 0.2))
    lower = height_of(foot, layout, inner.width, size=HEADING) if foot else 0
    lower = min(lower, round(inner.height * 0.16))
    head, top, middle, below = rows(inner, [faces, upper, 1.0, lower], gap)
    draw_named_faces(surface, layout, theme, head, people, size=HEADING * 0.9)
    if said:
        draw_struck(surface, layout, theme, top, said, size=HEADING)
    words = f"“{unquoted(unsaid)}”"
    draw_text(surface, layout, middle, words, tone, size=TITLE * 1.75, weight=BOLD, valign="middle")
    if foot:
        draw_text(surface, layout, below, foot, theme.text, size=HEADING, weight=ITALIC)


def draw_aside(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, label: str, text: str
) -> None:
    """A text for the side panel beside a card, under a few muted words."""
    if not text:
        return
    tall = height_of(label, layout, area.width, size=BODY, weight=BOLD) if label else 0
    top, body = rows(area, [tall, 1.0], layout.px(8) if label else 0)
    draw_text(surface, layout, top, label, theme.muted, size=BODY, weight=BOLD)
    draw_text(surface, layout, body, text, theme.text, size=HEADING * 1.1, weight=ITALIC)
