"""Dialogs over whatever is shown: a question, a problem in words, help, the turn as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pygame

from game.scene import Pop, Scene, SceneChange
from game.view.layout import Layout, Rect, centred
from game.view.prose import Prose
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import TITLE, Theme
from game.view.widgets import (
    PLAIN,
    PRIMARY,
    Act,
    Button,
    Hands,
    Scroll,
    Widget,
    button_width,
    draw_widgets,
)
from sim.words import _

if TYPE_CHECKING:
    from game.desk import Desk

VEIL = (110, 110, 110)  # of 255: what is left of the light beneath


def _leave() -> SceneChange:
    return Pop()


@dataclass(frozen=True)
class Choice:
    """A button of a dialog and what follows from it; by itself it only closes the dialog."""

    key: str
    label: str
    then: Callable[[], SceneChange | None] = _leave
    hotkey: int = 0


class Dialog(Scene):
    """A title, a text, and choices; Escape is the last of them.

    ``wide`` and ``tall`` are the most it takes of the window, as shares.
    """

    overlay: ClassVar[bool] = True

    def __init__(
        self,
        title: str,
        text: str,
        choices: Sequence[Choice] = (),
        *,
        wide: float = 0.56,
        tall: float = 0.86,
    ) -> None:
        self.title = title
        self.text = text
        self.choices = tuple(choices) or (Choice("close", _("Close")),)
        self.wide, self.tall = wide, tall
        self.hands = Hands(focus=self.choices[0].key)

    # --- what it is made of; a dialog with widgets of its own replaces these ------------

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        """What stands between the title and the choices, placed downward from (x, y)."""
        return [Prose.at(layout, "text", x, y, width, self.text)] if self.text else []

    def act(self, act: Act) -> SceneChange | None:
        """What an act of a widget in the body leads to."""
        return None

    # --- the rest -----------------------------------------------------------------------

    def frame(self, layout: Layout) -> Rect:
        """The panel's place."""
        return self._place(layout)[0]

    def _place(self, layout: Layout) -> tuple[Rect, Rect, list[Widget]]:
        pad, gap = layout.px(36), layout.px(22)
        width = min(round(layout.width * self.wide * max(1.0, layout.text * 0.9)), layout.width)
        width -= 2 * layout.px(20)
        inner = width - 2 * pad
        bar = layout.px(12)
        title_tall = height_of(self.title, layout, inner, size=TITLE, weight=BOLD)
        buttons, buttons_tall = self._buttons(layout, inner)
        body = self.body(layout, 0, 0, inner - 2 * bar)
        body_tall = max((widget.rect.bottom for widget in body), default=0)
        fixed = 2 * pad + title_tall + gap + buttons_tall + gap
        most = round(layout.height * self.tall)
        tall = min(most, fixed + body_tall)
        frame = centred(layout.window, width, tall)
        x, y = frame.x + pad, frame.y + pad
        title = Rect(x, y, inner, title_tall)
        room = Rect(x, title.bottom + gap, inner, max(0, tall - fixed))
        placed = tuple(widget.moved(room.x, room.y) for widget in body)
        widgets: list[Widget] = []
        if body_tall > room.height:
            widgets.append(Scroll("body", room, children=placed, bar=bar))
        else:
            widgets += placed
        widgets += [
            button.moved(frame.right - pad - inner, room.bottom + gap) for button in buttons
        ]
        return frame, title, widgets

    def _buttons(self, layout: Layout, inner: int) -> tuple[list[Button], int]:
        """The choices side by side, at the right; one beneath another where too narrow."""
        tall, gap = layout.tx(62), layout.px(16)
        widths = [button_width(layout, choice.label) for choice in self.choices]
        beside = sum(widths) + gap * (len(widths) - 1) <= inner
        buttons: list[Button] = []
        x, y = inner, 0
        last = len(self.choices) - 1
        for index, (choice, wide) in enumerate(zip(self.choices, widths, strict=True)):
            if beside:
                x -= wide
                rect = Rect(x, 0, wide, tall)
                x -= gap
            else:
                rect = Rect(0, y, inner, tall)
                y += tall + gap
            hotkey = choice.hotkey or (pygame.K_ESCAPE if index == last else 0)
            kind = PRIMARY if index == 0 else PLAIN
            buttons.append(Button(choice.key, rect, label=choice.label, kind=kind, hotkey=hotkey))
        return buttons, tall if beside else y - gap

    def widgets(self, layout: Layout) -> list[Widget]:
        return self._place(layout)[2]

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        act = self.hands.handle(event, self.widgets(layout))
        if act is None:
            return None
        for choice in self.choices:
            if choice.key == act.key:
                return choice.then()
        return self.act(act)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(VEIL, special_flags=pygame.BLEND_RGB_MULT)
        frame, title, widgets = self._place(layout)
        panel(
            surface, frame, theme.panel, theme.border,
            radius=layout.px(18), width=layout.px(2),
        )  # fmt: skip
        draw_text(surface, layout, title, self.title, theme.text, size=TITLE, weight=BOLD)
        draw_widgets(surface, layout, theme, widgets, self.hands)

    def in_words(self) -> str:
        return f"{self.title}\n\n{self.text}"


class TextDialog(Dialog):
    """A longer text to read: help, or the turn in plain words."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, text, wide=0.72, tall=0.92)
        self.hands.focus = "body"


def problem(error: Exception, desk: Desk) -> Dialog:
    """A user error as a dialog; where the disk refuses, the play can go on without it."""
    from sim.journal import CannotSave, InUse, JournalError
    from sim.scenario import ScenarioError

    session = desk.session
    if isinstance(error, InUse):
        return Dialog(_("This play is open somewhere else"), str(error))
    if isinstance(error, JournalError):
        return Dialog(_("This play cannot be opened"), str(error))
    if isinstance(error, ScenarioError):
        errors = [message for message in error.messages if message.level == "error"]
        return Dialog(_("This file cannot be played"), "\n\n".join(str(one) for one in errors[:5]))
    if session is None or not session.saved or not isinstance(error, CannotSave):
        return Dialog(_("That cannot be done"), str(error))

    def play_on() -> SceneChange:
        session.stop_saving()
        return Pop()

    return Dialog(
        _("That could not be saved"),
        str(error),
        (
            Choice("unsaved", _("Play on without saving"), play_on),
            Choice("again", _("I will try again")),
        ),
    )


def keys_help() -> str:
    """What the keys do everywhere."""
    return _(
        """**Everything works with the keyboard alone, and with the mouse alone.**

- **Tab** and the **arrow keys** move the yellow ring; **Enter** or **Space** chooses
- **Escape** goes back
- **F1** this help
- **F2** what the screen shows, as plain text
- **F3** larger or smaller text, **F4** light or dark
- **F11** the whole screen, **F12** saves a picture of the window

Whatever you decide is saved before the screen shows it. You can close the window at any
moment, and go on later from the first screen."""
    )


def help_dialog(scene: Scene) -> Dialog:
    """What can be done here, and the keys that work everywhere."""
    own = scene.help_text()
    return TextDialog(_("Help"), f"{own}\n\n{keys_help()}" if own else keys_help())


def words_dialog(scene: Scene) -> Dialog | None:
    """The scene as plain text, where it has one."""
    words = scene.in_words()
    return TextDialog(_("In plain words"), words) if words else None
