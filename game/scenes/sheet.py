"""A dialog that the key which opened it closes again."""

from __future__ import annotations

from typing import ClassVar

import pygame

from game.scene import Pop, SceneChange
from game.scenes.dialogs import Dialog
from game.view.layout import Layout


class Sheet(Dialog):
    """Something to look at over the table, there and away with one key."""

    again: ClassVar[int] = 0
    """The key that opened it; it must not be one that is typed into it."""

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.KEYDOWN and self.again and event.key == self.again:
            return Pop()
        return super().handle(event, layout)
