"""Opening a file by its name: typed, pasted, or dropped on the window."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.desk import Desk
from game.places import meant
from game.scene import Push, Reset, SceneChange
from game.scenes.dialogs import Choice, Dialog
from game.view.layout import Layout, Rect
from game.view.widgets import Act, Button, TextField, Widget, Words, button_width
from game.view.widgets.field import paste
from sim.errors import UserError
from sim.words import _


class NoSuchFile(UserError):
    """What was typed, pasted or dropped leads to no file."""


def open_file(desk: Desk, path: Path) -> SceneChange:
    """A session is gone on with, a scenario begun; a UserError says why neither can be."""
    from sim.scenario import load_scenario

    if path.is_dir():
        raise NoSuchFile(
            _("{file} is a folder.").format(file=path),
            _("Choose a file in it: scenarios end in .yaml, plays in .jsonl."),
        )
    if not path.exists():
        raise NoSuchFile(
            _("There is no file {file}.").format(file=path),
            _("Check its name, or drop the file itself on this window."),
        )
    if path.suffix == ".jsonl":
        return Reset(desk.resume(path))
    if path.suffix not in (".yaml", ".yml"):
        raise NoSuchFile(
            _("{file} is neither a scenario nor a play.").format(file=path.name),
            _("Scenarios end in .yaml, plays in .jsonl."),
        )
    return Push(desk.briefing(load_scenario(path)))


class OpenFileDialog(Dialog):
    """A line to type or paste into; a file dropped on it opens at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Open a file"),
            "",
            (
                Choice("open", _("Open"), self._open, pygame.K_RETURN),
                Choice("close", _("Close")),
            ),
            wide=0.66,
        )
        self.desk = desk
        self.hands.focus = "file"

    def _open(self) -> SceneChange | None:
        path = meant(self.hands.text("file"))
        return open_file(self.desk, path) if path is not None else None

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        said = _("A scenario (.yaml) or a play (.jsonl). Or drop it on this window.")
        words = Words.at(layout, "said", x, y, width, said)
        y = words.rect.bottom + layout.px(20)
        label, tall, gap = _("Paste"), layout.tx(66), layout.px(16)
        side = button_width(layout, label)
        field = TextField(
            "file", Rect(x, y, width - side - gap, tall), label=_("Its name, with its folder"),
            limit=1000,
        )  # fmt: skip
        button = Button("paste", Rect(x + width - side, y, side, tall), label=label)
        return [words, field, button]

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "paste":
            self.hands.type_into("file", paste().strip())
            self.hands.focus = "file"
        elif act.key == "file":
            return self._open()
        return None

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.DROPFILE:
            return open_file(self.desk, Path(event.file))
        return super().handle(event, layout)

    def in_words(self) -> str:
        said = _("A scenario (.yaml) or a play (.jsonl). Or drop it on this window.")
        return f"{self.title}\n\n{said}"
