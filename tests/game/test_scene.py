from __future__ import annotations

from typing import ClassVar

import pygame

from game.scene import Pop, Push, Quit, Replace, Reset, Scene, SceneChange, Stack
from game.view.layout import Layout
from game.view.theme import LIGHT, Theme

LAYOUT = Layout(1280, 720)
EVENT = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a, mod=0, unicode="a")


class Named(Scene):
    """Says on every event what it was told to say, and writes down that it was drawn."""

    def __init__(self, name: str, says: SceneChange | None = None) -> None:
        self.name, self.says = name, says

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        return self.says

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        DRAWN.append(self.name)


class Over(Named):
    overlay: ClassVar[bool] = True


DRAWN: list[str] = []


def names(stack: Stack) -> list[str]:
    return [scene.name for scene in stack.scenes]  # type: ignore[attr-defined]


def drawn(stack: Stack) -> list[str]:
    DRAWN.clear()
    stack.draw(pygame.Surface((10, 10)), LAYOUT, LIGHT, 0.0)
    return list(DRAWN)


def test_a_scene_says_what_comes_next() -> None:
    stack = Stack(Named("library"))
    assert stack.handle(EVENT, LAYOUT) is False
    stack.change(Push(Named("briefing", Replace(Named("play")))))
    assert names(stack) == ["library", "briefing"]
    assert stack.handle(EVENT, LAYOUT) is True
    assert names(stack) == ["library", "play"]
    stack.change(Pop())
    assert names(stack) == ["library"]
    stack.change(Reset(Named("play")))
    assert names(stack) == ["play"]
    stack.change(Quit())
    assert stack.top is None


def test_dialogs_are_drawn_over_what_they_interrupt() -> None:
    stack = Stack(Named("library"))
    stack.change(Push(Named("play")))
    stack.change(Push(Over("card")))
    stack.change(Push(Over("help")))
    assert drawn(stack) == ["play", "card", "help"]


def test_only_the_top_scene_hears() -> None:
    stack = Stack(Named("play", Quit()))
    stack.change(Push(Over("help")))
    stack.handle(EVENT, LAYOUT)
    assert names(stack) == ["play", "help"]


def test_the_defaults_are_quiet() -> None:
    scene = Scene.__new__(type("Plain", (Scene,), {}))
    assert scene.handle(EVENT, LAYOUT) is None
    assert scene.update(1.0) is None
    assert not scene.restless(1.0)
    assert scene.in_words() == scene.help_text() == ""
