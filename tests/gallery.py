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
from hall import SCENES, DeskForTests, stack_of
from observations import fourteen
from play_through import at_the_table, play_with_keys, scenario
from session.scripted import play_turns

from game.desk import Desk
from game.faults import Fault
from game.scene import Scene, Stack
from game.scenes import dialogs
from game.scenes.assumptions import AssumptionsDialog
from game.scenes.blackout import Blackout
from game.scenes.briefing import BriefingScene
from game.scenes.broken import BrokenScene
from game.scenes.legend import LegendDialog
from game.scenes.measures import MeasuresDialog
from game.scenes.play import PlayScene
from game.scenes.play_why import WhyDialog
from game.view.layout import Layout
from game.view.theme import Theme
from sim.scenario import load_scenario
from sim.session import Session

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


PAGES = ("first page", "page with a list", "partners", "promise")
"""Of the briefing, which is shown page by page."""


def _hall(home: Path) -> Iterator[Exhibit]:
    desk = DeskForTests(home)
    for name in SCENES:
        if name in PAGES:
            continue
        yield Exhibit("hall-" + name.replace(" ", "-"), stack_of(desk, scenario(), name), 1.0)
    briefing = BriefingScene(desk, scenario())
    for page in range(briefing.pages):
        briefing._turn_to(page)
        yield Exhibit(f"briefing-{page + 1}", Stack(briefing))
    fault = Fault(home / "faults" / "fault-2015-04-01.txt", file=home / "sessions" / "a.jsonl")
    yield Exhibit("broken", Stack(BrokenScene(desk, fault)))


def _play(home: Path) -> Iterator[Exhibit]:
    """A play by keyboard: each kind of screen when it first comes, and some again."""
    promise = scenario().story.promises[0].id
    session = Session.start(scenario(), luck=3, folder=home / "sessions", promise=promise)
    player, scene = at_the_table(home, session=session)
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
    """What one play does not show: a full table, hints, branches."""
    player, scene = at_the_table(home)
    scene.to_diary()
    scene.observation = fourteen()
    yield Exhibit("play-fourteen-partners", player.stack)

    yield from _tutorial(home)
    yield from _branches(home)


def _tutorial(home: Path) -> Iterator[Exhibit]:
    """The first screens of the tutorial, hints and all."""
    first = load_scenario("first-steps")
    promise = first.story.promises[0].id
    session = Session.start(first, luck=3, save=False, promise=promise)
    player, scene = at_the_table(home, session=session)
    shown: set[str] = set()
    for here in play_with_keys(player, scene):
        if here not in shown and here in ("Board", "Diary", "Aim", "Replies", "Beats"):
            shown.add(here)
            yield Exhibit(f"tutorial-{here.lower()}", player.stack, player.t + 9.0)


def _branches(home: Path) -> Iterator[Exhibit]:
    """A play, and one that left it at its third turn."""
    desk = Desk(home)
    first = Session.start(scenario(), luck=7, folder=home / "sessions")
    play_turns(first, 5)
    desk.session = first.branch("What if we had said it", 3)
    first.close()
    play_turns(desk.session, 2)
    yield Exhibit("branches", Stack(desk.branches(desk.session)))
    desk.close()
