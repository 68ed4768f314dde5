"""Scenes on a stack.  A scene draws itself and says what comes next; nothing more.

Drawing changes no state: the same scene drawn twice at the same instant gives the same
pixels.  Time (seconds since the window opened) is an argument, so any instant can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import pygame

from game.view.layout import Layout
from game.view.theme import Theme


class Scene(Protocol):
    """One screen.  Inherit from it to get the quiet defaults."""

    overlay: ClassVar[bool] = False
    """Whether the scene underneath is drawn first (dialogs)."""

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        """Take one event; say where to go, or None to stay."""
        return None

    def update(self, t: float) -> SceneChange | None:
        """Let time pass up to ``t`` seconds; called once a frame, on the top scene only."""
        return None

    def covered(self) -> None:
        """Another scene is put on top: nothing shall happen behind it."""
        return None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        """Draw the scene as it is at ``t``, changing nothing."""

    def restless(self, t: float) -> bool:
        """Whether something moves at ``t`` by itself, so that every frame must be drawn."""
        return False

    def in_words(self) -> str:
        """What the screen shows, as plain text (F2); "" where it has none."""
        return ""

    def help_text(self) -> str:
        """What can be done here, as plain text (F1); "" for the general help."""
        return ""


@dataclass(frozen=True)
class Push:
    """Put a scene on top; the one beneath waits."""

    scene: Scene


@dataclass(frozen=True)
class Pop:
    """Leave this scene for the one beneath; leaving the last closes the window."""


@dataclass(frozen=True)
class Replace:
    """Leave this scene for another in its place."""

    scene: Scene


@dataclass(frozen=True)
class Reset:
    """Leave every scene and start again with this one."""

    scene: Scene


@dataclass(frozen=True)
class Quit:
    """Close the window."""


SceneChange = Push | Pop | Replace | Reset | Quit


class Stack:
    """The scenes in play, the top one last.  Empty means that the window closes."""

    def __init__(self, first: Scene) -> None:
        self.scenes: list[Scene] = [first]

    @property
    def top(self) -> Scene | None:
        return self.scenes[-1] if self.scenes else None

    def change(self, change: SceneChange | None) -> bool:
        """Do what a scene asked for; True when there was anything to do."""
        match change:
            case None:
                return False
            case Push(scene):
                if self.top is not None:
                    self.top.covered()
                self.scenes.append(scene)
            case Pop():
                self.scenes.pop()
            case Replace(scene):
                self.scenes[-1] = scene
            case Reset(scene):
                self.scenes[:] = [scene]
            case Quit():
                self.scenes.clear()
        return True

    def handle(self, event: pygame.event.Event, layout: Layout) -> bool:
        """Give the event to the top scene and follow what it says."""
        return self.change(self.top.handle(event, layout)) if self.top else False

    def update(self, t: float) -> bool:
        """Let time pass for the top scene and follow what it says."""
        return self.change(self.top.update(t)) if self.top else False

    def restless(self, t: float) -> bool:
        """Whether the top scene moves by itself."""
        return bool(self.top and self.top.restless(t))

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        """Draw the top scene, and whatever it lies over."""
        lowest = len(self.scenes) - 1
        while lowest > 0 and self.scenes[lowest].overlay:
            lowest -= 1
        for depth, scene in enumerate(self.scenes[lowest:]):
            with layout.layer(str(depth)):
                scene.draw(surface, layout, theme, t)
