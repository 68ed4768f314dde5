"""The first screens in every state worth a look, on a desk that begins nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.scene import Replace, Scene, SceneChange, Stack
from game.scenes import dialogs
from game.scenes.briefing import BriefingScene
from game.scenes.library import LibraryScene
from game.scenes.library_files import Shelved, read
from game.scenes.open_file import OpenFileDialog
from game.scenes.sessions import SessionsScene
from game.view.layout import Layout
from game.view.theme import Theme
from sim.errors import UserError
from sim.journal import Kept

if TYPE_CHECKING:
    from sim.scenario import Scenario

STARTED = "2015-04-01T09:30:00+00:00"
SHELF = [
    Kept(Path("a"), "dancing", "Dancing around the table", "", STARTED, 3, 7, False),
    Kept(Path("b"), "dancing", "Dancing around the table", "If only we had", STARTED, 8, 36, True,
         parent="a", parent_turn=3),
    Kept(Path("c"), "", "2015-04-01-0930-market-town-3f9a", "", "", 0, 0, False,
         "The session was changed outside this program at line 12; it is left as it is."),
]  # fmt: skip


BROKEN = "This file has an error. town.yaml:12:5: there is no partner “acute”."


class Playing(Scene):
    """Stands where the play screen would be."""


class DeskForTests(Desk):
    """Begins no session: writes down what it was asked for."""

    def begin(self, scenario: Scenario, promise: str) -> SceneChange:
        self.began = (scenario.id, promise)
        return Replace(Playing())

    def resume(self, path: Path) -> Scene:
        self.resumed = path
        return Playing()


def library(desk: Desk, scenario: Scenario, places: int = 1) -> LibraryScene:
    scene = LibraryScene(desk)
    scene.waiting, scene._shelf_read = [], True
    files = [Shelved(f"{scenario.id}-{number}", scenario) for number in range(1, places)]
    files += [Shelved("town", None, BROKEN), read("first-steps")]
    scene.files = [Shelved(scenario.id, scenario), *files]
    scene.sessions = list(SHELF)
    scene.hands.focus = scene._first_choice()
    return scene


def full_library(desk: Desk, scenario: Scenario) -> LibraryScene:
    return library(desk, scenario, 11)


def first_library(desk: Desk, scenario: Scenario) -> LibraryScene:
    """Nobody has played yet; one place to begin."""
    scene = library(desk, scenario)
    scene.sessions, scene.files = [], [file for file in scene.files if file.scenario]
    scene.hands.focus = scene._first_choice()
    return scene


def empty_library(desk: Desk, scenario: Scenario) -> LibraryScene:
    scene = library(desk, scenario)
    scene.sessions, scene.files, scene.waiting = [], [], ["another"]
    return scene


def sessions(desk: Desk, scenario: Scenario) -> SessionsScene:
    return SessionsScene(desk, SHELF, {"dancing": 8})


def no_sessions(desk: Desk, scenario: Scenario) -> SessionsScene:
    return SessionsScene(desk, (), {})


def page(number: int) -> Callable[[Desk, Scenario], BriefingScene]:
    def make(desk: Desk, scenario: Scenario) -> BriefingScene:
        scene = BriefingScene(desk, scenario)
        scene._turn_to(number if number >= 0 else scene.pages + number)
        return scene

    return make


def chosen(desk: Desk, scenario: Scenario) -> BriefingScene:
    scene = page(-1)(desk, scenario)
    scene.promise = scenario.story.promises[1].id
    return scene


def hurried(desk: Desk, scenario: Scenario) -> BriefingScene:
    scene = page(-1)(desk, scenario)
    scene.nudged = True
    return scene


def seat_cards(desk: Desk, scenario: Scenario) -> BriefingScene:
    scene = page(-2)(desk, scenario)
    scene.cards = Path.home() / "a-folder-with-a-long-name" / "town-seat-cards.html"
    return scene


def over(make: Callable[[Desk, Scene], Scene]) -> Callable[[Desk, Scenario], list[Scene]]:
    def both(desk: Desk, scenario: Scenario) -> list[Scene]:
        beneath = library(desk, scenario)
        return [beneath, make(desk, beneath)]

    return both


def question(desk: Desk, beneath: Scene) -> Scene:
    choices = (dialogs.Choice("yes", "Play without saving"), dialogs.Choice("no", "Back"))
    return dialogs.Dialog("This play cannot be saved", "The disk is full. " * 6, choices)


def trouble(desk: Desk, beneath: Scene) -> Scene:
    return dialogs.problem(UserError("There is no partner “acute”.", "Look at line 41."), desk)


SCENES = {
    "library": library,
    "library of twelve": full_library,
    "first library": first_library,
    "empty library": empty_library,
    "all plays": sessions,
    "no plays": no_sessions,
    "open a file": over(lambda desk, beneath: OpenFileDialog(desk)),
    "first page": page(0),
    "page with a list": page(2),
    "partners": page(-2),
    "promise": page(-1),
    "promise chosen": chosen,
    "no promise yet": hurried,
    "seat cards": seat_cards,
    "settings": over(lambda desk, beneath: desk.settings_dialog()),
    "help": over(lambda desk, beneath: dialogs.help_dialog(beneath)),
    "in words": over(lambda desk, beneath: dialogs.words_dialog(beneath)),  # type: ignore[arg-type, return-value]
    "problem": over(trouble),
    "question": over(question),
}


def stack_of(desk: Desk, scenario: Scenario, name: str) -> Stack:
    made = SCENES[name](desk, scenario)
    scenes = made if isinstance(made, list) else [made]
    stack = Stack(scenes[0])
    stack.scenes[:] = scenes
    return stack


def draw(stack: Stack, layout: Layout, theme: Theme) -> pygame.Surface:
    surface = pygame.Surface((layout.width, layout.height)).convert()
    stack.draw(surface, layout, theme, 1.0)
    return surface
