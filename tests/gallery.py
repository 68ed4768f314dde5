"""Every scene of the game at a moment worth looking at: for pictures, and for tests of all.

Scenes change as the play goes on: draw each as it comes, before asking for the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
from observations import fourteen
from play_through import at_the_table, play_with_keys, scenario

from game.desk import Desk
from game.scene import Scene, Stack
from game.scenes import dialogs
from game.scenes.assumptions import AssumptionsDialog
from game.scenes.blackout import Blackout
from game.scenes.briefing import BriefingScene
from game.scenes.legend import LegendDialog
from game.scenes.library import LibraryScene
from game.scenes.measures import MeasuresDialog
from game.scenes.play import PlayScene
from game.scenes.play_silence import EruptionStep
from game.scenes.play_why import WhyDialog
from game.view.layout import Layout
from game.view.theme import Theme
from sim.reveal import Surfaced

LATE = 99.0
"""Seconds after which every motion has come to rest."""


@dataclass(frozen=True)
class Exhibit:
    """Scenes one over another, and the instant to show them at."""

    name: str
    stack: Stack
    t: float = LATE

    def draw(self, layout: Layout, theme: Theme) -> pygame.Surface:
        """A picture of it."""
        surface = pygame.Surface((layout.width, layout.height)).convert()
        self.stack.draw(surface, layout, theme, self.t)
        return surface


def exhibits(home: Path) -> Iterator[Exhibit]:
    """All of them, each named; ``home`` is an empty folder."""
    yield from _hall(home)
    yield from _play(home)
    yield from _rare(home)


def _over(beneath: Scene, *above: Scene) -> Stack:
    stack = Stack(beneath)
    stack.scenes.extend(above)
    return stack


def _hall(home: Path) -> Iterator[Exhibit]:
    desk = Desk(home)
    library = LibraryScene(desk)
    for _frame in range(200):  # it reads one file a frame
        library.update(0.0)
    yield Exhibit("library", Stack(library))
    yield Exhibit("settings", _over(library, desk.settings_dialog()))
    yield Exhibit("help", _over(library, dialogs.help_dialog(library)))
    briefing = BriefingScene(desk, scenario())
    for page in range(briefing.pages):
        briefing._turn_to(page)
        yield Exhibit(f"briefing-{page + 1}", Stack(briefing))


def _play(home: Path) -> Iterator[Exhibit]:
    """A play by keyboard: each kind of screen when it first comes, and some again."""
    player, scene = at_the_table(home)
    seen: dict[str, int] = {}
    again = {"Board": (3, 6), "Diary": (1, 9), "Replies": (3,), "Beats": (4,), "Inject": (4,)}
    for here in play_with_keys(player, scene):
        seen[here] = seen.get(here, 0) + 1
        if seen[here] == 1 or seen[here] in again.get(here, ()):
            number = f"-{seen[here]}" if seen[here] > 1 else ""
            name = "-".join(here.lower().split())
            yield Exhibit(f"play-{name}{number}", player.stack, player.t + 9.0)
        if here == "Beats" and seen[here] == 2:
            yield from _tools(player.stack, scene)


TOOLS: dict[str, Callable[[PlayScene], Scene | None]] = {
    "help": dialogs.help_dialog,
    "in-words": dialogs.words_dialog,
    "measures": MeasuresDialog,
    "assumptions": lambda scene: AssumptionsDialog(scene.session),
    "legend": lambda scene: LegendDialog(),
    "settings": lambda scene: scene.desk.settings_dialog(),
    "why": WhyDialog,
    "blackout": lambda scene: Blackout(LATE - 1),
}
"""What is opened over the play screen, by name."""


def _tools(stack: Stack, scene: PlayScene) -> Iterator[Exhibit]:
    for name, make in TOOLS.items():
        opened = make(scene)
        assert opened is not None
        stack.scenes.append(opened)
        yield Exhibit(f"tool-{name}", stack)
        stack.scenes.pop()


def _rare(home: Path) -> Iterator[Exhibit]:
    """What one play does not show: a row, a full table."""
    player, scene = at_the_table(home)
    matter = scene.scenario.unsaid[0]
    told = Surfaced(matter.id, *matter.between, 9, matter.left_unsaid, matter.erupts_as, well=False)
    others = [p.id for p in scene.scenario.partners if p.id not in matter.between]
    sides = [(others[0], told.a, told.b), (others[1], told.a, told.b), (others[2], told.b, told.a)]
    scene.go(EruptionStep(scene, told, sides))
    yield Exhibit("play-eruption", player.stack)

    player, scene = at_the_table(home)
    scene.to_diary()
    scene.observation = fourteen()
    yield Exhibit("play-fourteen-partners", player.stack)
