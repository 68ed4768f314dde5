"""What the reader's hands are doing on one scene: focus, hover, a press, scrolling, typing.

The one place where events become acts.  Everything is done alike by mouse and by keyboard:
Tab and the arrows move the focus, Enter and Space choose, a hotkey does it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pygame

from game.view.layout import Rect
from game.view.widgets.base import Act, Look, Widget
from game.view.widgets.field import TextField, Typing
from game.view.widgets.scroll import Scroll

_ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}


class Placed(NamedTuple):
    """A widget where it is on the screen, and what can be seen of it."""

    widget: Widget
    clip: Rect | None
    scroll: Scroll | None


@dataclass
class Hands:
    """The state between two events.  Give it to a scene; it needs no other."""

    focus: str = ""
    hover: str = ""
    pressed: str = ""
    by_keyboard: bool = True  # whether the focus is shown
    pointer: tuple[int, int] = (-1, -1)
    scrolled: dict[str, int] = field(default_factory=dict)  # pixels
    typing: dict[str, Typing] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """What has been typed into a text field."""
        return self.typing[key].text if key in self.typing else ""

    def type_into(self, key: str, text: str) -> None:
        """Put text into a text field."""
        self.typing[key] = Typing(text, len(text))

    def look(self, widget: Widget) -> Look:
        """How to draw a widget just now."""
        mine = widget.key == self.focus and widget.takes_focus
        return Look(
            focus=mine and self.by_keyboard,
            hover=widget.key == self.hover,
            pressed=widget.key == self.pressed,
            hands=self,
        )

    def placed(self, widgets: Sequence[Widget]) -> list[Placed]:
        """Every widget where it lies now, those inside lists moved by the scrolling."""
        result: list[Placed] = []
        for widget in widgets:
            if isinstance(widget, Scroll):
                result.append(Placed(widget, None, None))
                offset = widget.offset(self)
                result += [
                    Placed(child.moved(0, -offset), widget.rect, widget)
                    for child in widget.children
                ]
            else:
                result.append(Placed(widget, None, None))
        return result

    def handle(self, event: pygame.event.Event, widgets: Sequence[Widget]) -> Act | None:
        """Take one event; the act it comes to, if any."""
        placed = self.placed(widgets)
        match event.type:
            case pygame.MOUSEMOTION:
                return self._motion(event.pos, placed)
            case pygame.MOUSEBUTTONDOWN if event.button == 1:
                return self._down(event.pos, placed)
            case pygame.MOUSEBUTTONUP if event.button == 1:
                return self._up(event.pos, placed)
            case pygame.MOUSEWHEEL:
                self._wheel(event.y, placed)
            case pygame.KEYDOWN:
                return self._key(event, placed)
            case pygame.TEXTINPUT | pygame.TEXTEDITING:
                typed = self._focused(placed)
                if isinstance(typed, TextField) and typed.enabled:
                    typed.typed(self, event)
        return None

    # --- the mouse --------------------------------------------------------------------

    def _at(self, pos: tuple[int, int], placed: Sequence[Placed]) -> Widget | None:
        for widget, clip, _scroll in reversed(placed):
            if widget.holds(pos) and (clip is None or clip.collidepoint(pos)):
                return widget
        return None

    def _motion(self, pos: tuple[int, int], placed: Sequence[Placed]) -> Act | None:
        self.pointer = pos
        held = next((item.widget for item in placed if item.widget.key == self.pressed), None)
        if held is not None:
            return held.drag(self, pos) if held.enabled else None
        under = self._at(pos, placed)
        self.hover = under.key if under else ""
        return None

    def _down(self, pos: tuple[int, int], placed: Sequence[Placed]) -> Act | None:
        self.pointer = pos
        self.by_keyboard = False
        under = self._at(pos, placed)
        self.pressed = self.hover = under.key if under else ""
        if under is None:
            return None
        if under.takes_focus:
            self._move_focus(under)
        return under.press(self, pos) if under.enabled else None

    def _up(self, pos: tuple[int, int], placed: Sequence[Placed]) -> Act | None:
        held, self.pressed = self.pressed, ""
        under = self._at(pos, placed)
        self.hover = under.key if under else ""
        if under is not None and under.key == held and under.enabled:
            return under.click(self, pos)
        return None

    def _wheel(self, notches: int, placed: Sequence[Placed]) -> None:
        for widget, _clip, _scroll in placed:
            if isinstance(widget, Scroll) and widget.rect.collidepoint(self.pointer):
                widget.by(self, -notches * widget.step)
        under = self._at(self.pointer, placed)
        self.hover = under.key if under else ""

    # --- the keyboard -----------------------------------------------------------------

    def _focused(self, placed: Sequence[Placed]) -> Widget | None:
        for item in placed:
            if item.widget.key == self.focus and item.widget.takes_focus:
                return item.widget
        return None

    def _key(self, event: pygame.event.Event, placed: Sequence[Placed]) -> Act | None:
        focused = self._focused(placed)
        writing = isinstance(focused, TextField)
        shown, self.by_keyboard = self.by_keyboard, True
        if isinstance(focused, TextField) and focused.composing(self):
            return None  # the input method has the keyboard
        if focused is not None and (shown or writing or event.key == pygame.K_ESCAPE):
            done = focused.key_down(self, event)
            if done is not None:
                return done if isinstance(done, Act) else None
        if event.key == pygame.K_TAB:
            self._step(-1 if event.mod & pygame.KMOD_SHIFT else 1, placed, focused, shown)
            return None
        if not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META):
            for widget, _clip, _scroll in placed:
                typed = writing and 32 <= widget.hotkey < 127
                if widget.hotkey and _same_key(widget.hotkey, event.key) and not typed:
                    return widget.activate(self)
        if event.key in _ARROWS:
            self._toward(_ARROWS[event.key], placed, focused, shown)
        elif event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            self._page(1 if event.key == pygame.K_PAGEDOWN else -1, placed)
        return None

    def _step(
        self, way: int, placed: Sequence[Placed], focused: Widget | None, shown: bool
    ) -> None:
        ring = [item for item in placed if item.widget.takes_focus]
        if not ring:
            return
        keys = [item.widget.key for item in ring]
        if focused is None:
            index = 0 if way > 0 else -1
        elif not shown:
            index = keys.index(focused.key)  # the first press only shows where it is
        else:
            index = (keys.index(focused.key) + way) % len(ring)
        self._reach(ring[index])

    def _toward(
        self,
        way: tuple[int, int],
        placed: Sequence[Placed],
        focused: Widget | None,
        shown: bool,
    ) -> None:
        if focused is None or not shown:
            self._step(1, placed, focused, shown)
            return
        best: tuple[float, Placed] | None = None
        for item in placed:
            if not item.widget.takes_focus or item.widget.key == focused.key:
                continue
            far = _distance(focused.rect, item.widget.rect, way)
            if far is not None and (best is None or far < best[0]):
                best = (far, item)
        if best is not None:
            self._reach(best[1])

    def _reach(self, item: Placed) -> None:
        self._move_focus(item.widget)
        if item.scroll is not None:
            item.scroll.bring_into_view(self, item.widget.rect)

    def _move_focus(self, widget: Widget) -> None:
        self.focus = widget.key
        if not pygame.display.get_init():
            return
        if isinstance(widget, TextField):
            pygame.key.start_text_input()
            pygame.key.set_text_input_rect(widget.rect)
        else:
            pygame.key.stop_text_input()

    def _page(self, way: int, placed: Sequence[Placed]) -> None:
        lists = [item.widget for item in placed if isinstance(item.widget, Scroll)]
        mine = next((item.scroll for item in placed if item.widget.key == self.focus), None)
        chosen = mine or next((one for one in lists if one.overflow), None)
        if isinstance(chosen, Scroll):
            chosen.by(self, way * round(chosen.rect.height * 0.85))


def _same_key(wanted: int, pressed: int) -> bool:
    if wanted == pygame.K_RETURN:
        return pressed in (pygame.K_RETURN, pygame.K_KP_ENTER)
    if pygame.K_0 <= wanted <= pygame.K_9:
        keypad = pygame.K_KP_0 if wanted == pygame.K_0 else pygame.K_KP_1 + wanted - pygame.K_1
        return pressed in (wanted, keypad)
    return wanted == pressed


def _distance(here: Rect, there: Rect, way: tuple[int, int]) -> float | None:
    """How far ``there`` is when going one way; None when it does not lie that way."""
    if way[0]:
        along = there.left - here.right if way[0] > 0 else here.left - there.right
        forward = (there.centerx - here.centerx) * way[0]
        aside = max(there.top - here.bottom, here.top - there.bottom, 0)
        off = abs(there.centery - here.centery)
    else:
        along = there.top - here.bottom if way[1] > 0 else here.top - there.bottom
        forward = (there.centery - here.centery) * way[1]
        aside = max(there.left - here.right, here.left - there.right, 0)
        off = abs(there.centerx - here.centerx)
    if forward <= 0 or along < -0.5 * min(here.width, here.height):
        return None
    return max(0, along) + 3.0 * aside + 0.2 * off
