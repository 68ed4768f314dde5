"""A line of text to type into: input methods, selection, clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.view import fonts
from game.view.layout import Layout, inset
from game.view.shapes import panel
from game.view.text import draw_text, pixels
from game.view.theme import BODY, Theme
from game.view.widgets.base import Act, Look, Widget

if TYPE_CHECKING:
    from game.view.widgets.hands import Hands


@dataclass
class Typing:
    """What stands in a field, where the caret is, and what is still being composed."""

    text: str = ""
    caret: int = 0
    anchor: int | None = None  # the other end of a selection
    composing: str = ""

    @property
    def chosen(self) -> tuple[int, int]:
        """The selection, first and last; empty at the caret."""
        other = self.caret if self.anchor is None else self.anchor
        return min(self.caret, other), max(self.caret, other)

    def insert(self, text: str, limit: int) -> None:
        """Put text in place of the selection, as much of it as there is room for."""
        first, last = self.chosen
        room = limit - len(self.text) + (last - first)
        text = "".join(c for c in text if c.isprintable())[: max(0, room)]
        self.text = self.text[:first] + text + self.text[last:]
        self.caret, self.anchor = first + len(text), None

    def move(self, to: int, selecting: bool) -> None:
        """Move the caret, or stretch the selection."""
        if selecting:
            self.anchor = self.caret if self.anchor is None else self.anchor
        else:
            self.anchor = None
        self.caret = max(0, min(len(self.text), to))

    def erase(self, way: int) -> None:
        """Take out the selection, or the character before (-1) or after (+1) the caret."""
        first, last = self.chosen
        if first == last:
            first, last = (first - 1, last) if way < 0 else (first, last + 1)
        first, last = max(0, first), min(len(self.text), last)
        self.text = self.text[:first] + self.text[last:]
        self.caret, self.anchor = first, None


@dataclass(frozen=True)
class TextField(Widget):
    """One line of text.  The act comes with Enter and carries the text."""

    label: str = ""  # shown while it is empty
    limit: int = 200  # characters
    digits: bool = False  # only 0 to 9

    def _typing(self, hands: Hands) -> Typing:
        return hands.typing.setdefault(self.key, Typing())

    def composing(self, hands: Hands) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._typing(hands).composing)

    def typed(self, hands: Hands, event: pygame.event.Event) -> None:
        """Take what the keyboard or an input method produced."""
        typing = self._typing(hands)
        if event.type == pygame.TEXTEDITING:
            typing.composing = event.text
            return
        typing.composing = ""
        self._insert(typing, event.text)

    def _insert(self, typing: Typing, text: str) -> None:
        text = "".join(c for c in text if c in "0123456789") if self.digits else text
        typing.insert(text, self.limit)

    def press(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        typing = self._typing(hands)
        typing.move(len(typing.text), selecting=False)
        return None

    def click(self, hands: Hands, pos: tuple[int, int]) -> Act | None:
        return None

    def activate(self, hands: Hands) -> Act | None:
        return Act(self.key, hands.text(self.key)) if self.enabled else None

    def key_down(self, hands: Hands, event: pygame.event.Event) -> Act | bool | None:
        typing = self._typing(hands)
        command = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        selecting = bool(event.mod & pygame.KMOD_SHIFT)
        if command:
            return self._command(typing, event.key)
        match event.key:
            case pygame.K_RETURN | pygame.K_KP_ENTER:
                return self.activate(hands) or True
            case pygame.K_BACKSPACE:
                typing.erase(-1)
            case pygame.K_DELETE:
                typing.erase(1)
            case pygame.K_LEFT:
                typing.move(typing.caret - 1, selecting)
            case pygame.K_RIGHT:
                typing.move(typing.caret + 1, selecting)
            case pygame.K_HOME:
                typing.move(0, selecting)
            case pygame.K_END:
                typing.move(len(typing.text), selecting)
            case pygame.K_SPACE:
                pass  # arrives as text
            case _:
                # printable keys arrive again as TEXTINPUT and are no hotkeys here
                return True if 32 < event.key < 127 else None
        return True

    def _command(self, typing: Typing, key: int) -> bool | None:
        first, last = typing.chosen
        match key:
            case pygame.K_a:
                typing.caret, typing.anchor = len(typing.text), 0
            case pygame.K_c | pygame.K_x:
                if last > first:
                    copy(typing.text[first:last])
                    if key == pygame.K_x:
                        typing.erase(-1)
            case pygame.K_v:
                self._insert(typing, paste())
            case _:
                return None
        return True

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        assert look.hands is not None
        typing = look.hands.typing.get(self.key, Typing())
        edge = theme.accent if look.focus or look.hands.focus == self.key else theme.border
        panel(surface, self.rect, theme.panel, edge, radius=layout.px(10), width=layout.px(2))
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(18), layout.px(6))
        size = pixels(layout, BODY)
        shown = typing.text[: typing.caret] + typing.composing + typing.text[typing.caret :]
        if not shown:
            draw_text(
                surface, layout, inner, self.label, theme.muted, valign="middle", one_line=True
            )
        caret_at = fonts.width(typing.text[: typing.caret] + typing.composing, size)
        shift = max(0, caret_at - inner.width + layout.px(4))  # the caret stays in sight
        before = surface.get_clip()
        surface.set_clip(inner.clip(before))
        y = inner.y + (inner.height - fonts.line_height(size)) // 2
        first, last = typing.chosen
        if last > first:
            left, right = (fonts.width(typing.text[:at], size) for at in (first, last))
            place = (inner.x + left - shift, y, right - left, fonts.line_height(size))
            surface.fill(theme.selected, place)
        if shown:
            surface.blit(fonts.line(shown, size, fonts.REGULAR, theme.text), (inner.x - shift, y))
        if look.hands.focus == self.key:
            caret = (inner.x + caret_at - shift, y, layout.px(3), fonts.line_height(size))
            surface.fill(theme.accent, caret)
            if typing.composing:
                start = fonts.width(typing.text[: typing.caret], size)
                under = (inner.x + start - shift, caret[1] + caret[3] - layout.px(3))
                surface.fill(theme.accent, (*under, caret_at - start, layout.px(2)))
        surface.set_clip(before)
        if look.focus:
            self.ring(surface, layout, theme)


def copy(text: str) -> None:
    """Put text on the clipboard; a desktop without one is no reason to stop."""
    try:
        pygame.scrap.put_text(text)
    except pygame.error:
        return


def paste() -> str:
    """The text on the clipboard, "" where there is none."""
    try:
        return pygame.scrap.get_text()
    except pygame.error:
        return ""
