"""What a widget is: a frozen description with a rectangle, drawn from what the hands are doing.

A scene describes its widgets anew from its own state and the layout; :class:`~.hands.Hands`
keeps the little that lives between two events (focus, hover, scroll, typed text).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pygame

from game.view.layout import Layout, Rect
from game.view.shapes import focus_ring
from game.view.theme import Theme

if TYPE_CHECKING:
    from game.view.widgets.hands import Hands


@dataclass(frozen=True)
class Act:
    """What somebody did with a widget: its key, and the new value where it has one."""

    key: str
    value: Any = None


@dataclass(frozen=True)
class Look:
    """How a widget stands at the moment it is drawn."""

    focus: bool = False  # the keyboard is on it, and was used last
    hover: bool = False
    pressed: bool = False
    hands: Hands | None = None


@dataclass(frozen=True)
class Widget:
    """The least a widget has.  Subclass it for anything that can be pointed at."""

    key: str
    rect: Rect
    enabled: bool = field(default=True, kw_only=True)
    hint: str = field(default="", kw_only=True)  # shown while hovered or focused
    hotkey: int = field(default=0, kw_only=True)  # a pygame key that does the same

    takes_focus: ClassVar[bool] = True

    def moved(self, dx: int, dy: int) -> Self:
        """The same widget somewhere else."""
        return replace(self, rect=self.rect.move(dx, dy))

    def holds(self, pos: tuple[int, int]) -> bool:
        """Whether a point is on it; widgets that are no rectangles say so here."""
        return self.rect.collidepoint(pos)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        """Draw it.  The default draws nothing but the focus ring: an invisible hot spot."""
        if look.focus:
            self.ring(surface, layout, theme)

    def ring(self, surface: pygame.Surface, layout: Layout, theme: Theme) -> None:
        """Draw the ring of the keyboard's focus."""
        focus_ring(surface, layout, theme, self.rect)

    def press(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        """The mouse went down on it."""
        return None

    def drag(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        """The mouse moved while it is held down on it."""
        return None

    def click(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        """The mouse came up on it again."""
        return self.activate(hands)

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        """A key while it has the focus: an act, True for "mine", None for "not mine"."""
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self.activate(hands) or True
        return None

    def activate(self, hands: Hands) -> Act | None:
        """It was chosen, by whatever means."""
        return Act(self.key) if self.enabled else None

    def note(self, surface: pygame.Surface, layout: Layout, name: str = "") -> None:
        """Put it into the layout's record."""
        if layout.boxes is not None:
            layout.boxes.note("widget", name or self.key, self.rect, self.rect, surface.get_clip())
