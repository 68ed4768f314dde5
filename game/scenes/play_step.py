"""What the steps of a turn have in common, and the widget that a partner is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.view.layout import Layout, Rect
from game.view.table import Look as TableLook
from game.view.table_geometry import TableShape
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import HEADING, Theme
from game.view.widgets import Act, Hands, Look, Widget

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

TARGET_KEYS = "1234567890abcd"
"""The keys that aim at partners, in the file's order: as many as a table can have."""


_ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}


@dataclass(frozen=True)
class Seat(Widget):
    """A partner on the table, to point at.  The table draws it, ring and all.

    While somebody is aiming, the arrows stay among the partners that can be aimed at, and
    Tab leaves them for the button that confirms.
    """

    partner: str = ""
    shape: TableShape | None = None
    corner: tuple[int, int] = (0, 0)  # of the table's picture
    among: tuple[str, ...] = ()  # who can be aimed at; nobody is aiming where it is empty

    def holds(self, pos: tuple[int, int]) -> bool:
        assert self.shape is not None
        x, y = pos[0] - self.corner[0], pos[1] - self.corner[1]
        return self.shape.at(x, y) == self.partner

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        return

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        if self.among and event.key in _ARROWS:
            assert self.shape is not None
            hands.focus = f"seat:{beside(self.shape, self.partner, self.among, event.key)}"
            return True
        if self.among and event.key == pygame.K_TAB and not event.mod & pygame.KMOD_SHIFT:
            hands.focus = "done"
            return True
        if self.among and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return Act(f"enter:{self.partner}")  # its number, or a click, may let it go again
        return super().key_down(hands, event)


@dataclass(frozen=True)
class Shortcut(Widget):
    """A key that does something and has no place on the screen."""

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False


def beside(shape: TableShape, partner: str, among: Sequence[str], arrow: int) -> str:
    """Who of those comes next in the arrow's direction; round the table where nobody does."""
    dx, dy = _ARROWS[arrow]
    here = shape.place(partner)
    best, least = "", math.inf
    for other in among:
        there = shape.place(other)
        x, y = there.x - here.x, there.y - here.y
        forward = x * dx + y * dy
        if other == partner or forward < shape.radius * 0.5:
            continue
        cost = forward + 2.5 * abs(x * dy + y * dx)
        if cost < least:
            best, least = other, cost
    if best:
        return best
    order = [place.id for place in shape.places if place.id in among or place.id == partner]
    way = 1 if dx + dy > 0 else -1
    return order[(order.index(partner) + way) % len(order)]


def seats(shape: TableShape, table: Rect, hotkeys: dict[str, str]) -> list[Widget]:
    """A widget for every partner; ``hotkeys`` for those who can be aimed at."""
    found: list[Widget] = []
    for place in shape.places:
        side = round(shape.radius * 2)
        rect = Rect(0, 0, side, side)
        rect.center = (round(table.x + place.x), round(table.y + place.y))
        key = hotkeys.get(place.id, "")
        found.append(
            Seat(
                f"seat:{place.id}",
                rect,
                place.id,
                shape,
                (table.x, table.y),
                tuple(hotkeys),
                hotkey=ord(key) if key else 0,
            )
        )
    return found


class Step:
    """One step of a turn: what the side panel shows, and what may be done."""

    covers = False
    """Whether a card lies over the table, so that nobody can be pointed at."""
    whole_window = False
    """Whether nothing else of the screen is drawn."""

    name = ""
    """What a scenario's hints call it; "" for one that no hint is shown at."""

    def __init__(self, play: Flow) -> None:
        self.play = play

    @property
    def part(self) -> str:
        """Its name, or that of whatever is open in it, as a scenario's hints call it."""
        return self.name

    @property
    def shown_again(self) -> bool:
        """Whether what is on the table has been shown before, and is not how it stands now."""
        return False

    @property
    def title(self) -> str:
        """What the side panel is headed."""
        return ""

    def begin(self) -> None:
        """The step comes up: put the focus where it will be wanted."""

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        """What can be done, besides pointing at partners."""
        return []

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        """Draw what is no widget."""

    def act(self, act: Act) -> SceneChange | None:
        """Somebody did something."""
        return None

    def escape(self) -> bool:
        """Step back from something half done; False where there is nothing to step back from."""
        return False

    def seat(self, partner: str) -> SceneChange | None:
        """Somebody chose a partner on the table: its ties are shown until it is chosen again."""
        self.play.focus = "" if self.play.focus == partner else partner
        return None

    def hotkeys(self) -> dict[str, str]:
        """Keys that choose partners just now."""
        return {}

    def look(self) -> TableLook:
        """What the step adds to the table's picture."""
        return TableLook(replies={})

    def update(self, t: float) -> SceneChange | None:
        """Let time pass."""
        return None

    def restless(self, t: float) -> bool:
        """Whether the step moves by itself."""
        return False

    def words(self) -> list[str]:
        """The step as lines of text (F2)."""
        return []

    def help(self) -> str:
        """What may be done, in a sentence or two (F1)."""
        return ""


def heading(layout: Layout, area: Rect, text: str) -> tuple[Rect, Rect]:
    """The heading's place, and what is left beneath it."""
    tall = min(
        height_of(text, layout, area.width, size=HEADING, weight=BOLD) + layout.px(8),
        area.height // 3,
    )
    top = Rect(area.x, area.y, area.width, tall)
    return top, Rect(area.x, top.bottom, area.width, max(0, area.bottom - top.bottom))


def draw_heading(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, text: str, tall: int = 0
) -> None:
    """The side panel's heading; in smaller type where it is to be no taller than ``tall``."""
    top, _rest = heading(layout, area, text)
    top.height = tall or top.height
    draw_text(surface, layout, top, text, theme.text, size=HEADING, weight=BOLD)


def split_foot(layout: Layout, area: Rect, buttons: int = 1) -> tuple[Rect, list[Rect]]:
    """What is left above one or more buttons that stand at the foot, one under another."""
    tall, gap = layout.tx(58), layout.px(10)
    total = buttons * tall + (buttons - 1) * gap
    top = Rect(area.x, area.y, area.width, max(0, area.height - total - layout.px(12)))
    places = [
        Rect(area.x, area.bottom - total + k * (tall + gap), area.width, tall)
        for k in range(buttons)
    ]
    return top, places


def paragraphs(parts: Sequence[str]) -> str:
    """Sentences as lines of their own."""
    return "\n".join(part for part in parts if part)
