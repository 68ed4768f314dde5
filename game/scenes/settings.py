"""Text size, colours, full screen: what a room may need changed in a hurry."""

from __future__ import annotations

from game.desk import Desk
from game.scene import SceneChange
from game.scenes.dialogs import Dialog
from game.view.layout import Layout, Rect
from game.view.text import BOLD, height_of
from game.view.widgets import Act, Button, Widget, Words
from sim.words import _


class SettingsDialog(Dialog):
    """Each row a question and its answers; a change shows at once and is kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Settings"), "")
        self.desk = desk
        self.hands.focus = "text:1.0"

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        settings = self.desk.settings
        questions = (
            (
                _("Size of the text"),
                (
                    ("text:1.0", _("Usual"), settings.text == 1.0),
                    ("text:1.3", _("Large, for a projector"), settings.text == 1.3),
                ),
            ),
            (
                _("Colours"),
                (
                    ("theme:light", _("Light"), settings.theme == "light"),
                    ("theme:dark", _("Dark"), settings.theme == "dark"),
                ),
            ),
            (
                _("The window"),
                (
                    ("full:no", _("In a window"), not settings.full_screen),
                    ("full:yes", _("The whole screen"), settings.full_screen),
                ),
            ),
        )
        widgets: list[Widget] = []
        gap, tall = layout.px(14), layout.tx(62)
        for question, answers in questions:
            words = Words.at(layout, question, x, y, width, question, weight=BOLD)
            widgets.append(words)
            y = words.rect.bottom + layout.px(8)
            wide = (width - gap * (len(answers) - 1)) // len(answers)
            # a label too long for its button in one line gets the height for more
            lines = max(height_of(label, layout, wide - 2 * gap) for _key, label, _on in answers)
            high = max(tall, lines + 2 * gap)
            for index, (key, label, on) in enumerate(answers):
                rect = Rect(x + index * (wide + gap), y, wide, high)
                icon = "check" if on else ""
                widgets.append(Button(key, rect, label=label, chosen=on, icon=icon))
            y += high + layout.px(26)
        return widgets

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, value = act.key.partition(":")
        if kind == "text":
            self.desk.change(text=float(value))
        elif kind == "theme":
            self.desk.change(theme=value)
        elif kind == "full":
            self.desk.change(full_screen=value == "yes")
        return None

    def in_words(self) -> str:
        settings = self.desk.settings
        size = _("large") if settings.text > 1.0 else _("usual")
        colours = _("dark") if settings.theme == "dark" else _("light")
        return _("The text is {size}, the colours are {colours}.").format(
            size=size, colours=colours
        )
