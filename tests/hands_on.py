"""Hands for tests: keys pressed, the mouse moved and clicked, text typed."""

from __future__ import annotations

import pygame

from game.scene import Stack
from game.view.layout import Layout

SIZES = ((1024, 640), (1280, 720), (1600, 1000), (1920, 1080), (3840, 2160))
TEXT_SIZES = (1.0, 1.3)
LANGUAGES = ("as written", "a long one")
"""Every scene's boxes are looked at in all of these."""


def key(code: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode="")


def typed(text: str) -> pygame.event.Event:
    return pygame.event.Event(pygame.TEXTINPUT, text=text)


def click(pos: tuple[int, int]) -> list[pygame.event.Event]:
    """The mouse moves there, goes down, comes up."""
    return [
        pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)),
        pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1),
        pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pos, button=1),
    ]


class Player:
    """Somebody at the window: by keys alone, or by mouse alone."""

    def __init__(self, stack: Stack, layout: Layout) -> None:
        self.stack, self.layout, self.t = stack, layout, 0.0

    def send(self, *events: pygame.event.Event) -> None:
        for event in events:
            self.stack.handle(event, self.layout)

    def press(self, *codes: int) -> None:
        self.send(*(key(code) for code in codes))

    def wait(self, seconds: float = 1.0) -> None:
        self.t += seconds
        self.stack.update(self.t)

    def click_on(self, name: str) -> None:
        """Click in the middle of the widget whose key begins so."""
        scene = self.stack.top
        widgets = scene.hands.placed(scene.widgets(self.layout))  # type: ignore[union-attr]
        for widget, clip, _scroll in widgets:
            if widget.key.startswith(name):
                shown = widget.rect.clip(clip) if clip else widget.rect
                assert shown.width, f"{widget.key} is out of sight"
                self.send(*click(shown.center))
                return
        raise AssertionError(f"no widget {name!r} in {[item.widget.key for item in widgets]}")

    def tab_to(self, name: str) -> None:
        """Move the focus with Tab until it is on the widget whose key begins so."""
        for _attempt in range(60):
            if self.stack.top.hands.focus.startswith(name):  # type: ignore[union-attr]
                return
            self.press(pygame.K_TAB)
        raise AssertionError(f"Tab never reaches {name!r}")
